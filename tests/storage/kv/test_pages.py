"""A damaged page: LMDB ends the process that meets it, and the next start says so before it can happen again."""

import logging
import random
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import trio

from storage.guild_logs import GuildLogLimits, Level, open_guild_logs
from storage.kv import open_kv
from storage.kv.environment import DATA_FILE, OWNER_FILE, was_left_open
from storage.kv.errors import KvUnreadable, StorageFailed
from storage.kv.pages import refuse_damage
from storage.kv.snapshot import write_snapshot
from tests.storage.kv.conftest import GUILD, LIMITS, DrivenClock

PAGE = 4_096
ROOT = Path(__file__).parents[3]
LISTS_ALL = """
import sys, time, trio
from pathlib import Path
from storage.kv import KvLimits, open_kv
async def main():
    async with open_kv(Path(sys.argv[1]), KvLimits(map_bytes=1 << 30, journal_bytes=1 << 20), time.time) as kv:
        print(len((await kv.guild(int(sys.argv[2])).store("s").list_keys(limit=1_000)).keys))
trio.run(main)
"""


@pytest.fixture(name="folder")
async def _folder(tmp_path: Path, clock: DrivenClock) -> Path:
    """Entries of many sizes, on inner pages, leaves and pages of their own."""
    async with open_kv(tmp_path / "kv", LIMITS, clock) as kv:
        for start in range(0, 1_000, 500):
            await kv.write(GUILD, [kv.operations.put("s", f"{n}", "x" * 300) for n in range(start, start + 500)])
        await kv.guild(GUILD).store("large").set("key", b"x" * 100_000)
    return tmp_path / "kv"


def pages_with(folder: Path, content: bytes) -> list[int]:
    whole = (folder / DATA_FILE).read_bytes()
    return [page for page in range(2, len(whole) // PAGE) if content in whole[page * PAGE : (page + 1) * PAGE]]


def damage(folder: Path, page: int, content: bytes = bytes(PAGE)) -> None:
    with (folder / DATA_FILE).open("r+b") as file:
        file.seek(page * PAGE)
        file.write(content)


def _zeros(_page: int) -> bytes:
    return bytes(PAGE)


def _garbage(page: int) -> bytes:
    return random.Random(page).randbytes(PAGE)


async def list_all(folder: Path) -> tuple[int, str]:
    """In a process of its own: how it ended, and what it said."""
    command = [sys.executable, "-c", LISTS_ALL, str(folder), str(GUILD)]
    done = await trio.run_process(command, capture_stdout=True, capture_stderr=True, check=False, cwd=ROOT)
    return done.returncode, done.stderr.decode()


async def complaint(folder: Path) -> str:
    try:
        await trio.to_thread.run_sync(refuse_damage, folder)
    except KvUnreadable as refused:
        return str(refused)
    return ""


async def test_whole_data_is_let_through(folder: Path, tmp_path: Path) -> None:
    assert await complaint(folder) == ""
    assert await complaint(tmp_path / "nothing") == ""


@pytest.mark.parametrize("content", [_zeros, _garbage])
async def test_every_page_that_is_used_is_looked_at(folder: Path, content: Callable[[int], bytes]) -> None:
    whole = (folder / DATA_FILE).read_bytes()
    named = 0
    for page in range(2, len(whole) // PAGE):
        damage(folder, page, content(page))
        named += f"page {page} " in await complaint(folder)
        damage(folder, page, whole[page * PAGE : (page + 1) * PAGE])
    assert named >= len(pages_with(folder, b"x" * 300)) - 25  # those of the large value hold nothing that LMDB reads
    assert await complaint(folder) == ""


async def test_lmdb_ends_who_meets_damage_and_the_next_start_names_it(folder: Path, clock: DrivenClock) -> None:
    page = pages_with(folder, b"x" * 300)[40]
    damage(folder, page)

    first, second = await list_all(folder), await list_all(folder)

    assert first[0] == -signal.SIGABRT
    assert "Assertion" in first[1]
    assert second[0] == 1
    assert (
        f"{folder} cannot be opened: its data.mdb is damaged (page {page} is not what was written there)" in second[1]
    )
    with pytest.raises(KvUnreadable, match=f"page {page} .* Restore a backup"):
        async with open_kv(folder, LIMITS, clock):
            raise AssertionError
    assert was_left_open(folder)


async def test_a_folder_that_was_closed_is_not_looked_through(folder: Path, clock: DrivenClock) -> None:
    damage(folder, pages_with(folder, b"x" * 300)[40])
    assert not was_left_open(folder)
    async with open_kv(folder, LIMITS, clock):
        assert not was_left_open(folder), "it has an owner"
        assert (folder / OWNER_FILE).read_bytes() == b"1"
    assert not was_left_open(folder)


async def test_a_read_that_fails_is_in_floras_log(
    folder: Path, clock: DrivenClock, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_kv(folder, LIMITS, clock) as kv:
        with kv.environment.read() as transaction:
            root = transaction.stat(kv.environment.databases.entries)["depth"]
        assert root > 1
        damage(folder, _root_of_entries(folder))
        with caplog.at_level(logging.ERROR), pytest.raises(StorageFailed):
            await kv.guild(GUILD).store("s").get("1")
    assert "could not be read" in caplog.text
    assert "flora doctor" in caplog.text


def _root_of_entries(folder: Path) -> int:
    """The only inner page."""
    whole = (folder / DATA_FILE).read_bytes()
    flags = {page: int.from_bytes(whole[page * PAGE + 10 : page * PAGE + 12], "little") for page in _used(whole)}
    return max(page for page, flag in flags.items() if flag == 1)


def _used(whole: bytes) -> list[int]:
    numbers = {page: whole[page * PAGE : page * PAGE + 8] for page in range(2, len(whole) // PAGE)}
    return [page for page, stored in numbers.items() if int.from_bytes(stored, "little") == page]


async def test_no_snapshot_is_made_that_no_restore_would_take(folder: Path, tmp_path: Path, clock: DrivenClock) -> None:
    async with open_kv(folder, LIMITS, clock) as kv:
        with kv.environment.handle.begin(write=True) as transaction:
            transaction.put(b"\0" * 8 + b"torn", b"", db=kv.environment.databases.entries)
        with pytest.raises(StorageFailed, match="is damaged, and so would be its copy"):
            await write_snapshot(kv, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    assert not (tmp_path / "copy.writing").exists()


async def test_damaged_logs_are_named_after_a_crash_too(tmp_path: Path, clock: DrivenClock) -> None:
    async with open_guild_logs(tmp_path, GuildLogLimits(map_bytes=1 << 30), clock) as logs:
        for _ in range(100):
            logs.append(1, Level.INFO, "y" * 300)
    damage(tmp_path, pages_with(tmp_path, b"y" * 300)[5])
    (tmp_path / OWNER_FILE).write_bytes(b"1")  # as a kill leaves it
    with pytest.raises(KvUnreadable, match="is damaged"):
        async with open_guild_logs(tmp_path, GuildLogLimits(map_bytes=1 << 30), clock):
            raise AssertionError


async def test_a_large_value_that_was_made_smaller_in_one_commit_is_no_damage(
    tmp_path: Path, clock: DrivenClock
) -> None:
    """LMDB leaves it the pages that it had."""
    async with open_kv(tmp_path, LIMITS, clock) as kv:
        await kv.guild(GUILD).store("s").set("key", b"x" * 20_000)
        with kv.environment.handle.begin(write=True) as transaction:
            for size in (100_000, 3_000):
                transaction.put(b"large", b"x" * size, db=kv.environment.databases.meta)
    assert await complaint(tmp_path) == ""
