"""`flora backup`, `restore` and `rotate-key`: what an operator does to a data directory. Nothing is left half-done."""

import argparse
import os
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import trio

from api.cli.console import confirm, note, show, show_json
from api.cli.doctor_storage import KV_FOLDER, data_directory
from api.cli.faults import CommandError, Exit
from storage.backup import restore_backup, write_backup
from storage.bridge import open_bridge
from storage.confidential import ServerUrl
from storage.embedded import open_servers
from storage.embedded.directory import open_data_directory
from storage.encryption import add_key_to_file
from storage.errors import StorageError
from storage.kv import KvLimits, open_kv
from storage.kv.backup import RunningValues, ValuesAtRest
from storage.kv.errors import KvCannotOpen
from storage.limits import StorageLimits
from storage.postgres.database import Database, open_database
from storage.postgres.secret_rotate import rotate_secrets

_STOPPED: Final = "stop flora there first, or name another directory with --data"


@dataclass(frozen=True, slots=True)
class _Stores:
    directory: Path
    database: Database


@asynccontextmanager
async def _stores(options: argparse.Namespace) -> AsyncIterator[_Stores]:
    """The stores of a data directory that no flora holds."""
    path = data_directory(options.data)
    if not await trio.Path(path).is_dir():
        raise CommandError(f"there is no data directory {path}", "name it with --data", Exit.USAGE)
    limits = StorageLimits()
    async with AsyncExitStack() as stack:
        try:
            held = stack.enter_context(open_data_directory(path))
            database, cache = (os.environ.get(name) for name in ("DATABASE_URL", "CACHE_URL"))
            servers = open_servers(
                held,
                limits,
                database=ServerUrl(database) if database else None,
                cache=ServerUrl(cache) if cache else None,
            )
            urls = await stack.enter_async_context(servers)
            bridge = await stack.enter_async_context(open_bridge())
            opened = await stack.enter_async_context(open_database(bridge, urls.database, limits))
            await opened.migrate()
        except StorageError as error:
            raise CommandError(str(error), _STOPPED if "held" in str(error) else "flora doctor says more") from None
        try:
            yield _Stores(path, opened)
        except (StorageError, KvCannotOpen) as error:
            raise CommandError(str(error)) from None


async def backup(options: argparse.Namespace) -> int:
    """Write everything into one file."""
    target = Path(await trio.Path(options.file).resolve())
    if await trio.Path(target).exists():
        raise CommandError(f"{options.file} is there already", "choose another name", Exit.USAGE)
    clock = time.time  # noqa: TID251  a command lives in real time
    async with _stores(options) as stores, open_kv(stores.directory / KV_FOLDER, KvLimits(), clock) as values:
        note("copying")
        keys = stores.directory if options.with_keys else None
        manifest = await write_backup(target, stores.database, RunningValues(values), keys_from=keys)
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
    async with _stores(options) as stores:
        values = ValuesAtRest(stores.directory / KV_FOLDER)
        manifest = await restore_backup(source, stores.database, values, force=options.force, keys_to=stores.directory)
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
    async with _stores(options) as stores:
        ring = await trio.to_thread.run_sync(add_key_to_file, stores.directory)
        cursor: str | None = None
        while True:
            done = await stores.database.run(rotate_secrets, ring, cursor=cursor)
            rotated, failed, cursor = rotated + done.rotated, failed + done.failed, done.next_cursor
            if cursor is None:
                break
    if options.json:
        show_json({"rotated": rotated, "failed": failed})
    else:
        show(f"{rotated} secrets are sealed with the new key" + (f"; {failed} could not be read" if failed else ""))
    return Exit.REFUSED if failed else Exit.OK
