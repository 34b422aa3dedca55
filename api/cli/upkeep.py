"""`flora backup`, `restore` and `rotate-key`: what an operator does to a data directory. Nothing is left half-done."""

import argparse
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

import trio

from api.cli.console import confirm, note, show, show_json
from api.cli.doctor_storage import KV_FOLDER, data_directory
from api.cli.faults import CommandError, Exit
from storage.backup import Snapshot, restore_backup, write_backup
from storage.bridge import open_bridge
from storage.confidential import ServerUrl
from storage.embedded import open_servers
from storage.embedded.directory import DataDirectory, find_data_directory, open_data_directory
from storage.embedded.postgres import PostgresServer
from storage.encryption import add_key_to_file
from storage.errors import DataDirectoryHeld, StorageError
from storage.kv import KvLimits, open_kv
from storage.kv.backup import RunningValues, ValuesAtRest, ValuesBeside
from storage.kv.errors import KvCannotOpen
from storage.limits import StorageLimits
from storage.postgres.database import Database, open_database
from storage.postgres.secret_rotate import rotate_secrets

_STOPPED: Final = "stop flora there first, or name another directory with --data"


@asynccontextmanager
async def _stores(options: argparse.Namespace) -> AsyncIterator[tuple[Path, Database]]:
    """The database of a data directory that no flora holds; its servers run as long as this does."""
    path = await _existing(data_directory(options.data))
    async with AsyncExitStack() as stack:
        with _in_words():
            database = await _serve(stack, stack.enter_context(open_data_directory(path)))
        with _in_words():
            yield path, database


@asynccontextmanager
async def _copyable(path: Path) -> AsyncIterator[tuple[Database, Snapshot]]:
    """The database and the values: of a flora that runs, as its guest, or else with servers of our own."""
    await _existing(path)
    clock = time.time  # noqa: TID251  a command lives in real time
    values: Snapshot
    async with AsyncExitStack() as stack:
        with _in_words():
            try:
                held = stack.enter_context(open_data_directory(path))
            except DataDirectoryHeld:
                url = _url("DATABASE_URL") or PostgresServer(find_data_directory(path)).url
                database, values = await _connect(stack, url), ValuesBeside(path / KV_FOLDER)
            else:
                database = await _serve(stack, held)
                kv = await stack.enter_async_context(open_kv(path / KV_FOLDER, KvLimits(), clock))
                values = RunningValues(kv)
        with _in_words():
            yield database, values


async def _serve(stack: AsyncExitStack, held: DataDirectory) -> Database:
    servers = open_servers(held, StorageLimits(), database=_url("DATABASE_URL"), cache=_url("CACHE_URL"))
    database = await _connect(stack, (await stack.enter_async_context(servers)).database)
    await database.migrate()
    return database


async def _connect(stack: AsyncExitStack, url: ServerUrl) -> Database:
    bridge = await stack.enter_async_context(open_bridge())
    return await stack.enter_async_context(open_database(bridge, url, StorageLimits()))


def _url(name: str) -> ServerUrl | None:
    value = os.environ.get(name)
    return ServerUrl(value) if value else None


async def _existing(path: Path) -> Path:
    if not await trio.Path(path).is_dir():
        raise CommandError(f"there is no data directory {path}", "name it with --data", Exit.USAGE)
    return path


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except DataDirectoryHeld as error:
        raise CommandError(str(error), _STOPPED) from None
    except StorageError as error:
        raise CommandError(str(error), "flora doctor says more") from None
    except KvCannotOpen as error:
        raise CommandError(str(error)) from None


async def backup(options: argparse.Namespace) -> int:
    """Write everything into one file."""
    target = Path(await trio.Path(options.file).resolve())
    if await trio.Path(target).exists():
        raise CommandError(f"{options.file} is there already", "choose another name", Exit.USAGE)
    async with _copyable(data_directory(options.data)) as (database, values):
        note("copying")
        keys = data_directory(options.data) if options.with_keys else None
        manifest = await write_backup(target, database, values, keys_from=keys)
    size = (await trio.Path(target).stat()).st_size
    if options.json:
        show_json({"file": str(target), "bytes": size, "takenAt": manifest.taken_at.isoformat()})
    else:
        show(f"{options.file}: {size:,} bytes, of {manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC")
    return Exit.OK


async def restore(options: argparse.Namespace) -> int:
    """Replace everything by a file, or change nothing."""
    source = Path(await trio.Path(options.file).resolve())
    if not await trio.Path(source).is_file():
        raise CommandError(f"there is no backup {options.file}", code=Exit.USAGE)
    await trio.Path(data_directory(options.data)).mkdir(parents=True, exist_ok=True)
    confirm(f"replace everything in {data_directory(options.data)} by {options.file}", yes=options.yes)
    async with _stores(options) as (path, database):
        values = ValuesAtRest(path / KV_FOLDER)
        manifest = await restore_backup(source, database, values, force=options.force, keys_to=path)
    if options.json:
        show_json({"file": str(source), "takenAt": manifest.taken_at.isoformat()})
    else:
        show(f"restored what was there at {manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC")
    return Exit.OK


async def rotate_key(options: argparse.Namespace) -> int:
    """Put a fresh key in front and seal every secret anew."""
    if os.environ.get("SECRETS_MASTER_KEY"):
        hint = "put a new key in front of it there, the old one behind, and start flora again"
        raise CommandError("the key comes from SECRETS_MASTER_KEY", hint, Exit.USAGE)
    confirm("make a new key and seal every secret anew", yes=options.yes)
    rotated = failed = 0
    async with _stores(options) as (path, database):
        ring = await trio.to_thread.run_sync(add_key_to_file, path)
        cursor: str | None = None
        while True:
            done = await database.run(rotate_secrets, ring, cursor=cursor)
            rotated, failed, cursor = rotated + done.rotated, failed + done.failed, done.next_cursor
            if cursor is None:
                break
    if options.json:
        show_json({"rotated": rotated, "failed": failed})
    else:
        show(f"{rotated} secrets are sealed with the new key" + (f"; {failed} could not be read" if failed else ""))
    return Exit.REFUSED if failed else Exit.OK
