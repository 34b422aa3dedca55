"""Each resource beside deployments: what it answers, and what it refuses."""

import json
from typing import Any

import pytest

from gateway.interactions_endpoint import InteractionsEndpoint
from storage.ids import guild_id
from tests.api.conftest import GUILD, World

KV = f"/api/kv/{GUILD}"


async def test_health_needs_nobody_and_readiness_says_why_not(world: World) -> None:
    assert (await world.ask("GET", "/api/health")).text == "ok"
    told = (await world.ask("GET", "/api/health/ready")).json()
    assert told["ready"]
    assert {one["name"] for one in told["checks"]} == {"database", "cache", "values", "workers"}


async def test_metrics_for_operators_and_their_secret(world: World) -> None:
    operator = await world.operator()
    for path in ("/metrics", "/api/metrics"):
        assert "flora_dispatch_success_total" in (await world.ask("GET", path, operator)).text
    assert 'flora_api_requests_total{status="2xx"} 2.0' in (await world.ask("GET", "/metrics", operator)).text
    assert (await world.ask("GET", "/api/metrics/json", operator)).json()["isolate_count"] == 2


async def test_values_are_written_read_listed_and_deleted(world: World) -> None:
    token = await world.token()
    path = f"{KV}/a%20b/x%2Fy"

    written = await world.ask("PUT", path, token, json={"value": {"n": [1]}, "metadata": {"by": "me"}})
    read = (await world.ask("GET", path, token)).json()
    keys = (await world.ask("GET", f"{KV}/a%20b?prefix=x", token)).json()
    stores = (await world.ask("GET", f"/api/kv/stores?guild_id={GUILD}", token)).json()

    assert written.json() == {"success": True, "version": read["version"]}
    assert (read["value"], read["metadata"]) == ({"n": [1]}, {"by": "me"})
    assert [one["name"] for one in keys["keys"]] == ["x/y"]
    assert keys["listComplete"] is True
    assert [(one["store_name"], one["keys"]) for one in stores] == [("a b", 1)]
    assert (await world.ask("DELETE", path, token)).status_code == 204
    assert (await world.ask("GET", path, token)).json() == {"value": None}
    assert (await world.ask("DELETE", f"/api/kv/stores/{GUILD}/a%20b", token)).status_code in {204, 404}
    assert (await world.ask("DELETE", f"/api/kv/stores/{GUILD}/none", token)).status_code == 404


async def test_versions_numbers_and_metadata(world: World) -> None:
    token = await world.token()
    path = f"{KV}/s/count"

    first = await world.ask("POST", f"{path}/increment", token)
    second = await world.ask("POST", f"{path}/increment", token, json={"by": 2})
    stale = await world.ask("PUT", path, token, json={"value": 0, "if_version": first.json()["version"]})
    fresh = await world.ask("PUT", path, token, json={"value": 0, "if_version": second.json()["version"]})
    taken = await world.ask("PUT", path, token, json={"value": 0, "if_version": "0"})
    described = await world.ask("PUT", f"{path}/metadata", token, json={"metadata": {"a": 1}})
    missing = await world.ask("PUT", f"{KV}/s/none/metadata", token, json={"metadata": 1})
    text = await world.ask("PUT", f"{KV}/s/text", token, json={"value": "x", "ttl": 60})
    added = await world.ask("POST", f"{KV}/s/text/increment", token)

    assert (first.json()["value"], second.json()["value"]) == (1, 3)
    assert (stale.status_code, stale.json()["code"]) == (409, "kv_version_mismatch")
    assert (fresh.status_code, taken.status_code, described.status_code) == (200, 409, 200)
    assert (missing.status_code, missing.json()["code"]) == (404, "kv_key_not_found")
    assert text.status_code == 200
    assert (added.status_code, added.json()["code"]) == (422, "kv_not_a_number")


async def test_all_of_a_guilds_data_goes_out_and_in(world: World) -> None:
    token = await world.token()
    for key in ("a", "b"):
        await world.ask("PUT", f"{KV}/s/{key}", token, json={"value": key})

    exported = await world.ask("GET", f"/api/kv/export/{GUILD}", token)
    headers = {"content-type": "application/x-ndjson"}
    refused = await world.ask("POST", f"/api/kv/import/{GUILD}", token, content=exported.content, headers=headers)
    await world.ask("PUT", f"{KV}/s/c", token, json={"value": "later"})
    path = f"/api/kv/import/{GUILD}?replace=true"
    cut = await world.ask("POST", path, token, content=exported.content[:-20], headers=headers)
    taken = await world.ask("POST", path, token, content=exported.content, headers=headers)

    assert [json.loads(line).get("key") for line in exported.text.splitlines()] == [None, "a", "b", None]
    assert (refused.status_code, refused.json()["code"]) == (409, "kv_guild_not_empty")
    assert (cut.status_code, cut.json()["code"]) == (422, "kv_import_refused")
    assert taken.json() == {"entries": 2, "expired": 0}
    assert [one["name"] for one in (await world.ask("GET", f"{KV}/s", token)).json()["keys"]] == ["a", "b"]


async def test_a_cursor_of_another_store_or_guild_is_refused(world: World) -> None:
    token, operator = await world.token(), await world.operator()
    for key in ("a", "b"):
        await world.ask("PUT", f"{KV}/s/{key}", token, json={"value": 1})
    cursor = (await world.ask("GET", f"{KV}/s?limit=1", token)).json()["cursor"]

    for path in (f"{KV}/t", "/api/kv/7/s", f"{KV}/s?prefix=a"):
        told = await world.ask(
            "GET", path, operator, params={"cursor": cursor, **({"prefix": "a"} if "?" in path else {})}
        )
        assert (told.status_code, told.json()["code"]) == (422, "kv_invalid_cursor"), path


async def test_secrets_are_kept_and_never_given_back(world: World) -> None:
    token = await world.token()
    path = f"/api/secrets/{GUILD}"

    put = await world.ask("PUT", f"{path}/KEY", token, json={"value": "hush-hush", "allowed_hosts": ["API.example"]})
    wrong = await world.ask("PUT", f"{path}/KEY", token, json={"value": "x", "allowed_hosts": ["https://a/b"]})

    assert put.json() == {"name": "KEY", "allowed_hosts": ["api.example"]}
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")
    listed = await world.ask("GET", path, token)
    assert listed.json() == [{"name": "KEY", "allowed_hosts": ["api.example"]}]
    audit = await world.ask("GET", f"/api/audit/{GUILD}", token)
    assert "hush" not in listed.text + audit.text + put.text
    assert (await world.ask("DELETE", f"{path}/KEY", token)).status_code == 204
    assert (await world.ask("DELETE", f"{path}/KEY", token)).status_code == 404


async def test_variables(world: World) -> None:
    token = await world.token()
    path = f"/api/vars/{GUILD}"

    assert (await world.ask("PUT", f"{path}/COLOUR", token, json={"value": "blue"})).status_code == 200
    assert (await world.ask("GET", path, token)).json() == [{"name": "COLOUR", "value": "blue"}]
    assert (await world.ask("DELETE", f"{path}/COLOUR", token)).status_code == 204
    assert (await world.ask("DELETE", f"{path}/COLOUR", token)).status_code == 404


async def test_crons_are_run_paused_and_resumed(world: World) -> None:
    token = await world.token()
    await world.deploy(token, """globalThis.registers = '{"crons":[{"name":"a b","schedule":"0 5 * * *"}]}';""")
    path = f"/api/cron/{GUILD}/a%20b"

    started = await world.ask("POST", f"{path}/run", token)
    history = (await world.ask("GET", f"{path}/history", token)).json()
    assert started.json()["run_id"] == history[0]["id"]
    assert (await world.ask("POST", f"{path}/pause", token)).status_code == 200
    assert (await world.ask("GET", f"/api/cron/{GUILD}", token)).json()[0]["paused"]
    assert (await world.ask("POST", f"{path}/resume", token)).status_code == 200
    for verb in ("run", "pause", "resume"):
        assert (await world.ask("POST", f"/api/cron/{GUILD}/none/{verb}", token)).status_code == 404
    assert (await world.ask("GET", f"/api/cron/{GUILD}/none/history", token)).status_code == 404
    assert (await world.ask("GET", f"/api/timers/{GUILD}", token)).json() == []
    assert (await world.ask("DELETE", f"/api/timers/{GUILD}/none", token)).status_code == 404


async def test_workers_placement_and_moving(world: World) -> None:
    operator = await world.operator()
    await world.deploy(operator)

    workers = (await world.ask("GET", "/api/workers", operator)).json()
    first = workers[0]["worker"]
    assert (await world.ask("GET", "/api/placement", operator)).json() == [
        {"guild": str(GUILD), "worker": first, "phase": "live"}
    ]
    moved = await world.ask("POST", f"/api/guilds/{GUILD}/migrate", operator, json={"worker": workers[1]["worker"]})
    assert moved.status_code == 200
    assert (await world.ask("POST", f"/api/workers/{first}/drain", operator)).status_code == 200
    assert (await world.ask("POST", "/api/workers", operator)).json() == {"worker": "3"}
    assert (await world.ask("DELETE", f"/api/workers/{first}", operator)).status_code == 204
    for wrong in ("99", "x"):
        told = await world.ask("POST", f"/api/guilds/{GUILD}/migrate", operator, json={"worker": wrong})
        assert (told.status_code, told.json()["code"]) == (404, "unknown_worker")
    assert [one[0] for one in world.fake.asked] == ["migrate", "drain", "remove"]


async def test_what_concerns_no_guild_is_for_operators_to_read(world: World) -> None:
    operator, ada = await world.operator(), await world.token()
    made = (await world.ask("POST", "/api/tokens", ada, json={"label": "CI"})).json()
    await world.ask("POST", "/api/workers", operator)
    await world.deploy(ada)

    entries = (await world.ask("GET", "/api/audit", operator)).json()
    second = await world.ask("GET", "/api/audit", operator, params={"limit": 1, "cursor": entries[0]["id"]})

    assert [(one["action"], one["target"]) for one in entries] == [
        ("worker.add", "3"),
        ("token.create", made["token_id"]),
    ]
    assert second.json() == entries[1:]
    assert (await world.ask("GET", "/api/audit", ada)).status_code == 403


async def test_usage_stands_beside_its_limits(world: World) -> None:
    token = await world.token()
    await world.deploy(token)
    await world.ask("PUT", f"{KV}/s/k", token, json={"value": 1})

    used = (await world.ask("GET", f"/api/guilds/{GUILD}/usage", token)).json()

    assert (used["cpu_ms"], used["events"], used["drops"], used["rest_calls"]) == (2.5, {"ok": 3}, {"backlog": 1}, 1)
    assert 0 < used["kv_bytes"] < used["limits"]["kv_bytes"]


@pytest.mark.parametrize(
    "guild", ["0", str(2**64 - 1), str(2**64), str(2**63), "-1", "abc", "1e3", "%F0%9F%8C%BC", "9" * 400]
)
async def test_what_is_no_guild_is_refused_everywhere(world: World, guild: str) -> None:
    operator = await world.operator()
    for path in ("/api/deployments/{}", "/api/kv/{}/s", "/api/logs/{}", "/api/guilds/{}/usage", "/api/cron/{}"):
        told = await world.ask("GET", path.format(guild), operator)
        assert (told.status_code, told.json()["code"]) == (400, "bad_guild"), path
    for path in (f"/api/kv/stores?guild_id={guild}", f"/logs?guild={guild}"):
        assert (await world.ask("GET", path, operator)).status_code == 400, path


def test_the_largest_guild_is_one() -> None:
    assert guild_id(2**63 - 1)


async def test_interactions_over_http_are_signed(opener: Any) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw().hex()
    endpoint = InteractionsEndpoint(public, lambda _body: None, lambda _events: None, lambda: 1_000.0)
    body = b'{"type":1}'
    signed = {"x-signature-timestamp": "1000", "x-signature-ed25519": key.sign(b"1000" + body).hex()}
    json_type = {"content-type": "application/json"}
    async with opener({}, interactions=endpoint) as world:
        path = "/api/interactions"
        good = await world.ask("POST", path, content=body, headers=signed | json_type)
        forged = await world.ask("POST", path, content=b'{"type":2}', headers=signed | json_type)

    assert (good.status_code, good.json()) == (200, {"type": 1})
    assert (forged.status_code, forged.json()["code"]) == (401, "bad_interaction")
