"""The LMDB environment: opened by one process at a time, refused with a reason, and never half open."""

import errno
import fcntl
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import lmdb

from storage.kv.errors import KvCannotOpen, KvInUse, KvUnreadable, KvUnwritable
from storage.kv.records import FORMAT

if TYPE_CHECKING:
    Database = lmdb._Database  # noqa: SLF001 -- the library gives the type no public name

Rows: TypeAlias = "dict[bytes, bytes | None]"
"""A row to write, or None for one to remove."""

DATA_FILE: Final = "data.mdb"
OWNER_FILE: Final = "owner.lock"
FULL_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the kernel says when a file cannot grow."""

_FORMAT_KEY: Final = b"format"
SECRET_KEY: Final = b"secret"
SEQUENCE_KEY: Final = b"sequence"
JOURNAL_KEY: Final = b"journal"

_OPEN: Final = b"1"
_CLOSED: Final = b"0"
"""What the owner's file says. One byte, written over: a full disk has room for that."""

_UNREADABLE: Final = (
    "its {file} is not a whole LMDB file of this format ({why}). Nothing was changed. "
    "Restore a backup, or move the folder away to start empty."
)


@dataclass(frozen=True, slots=True)
class Databases:
    """The named databases; records.py says what their rows are."""

    guilds: "Database"
    stores: "Database"
    owners: "Database"
    entries: "Database"
    expiry: "Database"
    graves: "Database"
    meta: "Database"


@dataclass(frozen=True, slots=True)
class Environment:
    """An open environment with its databases and the secret that signs cursors."""

    handle: lmdb.Environment
    databases: Databases
    secret: bytes

    @contextmanager
    def read(self) -> "Generator[lmdb.Transaction[bytes]]":
        """What was committed last, as one consistent view; the journal may hold newer rows (gathering.py).

        Never hold it across an `await`: it keeps deleted pages from being reused.
        """
        with self.handle.begin() as transaction:
            yield transaction

    def get_meta(self, key: bytes) -> bytes | None:
        """A row about the store itself."""
        with self.read() as transaction:
            return transaction.get(key, db=self.databases.meta)

    def put_meta(self, key: bytes, row: bytes | None) -> None:
        """Write, or with None remove, a row about the store itself, in a commit of its own."""
        with self.handle.begin(write=True) as transaction:
            if row is None:
                transaction.delete(key, db=self.databases.meta)
            else:
                transaction.put(key, row, db=self.databases.meta)


def find_row(recent: Rows, transaction: "lmdb.Transaction[Any]", database: "Database", key: bytes) -> bytes | None:
    """A row as it is now: what was written since the last commit stands before what that commit left."""
    if key in recent:
        return recent[key]
    row: bytes | memoryview | None = transaction.get(key, db=database)
    return bytes(row) if row is not None else None


def rows_below(
    transaction: "lmdb.Transaction[bytes] | lmdb.Transaction[memoryview]", database: "Database", prefix: bytes
) -> Iterator[tuple[bytes, bytes]]:
    """The rows whose key begins with the prefix, in order."""
    with transaction.cursor(database) as cursor:
        found = cursor.set_range(prefix) if prefix else cursor.first()
        while found and (key := bytes(cursor.key())).startswith(prefix):
            yield key, bytes(cursor.value())
            found = cursor.next()


@contextmanager
def open_files(path: Path, map_bytes: int, databases: int, *, metasync: bool = True) -> Generator[lmdb.Environment]:
    """LMDB's files in a folder that nobody else has open, made when there are none; raises `KvCannotOpen`."""
    with _owned(path):
        with translated(path):
            environment = lmdb.open(
                str(path),
                map_size=map_bytes,
                max_dbs=databases,
                max_spare_txns=4,
                mode=0o600,
                readahead=False,
                metasync=metasync,
            )
            _refuse_truncated(path, environment)
        try:
            yield environment
        finally:
            environment.close()


@contextmanager
def open_environment(path: Path, map_bytes: int) -> Generator[Environment]:
    """Open the data in this folder, making it when there is none; raises `KvCannotOpen`."""
    with open_files(path, map_bytes, len(fields(Databases))) as environment:
        with translated(path):
            databases, secret = _prepare(path, environment)
        yield Environment(environment, databases, secret)


@contextmanager
def open_for_reading(path: Path, map_bytes: int) -> Generator[Environment]:
    """Open data that nobody writes to, or that another process writes to; raises `KvCannotOpen`."""
    if not (path / DATA_FILE).exists():
        raise KvUnreadable(path, f"there is no {DATA_FILE} in it")
    with translated(path):
        environment = lmdb.open(
            str(path), map_size=map_bytes, max_dbs=len(fields(Databases)), readonly=True, create=False
        )
        _refuse_truncated(path, environment)
        try:
            databases = _open_databases(lambda name, dupsort: environment.open_db(name, dupsort=dupsort, create=False))
        except BaseException:
            environment.close()
            raise
    try:
        yield Environment(environment, databases, b"")
    finally:
        environment.close()


def sync_file(path: Path, flags: int = 0) -> None:
    """Make what was written to the file stay so."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make what was renamed into the folder, or out of it, stay so."""
    sync_file(folder, os.O_DIRECTORY)


@contextmanager
def _owned(path: Path) -> Generator[None]:
    """Hold the folder: two writers would each count on being the only one."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        handle = os.open(path / OWNER_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise _why_not(path, error) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KvInUse(path, "another process has it open. Is flora running already?") from None
        _mark(handle, _OPEN)
        try:
            yield
        finally:
            _mark(handle, _CLOSED)
    finally:
        os.close(handle)


def _mark(handle: int, state: bytes) -> None:
    with suppress(OSError):  # a disk that has no room for a byte has more to say elsewhere
        os.pwrite(handle, state, 0)
        os.fsync(handle)


def was_left_open(path: Path) -> bool:
    """Whether the last owner ended without closing it. No when it has an owner now: opening it will say so."""
    try:
        handle = os.open(path / OWNER_FILE, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return os.pread(handle, 1, 0) == _OPEN
    except BlockingIOError:
        return False
    finally:
        os.close(handle)


def _why_not(path: Path, error: OSError) -> KvCannotOpen:
    if error.errno in FULL_DISK:
        return KvUnwritable(path, "the disk is full. Make room and start again.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return KvUnwritable(path, f"it is not writable for user {os.getuid()} ({error.strerror}).")
    return KvCannotOpen(path, f"{error.strerror}.")


@contextmanager
def translated(path: Path) -> Generator[None]:
    """LMDB's errors while opening, in words; a running store translates in its writer and its reader."""
    try:
        yield
    except (
        lmdb.InvalidError,
        lmdb.VersionMismatchError,
        lmdb.CorruptedError,
        lmdb.PageNotFoundError,
        lmdb.NotFoundError,
        lmdb.IncompatibleError,
    ) as error:
        raise KvUnreadable(path, _UNREADABLE.format(file=DATA_FILE, why=error)) from error
    except (lmdb.MapFullError, lmdb.DiskError) as error:
        raise KvUnwritable(path, f"the disk is full or failing ({error}).") from error
    except lmdb.Error as error:
        raise _why_not(path, OSError(error.code, error.reason)) from error
    except OSError as error:
        raise _why_not(path, error) from error


def _refuse_truncated(path: Path, environment: lmdb.Environment) -> None:
    """Reading a page beyond the end of the file would end the process with SIGBUS."""
    needed = (environment.info()["last_pgno"] + 1) * environment.stat()["psize"]
    found = (path / DATA_FILE).stat().st_size
    if found < needed:
        environment.close()
        raise KvUnreadable(path, _UNREADABLE.format(file=DATA_FILE, why=f"{found} of {needed} bytes are there"))


def _prepare(path: Path, environment: lmdb.Environment) -> tuple[Databases, bytes]:
    """Make what a new environment needs, in one transaction; read it from an old one."""
    with environment.begin(write=True) as transaction:
        databases = _open_databases(
            lambda name, dupsort: environment.open_db(name, transaction, dupsort=dupsort, create=True)
        )
        found = transaction.get(_FORMAT_KEY, db=databases.meta)
        if found is None:
            transaction.put(_FORMAT_KEY, FORMAT, db=databases.meta)
            transaction.put(SECRET_KEY, os.urandom(32), db=databases.meta)
        elif found != FORMAT:
            raise KvUnreadable(path, f"it has format {found!r}; this flora reads {FORMAT!r}.")
        secret = transaction.get(SECRET_KEY, b"", db=databases.meta)
    return databases, secret


def _open_databases(open_one: "Callable[[bytes, bool], Database]") -> Databases:
    return Databases(
        **{field.name: open_one(field.name.encode(), field.name == "expiry") for field in fields(Databases)}
    )
