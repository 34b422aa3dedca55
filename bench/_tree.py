"""What a process and everything under it use: time on processors, and memory that is theirs.

Proportional set size, so that pages that forked processes share are counted once among them.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_STORES: Final = ("postgres", "valkey", "redis")
WATCH: Final = "bench._watch"
"""The module that watches a bench, by which its process is known."""


@dataclass(frozen=True, slots=True)
class Process:
    """One of a tree."""

    pid: int
    command: str
    depth: int


@dataclass(frozen=True, slots=True)
class Use:
    """Of some processes, so far."""

    cpu_ns: dict[int, int]
    pss_kb: dict[int, int]
    processes: tuple[Process, ...]

    def cpu_us_since(self, before: "Use", wanted: Callable[[Process], bool] = lambda _: True) -> float:
        """Time on processors since then. Of a process that ended meanwhile nothing is known."""
        chosen = [one.pid for one in self.processes if wanted(one)]
        return sum(self.cpu_ns[pid] - before.cpu_ns.get(pid, 0) for pid in chosen) / 1000

    def memory_mb(self, wanted: Callable[[Process], bool] = lambda _: True) -> float:
        return sum(self.pss_kb[one.pid] for one in self.processes if wanted(one)) / 1024


def measure(*roots: int) -> Use:
    """Of these processes and their descendants."""
    found = family(*roots)
    cpu = {one.pid: cpu_ns(one.pid) for one in found}
    memory = {one.pid: _pss_kb(one.pid) for one in found}
    return Use(cpu, memory, tuple(found))


def family(*roots: int) -> list[Process]:
    """These and their descendants, without whoever watches a bench."""
    return [one for root in roots for one in _walk(root, 0)]


def is_store(process: Process) -> bool:
    """A database or a cache."""
    return any(name in process.command for name in _STORES)


def is_root(process: Process) -> bool:
    return process.depth == 0


def _walk(pid: int, depth: int) -> Iterator[Process]:
    try:
        name, words = Path(f"/proc/{pid}/comm").read_text().strip(), _words(pid)
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return
    if WATCH in words:
        return
    yield Process(pid, f"{name} {words[:80]}", depth)
    for thread in threads:
        with contextlib.suppress(OSError):
            for child in (thread / "children").read_text().split():
                yield from _walk(int(child), depth + 1)


def _words(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")


def cpu_ns(pid: int) -> int:
    """Of all its threads, as the scheduler counted it: `stat` counts in hundredths of a second."""
    total = 0
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):
                total += int((thread / "schedstat").read_text().split()[0])
    return total


def _pss_kb(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
