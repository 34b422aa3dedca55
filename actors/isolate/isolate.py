"""One isolate, seen from the daemon: load a bundle, dispatch events, answer operations, end it.

Every way to end is bounded. A dispatch that passes its deadline is abandoned in the isolate, after the grace the
process is killed; a load that does not become LOADED leaves no process behind; when the process ends, whatever
was waited for is answered with how it ended.
"""

import enum
import logging
import math
import signal
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol, TypeAlias

import msgspec
import trio

from actors.isolate import records
from actors.isolate.child import EXIT_JOB_STORM, EXIT_OK, EXIT_OUT_OF_MEMORY
from actors.isolate.door import Door, DoorFullError
from actors.isolate.handle import ProcessHandle
from actors.isolate.records import (
    BadRecordError,
    Done,
    HeapSize,
    LastWords,
    OutOfMemory,
    Pong,
    Record,
    Registered,
    ScriptError,
    Sealed,
    Start,
    Timers,
    Uncaught,
    Well,
)  # fmt: skip
from actors.isolate.stacks import in_authors_files, registered_in_authors_files
from actors.isolate.switchboard import Switchboard
from actors.limits import IsolateLimits
from actors.outcomes import EndReason, LoadOutcome, RunOutcome
from sdk.source_map import SourceMap

_log = logging.getLogger("flora.runtime")
_LOADING: Final = 0  # the dispatch under which a bundle is loaded
_GRACES: Final = 10
_REMINDERS: Final = 5
"""In each grace; an isolate that computes obeys the second within half of it."""
_STATUS_UNKNOWN: Final = -1000


class IsolateState(enum.Enum):
    BOOTING = "booting"
    LIVE = "live"
    CLOSING = "closing"
    ENDED = "ended"


class IsolateGoneError(Exception):
    """The isolate's process has ended; there is nobody to talk to."""


class Run(msgspec.Struct, frozen=True):
    """How one dispatch went."""

    outcome: RunOutcome
    error: ScriptError | None = None
    cpu_us: int = 0
    out_of_memory: bool = False
    """The engine ran out of memory during it, even if the script caught that."""


class Load(msgspec.Struct, frozen=True):
    """How loading a bundle went."""

    outcome: LoadOutcome
    error: ScriptError | None = None
    registrations: dict[str, Any] = {}
    cpu_us: int = 0


class Ending(msgspec.Struct, frozen=True):
    """How an isolate's process ended: `status` is its exit code, or the negative number of a signal."""

    reason: EndReason
    status: int | None
    last_words: str = ""


Listener: TypeAlias = Callable[["Isolate", list[Record]], None]
"""Is given every batch of records as it comes. Must not block, nor raise."""


class Beginner(Protocol):
    """Is told how dispatches that it began have ended. Must not block, nor raise."""

    def ended(self, number: int, run: Run, /) -> None: ...

    def ended_well(self, numbers: Sequence[int], cpu_us: Sequence[int], /) -> None:
        """As nearly all do, and many at once; what each computed."""
        ...


class Births(Protocol):
    """What an isolate needs of the zygote that bore it."""

    def cancel_running(self, slot: int, dispatch: int) -> None: ...

    def bury(self, isolate: "Isolate") -> None: ...


class _Asker:
    """Begins one dispatch, and waits for its end."""

    def __init__(self) -> None:
        self.run = Run(RunOutcome.CRASHED)

    def ended(self, _number: int, run: Run) -> None:
        self.run = run

    def ended_well(self, _numbers: Sequence[int], cpu_us: Sequence[int]) -> None:
        self.run = Run(RunOutcome.OK, cpu_us=cpu_us[0])


class Isolate:
    """A sealed process with one guild's script, or none yet."""

    def __init__(
        self, slot: int, door: socket.socket, switchboard: Switchboard, births: Births, limits: IsolateLimits
    ) -> None:
        self.slot = slot
        self.limits = limits
        self.listener: Listener | None = None
        self.after_reading: Callable[[], None] | None = None
        """Is called once all has been told that one reading of the door brought. Must not block."""
        self.layers: dict[str, str] = {}
        self.heap_bytes = 0
        self.has_timers = False
        """Whether timers of the script are pending: then it is at work, however idle it looks."""
        self._state = IsolateState.BOOTING
        self._door = Door(door, switchboard, limits, self._hear, self._violate, self._conclude)
        self._births = births
        self._process: ProcessHandle | None = None
        self._pending: dict[int, Beginner] = {}
        """By dispatch: who is told of its end."""
        self._ends: dict[int, trio.Event] = {}
        """Of dispatches whose end somebody waits for."""
        self._next_dispatch = _LOADING + 1
        self._source_map: SourceMap | None = None
        self._registered: dict[str, Any] = {}
        self._pongs: dict[str, trio.Event] = {}
        self._sealed = trio.Event()
        self._over = trio.Event()
        self._ending: Ending | None = None
        self._status: int | None = None
        self._out_of_memory = False
        self._killed_for: RunOutcome | None = None
        self._violation = ""
        self._last_words = ""

    def __repr__(self) -> str:
        return f"<Isolate {self.slot} {self._state.value}, {len(self._pending)} in flight>"

    @property
    def state(self) -> IsolateState:
        return self._state

    @property
    def in_flight(self) -> int:
        return len(self._pending)

    @property
    def has_process(self) -> bool:
        """Whether it can be signalled: the zygote tells of a birth by another way than the newborn itself."""
        return self._process is not None

    @property
    def registrations(self) -> dict[str, Any]:
        """As the prelude told them last."""
        return self._registered

    # -- life ---------------------------------------------------------------------------------------------------

    def adopt(self, pidfd: int) -> None:
        """Take the process that the zygote has forked for this door."""
        self._process = ProcessHandle(pidfd)
        if self._state is IsolateState.CLOSING or self._door.closed:  # given up before we heard of its birth
            self._signal(signal.SIGKILL)

    async def wait_sealed(self) -> None:
        """Until the process says that its layers hold."""
        with trio.move_on_after(self.limits.boot_s):
            await self._sealed.wait()
        if self._state is IsolateState.ENDED:
            raise IsolateGoneError(self._describe_ending())
        if not self._sealed.is_set():
            self.kill()
            raise IsolateGoneError(f"it did not boot within {self.limits.boot_s:g} s")

    async def wait_ended(self) -> Ending:
        await self._over.wait()
        assert self._ending is not None
        return self._ending

    async def close(self) -> Ending:
        """Let it leave; kill it if it does not within the grace."""
        if self._state in {IsolateState.BOOTING, IsolateState.LIVE}:
            self._state = IsolateState.CLOSING
            self._door.stop_sending()
        with trio.move_on_after(self.limits.grace_s):
            await self._over.wait()
        if not self._over.is_set():
            self.kill()
        with trio.CancelScope(shield=True):  # the kernel ends a killed process, whatever we are told meanwhile
            await self._over.wait()
        return await self.wait_ended()

    def kill(self, outcome: RunOutcome = RunOutcome.CRASHED) -> None:
        """End the process now. What is in flight ends with `outcome`."""
        if self._state is IsolateState.ENDED:
            return
        if self._killed_for is None:
            self._killed_for = outcome
        self._state = IsolateState.CLOSING
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.signal(number)

    @property
    def process(self) -> ProcessHandle:
        """For looking at it. Raises IsolateGoneError where there is none, or none any more."""
        if self._process is None:
            raise IsolateGoneError("it has no process")
        return self._process

    # -- talking ------------------------------------------------------------------------------------------------

    async def load(
        self,
        source: str,
        filename: str = "main.js",
        source_map: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> Load:
        """Evaluate a bundle. Unless it is LOADED, the process is gone when this returns.

        With a source map, errors from here on are told in the author's own files.
        """
        self._source_map = None if source_map is None else SourceMap(source_map)
        refused = self._refuse_unread(source)
        result = refused or await self._load(source, filename, timeout or self.limits.load_s)
        if result.outcome is not LoadOutcome.LOADED:
            self.kill()
            await self.close()
        return result

    def _refuse_unread(self, source: str) -> Load | None:
        try:
            size = len(source.encode())
        except UnicodeEncodeError as error:
            line = source.count("\n", 0, error.start) + 1
            column = error.start - (source.rfind("\n", 0, error.start) + 1) + 1
            return Load(LoadOutcome.NOT_TEXT, ScriptError("", f"line {line}, column {column}: half a character"))
        if size > self.limits.script_bytes:
            message = f"the bundle has {size} bytes, {self.limits.script_bytes} are allowed"
            return Load(LoadOutcome.TOO_LARGE, ScriptError("", message))
        return None

    async def _load(self, source: str, filename: str, timeout: float) -> Load:  # noqa: ASYNC109
        deadline = time.monotonic() + timeout
        run = await self._attend(_LOADING, records.load(deadline * 1000, filename, source), timeout)
        outcome = LoadOutcome(run.outcome.value) if run.outcome in _SAME_IN_LOAD else LoadOutcome.CRASHED
        if run.outcome is RunOutcome.OK:
            nothing = not any(self._registered.values())
            outcome = LoadOutcome.REGISTERED_NOTHING if nothing else LoadOutcome.LOADED
        elif run.outcome is RunOutcome.BAD_PAYLOAD:
            outcome = LoadOutcome.NOT_JAVASCRIPT
        return Load(outcome, run.error, self._registered, run.cpu_us)

    async def dispatch(self, name: str, payload: bytes, timeout: float | None = None) -> Run:  # noqa: ASYNC109
        """Run the handlers of an event. Cancelling this cancels them, down to the JavaScript."""
        seconds = timeout or self.limits.dispatch_s
        dispatch = self._next_dispatch
        self._next_dispatch += 1
        deadline_ms = (time.monotonic() + seconds) * 1000
        return await self._attend(dispatch, records.event(dispatch, deadline_ms, name, payload), seconds)

    def begin(self, starts: Sequence[Start], beginner: Beginner) -> Sequence[int]:
        """Dispatch events in this order with one write, and answer their numbers; `beginner` is told how each ends.

        Deadlines are the caller's to watch: what is still running then is to be abandoned. Raises IsolateGoneError or
        DoorFullError, and then none of them has begun.
        """
        if self._state in {IsolateState.CLOSING, IsolateState.ENDED}:
            raise IsolateGoneError(self._describe_ending())
        first = self._next_dispatch
        numbers = range(first, first + len(starts))
        self.post(records.events(first, time.monotonic(), starts))
        self._next_dispatch += len(starts)
        self._pending.update(dict.fromkeys(numbers, beginner))
        return numbers

    async def abandon(self, dispatch: int, outcome: RunOutcome) -> None:
        """End a dispatch that `begin` started: when this returns, it is over. Bounded by the grace."""
        if dispatch not in self._pending:
            return
        over = self._end_of(dispatch)
        if outcome is RunOutcome.CANCELLED:  # of its deadline, the isolate knows by itself
            self._births.cancel_running(self.slot, dispatch)
        try:
            self.post(records.abandon(dispatch, outcome.value))
        except (IsolateGoneError, DoorFullError):
            self.kill(outcome)
        await self._wait_out_grace(over, remind=outcome is RunOutcome.CANCELLED)
        if not over.is_set():
            self.kill(RunOutcome.CPU if outcome is RunOutcome.WALL_TIME else outcome)
        await over.wait()

    def _end_of(self, dispatch: int) -> trio.Event:
        return self._ends.setdefault(dispatch, trio.Event())

    async def _attend(self, dispatch: int, record: bytes, timeout: float) -> Run:  # noqa: ASYNC109
        if self._state in {IsolateState.CLOSING, IsolateState.ENDED}:
            raise IsolateGoneError(self._describe_ending())
        asker = self._pending[dispatch] = _Asker()
        over = self._end_of(dispatch)
        try:
            self.post(record)
            with trio.move_on_after(timeout):
                await over.wait()
            await self.abandon(dispatch, RunOutcome.WALL_TIME)
        finally:
            if not over.is_set():
                with trio.CancelScope(shield=True):  # bounded by the grace
                    await self.abandon(dispatch, RunOutcome.CANCELLED)
        return asker.run

    async def _wait_out_grace(self, over: trio.Event, *, remind: bool) -> None:
        """Until `over`, or until the process has had the time to obey and has not.

        On a busy machine an innocent isolate may not get to run within the grace; that is no reason to kill it. One
        that has not begun the dispatch yet looks in vain which one is to end: so it is reminded.
        """
        began = self._cpu_s()
        for _ in range(_GRACES * _REMINDERS):
            if remind:
                self._signal(signal.SIGALRM)
            with trio.move_on_after(self.limits.grace_s / _REMINDERS):
                await over.wait()
            if over.is_set() or not self._cpu_s() - began < self.limits.grace_s / 2:
                return

    def _cpu_s(self) -> float:
        return math.inf if self._process is None else self._process.cpu_s()

    def answer(self, operation: int, result: bytes) -> None:
        """Give an operation its result, as JSON."""
        self.post(records.answer(operation, result))

    def refuse(self, operation: int, message: str, code: str, **details: Any) -> None:
        self.post(records.refusal(operation, msgspec.json.encode({"message": message, "code": code, **details})))

    async def ping(self) -> float:
        """How long a turn of the isolate takes from here and back, in seconds."""
        nonce = f"{len(self._pongs)}.{time.monotonic_ns()}"
        pong = self._pongs[nonce] = trio.Event()
        began = time.monotonic()
        try:
            self.post(records.ping(nonce))
            await pong.wait()
        finally:
            self._pongs.pop(nonce, None)
        if self._state is IsolateState.ENDED:
            raise IsolateGoneError(self._describe_ending())
        return time.monotonic() - began

    def collect(self) -> None:
        """Ask it to collect garbage thoroughly; a HeapSize record follows."""
        self.post(records.collect())

    def post(self, data: bytes) -> None:
        """Send records, or keep them until the isolate reads."""
        if self._state is IsolateState.ENDED:
            raise IsolateGoneError(self._describe_ending())
        self._door.send(data)

    # -- hearing ------------------------------------------------------------------------------------------------

    def _violate(self, what: str) -> None:
        if not self._violation:
            self._violation = what
        self._door.ignore()
        self.kill(RunOutcome.CRASHED)

    def _hear(self, lines: list[bytes]) -> None:
        try:
            self._hear_records(records.parse(lines))
            if self.after_reading is not None:
                self.after_reading()
        except BadRecordError as error:
            self._violate(str(error))
        except Exception:  # noqa: BLE001  a mistake of ours
            # All isolates of the worker are heard here: it may cost this one its life, but not the others theirs.
            _log.exception("what isolate %d said could not be taken", self.slot)
            self._violate("flora failed at what it said; its operator's log says more")

    def _hear_records(self, heard: list[Record]) -> None:
        if self._source_map is not None:
            heard = [self._mapped(record, self._source_map) for record in heard]
        told = 0
        for place, record in enumerate(heard):
            if isinstance(record, Done | Well):  # what a run said is heard before it is over
                self._tell(heard[told:place])
                told = place
            self._note(record)
        self._tell(heard[told:])

    def _tell(self, heard: list[Record]) -> None:
        if heard and self.listener is not None and self._state is not IsolateState.ENDED:
            self.listener(self, heard)

    @staticmethod
    def _mapped(record: Record, source_map: SourceMap) -> Record:
        if isinstance(record, Done | Uncaught) and record.error is not None:
            return msgspec.structs.replace(record, error=in_authors_files(record.error, source_map))
        return record

    def _note(self, record: Record) -> None:
        match record:
            case Done():
                self._finish(record)
            case Well():
                self._finish_well(record)
            case HeapSize(size):
                self.heap_bytes = size
            case OutOfMemory():
                self._out_of_memory = True
            case Registered(listing):
                self._register(listing)
            case Timers(pending):
                self.has_timers = pending
            case Sealed(layers):
                self._seal(layers)
            case LastWords(text):
                self._last_words = text
            case _:
                self._note_answer(record)

    def _note_answer(self, record: Record) -> None:
        if isinstance(record, Pong) and record.nonce in self._pongs:
            self._pongs[record.nonce].set()

    def _register(self, listing: msgspec.Raw) -> None:
        try:
            registered = msgspec.json.decode(listing, type=dict[str, Any])
        except msgspec.DecodeError:
            self._violate("registrations that are no object")
            return
        mapped = self._source_map
        self._registered = registered if mapped is None else registered_in_authors_files(registered, mapped)

    def _seal(self, layers: dict[str, str]) -> None:
        self.layers = layers
        if self._state is IsolateState.BOOTING:
            self._state = IsolateState.LIVE
        self._sealed.set()

    def _finish(self, done: Done) -> None:
        self._out_of_memory = False
        outcome = _OUTCOMES.get(done.outcome, RunOutcome.CRASHED)
        self._settle(done.dispatch, Run(outcome, done.error, done.cpu_us, done.out_of_memory))

    def _finish_well(self, well: Well) -> None:
        self._out_of_memory = False
        if well.first not in self._pending:
            return  # it was over already
        try:
            cpu_us = well.cpu_us
        except BadRecordError as error:
            self._violate(str(error))
            return
        numbers = range(well.first, well.first + len(cpu_us))
        take = self._pending.pop
        beginners = [take(number, None) for number in numbers]
        first = beginners[0]
        if first is not None and not self._ends and beginners.count(first) == len(beginners):
            first.ended_well(numbers, cpu_us)
            return
        for number, beginner, cpu in zip(numbers, beginners, cpu_us, strict=True):
            if beginner is not None:  # else it was over already
                self._tell_end(number, beginner, Run(RunOutcome.OK, cpu_us=cpu))

    def _settle(self, dispatch: int, run: Run) -> None:
        beginner = self._pending.pop(dispatch, None)
        if beginner is not None:  # else it was over already
            self._tell_end(dispatch, beginner, run)

    def _tell_end(self, dispatch: int, beginner: Beginner, run: Run) -> None:
        if self._ends and (over := self._ends.pop(dispatch, None)) is not None:
            over.set()
        beginner.ended(dispatch, run)

    # -- the end ------------------------------------------------------------------------------------------------

    def note_status(self, status: int | None) -> None:
        """The process was reaped with this status; None when the zygote was lost, and its children with it."""
        self._status = _STATUS_UNKNOWN if status is None else status
        self._door.read_out()
        self._conclude()

    def _conclude(self) -> None:
        if self._door.closed and self._status is None:
            self._signal(signal.SIGKILL)  # it leaves, or else nobody could ever talk to it again
        if not self._door.closed or self._status is None or self._over.is_set():
            return
        reason = self._reason()
        status = None if self._status == _STATUS_UNKNOWN else self._status
        self._ending = Ending(reason, status, self._last_words or self._violation)
        self._state = IsolateState.ENDED
        if self._process is not None:
            self._process.close()
            self._process = None
        outcome = OUTCOME_OF_END.get(reason, self._killed_for or RunOutcome.CRASHED)
        run = Run(outcome, out_of_memory=outcome is RunOutcome.MEMORY)
        for dispatch in list(self._pending):
            self._settle(dispatch, run)
        for pong in self._pongs.values():
            pong.set()
        self._sealed.set()
        self._births.bury(self)
        self._over.set()

    def _reason(self) -> EndReason:
        if self._violation:
            return EndReason.BROKE_PROTOCOL
        if self._status in _REASON_OF_STATUS:
            return _REASON_OF_STATUS[self._status]
        if self._killed_for is not None:
            return EndReason.KILLED
        if self._status == EXIT_OK:
            return EndReason.CLOSED
        return EndReason.MEMORY if self._out_of_memory else EndReason.CRASHED

    def _describe_ending(self) -> str:
        if self._ending is None:
            return f"isolate {self.slot} is {self._state.value}"
        words = f": {self._ending.last_words}" if self._ending.last_words else ""
        return f"isolate {self.slot} has ended ({self._ending.reason}, status {self._ending.status}){words}"


_OUTCOMES: Final = {
    **{outcome.value: outcome for outcome in RunOutcome},
    "not_javascript": RunOutcome.BAD_PAYLOAD,
}
_SAME_IN_LOAD: Final = frozenset({RunOutcome.THREW, RunOutcome.CPU, RunOutcome.WALL_TIME, RunOutcome.MEMORY})
_REASON_OF_STATUS: Final[dict[int | None, EndReason]] = {
    _STATUS_UNKNOWN: EndReason.ZYGOTE_LOST,
    EXIT_JOB_STORM: EndReason.JOB_STORM,
    EXIT_OUT_OF_MEMORY: EndReason.MEMORY,
}
OUTCOME_OF_END: Final = {EndReason.JOB_STORM: RunOutcome.CPU, EndReason.MEMORY: RunOutcome.MEMORY}
