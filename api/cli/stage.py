"""The host's side of one isolate under test: notes what the script asks for, and answers as far as one machine can.

The guild's key-value data is a real store, in a folder of its own and by a clock that the test moves. Discord and the
internet are not there: what is asked of them is answered as the test says, or as an empty guild would.
"""

import base64
import json
import math
import tempfile
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import msgspec
import trio

from actors.guild.words import error_text, run_text
from actors.isolate.isolate import Isolate, IsolateGoneError, Run
from actors.isolate.records import LogLine, Operation, Record, Start, Uncaught
from actors.operations.kv import register_kv
from actors.operations.timers import register_timers, shown_timer
from actors.ops import Caller, OpRefusedError, OpTable, ScopeTarget
from actors.outcomes import RunOutcome
from api.cli.shapes import as_map
from gateway.operations import OPERATIONS
from storage.ids import GuildId, guild_id
from storage.kv import KvLimits, open_kv
from storage.records import Timer

STORE: Final = "~flora-test"
"""Reading a key of this store is how a test asks its host for something."""
GUILD: Final = guild_id(999000000000000000)
_EVENT_S: Final = 3.0
_LIMITS: Final = KvLimits(map_bytes=1 << 30, journal_bytes=1 << 20)
_REST: Final = frozenset(f"rest.{line.split()[0]}" for line in OPERATIONS.strip().splitlines())
_MADE: Final = ("rest.create", "rest.update", "rest.execute")


class Clock:
    """Unix seconds: the real ones, and as many more as the test said."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead  # noqa: TID251  a test's Date is the engine's own, which this agrees with


@dataclass(frozen=True, slots=True)
class _Script:
    """Who asks, as handlers see it."""

    guild: GuildId = GUILD
    revision: str = "test"

    def log(self, level: str, text: str) -> None:
        """The runtime has nothing to add here."""


class _NoScopes:
    """What the table has here names nothing of Discord's."""

    async def check(self, caller: Caller, target: ScopeTarget, value: str) -> None:
        """Never asked."""


class _Timers:
    """Timers until the test's clock has come to them."""

    def __init__(self) -> None:
        self.waiting: dict[str, Timer] = {}

    async def schedule(self, timer: Timer) -> None:
        self.waiting[timer.name] = timer

    async def cancel(self, guild: GuildId, name: str) -> bool:  # noqa: ARG002  there is one guild
        return self.waiting.pop(name, None) is not None

    async def cancel_named(self, guild: GuildId, name: str) -> int:  # noqa: ARG002
        named = [kept for kept in self.waiting if kept.rpartition("#")[0] == name]
        for kept in named:
            del self.waiting[kept]
        return len(named)

    def next_at(self) -> float:
        """When the first is due, in Unix seconds."""
        return min((timer.fire_at.timestamp() for timer in self.waiting.values()), default=math.inf)

    def due(self, now: float) -> list[Timer]:
        """Taken out, the earliest first."""
        found = [timer for timer in self.waiting.values() if timer.fire_at.timestamp() <= now]
        for timer in found:
            del self.waiting[timer.name]
        return sorted(found, key=lambda timer: timer.fire_at)

    async def list(self, guild: GuildId, after: str, limit: int) -> list[Timer]:  # noqa: ARG002
        return [self.waiting[name] for name in sorted(self.waiting) if name > after][:limit]


@dataclass(slots=True)
class _Event:
    """One that the test has dispatched, until its handlers are done or its time is over."""

    name: str
    operation: int
    calls: int
    logs: int
    over: trio.Event
    limit: trio.CancelScope
    run: Run | None = None


class Stage:
    """See the module; made by `open_stage`."""

    def __init__(self, table: OpTable, timers: _Timers, clock: Clock, nursery: trio.Nursery) -> None:
        self.names: list[str] = []
        self.said: list[str] = []
        self.calls: list[dict[str, Any]] = []
        self._table = table
        self._timers = timers
        self._clock = clock
        self._nursery = nursery
        self._own = frozenset(op.name for op in table)
        self._answers: dict[str, Any] = {}
        self._secrets: dict[str, str] = {}
        self._logs: list[dict[str, str]] = []
        self._made = 444000000000000000
        self._running: dict[int, _Event] = {}
        self._asked = 0
        """Operations that the table has not answered yet."""
        self._heard = 0
        """How often something was asked, said or done."""
        self._moved = trio.Event()

    def respond(self, operation: str, answer: Any) -> None:
        """What an operation answers from now on."""
        self._answers[operation] = answer

    def hear(self, isolate: Isolate, records: list[Record]) -> None:
        for record in records:
            self._heard += 1
            match record:
                case LogLine(_, level, text):
                    self._logs.append({"level": level, "text": text})
                    self.said.append(f"[{level}] {text}")
                case Uncaught(_, where, error):
                    self._logs.append({"level": "error", "text": f"{where}: {error.message}"})
                    self.said.append(f"[error] {where}: {error_text(error)}")
                case Operation(identity, _, name, arguments):
                    self._operate(isolate, identity, name, bytes(arguments))
                case _:
                    pass

    def _operate(self, isolate: Isolate, identity: int, name: str, arguments: bytes) -> None:
        asked = as_map(msgspec.json.decode(arguments))
        if name == "kv.get" and asked.get("store") == STORE:
            self._serve(isolate, identity, msgspec.json.decode(str(asked["key"])))
            return
        self.calls.append({"name": name, "args": asked})
        if name in self._own and name not in self._answers:
            self._asked += 1
            self._nursery.start_soon(self._ask, isolate, identity, name, arguments)
            return
        try:
            isolate.answer(identity, msgspec.json.encode(self._answer(name, asked)))
        except OpRefusedError as refused:
            isolate.refuse(identity, refused.message, refused.code, **refused.details)

    async def _ask(self, isolate: Isolate, identity: int, name: str, arguments: bytes) -> None:
        """Of the table, as in production."""
        try:
            answer = await self._table.answer(_NoScopes(), _Script(), name, arguments)
        except OpRefusedError as refused:
            isolate.refuse(identity, refused.message, refused.code, **refused.details)
        else:
            isolate.answer(identity, answer)
        finally:
            self._asked -= 1
            self._move()

    def _move(self) -> None:
        moved, self._moved = self._moved, trio.Event()
        moved.set()

    def _answer(self, name: str, asked: dict[str, Any]) -> Any:
        """As `respond` said; else as Discord would in a guild in which there is nothing."""
        if name in self._answers:
            return _as_response(asked, self._answers[name]) if name == "fetch" else self._answers[name]
        if name == "fetch":
            hint = 'say what it answers: await bot.respond("fetch", { status: 200, json: {} })'
            raise OpRefusedError("FETCH_FORBIDDEN", f"A test has no internet; {hint}")
        if name == "secrets.get":
            return self._secrets.get(str(asked.get("name")))
        return self._discord(name, asked) if name.startswith("rest.") else None

    def _discord(self, name: str, asked: dict[str, Any]) -> Any:
        if name not in _REST:
            raise OpRefusedError("UNKNOWN_OP", f"there is no operation {name}")
        if name.startswith("rest.list"):
            return []
        if name == "rest.createInteractionResponse" or not name.startswith(_MADE):
            return None
        self._made += 1
        made = asked.get("messageId") or self._made
        return {"id": str(made), "channel_id": asked.get("channelId"), **as_map(asked.get("body"))}

    # -- what the harness asks for ------------------------------------------------------------------------------

    def _serve(self, isolate: Isolate, identity: int, asked: dict[str, Any]) -> None:
        """One thing; what takes a while is answered when it is done."""
        what, arguments = str(asked["name"]), asked.get("args")
        if what == "dispatch":
            self._dispatch(isolate, identity, as_map(arguments))
        elif what == "settled":
            self._heard -= 1  # the look itself is no news
            self._nursery.start_soon(self._settle, isolate, identity)
        else:
            _give(isolate, identity, self._do(what, arguments))

    def _do(self, what: str, arguments: Any) -> Any:
        match what:
            case "names":
                self.names = [str(name) for name in arguments]
            case "respond":
                self.respond(str(arguments["operation"]), arguments["answer"])
            case "secret":
                return self._secrets.setdefault(str(arguments), f"__FLORA_SECRET_{arguments}__")
            case "step":
                return self._step(float(arguments["left"]) / 1000, float(arguments["timer"]) / 1000)
            case "mark":
                return [len(self.calls), len(self._logs)]
            case "since":
                calls, logs = arguments
                return {"calls": self.calls[calls:], "logs": self._logs[logs:]}
            case _:
                pass
        return None

    def _dispatch(self, isolate: Isolate, identity: int, asked: dict[str, Any]) -> None:
        """Begun here and now, so that what the harness asks for next comes after it."""
        start = Start(str(asked["name"]), msgspec.json.encode(asked["payload"]), _EVENT_S)
        event = _Event(start.name, identity, len(self.calls), len(self._logs), trio.Event(), trio.CancelScope())
        event.limit.deadline = trio.current_time() + _EVENT_S
        [number] = isolate.begin([start], self)
        self._running[number] = event
        self._nursery.start_soon(self._watch, isolate, number, event)

    def ended(self, number: int, run: Run) -> None:
        """For the isolate, as the next is."""
        event = self._running[number]
        event.run = run
        event.over.set()

    def ended_well(self, numbers: Sequence[int], cpu_us: Sequence[int]) -> None:
        for number, cpu in zip(numbers, cpu_us, strict=True):
            self.ended(number, Run(RunOutcome.OK, cpu_us=cpu))

    async def _watch(self, isolate: Isolate, number: int, event: _Event) -> None:
        """Until it is over, by itself or because its time is."""
        with event.limit:
            await event.over.wait()
        await isolate.abandon(number, RunOutcome.WALL_TIME)
        del self._running[number]
        self._heard += 1
        self._move()
        run = event.run or Run(RunOutcome.CRASHED)
        if run.outcome is not RunOutcome.OK:
            level, text = run_text(event.name, run, _EVENT_S)
            self.said.append(f"[{level}] {text}")
        told = {"outcome": run.outcome.value, "error": None if run.error is None else run.error.message}
        heard = {"calls": self.calls[event.calls :], "logs": self._logs[event.logs :]}
        _give(isolate, event.operation, {**told, **heard})

    def _step(self, left: float, timer: float) -> dict[str, Any]:
        """Time passes until something is due: a timeout, a timer, the end of a handler's time."""
        limits = [event.limit.deadline - trio.current_time() for event in self._running.values()]
        ends = [limit for limit in limits if limit > 0]
        step = math.ceil(1000 * max(0.0, min(left, timer, self._timers.next_at() - self._clock(), *ends)))
        self._clock.ahead += step / 1000
        for event in self._running.values():
            event.limit.deadline -= step / 1000
        return {"step": step, "due": [_fired(timer) for timer in self._timers.due(self._clock())]}

    async def _settle(self, isolate: Isolate, identity: int) -> None:
        """Answers once nothing is being answered and nobody's time is over; with how much was heard until then."""
        while self._asked or any(event.limit.deadline <= trio.current_time() for event in self._running.values()):
            await self._moved.wait()
        _give(isolate, identity, self._heard)


def _give(isolate: Isolate, identity: int, answer: Any) -> None:
    try:
        isolate.answer(identity, msgspec.json.encode({"value": answer}))
    except IsolateGoneError:
        return


def _fired(timer: Timer) -> dict[str, Any]:
    shown = shown_timer(timer)
    return {"name": shown["name"], "payload": shown["payload"], "scheduledFor": shown["at"]}


def _as_response(asked: dict[str, Any], given: Any) -> dict[str, Any]:
    """`{ status, json }`, `{ status, text }` or a text alone, as the host's answer to a request."""
    told = cast("dict[str, Any]", given) if isinstance(given, dict) else {"text": str(given)}
    text = json.dumps(told["json"]) if "json" in told else str(told.get("text", ""))
    kind = "application/json" if "json" in told else "text/plain;charset=utf-8"
    headers = {"content-type": kind, **as_map(told.get("headers", {}))}
    return {
        "status": told.get("status", 200),
        "statusText": "",
        "headers": [[name, str(value)] for name, value in headers.items()],
        "body": base64.b64encode(text.encode()).decode(),
        "url": asked.get("url", ""),
        "redirected": False,
    }


@asynccontextmanager
async def open_stage() -> AsyncGenerator[Stage]:
    """A guild in which nothing has happened yet."""
    clock, timers, table = Clock(), _Timers(), OpTable()
    with tempfile.TemporaryDirectory(prefix="flora-test-") as folder:
        async with open_kv(Path(folder) / "kv", _LIMITS, clock) as kv, trio.open_nursery() as nursery:
            register_kv(table, kv)
            register_timers(table, timers)
            yield Stage(table, timers, clock, nursery)
            nursery.cancel_scope.cancel()
