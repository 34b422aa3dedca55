"""A data directory and its stores, found as the daemon finds them: by options, the environment and config.toml.

When no flora runs there, its servers are started for as long as the command lasts; else the command is a guest of hers.
"""

import argparse
import os
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from api.cli.faults import CommandError, Exit
from storage.bridge import open_bridge
from storage.confidential import ServerUrl
from storage.embedded import ServerUrls, open_servers
from storage.embedded.directory import find_data_directory, open_data_directory
from storage.embedded.postgres import PostgresServer
from storage.embedded.valkey import ValkeyServer
from storage.errors import DataDirectoryHeld
from storage.limits import StorageLimits
from storage.postgres.database import Database, open_database
from storage.redis.client import Cache, open_cache

if TYPE_CHECKING:
    from api.config import Config

KV_FOLDER: Final = "kv"
LOGS_FOLDER: Final = "logs"


@dataclass(frozen=True, slots=True)
class Place:
    """Where everything is, or would be."""

    data: Path
    config: "Config"

    @property
    def database(self) -> ServerUrl | None:
        return self.config.database.url

    @property
    def cache(self) -> ServerUrl | None:
        return self.config.cache.url

    @property
    def values(self) -> Path:
        return self.data / KV_FOLDER

    @property
    def logs(self) -> Path:
        return self.data / LOGS_FOLDER


@dataclass(frozen=True, slots=True)
class Stores:
    database: Database
    cache: Cache
    is_running: bool
    """A flora holds the data directory."""


def place_of(options: argparse.Namespace) -> Place:
    from api.config import ConfigError, load_config  # noqa: PLC0415  heavy

    try:
        config = load_config(Path(options.config) if options.config else None, os.environ)
    except ConfigError as error:
        raise CommandError(str(error), "docs/configuration.md lists every setting", Exit.USAGE) from None
    data = Path(options.data) if options.data else config.general.data_dir
    return Place(data, config)


async def open_stores(stack: AsyncExitStack, place: Place) -> Stores:
    """Raises StorageError."""
    limits = StorageLimits()
    try:
        held = stack.enter_context(open_data_directory(place.data))
    except DataDirectoryHeld:
        urls, is_running = _of_running(place), True
    else:
        servers = open_servers(held, limits, database=place.database, cache=place.cache)
        urls, is_running = await stack.enter_async_context(servers), False
    bridge = await stack.enter_async_context(open_bridge())
    database = await stack.enter_async_context(open_database(bridge, urls.database, limits))
    return Stores(database, await stack.enter_async_context(open_cache(bridge, urls.cache, limits)), is_running)


def _of_running(place: Place) -> ServerUrls:
    there = find_data_directory(place.data)
    return ServerUrls(place.database or PostgresServer(there).url, place.cache or ValkeyServer(there).url)
