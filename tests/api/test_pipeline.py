"""What every request goes through: shapes of refusals, limits of bodies, headers, compression, and no stack traces."""

import gzip
import io
import json
from dataclasses import replace
from typing import Any

import pytest
import trio

from actors.daemon_log import daemon_log
from api import asked
from api.table import Router
from tests.api.conftest import GUILD, World

PUT = f"/api/kv/{GUILD}/s/k"


@pytest.mark.parametrize(
    ("method", "path", "more", "status", "code"),
    [
        ("GET", "/api/none", {}, 404, "no_route"),
        ("GET", "/x", {}, 404, "no_route"),
        ("GET", "/api/kv//s", {}, 404, "no_route"),
        ("GET", "/api/health/", {}, 404, "no_route"),
        ("PATCH", "/api/tokens", {}, 405, "method_not_allowed"),
        ("PUT", PUT, {"content": b"{}", "headers": {"content-type": "text/plain"}}, 415, "unsupported_media_type"),
        ("PUT", PUT, {"content": b"{", "headers": {"content-type": "application/json"}}, 400, "bad_json"),
        ("PUT", PUT, {"content": b"\xff", "headers": {"content-type": "application/json"}}, 400, "bad_json"),
        ("PUT", PUT, {"content": b"[" * 100_000, "headers": {"content-type": "application/json"}}, 422, "invalid"),
        ("PUT", PUT, {"json": {}}, 422, "invalid"),
        ("PUT", PUT, {"json": {"value": 1, "ttl": "x"}}, 422, "invalid"),
        ("PUT", PUT, {"json": {"value": 1, "ttl": -1}}, 422, "kv_invalid_expiry"),
        ("PUT", PUT, {"json": {"value": "x" * 1_100_000}}, 413, "kv_value_too_large"),
        ("PUT", f"/api/kv/{GUILD}/s/{'k' * 600}", {"json": {"value": 1}}, 422, "kv_key_too_long"),
        ("PUT", f"/api/kv/{GUILD}/%00/k", {"json": {"value": 1}}, 422, "kv_invalid_store_name"),
        ("GET", f"/api/kv/{GUILD}/s/%ff", {}, 400, "bad_path"),
        ("GET", f"/api/kv/{GUILD}/s?limit=0", {}, 422, "kv_invalid_limit"),
        ("GET", f"/api/kv/{GUILD}/s?limit=x", {}, 422, "invalid"),
        ("GET", f"/api/kv/{GUILD}/s?nonsense=1", {}, 422, "invalid"),
        ("GET", f"/api/logs/{GUILD}?level=loud", {}, 422, "invalid"),
        ("GET", f"/api/logs/{GUILD}?since=yesterday", {}, 422, "invalid"),
        ("GET", f"/api/logs/{GUILD}?since=1e999", {}, 422, "invalid"),
        ("GET", f"/api/logs/{GUILD}?since={'9' * 30}", {}, 422, "invalid"),
        ("GET", f"/api/deployments/{GUILD}/revisions/x", {}, 400, "bad_id"),
        ("GET", f"/api/deployments/{GUILD}/revisions/{2**63}", {}, 400, "bad_id"),
        ("GET", f"/api/deployments/{GUILD}/revisions/99", {}, 404, "not_found"),
        ("POST", f"/api/deployments/{GUILD}/rollback/99", {}, 404, "not_found"),
        ("POST", f"/api/deployments/{GUILD}", {"json": {"entry": "a.ts"}}, 422, "invalid"),
        ("POST", f"/api/deployments/{GUILD}", {"json": {"entry": " ", "bundle": "x"}}, 422, "invalid"),
        ("POST", f"/api/deployments/{GUILD}", {"json": {"entry": "a", "bundle": " "}}, 422, "invalid"),
        ("POST", f"/api/deployments/{GUILD}", {"json": {"entry": "a", "build_id": "x"}}, 404, "not_found"),
        ("GET", "/" + "x" * 9_000, {}, 414, "uri_too_long"),
    ],
)
async def test_every_refusal_has_one_shape(
    world: World, method: str, path: str, more: dict[str, Any], status: int, code: str
) -> None:
    told = await world.ask(method, path, await world.token(), **more)

    assert (told.status_code, told.json().get("code")) == (status, code), told.text
    body = told.json()
    assert told.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance", "code", "message", "request_id"} <= set(body)
    assert body["message"].startswith(body["title"])
    assert body["request_id"] == told.headers["x-request-id"]
    assert "Traceback" not in told.text


async def test_a_wrong_field_is_named_by_its_path(world: World) -> None:
    body = {"entry": "a.ts", "files": [{"path": "a.ts", "contents": "x"}, {"path": "b.ts", "contents": 7}]}

    told = await world.ask("POST", f"/api/deployments/{GUILD}", await world.token(), json=body)

    assert told.status_code == 422
    assert told.json()["errors"][0]["path"] == "files[1].contents"


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(world: World) -> None:
    token = await world.token()
    head = (
        f"PUT {PUT} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n"
        f"content-length: {9 * 1024 * 1024}\r\n\r\n"
    )

    stream = await trio.open_tcp_stream("127.0.0.1", int(world.url.rpartition(":")[2]))
    async with stream:
        await stream.send_all(head.encode())
        answer = bytes(await stream.receive_some())

    assert answer.startswith(b"HTTP/1.1 413")


async def test_a_body_without_a_length_is_counted_as_it_comes(world: World) -> None:
    async def endless() -> Any:  # noqa: ASYNC124  as a body is
        for _ in range(300):
            yield b"x" * 64 * 1024

    headers = {"content-type": "application/json"}
    told = await world.ask("PUT", PUT, await world.token(), content=endless(), headers=headers)

    assert (told.status_code, told.json()["code"]) == (413, "too_large")


async def test_a_body_that_is_cut_off_or_does_not_come_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "BODY_S", 0.05)
    token = await world.token()
    head = (
        f"PUT {PUT} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n"
        'content-length: 100\r\n\r\n{"value": 1'
    )
    port = int(world.url.rpartition(":")[2])
    async with await trio.open_tcp_stream("127.0.0.1", port) as cut:
        await cut.send_all(head.encode())
    async with await trio.open_tcp_stream("127.0.0.1", port) as slow:
        await slow.send_all(head.encode())
        answer = bytes(await slow.receive_some())

    assert answer.startswith(b"HTTP/1.1 408")
    assert (await world.ask("GET", PUT, token)).json() == {"value": None}


async def test_proxies_are_believed_when_they_are_ours(opener: Any) -> None:
    async with opener({"API_TRUSTED_PROXIES": "127.0.0.0/8,10.0.0.0/8"}) as world:
        world.api.app.authenticator.refused.most = 1
        forwarded = {"x-forwarded-for": "6.6.6.6, 203.0.113.9, 10.1.1.1"}
        codes = [
            (await world.ask("GET", "/api/auth/me", "flora_guess", headers=headers)).status_code
            for headers in (
                forwarded,
                forwarded,
                {"x-forwarded-for": "203.0.113.10"},
                {"x-forwarded-for": "6.6.6.6, x"},
            )
        ]

    assert codes == [401, 429, 401, 401]


async def test_who_forwards_for_himself_is_not_believed(world: World) -> None:
    world.api.app.authenticator.refused.most = 1
    codes = [
        (await world.ask("GET", "/api/auth/me", "flora_guess", headers={"x-forwarded-for": f"203.0.113.{number}"}))
        for number in range(2)
    ]

    assert [told.status_code for told in codes] == [401, 429]


async def test_other_origins_only_when_they_are_named(opener: Any) -> None:
    ours, theirs = {"origin": "https://panel.example"}, {"origin": "https://evil.example"}
    async with opener({"API_ALLOWED_ORIGINS": "https://panel.example"}) as world:
        good = await world.ask("GET", "/api/health", headers=ours)
        bad = await world.ask("GET", "/api/health", headers=theirs)
        asked = await world.ask("OPTIONS", "/api/tokens", headers=ours)
        refused = await world.ask("OPTIONS", "/api/tokens", headers=theirs)

    assert good.headers["access-control-allow-origin"] == "https://panel.example"
    assert "access-control-allow-origin" not in bad.headers
    assert (asked.status_code, "POST" in asked.headers["access-control-allow-methods"]) == (204, True)
    assert "access-control-allow-methods" not in refused.headers


async def test_nothing_is_read_of_who_may_not_send_it(world: World) -> None:
    """10 MB from a stranger are refused by their caller, not by their size."""
    told = await world.ask("PUT", PUT, None, content=b"x" * 3_000_000, headers={"content-type": "application/json"})

    assert (told.status_code, told.json()["code"]) == (401, "login_required")


async def test_headers_for_safety_are_on_every_answer(world: World) -> None:
    for path in ("/api/health", "/api/none", "/api-docs"):
        headers = (await world.ask("GET", path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


async def test_long_answers_are_compressed_for_who_asks(world: World) -> None:
    plain = await world.ask("GET", "/api/openapi.json", headers={"accept-encoding": "identity"})
    packed = await world.ask("GET", "/api/openapi.json", headers={"accept-encoding": "gzip"})

    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(gzip.compress(plain.content, 5, mtime=0))
    assert packed.json() == plain.json()


async def test_head_is_get_without_its_body(world: World) -> None:
    told = await world.client.head("/api/health")

    assert (told.status_code, told.content, told.headers["content-length"]) == (200, b"", "2")


async def test_what_takes_too_long_is_given_up(world: World) -> None:
    given_up = trio.Event()

    async def forever(*_: Any) -> Any:
        try:
            await trio.sleep_forever()
        finally:
            given_up.set()

    world.kv.stores = forever  # type: ignore[assignment, method-assign]
    world.api.app.router = Router([replace(route, timeout_s=0.05) for route in world.api.app.router.routes])
    told = await world.ask("GET", f"/api/kv/stores?guild_id={GUILD}", await world.token())

    assert (told.status_code, told.json()["code"]) == (504, "timeout")
    assert told.headers["content-type"] == "application/problem+json"
    assert given_up.is_set()


async def test_tags_and_origins_are_both_said_to_vary(opener: Any) -> None:
    asked_by = {"origin": "https://panel.example", "accept-encoding": "gzip"}
    async with opener({"API_ALLOWED_ORIGINS": "https://panel.example"}) as world:
        told = await world.ask("GET", "/api/openapi.json", headers=asked_by)

    assert {one.strip() for one in told.headers["vary"].split(",")} == {"Origin", "Accept-Encoding"}


async def test_a_bug_is_told_to_the_log_and_not_to_the_caller(world: World, caplog: pytest.LogCaptureFixture) -> None:
    async def broken(*_: Any) -> Any:  # noqa: ASYNC124  as its original is
        raise ZeroDivisionError("s3cret")

    world.kv.stores = broken  # type: ignore[assignment, method-assign]
    told = await world.ask("GET", f"/api/kv/stores?guild_id={GUILD}", await world.token())

    assert (told.status_code, told.json()["code"]) == (500, "internal")
    assert told.json()["message"] == "Internal server error"
    assert "s3cret" not in told.text
    assert told.json()["request_id"] in caplog.text


async def test_what_a_request_did_is_found_in_the_log_by_its_id(world: World) -> None:
    out = io.StringIO()
    with daemon_log("debug", stream=out, json_lines=True):
        told = await world.deploy(await world.token())

    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    said = [line["message"] for line in lines if line.get("request") == told.headers["x-request-id"]]
    assert any("runs revision" in one for one in said)
    assert f"POST /api/deployments/{GUILD} answered 200" in said


async def test_a_connection_is_closed_when_it_is_asked_to_be(world: World) -> None:
    stream = await trio.open_tcp_stream("127.0.0.1", int(world.url.rpartition(":")[2]))
    async with stream:
        await stream.send_all(b"GET /api/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        received = b"".join([bytes(piece) async for piece in stream])

    assert received.endswith(b"ok")
