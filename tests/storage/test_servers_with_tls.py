"""PostgreSQL and Redis that speak TLS themselves, where this machine has them; the wheels' servers do not.

tests/storage/tls.py puts a proxy before those, so that every storage test goes through TLS once. Here nothing stands
between: the system's own packages, a certificate each client verifies, and the server's word that TLS is used.
"""

import os
import shutil
import socket
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.bridge import Bridge
from storage.confidential import ServerUrl
from storage.embedded.launch import Launcher, choose_launcher
from storage.errors import CacheUnavailable, StorageUnavailable
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.database import open_database
from storage.redis.client import open_cache
from storage.redis.values import sessions
from tests.storage.servers import reachable_directory
from tests.storage.tls import write_certificate

SECRET = "s3cret-and-plain"
READY = b"ready to accept connections"


@pytest.fixture
def home() -> Generator[Path]:
    with reachable_directory() as path:
        yield path


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A certificate that signed none of theirs."""
    return write_certificate(tmp_path)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def give_to_server(launcher: Launcher, home: Path) -> Path:
    """The certificate with its key, which PostgreSQL wants nobody else to read."""
    certificate = write_certificate(home)
    certificate.chmod(0o600)
    launcher.take(home)
    return certificate


@contextmanager
def serving(launcher: Launcher, command: Sequence[str], home: Path) -> Generator[None]:
    """Until it says that it is ready; ended at the end."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as log, os.fdopen(writing, "wb") as end:
        process = launcher.start(command, home, end)
        end.close()
        try:
            said: list[bytes] = []
            while READY not in b"".join(said).lower():
                said.append(log.readline())
                assert said[-1], b"".join(said).decode()
            yield
        finally:
            process.kill()
            process.wait()


@pytest.fixture
def postgres(home: Path) -> Generator[tuple[int, Path]]:
    """Its port, and the certificate to trust."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("this machine has no PostgreSQL of its own")
    binaries = found[-1].parent
    launcher = choose_launcher(home, [binaries / "postgres"])
    certificate = give_to_server(launcher, home)
    cluster, word = home / "cluster", home / "password"
    word.write_text(SECRET)
    word.chmod(0o644)
    launcher.run(
        [
            *(str(binaries / "initdb"), "-D", str(cluster), "-U", "outsider", "--pwfile", str(word), "--no-sync"),
            *("--auth-host", "scram-sha-256", "--auth-local", "reject"),
        ],
        home,
        wait=60,
    )
    rules = cluster / "pg_hba.conf"
    rules.write_text("hostssl all all 127.0.0.1/32 scram-sha-256\n")
    port = free_port()
    settings = {
        "ssl": "on",
        "ssl_cert_file": certificate,
        "ssl_key_file": certificate,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "off",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with serving(launcher, [str(binaries / "postgres"), "-D", str(cluster), "-p", str(port), *options], home):
        yield port, certificate


def database_url(port: int, certificate: Path, mode: str = "verify-full") -> ServerUrl:
    return ServerUrl(
        f"postgresql://outsider:{SECRET}@127.0.0.1:{port}/postgres?sslmode={mode}&sslrootcert={certificate}"
    )


async def how_it_is_encrypted(connection: Connection) -> tuple[bool, str]:
    row = await connection.fetchrow("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    assert row is not None
    return row["ssl"], row["version"]


async def test_postgresql_is_spoken_to_in_tls_and_its_certificate_is_verified(
    postgres: tuple[int, Path], bridge: Bridge, limits: StorageLimits
) -> None:
    async with open_database(bridge, database_url(*postgres), limits) as database:
        applied = await database.migrate()

        assert await database.run(how_it_is_encrypted) == (True, "TLSv1.3")
        assert applied


@pytest.mark.parametrize("mode", ["verify-full", "verify-ca"])
async def test_a_postgresql_with_a_strangers_certificate_is_not_spoken_to(
    postgres: tuple[int, Path], stranger: Path, mode: str, bridge: Bridge
) -> None:
    impatient = StorageLimits(acquire_wait=0.5)
    async with open_database(bridge, database_url(postgres[0], stranger, mode), impatient) as database:
        with pytest.raises(StorageUnavailable) as refused:
            await database.run(how_it_is_encrypted)

    assert SECRET not in str(refused.value)


async def test_a_postgresql_that_wants_tls_refuses_whoever_comes_without(
    postgres: tuple[int, Path], bridge: Bridge
) -> None:
    impatient = StorageLimits(acquire_wait=0.5)
    plain = ServerUrl(f"postgresql://outsider:{SECRET}@127.0.0.1:{postgres[0]}/postgres?sslmode=disable")
    async with open_database(bridge, plain, impatient) as database:
        with pytest.raises(StorageUnavailable) as refused:
            await database.run(how_it_is_encrypted)

    assert SECRET not in str(refused.value)


@pytest.fixture
def redis(home: Path) -> Generator[tuple[int, Path]]:
    """Its port, and the certificate to trust."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        pytest.skip("this machine has no Redis or Valkey of its own")
    launcher = Launcher()
    certificate = give_to_server(launcher, home)
    port = free_port()
    options = {
        "--port": "0",
        "--tls-port": str(port),
        "--tls-cert-file": str(certificate),
        "--tls-key-file": str(certificate),
        "--tls-ca-cert-file": str(certificate),
        "--tls-auth-clients": "no",
        "--bind": "127.0.0.1",
        "--save": "",
        "--requirepass": SECRET,
    }
    command = [program, *(part for option in options.items() for part in option)]
    with serving(launcher, command, home):
        yield port, certificate


async def test_redis_is_spoken_to_in_tls_and_its_certificate_is_verified(
    redis: tuple[int, Path], bridge: Bridge, limits: StorageLimits
) -> None:
    port, certificate = redis
    url = ServerUrl(f"rediss://:{SECRET}@127.0.0.1:{port}/0?ssl_ca_certs={certificate}")
    async with open_cache(bridge, url, limits) as cache:
        await sessions(cache).put("sid", {"user": "1"})

        assert await sessions(cache).get("sid") == {"user": "1"}


async def test_a_redis_with_a_strangers_certificate_is_not_spoken_to(
    redis: tuple[int, Path], stranger: Path, bridge: Bridge, limits: StorageLimits
) -> None:
    url = ServerUrl(f"rediss://:{SECRET}@127.0.0.1:{redis[0]}/0?ssl_ca_certs={stranger}")
    async with open_cache(bridge, url, limits) as cache:
        with pytest.raises(CacheUnavailable) as refused:
            await cache.ping()

    assert SECRET not in str(refused.value)
