"""Exports, imports and snapshots: whole or not at all."""

import json
from pathlib import Path

import pytest
import trio

from storage.kv import KeyValueStore, KvLimits, open_kv
from storage.kv.check import check_path
from storage.kv.environment import DATA_FILE
from storage.kv.errors import GuildNotEmpty, ImportRefused, KvUnreadable, SnapshotRefused
from storage.kv.keys import encode_guild, staged_guild
from storage.kv.snapshot import restore_snapshot, write_snapshot
from storage.kv.transfer import export_guild, import_guild
from tests.storage.kv.conftest import GUILD, LIMITS, DrivenClock, problems

HEADER = '{"format":"flora-kv","version":1}'


async def fill(kv: KeyValueStore) -> None:
    guild = kv.guild(GUILD)
    await guild.store("a").set("json", {"x": [1, "é"]}, metadata={"by": "me"})
    await guild.store("a").set("k" * 512, b"\x00\xff", ttl=60)
    await guild.store("🌸").set("null", None)
    await guild.store("a").set("gone", 1, ttl=1)
    await kv.guild(2).store("a").set("other", 1)


async def contents(kv: KeyValueStore, guild: int) -> list[object]:
    found: list[object] = []
    for info in await kv.stores(guild):
        store = kv.guild(guild).store(info.name)
        for key in (await store.list_keys()).keys:
            entry = await store.get(key.key)
            assert entry is not None
            found.append((info.name, key.key, entry.value, entry.metadata, entry.expires_at))
    return found


async def test_an_export_comes_back_as_it_was(kv: KeyValueStore, clock: DrivenClock, tmp_path: Path) -> None:
    await fill(kv)
    clock.advance(2)

    assert (await export_guild(kv, GUILD, tmp_path / "export")).entries == 3
    assert (await import_guild(kv, 77, tmp_path / "export")).entries == 3
    assert await contents(kv, 77) == await contents(kv, GUILD)
    assert json.loads((tmp_path / "export").read_text().splitlines()[0])["guild"] == str(GUILD)
    await kv.sweep()


async def test_an_import_takes_the_place_of_what_was_there(kv: KeyValueStore, tmp_path: Path) -> None:
    await fill(kv)
    await export_guild(kv, 2, tmp_path / "export")

    with pytest.raises(GuildNotEmpty):
        await import_guild(kv, GUILD, tmp_path / "export")
    await import_guild(kv, GUILD, tmp_path / "export", replace=True)
    assert [info.name for info in await kv.stores(GUILD)] == ["a"]
    assert await kv.guild(GUILD).store("a").count() == 1
    await kv.sweep()
    assert (await kv.usage(GUILD)).size == (await kv.usage(2)).size


async def test_entries_that_expired_meanwhile_are_left_out(
    kv: KeyValueStore, clock: DrivenClock, tmp_path: Path
) -> None:
    await fill(kv)
    await export_guild(kv, GUILD, tmp_path / "export")
    clock.advance(100)

    transferred = await import_guild(kv, 77, tmp_path / "export")
    assert (transferred.entries, transferred.expired) == (2, 2)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["not json"],
        ["[]"],
        ['{"format":"other"}'],
        [HEADER],
        [HEADER, '{"entries":1}'],
        [HEADER, '{"entries":0}', "more"],
        [HEADER, '{"store":"a","key":"k","json":1}', "{"],
        [HEADER, '{"store":"a","json":1}', '{"entries":1}'],
        [HEADER, '{"store":"a","key":"k"}', '{"entries":1}'],
        [HEADER, '{"store":"a","key":"","json":1}', '{"entries":1}'],
        [HEADER, '{"store":7,"key":"k","json":1}', '{"entries":1}'],
        [HEADER, '{"store":"a","key":"k","bytes":"?"}', '{"entries":1}'],
        [HEADER, '{"store":"a","key":"k","json":NaN}', '{"entries":1}'],
        [HEADER, '{"store":"a","key":"k","json":1,"expires_ms":"soon"}', '{"entries":1}'],
        [HEADER, json.dumps({"store": "a", "key": "k", "json": "x" * 2_000_000}), '{"entries":1}'],
        [HEADER, json.dumps({"store": "a", "key": "k", "json": "x" * 9_000_000}), '{"entries":1}'],
    ],
)
async def test_an_import_that_is_not_an_export_changes_nothing(
    kv: KeyValueStore, tmp_path: Path, lines: list[str]
) -> None:
    await fill(kv)
    before = await contents(kv, GUILD)
    (tmp_path / "export").write_text("\n".join(lines))

    with pytest.raises(ImportRefused):
        await import_guild(kv, GUILD, tmp_path / "export", replace=True)
    assert await contents(kv, GUILD) == before
    await kv.sweep()


async def test_an_import_that_was_killed_half_way_leaves_nothing(tmp_path: Path, clock: DrivenClock) -> None:
    async with open_kv(tmp_path / "kv", LIMITS, clock) as kv:
        await kv.write_as(staged_guild(encode_guild(GUILD)), [kv.operations.put("a", "k", 1)])
    async with open_kv(tmp_path / "kv", LIMITS, clock) as kv:
        await kv.sweep()
        await kv.checkpoint()
        with kv.environment.read() as transaction:
            assert transaction.stat(kv.environment.databases.guilds)["entries"] == 0
            assert transaction.stat(kv.environment.databases.entries)["entries"] == 0


async def test_a_snapshot_taken_under_load_is_one_moment(kv: KeyValueStore, tmp_path: Path, clock: DrivenClock) -> None:
    guild, make = kv.guild(GUILD), kv.operations
    with trio.CancelScope() as scope:
        async with trio.open_nursery() as nursery:

            async def write() -> None:
                while True:
                    await guild.transact([], [make.increment("s", "left"), make.increment("t", "right")])

            nursery.start_soon(write)
            for number in range(3):
                await guild.store("s").set("before", number)
                await write_snapshot(kv, tmp_path / f"snapshot{number}")
            scope.cancel()

    for number in range(3):
        target = tmp_path / f"restored{number}"
        restore_snapshot(tmp_path / f"snapshot{number}", target)
        async with open_kv(target, LIMITS, clock) as restored:
            pair = [
                await restored.guild(GUILD).store(*where).get(key)
                for where, key in ((("s",), "left"), (("t",), "right"))
            ]
            left, right = (entry.value if entry else None for entry in pair)
            assert left == right
            before = await restored.guild(GUILD).store("s").get("before")
            assert before is not None
            assert before.value == number
            assert await problems(restored) == []


async def test_a_restore_is_refused_over_data_unless_told(
    kv: KeyValueStore, tmp_path: Path, clock: DrivenClock
) -> None:
    await fill(kv)
    await write_snapshot(kv, tmp_path / "snapshot")
    with pytest.raises(SnapshotRefused):
        await write_snapshot(kv, tmp_path / "snapshot")
    target = tmp_path / "target"
    async with open_kv(target, LIMITS, clock) as other:
        await other.guild(5).store("s").set("newer", 1)

    with pytest.raises(SnapshotRefused, match="replaced"):
        restore_snapshot(tmp_path / "snapshot", target)
    restore_snapshot(tmp_path / "snapshot", target, replace=True)
    async with open_kv(target, LIMITS, clock) as other:
        assert await other.stores(5) == []
        assert len(await other.stores(GUILD)) == 2


async def test_a_damaged_snapshot_is_not_restored(kv: KeyValueStore, tmp_path: Path) -> None:
    await fill(kv)
    await write_snapshot(kv, tmp_path / "snapshot")
    file = tmp_path / "snapshot" / DATA_FILE
    file.write_bytes(file.read_bytes()[:8_192])

    with pytest.raises(KvUnreadable):
        restore_snapshot(tmp_path / "snapshot", tmp_path / "target")
    assert not (tmp_path / "target").exists()
    with pytest.raises(KvUnreadable):
        check_path(tmp_path / "nothing")


def test_limits_are_the_documented_ones() -> None:
    limits = KvLimits()
    mib = 1024 * 1024
    assert (limits.value_bytes, limits.store_bytes, limits.guild_bytes) == (mib, 100 * mib, 500 * mib)
    assert (limits.page_keys, limits.default_page_keys, limits.store_name_bytes) == (1_000, 100, 64)
