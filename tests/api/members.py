"""The people of the local Discord's guild, as tests let them talk to the bot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx2
import msgspec

from gateway.local.discord import LocalDiscord

_SEEN = 100


@dataclass(frozen=True)
class Members:
    """All that is done here, the first of them does, in the first channel."""

    local: LocalDiscord

    @property
    def person(self) -> int:
        return self.local.world.people[0]

    @property
    def channel(self) -> int:
        channels = self.local.people.channels(int(self.local.guild_id), self.person)
        return next(int(one["id"]) for one in msgspec.to_builtins(channels) if one["type"] == 0)

    def say(self, text: str) -> None:
        self.local.people.say(self.person, self.channel, text)

    async def ask(self, text: str, answer: str) -> None:
        """Say something, and wait for an answer of the bot that is new."""
        before = len(self.said())
        self.say(text)
        await self.until(lambda: any(answer in one for one in self.said()[before:]))

    async def invoke(self, name: str, **options: str) -> None:
        """A slash command, as the page does it."""
        given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        act = {"kind": "command", "as": str(self.person), "channel": str(self.channel), "name": name, "options": given}
        async with httpx2.AsyncClient() as page:
            answer = await page.post(f"{self.local.page_url}local/act", json=act)
            assert answer.is_success, answer.text

    async def until_command(self, name: str) -> None:
        """Until Discord has been told of it."""
        where = f"/applications/{self.local.application_id}/guilds/{self.local.guild_id}/commands"

        def registered() -> bool:
            commands: Any = self.local.world.rest("GET", where, {}, None, [], None)
            return any(one["name"] == name for one in msgspec.to_builtins(commands))

        await self.until(registered)

    async def hear(self, text: str) -> None:
        """Until the bot has said this."""
        await self.until(lambda: any(text in one for one in self.said()))

    def said(self) -> list[str]:
        """What of the bot's the person sees."""
        seen, _ = self.local.people.messages(self.person, self.channel, _SEEN)
        return [str(one["content"]) for one in msgspec.to_builtins(seen) if one["author"].get("bot")]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Looks again whenever something changed at Discord."""
        while not holds():
            await self.local.chat._changed.wait()
