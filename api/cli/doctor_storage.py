"""What `flora doctor` says of storage: the data directory, the stores in it or behind URLs, and the clock.

Stores of our own are started for the look when no flora runs on the data directory, and stopped again: whether they
start is what one wants to know. While a flora runs there, they are hers.
"""

import os
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import trio

from storage.bridge import open_bridge
from storage.confidential import ServerUrl
from storage.embedded import open_servers
from storage.embedded.directory import open_data_directory
from storage.errors import StorageError
from storage.health import Diagnosis, Level, check_cache, check_data_directory, check_lock, check_postgres
from storage.kv.check import check_path
from storage.kv.errors import KvCannotOpen
from storage.limits import StorageLimits
from storage.postgres.database import open_database
from storage.redis.client import open_cache

KV_FOLDER: Final = "kv"


async def diagnose_storage(data: Path, environment: Mapping[str, str]) -> list[Diagnosis]:
    """Look at everything under one data directory, without keeping anything of it."""
    directory = check_data_directory(data)
    found = [directory, lock := check_lock(data)]
    if directory.level is Level.FAIL:
        return found
    if "held by" in lock.finding:
        return [*found, Diagnosis("stores", Level.OK, "in use by the flora that runs here")]
    found += await _of_key_values(data / KV_FOLDER)
    return [*found, *await _of_stores(data, environment)]


async def _of_key_values(folder: Path) -> list[Diagnosis]:
    if not await trio.Path(folder).exists():
        return []
    try:
        wrong = await trio.to_thread.run_sync(check_path, folder)
    except KvCannotOpen as error:
        return [Diagnosis("key-value data", Level.FAIL, str(error), "restore a backup, or move the folder away")]
    if wrong:
        text = f"{len(wrong)} disagreements, the first: {wrong[0]}"
        return [Diagnosis("key-value data", Level.FAIL, text, "restore a backup; please report how it came to this")]
    return [Diagnosis("key-value data", Level.OK, "indexes and counters agree with the data")]


async def _of_stores(data: Path, environment: Mapping[str, str]) -> list[Diagnosis]:
    limits = StorageLimits()
    async with AsyncExitStack() as stack:
        try:
            held = stack.enter_context(open_data_directory(data, environment))
            urls = await stack.enter_async_context(
                open_servers(
                    held, limits, database=_url(environment, "DATABASE_URL"), cache=_url(environment, "CACHE_URL")
                )
            )
            bridge = await stack.enter_async_context(open_bridge())
            database = await stack.enter_async_context(open_database(bridge, urls.database, limits))
            cache = await stack.enter_async_context(open_cache(bridge, urls.cache, limits))
        except StorageError as error:
            return [Diagnosis("stores", Level.FAIL, str(error))]
        return [*await check_postgres(database, datetime.now(UTC)), await check_cache(cache)]


def _url(environment: Mapping[str, str], name: str) -> ServerUrl | None:
    text = environment.get(name)
    return ServerUrl(text) if text else None


def data_directory(option: str | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Where flora keeps its data: as asked for, as configured, or `data` here."""
    return Path(option or environment.get("DATA_DIR") or "data")
