"""The guilds' logs as `storage.backup` takes them: copied whoever has them open, put back where there are none."""

import shutil
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

import lmdb
import trio

from storage.errors import BackupRefused
from storage.guild_logs.limits import GuildLogLimits
from storage.kv.environment import DATA_FILE, sync_file, sync_folder
from storage.kv.errors import KvCannotOpen
from storage.kv.pages import refuse_damage

_FOLDER: Final = "logs"


class LogsOf:
    """A folder of logs, that somebody may have open and write to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def write_snapshot(self, directory: Path) -> None:
        await trio.to_thread.run_sync(self._copy, directory / _FOLDER)

    async def what_would_be_lost(self, directory: Path) -> str:  # noqa: ARG002 (whatever is in it)
        """Nothing: lines that are there stay."""
        await trio.lowlevel.checkpoint()
        return ""

    @asynccontextmanager
    async def staged(self, directory: Path) -> AsyncGenerator[Callable[[], None]]:
        """A log only grows, and whoever follows it counts on its numbers: so it is never set back."""
        staged = self._folder / f"{DATA_FILE}.restoring"
        try:
            await trio.to_thread.run_sync(self._stage, directory / _FOLDER / DATA_FILE, staged)
            yield partial(self._take_place, staged)
        finally:
            staged.unlink(missing_ok=True)

    def _copy(self, target: Path) -> None:
        if not (self._folder / DATA_FILE).exists():
            return
        target.mkdir()
        try:
            with lmdb.open(
                str(self._folder), map_size=GuildLogLimits().map_bytes, max_dbs=2, readonly=True, create=False
            ) as environment:
                environment.copy(str(target), compact=True)
            refuse_damage(target)
        except (lmdb.Error, KvCannotOpen) as error:
            raise BackupRefused(f"The guilds' logs in {self._folder} cannot be copied: {error}") from error

    def _stage(self, source: Path, staged: Path) -> None:
        if (self._folder / DATA_FILE).exists() or not source.exists():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, staged)
        sync_file(staged)

    def _take_place(self, staged: Path) -> None:
        if staged.exists():
            staged.rename(self._folder / DATA_FILE)
            sync_folder(self._folder)
