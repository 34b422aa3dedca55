"""A whole daemon for tests: real stores, isolates and sockets, and the local Discord."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import msgspec

from api.config import load_config
from api.daemon import Daemon, Discord, open_daemon
from api.deployer import DeployAsked, DeployDone
from gateway.local.discord import LocalDiscord
from storage.ids import GuildId
from storage.records import SYSTEM


@dataclass
class Evening:
    """A daemon with a guild of people who talk to it."""

    daemon: Daemon
    local: LocalDiscord

    @property
    def guild(self) -> GuildId:
        return GuildId(int(self.local.guild_id))

    async def deploy(self, source: str, **more: Any) -> DeployDone:
        asked = DeployAsked(entry="main.ts", files={"main.ts": source}, actor=SYSTEM, **more)
        return await self.daemon.api.deployer.deploy(self.guild, asked)

    def say(self, text: str) -> None:
        """As the first of the people, in the first channel."""
        world = self.local.world
        world.say(world.people[0], self.channel, text, reply_to=None)

    @property
    def channel(self) -> int:
        channels: Any = self.local.world.rest("GET", f"/guilds/{self.guild}/channels", {}, None, [], None)
        return next(int(one["id"]) for one in msgspec.to_builtins(channels) if one["type"] == 0)

    async def invoke(self, name: str, **options: str) -> None:
        """A slash command, as the page does it."""
        given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        person = str(self.local.world.people[0])
        act = {"kind": "command", "as": person, "channel": str(self.channel), "name": name, "options": given}
        async with httpx2.AsyncClient() as page:
            answer = await page.post(f"{self.local.page_url}local/act", json=act)
            assert answer.is_success, answer.text

    async def until_command(self, name: str) -> None:
        """Until Discord has been told of it."""
        where = f"/applications/{self.local.application_id}/guilds/{self.guild}/commands"

        def registered() -> bool:
            commands: Any = self.local.world.rest("GET", where, {}, None, [], None)
            return any(one["name"] == name for one in msgspec.to_builtins(commands))

        await self.until(registered)

    async def hears(self, text: str) -> None:
        """Until the bot has said this."""
        await self.until(lambda: any(text in str(message.get("content")) for message in self.said()))

    def said(self) -> list[Any]:
        """What of the bot the first of the people sees."""
        world = self.local.world
        seen: Any = world.visible(world.people[0], self.channel)
        return [one for one in msgspec.to_builtins(seen) if one["author"].get("bot")]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Looks again whenever something changed at Discord."""
        while not holds():
            await self.local._changed.wait()


@asynccontextmanager
async def evening(data: Path, local: LocalDiscord, **environ: str) -> AsyncGenerator[Evening]:
    config = load_config(None, {"DATA_DIR": str(data), "API_PORT": "0", "RUNTIME_MAX_WORKERS": "1"} | environ)
    async with open_daemon(config, Discord(local.token, local.api_url, local.gateway_url)) as daemon:
        await daemon.gateway.shards.wait_live()
        yield Evening(daemon, local)
