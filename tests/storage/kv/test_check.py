"""What `flora doctor` says of damaged key-value data: never nothing, and never with the process ended by it."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.kv import open_kv
from storage.kv.check import check_apart
from storage.kv.environment import DATA_FILE
from storage.kv.errors import KvUnreadable
from storage.kv.journal import BLOCK, JOURNAL_FILE
from tests.storage.kv.conftest import GUILD, LIMITS, DrivenClock

PAGE = 4_096


@pytest.fixture(name="folder")
async def _folder(tmp_path: Path, clock: DrivenClock) -> Path:
    """A thousand entries that LMDB has."""
    async with open_kv(tmp_path / "kv", LIMITS, clock) as kv:
        for start in range(0, 1_000, 500):
            puts = [kv.operations.put("s", f"{n}", "x" * 300, ttl=1_000) for n in range(start, start + 500)]
            await kv.write(GUILD, puts)
    return tmp_path / "kv"


async def test_whole_data_is_well(folder: Path) -> None:
    assert await check_apart(folder) == []


def _zeros(_page: bytes) -> bytes:
    return bytes(PAGE)


def _garbage(page: bytes) -> bytes:
    return random.Random(page).randbytes(PAGE)


@pytest.mark.parametrize("damage", [_zeros, _garbage])
async def test_a_damaged_page_is_named(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    """A page of zeros is what LMDB would end the process over."""
    file = folder / DATA_FILE
    whole = file.read_bytes()
    used = [page for page in range(2, len(whole) // PAGE) if b"xxxx" in whole[page * PAGE : (page + 1) * PAGE]]
    page = used[len(used) // 2] * PAGE
    file.write_bytes(whole[:page] + damage(whole[page : page + PAGE]) + whole[page + PAGE :])

    try:
        found = await check_apart(folder)
    except KvUnreadable as error:
        found = [str(error)]
    assert found
    assert file.read_bytes()[page : page + PAGE] == damage(whole[page : page + PAGE])


async def test_a_journal_that_is_missing_or_damaged_is_named(tmp_path: Path, clock: DrivenClock, folder: Path) -> None:
    async with open_kv(folder, LIMITS, clock) as kv:
        for number in range(3):
            await kv.guild(GUILD).store("s").set("key", number)
        copy = tmp_path / "copy"
        copy.mkdir()
        for name in (DATA_FILE, JOURNAL_FILE):  # as a kill would leave them
            (copy / name).write_bytes((folder / name).read_bytes())
    assert await check_apart(copy) == []
    journal = bytearray((copy / JOURNAL_FILE).read_bytes())
    journal[BLOCK + 40] ^= 1
    (copy / JOURNAL_FILE).write_bytes(journal)
    with pytest.raises(KvUnreadable, match=f"{JOURNAL_FILE} is damaged at byte {BLOCK}"):
        await check_apart(copy)
    (copy / JOURNAL_FILE).unlink()
    with pytest.raises(KvUnreadable, match=f"of its {JOURNAL_FILE} are there"):
        await check_apart(copy)
