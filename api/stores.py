"""Every store of a daemon, opened together and in the order in which they need each other.

    async with open_stores(config) as stores:
        ...

Raises what each of them raises; `api/cli/serve.py` makes sentences of that.
"""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from actors.loghub import LogHub
from api.config import Config
from storage.bridge import open_bridge
from storage.embedded import open_servers
from storage.embedded.directory import open_data_directory
from storage.encryption import KeyRing, ring_from_file, ring_from_texts
from storage.guild_logs import open_guild_logs
from storage.kv import KeyValueStore, open_kv
from storage.postgres.database import Database, open_database
from storage.redis.client import Cache, open_cache

KV_FOLDER: Final = "kv"
LOGS_FOLDER: Final = "logs"


@dataclass(frozen=True, slots=True)
class Stores:
    """What survives the daemon."""

    directory: Path
    database: Database
    cache: Cache
    kv: KeyValueStore
    logs: LogHub
    ring: KeyRing


def now() -> datetime:
    return datetime.now(UTC)


def unix_now() -> float:
    return now().timestamp()


@asynccontextmanager
async def open_stores(config: Config) -> AsyncGenerator[Stores]:
    """Holds the data directory, starts what servers no URL is given for, and migrates the database."""
    async with AsyncExitStack() as stack:
        data = stack.enter_context(open_data_directory(config.general.data_dir))
        servers = open_servers(data, config.storage, database=config.database.url, cache=config.cache.url)
        urls = await stack.enter_async_context(servers)
        bridge = await stack.enter_async_context(open_bridge())
        database = await stack.enter_async_context(open_database(bridge, urls.database, config.storage))
        await database.migrate()
        cache = await stack.enter_async_context(open_cache(bridge, urls.cache, config.storage))
        kv = await stack.enter_async_context(open_kv(data.path / KV_FOLDER, config.kv, unix_now))
        logs = await stack.enter_async_context(open_guild_logs(data.path / LOGS_FOLDER, config.logs, unix_now))
        keys = config.secrets.master_key
        ring = ring_from_texts(keys) if keys else ring_from_file(data.path)
        yield Stores(data.path, database, cache, kv, LogHub(logs), ring)
