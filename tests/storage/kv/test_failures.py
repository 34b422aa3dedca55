"""When the disk, the folder or the file is not as it should be: a clear message, and nothing half-written."""

import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trio

from storage.kv import KeyValueStore, KvLimits, open_kv
from storage.kv.check import check_path
from storage.kv.environment import DATA_FILE
from storage.kv.errors import (
    GuildQuotaExceeded,
    KvCannotOpen,
    KvInUse,
    KvUnreadable,
    KvUnwritable,
    StorageFull,
    StoreQuotaExceeded,
)
from storage.kv.limits import ENTRY_OVERHEAD, MIB
from storage.kv.operations import Written
from tests.storage.kv.conftest import GUILD, LIMITS, DrivenClock, problems


@contextmanager
def small_disk(folder: Path) -> Generator[KvLimits]:
    """A tmpfs of 6 MiB; where this user may not mount one, a map of that size, which fills up too."""
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder], check=False).returncode == 0
    try:
        yield LIMITS if mounted else KvLimits(map_bytes=6 * MIB, journal_bytes=1 * MIB)
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)


def make_read_only(folder: Path) -> None:
    """The mount, or (for a user whom folder modes hold back) the folder."""
    if subprocess.run(["mount", "-o", "remount,ro", folder], check=False).returncode != 0:
        folder.chmod(0o500)


async def test_a_full_disk_refuses_what_does_not_fit_and_nothing_else(tmp_path: Path, clock: DrivenClock) -> None:
    with small_disk(tmp_path / "disk") as limits:
        async with open_kv(tmp_path / "disk", limits, clock) as kv:
            store = kv.guild(GUILD).store("s")
            written: list[str] = []

            async def fill() -> None:
                for number in range(100):
                    await store.set(f"{number}", b"x" * 500_000)
                    written.append(f"{number}")

            with pytest.raises(StorageFull):
                await fill()
            assert 3 <= len(written) < 100
            assert await store.count() == len(written)
            assert await problems(kv) == []
            with pytest.raises(StorageFull):
                await kv.checkpoint()
            assert kv.statistics().is_behind

            await store.delete(written[0])
            await store.delete(written[1])
            await store.set("small", 1)
            assert await problems(kv) == []
        async with open_kv(tmp_path / "disk", limits, clock) as kv:
            assert await kv.guild(GUILD).store("s").count() == len(written) - 1


async def test_on_a_full_disk_a_small_write_passes_beside_a_large_one(tmp_path: Path, clock: DrivenClock) -> None:
    with small_disk(tmp_path / "disk") as limits:
        async with open_kv(tmp_path / "disk", limits, clock) as kv:
            large: list[object] = []
            small: list[object] = []

            async def write(into: list[object], name: str, value: object) -> None:
                into.extend(await kv.guild(GUILD).write([kv.operations.put("s", name, value)]))

            async with trio.open_nursery() as nursery:
                for number in range(20):
                    nursery.start_soon(write, large, f"large{number}", b"x" * 900_000)
                    nursery.start_soon(write, small, f"small{number}", number)
            assert any(isinstance(outcome, StorageFull) for outcome in large)
            assert any(isinstance(outcome, Written) for outcome in large)
            assert any(isinstance(outcome, Written) for outcome in small)
            assert await problems(kv) == []


async def test_the_quota_of_a_store_is_exact(tmp_path: Path, clock: DrivenClock) -> None:
    limits = KvLimits(map_bytes=1 << 30, store_bytes=2 * (1 + 100 + ENTRY_OVERHEAD), guild_bytes=10_000)
    async with open_kv(tmp_path, limits, clock) as kv:
        store = kv.guild(GUILD).store("s")
        await store.set("a", b"x" * 100)
        await store.set("b", b"x" * 100)

        for refused in (store.set("c", b""), store.set("a", b"x" * 101), store.update_metadata("a", 1)):
            with pytest.raises(StoreQuotaExceeded):
                await refused
        with pytest.raises(StoreQuotaExceeded):
            await kv.guild(GUILD).transact([], [kv.operations.put("t", "a", 1), kv.operations.put("s", "c", 1)])
        await store.set("a", b"y" * 100)
        await store.set("a", b"y" * 99)
        assert [info.name for info in await kv.stores(GUILD)] == ["s"]
        assert await problems(kv) == []


async def test_the_quota_of_a_guild_counts_all_stores_and_what_is_not_swept(tmp_path: Path, clock: DrivenClock) -> None:
    limits = KvLimits(map_bytes=1 << 30, guild_bytes=2 * (1 + 100 + ENTRY_OVERHEAD))
    async with open_kv(tmp_path, limits, clock) as kv:
        guild = kv.guild(GUILD)
        await guild.store("s").set("a", b"x" * 100)
        await guild.store("t").set("a", b"x" * 100)
        with pytest.raises(GuildQuotaExceeded):
            await guild.store("u").set("a", b"")
        await kv.guild(2).store("u").set("a", b"x" * 100)

        await guild.store("s").clear()
        await kv.sweep()
        await guild.store("u").set("a", b"x" * 100)
        assert await problems(kv) == []


async def _some_data(folder: Path, clock: DrivenClock) -> None:
    async with open_kv(folder, LIMITS, clock) as kv:
        for start in range(0, 1_000, 500):
            puts = [kv.operations.put("s", f"{n}", "x" * 300) for n in range(start, start + 500)]
            await kv.write(GUILD, puts)


@pytest.mark.parametrize("damage", ["garbage", "cut", "empty pages", "another format"])
async def test_a_damaged_file_is_refused_by_name_and_left_alone(
    tmp_path: Path, clock: DrivenClock, damage: str
) -> None:
    await _some_data(tmp_path, clock)
    file = tmp_path / DATA_FILE
    whole = file.read_bytes()
    damaged = {
        "garbage": b"not a database" * 5_000,
        "cut": whole[: len(whole) // 2],
        "empty pages": bytes(len(whole)),
        "another format": whole.replace(b"format1", b"format9"),
    }[damage]
    assert damaged != whole
    file.write_bytes(damaged)

    with pytest.raises(KvUnreadable, match=str(tmp_path)):
        async with open_kv(tmp_path, LIMITS, clock):
            raise AssertionError
    assert file.read_bytes() == damaged


async def test_a_folder_that_cannot_be_written_is_refused_by_name(tmp_path: Path, clock: DrivenClock) -> None:
    folder = Path("/sys/flora-kv")  # not writable for anybody, root included

    with pytest.raises(KvUnwritable, match="/sys/flora-kv"):
        async with open_kv(folder, LIMITS, clock):
            raise AssertionError


async def test_a_folder_that_is_a_file_is_refused_by_name(tmp_path: Path, clock: DrivenClock) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(KvCannotOpen, match="file"):
        async with open_kv(tmp_path / "file", LIMITS, clock):
            raise AssertionError


async def test_data_on_a_disk_that_became_read_only_is_refused(tmp_path: Path, clock: DrivenClock) -> None:
    with small_disk(tmp_path / "disk") as limits:
        async with open_kv(tmp_path / "disk", limits, clock) as kv:
            await kv.guild(GUILD).store("s").set("key", 1)
        make_read_only(tmp_path / "disk")
        with pytest.raises(KvUnwritable):
            async with open_kv(tmp_path / "disk", limits, clock):
                raise AssertionError


async def test_a_second_owner_is_refused(kv: KeyValueStore, clock: DrivenClock) -> None:
    with pytest.raises(KvInUse, match="already"):
        async with open_kv(kv.path, LIMITS, clock):
            raise AssertionError


async def test_the_checker_sees_a_counter_an_index_and_a_value_that_are_wrong(
    tmp_path: Path, clock: DrivenClock
) -> None:
    async with open_kv(tmp_path, LIMITS, clock) as kv:
        await kv.guild(GUILD).store("s").set("key", {"a": 1}, ttl=60)
        await kv.checkpoint()
        databases = kv.environment.databases
        with kv.environment.handle.begin(write=True) as transaction:
            cursor = transaction.cursor(databases.entries)
            assert cursor.first()
            placed, record = cursor.item()
            transaction.put(placed, record[:-2], db=databases.entries)
            transaction.put(placed + b"2", record, db=databases.entries)
            transaction.put(b"\0" * 8, placed, db=databases.expiry)
        found = "\n".join(await problems(kv))
    for words in ("is torn", "index names", "index lacks", "counts", "guild"):
        assert words in found
    assert check_path(tmp_path) != []
