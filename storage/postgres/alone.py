"""One daemon for each database: a lock that lives as long as a connection, held while the daemon runs."""

import asyncio
from collections.abc import Callable
from typing import Final

import asyncpg  # pyright: ignore[reportMissingTypeStubs] (it ships none; only its errors are named here)

from storage.errors import DatabaseInUse
from storage.postgres.connection import Connection

LOCK: Final = 0x666C6F7262
"""Next to the lock of the migrations, which daemons that start together take in turn and give back."""
BEAT: Final = 10.0
"""Seconds between two looks whether the connection, and so the lock, is still there."""
_settings = """
SELECT set_config('lock_timeout', $1, false), set_config('tcp_keepalives_idle', '30', false),
       set_config('tcp_keepalives_interval', '10', false), set_config('tcp_keepalives_count', '3', false)
"""
_lock = "SELECT pg_advisory_lock($1)"
_look = "SELECT 1"


async def hold_alone(connection: Connection, patience: float, held: Callable[[], None]) -> None:
    """Take the lock, say so, and keep it until cancelled. Waits for a daemon that is just leaving; raises
    DatabaseInUse when it stays. The server notices within a minute that a machine has vanished with it."""
    await connection.fetchrow(_settings, f"{patience * 1000:.0f}ms")
    try:
        await connection.execute(_lock, LOCK)
    except asyncpg.exceptions.LockNotAvailableError:
        raise DatabaseInUse("another flora runs on this database; two would answer each event twice") from None
    held()
    while True:
        await asyncio.sleep(BEAT)
        async with asyncio.timeout(BEAT):
            await connection.execute(_look)
