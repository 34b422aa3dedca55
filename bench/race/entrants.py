"""Who races: how each bot is had, started and ended.

The libraries come from their registries: discord.js into a folder of its own; discord.py and hikari into an environment
of their own, as they want other versions of what flora uses too.
"""

import json
import os
import subprocess
import sys
from collections.abc import AsyncGenerator, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import trio

from bench import _fetched
from bench.harness import HERE
from bench.race.arena import TOKEN, Arena
from gateway.intents import ALL_OF_GUILDS

FOLDER: Final = HERE / "race"
_ENVIRONMENT: Final = FOLDER / ".venv"
_PYTHONS: Final = ("discord.py", "hikari")
_BOTS: Final = FOLDER / "bots"
_START_S: Final = 120
NAMES: Final = ("flora", "discord.js", "discord.py", "hikari")
THREADS: Final = "discord.js, threads"
"""The same library, each guild's handlers in a worker thread of its own."""


class MissingError(Exception):
    """This one cannot be had here; the message says why."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that runs and is ready: one process, or one for each of its shards."""

    name: str
    shards: "list[_Shard]"

    @property
    def pids(self) -> list[int]:
        return [shard.process.pid for shard in self.shards]

    @property
    def ended(self) -> bool:
        """Whether one of its processes is over."""
        return any(shard.process.poll() is not None for shard in self.shards)

    def kill(self) -> None:
        for shard in self.shards:
            shard.process.kill()

    async def until_ended(self) -> None:
        """Until its first process is over."""
        await self.shards[0].process.wait()

    async def counts(self) -> dict[str, Any]:
        """What it says became of the events; empty for those who do not say."""
        if self.name != "flora":
            return {}
        (shard,) = self.shards
        assert shard.process.stdin is not None
        await shard.process.stdin.send_all(b"\n")
        answer: dict[str, Any] = json.loads(await shard.lines.next())
        return answer


class Lines:
    """A stream, line by line."""

    def __init__(self, stream: trio.abc.ReceiveStream) -> None:
        self._stream = stream
        self._rest = b""

    async def next(self) -> str:
        while b"\n" not in self._rest:
            piece = await self._stream.receive_some()
            if not piece:
                raise MissingError("it ended before it was ready")
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode()


def install(names: Collection[str]) -> dict[str, str]:
    """Fetch what these miss. By name: why it cannot be had."""
    nodes, pythons = {"discord.js", THREADS}.intersection(names), set(_PYTHONS).intersection(names)
    reasons: dict[str, str] = {}
    if nodes and (reason := _fetched.fetch_node(FOLDER)):
        reasons |= dict.fromkeys(nodes, reason)
    if pythons and (reason := _fetched.fetch_python(FOLDER / "requirements.lock", _ENVIRONMENT, _PYTHONS)):
        reasons |= dict.fromkeys(pythons, reason)
    return reasons


def _command(name: str) -> list[str]:
    match name:
        case "flora":
            return [sys.executable, str(_BOTS / "flora_bot.py")]
        case "discord.js":
            return ["node", str(_BOTS / "discordjs_bot.mjs")]
        case _ if name == THREADS:
            return ["node", str(_BOTS / "discordjs_threads_bot.mjs")]
        case _:
            return [str(_ENVIRONMENT / "bin" / "python"), str(_BOTS / f"{name.replace('.', '')}_bot.py")]


@asynccontextmanager
async def riding(
    name: str, arena: Arena, shards: int = 1, more: Mapping[str, str] | None = None
) -> AsyncGenerator[Bot]:
    """The bot, connected to the arena and ready; a process for each shard. Raises MissingError. `more` is environment.

    flora is started once, whatever is asked: it spreads the guilds over its workers by itself.
    """
    count = 1 if name == "flora" else shards
    async with AsyncExitStack() as stack:
        environs = [{**_environ(arena, f"{number}/{count}"), **(more or {})} for number in range(count)]
        started = [await stack.enter_async_context(_shard(name, environ)) for environ in environs]
        with trio.fail_after(_START_S):
            for shard in started:
                while await shard.lines.next() != "ready":
                    pass
        if name == "flora":
            await arena.until_synced(len(arena.places()))
        yield Bot(name, started)


@dataclass(frozen=True, slots=True)
class _Shard:
    """A process, and what it says."""

    process: trio.Process
    lines: Lines


def _environ(arena: Arena, shard: str) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(HERE.parent),
        "RACE_TOKEN": TOKEN,
        "RACE_API": arena.api_url,
        "RACE_GATEWAY": arena.gateway_url,
        "RACE_INTENTS": str(int(ALL_OF_GUILDS)),
        "RACE_GUILDS": ",".join(str(place.guild) for place in arena.places()),
        "RACE_SHARD": shard,
    }


@asynccontextmanager
async def _shard(name: str, environ: dict[str, str]) -> AsyncGenerator[_Shard]:
    try:
        process = await trio.lowlevel.open_process(
            _command(name), env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
    except OSError as error:
        raise MissingError(str(error)) from None
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield _Shard(process, Lines(process.stdout))
    finally:
        with trio.move_on_after(20, shield=True) as patience:
            await process.stdin.aclose()
            await process.wait()
        if patience.cancelled_caught:
            process.kill()


def versions() -> dict[str, str]:
    """Of the libraries, as they are installed."""
    pythons = _fetched.python_versions(_ENVIRONMENT, _PYTHONS)
    return {**_fetched.node_versions(FOLDER), **pythons, "node": _fetched.node_version()}
