"""Exports, imports and snapshots: whole or not at all."""

import json
from functools import partial
from pathlib import Path

import pytest
import trio

from storage.kv import KeyValueStore, KvLimits, RawJson, open_kv
from storage.kv.check import check_path
from storage.kv.environment import DATA_FILE
from storage.kv.errors import GuildNotEmpty, ImportRefused, KvUnreadable, SnapshotRefused, StaleEpoch
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
    await guild.store("🌸").set("as it stands", RawJson(b'{\n "large": 123456789012345678901234567890, "e": 1E5 }'))
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

    assert (await export_guild(kv, GUILD, tmp_path / "export")).entries == 4
    assert (await import_guild(kv, 77, tmp_path / "export")).entries == 4
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
    assert (transferred.entries, transferred.expired) == (3, 2)


def entry(**fields: object) -> str:
    return json.dumps({"store": "a", "key": "k", "json": 1} | fields)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "Line 1: It should count the entries, as the last one does, but is missing"),
        (["not json"], "Line 1: It is not what an export writes: "),
        (["[]"], "Line 1: It is not what an export writes: Expected `object`, got `array`"),
        (['{"format":"other"}'], 'Line 1: It does not say {"format":"flora-kv","version":1}'),
        ([HEADER], "Line 2: It should count the entries, as the last one does, but is missing"),
        ([HEADER, '{"entries":1}'], "Line 2: It counts 1 entries, and there are 0"),
        ([HEADER, '{"entries":0}', "more"], "Line 2: It should be the last one, and something follows"),
        ([HEADER, entry(), "{"], "Line 3: It is not what an export writes: Input data was truncated"),
        ([HEADER, '{"store":"a","json":1}'], "Line 2: It needs a store, a key, and json or bytes"),
        ([HEADER, '{"store":"a","key":"k"}'], "Line 2: It needs a store, a key, and json or bytes"),
        ([HEADER, entry(bytes="aGk=")], "Line 2: It needs a store, a key, and json or bytes"),
        ([HEADER, entry(key="")], "Line 2: A key is empty"),
        ([HEADER, entry(key="\0")], "Line 2: A key holds NUL"),
        (
            [HEADER, entry(key="\ud800")],
            "Line 2: It is not what an export writes: a text in it holds half a surrogate pair",
        ),
        (
            [HEADER, entry(json="\ud800")],
            "Line 2: It is not what an export writes: a text in it holds half a surrogate pair",
        ),
        (
            [HEADER, entry(store=7)],
            "Line 2: It is not what an export writes: Expected `str | null`, got `int` - at `$.store`",
        ),
        ([HEADER, '{"store":"a","key":"k","bytes":"?"}'], "Line 2: It is not what an export writes: Invalid base64"),
        ([HEADER, '{"store":"a","key":"k","json":NaN}'], "Line 2: It is not what an export writes: "),
        ([HEADER, entry(expires_ms="soon")], "Expected `int | null`, got `str` - at `$.expires_ms`"),
        ([HEADER, entry(expires_ms=True)], "Expected `int | null`, got `bool` - at `$.expires_ms`"),
        ([HEADER, entry(expires_ms=10**17)], "Line 2: 100000000000000.0 lies beyond the year 9999"),
        ([HEADER, entry(metadata="x" * 20_000)], "Line 2: Metadata has 20002 bytes of JSON, more than 16384"),
        ([HEADER, entry(json="x" * 2_000_000)], "Line 2: A value has 2000002 bytes, more than 1048576"),
        ([HEADER, entry(json="x" * 9_000_000)], "Line 2: It is longer than any that an export writes"),
        ([HEADER, '{"store":"a","key":"k","json":' + "[" * 5_000 + "]" * 5_000 + "}"], "nested too deeply"),
    ],
)
async def test_an_import_that_is_not_an_export_changes_nothing(
    kv: KeyValueStore, tmp_path: Path, lines: list[str], why: str
) -> None:
    await fill(kv)
    before = await contents(kv, GUILD)
    (tmp_path / "export").write_text("\n".join(lines))

    with pytest.raises(ImportRefused) as refused:
        await import_guild(kv, GUILD, tmp_path / "export", replace=True)
    assert why in str(refused.value)
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


async def test_an_import_of_nothing_empties_a_guild_and_keeps_its_epoch(kv: KeyValueStore, tmp_path: Path) -> None:
    await export_guild(kv, 2, tmp_path / "nothing")
    await kv.guild(GUILD, epoch=2).store("a").set("k", 1)

    await import_guild(kv, GUILD, tmp_path / "nothing", replace=True, epoch=2)

    assert await contents(kv, GUILD) == []
    with pytest.raises(StaleEpoch):
        await kv.guild(GUILD, epoch=1).store("a").set("k", 1)


async def test_two_imports_into_one_guild_never_mix(kv: KeyValueStore, tmp_path: Path) -> None:
    """Whoever comes last has the guild, and all of it."""
    for name in ("left", "right"):
        for number in range(500):
            await kv.guild(2).store("a").set(f"{number}", name)
        await export_guild(kv, 2, tmp_path / name)
        await kv.guild(2).store("a").clear()

    async with trio.open_nursery() as nursery:
        for name in ("left", "right"):
            nursery.start_soon(partial(import_guild, kv, GUILD, tmp_path / name, replace=True))

    store = kv.guild(GUILD).store("a")
    found = await store.get_many([f"{number}" for number in range(500)])
    assert len({entry.value for entry in found if entry is not None}) == 1
    assert await store.count() == 500
