"""`kv.*` as a script calls it, on a real store."""

import base64
from typing import Any

import pytest

from actors.operations.kv import register_kv
from actors.ops import OpTable, ScopeRule
from storage.kv import KeyValueStore
from tests.actors.operations.conftest import OTHER_GUILD, Ask, DrivenClock, NoScopes, Script, refusal

PLACE = {"store": "scores", "key": "anna"}


@pytest.fixture
def table(kv: KeyValueStore) -> OpTable:
    registered = OpTable()
    register_kv(registered, kv)
    return registered


@pytest.mark.parametrize("value", [None, 0, -1.5, "", "ä\n\u2028😀", [], {"a": [1, {"b": None}]}, True])
async def test_any_json_comes_back_as_it_was(ask: Ask, value: Any) -> None:
    written = await ask("kv.set", **PLACE, value=value)
    found = await ask("kv.get", **PLACE)
    assert written == {"ok": True, "written": True, "version": found["version"]}
    assert found == {"value": value, "metadata": None, "expiration": None, "version": written["version"]}


async def test_bytes_come_back_as_bytes(ask: Ask) -> None:
    told = base64.b64encode(bytes(range(256))).decode()
    await ask("kv.set", **PLACE, bytes=told)
    assert (await ask("kv.get", **PLACE))["bytes"] == told


async def test_metadata_and_expiry_come_with_the_value_and_with_the_listing(ask: Ask, clock: DrivenClock) -> None:
    await ask("kv.set", **PLACE, value=1, metadata={"by": "me"}, ttl=60)
    found = await ask("kv.get", **PLACE)
    assert found["metadata"] == {"by": "me"}
    assert found["expiration"] == clock.now + 60
    (listed,) = (await ask("kv.list", store="scores"))["keys"]
    assert listed == {"name": "anna", **{key: found[key] for key in ("metadata", "expiration", "version")}}
    await ask("kv.updateMetadata", **PLACE, metadata=None)
    assert (await ask("kv.get", **PLACE))["metadata"] is None
    clock.now += 61
    assert await ask("kv.get", **PLACE) is None
    assert await ask("kv.has", **PLACE) is False


async def test_an_absolute_expiration_is_in_seconds(ask: Ask, clock: DrivenClock) -> None:
    await ask("kv.set", **PLACE, value=1, expiration=clock.now + 1.5)
    assert (await ask("kv.get", **PLACE))["expiration"] == clock.now + 1.5
    assert await refusal(ask("kv.set", **PLACE, value=1, expiration=clock.now - 1)) == "KV_INVALID_EXPIRY"


async def test_a_guild_reaches_its_own_data_only(ask: Ask) -> None:
    await ask("kv.set", **PLACE, value="mine")
    assert await ask("kv.get", guild=OTHER_GUILD, **PLACE) is None
    assert await ask("kv.stores", guild=OTHER_GUILD) == []
    await ask("kv.clear", guild=OTHER_GUILD, store="scores")
    assert (await ask("kv.get", **PLACE))["value"] == "mine"
    assert await refusal(ask("kv.get", **PLACE, guildId="7")) == "BAD_ARGUMENTS"


async def test_compare_and_set_and_set_if_absent_say_whether_they_did(ask: Ask) -> None:
    first = await ask("kv.setIfAbsent", **PLACE, value=1)
    assert first["ok"]
    assert await ask("kv.setIfAbsent", **PLACE, value=2) == {"ok": False, "written": False, "version": first["version"]}
    second = await ask("kv.compareAndSet", **PLACE, value=3, version=first["version"])
    assert second["ok"]
    assert await ask("kv.compareAndSet", **PLACE, value=4, version=first["version"]) == {
        "ok": False,
        "written": False,
        "version": second["version"],
    }
    assert not (await ask("kv.set", **PLACE, value=4, ifVersion=first["version"]))["written"]
    assert (await ask("kv.set", **PLACE, value=3, ifVersion=second["version"]))["written"]
    assert (await ask("kv.get", **PLACE))["value"] == 3
    assert await refusal(ask("kv.compareAndSet", **PLACE, value=4, version=-1)) == "KV_INVALID_NUMBER"


async def test_increment_counts_and_delete_says_what_was_there(ask: Ask) -> None:
    assert (await ask("kv.increment", **PLACE))["value"] == 1
    assert (await ask("kv.increment", **PLACE, amount=-0.5))["value"] == 0.5
    assert await ask("kv.delete", **PLACE) == {"ok": True, "existed": True}
    assert await ask("kv.delete", **PLACE) == {"ok": True, "existed": False}
    await ask("kv.set", **PLACE, value="text")
    assert await refusal(ask("kv.increment", **PLACE)) == "KV_NOT_A_NUMBER"
    assert (await ask("kv.delete", **PLACE, version=1 << 40))["ok"] is False


async def test_a_transaction_is_all_or_nothing_across_stores(ask: Ask) -> None:
    version = (await ask("kv.set", **PLACE, value=10))["version"]
    parts = [
        {"type": "increment", **PLACE, "amount": -3},
        {"type": "set", "store": "log", "key": "1", "value": {"paid": 3}},
        {"type": "delete", "store": "log", "key": "0"},
        {"type": "updateMetadata", **PLACE, "metadata": [1]},
    ]
    done = await ask("kv.transact", checks=[{**PLACE, "version": version}], mutations=parts)
    assert done["ok"]
    assert done["results"][0]["value"] == 7
    assert done["results"][2] == {"ok": True, "existed": False}
    again = await ask("kv.transact", checks=[{**PLACE, "version": version}], mutations=parts)
    assert again["ok"] is False
    assert again["check"] == 0
    assert (await ask("kv.get", **PLACE))["value"] == 7
    assert [one["name"] for one in await ask("kv.stores")] == ["log", "scores"]


async def test_pages_go_on_where_they_ended(ask: Ask) -> None:
    for number in range(7):
        await ask("kv.set", store="s", key=f"user:{number}", value=number)
    await ask("kv.set", store="s", key="other", value=0)
    seen: list[str] = []
    cursor = None
    while True:
        page = await ask("kv.list", store="s", prefix="user:", limit=3, cursor=cursor)
        seen += [one["name"] for one in page["keys"]]
        cursor = page["cursor"]
        assert page["listComplete"] == (cursor is None)
        if cursor is None:
            break
    assert seen == [f"user:{number}" for number in range(7)]
    found = await ask("kv.getMany", store="s", keys=["user:3", "none", "user:1"])
    assert [one and one["value"] for one in found] == [3, None, 1]
    assert await ask("kv.count", store="s") == {"count": 8}
    assert await ask("kv.clear", store="s") == 8


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("kv.get", {"store": "s", "key": ""}, "KV_INVALID_KEY"),
        ("kv.get", {"store": "s", "key": "a\0b"}, "KV_INVALID_KEY"),
        ("kv.get", {"store": "s", "key": "k" * 513}, "KV_KEY_TOO_LONG"),
        ("kv.get", {"store": "s" * 65, "key": "k"}, "KV_INVALID_STORE_NAME"),
        ("kv.get", {"store": "", "key": "k"}, "KV_INVALID_STORE_NAME"),
        ("kv.get", {"store": "s"}, "BAD_ARGUMENTS"),
        ("kv.get", {"store": "s", "key": 5}, "BAD_ARGUMENTS"),
        ("kv.set", {**PLACE}, "KV_INVALID_VALUE"),
        ("kv.set", {**PLACE, "value": 1, "bytes": "AA=="}, "KV_INVALID_VALUE"),
        ("kv.set", {**PLACE, "bytes": "no base64!"}, "BAD_ARGUMENTS"),
        ("kv.set", {**PLACE, "value": "x" * (1 << 20)}, "KV_VALUE_TOO_LARGE"),
        ("kv.set", {**PLACE, "value": 1, "metadata": "m" * (10 << 20)}, "KV_METADATA_TOO_LARGE"),
        ("kv.set", {**PLACE, "value": 1, "ttl": -1}, "KV_INVALID_EXPIRY"),
        ("kv.set", {**PLACE, "value": 1, "ttl": 1, "expiration": 9e9}, "KV_INVALID_EXPIRY"),
        ("kv.updateMetadata", {**PLACE, "metadata": 1}, "KV_KEY_NOT_FOUND"),
        ("kv.increment", {**PLACE, "amount": 1e300}, "KV_INVALID_NUMBER"),
        ("kv.list", {"store": "s", "limit": 0}, "KV_INVALID_LIMIT"),
        ("kv.list", {"store": "s", "cursor": "made up"}, "KV_INVALID_CURSOR"),
        ("kv.transact", {"mutations": [{"type": "drop", **PLACE}]}, "BAD_ARGUMENTS"),
        (
            "kv.transact",
            {"checks": [{**PLACE, "version": 0}] * 1001},
            "KV_TOO_MANY_OPERATIONS",
        ),
        ("kv.getMany", {"store": "s", "keys": ["k"] * 1001}, "KV_TOO_MANY_OPERATIONS"),
        ("kv.drop", {}, "UNKNOWN_OP"),
    ],
)
async def test_bad_input_is_refused_by_name_and_writes_nothing(
    ask: Ask, name: str, arguments: dict[str, Any], code: str
) -> None:
    assert await refusal(ask(name, **arguments)) == code
    assert await ask("kv.stores") == []


async def test_half_a_surrogate_pair_is_refused_in_keys_and_values(table: OpTable, script: Script, ask: Ask) -> None:
    for body in (rb'{"store":"s","key":"\ud800","value":1}', rb'{"store":"s","key":"k","value":"\ud800"}'):
        assert await refusal(table.answer(NoScopes(), script, "kv.set", body)) in {"BAD_ARGUMENTS", "KV_INVALID_VALUE"}
    assert await ask("kv.stores") == []


async def test_every_row_acts_on_the_callers_guild_and_says_its_refusals(table: OpTable) -> None:  # noqa: ASYNC124 -- its fixture is async
    rows = [op for op in table if op.name.startswith("kv.")]
    assert len(rows) == 14
    for op in rows:
        assert op.scope is ScopeRule.OWN_GUILD
        assert op.doc.endswith(".")
        assert all(code.startswith("KV_") for code in op.errors)
