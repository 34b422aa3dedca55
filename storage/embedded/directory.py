"""The data directory: who holds it, and where its sockets are.

One flora holds a data directory at a time, by a lock that the kernel drops when the process ends, however it
ends. The servers it starts do not inherit the lock, so a server that outlives a killed flora never keeps the
next one out.
"""

import errno
import fcntl
import hashlib
import os
import stat
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.errors import DataDirectoryHeld, DataDirectoryRefused

LOCK_NAME: Final = "flora.lock"
SOCKET_PATH_BYTES: Final = 107
"""sockaddr_un holds 108 bytes with the closing NUL (unix(7))."""
LONGEST_SOCKET_NAME: Final = "/.s.PGSQL.5432.lock"


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """A data directory, which this process holds unless it came from `find_data_directory`."""

    path: Path
    runtime: Path
    """Where the sockets are: inside the data directory when its path is short enough, else under the system's
    own."""


@contextmanager
def open_data_directory(path: Path, environment: Mapping[str, str] | None = None) -> Generator[DataDirectory]:
    """Make and hold the directory; raises DataDirectoryRefused when it cannot be written or another flora
    holds it."""
    try:
        path = path.resolve()
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DataDirectoryRefused(_why_unusable(path, error)) from error
    try:
        _hold(path, descriptor)
        yield DataDirectory(path, _runtime_directory(path, environment or os.environ))
    finally:
        os.close(descriptor)


def find_data_directory(path: Path, environment: Mapping[str, str] | None = None) -> DataDirectory:
    """Where things are in a directory that another flora holds: to look, and to be a guest of its servers."""
    path = path.resolve()
    return DataDirectory(path, _runtime_directory(path, environment or os.environ))


def _why_unusable(path: Path, error: OSError) -> str:
    match error.errno:
        case errno.EROFS | errno.EACCES | errno.EPERM:
            remedy = "let the user who runs flora write there, or choose another with DATA_DIR"
        case errno.ENOSPC | errno.EDQUOT:
            remedy = "free space on its file system"
        case _:
            remedy = "choose another with DATA_DIR"
    return f"the data directory {path} cannot be used ({error.strerror}): {remedy}"


def _hold(path: Path, descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    except BlockingIOError:
        holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
        raise DataDirectoryHeld(
            f"the data directory {path} is held by another flora (process {holder}): "
            "stop it, or choose another with DATA_DIR"
        ) from None
    except OSError as error:
        raise DataDirectoryRefused(_why_unusable(path, error)) from error


def _runtime_directory(path: Path, environment: Mapping[str, str]) -> Path:
    inside = path / "run"
    if len(os.fsencode(inside)) + len(LONGEST_SOCKET_NAME) <= SOCKET_PATH_BYTES:
        return inside
    name = "flora-" + hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return Path(environment.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / name


def make_private(directory: Path, owner: int | None) -> None:
    """Make the directory for its owner alone; refuse one that somebody else has put there."""
    try:
        directory.mkdir(mode=0o700, exist_ok=True)
        found = directory.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), owner}:
            raise DataDirectoryRefused(f"{directory} belongs to somebody else: remove it, or choose another DATA_DIR")
        directory.chmod(0o700)
        if owner is not None and found.st_uid != owner:
            os.chown(directory, owner, -1)
    except OSError as error:
        raise DataDirectoryRefused(_why_unusable(directory, error)) from error
