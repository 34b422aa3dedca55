"""The whole store as one folder: copied while it is written to, and put back."""

import os
import shutil
from dataclasses import fields
from pathlib import Path

import lmdb
import trio

from storage.kv.check import check_path
from storage.kv.environment import DATA_FILE, JOURNAL_KEY, OWNER_FILE, Databases, open_files, sync_folder
from storage.kv.errors import SnapshotRefused, StorageFailed
from storage.kv.journal import JOURNAL_FILE
from storage.kv.limits import TIB
from storage.kv.store import KeyValueStore


async def write_snapshot(kv: KeyValueStore, target: Path) -> None:
    """Copy the store as it is at one moment into a new folder. It appears there whole or not at all."""
    await kv.checkpoint()
    await trio.to_thread.run_sync(_copy, kv.environment.handle, target)


def restore_snapshot(source: Path, target: Path, *, replace: bool = False) -> None:
    """Put a snapshot where `open_kv` will look for it; the store must not be open.

    Raises `KvUnreadable` when the snapshot is damaged, `SnapshotRefused` when its rows disagree, or when the
    target holds data and nobody said that it may be replaced.
    """
    if problems := check_path(source):
        raise SnapshotRefused(f"The snapshot in {source} is not whole: {problems[0]}")
    if (target / DATA_FILE).exists() and not replace:
        raise SnapshotRefused(f"{target} holds data; say that it may be replaced")
    target.mkdir(parents=True, exist_ok=True)
    staged = target / f"{DATA_FILE}.restoring"
    shutil.copyfile(source / DATA_FILE, staged)
    _sync(staged)
    staged.replace(target / DATA_FILE)
    (target / "lock.mdb").unlink(missing_ok=True)
    (target / JOURNAL_FILE).unlink(missing_ok=True)
    sync_folder(target)


def _copy(environment: lmdb.Environment, target: Path) -> None:
    if target.exists():
        raise SnapshotRefused(f"{target} exists already")
    staged = target.with_name(target.name + ".writing")
    shutil.rmtree(staged, ignore_errors=True)
    try:
        staged.mkdir(parents=True, mode=0o700)
        environment.copy(str(staged), compact=True)
        _forget_journal(staged)
        staged.rename(target)
        sync_folder(target.parent)
    except (lmdb.Error, OSError) as error:
        shutil.rmtree(staged, ignore_errors=True)
        raise StorageFailed(f"The snapshot could not be written to {target}: {error}") from error


def _forget_journal(staged: Path) -> None:
    """A snapshot is whole without a journal, and no frame of any journal may be read into it."""
    with open_files(staged, TIB, len(fields(Databases))) as environment:
        meta = environment.open_db(b"meta")
        with environment.begin(write=True) as transaction:
            transaction.delete(JOURNAL_KEY, db=meta)
    for leftover in (OWNER_FILE, "lock.mdb"):
        (staged / leftover).unlink()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
