"""The logs in a backup: all lines that were written by then, copied while others are, and never set back."""

import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage.errors import BackupRefused
from storage.guild_logs import GuildLogLimits, GuildLogs, Level, LogQuery, open_guild_logs
from storage.guild_logs.backup import LogsOf

GUILD = 5


@asynccontextmanager
async def logs_in(folder: Path) -> AsyncGenerator[GuildLogs]:
    async with open_guild_logs(folder, GuildLogLimits(), lambda: 1_800_000_000.0) as logs:
        yield logs


async def write(folder: Path, *texts: str) -> None:
    async with logs_in(folder) as logs:
        for text in texts:
            logs.append(GUILD, Level.INFO, text)


async def read(folder: Path) -> list[tuple[int, str]]:
    async with logs_in(folder) as logs:
        page = await logs.search(GUILD, LogQuery(), newest_first=False)
        return [(line.number, line.text) for line in page.lines]


async def put_back(logs: LogsOf, copy: Path) -> None:
    async with logs.staged(copy) as take_place:
        take_place()


async def test_lines_come_back_with_their_numbers_and_go_on(tmp_path: Path) -> None:
    await write(tmp_path / "logs", "one", "two")
    (tmp_path / "copy").mkdir()
    await LogsOf(tmp_path / "logs").write_snapshot(tmp_path / "copy")

    new = LogsOf(tmp_path / "new")
    assert await new.what_would_be_lost(tmp_path / "copy") == ""
    await put_back(new, tmp_path / "copy")
    await write(tmp_path / "new", "three")

    assert await read(tmp_path / "new") == [(1, "one"), (2, "two"), (3, "three")]


async def test_a_log_that_is_there_is_never_set_back(tmp_path: Path) -> None:
    await write(tmp_path / "logs", "one")
    (tmp_path / "copy").mkdir()
    await LogsOf(tmp_path / "logs").write_snapshot(tmp_path / "copy")
    await write(tmp_path / "logs", "two")

    await put_back(LogsOf(tmp_path / "logs"), tmp_path / "copy")

    assert await read(tmp_path / "logs") == [(1, "one"), (2, "two")]


async def test_logs_are_copied_while_another_process_has_them_open(tmp_path: Path) -> None:
    script = (
        "import sys, trio\nfrom pathlib import Path\nfrom tests.storage.guild_logs.test_backup import GUILD, logs_in\n"
        "from storage.guild_logs import Level\n"
        "async def main():\n"
        "    async with logs_in(Path(sys.argv[1])) as logs:\n"
        "        logs.append(GUILD, Level.INFO, 'held')\n"
        "        async for line in logs.follow(GUILD, after=0):\n"
        "            print(line.text, flush=True)\n"
        "            await trio.sleep_forever()\n"
        "trio.run(main)\n"
    )
    (tmp_path / "copy").mkdir()
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", script, str(tmp_path / "logs")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as holder:  # noqa: ASYNC220  a test waits for it
        assert holder.stdout is not None
        try:
            assert holder.stdout.readline() == b"held\n"
            await LogsOf(tmp_path / "logs").write_snapshot(tmp_path / "copy")
        finally:
            holder.kill()
    await put_back(LogsOf(tmp_path / "new"), tmp_path / "copy")

    assert await read(tmp_path / "new") == [(1, "held")]


async def test_where_there_are_no_logs_none_are_copied_and_none_are_put_back(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    await LogsOf(tmp_path / "logs").write_snapshot(tmp_path / "copy")
    await put_back(LogsOf(tmp_path / "new"), tmp_path / "copy")

    assert list((tmp_path / "copy").iterdir()) == []
    assert not (tmp_path / "new").exists()


async def test_damaged_logs_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "data.mdb").write_bytes(b"not LMDB" * 4_096)
    (tmp_path / "copy").mkdir()

    with pytest.raises(BackupRefused, match="cannot be copied"):
        await LogsOf(tmp_path / "logs").write_snapshot(tmp_path / "copy")
