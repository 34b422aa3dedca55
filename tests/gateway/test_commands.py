"""Commands of guilds: compared, written once, tried again, cleared."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import msgspec
import trio
import trio.testing

from gateway.commands import CREATES_PER_DAY, CommandSync, same
from storage.ids import GuildId
from tests.gateway.discord_table import request_faults
from tests.gateway.scripted_http import scripted_rest

GUILD = GuildId(12)
OPTION = {"name": "x", "type": 3, "description": "X"}
PING: dict[str, Any] = {"name": "ping", "type": 1, "description": "Pong", "options": [OPTION]}


class Discord:
    """Has commands, and a number of failures before it works."""

    def __init__(self, failures: int = 0) -> None:
        self.commands: list[dict[str, Any]] = []
        self.written = 0
        self.failures = failures
        self.told: list[str] = []
        rest = scripted_rest(self._answer)
        self.sync = CommandSync(rest, lambda: 800, lambda _guild, level, text: self.told.append(f"{level}: {text}"))

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        await trio.lowlevel.checkpoint()
        assert request.url.path == f"/applications/800/guilds/{GUILD}/commands"
        body = msgspec.json.decode(request.content) if request.content else None
        assert request_faults(request.method, request.url.path, dict(request.url.params), body) == []
        if request.method == "PUT":
            if self.failures:
                self.failures -= 1
                return httpx2.Response(400, json={"code": 50035, "message": "Invalid Form Body"})
            self.written += 1
            sent = msgspec.json.decode(request.content)
            self.commands = [{"id": "1", "version": "2", "nsfw": False, **command} for command in sent]
        return httpx2.Response(200, json=self.commands)

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self.sync.run)  # noqa: ASYNC113  wishes wait for it
            yield
            nursery.cancel_scope.cancel()


async def test_written_once_and_cleared(autojump_clock: trio.testing.MockClock) -> None:
    assert autojump_clock.current_time() == 0
    discord = Discord()
    async with discord.running():
        for _ in range(5):
            discord.sync.wish(GUILD, [PING])
        await trio.sleep(10)
        discord.sync.wish(GUILD, [PING])
        await trio.sleep(10)
        assert discord.written == 1
        discord.sync.wish(GUILD, [])
        await trio.sleep(10)
    assert discord.written == 2
    assert discord.commands == []
    assert discord.told == [
        "info: 1 commands are registered, 1 of them new",
        "info: 0 commands are registered, 0 of them new",
    ]


async def test_what_fails_is_told_and_tried_again(autojump_clock: trio.testing.MockClock) -> None:
    assert autojump_clock.current_time() == 0
    discord = Discord(failures=2)
    async with discord.running():
        discord.sync.wish(GUILD, [PING])
        await trio.sleep(60)
    assert discord.written == 1
    assert [line.split(":")[0] for line in discord.told] == ["error", "error", "info"]
    assert "Invalid Form Body" in discord.told[0]


async def test_the_days_creations_are_bounded(autojump_clock: trio.testing.MockClock) -> None:
    assert autojump_clock.current_time() == 0
    discord = Discord()
    async with discord.running():
        for number in range(CREATES_PER_DAY + 10):
            discord.sync.wish(GUILD, [{"name": f"c{number}"}])
            await trio.sleep(5)
        assert discord.written == CREATES_PER_DAY
        assert "200" in discord.told[-1]
        await trio.sleep(24 * 3600)
    assert discord.written == CREATES_PER_DAY + 1


def test_what_discord_adds_is_no_difference() -> None:
    there = {"id": "1", "version": "2", "nsfw": False, "contexts": None, **PING}
    there["options"] = [OPTION | {"required": False}]
    assert same([there], [PING])
    assert not same([there], [PING | {"description": "Pang"}])
    assert not same([there], [{"name": "ping", "type": 1, "description": "Pong"}]), "its option was taken away"
    assert not same([there], [PING | {"options": [*PING["options"], {"name": "y", "type": 3}]}])
    assert not same([there, there | {"name": "pong"}], [PING])
    assert not same([], [PING])
