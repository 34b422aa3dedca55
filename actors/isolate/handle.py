"""A process by its descriptor: signals that reach it or nobody, and what the kernel tells of it."""

import math
import os
import signal
import time
from collections.abc import Collection
from pathlib import Path
from typing import Final

_SCHEDULED: Final = 2  # CPUCLOCK_SCHED, in the number of a process's clock


class ProcessGoneError(Exception):
    """It has been reaped, or was never there."""


class ProcessHandle:
    """Owns a pidfd."""

    def __init__(self, pidfd: int) -> None:
        self._pidfd = pidfd
        self._clock: int | None = None

    def __repr__(self) -> str:
        return f"<ProcessHandle {self._pidfd}>"

    def close(self) -> None:
        os.close(self._pidfd)

    def signal(self, number: signal.Signals) -> None:
        """To one that has ended already, nothing."""
        try:
            signal.pidfd_send_signal(self._pidfd, number)
        except ProcessLookupError:
            return

    @property
    def pid(self) -> int:
        """The process's number in our own namespace; for looking at it and where it runs, never for signals."""
        for line in Path(f"/proc/self/fdinfo/{self._pidfd}").read_text().splitlines():
            # Of a process that has been reaped the kernel says -1, which means everybody to those who take numbers.
            if line.startswith("Pid:") and int(line.split()[1]) > 0:
                return int(line.split()[1])
        raise ProcessGoneError("it has no process any more")

    def private_bytes(self) -> int:
        """Memory that only this process uses."""
        return self._memory("Private_Clean:", "Private_Dirty:")

    def proportional_bytes(self) -> int:
        """Its memory, with its share of what it has in common with others."""
        return self._memory("Pss:")

    def _memory(self, *names: str) -> int:
        rollup = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith(names)) * 1024

    def cpu_s(self) -> float:
        """How long it has run, by its own clock; for ever, when it is gone."""
        try:
            if self._clock is None:  # its number takes much longer to find than to ask it
                self._clock = (~self.pid << 3) | _SCHEDULED
            return time.clock_gettime(self._clock)
        except (ProcessGoneError, OSError):
            return math.inf

    def sleeps(self) -> int:
        """How often it has gone to sleep of its own accord."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches:"):
                return int(line.split()[1])
        return 0

    def run_on(self, processors: Collection[int]) -> None:
        """Nowhere else from now on. Raises ProcessGoneError, or OSError where the kernel refuses."""
        os.sched_setaffinity(self.pid, processors)
