"""What the clock of the crons and the clock of the timers share: how they tick and stop, dispatch, record, sleep, and
wait for a database that is away."""

import logging
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar

import msgspec
import trio

from actors.isolate.isolate import Run
from actors.isolate.records import ScriptError
from actors.supervisor import Intensity, supervise
from storage.errors import StorageError, StorageUnavailable
from storage.ids import Epoch, GuildId, NodeId, RunId
from storage.postgres.database import Database
from storage.postgres.revision_commit import FIRST_EPOCH
from storage.postgres.runs import finish_run, prune_runs

_log = logging.getLogger("flora.runtime")
Result = TypeVar("Result")

LONGEST_SLEEP_S: Final = 30.0
"""Between two looks at the wall clock: so late may a step of it, or a machine's awakening, be noticed."""
BUSY_PAUSE_S: Final = 1.0
"""When what is due is being worked on already."""
_DATABASE_TURNS: Final = 4
"""Of the pool's eight connections: a thousand crons at midnight must leave some to everybody else."""
_FINISH_TRIES: Final = 8
_PRUNE_EVERY: Final = 100
LAST_WORDS_S: Final = 5.0
"""To record, while everything ends, what was cut."""
_FOR_EVER: Final = Intensity(crashes=sys.maxsize)
"""A clock with a mistake in it that shows every time is no reason to end a bot that answers its members."""


class Dispatcher(Protocol):
    """What of the runtime the clocks use."""

    async def dispatch(self, guild: GuildId, name: str, payload: bytes, timeout_s: float | None = None) -> Run: ...


class Says(Protocol):
    """Where lines about a guild go (actors/loghub.py)."""

    def append(self, guild: GuildId, level: str, text: str, revision: str = "") -> None: ...


def _first_epoch(_guild: GuildId) -> Epoch:
    return FIRST_EPOCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Clockwork:
    """What both clocks are given."""

    database: Database
    runtime: Dispatcher
    logs: Says
    now: Callable[[], datetime]
    """The wall clock, in UTC."""
    node: NodeId
    timeout_s: float = 5.0
    epoch_of: Callable[[GuildId], Epoch] = _first_epoch
    """Under which lease this node writes for a guild (DESIGN.md D11)."""
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    """Runs by kind and outcome; for metrics."""
    turns: trio.CapacityLimiter = field(default_factory=lambda: trio.CapacityLimiter(_DATABASE_TURNS))
    finished: Counter[GuildId] = field(default_factory=Counter[GuildId])

    async def ask(self, operation: Callable[..., Awaitable[Result]], *arguments: Any, **named: Any) -> Result:
        """One unit of work in the database, a few at a time."""
        async with self.turns:
            return await self.database.run(operation, *arguments, **named)

    async def dispatch(self, kind: str, guild: GuildId, event: str, payload: object) -> tuple[str, str | None]:
        """Run it in the guild's isolate; answers its outcome and error. Raises RuntimeRefusedError."""
        run = await self.runtime.dispatch(guild, event, msgspec.json.encode(payload), self.timeout_s)
        self.outcomes[kind, run.outcome.value] += 1
        return run.outcome.value, _told(run.error)

    async def finish(self, guild: GuildId, run: RunId, outcome: str, error: str | None) -> None:
        """Record how a run ended, also when the database is away for a while. What cannot be recorded shows as lost
        after the next start."""
        pause = 0.25
        for left in reversed(range(_FINISH_TRIES)):
            try:
                await self.ask(finish_run, run, outcome, error, self.database.limits)
                break
            except StorageError as away:
                if not left or not isinstance(away, StorageUnavailable):
                    told = "The outcome of run %s of guild %s could not be recorded: %s"
                    _log.error(told, run, guild, away, extra={"guild": guild})
                    return
            await trio.sleep(pause)
            pause *= 2
        await self.prune(guild)

    async def prune(self, guild: GuildId) -> None:
        """A row was written for this guild: from time to time, drop the oldest."""
        self.finished[guild] += 1
        if self.finished[guild] < _PRUNE_EVERY:
            return
        del self.finished[guild]
        try:
            await self.ask(prune_runs, guild, self.database.limits)
        except StorageError as away:
            _log.warning("Old runs of guild %s could not be pruned: %s", guild, away, extra={"guild": guild})


def _told(error: ScriptError | None) -> str | None:
    if error is None:
        return None
    return f"{error.name}: {error.message}" if error.name else error.message


class Alarm:
    """Sleeps until a moment of the wall clock, or until somebody has news."""

    def __init__(self) -> None:
        self._news = trio.Event()

    def __repr__(self) -> str:
        return "<Alarm with news>" if self._news.is_set() else "<Alarm>"

    def ring(self) -> None:
        """There may be something earlier to do."""
        self._news.set()

    def wind(self) -> None:
        """Before looking at what there is to do: news from now on end the next sleep."""
        self._news = trio.Event()

    async def sleep(self, seconds: float) -> None:
        """At most as long as it is safe to trust the wall clock."""
        with trio.move_on_after(min(max(seconds, 0), LONGEST_SLEEP_S)):
            await self._news.wait()


class Ticker:
    """Turns a clock's hand until it is stopped, whatever happens in a turn; what a turn began is not hurt by one that
    fails, and ends by itself after the stop."""

    def __init__(self, what: str, prepare: Callable[[], Awaitable[None]], turn: Callable[[], Awaitable[float]]) -> None:
        self._what = what
        self._prepare = prepare
        self._turn = turn
        self._alarm = Alarm()
        self._ticking = trio.CancelScope()
        self._nursery: trio.Nursery | None = None
        self.ended = trio.Event()
        """Set when it has stopped and everything that it began has ended."""

    def __repr__(self) -> str:
        state = "ended" if self.ended.is_set() else "stopping" if self.stopping else "ticking"
        return f"<Ticker of {self._what}: {state}>"

    @property
    def running(self) -> bool:
        return self._nursery is not None and not self.stopping

    @property
    def stopping(self) -> bool:
        return self._ticking.cancel_called

    def ring(self) -> None:
        """There may be something earlier to do."""
        self._alarm.ring()

    def stop(self) -> None:
        """Begin nothing more."""
        self._ticking.cancel()

    def begin(self, task: Callable[..., Awaitable[None]], *arguments: Any) -> None:
        """Something that goes on beside the clock."""
        assert self._nursery is not None
        self._nursery.start_soon(task, *arguments)

    async def run(self, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Until it is stopped and what it began has ended, or until cancelled."""
        try:
            async with trio.open_nursery() as self._nursery:
                task_status.started()
                with self._ticking:
                    await supervise(self._what, self._tick, intensity=_FOR_EVER, on_crash=self._tell)
        finally:
            self._nursery = None
            self.ended.set()

    async def _tick(self) -> None:
        await patiently(self._what, self._prepare)
        while True:
            self._alarm.wind()
            await self._alarm.sleep(await patiently(self._what, self._turn))

    def _tell(self, crash: BaseException, count: int) -> None:
        _log.error("The clock of %s crashed (%d times in a minute)", self._what.lower(), count, exc_info=crash)


async def patiently(what: str, look: Callable[[], Awaitable[Result]]) -> Result:
    """Try until the database answers, less and less often; says once that it does not, and when it does again."""
    pause = 0.5
    while True:
        try:
            found = await look()
        except StorageError as away:
            if pause == 0.5:
                _log.warning("%s wait: %s", what, away)
            await trio.sleep(pause)
            pause = min(2 * pause, 15.0)
        else:
            if pause != 0.5:
                _log.info("%s go on", what)
            return found
