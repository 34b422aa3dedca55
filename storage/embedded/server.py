"""A server that flora keeps for itself: found or started, kept running, stopped.

A server outlives a flora that was killed; the next flora on the same data directory adopts it. (The
alternative, letting the kernel kill it with its parent, hangs on the thread that started it and turns each
crash of flora into a crash of PostgreSQL.) A server that dies under a living flora is started again, with
growing pauses.
"""

import logging
import signal
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO, Final, Protocol

import trio

from storage.embedded.launch import Launcher
from storage.embedded.process import ServerProcess
from storage.errors import EmbeddedServerFailed
from storage.limits import MIB, StorageLimits

LOOK_AGAIN: Final = 0.02
"""Seconds between two looks at a server that starts: files and sockets of other processes announce
nothing."""
FIRST_PAUSE: Final = 0.1
LONGEST_PAUSE: Final = 10.0
HEALTHY_AFTER: Final = 60.0
"""Seconds after which a server that dies is not seen as dying again and again."""
LOG_BYTES: Final = 4 * MIB
"""A log larger than this is put aside at the next start; one older log is kept."""

logger = logging.getLogger(__name__)


class ServerKind(Protocol):
    """What one kind of server needs to be kept."""

    @property
    def name(self) -> str: ...
    @property
    def directory(self) -> Path: ...
    @property
    def stop_signals(self) -> Sequence[signal.Signals]: ...

    def prepare(self, launcher: Launcher, wait: float) -> None:
        """Make the data directory if it is not there, and sweep what a crash has left. Called when no server
        runs."""
        ...

    def running_pid(self) -> int | None:
        """The process that serves this data directory, whoever started it."""
        ...

    def command(self) -> Sequence[str]: ...

    def answers(self) -> bool:
        """Whether it takes requests. Looks once; never waits."""
        ...


@asynccontextmanager
async def open_server(kind: ServerKind, launcher: Launcher, limits: StorageLimits) -> AsyncGenerator[None]:
    """Have the server running for as long as the block lasts; raises EmbeddedServerFailed when it does not
    start."""
    keeper = _Keeper(kind, launcher, limits)
    try:
        await keeper.find_or_start()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(keeper.run_forever)
            yield
            nursery.cancel_scope.cancel()
    finally:
        patience = limits.server_stop_wait
        with trio.CancelScope(shield=True, deadline=trio.current_time() + 3 * patience + 1):
            await keeper.stop(patience)


class _Keeper:
    def __init__(self, kind: ServerKind, launcher: Launcher, limits: StorageLimits) -> None:
        self._kind = kind
        self._launcher = launcher
        self._limits = limits
        self._process: ServerProcess | None = None

    async def find_or_start(self) -> None:
        pid = self._kind.running_pid()
        if pid is not None:
            logger.warning("%s still runs as process %d from before: adopting it", self._kind.name, pid)
            self._process = ServerProcess(pid)
            if await self._wait_answers(self._process):
                return
            await self._process.stop(self._kind.stop_signals, self._limits.server_stop_wait)
        await self._start()

    async def _start(self) -> None:
        """Start until it answers. PostgreSQL refuses for a moment while a killed predecessor's workers are
        still leaving."""
        with trio.move_on_after(self._limits.server_start_wait):
            pause = FIRST_PAUSE
            while True:
                await trio.to_thread.run_sync(self._kind.prepare, self._launcher, self._limits.server_start_wait)
                self._process = await trio.to_thread.run_sync(self._spawn)
                if await self._wait_answers(self._process):
                    return
                if self._process.alive():
                    break
                await trio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                if pause > 8 * FIRST_PAUSE:
                    break
        raise EmbeddedServerFailed(f"{self._kind.name} did not start. Its log ends with:\n{self._log_tail()}")

    def _spawn(self) -> ServerProcess:
        with open_log(self._kind.directory) as log:
            child = self._launcher.start(self._kind.command(), self._kind.directory, log)
        return ServerProcess(child.pid, child)

    async def _wait_answers(self, process: ServerProcess) -> bool:
        with trio.move_on_after(self._limits.server_start_wait):
            while process.alive():
                if self._kind.answers():
                    return True
                await trio.sleep(LOOK_AGAIN)
        return False

    async def run_forever(self) -> None:
        """Start the server again whenever it has gone."""
        pause = FIRST_PAUSE
        while True:
            since = trio.current_time()
            if self._process is not None:
                await self._process.wait_gone()
            logger.error("%s has ended by itself: starting it again in %.1f s", self._kind.name, pause)
            pause = FIRST_PAUSE if trio.current_time() - since > HEALTHY_AFTER else min(2 * pause, LONGEST_PAUSE)
            await trio.sleep(pause)
            try:
                await self.find_or_start()
            except EmbeddedServerFailed as error:
                logger.error("%s", error)  # noqa: TRY400 (the message ends with the server's own log)

    async def stop(self, patience: float) -> None:
        if self._process is not None:
            await self._process.stop(self._kind.stop_signals, patience)

    def _log_tail(self) -> str:
        try:
            return _log_path(self._kind.directory).read_text(errors="replace")[-2000:].strip()
        except OSError as error:
            return f"(unreadable: {error.strerror})"


def _log_path(directory: Path) -> Path:
    return directory / "server.log"


def open_log(directory: Path) -> BinaryIO:
    path = _log_path(directory)
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.old"))
    return path.open("ab", buffering=0)
