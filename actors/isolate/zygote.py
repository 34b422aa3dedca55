"""The process that loads the engine and the prelude once, and forks an isolate whenever the daemon asks.

It is single-threaded, runs no script of a guild, and has two descriptors that matter: the control socket to the
daemon, and the board on which the daemon writes which dispatch of which isolate is to end.

    daemon -> zygote   FORK <slot>            with the child's end of its door
    zygote -> daemon   READY <json>           mode, layers, what it took
                       FORKED <slot>          with a pidfd of the child
                       REFUSED <slot> <why>
                       ENDED <slot> <status>  the wait status, after the child is reaped

Warm: the engine is started here, and a child has it by copy on write. Before the daemon hears READY, a probe
child shows that this works on this machine: it collects garbage, compiles, awaits, and is interrupted. Cold is
what the daemon falls back to when the probe fails: the engine is only mapped here, and started in each child.
"""

import array
import contextlib
import fcntl
import gc
import json
import math
import mmap
import os
import resource
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple, NoReturn

from actors.isolate import heap, outside, sandbox, trial
from actors.isolate.child import DOOR, EXIT_BROKEN, EXIT_OUT_OF_MEMORY, REHEARSALS, Child, Core
from actors.isolate.snapshot import Snapshot
from actors.isolate.spidermonkey import Library, SpiderMonkey

STACK_RESERVE: Final = 256 * 1024
"""Native stack kept for the engine's own C++ and for Python, beyond what scripts may use."""
ADDRESS_SLACK: Final = 256 * 1024 * 1024
"""Addresses that the engine takes for a moment, to find aligned ones."""
ENGINE_RESERVES: Final = 4 * 1024 * 1024 * 1024
"""Addresses that the engine takes for machine code when it starts, without the memory for them."""
PROBE_SLOT: Final = 0
_POLITENESS: Final = 5
"""It and its isolates give way to the daemon, which serves them all, when there are more at work than processors."""


class Birth(NamedTuple):
    """What a child begins with."""

    plan: sandbox.Plan
    slot: int


class Order:
    """What the daemon wants of this zygote; it lies in a file without a name, whose descriptor we inherit."""

    def __init__(self, descriptor: int) -> None:
        with os.fdopen(descriptor, "rb") as file:
            values: dict[str, Any] = json.load(file)
        self.warm: bool = values["warm"]
        self.engine_folder: str = values["engine_folder"]
        self.core_source: str = values["core_source"]
        self.prelude_source: str = values["prelude_source"]
        self.prelude_name: str = values["prelude_name"]
        self.settings: bytes = json.dumps(values["settings"]).encode()
        self.heap_bytes: int = values["heap_bytes"]
        self.nursery_bytes: int = values["nursery_bytes"]
        self.first_collection_mb: int = values["first_collection_mb"]
        self.process_bytes: int = values["process_bytes"]
        self.stack_bytes: int = values["stack_bytes"]
        self.async_stacks: bool = values["async_stacks"]
        self.rest_ms: int = values["rest_ms"]
        self.slots: int = values["slots"]
        self.daemon: int = values["daemon"]


class Zygote:
    """Forks isolates, and buries them."""

    def __init__(self, order: Order, control: socket.socket, board: memoryview, layers: sandbox.Report) -> None:
        self._order = order
        self._control = control
        self._board = board
        self._layers = layers
        self._library = Library(order.engine_folder)
        self._child: Child | None = None  # what every isolate begins as, when we are warm
        self._slots: dict[int, int] = {}  # pidfd -> slot
        self._epoll = select.epoll()
        self._over = False

    # -- starting -----------------------------------------------------------------------------------------------

    def begin(self, started: float) -> Birth | None:
        """Be ready, and say so. In the children that are born on the way: their birth."""
        self._prepare()
        first = self._take_snapshot(self._child) if self._child else "the engine is started in each isolate"
        if isinstance(first, Birth):
            return first
        sandbox.empty_root(self._layers)
        probe = self._try(lambda door: trial.probe(door, self._layers))
        if isinstance(probe, Birth):
            return probe
        ready = {
            "warm": self._order.warm,
            "layers": self._layers,
            "probe": probe,
            "rest": first,
            "start_ms": round((time.monotonic() - started) * 1000, 1),
        }
        self._control.send(b"READY " + json.dumps(ready).encode())
        return None

    def _take_snapshot(self, child: Child) -> Birth | str:
        """See to it that resting children give memory back. Empty when they will, else why not; in the first child, its
        birth."""
        try:
            snapshot = Snapshot()  # it asks the collector, which knows nothing of what is frozen
        except OSError as error:
            return f"there is no snapshot: {error}"
        finally:
            gc.freeze()
        child.rest_with(snapshot, 0)
        first = self._try(trial.go_to_rest)
        if isinstance(first, Birth):
            return first
        if first:
            snapshot.discard()
            child.rest_with(snapshot, math.inf)
            return first
        snapshot.adopt()
        child.rest_with(snapshot, self._order.rest_ms)
        self._make_seal()  # there is more memory now
        return ""

    def _prepare(self) -> None:
        if self._order.warm:
            self._child = self._make_child()
            heap.settle()  # what the rehearsal allocates is what children will write to
            self._child.rehearse(REHEARSALS)
            heap.settle()
        self._make_seal()
        gc.collect()
        if self._child is None:
            gc.freeze()

    def _make_seal(self) -> None:
        room = self._order.process_bytes
        reserved = ADDRESS_SLACK + (0 if self._order.warm else ENGINE_RESERVES)
        self._seal = sandbox.Seal(DOOR, sandbox.data_bytes_now() + room, sandbox.address_bytes_now() + room + reserved)

    def _make_child(self) -> Child:
        order = self._order
        engine = SpiderMonkey(self._library)
        engine.make_fork_safe()
        engine.compile_late()
        engine.leave_when_memory_ends(EXIT_OUT_OF_MEMORY)
        engine.limit_heap(order.heap_bytes, order.nursery_bytes, order.first_collection_mb)
        engine.trace_async_calls(order.async_stacks)
        core = Core(engine, order.core_source, order.prelude_source, order.prelude_name)
        engine.evaluate("new Date().getTimezoneOffset(); Intl.DateTimeFormat(); true", "flora:zygote")
        engine.collect(shrink=True)
        child = Child(engine, core, self._board)
        child.prepare(order.settings, order.stack_bytes, order.heap_bytes)
        return child

    def _try(self, converse: Callable[[socket.socket], str]) -> Birth | str:
        """Let a child live for a moment, and talk with it as the daemon would. Empty when all went well, else what did
        not; in the child, its birth."""
        ours, theirs = socket.socketpair()
        door = theirs.detach()
        plan = self._seal.plan(door, PROBE_SLOT, os.getpid())
        pid = sandbox.fork()
        if pid == 0:
            ours.detach()  # it is closed with all others
            return Birth(plan, PROBE_SLOT)
        os.close(door)
        with ours:
            ours.settimeout(trial.DEADLINE_S)
            try:
                failure = converse(ours)
            except OSError as error:
                failure = f"it did not answer: {error}"
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        return f"{failure} (wait status {status})" if failure else ""

    # -- serving ------------------------------------------------------------------------------------------------

    def serve(self) -> Birth | None:
        """Until the daemon closes the control socket. In each child that is born meanwhile: its birth.

        A child goes back to where the first one began, so that its memory differs in little from what that one's was.
        """
        self._epoll.register(self._control.fileno(), select.EPOLLIN)
        while not self._over:
            for descriptor, _ in self._epoll.poll():
                if descriptor != self._control.fileno():
                    self._bury(descriptor)
                elif (birth := self._obey()) is not None:
                    return birth
        return None

    def _obey(self) -> Birth | None:
        message, ancillary, _, _ = self._control.recvmsg(256, socket.CMSG_SPACE(4))
        if not message:
            self._over = True
            return None
        slot = int(message.split()[1])
        if not ancillary:
            self._control.send(b"REFUSED %d no descriptor is free" % slot)
            return None
        door = array.array("i", ancillary[0][2][:4])[0]
        try:
            return self._give_birth(slot, door)
        except OSError as error:
            self._control.send(f"REFUSED {slot} {error.strerror}".encode())
            return None

    def _give_birth(self, slot: int, door: int) -> Birth | None:
        plan = self._seal.plan(door, slot, os.getpid())
        try:
            pid = sandbox.fork()
        except OSError:
            os.close(door)
            raise
        if pid == 0:
            return Birth(plan, slot)
        os.close(door)
        # Nobody else reaps, so this number is still that child's, even if it has ended already.
        try:
            pidfd = os.pidfd_open(pid)
        except OSError:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            raise
        self._slots[pidfd] = slot
        self._epoll.register(pidfd, select.EPOLLIN)
        socket.send_fds(self._control, [b"FORKED %d" % slot], [pidfd])
        return None

    def _bury(self, pidfd: int) -> None:
        ended = os.waitid(os.P_PIDFD, pidfd, os.WEXITED)
        assert ended is not None
        self._epoll.unregister(pidfd)
        os.close(pidfd)
        # As a shell tells it: a code, or the negative number of the signal.
        status = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
        self._control.send(b"ENDED %d %d" % (self._slots.pop(pidfd), status))

    # -- the child's side of the fork ---------------------------------------------------------------------------

    def live(self, birth: Birth) -> NoReturn:
        """The whole life of a child."""
        code = EXIT_BROKEN
        try:
            self._seal.keep_only_door(birth.plan)
            child = self._child or self._make_child()
            child.be(birth.slot)
            code = child.run(self._seal.close(birth.plan))
        except MemoryError:
            code = EXIT_OUT_OF_MEMORY
        except sandbox.SandboxError as error:
            self._last_words(f"the sandbox is not whole: {error}")
        except BaseException as error:  # noqa: BLE001, ASYNC103  nothing of the zygote may go on in the child
            self._last_words(_trace(error))
        os._exit(code)

    @staticmethod
    def _last_words(what: str) -> None:
        """What broke, for the daemon's log; the door may be gone or full, and then nobody hears it."""
        try:
            # All of it told, so that nothing need be asked of the kernel: behind the seal it would not answer.
            door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=DOOR)
            door.send(b"Q\t" + json.dumps(what).encode() + b"\n", socket.MSG_DONTWAIT)
        except OSError:
            return


def _trace(error: BaseException) -> str:
    """Where it came from, without the module for that: each child would pay for the pages that it spreads over."""
    places: list[str] = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        places.append(f"{code.co_filename}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return "\n".join([*places[-6:], f"{type(error).__name__}: {error}"])[-2000:]


def main() -> None:
    """`python -I -S -c ...` with the descriptors of the control socket, the board and the order as arguments."""
    started = time.monotonic()
    control_descriptor, board_descriptor, order_descriptor = (int(number) for number in sys.argv[1:4])
    order = Order(order_descriptor)
    os.nice(_POLITENESS)
    sandbox.die_with_parent(order.daemon)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the daemon decides
    _, descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))  # one for each isolate
    layers = sandbox.unshare()
    if layers["pid_namespace"] == sandbox.HOLDS:
        _become_first_process()
    page = mmap.mmap(board_descriptor, order.slots * 8, mmap.MAP_SHARED, mmap.PROT_READ)
    os.close(board_descriptor)
    control = _apart_from_door(control_descriptor)
    zygote = Zygote(order, control, memoryview(page).cast("Q"), layers)
    birth = None
    with contextlib.suppress(ConnectionError):  # the daemon is gone: there is nobody to serve, or to tell
        birth = zygote.begin(started) or zygote.serve()
    if birth is not None:
        zygote.live(birth)


def _apart_from_door(control_descriptor: int) -> socket.socket:
    """The control socket, under another number than the door's, under which lies what nobody uses."""
    control = socket.socket(fileno=fcntl.fcntl(control_descriptor, fcntl.F_DUPFD_CLOEXEC, DOOR + 1))
    os.close(control_descriptor)
    nobodys, _ = socket.socketpair()
    if nobodys.fileno() == DOOR:
        nobodys.detach()
    else:
        os.dup2(nobodys.fileno(), DOOR)
    return control


def _become_first_process() -> None:
    """Go on as the first process of a new pid namespace: when it ends, the kernel ends all its isolates."""
    pid = os.fork()
    if pid == 0:
        # Seen from inside, the parent is outside, and so has no number.
        sandbox.die_with_parent(0)
        return
    os.closerange(3, 256)
    outside.wait_for(pid)
