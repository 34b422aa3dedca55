"""What `flora doctor` says of the system's limits: files, processes and memory for as many isolates as may be awake."""

import resource
from pathlib import Path
from typing import Final

from storage.health import Diagnosis, Level

_FILES_OF_A_GUILD: Final = 2
_FILES_BESIDE: Final = 1_024
"""Connections, stores, logs."""
_BYTES_OF_A_GUILD: Final = 3_100_000
"""After its first hundred events: `python -m bench density`."""
_MIB: Final = 1 << 20


def diagnose_system(resident: int) -> list[Diagnosis]:
    """Whether so many isolates fit."""
    return [_files(resident), _processes(resident), _memory(resident)]


def _files(resident: int) -> Diagnosis:
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = resident * _FILES_OF_A_GUILD + _FILES_BESIDE
    if allowed == resource.RLIM_INFINITY or allowed >= needed:
        return Diagnosis("open files", Level.OK, f"{_said(allowed)} are allowed")
    finding = f"{allowed:,} are allowed, and {resident:,} isolates may want {needed:,}"
    return Diagnosis("open files", Level.WARN, finding, "LimitNOFILE=65536 in the unit, or `ulimit -n 65536`")


def _processes(resident: int) -> Diagnosis:
    allowed = min(_limit_of_user(), _limit_of_group())
    if allowed > 2 * resident:
        return Diagnosis("processes", Level.OK, f"{_said(allowed)} are allowed")
    finding = f"{allowed:,} are allowed, and {resident:,} isolates may be awake"
    return Diagnosis("processes", Level.WARN, finding, "TasksMax=8192 in the unit, or a lower RUNTIME_MAX_RESIDENT")


def _limit_of_user() -> float:
    allowed, _ = resource.getrlimit(resource.RLIMIT_NPROC)
    return float("inf") if allowed == resource.RLIM_INFINITY else allowed


def _limit_of_group() -> float:
    """Of the control group that this process is in; nothing limits it where there is none."""
    try:
        group = Path("/proc/self/cgroup").read_text(encoding="utf-8").strip().rpartition("::")[2]
        text = (Path("/sys/fs/cgroup") / group.lstrip("/") / "pids.max").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return float("inf")
    return int(text) if text.isdecimal() else float("inf")


def _said(allowed: float) -> str:
    return "any number" if allowed in {float("inf"), resource.RLIM_INFINITY} else f"{allowed:,}"


def _memory(resident: int) -> Diagnosis:
    available = _available()
    needed = resident * _BYTES_OF_A_GUILD
    if available is None:
        return Diagnosis("memory", Level.WARN, "this system does not say how much there is")
    finding = f"{available // _MIB:,} MiB are available"
    if available >= needed:
        return Diagnosis("memory", Level.OK, finding)
    finding = f"{finding}, and {resident:,} isolates may want {needed // _MIB:,}"
    return Diagnosis("memory", Level.WARN, finding, "a lower RUNTIME_MAX_RESIDENT lets idle guilds sleep sooner")


def _available() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    found = next((line.split()[1] for line in lines if line.startswith("MemAvailable:")), None)
    return None if found is None else int(found) * 1024
