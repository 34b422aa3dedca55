"""Backup and restore of everything that must survive, as one file, while flora runs.

In it: every table of PostgreSQL, at one moment; the guilds' key-value data and their logs, each at one moment shortly
after; and, when asked for, the keys of the secrets. Not in it: sessions and caches, which may be forgotten; the
servers' own files.
"""

import errno
import tempfile
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Protocol, TypeVar

import trio

from storage import archive
from storage.archive import Manifest
from storage.encryption import KEY_FILE, merge_keys
from storage.errors import BackupRefused
from storage.postgres.connection import Connection
from storage.postgres.database import Database
from storage.postgres.dump import COPY_WAIT, Dump, dump_tables, load_tables, newest_change

Result = TypeVar("Result")
TABLES: Final = "postgres"
VALUES: Final = "kv"
KEYS: Final = "keys"
_FORCE: Final = "force the restore if that is wanted"
TakePlace = Callable[[], None]
Told = Callable[[str, int, int], None]
"""What is under way, how far it is, and of how much; 0 of 0 where nobody knows."""
_key_ids = "SELECT DISTINCT key_id FROM guild_secret ORDER BY key_id"


class Snapshot(Protocol):
    """What lies beside the database, the guilds' key-value data first of all, as a backup sees it."""

    async def write_snapshot(self, directory: Path) -> None:
        """Write a consistent copy into this empty directory, while others go on writing."""
        ...

    async def what_would_be_lost(self, directory: Path) -> str:
        """What would be lost if the copy in this directory took the data's place, in words; nothing: an empty text."""
        ...

    def staged(self, directory: Path) -> AbstractAsyncContextManager[TakePlace]:
        """Bring the copy in this directory to where the data is, beside it. What is given lets it take the data's
        place, at once and without needing room; where that is not called, nothing has changed."""
        ...


@dataclass(frozen=True, slots=True)
class Together:
    """Several, each with files of its own."""

    parts: Sequence[Snapshot]

    async def write_snapshot(self, directory: Path) -> None:
        """One after the other."""
        for part in self.parts:
            await part.write_snapshot(directory)

    async def what_would_be_lost(self, directory: Path) -> str:
        """The first loss that there is."""
        losses = [await part.what_would_be_lost(directory) for part in self.parts]
        return next(filter(None, losses), "")

    @asynccontextmanager
    async def staged(self, directory: Path) -> AsyncGenerator[TakePlace]:
        """All of them, before the first takes its place."""
        async with AsyncExitStack() as stack:
            places = [await stack.enter_async_context(part.staged(directory)) for part in self.parts]

            def take_place() -> None:
                for place in places:
                    place()

            yield take_place


def nobody(what: str, done: int, total: int) -> None:
    """A Told for those who do not watch."""


async def write_backup(
    target: Path, database: Database, values: Snapshot, *, keys_from: Path | None = None, told: Told = nobody
) -> Manifest:
    """Write the file; with `keys_from`, a data directory, it holds the keys of the secrets too, and must be
    kept as safe as they.

    Raises BackupRefused when it cannot be written, StorageUnavailable.
    """
    with _refusing(target), tempfile.TemporaryDirectory(prefix=".flora-backup-", dir=target.parent) as work:
        directory = Path(work)
        for name in (TABLES, VALUES, KEYS):
            (directory / name).mkdir()
        told("copying the tables", 0, 0)
        dump = await database.run_alone(dump_tables, COPY_WAIT, directory / TABLES)
        told("copying the key-value data and the logs", 0, 0)
        await values.write_snapshot(directory / VALUES)
        if keys_from is not None:
            (directory / KEYS / KEY_FILE).write_bytes((keys_from / KEY_FILE).read_bytes())
        key_ids = await database.run(_used_keys)
        total = archive.size_of(directory)
        parts = await _in_thread(lambda: archive.describe(directory, _counting("summing up", total, told)))
        manifest = Manifest(
            archive.FORMAT,
            _version(),
            dump.taken_at,
            dump.server,
            list(dump.migrations),
            {table: list(columns) for table, columns in dump.columns.items()},
            parts,
            key_ids,
        )
        await _in_thread(lambda: archive.pack(directory, manifest, target, _counting("packing", total, told)))
    return manifest


async def restore_backup(
    source: Path,
    database: Database,
    values: Snapshot,
    *,
    force: bool = False,
    keys_to: Path | None = None,
    told: Told = nobody,
) -> Manifest:
    """Replace everything by the archive. Flora must not be serving meanwhile.

    The whole archive is verified, and lies where it will stay, before anything is touched.

    Raises BackupRefused when it is damaged, made by a newer flora, or (unless forced) older than what is there;
    MigrationRefused; StorageUnavailable.
    """
    with _refusing(source), tempfile.TemporaryDirectory(prefix=".flora-restore-", dir=source.parent) as work:
        directory = Path(work)
        manifest = await _in_thread(lambda: archive.read_manifest(source))
        passed = _counting("verifying", sum(part.bytes for part in manifest.parts.values()), told)
        await _in_thread(lambda: archive.unpack(source, manifest, directory, passed))
        (directory / VALUES).mkdir(exist_ok=True)
        if not force:
            await _check_age(source, manifest, database)
            if loss := await values.what_would_be_lost(directory / VALUES):
                raise BackupRefused(f"{source} was taken at {_utc(manifest.taken_at)}, and {loss}; {_FORCE}")
        dump = Dump(manifest.taken_at, manifest.postgres, manifest.migrations, manifest.columns)
        told("copying the key-value data and the logs", 0, 0)
        async with values.staged(directory / VALUES) as take_place:
            key_file = directory / KEYS / KEY_FILE
            if keys_to is not None and key_file.exists():
                merge_keys(keys_to, key_file.read_text())  # behind those that are there: they hurt nobody
            told("restoring the tables", 0, 0)
            with trio.CancelScope(shield=True):  # whoever gives up now would have tables of one time, values of another
                await database.run_alone(load_tables, COPY_WAIT, directory / TABLES, dump)
                take_place()
    return manifest


async def _check_age(source: Path, manifest: Manifest, database: Database) -> None:
    newest = await database.run(newest_change)
    if newest is not None and newest > manifest.taken_at:
        raise BackupRefused(
            f"{source} was taken at {_utc(manifest.taken_at)}, and the database was last written at {_utc(newest)}: "
            f"what is newer would be lost; {_FORCE}"
        )


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _counting(what: str, total: int, told: Told) -> archive.Passed:
    done = 0

    def passed(size: int) -> None:
        nonlocal done
        done += size
        told(what, done, total)

    return passed


async def _used_keys(connection: Connection) -> list[str]:
    return [row["key_id"] for row in await connection.fetch(_key_ids)]


async def _in_thread(work: Callable[[], Result]) -> Result:
    return await trio.to_thread.run_sync(work)


@contextmanager
def _refusing(path: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        remedy = "free space there, or choose another place" if full else "choose a place that can be written"
        raise BackupRefused(f"{error.filename2 or path}: {error.strerror or type(error).__name__}: {remedy}") from error


def _version() -> str:
    try:
        return version("flora-runtime")
    except PackageNotFoundError:  # run from a bare checkout
        return "unknown"
