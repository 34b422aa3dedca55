"""Clocks on a real database, a wall clock that the test drives, and a runtime that remembers what it was asked."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import msgspec
import pytest
import trio

from actors.clockwork import Clockwork
from actors.isolate.isolate import Run
from actors.outcomes import RunOutcome
from actors.refs import RuntimeRefusedError
from storage.ids import GuildId, NodeId, guild_id
from storage.postgres.database import Database
from tests.actors.operations.conftest import bridge, database, embedded, limits

__all__ = ["bridge", "database", "embedded", "limits"]

Found = TypeVar("Found")
GUILD = guild_id(5)
START = datetime(2026, 11, 21, 11, 59, 30, tzinfo=UTC)


@dataclass
class Wall:
    """The wall clock."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class FakeRuntime:
    """Runs nothing, at once or when it is let."""

    dispatched: list[tuple[GuildId, str, Any]] = field(default_factory=list)
    gate: trio.Event | None = None
    refuses: str | None = None
    outcome: RunOutcome = RunOutcome.OK
    limits: list[float | None] = field(default_factory=list)
    mistakes: list[Exception] = field(default_factory=list)
    """Of flora's own: each is raised once."""

    async def dispatch(self, guild: GuildId, name: str, payload: bytes, timeout_s: float | None = None) -> Run:
        if self.mistakes:
            raise self.mistakes.pop()
        if self.refuses is not None:
            raise RuntimeRefusedError(self.refuses, f"the guild is {self.refuses.lower()}")
        self.dispatched.append((guild, name, msgspec.json.decode(payload)))
        self.limits.append(timeout_s)
        if self.gate is not None:
            await self.gate.wait()
        return Run(self.outcome)

    @property
    def payloads(self) -> list[Any]:
        return [payload for _guild, _name, payload in self.dispatched]


@dataclass
class Said:
    """What was said in guilds' logs."""

    lines: list[str] = field(default_factory=list)

    def append(self, guild: GuildId, level: str, text: str, revision: str = "") -> None:  # noqa: ARG002
        self.lines.append(text)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def runtime() -> FakeRuntime:
    return FakeRuntime()


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
def work(database: Database, wall: Wall, runtime: FakeRuntime, said: Said) -> Clockwork:
    return Clockwork(database=database, runtime=runtime, logs=said, now=wall, node=NodeId("n-1"))


async def until(holds: Callable[[], bool]) -> None:
    """Wait for what must come; the test's own time limit is the bound."""

    async def look() -> bool | None:  # noqa: ASYNC124
        return holds() or None

    await found(look)


async def found(look: Callable[[], Awaitable[Found | None]]) -> Found:
    """What a look at the database finds at last. Rows have no listeners, so it is looked again; the sleep only spares
    the machine, and the test's own time limit is the bound."""
    while True:
        if (what := await look()) is not None:
            return what
        await trio.sleep(0.01)
