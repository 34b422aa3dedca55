"""The whole store as one folder: copied while it is written to, and put back."""

import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import lmdb
import trio

from storage.kv.batch import Changes
from storage.kv.check import check_path
from storage.kv.commit import place_changes
from storage.kv.environment import (
    DATA_FILE,
    JOURNAL_KEY,
    OWNER_FILE,
    SECRET_KEY,
    SEQUENCE_KEY,
    Environment,
    open_environment,
    open_for_reading,
    sync_file,
    sync_folder,
    translated,
)
from storage.kv.errors import KvCannotOpen, KvUnreadable, SnapshotRefused, StorageFailed
from storage.kv.journal import JOURNAL_FILE, JournalState, read_journal
from storage.kv.limits import TIB
from storage.kv.pages import refuse_damage
from storage.kv.records import unpack_number
from storage.kv.store import KeyValueStore

_ATTEMPTS: Final = 100
"""A generation lasts ten times as long as reading the journal, at the least."""


async def write_snapshot(kv: KeyValueStore, target: Path) -> None:
    """Copy the store as it is at one moment into a new folder. It appears there whole or not at all."""

    def copy(staged: Path) -> list[Changes]:
        kv.environment.handle.copy(str(staged), compact=True)
        return []

    await kv.checkpoint()
    await trio.to_thread.run_sync(_write, target, copy)


def restore_snapshot(source: Path, target: Path, *, replace: bool = False) -> None:
    """Put a snapshot where `open_kv` will look for it; the store must not be open. Raises as `staged_snapshot`."""
    with staged_snapshot(source, target, replace=replace) as take_place:
        take_place()


@contextmanager
def staged_snapshot(source: Path, target: Path, *, replace: bool = False) -> Generator[Callable[[], None]]:
    """Copy a snapshot to where `open_kv` will look for it, beside what is there. What is given lets it take its place.

    Raises `KvUnreadable` when the snapshot is damaged, `SnapshotRefused` when its rows disagree, or when the
    target holds data and nobody said that it may be replaced.
    """
    if problems := check_path(source):
        raise SnapshotRefused(f"The snapshot in {source} is not whole: {problems[0]}")
    if (target / DATA_FILE).exists() and not replace:
        raise SnapshotRefused(f"{target} holds data; say that it may be replaced")
    target.mkdir(parents=True, exist_ok=True)
    staged = target / f"{DATA_FILE}.restoring"
    try:
        shutil.copyfile(source / DATA_FILE, staged)
        sync_file(staged)
        yield partial(_take_place, staged, target)
    finally:
        staged.unlink(missing_ok=True)


def _take_place(staged: Path, target: Path) -> None:
    staged.replace(target / DATA_FILE)
    (target / "lock.mdb").unlink(missing_ok=True)
    (target / JOURNAL_FILE).unlink(missing_ok=True)
    sync_folder(target)


def what_would_be_lost(source: Path, target: Path) -> str:
    """What the target has that the snapshot has not, in words; nothing: an empty text.

    Every write takes a number from one sequence, which a snapshot and what is restored from it go on with. What was
    deleted since has no number: to bring it back is what a restore is for.
    """
    if not (target / DATA_FILE).exists():
        return ""
    try:
        refuse_damage(target)
        kept = _read_place(target)
    except KvCannotOpen as error:
        return f"nobody can say whether what is there is newer: {error}"
    if kept.sequence == 0:
        return ""
    taken = _read_place(source)
    if kept.secret != taken.secret:
        return f"{target} holds key-value data of another origin, which would be lost"
    return "key-value data was written since, which would be lost" if kept.sequence > taken.sequence else ""


@dataclass(frozen=True, slots=True)
class _Place:
    """How far the data in a folder has come, and which data it is: a new store makes a secret of its own."""

    secret: bytes
    sequence: int


def _read_place(folder: Path) -> _Place:
    with open_for_reading(folder, TIB) as environment, translated(folder):
        secret, stored = environment.get_meta(SECRET_KEY), environment.get_meta(SEQUENCE_KEY)
        row = environment.get_meta(JOURNAL_KEY)
        for changes in read_journal(folder, JournalState.unpack(row)) if row is not None else []:
            stored = changes.meta.get(SEQUENCE_KEY, stored)
    return _Place(secret or b"", unpack_number(stored) if stored else 0)


def write_snapshot_beside(source: Path, target: Path) -> None:
    """Like `write_snapshot`, of a store that another process has open and writes to. Raises `KvCannotOpen`.

    What LMDB committed last is held still by a read transaction, and what the journal has beyond that is read while
    both are of one generation. The owner goes on meanwhile and is not asked.
    """

    def copy(staged: Path) -> list[Changes]:
        with open_for_reading(source, TIB) as environment:
            for attempt in range(_ATTEMPTS):
                with environment.handle.begin() as transaction:
                    changes = _journalled(source, environment, transaction, is_last=attempt == _ATTEMPTS - 1)
                    if changes is not None:
                        environment.handle.copy(str(staged), compact=True, txn=transaction)
                        return changes
        raise StorageFailed(f"{source} is written to faster than its journal can be read; try again")

    _write(target, copy)


def _journalled(
    source: Path, environment: Environment, transaction: "lmdb.Transaction[bytes]", *, is_last: bool
) -> list[Changes] | None:
    """The rows beyond the transaction's; None when the owner began another generation meanwhile.

    The file is read while it is written: a frame may look torn with a whole one behind it, once. Twice, it is damaged.
    """
    row = transaction.get(JOURNAL_KEY, db=environment.databases.meta)
    if row is None:
        return []
    try:
        changes = read_journal(source, JournalState.unpack(row))
    except KvUnreadable:
        if is_last and environment.get_meta(JOURNAL_KEY) == row:
            raise
        return None
    return changes if environment.get_meta(JOURNAL_KEY) == row else None


def _write(target: Path, copy: Callable[[Path], list[Changes]]) -> None:
    """Whole or not at all: LMDB's file from `copy`, and in it the rows that `copy` answers."""
    if target.exists():
        raise SnapshotRefused(f"{target} exists already")
    staged = target.with_name(target.name + ".writing")
    shutil.rmtree(staged, ignore_errors=True)
    try:
        staged.mkdir(parents=True, mode=0o700)
        _take_over(staged, copy(staged))
        _refuse_what_no_restore_would_take(staged)
        for leftover in (OWNER_FILE, "lock.mdb"):
            (staged / leftover).unlink()
        staged.rename(target)
        sync_folder(target.parent)
    except (lmdb.Error, OSError) as error:
        shutil.rmtree(staged, ignore_errors=True)
        raise StorageFailed(f"The snapshot could not be written to {target}: {error}") from error
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def _take_over(staged: Path, journalled: list[Changes]) -> None:
    """A snapshot is whole without a journal, and no frame of any journal may be read into it."""
    with (
        open_environment(staged, TIB) as environment,
        environment.handle.begin(write=True, buffers=True) as transaction,
    ):
        for changes in journalled:
            place_changes(transaction, environment.databases, changes)
        transaction.delete(JOURNAL_KEY, db=environment.databases.meta)


def _refuse_what_no_restore_would_take(staged: Path) -> None:
    """A copy of damaged data would be found out when it is needed."""
    try:
        problems = check_path(staged)
    except KvCannotOpen as error:
        problems = [error.why]
    if problems:
        raise StorageFailed(f"The key-value data is damaged, and so would be its copy: {problems[0]}")
