"""Every route of the table: each success and each refusal that it promises, and what all of their kind share.

The play goes from top to bottom, in one guild; what a step needs was done by one before it. `test_nothing_is_left_out`
names routes and refusals that no step shows.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import trio

from actors.isolate.isolate import Run
from actors.outcomes import RunOutcome
from api.access import OF_GUILDS, P
from api.documents import ASSETS
from api.route_page import described_routes
from gateway.discord_api import DiscordAwayError
from storage.errors import StorageUnavailable
from storage.records import Timer
from tests.api.conftest import BOB, GUILD, OTHER, World

ROUTES = described_routes()

CRON = """globalThis.registers = '{"events":["x"],"crons":[{"name":"tick","schedule":"0 5 * * *"}]}';\n"""
NDJSON = {"content-type": "application/x-ndjson"}
STREAMS = {"GET /api/logs/{guild}/stream", "GET /logs/stream"}
"""They never end: tests/api/test_streams.py."""
ELSEWHERE = {
    ("GET /api/auth/login", 303),  # these of logins in test_login
    ("GET /api/auth/callback", 303),
    ("GET /api/auth/callback", 401),
    ("POST /api/auth/logout", 204),
    ("POST /api/auth/command", 200),  # test_command_login
    ("GET /api/auth/command/{request}", 200),
    ("POST /api/auth/command/{request}/answer", 200),
    ("POST /api/auth/command/{request}/answer", 404),
    ("POST /api/auth/command-token", 200),
    ("POST /api/auth/command-token", 409),
    ("POST /api/interactions", 200),  # test_resources
    ("POST /api/interactions", 401),
    ("POST /api/builds", 429),  # test_builds
    ("POST /api/workers", 409),  # tests/actors
    ("POST /api/guilds/{guild}/migrate", 409),
}
"""Shown by other tests."""
AWAY = {502, 503}
"""When Discord or a store does not answer: `test_what_is_away_is_said_everywhere`."""


@dataclass(frozen=True)
class Step:
    """`route` as the table has it; the names in its braces are filled from `names`."""

    route: str
    status: int = 200
    code: str = ""
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    more: Mapping[str, Any] = field(default_factory=dict[str, Any])


def step(route: str, status: int = 200, code: str = "", /, names: Mapping[str, str] | None = None, **more: Any) -> Step:
    return Step(route, status, code, names or {}, more)


def deployed(source: str) -> dict[str, Any]:
    return {"entry": "main.ts", "files": [{"path": "main.ts", "contents": source}]}


def project() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("main.ts", CRON)
    return buffer.getvalue()


def form(**fields: str) -> dict[str, Any]:
    return {
        "data": {"guild_id": str(GUILD), "entry": "main.ts", **fields},
        "files": {"project_zip": ("p.zip", project())},
    }


ONE, KEY, TICK = "/api/deployments/{guild}", "/api/kv/{guild}/{store}/{key}", "/api/cron/{guild}/{name}"
PLAY = [
    step("GET /api/health"),
    step("GET /api/health/ready"),
    step("GET /metrics"),
    step("GET /api/metrics"),
    step("GET /api/metrics/json"),
    *(step(f"GET {page}") for page in ASSETS),
    step("GET /api-docs/openapi.json"),
    step("GET /api/openapi.json"),
    step("GET /api/auth/me"),
    step("GET /api/auth/login", 404, "login_unavailable"),
    step("GET /api/auth/callback", 404, "login_unavailable"),
    step("POST /api/auth/logout", 400, "no_session"),
    step("POST /api/interactions", 404, "no_interactions", content=b"{}", headers={"content-type": "application/json"}),
    step("POST /api/auth/command", 404, "login_unavailable", json={"port": 1, "challenge": "x" * 43, "name": "n"}),
    step("GET /api/auth/command/{request}", 404, "not_found"),
    step("POST /api/auth/command/{request}/answer", 403, "session_needed", json={"allow": True}),
    step("POST /api/auth/command-token", 401, "login_refused", json={"code": "x", "verifier": "y"}),
    # tokens
    step("POST /api/tokens", json={"label": "CI", "scopes": ["deploy"]}),
    step("POST /api/tokens", 400, "bad_id", json={"guilds": ["x"]}),
    step("GET /api/tokens"),
    step("DELETE /api/tokens/{token_id}", 204, names={"token_id": "$token_id"}),
    step("DELETE /api/tokens/{token_id}", 404, "not_found", names={"token_id": "$token_id"}),
    step("DELETE /api/tokens/{token_id}", 400, "bad_id", names={"token_id": "x"}),
    # deployments
    step(f"GET {ONE}", 404, "not_found"),
    step(f"GET {ONE}/diff", 404, "not_found"),
    *(step(f"POST {ONE}/{verb}", 404, "not_deployed") for verb in ("pause", "resume", "restart")),
    step(f"DELETE {ONE}", 404, "not_found"),
    step(f"POST {ONE}", json=deployed(CRON)),
    step(f"POST {ONE}", 400, "script_failed", json=deployed('globalThis.fails = "no";')),
    step(f"POST {ONE}", 400, "bundle_refused", json=deployed("import './none';")),
    step(f"POST {ONE}", 404, "not_found", json={"entry": "main.ts", "build_id": "none"}),
    step(f"POST {ONE}", 422, "invalid", json={"entry": "main.ts"}),
    step(f"POST {ONE}", 400, "bad_source", json=deployed(CRON), headers={"x-flora-deploy-source": "moon"}),
    step(f"POST {ONE}", 400, "bad_idempotency_key", json=deployed(CRON), headers={"idempotency-key": "x" * 201}),
    step(f"GET {ONE}"),
    step("GET /api/deployments"),
    step("GET /api/deployments", 400, "bad_id", params={"cursor": "x"}),
    step(f"GET {ONE}/history"),
    step(f"GET {ONE}/revisions/{{revision}}", names={"revision": "$revision"}),
    step(f"GET {ONE}/revisions/{{revision}}", 404, "not_found", names={"revision": "999"}),
    step(f"GET {ONE}/diff"),
    step(f"POST {ONE}/rollback/{{revision}}", names={"revision": "$revision"}),
    step(f"POST {ONE}/rollback/{{revision}}", 404, "not_found", names={"revision": "999"}),
    step(f"POST {ONE}/pause", json={"reason": "why"}),
    step(f"POST {ONE}/resume"),
    step(f"POST {ONE}/restart"),
    # builds
    step("POST /api/builds", **form()),
    step("POST /api/builds", 400, "bad_id", **form(guild_id="x")),
    step("POST /api/builds", 422, "invalid", **form(entry=" ")),
    step("GET /api/builds/{build}/logs", names={"build": "$build_id"}),
    step("GET /api/builds/{build}", names={"build": "$build_id"}),
    step("GET /api/builds/{build}/logs", 404, "not_found", names={"build": "none"}),
    step("GET /api/builds/{build}", 404, "not_found", names={"build": "none"}),
    # logs
    step("GET /api/logs/{guild}"),
    step("GET /api/logs/{guild}", 422, "invalid", params={"level": "loud"}),
    step("GET /logs", params={"guild": str(GUILD)}),
    step("GET /logs", 400, "bad_id", params={"guild": "x"}),
    # key-value data
    step("POST /api/kv/stores", json={"guild_id": str(GUILD), "store_name": "s"}),
    step(f"PUT {KEY}", json={"value": 1}),
    step(f"PUT {KEY}", 409, "kv_version_mismatch", json={"value": 2, "if_version": "0"}),
    step(f"GET {KEY}"),
    step(f"POST {KEY}/increment", json={"by": 2}),
    step(f"PUT {KEY}/metadata", json={"metadata": {"a": 1}}),
    step(f"PUT {KEY}/metadata", 404, "kv_key_not_found", names={"key": "none"}, json={"metadata": 1}),
    step("GET /api/kv/{guild}/{store}"),
    step("GET /api/kv/stores", params={"guild_id": str(GUILD)}),
    step("GET /api/kv/export/{guild}"),
    step("POST /api/kv/export/{guild}"),
    step("POST /api/kv/import/{guild}", 409, "kv_guild_not_empty", content="$export", headers=NDJSON),
    step("POST /api/kv/import/{guild}", content="$export", headers=NDJSON, params={"replace": "true"}),
    step(
        "POST /api/kv/import/{guild}", 422, "kv_import_refused", content=b"x\n", headers=NDJSON, params={"replace": "1"}
    ),
    step(f"DELETE {KEY}", 204),
    step("DELETE /api/kv/stores/{guild}/{store}", 404, "not_found", names={"store": "none"}),
    step(f"PUT {KEY}", json={"value": 1}),
    step("DELETE /api/kv/stores/{guild}/{store}", 204),
    # secrets and variables
    step("PUT /api/secrets/{guild}/{name}", json={"value": "hush", "allowed_hosts": ["a.example"]}),
    step("GET /api/secrets/{guild}"),
    step("DELETE /api/secrets/{guild}/{name}", 204),
    step("DELETE /api/secrets/{guild}/{name}", 404, "not_found"),
    step("PUT /api/vars/{guild}/{name}", json={"value": "blue"}),
    step("GET /api/vars/{guild}"),
    step("DELETE /api/vars/{guild}/{name}", 204),
    step("DELETE /api/vars/{guild}/{name}", 404, "not_found"),
    # crons and timers
    step("GET /api/cron/{guild}"),
    step(f"POST {TICK}/run", names={"name": "tick"}),
    step(f"GET {TICK}/history", names={"name": "tick"}),
    step(f"POST {TICK}/pause", names={"name": "tick"}),
    step(f"POST {TICK}/resume", names={"name": "tick"}),
    *(step(f"POST {TICK}/{verb}", 404, "not_found", names={"name": "none"}) for verb in ("run", "pause", "resume")),
    step(f"GET {TICK}/history", 404, "not_found", names={"name": "none"}),
    step("GET /api/timers/{guild}"),
    step("DELETE /api/timers/{guild}/{name}", 204, names={"name": "later"}),
    step("DELETE /api/timers/{guild}/{name}", 404, "not_found", names={"name": "later"}),
    # guilds and workers
    step("GET /api/guilds"),
    step("GET /api/guilds/{guild}/usage"),
    step("GET /api/audit/{guild}"),
    step("GET /api/audit"),
    step("GET /api/workers"),
    step("GET /api/placement"),
    step("POST /api/guilds/{guild}/migrate", json={"worker": "2"}),
    step("POST /api/guilds/{guild}/migrate", 404, "unknown_worker", json={"worker": "9"}),
    step("POST /api/workers"),
    step("POST /api/workers/{worker}/drain", names={"worker": "2"}),
    step("POST /api/workers/{worker}/drain", 404, "unknown_worker", names={"worker": "9"}),
    step("DELETE /api/workers/{worker}", 204, names={"worker": "2"}),
    step("DELETE /api/workers/{worker}", 404, "unknown_worker", names={"worker": "2"}),
    step("DELETE /api/workers/{worker}", 204, names={"worker": "3"}),
    step("DELETE /api/workers/{worker}", 409, "last_worker", names={"worker": "1"}),
    step("POST /api/workers/{worker}/drain", 409, "last_worker", names={"worker": "1"}),
    step(f"DELETE {ONE}", 204),
]
"""`$name` stands for what an earlier answer said under this name."""
TAKEN = [
    step(f"POST {ONE}", 409, "deploy_in_progress", json=deployed(CRON), params={"wait": "false"}),
    step(f"POST {ONE}/rollback/{{revision}}", 409, "deploy_in_progress", params={"wait": "false"}),
    *(step(f"POST {ONE}/{verb}", 409, "deploy_in_progress") for verb in ("pause", "resume", "restart")),
    step(f"DELETE {ONE}", 409, "deploy_in_progress"),
]
"""While another deploy of the guild is under way, and as many wait as may."""
FULL = [
    step("POST /api/tokens", 409, "too_many_tokens", json={}),
    step("PUT /api/secrets/{guild}/{name}", 409, "too_many_secrets", json={"value": "x"}),
    step("PUT /api/vars/{guild}/{name}", 409, "too_many_variables", json={"value": "x"}),
    step(f"GET {KEY}", 409, "kv_bytes"),
    step(f"POST {TICK}/run", 409, "cron_running", names={"name": "tick"}),
]
"""When there is no room for one more, or what is there is of another kind."""


def filled(route: str, names: Mapping[str, str], known: Mapping[str, Any]) -> tuple[str, str]:
    method, _, path = route.partition(" ")
    usual = {"guild": str(GUILD), "store": "s", "key": "k", "name": "n", "worker": "9", "build": "b", "request": "r"}
    given = {name: str(known[value[1:]]) if value.startswith("$") else value for name, value in names.items()}
    return method, path.format_map({**usual, "revision": "1", "token_id": "999", **given})


async def test_every_route_as_it_is_told(world: World) -> None:
    world.api.app._rate.most = 10_000
    operator = await world.operator()
    known: dict[str, Any] = {}
    for one in PLAY:
        if one.route.startswith("DELETE /api/timers") and one.status == 204:
            later = Timer(GUILD, "later", datetime.now(UTC) + timedelta(hours=1))
            await world.api.app.parts.timers.schedule(later)
        method, path = filled(one.route, one.names, known)
        more = {name: known[value[1:]] if isinstance(value, str) and value.startswith("$") else value
                for name, value in one.more.items()}  # fmt: skip
        told = await world.ask(method, path, operator, **more)

        assert told.status_code == one.status, (one, told.text)
        assert one.status < 400 or told.json()["code"] == one.code, (one, told.text)
        if told.headers.get("content-type") == "application/json" and isinstance(told.json(), dict):
            known |= told.json()
        if "export" in path:
            known["export"] = told.content


async def test_what_is_refused_while_a_deploy_is_under_way(world: World) -> None:
    token = await world.token()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(world.deploy, token, "globalThis.waits = true;")
        await world.fake.loading.wait()
        for _ in range(8):
            nursery.start_soon(world.ask, "POST", f"/api/deployments/{GUILD}/restart", token)
        while world.api.deployer._turns[GUILD].users < 9:  # noqa: ASYNC110 -- no event says it
            await trio.sleep(0.01)
        for one in TAKEN:
            await _shown(world, token, one)
        world.fake.gate.set()


async def test_what_is_refused_when_there_is_no_room(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    token = await world.token()
    await world.deploy(token, CRON)
    few = replace(world.database.limits, tokens_per_user=1, secrets_per_guild=1, variables_per_guild=1)
    world.database.limits = few
    for kind in ("secrets", "vars"):
        await world.ask("PUT", f"/api/{kind}/{GUILD}/first", token, json={"value": "x"})
    await world.kv.guild(GUILD).store("s").set("k", b"\0\1")
    running = trio.Event()

    async def dispatch(*_: Any) -> Run:
        await running.wait()
        return Run(RunOutcome.OK)

    monkeypatch.setattr(world.fake, "dispatch", dispatch)
    assert (await world.ask("POST", f"/api/cron/{GUILD}/tick/run", token)).status_code == 200
    for one in FULL:
        await _shown(world, token, one)
    running.set()


async def _shown(world: World, token: str, one: Step) -> None:
    method, path = filled(one.route, one.names, {})
    told = await world.ask(method, path, token, **one.more)
    assert (told.status_code, told.json().get("code")) == (one.status, one.code), (one, told.text)


async def test_what_all_routes_of_a_kind_refuse(world: World) -> None:
    world.api.app._rate.most = 10_000
    operator, bob = await world.operator(), await world.token(BOB)
    port = int(world.url.rpartition(":")[2])
    for route in ROUTES:
        named = f"{route.method} {route.full_path}"
        method, path = filled(named, {}, {})
        odd = await world.ask("PATCH", path, operator)
        assert (odd.status_code, odd.json()["code"]) == (405, "method_not_allowed"), named
        assert route.method in odd.headers["allow"], named
        if "{guild}" in route.path and route.permission is not P.OPEN:
            for guild in ("0", "-1", "x", str(2**64 - 1), str(2**64)):
                told = await world.ask(method, path.replace(str(GUILD), guild), operator)
                assert (told.status_code, told.json()["code"]) == (400, "bad_guild"), named
        if route.query is not None and route.query.__struct_config__.forbid_unknown_fields:
            told = await world.ask(method, path, operator, params={"nonsense": "1"})
            assert (told.status_code, told.json()["code"]) == (422, "invalid"), named
            assert told.json()["errors"], named
        if route.body is not None:
            told = await world.ask(method, path, operator, content=b"x", headers={"content-type": "text/odd"})
            assert (told.status_code, told.json()["code"]) == (415, "unsupported_media_type"), named
            head = f"{method} {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {operator}\r\n"
            head += f"content-type: {route.body_types[0]}; boundary=x\r\ncontent-length: {1 << 30}\r\n\r\n"
            async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
                await stream.send_all(head.encode())
                assert b" 413 " in (await stream.receive_some())[:20], named
        if route.body is not None and route.body is not bytes:
            for text, status in ((b"{", 400), (b"[]", 422), (b'{"nonsense": 1}', 422)):
                told = await world.ask(
                    method, path, operator, content=text, headers={"content-type": "application/json"}
                )
                assert told.status_code == status, (named, text, told.text)
    elsewhere: list[tuple[str, dict[str, Any]]] = [
        ("GET /logs", {"params": {"guild": str(OTHER)}}),
        ("GET /logs/stream", {"params": {"guild": str(OTHER)}}),
        ("GET /api/kv/stores", {"params": {"guild_id": str(OTHER)}}),
        ("POST /api/kv/stores", {"json": {"guild_id": str(OTHER), "store_name": "s"}}),
        ("POST /api/builds", form(guild_id=str(OTHER))),
    ]
    for named, more in elsewhere:
        method, _, path = named.partition(" ")
        told = await world.ask(method, path, bob, **more)
        assert (told.status_code, told.json()["code"]) == (403, "guild_forbidden"), named


async def test_what_is_away_is_said_everywhere(world: World) -> None:
    """502 and 503: of every route that may answer them."""
    token = await world.token()
    path = f"/api/deployments/{GUILD}"

    async def away(*_: Any) -> Any:  # noqa: ASYNC124  as a Directory's
        raise DiscordAwayError("away")

    permissions, world.people.permissions = world.people.permissions, away  # type: ignore[method-assign, assignment]
    told = await world.ask("GET", path, token)
    assert (told.status_code, told.json()["code"]) == (502, "discord_failed")
    world.people.permissions = permissions  # type: ignore[method-assign]

    async def gone(*_: Any, **__: Any) -> Any:  # noqa: ASYNC124  as a Database's
        raise StorageUnavailable("gone")

    await world.ask("GET", path, token)  # the token is known for a moment
    world.database.run = gone  # type: ignore[method-assign]
    told = await world.ask("GET", path, token)
    assert (told.status_code, told.json()["code"]) == (503, "database_unavailable")
    assert told.headers["retry-after"] == "5"
    ready = await world.ask("GET", "/api/health/ready")
    assert ready.status_code == 503
    assert [one["name"] for one in ready.json()["checks"] if not one["ok"]] == ["database"]


def test_nothing_is_left_out() -> None:
    names = {f"{route.method} {route.full_path}" for route in ROUTES}
    shown = {(one.route, one.status) for one in (*PLAY, *TAKEN, *FULL)} | ELSEWHERE
    wanted = {
        (f"{route.method} {route.full_path}", status) for route in ROUTES for status in (route.status, *route.refuses)
    }

    assert {(name, status) for name, status in wanted - shown if name not in STREAMS and status not in AWAY} == set()
    assert {name for name, _status in shown} <= names


def test_a_route_asks_for_one_permission_and_names_a_guild_when_it_is_of_one() -> None:
    without = {f"{route.method} {route.path}" for route in ROUTES
               if route.permission in OF_GUILDS and "{guild}" not in route.path}  # fmt: skip

    assert without == {"POST /builds", "GET /builds/{build}", "GET /builds/{build}/logs", "GET /logs",
                       "GET /logs/stream", "GET /kv/stores", "POST /kv/stores"}  # fmt: skip
