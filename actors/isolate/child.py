"""The loop of one isolate: records in by the door, JavaScript, records out. core.js is the other half.

The child knows one descriptor, the door. It waits there, or for its next timer; hands whole records to
JavaScript as one text; lets it do one thing at a time, with its promise jobs, and measures each; and sends what
JavaScript left in the shared buffer. Everything here runs sealed: it can compute, use the door, and end.

Interruption. While a script's JavaScript runs, `control[DEADLINE]` says until when. One alarm serves all: when it
rings, the engine asks `_may_go_on`, which ends the script, or sets the alarm again for a later deadline. An
alarm that rings while nothing runs asks at the next entry, and costs nothing. Regular expressions start anew
when they are asked, so the alarm never rings early without need.
"""

import ctypes
import json
import math
import os
import re
import select
import signal
import socket
import time
from typing import Any, Final

from actors.isolate.snapshot import Snapshot
from actors.isolate.spidermonkey import MalformedTextError, SpiderMonkey

# The numbers that JavaScript and we tell each other; core.js names them in the same order.
(
    NOW, DEADLINE, ALARM_AT, WANT_ALARM, CURRENT, CPU, STOPPED, OUT_OF_MEMORY,
    OUT_LENGTH, OUT_MORE, NEXT_TIMER, REJECTIONS, REJECTIONS_LOST, LOAD_DEADLINE, BUSY, STEPS, THREAD_NS, MONOTONIC_NS,
    CHARGED_NS, PROMISE,
) = range(20)  # fmt: skip

_STOPPED_CPU: Final = 1
_STOPPED_CANCELLED: Final = 2
_STOPPED_MEMORY: Final = 3

DOOR: Final = 3
"""The one descriptor that a sealed child has."""
ORDER: Final = b"\x01"
"""Begins a record that is for the child itself, all others are for JavaScript. No JSON holds this byte, so that looking
for it takes no longer than reading the memory."""
INBOX_BYTES: Final = 128 * 1024
"""A hundred messages: each reading costs a wake-up here, and another one in the daemon when it is told of its end."""
OUTBOX_BYTES: Final = 64 * 1024
REJECTIONS_KEPT: Final = 256
AFTERMATH_MS: Final = 20.0
"""How long jobs left behind by an interrupted script may take; a storm of jobs takes longer, and ends the isolate."""
FULL_COLLECTIONS: Final = 10
"""So many collections while one thing runs, each leaving the heap full, are as good as no memory."""
REJECTIONS_LOST_BETWEEN_LOOKS: Final = 1024
SYNTAX_MESSAGE_CHARS: Final = 4000
REHEARSALS: Final = 20  # after which the engine has its notes on these functions; more do not help
REPORT_MS: Final = 500.0
"""How long describing what promises were rejected with may take: the script has a hand in that."""
RESTS_BETWEEN: Final = 6
STEPS_BETWEEN_RESTS: Final = 100
"""To rest takes some 5 ms, and what happens now and then makes an isolate hardly larger: so it does not every time, but
when this much was done since, or six times as long ago."""
_LONGEST_WAIT_MS: Final = 3_600_000
HEAP_STEP_BYTES: Final = 1024 * 1024

EXIT_OK: Final = 0
EXIT_BROKEN: Final = 70
EXIT_JOB_STORM: Final = 71
EXIT_OUT_OF_MEMORY: Final = 72

_SYNTAX_ERROR: Final = re.compile(
    r"Error in file .*?, on line (?P<line>\d+), column (?P<column>\d+):\n(?:.*\n)*?(?P<name>\w+Error): (?P<message>.*)"
)


def _as_function(source: str) -> str:
    """The bundle as the body of a function that it cannot end.

    If it closed the function and opened another, the last line would stand outside the labelled block, and a break
    to a label that is not around it is an error of the whole text; nobody guesses the label.
    """
    label = f"bundle_{os.urandom(8).hex()}"
    return f'(async () => {{ "use strict"; {label}: {{\n{source}\nbreak {label}; }} }})'


class Core:
    """The house's own JavaScript: what of it is called from here."""

    def __init__(self, engine: SpiderMonkey, core_source: str, prelude_source: str, prelude_name: str) -> None:
        self.control_bytes = bytearray(20 * 8)
        self.control = memoryview(self.control_bytes).cast("d")
        self.control[DEADLINE] = self.control[ALARM_AT] = self.control[NEXT_TIMER] = math.inf
        self.control[CURRENT] = -1
        engine.expose_mailbox("__mailbox")
        engine.expose_jobs("__runJobs", "__readClocks", self.control_bytes, THREAD_NS * 8)
        engine.expose_promises("__readPromise", self.control_bytes, PROMISE * 8)
        engine.evaluate(core_source + "\n;true", "flora:core")
        engine.evaluate(prelude_source + "\n;true", f"flora:{prelude_name}")
        names = ("configure", "steps", "reportRejections", "endTurn", "flush", "load")
        functions = [engine.evaluate(f"__core.{name}", "flora:core") for name in names]
        (
            self.configure, self.steps, self.report_rejections, self.end_turn,
            self.flush, self.load,
        ) = functions  # fmt: skip
        self.out = bytearray(OUTBOX_BYTES)
        engine.evaluate("__core.connect", "flora:core")(self.control_bytes, self.out)
        engine.evaluate("delete globalThis.__core; delete globalThis.__host; true", "flora:core")


class _NoDoor:
    """Stands in for the door while nobody is to hear anything."""

    def sendall(self, _data: bytes | memoryview) -> None:
        """Say nothing."""

    def recv_into(self, _buffer: memoryview) -> int:
        """Hear nothing."""
        return 0


class Child:
    """One isolate, from its birth to its end.

    It is made in a warm zygote, where what it touches first is touched once for all, and is itself after `be`.
    """

    def __init__(self, engine: SpiderMonkey, core: Core, cancelled_ids: memoryview) -> None:
        self._engine = engine
        self._core = core
        self._control = core.control
        self._cancelled_ids = cancelled_ids  # the daemon writes here, at our slot, which dispatch is to end
        self._slot = 0
        # A number, of which a zygote keeps something open; each child puts its own door there.
        self._door: socket.socket | _NoDoor = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, DOOR)
        self._poll = select.poll()
        self._poll.register(DOOR, select.POLLIN)
        self._outgoing = memoryview(core.out)
        self._use_inbox(bytearray(INBOX_BYTES), 0)
        self._heap_told = 0
        self._heap_full_bytes = math.inf
        self._full_collections = 0
        self._collected_in_step = -1.0
        self._interrupted = False
        self._snapshot: Snapshot | None = None
        self._rest_after_ms = math.inf
        self._rest_again_at = 0.0
        self._worth_a_rest = 0.0
        self._rested = False
        self._seed = b"-"  # of the script's randomness; a zygote has none, or all its children would share it

    def _use_inbox(self, buffer: bytearray, filled: int) -> None:
        self._inbox = buffer
        self._inbox_view = memoryview(buffer)
        self._inbox_address = ctypes.addressof(ctypes.c_char.from_buffer(buffer))
        self._filled = filled

    # -- the loop -----------------------------------------------------------------------------------------------

    def prepare(self, settings: bytes, stack_bytes: int, heap_bytes: int) -> None:
        """What is the same for every isolate, and must be done before the system call filter closes."""
        self._heap_full_bytes = heap_bytes * 7 // 8
        self._engine.limit_stack(stack_bytes)
        self._engine.on_interrupt(self._may_go_on)
        self._engine.install_alarm()
        self._engine.crash_plainly()
        self._engine.on_out_of_memory(self._note_out_of_memory)
        self._engine.on_collected(self._note_collected)
        self._engine.track_rejections(self._note_rejection)
        self._put(settings)
        self._core.configure()

    def rehearse(self, rounds: int) -> None:
        """Load a script of nothing, and dispatch what nobody handles, so that no script is the first to need that.

        The engine compiles functions when they are first called: that happens in the zygote. Every page that is first
        written after a fork is copied: that happens in an isolate that nobody talks to yet. It leaves nothing behind
        that JavaScript or the daemon could see.
        """
        deadline = time.monotonic() * 1000 + 10_000
        load = json.dumps({"deadline": deadline, "filename": "rehearsal.js", "source": ""})
        event = f"E\t1\t{deadline}\trehearsal\tnull\n"
        door, self._door = self._door, _NoDoor()
        for text in (ORDER + b"LOAD\t%b\n" % load.encode(), *[event.encode()] * rounds):
            self._filled = len(text)
            self._inbox_view[: self._filled] = text
            self._take(self._filled)
        self._door = door
        signal.setitimer(signal.ITIMER_REAL, 0)
        self._control[ALARM_AT] = math.inf
        self._heap_told = 0

    def rest_with(self, snapshot: Snapshot, after_ms: float) -> None:
        """Give memory back when there was nothing to do for so long."""
        self._snapshot, self._rest_after_ms = snapshot, after_ms

    def be(self, slot: int) -> None:
        """Become the isolate of this slot, behind the door that is open now."""
        self._slot = slot
        self._engine.reseed()
        self._seed = os.urandom(32).hex().encode()  # behind the seal nothing can be asked of the kernel

    def run(self, first_words: bytes) -> int:
        self._door.sendall(first_words)
        if not self._poll.poll(0):
            self.rehearse(1)
        while self._wait_for_work():
            end = self._inbox.rfind(b"\n", 0, self._filled) + 1
            if end:
                self._take(end)
            elif self._filled == len(self._inbox):
                self._grow_inbox()
            elif self._control[NEXT_TIMER] <= time.monotonic() * 1000:
                self._turn()
        return EXIT_OK

    def _wait_for_work(self) -> bool:
        """Read from the door, or return when a timer is due. False when the daemon has closed the door."""
        due = self._control[NEXT_TIMER]
        wait = math.inf if due == math.inf else math.ceil(max(0.0, due - time.monotonic() * 1000))
        patience = self._rest_after_ms
        if self._control[STEPS] < self._worth_a_rest:
            patience = max(patience, self._rest_again_at - self._control[NOW])
        rest_first = not self._rested and wait > patience
        wait = patience if rest_first else min(wait, _LONGEST_WAIT_MS)
        # A read that waits is woken also when the daemon has read what we sent, for nothing; a poll only when there is
        # something to read. Each such wake-up costs more than this call.
        if not self._poll.poll(wait):
            if rest_first:
                self._rest()
            return True
        self._rested = False
        count = self._door.recv_into(self._inbox_view[self._filled :])
        self._filled += count
        return count > 0

    def _rest(self) -> None:
        """Give back the memory that says nothing of this isolate alone."""
        self._rested = True
        self._rest_again_at = self._control[NOW] + RESTS_BETWEEN * self._rest_after_ms
        self._worth_a_rest = self._control[STEPS] + STEPS_BETWEEN_RESTS
        signal.setitimer(signal.ITIMER_REAL, 0)
        self._control[ALARM_AT] = math.inf
        self._engine.give_back_free()
        assert self._snapshot is not None
        self._door.sendall(b"Z\t%d\n" % self._snapshot.visit())

    def _grow_inbox(self) -> None:
        # Copying is cheap while it is small; later on, room that is not needed would be taken from the script.
        larger = bytearray(len(self._inbox) * (4 if len(self._inbox) < 1024 * 1024 else 2))
        larger[: self._filled] = self._inbox_view[: self._filled]
        self._use_inbox(larger, self._filled)

    def _take(self, end: int) -> None:
        """Run the whole records at the front of the inbox: those for us by ourselves, the others as one text."""
        start = 0
        while start < end:
            if self._inbox[start] == ORDER[0]:
                stop = self._inbox.index(b"\n", start) + 1
                self._obey(bytes(self._inbox_view[start + 1 : stop - 1]))
            else:
                stop = self._next_order(start, end)
                self._put_inbox(start, stop)
            start = stop
        rest = self._filled - end
        if len(self._inbox) > INBOX_BYTES and rest <= INBOX_BYTES:
            remaining = bytes(self._inbox_view[end : self._filled])
            self._use_inbox(bytearray(INBOX_BYTES), rest)
            self._inbox_view[:rest] = remaining
            return
        self._inbox_view[:rest] = self._inbox_view[end : self._filled]
        self._filled = rest

    def _next_order(self, start: int, end: int) -> int:
        """Where the next record for us begins."""
        at = self._inbox.find(ORDER, start, end)
        while at >= 0 and self._inbox[at - 1] != ord("\n"):  # in the middle of what is no JSON
            at = self._inbox.find(ORDER, at + 1, end)
        return end if at < 0 else at

    def _put_inbox(self, start: int, stop: int) -> None:
        try:
            self._engine.put_text(self._inbox_address + start, stop - start)
        except MalformedTextError:
            if self._control[OUT_OF_MEMORY]:
                raise MemoryError("no room for what the daemon sent") from None
            # The daemon sends UTF-8 only; what is not cannot be told apart into records, so it is refused whole.
            self._door.sendall(b"B\tnot UTF-8\n")
            return
        self._turn()

    def _put(self, text: bytes) -> None:
        buffer = ctypes.create_string_buffer(text, len(text))
        self._engine.put_text(ctypes.addressof(buffer), len(text))

    # -- turns --------------------------------------------------------------------------------------------------

    def _turn(self) -> None:
        """Let JavaScript do all there is to do, one thing at a time, and send what came of it."""
        control = self._control
        control[NOW] = time.monotonic() * 1000
        if control[ALARM_AT] == math.inf:
            self._set_alarm(control[NOW] + 1000)
        self._drain()
        if control[REJECTIONS]:
            self._report_rejections()
        self._interrupted = False
        control[STOPPED] = 0
        self._send()

    def _report_rejections(self) -> None:
        control, core = self._control, self._core
        control[REJECTIONS] = self._engine.keep_unhandled(int(control[REJECTIONS]))
        if control[REJECTIONS]:
            self._set_alarm(min(control[ALARM_AT], time.monotonic() * 1000 + REPORT_MS))
            self._enter(core.report_rejections)
            self._engine.run_jobs()
        self._interrupted = False
        while self._enter(core.end_turn):
            pass  # there was no memory to tell what came of it; a second time in a row would have ended the process

    def _drain(self) -> None:
        """JavaScript goes on by itself from one step to the next, with the jobs of each, until it needs us."""
        control = self._control
        while True:
            control[THREAD_NS] = time.thread_time_ns()
            control[MONOTONIC_NS] = time.monotonic_ns()
            control[CHARGED_NS] = 0
            self._engine.allow_jobs()
            try:
                if not self._core.steps():
                    return
            except Exception:  # noqa: BLE001  as in _enter
                self._stopped_inside()
                self._engine.run_jobs()
            if control[OUT_OF_MEMORY]:
                self._engine.collect(shrink=True)  # what comes next must not pay for it
            control[CPU] = max(0.0, time.thread_time_ns() - control[THREAD_NS] - control[CHARGED_NS])
            if self._interrupted:
                self._settle_aftermath()
            if control[WANT_ALARM]:
                self._set_alarm(control[WANT_ALARM])
                control[WANT_ALARM] = 0
            control[NOW] = time.monotonic() * 1000

    def _enter(self, function: Any) -> bool:
        """Call JavaScript. True also when it was interrupted: there may be more to do."""
        try:
            return bool(function())
        except Exception:  # noqa: BLE001  the bridge's own exception, or MemoryError
            self._stopped_inside()
            return True

    def _stopped_inside(self) -> None:
        """JavaScript was interrupted; or the house's own threw: there was no memory left for it, or it is broken."""
        if self._interrupted:
            return
        if not self._control[OUT_OF_MEMORY]:
            raise  # noqa: PLE0704  called while handling
        if self._control[STOPPED] == _STOPPED_MEMORY:
            os._exit(EXIT_OUT_OF_MEMORY)  # twice in one turn: nothing fits any more
        self._control[STOPPED] = _STOPPED_MEMORY
        self._engine.collect(shrink=True)

    def _send(self) -> None:
        control = self._control
        heap = self._engine.heap_bytes()
        if abs(heap - self._heap_told) > HEAP_STEP_BYTES:
            self._heap_told = heap
            self._door.sendall(b"H\t%d\n" % heap)
        while length := int(control[OUT_LENGTH]):
            self._door.sendall(self._outgoing[:length])
            if not control[OUT_MORE]:
                break
            self._core.flush()

    # -- limits -------------------------------------------------------------------------------------------------

    def _set_alarm(self, deadline_ms: float) -> None:
        self._control[ALARM_AT] = deadline_ms
        signal.setitimer(signal.ITIMER_REAL, max(0.001, deadline_ms / 1000 - time.monotonic()))

    def _may_go_on(self) -> bool:
        control = self._control
        now = time.monotonic() * 1000
        if control[BUSY]:
            self._set_alarm(now + 1)
            return True
        in_time = now < control[DEADLINE]
        cancelled = self._cancelled_ids[self._slot]
        full = self._full_collections >= FULL_COLLECTIONS and control[DEADLINE] != math.inf
        if in_time and not full and (cancelled == 0 or cancelled != control[CURRENT]):
            if control[DEADLINE] == math.inf:
                control[ALARM_AT] = math.inf
            else:
                self._set_alarm(control[DEADLINE])
            return True
        self._interrupted = True
        if full:
            self._full_collections = 0
            self._note_out_of_memory()
            control[STOPPED] = _STOPPED_MEMORY
        else:
            control[STOPPED] = _STOPPED_CANCELLED if in_time else _STOPPED_CPU
        self._set_alarm(now + 5)
        self._engine.stop_jobs()
        return False

    def _settle_aftermath(self) -> None:
        """Run the jobs that an interrupted script left queued; if they do not end either, the isolate does."""
        self._interrupted = False
        stopped = self._control[STOPPED]
        self._control[DEADLINE] = time.monotonic() * 1000 + AFTERMATH_MS
        self._set_alarm(self._control[DEADLINE])
        self._engine.run_jobs()
        if self._interrupted:
            os._exit(EXIT_JOB_STORM)
        self._control[STOPPED] = stopped

    def _note_out_of_memory(self) -> None:
        if not self._control[OUT_OF_MEMORY]:
            self._control[OUT_OF_MEMORY] = 1.0
            # Sent at once, between two whole sends: what comes next may be the end of the process.
            os.write(DOOR, b"M\n")

    def _note_collected(self) -> None:
        """Near its cap the engine collects for ever smaller gains, for minutes, before it says that nothing is left."""
        if self._engine.heap_bytes() < self._heap_full_bytes:
            return
        if self._collected_in_step != self._control[STEPS]:
            self._collected_in_step, self._full_collections = self._control[STEPS], 0
        self._full_collections += 1
        if self._full_collections >= FULL_COLLECTIONS and self._control[DEADLINE] != math.inf:
            self._engine.request_interrupt()

    def _note_rejection(self, promise: int) -> None:
        count = int(self._control[REJECTIONS])
        if count >= REJECTIONS_KEPT:
            lost = self._control[REJECTIONS_LOST]
            if lost % REJECTIONS_LOST_BETWEEN_LOOKS == 0:  # looking costs as much as keeping all of them
                count = self._engine.keep_unhandled(count)
            if count >= REJECTIONS_KEPT:
                self._control[REJECTIONS_LOST] = lost + 1
                return
        self._engine.keep_rejected(count, promise)
        self._control[REJECTIONS] = count + 1

    # -- records for the child itself ---------------------------------------------------------------------------

    def _obey(self, record: bytes) -> None:
        kind, _, body = record.partition(b"\t")
        if kind == b"LOAD":
            self._load(json.loads(body))
        elif kind == b"COLLECT":
            self._engine.collect(shrink=True)
            self._heap_told = self._engine.heap_bytes()
            self._door.sendall(b"H\t%d\n" % self._heap_told)

    def _load(self, order: dict[str, Any]) -> None:
        """Compile a bundle as the body of a strict async function, so that it may await at its top level."""
        control = self._control
        control[NOW] = time.monotonic() * 1000
        control[LOAD_DEADLINE] = order["deadline"]
        control[DEADLINE] = order["deadline"]
        self._set_alarm(order["deadline"])
        before = time.thread_time_ns()
        try:
            main = self._engine.evaluate(_as_function(order["source"]), order["filename"], line=0)
        except Exception as error:  # noqa: BLE001  whatever the bridge makes of a script that does not compile
            self._interrupted = False
            self._refuse_to_load(str(error), order["filename"])
            return
        if time.monotonic() * 1000 >= order["deadline"]:
            self._refuse_to_load("its time was over before it was compiled", order["filename"])
            return
        self._put(self._seed)
        self._enter_with(self._core.load, main)
        self._engine.run_jobs()
        control[CPU] = time.thread_time_ns() - before
        if self._interrupted:
            self._settle_aftermath()
        self._turn()

    def _enter_with(self, function: Any, argument: Any) -> None:
        try:
            function(argument)
        except Exception:  # noqa: BLE001  as in _enter
            self._stopped_inside()

    def _refuse_to_load(self, text: str, filename: str) -> None:
        found = _SYNTAX_ERROR.search(text)
        error: dict[str, Any] = {"name": "SyntaxError", "message": text.split("\n", 1)[0], "stack": []}
        if found:
            place = {
                "function": "",
                "file": filename,
                "line": int(found["line"]),
                "column": int(found["column"]),
            }
            error = {"name": found["name"], "message": found["message"], "stack": [place]}
        if error["message"] == "label not found" and error["name"] == "SyntaxError":
            error["message"] = "a brace is closed that the bundle did not open, or a label is missing"
        error["message"] = error["message"][:SYNTAX_MESSAGE_CHARS]
        late = time.monotonic() * 1000 >= self._control[LOAD_DEADLINE]
        outcome = "memory" if self._control[OUT_OF_MEMORY] else "cpu" if late else "not_javascript"
        memory = int(bool(self._control[OUT_OF_MEMORY]))
        self._door.sendall(f"D\t0\t{outcome}\t0\t{memory}\t{json.dumps(error)}\n".encode())
