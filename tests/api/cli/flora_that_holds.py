"""A program for tests: holds a data directory as flora does, with something in each store, until its input ends."""

import sys
import time
from pathlib import Path

import trio

from storage.bridge import open_bridge
from storage.embedded import open_servers
from storage.embedded.directory import open_data_directory
from storage.encryption import add_key_to_file
from storage.ids import guild_id
from storage.kv import KvLimits, open_kv
from storage.limits import StorageLimits
from storage.postgres.database import open_database
from storage.postgres.settings import write_settings

GUILD = guild_id(5)


async def main(path: Path) -> None:
    limits = StorageLimits()
    with open_data_directory(path) as data:
        add_key_to_file(path)
        async with (
            open_servers(data, limits) as urls,
            open_bridge() as bridge,
            open_database(bridge, urls.database, limits) as database,
            open_kv(path / "kv", KvLimits(), time.time) as kv,  # noqa: TID251
        ):
            await database.migrate()
            await database.run(write_settings, GUILD, {"colour": "green"}, 0, limits)
            await kv.guild(GUILD).store("s").set("k", "durable")
            print("ready", flush=True)  # noqa: T201 (what the test reads)
            await trio.to_thread.run_sync(sys.stdin.read)


if __name__ == "__main__":
    trio.run(main, Path(sys.argv[1]))
