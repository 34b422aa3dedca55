"""Processes that may or may not be our children: a server left by a killed flora is waited for like one we
started."""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import trio


@dataclass(slots=True)
class ServerProcess:
    """A running server. It is reaped here when it is our child."""

    pid: int
    child: "subprocess.Popen[bytes] | None" = None

    def alive(self) -> bool:
        if self.child is not None:
            return self.child.poll() is None
        return is_running(self.pid)

    async def wait_gone(self) -> None:
        """Return when the process has ended."""
        try:
            descriptor = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return
        try:
            await trio.lowlevel.wait_readable(descriptor)
        finally:
            os.close(descriptor)
        if self.child is not None:
            self.child.poll()

    async def stop(self, signals: Sequence[signal.Signals], patience: float) -> None:
        """Send the signals one after another, from the polite to the last, each with as much patience."""
        for number in signals:
            if not self.alive():
                return
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)
            with trio.move_on_after(patience):
                await self.wait_gone()


def is_running(pid: int) -> bool:
    """Whether the process exists and has not merely been left unreaped."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in {"Z", "X"}


def works_in(pid: int, directory: Path) -> bool:
    """Whether this process's working directory is that one: a server's pid file may outlive it, and its pid
    be another's."""
    try:
        return is_running(pid) and Path(f"/proc/{pid}/cwd").samefile(directory)
    except OSError:
        return False


def read_pid(path: Path) -> int | None:
    """The number in the first line of a pid file; None when there is none."""
    try:
        return int(path.read_text(errors="replace").split("\n", 1)[0])
    except (OSError, ValueError):
        return None
