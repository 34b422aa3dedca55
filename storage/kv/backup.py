"""The key-value data as `storage.backup` takes it: copied while it serves, put back while it does not."""

from collections.abc import AsyncGenerator, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Final, NoReturn

import trio

from storage.kv.snapshot import staged_snapshot, what_would_be_lost, write_snapshot, write_snapshot_beside
from storage.kv.store import KeyValueStore

_FOLDER: Final = "kv"  # a snapshot makes its own folder, so that it appears whole or not at all


class _Kept:
    """Data that somebody has open, and that a restore must leave alone."""

    async def what_would_be_lost(self, directory: Path) -> str:
        self.staged(directory)

    def staged(self, directory: Path) -> NoReturn:
        raise RuntimeError(f"the store must be closed before {directory} can take its place")


class RunningValues(_Kept):
    """A store that is open, and goes on serving while it is copied."""

    def __init__(self, kv: KeyValueStore) -> None:
        self._kv = kv

    async def write_snapshot(self, directory: Path) -> None:
        await write_snapshot(self._kv, directory / _FOLDER)


class ValuesBeside(_Kept):
    """A folder that another process has open, which goes on serving while it is copied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def write_snapshot(self, directory: Path) -> None:
        await trio.to_thread.run_sync(write_snapshot_beside, self._folder, directory / _FOLDER)


class ValuesAtRest:
    """A folder where `open_kv` will look, and that nobody has open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def write_snapshot(self, directory: Path) -> None:
        raise RuntimeError(f"the store must be open to be copied to {directory}")

    async def what_would_be_lost(self, directory: Path) -> str:
        return await trio.to_thread.run_sync(what_would_be_lost, directory / _FOLDER, self._folder)

    @asynccontextmanager
    async def staged(self, directory: Path) -> AsyncGenerator[Callable[[], None]]:
        with ExitStack() as stack:
            copied = staged_snapshot(directory / _FOLDER, self._folder, replace=True)
            yield await trio.to_thread.run_sync(stack.enter_context, copied)
