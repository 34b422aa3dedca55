"""What a bench's whole tree of processes takes, seen from a process beside it: memory at most, and CPU time.

    with watched() as taken:
        ...
    taken                       # {"cpu_s": 35.2, "memory_mb": 512.3, "processes": 118}

It looks now and then, so what is there for a moment only may be missed; and the more there is to look at, the less
often it does, for it may take a fiftieth of a processor and no more.

CPU time is not what the kernel tells a parent of its children: a zygote's isolates end with it, and nobody waits for
them. So whoever is gone at a look, and whose time no one else has taken over, keeps what it had at the look before.
"""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from bench import _tree

_EVERY_S: Final = 2.0
"""While a process is looked at it cannot map memory, for a millisecond when it is large: too seldom to be a p99."""
_REST: Final = 50
"""Times as long as a look took."""
_TICKS_PER_S: Final = os.sysconf("SC_CLK_TCK")


@contextmanager
def watched() -> Iterator[dict[str, float]]:
    """This process and all below it; filled in at the end."""
    taken: dict[str, float] = {}
    command = [sys.executable, "-m", _tree.WATCH, str(os.getpid())]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield taken
        finally:
            told, _ = process.communicate()
            taken.update(json.loads(told))


class Seconds(NamedTuple):
    """Of CPU time: a process's own, and of those children that it has waited for."""

    own: float
    waited: float


class Spent:
    """The CPU time of all that were ever seen."""

    def __init__(self) -> None:
        self._last: Mapping[int, Seconds] = {}
        self._lost = 0.0

    def look(self, now: Mapping[int, Seconds]) -> None:
        """These are there now, by their numbers."""
        gone = sum(sum(seconds) for pid, seconds in self._last.items() if pid not in now)
        taken_over = sum(seconds.waited - self._last[pid].waited for pid, seconds in now.items() if pid in self._last)
        self._lost += max(0.0, gone - taken_over)
        self._last = now

    @property
    def total(self) -> float:
        return self._lost + sum(map(sum, self._last.values()))


def main() -> None:
    root, most, spent, over = int(sys.argv[1]), _tree.measure(), Spent(), False
    while True:
        began = time.perf_counter()
        found = _tree.measure(root)
        spent.look({pid: seconds for pid, ns in found.cpu_ns.items() if (seconds := _seconds(pid, ns / 1e9))})
        if found.memory_mb() > most.memory_mb():
            most = found
        if over:  # and that was the last look
            break
        took = time.perf_counter() - began
        over = bool(select.select([sys.stdin], [], [], max(_EVERY_S, _REST * took))[0])
    told = {
        "cpu_s": round(spent.total, 1),
        "memory_mb": round(most.memory_mb(), 1),
        "processes": len(most.processes),
    }
    with suppress(BrokenPipeError):  # the bench was killed, and nobody wants to know
        print(json.dumps(told), flush=True)


def _seconds(pid: int, scheduled: float) -> Seconds | None:
    """Ticks are rough, and know of threads that have ended; what the scheduler counted is exact, and does not."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    user, system, waited_user, waited_system = (int(ticks) / _TICKS_PER_S for ticks in fields[11:15])
    return Seconds(max(user + system, scheduled), waited_user + waited_system)


if __name__ == "__main__":
    main()
