"""Pages of keys: a prefix and a range in order, and cursors that neither repeat nor skip, nor serve elsewhere."""

import pytest

from storage.kv import KeyValueStore, Listing, StoreView
from storage.kv.errors import InvalidCursor, InvalidLimit
from tests.storage.kv.conftest import GUILD, DrivenClock


async def test_pages_follow_each_other_without_a_gap(store: StoreView) -> None:
    names = sorted((f"key:{n}" for n in range(25)), key=str.encode)
    for name in names:
        await store.set(name, 1, metadata=name)

    seen: list[str] = []
    page = await store.list_keys(limit=10)
    seen += [key.key for key in page.keys]
    while page.cursor:
        page = await store.list_keys(limit=10, cursor=page.cursor)
        seen += [key.key for key in page.keys]
    assert seen == names
    exact = await store.list_keys(limit=25)
    assert exact.complete
    assert exact.keys[0].metadata == names[0]


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        (Listing(prefix="b"), ["b", "b1", "b2"]),
        (Listing(prefix="b", reverse=True), ["b2", "b1", "b"]),
        (Listing(start="b1", end="c"), ["b1", "b2"]),
        (Listing(start="b1", end="c", reverse=True), ["b2", "b1"]),
        (Listing(prefix="b", end="b2"), ["b", "b1"]),
        (Listing(prefix="b", start="a"), ["b", "b1", "b2"]),
        (Listing(prefix="x"), []),
        (Listing(start="c", end="a"), []),
        (Listing(end="a"), []),
        (Listing(reverse=True), ["é", "c", "b2", "b1", "b", "a"]),
    ],
)
async def test_a_listing_is_a_prefix_and_a_range(store: StoreView, listing: Listing, expected: list[str]) -> None:
    for name in ("c", "b1", "a", "é", "b2", "b"):
        await store.set(name, 1)
    await store.guild.store("zz").set("b9", 1)

    seen: list[str] = []
    cursor = None
    while True:
        page = await store.list_keys(listing, limit=2, cursor=cursor)
        seen += [key.key for key in page.keys]
        if (cursor := page.cursor) is None:
            break
    assert seen == expected


async def test_a_listing_neither_repeats_nor_skips_while_others_write(store: StoreView) -> None:
    stays = [f"{n:03}" for n in range(0, 200, 2)]
    for name in stays:
        await store.set(name, 1)

    seen: list[str] = []
    cursor, number = None, 1
    while True:
        page = await store.list_keys(limit=7, cursor=cursor)
        seen += [key.key for key in page.keys]
        if (cursor := page.cursor) is None:
            break
        await store.delete(seen[-1])  # the very key that the cursor stands on
        await store.set(f"{number:03}", "new")
        number += 24
    assert len(seen) == len(set(seen))
    assert set(stays) <= set(seen)
    assert seen == sorted(seen)


async def test_a_page_looks_past_what_has_expired(store: StoreView, clock: DrivenClock) -> None:
    make = store.guild.port.operations
    for start in range(0, 900, 300):
        await store.guild.write([make.put("scores", f"{n:03}", 1, ttl=1) for n in range(start, start + 300)])
    await store.set("last", 1)
    clock.advance(2)

    page = await store.list_keys(limit=1)
    assert [key.key for key in page.keys] == ["last"]
    assert page.complete


@pytest.mark.parametrize("limit", [0, -1, 1_001, True])
async def test_a_page_has_between_1_and_1000_keys(store: StoreView, limit: int) -> None:
    with pytest.raises(InvalidLimit):
        await store.list_keys(limit=limit)


async def test_a_cursor_is_good_for_its_own_listing_only(kv: KeyValueStore, store: StoreView) -> None:
    for name in ("a", "b", "c"):
        await store.set(name, 1)
        await kv.guild(2).store("scores").set(name, 1)
    cursor = (await store.list_keys(limit=1)).cursor
    assert cursor is not None

    for made_up in ("", "nonsense", "é", "A" * 40, cursor[:-1], cursor[:-1] + "A", "=" + cursor):
        with pytest.raises(InvalidCursor):
            await store.list_keys(cursor=made_up)
    for elsewhere in (kv.guild(2).store("scores"), kv.guild(GUILD).store("other")):
        with pytest.raises(InvalidCursor):
            await elsewhere.list_keys(cursor=cursor)
    with pytest.raises(InvalidCursor):
        await store.list_keys(Listing(reverse=True), cursor=cursor)
