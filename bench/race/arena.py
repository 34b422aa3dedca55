"""The Discord that everybody races in: the local one. It notes when each answer arrives, and what it says of when its
handler was entered.

async with open_arena(guilds=10) as arena:
    await arena.replay(events)
    await arena.answers(identities)
"""

import re
import time
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

import trio

from bench._payloads import Place
from gateway.local.discord import LocalConfig, LocalDiscord
from gateway.local.wire import Answer, Asked, json_answer
from gateway.local.world import World

TOKEN: Final = "MTIwMDAwMDAwMDAwMDAwMDAwMA.Gabcde.of-no-use-anywhere-else"
_HELLO: Final = re.compile(rb'"hello (\d+)"')
_PONG: Final = re.compile(rb'"pong (\d+) (\d+)"')
"""Both end with the moment at which the handler was entered, in microseconds of Unix time by the bot's clock."""
_PEOPLE: Final = tuple(f"member{number}" for number in range(30))


class Arena(LocalDiscord):
    """Answers are kept by what they answer: an interaction's id, or `pong N`."""

    def __init__(self, config: LocalConfig, world: World, port: int) -> None:
        super().__init__(config, world, port)
        self.arrived: dict[str, float] = {}
        """By `time.perf_counter`."""
        self.entered: dict[str, float] = {}
        """In seconds of Unix time."""
        self.synced = 0
        self._more = trio.Event()

    def places(self) -> list[Place]:
        """The guilds, for a corpus."""
        return [
            Place(guild.id, list(guild.channel_ids), self.world.people, list(guild.roles))
            for guild in self.world.backend.guilds.values()
        ]

    async def answers(self, wanted: Iterable[str]) -> None:
        """Until each was answered. Raises trio.TooSlowError after a minute without any answer."""
        missing = set(wanted)
        while missing := missing - self.arrived.keys():
            with trio.fail_after(60):
                await self._more.wait()

    async def until_synced(self, guilds: int) -> None:
        """The slash commands of so many guilds were registered."""
        while self.synced < guilds:
            with trio.fail_after(60):
                await self._more.wait()

    async def _rest(self, asked: Asked, path: str) -> Answer:
        now = time.perf_counter()
        if path.startswith("/interactions/"):
            identity = path.split("/")[2]
            said = _HELLO.search(asked.body)
            self._arrive(identity, now, said[1] if said else b"")
            if asked.query.get("with_response", "") in {"1", "true"}:
                return json_answer({"interaction": {"id": identity, "type": 2}})
            return Answer(204)
        if asked.method == "POST" and path.endswith("/messages") and (said := _PONG.search(asked.body)):
            self._arrive(f"pong {said[1].decode()}", now, said[2])
        answer = await super()._rest(asked, path)
        if asked.method == "PUT" and path.endswith("/commands"):
            self.synced += 1
            self._wake()
        return answer

    def _arrive(self, what: str, now: float, entered: bytes) -> None:
        self.arrived.setdefault(what, now)
        if entered:
            self.entered.setdefault(what, int(entered) / 1e6)
        self._wake()

    def _wake(self) -> None:
        self._more.set()
        self._more = trio.Event()


@asynccontextmanager
async def open_arena(guilds: int) -> AsyncGenerator[Arena]:
    """A fresh Discord with so many guilds, in which nobody is limited but by herself."""
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    port = int(listener.socket.getsockname()[1])
    config = LocalConfig(people=_PEOPLE, guilds=guilds, token=TOKEN, bucket_limit=None)
    arena = Arena(config, World(config.guild_name, config.people, guilds=guilds), port)
    async with trio.open_nursery() as nursery:
        await nursery.start(partial(trio.serve_listeners, arena.connection, [listener]))
        yield arena
        nursery.cancel_scope.cancel()
