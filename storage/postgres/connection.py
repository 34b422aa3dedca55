"""What operations may ask of a connection, and how asyncpg's errors become ours."""

import asyncio
from collections.abc import (
    Generator,
    Iterable,
    Mapping,
    Sequence,
)
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Any, BinaryIO, Final, Protocol, TypeAlias

import asyncpg  # pyright: ignore[reportMissingTypeStubs] (it ships none; the protocols below are what is used of it)

from storage.errors import InvalidInput, StorageError, StorageFailed, StorageUnavailable

Row: TypeAlias = Mapping[str, Any]

GONE: Final = (
    OSError,
    TimeoutError,
    asyncio.TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.TooManyConnectionsError,
    asyncpg.exceptions.InternalClientError,
)
"""What asyncpg raises when the server is away, starting, stopping, or too slow."""


class Connection(Protocol):
    """The part of asyncpg's connection that operations use."""

    async def execute(self, query: str, *arguments: object) -> str: ...
    async def executemany(self, command: str, args: Iterable[Sequence[object]]) -> None: ...
    async def fetch(self, query: str, *arguments: object) -> Sequence[Row]: ...
    async def fetchrow(self, query: str, *arguments: object) -> Row | None: ...
    async def fetchval(self, query: str, *arguments: object) -> Any: ...
    def transaction(
        self, *, isolation: str | None = None, readonly: bool = False
    ) -> AbstractAsyncContextManager[object]: ...
    async def copy_from_query(
        self,
        query: str,
        *,
        output: BinaryIO,
        format: str,  # noqa: A002 (asyncpg names it so)
        timeout: float,  # noqa: ASYNC109
    ) -> str: ...
    async def copy_to_table(
        self,
        table_name: str,
        *,
        source: BinaryIO,
        columns: Sequence[str],
        format: str,  # noqa: A002
        timeout: float,  # noqa: ASYNC109
    ) -> str: ...


@contextmanager
def translated() -> Generator[None]:
    """Let no exception of asyncpg out. The original is not chained: its text may quote a row or the server's
    address."""
    try:
        yield
    except StorageError:
        raise
    except asyncpg.exceptions.DataError as error:
        raise InvalidInput("value", f"was refused by PostgreSQL ({_code(error)})") from None
    except asyncpg.exceptions.DiskFullError:
        raise StorageUnavailable("PostgreSQL has no space left on its disk: free some") from None
    except GONE as error:
        raise StorageUnavailable(f"PostgreSQL does not answer ({type(error).__name__})") from None
    except asyncpg.exceptions.InvalidAuthorizationSpecificationError:
        raise StorageUnavailable("PostgreSQL refuses the user or the password in DATABASE_URL") from None
    except asyncpg.PostgresError as error:
        raise StorageFailed(f"PostgreSQL refused a statement ({_code(error)})") from None


def _code(error: object) -> str:
    return f"{type(error).__name__}, SQLSTATE {getattr(error, 'sqlstate', 'unknown')}"
