"""One isolate with a script in it: what is in flight there, and the operations that it asked for.

`run` is its whole life, a task of the guild's actor: start, load, serve, end. Whoever holds a berth starts events in it
and hears of each end by a plain call. Nothing outlives it: when the isolate ends, its operations are cancelled, and
what was in flight has been told how it ended.
"""

import logging
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from operator import attrgetter
from typing import Protocol

import trio

from actors.corral import Corral
from actors.guild import words
from actors.guild.lane import Item, with_old
from actors.guild.surroundings import Surroundings
from actors.isolate.door import DoorFullError
from actors.isolate.isolate import OUTCOME_OF_END, Ending, Isolate, IsolateGoneError, IsolateState, Load, Run
from actors.isolate.process import Zygote, ZygoteError
from actors.isolate.records import BackgroundCut, LogLine, Operation, Record, Registered, ScriptError, Start, Uncaught
from actors.messages import Dispatch
from actors.ops import OpRefusedError
from actors.outcomes import EndReason, LoadOutcome, RunOutcome
from actors.refs import Bundle
from storage.ids import GuildId

_log = logging.getLogger("flora.runtime")
_CUTS_OPERATIONS = frozenset({RunOutcome.WALL_TIME, RunOutcome.CPU, RunOutcome.CANCELLED, RunOutcome.MEMORY})
_CUT_LOADS = frozenset({LoadOutcome.CPU, LoadOutcome.WALL_TIME, LoadOutcome.MEMORY})

_ASKED = attrgetter("asked")
_BRISK_S = 0.05
"""A script is brisk whose events end so soon after they were given to it, however many were before them."""
_UNKNOWN = "unknown"
"""Operations that do not exist are counted under one name: scripts invent as many as they like."""


class Household(Protocol):
    """What its isolates tell a guild. Must not raise."""

    def ended(self, berth: "Berth", item: Item, run: Run) -> None:
        """How an event ended that was in flight."""
        ...

    def ended_well(self, berth: "Berth", items: Sequence[Item], cpu_us: Sequence[int]) -> None: ...
    def heard(self, berth: "Berth") -> None:
        """All has been told that the isolate said together: there may be room for more."""
        ...

    def registered(self, berth: "Berth") -> None:
        """The script has registered more, or less, since it was loaded."""
        ...

    def operated(self, name: str) -> None:
        """The script has asked for an operation of this name."""
        ...


class Berth:
    """Made by the guild's actor for each isolate that it starts."""

    def __init__(
        self,
        guild: GuildId,
        bundle: Bundle,
        around: Surroundings,
        household: Household,
    ) -> None:
        self.guild = guild
        self.bundle = bundle
        self.revision = bundle.revision
        self.isolate: Isolate | None = None
        self.ending: Ending | None = None
        self.unborn = ""
        """Why there is no isolate, when that is not the script's doing."""
        self.fresh_bytes = 0
        """Its memory when it had just taken the place of one that had grown."""
        self._around = around
        self._household = household
        self._cut = False
        """It is being ended by us, and what is in flight is cancelled rather than lost."""
        self._ended_under_events = False
        self._flights: dict[int, Item] = {}
        """By dispatch."""
        self._asked: deque[Operation] = deque()
        self._operating: dict[trio.CancelScope, int] = {}
        self._brisk = False
        self._asks = False
        """It has asked for an operation since events last ended."""
        self._nursery: trio.Nursery | None = None
        self._watched_until = 0.0
        self._begun = trio.Event()
        self._quiet = trio.Event()

    def __repr__(self) -> str:
        return f"<Berth of {self.guild}: {len(self._flights)} in flight, {len(self._operating)} operations>"

    @property
    def in_flight(self) -> int:
        return len(self._flights)

    @property
    def room(self) -> int:
        """For how many more events.

        Of a brisk script that asked for nothing lately, twice as many as else may be under way: they do not wait for
        anything but their turn in it. So it and we wake each other half as often when much comes.
        """
        most = self._around.limits.in_flight
        return (2 * most if self._brisk else most) - len(self._flights)

    @property
    def busy(self) -> bool:
        """Whether events, operations or timers of the script are under way."""
        return self._at_work or (self.isolate is not None and self.isolate.has_timers)

    @property
    def _at_work(self) -> bool:
        return bool(self._flights or self._operating or self._asked)

    @property
    def _fields(self) -> dict[str, object]:
        """What a line of the daemon's log about it carries."""
        return {"guild": self.guild, "revision": self.revision}

    # -- life ---------------------------------------------------------------------------------------------------

    async def run(
        self,
        zygote: Zygote,
        starts: trio.CapacityLimiter,
        corral: Corral,
        task_status: trio.TaskStatus[Load] = trio.TASK_STATUS_IGNORED,
    ) -> None:
        """Started with how the load went; unless that is LOADED, it is over then."""
        async with trio.open_nursery() as nursery:
            self._nursery = nursery
            try:
                load = await self._load(zygote, starts, corral)
                if load.outcome in _CUT_LOADS:
                    self._around.observer.cut(RunOutcome(load.outcome.value))
                task_status.started(load)
                if load.outcome is LoadOutcome.LOADED and self.isolate is not None:
                    nursery.start_soon(self._watch)
                    self._tell_cut(await self.isolate.wait_ended())
            except trio.Cancelled:
                self._cut = True
                raise
            finally:
                if self.isolate is not None:
                    with trio.CancelScope(shield=True):  # bounded by the grace; else it would live on without us
                        self.ending = await self.isolate.close()
                nursery.cancel_scope.cancel()
                self._quiet.set()

    def _tell_cut(self, ending: Ending) -> None:
        """Of one that ended under events, those have been told already."""
        outcome = OUTCOME_OF_END.get(ending.reason)
        if outcome is not None and not self._ended_under_events:
            self._around.observer.cut(outcome)

    async def _load(self, zygote: Zygote, starts: trio.CapacityLimiter, corral: Corral) -> Load:
        try:
            async with self._turn(starts):
                self.isolate = await zygote.fork(self._hear, wait=False)
                self.isolate.after_reading = partial(self._household.heard, self)
                corral.enter(self.guild, self.isolate)
                bundle = self.bundle
                load = await self.isolate.load(bundle.source, bundle.entry, bundle.source_map)
        except (ZygoteError, IsolateGoneError) as error:
            self.unborn = str(error)
            return Load(LoadOutcome.CRASHED, ScriptError("", self.unborn))
        if load.outcome is LoadOutcome.CRASHED:
            ending = await self.isolate.wait_ended()  # load has seen to that
            if ending.reason is EndReason.ZYGOTE_LOST:
                self.unborn = words.ending_text(ending)
        return load

    @asynccontextmanager
    async def _turn(self, starts: trio.CapacityLimiter) -> AsyncGenerator[None]:
        """One of those that start at once; one whose top level waits for something lets another start meanwhile."""
        assert self._nursery is not None
        await starts.acquire_on_behalf_of(self)
        holding = trio.CancelScope()
        self._nursery.start_soon(self._hold_turn, starts, holding)
        try:
            yield
        finally:
            holding.cancel()

    async def _hold_turn(self, starts: trio.CapacityLimiter, holding: trio.CancelScope) -> None:
        try:
            with holding:
                await trio.sleep(self._around.limits.start_turn_s)
        finally:
            starts.release_on_behalf_of(self)

    async def quiet(self) -> None:
        """Until no event is in flight and no operation under way."""
        while self._at_work:
            if self._quiet.is_set():  # else others wait for it too
                self._quiet = trio.Event()
            await self._quiet.wait()

    async def caught_up(self) -> None:
        """Until the handlers of all events that it was given have begun. Records are read in their order."""
        if not self._flights or self.isolate is None:
            return
        try:
            await self.isolate.ping()
        except (IsolateGoneError, DoorFullError):
            return

    async def close(self) -> None:
        """End it; what is in flight is cancelled first, so that it ends with that outcome."""
        async with trio.open_nursery() as nursery:
            for number in self._flights:
                nursery.start_soon(self._abandon, number, RunOutcome.CANCELLED)
        if self.isolate is not None:
            await self.isolate.close()

    # -- events -------------------------------------------------------------------------------------------------

    def start(self, items: Sequence[Item]) -> None:
        """Dispatch these, in this order, with one write. Raises IsolateGoneError when none of them has begun."""
        assert self.isolate is not None
        try:
            numbers = self.isolate.begin(self._starts(items, trio.current_time()), self)
        except DoorFullError as error:
            self.isolate.kill()
            raise IsolateGoneError(str(error)) from error
        self._flights.update(zip(numbers, items, strict=True))
        if min([item.deadline for item in items]) < self._watched_until:
            self._begun.set()
        if any(map(_ASKED, items)):
            self._attend_askers(numbers, items)

    def _attend_askers(self, numbers: Sequence[int], items: Sequence[Item]) -> None:
        assert self._nursery is not None
        for number, item in zip(numbers, items, strict=True):
            if item.asked is not None:
                item.over = trio.Event()
                self._nursery.start_soon(self._attend_asker, number, item.asked, item.over)

    @staticmethod
    def _starts(items: Sequence[Item], now: float) -> list[Start]:
        starts: list[Start] = []
        for item in items:
            seconds = item.timeout_s if item.patient else item.seconds_left(now)
            item.began = now
            item.deadline = now + seconds
            event = item.event
            if event.old is None:
                starts.append(Start(event.name, event.payload, seconds))
            else:
                starts.append(Start(*with_old(event, event.old), seconds))
        return starts

    def ended(self, number: int, run: Run) -> None:
        """For the isolate."""
        item = self._flights.pop(number)
        self._ended_under_events |= self.isolate is not None and self.isolate.state is IsolateState.ENDED
        if run.outcome in _CUTS_OPERATIONS:
            for scope in [scope for scope, dispatch in self._operating.items() if dispatch == number]:
                scope.cancel()
        if item.over is not None:
            item.over.set()
        if self._cut and run.outcome is RunOutcome.CRASHED:
            run = Run(RunOutcome.CANCELLED, cpu_us=run.cpu_us)
        self._household.ended(self, item, run)
        self._note_pace(item)
        self._tell_quiet()

    def ended_well(self, numbers: Sequence[int], cpu_us: Sequence[int]) -> None:
        """For the isolate."""
        items = list(map(self._flights.pop, numbers))
        for over in [item.over for item in items if item.over is not None]:
            over.set()
        self._household.ended_well(self, items, cpu_us)
        self._note_pace(items[0])
        self._tell_quiet()

    def _note_pace(self, ended: Item) -> None:
        self._brisk = not self._asks and trio.current_time() - ended.began < _BRISK_S
        self._asks = False

    def _tell_quiet(self) -> None:
        if not self._at_work:
            self._quiet.set()

    async def _watch(self) -> None:
        """Give up what passes its deadline."""
        assert self._nursery is not None
        while True:
            deadlines = [flight.deadline for flight in self._flights.values() if not flight.doomed]
            self._watched_until = min(deadlines, default=float("inf"))
            self._begun = trio.Event()
            with trio.move_on_at(self._watched_until):
                await self._begun.wait()
            now = trio.current_time()
            for number, flight in self._flights.items():
                if flight.deadline <= now and not flight.doomed:
                    flight.doomed = True
                    self._nursery.start_soon(self._abandon, number, RunOutcome.WALL_TIME)

    async def _attend_asker(self, number: int, asked: Dispatch, over: trio.Event) -> None:
        with asked.gave_up:
            await over.wait()
        if asked.gave_up.cancelled_caught:
            await self._abandon(number, RunOutcome.CANCELLED)

    async def _abandon(self, number: int, outcome: RunOutcome) -> None:
        if self.isolate is not None:
            await self.isolate.abandon(number, outcome)

    def log(self, level: str, text: str) -> None:
        """A line in the guild's log."""
        self._around.logs.append(self.guild, level, text, self.revision)

    # -- what the isolate says ----------------------------------------------------------------------------------

    def _hear(self, _isolate: Isolate, heard: list[Record]) -> None:
        for record in heard:
            match record:
                case Operation():
                    self._ask_for(record)
                case LogLine(_, level, text):
                    self.log(level, text)
                case Uncaught(_, "background", error):  # the engine's word about timers and promises, with no place
                    self.log("error", error.message)
                case Uncaught(_, where, error):
                    self.log("error", f"uncaught in a {where}: {words.error_text(error)}")
                case BackgroundCut(outcome):
                    self._around.observer.cut(outcome)
                case Registered():
                    self._household.registered(self)
                case _:  # the isolate's own
                    pass

    def _ask_for(self, operation: Operation) -> None:
        assert self._nursery is not None
        if len(self._operating) + len(self._asked) >= self._around.limits.ops_per_guild:
            self._refuse(operation, "TOO_MANY_OPS", "too many operations are under way")
            return
        self._household.operated(operation.name if operation.name in self._around.ops else _UNKNOWN)
        self._asked.append(operation)
        self._asks, self._brisk = True, False
        self._nursery.start_soon(self._operate)

    async def _operate(self) -> None:
        # Tasks begin in any order, operations in the order in which the script asked for them.
        operation = self._asked.popleft()
        with trio.CancelScope() as scope:
            self._operating[scope] = operation.dispatch
            try:
                await self._answer(operation)
            finally:
                del self._operating[scope]
                self._tell_quiet()

    async def _answer(self, operation: Operation) -> None:
        around = self._around
        caller = ScriptCaller(self)
        try:
            result = await around.ops.answer(around.scopes, caller, operation.name, bytes(operation.arguments))
        except OpRefusedError as error:
            self._refuse(operation, error.code, error.message, **error.details)
        except Exception:  # noqa: BLE001  one operation that fails in us must not end the isolate
            _log.exception("guild %d: %s failed", self.guild, operation.name, extra=self._fields)
            self._refuse(operation, "INTERNAL", f"flora failed in {operation.name}; its operator's log says more")
        else:
            self._post(operation, result)

    def _post(self, operation: Operation, result: bytes) -> None:
        assert self.isolate is not None
        try:
            self.isolate.answer(operation.id, result)
        except IsolateGoneError:
            return
        except DoorFullError:
            self.isolate.kill()

    def _refuse(self, operation: Operation, code: str, message: str, **details: object) -> None:
        assert self.isolate is not None
        try:
            self.isolate.refuse(operation.id, message, code, **details)
        except IsolateGoneError:
            return
        except DoorFullError:
            self.isolate.kill()


class ScriptCaller:
    """The script, as operations see it."""

    def __init__(self, berth: Berth) -> None:
        self._berth = berth

    def __repr__(self) -> str:
        return f"<Script of guild {self._berth.guild}>"

    @property
    def guild(self) -> GuildId:
        return self._berth.guild

    @property
    def revision(self) -> str:
        return self._berth.revision

    def log(self, level: str, text: str) -> None:
        self._berth.log(level, text)
