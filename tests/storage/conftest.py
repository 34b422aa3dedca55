"""Real servers for every storage test: one pair for each test process, a fresh database for each test.

Tests that take `database` or `cache` run twice: against servers flora has started, and against servers given
by URL, which ask for TLS and a password.
"""

import itertools
import os
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from storage.bridge import Bridge, open_bridge
from storage.confidential import ServerUrl
from storage.embedded import ServerUrls
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.database import Database, open_database
from storage.redis.client import Cache, open_cache
from tests.storage.servers import running_servers
from tests.storage.tls import tls_in_front_of, write_certificate

PASSWORD = "p@ss/w:rd#1"
TEMPLATE = "flora_template"
counter = itertools.count()


@pytest.fixture(scope="session")
def embedded() -> Generator[ServerUrls]:
    with running_servers() as urls:
        yield urls


@pytest.fixture(scope="session")
def by_url(tmp_path_factory: pytest.TempPathFactory) -> Generator[ServerUrls]:
    """A second pair that asks for TLS and a password."""
    certificate = write_certificate(tmp_path_factory.mktemp("tls"))
    with running_servers(password=PASSWORD) as urls:
        runtime = Path(urls.cache.reveal().removeprefix("unix://")).parent
        with (
            tls_in_front_of(runtime / ".s.PGSQL.5432", certificate, asks_first=True) as database_port,
            tls_in_front_of(runtime / "valkey.sock", certificate, asks_first=False) as cache_port,
        ):
            secret = quote(PASSWORD, safe="")
            yield ServerUrls(
                ServerUrl(
                    f"postgresql://outsider:{secret}@127.0.0.1:{database_port}/postgres"
                    f"?sslmode=verify-full&sslrootcert={certificate}"
                ),
                ServerUrl(f"rediss://:{secret}@127.0.0.1:{cache_port}/0?ssl_ca_certs={certificate}"),
            )


@pytest.fixture(params=["embedded", "by_url"])
def urls(request: pytest.FixtureRequest) -> ServerUrls:
    found: ServerUrls = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def limits() -> StorageLimits:
    """More patient than flora: a busy machine is no reason to fail. Tests of patience set their own."""
    return StorageLimits(acquire_wait=60, operation_wait=60, cache_wait=30)


@pytest.fixture
async def bridge() -> AsyncGenerator[Bridge]:
    async with open_bridge() as opened:
        yield opened


async def create_database(connection: Connection, name: str, template: str) -> None:
    await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


async def drop_database(connection: Connection, name: str) -> None:
    await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


async def list_databases(connection: Connection) -> list[str]:
    return [row["datname"] for row in await connection.fetch("SELECT datname FROM pg_database")]


async def fresh_database(
    bridge: Bridge, server: ServerUrl, limits: StorageLimits, *, migrated: bool = True
) -> ServerUrl:
    """The URL of a database that no other test uses."""
    name = f"test_{os.getpid()}_{next(counter)}"
    async with open_database(bridge, server, limits) as database:
        if migrated and TEMPLATE not in await database.run(list_databases):
            await database.run_alone(create_database, 60, TEMPLATE, "template0")
            async with open_database(bridge, in_database(server, TEMPLATE), limits) as template:
                await template.migrate()
        await database.run_alone(create_database, 60, name, TEMPLATE if migrated else "template0")
    return in_database(server, name)


def in_database(server: ServerUrl, name: str) -> ServerUrl:
    return ServerUrl(server.reveal().replace("/postgres?", f"/{name}?"))


@pytest.fixture
async def database_url(bridge: Bridge, urls: ServerUrls, limits: StorageLimits) -> AsyncGenerator[ServerUrl]:
    url = await fresh_database(bridge, urls.database, limits)
    yield url
    async with open_database(bridge, urls.database, limits) as database:
        await database.run_alone(drop_database, 60, urlsplit(url.reveal()).path[1:])


@pytest.fixture
async def database(bridge: Bridge, database_url: ServerUrl, limits: StorageLimits) -> AsyncGenerator[Database]:
    async with open_database(bridge, database_url, limits) as opened:
        yield opened


@pytest.fixture
async def cache(bridge: Bridge, urls: ServerUrls, limits: StorageLimits) -> AsyncGenerator[Cache]:
    async with open_cache(bridge, urls.cache, limits) as opened:
        yield opened
