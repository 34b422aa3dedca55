"""A zygote and the isolates forked from it, seen from the daemon.

`open_zygote` starts the process and keeps one alive: when it ends, its isolates have ended with it and each is
told so, and another is started. When its probe fails, it is started cold, and says why.
"""

import array
import contextlib
import fcntl
import mmap
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import msgspec
import trio

from actors.isolate import spidermonkey
from actors.isolate.isolate import Isolate, IsolateState, Listener
from actors.isolate.switchboard import Switchboard
from actors.limits import IsolateLimits

_HERE: Final = Path(__file__).parent
_ROOT: Final = _HERE.parent.parent
_SLOTS: Final = 16_384
"""How many isolates one zygote may have at once; slot 0 is its probe's."""
_READ_ONLY_FOR_OTHERS: Final = 0x10 | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL  # 0x10: FUTURE_WRITE
_START_S: Final = 30.0
_MESSAGE_BYTES: Final = 64 * 1024
_FIRST_PAUSE_S: Final = 0.05
_LONGEST_PAUSE_S: Final = 5.0


class ZygoteError(Exception):
    """The zygote cannot start, or cannot fork."""


class ZygoteStatus(msgspec.Struct, frozen=True):
    """What a started zygote says of itself; `flora doctor` shows it."""

    warm: bool
    layers: dict[str, str]
    """Each layer of the sandbox: "holds", or the kernel's reason why it does not."""
    probe: str
    """Why it could not be warm; empty when all is well."""
    rest: str
    """Why its isolates give no memory back while they rest; empty when they do."""
    start_ms: float


class Prelude(msgspec.Struct, frozen=True):
    """The JavaScript that every script finds, evaluated once."""

    source: str
    name: str = "prelude"


def default_prelude() -> Prelude:
    return Prelude((_ROOT / "sdk" / "prelude.js").read_text())


class Zygote:
    """Forks isolates on request. Made by `open_zygote`."""

    def __init__(
        self, prelude: Prelude | None, limits: IsolateLimits, *, async_stacks: bool, warm: bool, spare: bool
    ) -> None:
        self._prelude = prelude
        self._limits = limits
        self._async_stacks = async_stacks
        self._switchboard = Switchboard()
        self._isolates: dict[int, Isolate] = {}
        self._keeps_spare = spare
        self._spare: Isolate | None = None  # one of them, whom nobody has asked for yet
        self._free_slots = array.array("H", range(_SLOTS - 1, 0, -1))  # a list of as many numbers is 0.6 MB
        self._births: dict[int, trio.Event] = {}
        self._refusals: dict[int, str] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._up = trio.Event()
        self._lost = trio.Event()
        self._service = trio.CancelScope(shield=True)
        self._wanted_warm = warm
        self._warm = warm
        self._board_memory: mmap.mmap | None = None
        self._board: memoryview | None = None
        self._status: ZygoteStatus | None = None
        self._last_failure = ""
        self.restarts = 0

    def __repr__(self) -> str:
        state = "up" if self._up.is_set() else "down"
        return f"<Zygote {state}, {len(self.isolates)} isolates, {self.restarts} restarts>"

    @property
    def status(self) -> ZygoteStatus:
        if self._status is None:
            raise ZygoteError("the zygote has not started yet")
        return self._status

    @property
    def pid(self) -> int:
        if self._process is None:
            raise ZygoteError("the zygote is not running")
        return self._process.pid

    @property
    def isolates(self) -> list[Isolate]:
        """Those that somebody has asked for."""
        return [isolate for isolate in self._isolates.values() if isolate is not self._spare]

    @property
    def has_spare(self) -> bool:
        """Whether a sealed process waits for whoever asks next."""
        spare = self._spare
        return spare is not None and spare.state is IsolateState.LIVE and spare.has_process

    # -- forking ------------------------------------------------------------------------------------------------

    async def fork(self, listener: Listener | None = None, *, wait: bool = True) -> Isolate:
        """A sealed isolate without a script. Raises ZygoteError, or IsolateGoneError when it ended at once.

        Without `wait`, it comes as soon as it is asked for, and `load` may follow at once: a script that lies in the
        door when the process opens it is running one round trip earlier. No process reads its door before it is sealed.

        The first to ask gets the spare process, and a new spare is begun: forking and sealing are over by the time
        somebody asks. It was forked for nobody, so it knows nothing that another could not know.
        """
        with trio.move_on_after(self._limits.boot_s):
            await self._up.wait()
        if not self._up.is_set():
            raise ZygoteError(f"there is no zygote: {self._last_failure or 'it is still starting'}")
        isolate = self._take_spare(listener) or await self._bear(listener, wait=wait)
        self._begin_spare()
        try:
            if wait:
                await isolate.wait_sealed()
        except BaseException:
            isolate.kill()
            raise
        return isolate

    def _take_spare(self, listener: Listener | None) -> Isolate | None:
        if not self.has_spare:
            return None
        isolate, self._spare = self._spare, None
        assert isolate is not None
        isolate.listener = listener
        return isolate

    def _begin_spare(self) -> None:
        """Ask for a spare process unless there is one, or one is on its way. It may fail: then there is none."""
        if not self._keeps_spare or self._spare is not None or self._control is None:
            return
        try:
            self._spare, theirs = self._conceive()
        except ZygoteError:
            return
        with theirs:
            try:
                socket.send_fds(self._control, [b"FORK %d" % self._spare.slot], [theirs.fileno()])
            except OSError:  # it is busy, or gone
                self._spare.note_status(None)

    def _conceive(self) -> tuple[Isolate, socket.socket]:
        """An isolate without a process yet, and the end of its door for that process."""
        if not self._free_slots:
            raise ZygoteError(f"this zygote has its {_SLOTS - 1} isolates")
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            raise ZygoteError(f"cannot open a door for an isolate: {error.strerror}") from error
        slot = self._free_slots.pop()
        ours.setblocking(False)  # noqa: FBT003
        isolate = self._isolates[slot] = Isolate(slot, ours, self._switchboard, self, self._limits)
        return isolate, theirs

    async def _bear(self, listener: Listener | None, *, wait: bool) -> Isolate:
        isolate, theirs = self._conceive()
        isolate.listener = listener
        slot = isolate.slot
        born = self._births[slot] = trio.Event()
        asked = False
        try:
            with theirs:
                await self._ask_for(slot, theirs)
                asked = True
            if wait:
                await born.wait()
        except BaseException:
            if asked:
                isolate.kill()  # as soon as it is born
            else:
                isolate.note_status(None)
            raise
        finally:
            del self._births[slot]
        if reason := self._refusals.pop(slot, ""):
            raise ZygoteError(f"cannot fork an isolate: {reason}")
        return isolate

    async def _ask_for(self, slot: int, door: socket.socket) -> None:
        while self._control is not None:
            try:
                socket.send_fds(self._control, [b"FORK %d" % slot], [door.fileno()])
            except BlockingIOError:
                await trio.lowlevel.wait_writable(self._control)
            except OSError as error:
                raise ZygoteError(f"the zygote is gone: {error.strerror}") from error
            else:
                return
        raise ZygoteError("the zygote is gone")

    # -- what isolates ask of us --------------------------------------------------------------------------------

    def cancel_running(self, slot: int, dispatch: int) -> None:
        if self._board is not None:
            self._board[slot] = dispatch

    def bury(self, isolate: Isolate) -> None:
        if self._isolates.pop(isolate.slot, None) is not None:
            if isolate is self._spare:
                self._spare = None  # the next who asks begins another; by itself it might end for ever
            self.cancel_running(isolate.slot, 0)
            self._free_slots.append(isolate.slot)

    # -- the process --------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Start the first process. Raises ZygoteError when isolates cannot run here."""
        try:
            await self._start()
        except BaseException:
            await self.stop()  # noqa: ASYNC102  shielded inside
            raise

    async def run(self) -> None:
        """Serve, and keep a process alive, until `leave`.

        Shielded: whoever uses isolates may have to wait for one to end while it is being cancelled itself.
        """
        with self._service:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._switchboard.run)
                while True:
                    await self._lost.wait()
                    await self._bury_process()
                    await self._restart()

    def leave(self) -> None:
        self._service.cancel()

    async def stop(self) -> None:
        with trio.CancelScope(shield=True):  # ends once the kernel has ended a killed process
            await self._bury_process()
        self._switchboard.close()

    async def _restart(self) -> None:
        pause = _FIRST_PAUSE_S
        while True:
            self.restarts += 1
            try:
                await self._start()
            except ZygoteError as error:
                self._last_failure = str(error)
                await trio.sleep(random.uniform(0, pause))  # noqa: S311  only spreads restarts in time
                pause = min(pause * 2, _LONGEST_PAUSE_S)
            else:
                return

    async def _start(self) -> None:
        self._warm = self._wanted_warm  # anew each time: what failed once, on a machine out of breath, may do well now
        status = await self._launch()
        if status.probe and self._warm:
            # A child of a warm zygote does not work on this machine: start again, with the engine in each child.
            self._warm = False
            await self._bury_process()
            cold = await self._launch()
            if cold.probe:
                await self._bury_process()
                raise ZygoteError(f"isolates do not work on this machine: warm, {status.probe}; cold, {cold.probe}")
            status = msgspec.structs.replace(cold, probe=status.probe)
        elif status.probe:
            await self._bury_process()
            raise ZygoteError(f"isolates do not work on this machine: {status.probe}")
        self._status = status
        self._lost = trio.Event()
        assert self._control is not None
        self._switchboard.connect(self._control.fileno(), self)
        self._begin_spare()
        self._up.set()

    async def _launch(self) -> ZygoteStatus:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)  # noqa: FBT003
        self._control = ours
        board = os.memfd_create("flora-board", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        order = os.memfd_create("flora-order")
        try:
            os.ftruncate(board, _SLOTS * 8)
            self._board_memory = mmap.mmap(board, _SLOTS * 8)
            # We have it to write; whoever maps it from now on cannot, not even by asking for that later.
            fcntl.fcntl(board, fcntl.F_ADD_SEALS, _READ_ONLY_FOR_OTHERS)
            self._board = memoryview(self._board_memory).cast("Q")
            _write_all(order, msgspec.json.encode(self._order()))
            # A process that is to die with us is started by this very thread: the kernel means the thread.
            self._process = subprocess.Popen(  # noqa: ASYNC220, S603  our own program, started in a few ms
                [sys.executable, "-I", "-S", "-c", _PROGRAM, str(theirs.fileno()), str(board), str(order), str(_ROOT)],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno(), board, order],
                cwd="/",
                env={"TZ": "UTC", "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
            )  # fmt: skip
        finally:
            theirs.close()
            os.close(board)
            os.close(order)
        return await self._wait_ready(ours)

    async def _wait_ready(self, control: socket.socket) -> ZygoteStatus:
        message = b""
        with trio.move_on_after(_START_S):
            while not message:
                await trio.lowlevel.wait_readable(control)
                with contextlib.suppress(BlockingIOError):
                    message = control.recv(_MESSAGE_BYTES)
                    if not message:
                        break
        kind, _, body = message.partition(b" ")
        if kind != b"READY":
            await self._bury_process()
            raise ZygoteError("the zygote ended before it was ready; its last words are on standard error")
        return msgspec.json.decode(body, type=ZygoteStatus)

    def _order(self) -> dict[str, Any]:
        limits = self._limits
        # Read for each start, and not kept: it is 1.3 MB as text and as bytes, in each worker.
        prelude = self._prelude or default_prelude()
        kernel = {name: asdict(limits)[name] for name in _ENFORCED_BY_ENGINE}
        return {
            "warm": self._warm,
            "engine_folder": spidermonkey.locate(),
            "core_source": (_HERE / "core.js").read_text(),
            "prelude_source": prelude.source,
            "prelude_name": prelude.name,
            "async_stacks": self._async_stacks,
            "rest_ms": round(limits.rest_s * 1000),
            "slots": _SLOTS,
            "daemon": os.getpid(),
            "settings": {
                "backgroundMs": limits.background_s * 1000,
                "graceMs": limits.grace_s * 1000,
                "pendingOps": limits.pending_ops,
                "outputChars": limits.output_chars,
                "logLines": limits.log_lines,
                "logLinesPerSecond": limits.log_lines_per_s,
                "logLineChars": limits.log_line_chars,
                "timers": limits.timers,
                "timerMs": limits.timer_ms,
                "timersPerTurn": limits.timers_per_turn,
            },
            **kernel,
            "first_collection_mb": limits.first_collection_mib,
        }

    async def _bury_process(self) -> None:
        """End the process, and tell each of its isolates: the kernel has ended, or is ending, them all."""
        if self._up.is_set():  # else somebody may be waiting for it
            self._up = trio.Event()
        control, self._control = self._control, None
        if control is not None:
            self._switchboard.disconnect(control.fileno())
            control.close()
        process, self._process = self._process, None
        if process is not None:
            await _end(process)
        for isolate in list(self._isolates.values()):
            isolate.note_status(None)
        for born in self._births.values():
            born.set()
        self._board = None
        if self._board_memory is not None:
            self._board_memory = None

    # -- what the switchboard calls -----------------------------------------------------------------------------

    def on_writable(self) -> None:
        """Forks wait for this by themselves."""

    def on_readable(self) -> None:
        assert self._control is not None
        try:
            message, ancillary, _, _ = self._control.recvmsg(256, socket.CMSG_SPACE(4))
        except BlockingIOError:
            return
        except OSError:
            message, ancillary = b"", []
        if not message:
            self._switchboard.disconnect(self._control.fileno())
            self._lost.set()
            return
        kind, slot, *rest = message.decode().split(" ", 2)
        isolate = self._isolates.get(int(slot))
        if kind == "FORKED" and not ancillary:
            self._note_refusal(int(slot), isolate, "the daemon has no descriptor left")
        elif kind == "FORKED":
            pidfd = array.array("i", ancillary[0][2][:4])[0]
            os.set_inheritable(pidfd, False)  # noqa: FBT003
            self._note_birth(int(slot), isolate, pidfd)
        elif kind == "REFUSED":
            self._note_refusal(int(slot), isolate, rest[0])
        elif kind == "ENDED" and isolate is not None:
            isolate.note_status(int(rest[0]))

    def _note_birth(self, slot: int, isolate: Isolate | None, pidfd: int) -> None:
        if isolate is None:
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)
            os.close(pidfd)
            return
        isolate.adopt(pidfd)
        if slot in self._births:
            self._births[slot].set()

    def _note_refusal(self, slot: int, isolate: Isolate | None, reason: str) -> None:
        if slot in self._births:
            self._refusals[slot] = reason
            self._births[slot].set()
        if isolate is not None:
            isolate.note_status(None)


_PROGRAM: Final = "import sys; sys.path.insert(0, sys.argv.pop()); from actors.isolate.zygote import main; main()"
_ENFORCED_BY_ENGINE: Final = ("heap_bytes", "nursery_bytes", "process_bytes", "stack_bytes")


def _write_all(descriptor: int, data: bytes) -> None:
    with os.fdopen(os.dup(descriptor), "wb") as file:
        file.write(data)
    os.lseek(descriptor, 0, os.SEEK_SET)


async def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return  # it has ended and was reaped, so its number is nobody's, or another's
    pidfd = os.pidfd_open(process.pid)
    try:
        process.kill()
        with trio.CancelScope(shield=True):  # a killed process ends
            await trio.lowlevel.wait_readable(pidfd)
        process.wait()
    finally:
        os.close(pidfd)


@contextlib.asynccontextmanager
async def open_zygote(
    prelude: Prelude | None = None,
    limits: IsolateLimits | None = None,
    *,
    async_stacks: bool = False,
    warm: bool = True,
    spare: bool = True,
) -> AsyncIterator[Zygote]:
    """A running zygote; all its isolates have ended when this is left.

    `async_stacks` lets stacks go on across `await`; it makes promises a quarter slower, so it is for development.
    Without `warm` each isolate starts an engine of its own, which takes some 50 ms instead of 3. Without `spare` no
    process waits for who asks next, and each is forked when it is asked for.
    """
    zygote = Zygote(prelude, limits or IsolateLimits(), async_stacks=async_stacks, warm=warm, spare=spare)
    await zygote.start()
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(zygote.run)  # noqa: ASYNC113  it is started already; this serves it
            try:
                yield zygote
            finally:
                zygote.leave()
    finally:
        await zygote.stop()  # noqa: ASYNC102  shielded inside
