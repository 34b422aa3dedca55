"""`flora backup`, `restore` and `rotate-key`: what an operator does to a data directory. Nothing is left half-done."""

import argparse
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import trio

from api.cli.console import confirm, show, show_json
from api.cli.faults import CommandError, Exit
from api.cli.places import Place, Stores, open_stores, place_of
from api.cli.progress import Progress, progress
from api.cli.signals import interruptible
from storage.backup import Snapshot, Together, restore_backup, write_backup
from storage.encryption import KeyRing, add_key_to_file
from storage.errors import StorageError
from storage.guild_logs.backup import LogsOf
from storage.kv import KvLimits, open_kv
from storage.kv.backup import RunningValues, ValuesAtRest, ValuesBeside
from storage.kv.errors import KvCannotOpen
from storage.postgres.database import Database
from storage.postgres.secret_rotate import rotate_secrets


@asynccontextmanager
async def _stores(place: Place) -> AsyncIterator[Stores]:
    """The stores of a data directory; what goes wrong with them ends the command with a sentence."""
    if not await trio.Path(place.data).is_dir():
        raise CommandError(f"there is no data directory {place.data}", "name it with --data", Exit.USAGE)
    async with AsyncExitStack() as stack:
        with _in_words():
            stores = await open_stores(stack, place)
            if not stores.is_running:
                await stores.database.migrate()
        with _in_words():
            yield stores


@asynccontextmanager
async def _stores_alone(place: Place) -> AsyncIterator[Database]:
    """The database, while no flora runs on it."""
    async with _stores(place) as stores:
        if stores.is_running:
            raise CommandError(f"flora runs on {place.data}", "stop it first, or name another directory with --data")
        yield stores.database


@asynccontextmanager
async def _values(place: Place, *, is_running: bool) -> AsyncIterator[Snapshot]:
    logs = LogsOf(place.logs)
    if is_running:
        yield Together([ValuesBeside(place.values), logs])
        return
    clock = time.time  # noqa: TID251  a command lives in real time
    async with open_kv(place.values, KvLimits(), clock) as kv:
        yield Together([RunningValues(kv), logs])


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except StorageError as error:
        raise CommandError(str(error), "flora doctor says more") from None
    except KvCannotOpen as error:
        raise CommandError(str(error)) from None


async def backup(options: argparse.Namespace) -> int:
    """Write everything into one file."""
    target = Path(await trio.Path(options.file).resolve())
    if await trio.Path(target).exists():
        raise CommandError(f"{options.file} is there already", "choose another name", Exit.USAGE)
    place = place_of(options)
    keys = place.data if options.with_keys else None
    with progress("starting the stores") as copying:
        async with (
            interruptible("broken off: no backup was written") as done,
            _stores(place) as stores,
            _values(place, is_running=stores.is_running) as values,
        ):
            manifest = await write_backup(target, stores.database, values, keys_from=keys, told=copying.told)
            done()
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
    place = place_of(options)
    confirm(f"replace everything in {place.data} by {options.file}", yes=options.yes)
    await _make(place.data)
    values = Together([ValuesAtRest(place.values), LogsOf(place.logs)])
    with progress("starting the stores") as restoring:
        async with interruptible("broken off: nothing was changed") as done, _stores_alone(place) as database:
            manifest = await restore_backup(
                source, database, values, force=options.force, keys_to=place.data, told=restoring.told
            )
            done()
    if options.json:
        show_json({"file": str(source), "takenAt": manifest.taken_at.isoformat()})
    else:
        show(f"restored what was there at {manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC")
    return Exit.OK


async def _make(data: Path) -> None:
    try:
        await trio.Path(data).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"the data directory {data} cannot be used: {error.strerror}") from None


async def rotate_key(options: argparse.Namespace) -> int:
    """Put a fresh key in front and seal every secret anew."""
    if os.environ.get("SECRETS_MASTER_KEY"):
        hint = "put a new key in front of it there, the old one behind, and start flora again"
        raise CommandError("the key comes from SECRETS_MASTER_KEY", hint, Exit.USAGE)
    confirm("make a new key and seal every secret anew", yes=options.yes)
    place = place_of(options)
    left = "broken off: every secret can be read, and the same again completes it"
    with progress("starting the stores") as sealing:
        async with interruptible(left) as done, _stores_alone(place) as database:
            ring = await trio.to_thread.run_sync(add_key_to_file, place.data)
            rotated, failed = await _seal_anew(database, ring, sealing)
            done()
    if options.json:
        show_json({"rotated": rotated, "failed": failed})
    else:
        show(f"{rotated} secrets are sealed with the new key" + (f"; {failed} could not be read" if failed else ""))
    return Exit.REFUSED if failed else Exit.OK


async def _seal_anew(database: Database, ring: KeyRing, sealing: Progress) -> tuple[int, int]:
    """How many were, and how many could not be read."""
    rotated = failed = 0
    cursor: str | None = None
    while True:
        sealing.now(f"sealing secrets: {rotated:,} are done")
        done = await database.run(rotate_secrets, ring, cursor=cursor)
        rotated, failed, cursor = rotated + done.rotated, failed + done.failed, done.next_cursor
        if cursor is None:
            return rotated, failed
