"""Real servers for tests: started by the code under test in a thread of its own, so that they outlive a
test's trio run."""

import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import trio

from storage.bridge import open_bridge
from storage.embedded import ServerUrls, open_own
from storage.embedded.directory import DataDirectory, open_data_directory
from storage.embedded.postgres import SETTINGS, PostgresServer
from storage.embedded.valkey import ValkeyServer
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.database import open_database

FAST = tuple({**SETTINGS, "fsync": "off", "full_page_writes": "off"}.items())
"""What a crash of the machine would lose is not what these tests ask; those that do use the real settings."""


@contextmanager
def reachable_directory() -> Generator[Path]:
    """A short directory that a user other than root can pass through, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="flora-t-"))
    try:
        path.chmod(0o711)
        yield path
    finally:
        # A test that failed may have left a server behind, as a killed flora does.
        for pid in leftover_processes(DataDirectory(path / "data", path / "data" / "run")):
            os.kill(pid, signal.SIGKILL)
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def in_thread(serve: Callable[[Callable[[], None], trio.Event], Awaitable[None]]) -> Generator[None]:
    """Run `serve(ready, done)` in a trio run of its own until the block ends."""
    started = threading.Event()
    failures: list[Exception] = []
    control: list[tuple[trio.lowlevel.TrioToken, trio.Event]] = []

    async def main() -> None:
        done = trio.Event()
        control.append((trio.lowlevel.current_trio_token(), done))
        await serve(started.set, done)

    def run() -> None:
        try:
            trio.run(main)
        except Exception as failure:  # noqa: BLE001 (handed to the test's thread)
            failures.append(failure)
        finally:
            started.set()

    thread = threading.Thread(target=run)
    thread.start()
    started.wait()
    try:
        if not failures:
            yield
    finally:
        if thread.is_alive():
            token, done = control[0]
            token.run_sync_soon(done.set)
        thread.join()
        if failures:
            raise failures[0]


@contextmanager
def running_servers(*, password: str | None = None) -> Generator[ServerUrls]:
    """Both servers in a fresh data directory. With a password, PostgreSQL's user `outsider` and the cache ask
    for it."""
    with reachable_directory() as home, open_data_directory(home / "data") as data:
        database = PostgresServer(data, FAST)
        cache = ValkeyServer(
            data, (*ValkeyServer(data).settings, *(() if password is None else (("requirepass", password),)))
        )

        async def serve(ready: Callable[[], None], done: trio.Event) -> None:
            limits = StorageLimits()
            async with open_own(database, data, limits), open_own(cache, data, limits):
                if password is not None:
                    await ask_for_password(database, password)
                ready()
                await done.wait()

        with in_thread(serve):
            yield ServerUrls(database.url, cache.url)
        assert not leftover_processes(data)


async def ask_for_password(server: PostgresServer, password: str) -> None:
    """From now on PostgreSQL lets `outsider` in with the password alone."""

    async def make_user(connection: Connection) -> None:
        await connection.execute(f"CREATE ROLE outsider LOGIN SUPERUSER PASSWORD '{password}'")
        await connection.execute("SELECT pg_reload_conf()")

    rules = server.cluster / "pg_hba.conf"
    rules.write_text("local all outsider scram-sha-256\n" + rules.read_text())
    async with open_bridge() as bridge, open_database(bridge, server.url, StorageLimits()) as database:
        await database.run(make_user)


def leftover_processes(data: DataDirectory) -> list[int]:
    """Servers of this data directory that still run."""
    return [pid for pid in (PostgresServer(data).running_pid(), ValkeyServer(data).running_pid()) if pid is not None]


def is_root() -> bool:
    return os.geteuid() == 0
