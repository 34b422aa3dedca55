"""A caller, real stores, and a way to ask as a script does: JSON in, JSON out."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest

from actors.ops import Caller, OpRefusedError, OpTable, ScopeTarget
from storage.bridge import Bridge
from storage.embedded import ServerUrls
from storage.ids import GuildId, guild_id
from storage.kv import KeyValueStore, KvLimits, open_kv
from storage.limits import StorageLimits
from storage.postgres.database import Database, open_database
from tests.storage.conftest import bridge, drop_database, embedded, fresh_database, limits

__all__ = ["bridge", "embedded", "limits"]

GUILD, OTHER_GUILD = guild_id(81384788765712384), guild_id(7)
Ask = Callable[..., Awaitable[Any]]


@dataclass
class Script:
    """A script that asks."""

    guild: GuildId
    revision: str = "r1"
    said: list[tuple[str, str]] = field(default_factory=list)

    def log(self, level: str, text: str) -> None:
        self.said.append((level, text))


class NoScopes:
    """These operations name nothing of Discord's."""

    async def check(self, caller: Caller, target: ScopeTarget, value: str) -> None:
        raise AssertionError(f"{target} {value} was to be checked for {caller}")


@pytest.fixture
def table() -> OpTable:
    return OpTable()


@pytest.fixture
def script() -> Script:
    return Script(GUILD)


def asker(table: OpTable, script: Script) -> Ask:
    """`await ask("kv.get", store=..., key=...)`, as the guild or, with `guild=`, as another."""

    async def asking(name: str, /, *, guild: GuildId | None = None, **arguments: Any) -> Any:
        caller = script if guild is None else Script(guild)
        answer = await table.answer(NoScopes(), caller, name, msgspec.json.encode(arguments))
        return msgspec.json.decode(answer)

    return asking


@pytest.fixture
def ask(table: OpTable, script: Script) -> Ask:
    return asker(table, script)


async def refusal(asked: Awaitable[Any]) -> str:
    """The code it is refused with."""
    with pytest.raises(OpRefusedError) as refused:
        await asked
    assert refused.value.message
    return refused.value.code


class DrivenClock:
    """Unix seconds that move when told to."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> DrivenClock:
    return DrivenClock()


@pytest.fixture
async def kv(tmp_path: Path, clock: DrivenClock) -> AsyncGenerator[KeyValueStore]:
    async with open_kv(tmp_path / "kv", KvLimits(map_bytes=1 << 30, journal_bytes=1 << 20), clock) as opened:
        yield opened


@pytest.fixture
async def database(bridge: Bridge, embedded: ServerUrls, limits: StorageLimits) -> AsyncGenerator[Database]:
    url = await fresh_database(bridge, embedded.database, limits)
    async with open_database(bridge, url, limits) as opened:
        yield opened
    async with open_database(bridge, embedded.database, limits) as server:
        await server.run_alone(drop_database, 60, urlsplit(url.reveal()).path[1:])
