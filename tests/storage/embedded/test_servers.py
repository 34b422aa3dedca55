"""flora's own servers: started, found again after a crash, never shared, never left behind."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
import trio

from storage.bridge import open_bridge
from storage.embedded import open_own, open_servers
from storage.embedded.directory import SOCKET_PATH_BYTES, DataDirectory, make_private, open_data_directory
from storage.embedded.launch import USER_IN_NAMESPACE, Launcher, choose_launcher
from storage.embedded.postgres import PostgresServer
from storage.embedded.process import ServerProcess, is_running, read_pid, works_in
from storage.embedded.server import LOG_BYTES, open_log
from storage.embedded.valkey import ValkeyServer
from storage.errors import DataDirectoryRefused, EmbeddedServerFailed
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.database import open_database
from storage.redis.client import open_cache
from tests.storage.servers import FAST, is_root, leftover_processes, reachable_directory

FLORA = Path(__file__).parent / "flora_that_waits.py"


@pytest.fixture
def home() -> Generator[Path]:
    with reachable_directory() as path:
        yield path


@pytest.fixture
async def data(home: Path) -> AsyncGenerator[DataDirectory]:
    with open_data_directory(home / "data") as held:
        yield held
    assert leftover_processes(held) == []


def start_flora(path: Path) -> "subprocess.Popen[str]":
    """A flora in a process of its own, whose servers answer."""
    flora = subprocess.Popen([sys.executable, str(FLORA), str(path)], stdout=subprocess.PIPE, text=True)
    assert flora.stdout is not None
    assert flora.stdout.readline() == "ready\n"
    return flora


def end(flora: "subprocess.Popen[str]", number: signal.Signals) -> int:
    flora.send_signal(number)
    assert flora.stdout is not None
    flora.stdout.close()
    return flora.wait()


async def answer(data: DataDirectory, limits: StorageLimits) -> tuple[int, int]:
    """Start or adopt both servers, use them, and return their process numbers."""

    async def one(connection: Connection) -> int:
        return int(await connection.fetchval("SELECT 1"))

    async with (
        open_servers(data, limits) as urls,
        open_bridge() as bridge,
        open_database(bridge, urls.database, limits) as database,
        open_cache(bridge, urls.cache, limits) as cache,
    ):
        assert await database.run(one) == 1
        await cache.ping()
        pids = PostgresServer(data).running_pid(), ValkeyServer(data).running_pid()
    assert pids[0] is not None
    assert pids[1] is not None
    return pids[0], pids[1]


async def test_servers_start_from_nothing_and_end_with_flora(data: DataDirectory, limits: StorageLimits) -> None:
    for pid in await answer(data, limits):
        assert not is_running(pid)
    for secret in (data.runtime, data.path / "postgres", data.path / "valkey"):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o700
    await answer(data, limits)


async def test_servers_left_by_a_killed_flora_are_adopted(home: Path, limits: StorageLimits) -> None:
    end(start_flora(home / "data"), signal.SIGKILL)
    with open_data_directory(home / "data") as data:
        left = leftover_processes(data)
        assert len(left) == 2
        assert list(await answer(data, limits)) == left
        assert leftover_processes(data) == []


def test_a_flora_that_is_told_to_leave_takes_its_servers_along(home: Path) -> None:
    assert end(start_flora(home / "data"), signal.SIGTERM) == 0
    with open_data_directory(home / "data") as data:
        assert leftover_processes(data) == []


def test_a_second_flora_on_the_same_data_is_refused_with_the_firsts_number(home: Path) -> None:
    flora = start_flora(home / "data")
    try:
        with (
            pytest.raises(DataDirectoryRefused, match=rf"another flora \(process {flora.pid}\)"),
            open_data_directory(home / "data"),
        ):
            pass
    finally:
        end(flora, signal.SIGTERM)


async def crash_and_return(home: Path, limits: StorageLimits, rounds: int) -> None:
    """Kill flora and, in turn, its servers under load, `rounds` times; every number it printed must be in the
    database, whole, counted and in every index."""
    acknowledged: set[int] = set()
    for turn in range(rounds):
        flora = subprocess.Popen(  # noqa: ASYNC220 (it must be killable by the test)
            [sys.executable, str(FLORA), str(home / "data"), str(turn * 1_000_000)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert flora.stdout is not None
        assert flora.stdout.readline() == "ready\n"
        for _ in range(5 + turn % 7):
            acknowledged.add(int(flora.stdout.readline()))
        victims = (
            [PostgresServer(DataDirectory(home / "data", home / "data" / "run")).running_pid()] if turn % 2 else []
        )
        for victim in [flora.pid, *victims]:
            assert victim is not None
            os.kill(victim, signal.SIGKILL)
        acknowledged.update(int(line) for line in flora.stdout if line.endswith("\n"))
        flora.stdout.close()
        flora.wait()
    with open_data_directory(home / "data") as data:
        async with (
            open_servers(data, limits) as urls,
            open_bridge() as bridge,
            open_database(bridge, urls.database, limits) as database,
        ):
            assert acknowledged <= await database.run(written)
            assert await database.run(disagreements) == []


async def written(connection: Connection) -> set[int]:
    return {row["n"] for row in await connection.fetch("SELECT n FROM written")}


async def disagreements(connection: Connection) -> list[str]:
    """Torn values, a counter that is wrong, and what PostgreSQL's own checker finds in heaps and indexes."""
    torn = await connection.fetch("SELECT n FROM written WHERE filler <> repeat(md5(n::text), n % 700)")
    off = await connection.fetch("SELECT rows FROM tally WHERE rows <> (SELECT count(*) FROM written)")
    await connection.execute("CREATE EXTENSION amcheck")
    heaps = await connection.fetch(
        "SELECT msg FROM pg_class, verify_heapam(oid, check_toast => true)"
        " WHERE relkind IN ('r', 't') AND relpersistence = 'p'"
    )
    await connection.execute(  # raises what it finds
        "SELECT bt_index_check(pg_class.oid, true) FROM pg_class JOIN pg_am ON pg_am.oid = relam"
        " WHERE amname = 'btree' AND relkind = 'i' AND relpersistence = 'p'"
    )
    return [str(dict(row)) for row in (*torn, *off, *heaps)]


async def test_no_acknowledged_write_is_lost_by_a_kill(home: Path, limits: StorageLimits) -> None:
    await crash_and_return(home, limits, 5)


@pytest.mark.soak
async def test_no_acknowledged_write_is_lost_by_a_hundred_kills(home: Path, limits: StorageLimits) -> None:
    await crash_and_return(home, limits, 100)


async def test_a_half_made_cluster_is_made_anew(data: DataDirectory, limits: StorageLimits) -> None:
    unfinished = data.path / "postgres" / "cluster.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    await answer(data, limits)
    assert not unfinished.exists()


async def test_stale_pid_files_do_not_matter_even_when_the_number_is_somebody_elses(
    data: DataDirectory, limits: StorageLimits, home: Path
) -> None:
    await answer(data, limits)
    with open_log(home) as log:  # somebody whom PostgreSQL would believe: alive, of its own user, and not its parent
        somebody = choose_launcher(data.path, []).start(["sleep", "1000"], home, log)
    for path in (data.path / "postgres" / "cluster" / "postmaster.pid", data.path / "valkey" / "valkey.pid"):
        path.write_text(f"{somebody.pid}\n/somewhere/else\n")
    (data.runtime / "valkey.sock").touch()
    (data.runtime / ".s.PGSQL.5432").touch()
    (data.runtime / ".s.PGSQL.5432.lock").write_text(f"{somebody.pid}\n")
    try:
        assert somebody.pid not in await answer(data, limits)
    finally:
        somebody.kill()
        somebody.wait()


async def test_a_cluster_of_another_version_is_refused_with_a_remedy(
    data: DataDirectory, limits: StorageLimits
) -> None:
    cluster = data.path / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedServerFailed, match=r"was made by PostgreSQL 15.*restore a backup"):
        async with open_own(PostgresServer(data), data, limits):
            pass


async def test_a_server_that_cannot_start_says_what_its_log_says(data: DataDirectory, limits: StorageLimits) -> None:
    broken = PostgresServer(data, (*FAST, ("shared_buffers", "1PB")))
    with pytest.raises(EmbeddedServerFailed, match="shared_buffers"):
        async with open_own(broken, data, limits):
            pass


def test_what_runs_is_told_nothing_of_floras_environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "bot-token")
    with open_log(home) as log:
        Launcher().start(["env"], home, log).wait()
    told = (home / "server.log").read_text()
    assert "bot-token" not in told
    assert "PATH=" in told


async def test_servers_are_not_root(data: DataDirectory, limits: StorageLimits) -> None:
    async with open_own(ValkeyServer(data), data, limits):
        pid = ValkeyServer(data).running_pid()
        status = Path(f"/proc/{pid}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("Uid:")]
    owner = data.path.stat().st_uid
    assert (int(line.split()[2]) != 0) or (is_root() and owner == 0 and "CapEff:\t0000000000000000" in status)


def test_a_user_other_than_root_runs_the_servers_as_himself(home: Path) -> None:
    assert choose_launcher(home, [], user=1000) == Launcher()


async def test_data_where_only_root_can_reach_is_served_too_or_refused_with_a_remedy(
    home: Path, limits: StorageLimits
) -> None:
    """Depends on whether the machine allows user namespaces; either end is defined."""
    home.chmod(0o700)
    (home / "data").mkdir()
    try:
        launcher = choose_launcher(home / "data", [])
    except EmbeddedServerFailed as refused:
        assert "set DATABASE_URL" in str(refused)  # noqa: PT017 (one of two allowed ends)
        return
    assert not is_root() or f"--map-user={USER_IN_NAMESPACE}" in launcher.prefix
    with open_data_directory(home / "data") as data:
        await answer(data, limits)


async def test_a_long_path_gets_a_short_place_for_its_sockets(home: Path, limits: StorageLimits) -> None:
    with open_data_directory(home / ("d" * 80) / "data") as data:
        assert data.path not in data.runtime.parents
        assert len(str(data.runtime / ".s.PGSQL.5432.lock")) <= SOCKET_PATH_BYTES
        async with open_own(ValkeyServer(data), data, limits):
            assert stat.S_IMODE(data.runtime.stat().st_mode) == 0o700
        data.runtime.rmdir()


def test_a_planted_socket_directory_is_refused(home: Path) -> None:
    with open_data_directory(home / ("d" * 80) / "data", {"XDG_RUNTIME_DIR": str(home)}) as data:
        data.runtime.symlink_to(home)
        with pytest.raises(DataDirectoryRefused, match="belongs to somebody else"):
            make_private(data.runtime, None)


def test_a_data_directory_that_cannot_be_is_refused_with_a_remedy(home: Path) -> None:
    (home / "file").touch()
    for path in [home / "file" / "data", Path("/proc/flora")]:
        with pytest.raises(DataDirectoryRefused, match="DATA_DIR"), open_data_directory(path):
            pass


def test_a_large_log_is_put_aside(home: Path) -> None:
    log = home / "server.log"
    log.write_bytes(b"x")
    os.truncate(log, LOG_BYTES + 1)
    open_log(home).close()
    assert log.stat().st_size == 0
    assert (home / "server.log.old").stat().st_size == LOG_BYTES + 1


async def test_processes_are_known_by_their_working_directory(home: Path) -> None:
    child = subprocess.Popen(["sleep", "1000"], cwd=home)  # noqa: ASYNC220 (it must be killable by the test)
    process = ServerProcess(child.pid, child)
    assert works_in(child.pid, home)
    assert not works_in(child.pid, home.parent)
    await process.stop([signal.SIGTERM], 30)
    assert not process.alive()
    assert not works_in(child.pid, home)
    await process.wait_gone()
    assert read_pid(home / "none") is None
    (home / "odd").write_bytes(b"\xff\n")
    assert read_pid(home / "odd") is None


async def test_a_server_that_ignores_politeness_is_killed(home: Path) -> None:
    child = subprocess.Popen(  # noqa: ASYNC220 (it must be killable by the test)
        [
            sys.executable,
            "-c",
            "import signal; signal.signal(15, signal.SIG_IGN); print(flush=True); signal.pause()",
        ],
        stdout=subprocess.PIPE,
        cwd=home,
    )
    assert child.stdout is not None
    child.stdout.readline()
    await ServerProcess(child.pid, child).stop([signal.SIGTERM, signal.SIGKILL], 0.1)
    child.stdout.close()
    assert child.returncode == -signal.SIGKILL
    with trio.fail_after(5):
        await ServerProcess(child.pid).wait_gone()
