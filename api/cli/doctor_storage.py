"""What `flora doctor` says of storage: the data directory, the stores in it or behind URLs, and the clock.

Stores of our own are started for the look when no flora runs on the data directory, and stopped again: whether they
start is what one wants to know. While a flora runs there, hers are asked; her key-value data is left alone.
"""

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import trio

from api.cli.places import Place, open_stores
from storage.errors import StorageError
from storage.health import Diagnosis, Level, check_cache, check_data_directory, check_lock, check_postgres
from storage.kv.check import check_apart
from storage.kv.errors import KvCannotOpen
from storage.kv.pages import refuse_damage


async def diagnose_storage(place: Place) -> list[Diagnosis]:
    """Look at everything under one data directory, without keeping anything of it."""
    directory = check_data_directory(place.data)
    found = [directory, lock := check_lock(place.data)]
    if directory.level is Level.FAIL:
        return found
    if "held by" not in lock.finding:
        found += [*await _of_key_values(place.values), *await _of_logs(place.logs)]
    return [*found, *await _of_stores(place)]


async def _of_key_values(folder: Path) -> list[Diagnosis]:
    if not await trio.Path(folder).exists():
        return []
    try:
        wrong = await check_apart(folder)
    except KvCannotOpen as error:
        return [Diagnosis("key-value data", Level.FAIL, str(error), "restore a backup, or move the folder away")]
    if wrong:
        text = f"{len(wrong)} disagreements, the first: {wrong[0]}"
        return [Diagnosis("key-value data", Level.FAIL, text, "restore a backup; please report how it came to this")]
    return [Diagnosis("key-value data", Level.OK, "indexes and counters agree with the data")]


async def _of_logs(folder: Path) -> list[Diagnosis]:
    if not await trio.Path(folder).exists():
        return []
    try:
        await trio.to_thread.run_sync(refuse_damage, folder)
    except KvCannotOpen as error:
        return [Diagnosis("guilds' logs", Level.FAIL, str(error), "move the folder away: only old lines are lost")]
    return [Diagnosis("guilds' logs", Level.OK, "every page is whole")]


async def _of_stores(place: Place) -> list[Diagnosis]:
    async with AsyncExitStack() as stack:
        try:
            stores = await open_stores(stack, place)
        except StorageError as error:
            return [Diagnosis("stores", Level.FAIL, str(error))]
        return [*await check_postgres(stores.database, datetime.now(UTC)), await check_cache(stores.cache)]
