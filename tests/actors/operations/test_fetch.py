"""fetch: where it may go, what it may carry, and what a script never reads."""

import base64
import gzip
import ipaddress
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import trio

from actors.egress import Egress, EgressRules, Resolve, is_public, open_egress
from actors.operations.fetch import register_fetch
from actors.operations.secrets import register_secrets, register_variables
from actors.ops import OpRefusedError, OpTable
from actors.vault import GuildSecrets, Vault, placeholder_of
from storage.confidential import Secret
from storage.encryption import KeyRing
from storage.ids import GuildId
from storage.postgres.database import Database
from storage.postgres.secret_put import NewSecret, put_secret
from storage.postgres.variables import put_variable
from storage.records import OpenSecret
from tests.actors.operations.conftest import GUILD, OTHER_GUILD, Ask, NoScopes, Script, asker, refusal

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
KEY = OpenSecret("1b4e28ba-2fa1-11d2-883f-0016d3cca427", "KEY", Secret('s3cr+t/"&é'), ["api.test"])
FREE = OpenSecret("1b4e28ba-2fa1-11d2-883f-0016d3cca428", "FREE", Secret("anywhere-1"), [])
MARK, FREE_MARK = placeholder_of(KEY), placeholder_of(FREE)


class FixedVault(Vault):
    """Two secrets of one guild."""

    def __init__(self) -> None:
        pass

    async def of_guild(self, guild: GuildId) -> GuildSecrets:
        return GuildSecrets({MARK: KEY, FREE_MARK: FREE} if guild == GUILD else {})


@dataclass
class Server:
    """Answers each request as `answer` says, and remembers what it was sent."""

    port: int = 0
    heads: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    answer: Callable[[bytes, bytes], bytes] = lambda _head, _body: ok(b"hello")
    hang: bool = False
    most: int = 0
    now: int = 0

    async def serve(self, stream: trio.SocketStream) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            data = b""
            while b"\r\n\r\n" not in data:
                more = await stream.receive_some()
                if not more:
                    return
                data += more
            head, _, body = data.partition(b"\r\n\r\n")
            length = next(
                (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
            )
            while len(body) < length:
                body += await stream.receive_some()
            self.heads.append(head)
            self.bodies.append(body)
            if self.hang:
                await trio.sleep_forever()
            await stream.send_all(self.answer(head, body))
        except trio.BrokenResourceError:
            pass
        finally:
            self.now -= 1
            with trio.CancelScope(shield=True, deadline=trio.current_time() + 1):
                await stream.aclose()


def ok(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", "connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def to_loopback(_host: str, port: int) -> Any:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


@pytest.fixture
async def server(nursery: trio.Nursery) -> Server:
    made = Server()
    listeners: list[trio.SocketListener] = await nursery.start(trio.serve_tcp, made.serve, 0)
    made.port = listeners[0].socket.getsockname()[1]
    return made


@asynccontextmanager
async def asking(script: Script, rules: EgressRules, resolve: Resolve) -> AsyncGenerator[tuple[Egress, Ask]]:
    table = OpTable()
    async with open_egress(FixedVault(), rules, resolve=resolve) as egress:
        register_fetch(table, egress)
        yield egress, asker(table, script)


@pytest.fixture
async def ask(script: Script) -> AsyncGenerator[Ask]:
    async with asking(script, EgressRules(allowed_networks=LOOPBACK, seconds=30), to_loopback) as (_egress, ask):
        yield ask


def text(answer: Any) -> str:
    return base64.b64decode(answer["body"]).decode()


async def test_a_request_goes_out_and_its_answer_comes_back(ask: Ask, server: Server) -> None:
    server.answer = lambda _head, _body: ok(b"hi", "x-a: 1", status="201 Made")
    url = f"http://api.test:{server.port}/a%20b?q=1"
    body = base64.b64encode(b"\0\xff").decode()
    answer = await ask("fetch", url=url, method="post", headers=[["X-Mine", "yes"], ["Host", "evil"]], body=body)
    assert (answer["status"], answer["statusText"], text(answer)) == (201, "Made", "hi")
    assert (answer["url"], answer["redirected"]) == (url, False)
    assert ["x-a", "1"] in answer["headers"]
    head = server.heads[0].decode().lower()
    assert head.startswith("post /a%20b?q=1 http/1.1")
    assert "x-mine: yes" in head
    assert f"host: api.test:{server.port}" in head
    assert "evil" not in head
    assert server.bodies == [b"\0\xff"]


async def test_a_secret_is_put_in_where_it_may_go_and_redacted_however_it_comes_back(ask: Ask, server: Server) -> None:
    value = KEY.value.reveal()

    def echo(head: bytes, body: bytes) -> bytes:
        coded = base64.b64encode(value.encode())
        return ok(head + b"|" + body + b"|" + coded + b"|" + value.encode(), f"x-echo: {FREE.value.reveal()}")

    server.answer = echo
    body = base64.b64encode(f'{{"key":"{MARK}"}}'.encode()).decode()
    answer = await ask(
        "fetch",
        url=f"http://api.test:{server.port}/?k={MARK}",
        method="POST",
        headers=[["authorization", f"Bearer {FREE_MARK}"], ["content-type", "application/json"]],
        body=body,
    )
    assert b"k=s3cr%2Bt%2F%22%26%C3%A9" in server.heads[0]
    assert b"Bearer anywhere-1" in server.heads[0]
    assert server.bodies[0] == b'{"key":"s3cr+t/\\"&\\u00e9"}'
    shown = text(answer) + repr(answer["headers"])
    for written in (value, "s3cr", FREE.value.reveal(), base64.b64encode(value.encode()).decode().rstrip("=")):
        assert written not in shown
    assert shown.count(MARK) >= 4
    assert answer["url"].endswith(MARK)


async def test_basic_authentication_has_its_secret_inside_base64(ask: Ask, server: Server) -> None:
    server.answer = lambda head, _body: ok(head, "x-echo: " + base64.urlsafe_b64encode(b"ab" + b"anywhere-1").decode())
    url = f"http://api.test:{server.port}/"
    credentials = base64.b64encode(f"ann:{FREE_MARK}:{MARK}".encode()).decode()
    answer = await ask("fetch", url=url, headers=[["Authorization", f"basic {credentials}"]])

    sent = base64.b64encode(f"ann:anywhere-1:{KEY.value.reveal()}".encode())
    assert b"authorization: basic " + sent in server.heads[0]
    shown = text(answer) + repr(answer["headers"])
    assert sent.decode() not in shown
    assert shown.count(FREE_MARK) == 2

    for untouched in ("Basic YW5uOnB3", "Basic ???", "Basic", "Bearer " + credentials):
        await ask("fetch", url=url, headers=[["authorization", untouched]])
        assert f"authorization: {untouched}".encode() in server.heads[-1]


async def test_a_secret_inside_base64_goes_to_no_other_host(ask: Ask, server: Server) -> None:
    credentials = base64.b64encode(f"ann:{MARK}".encode()).decode()
    headers = [["authorization", f"Basic {credentials}"]]
    with pytest.raises(OpRefusedError, match="may not be sent") as refused:
        await ask("fetch", url=f"http://other.test:{server.port}/", headers=headers)
    assert refused.value.code == "SECRET_NOT_ALLOWED"
    assert server.heads == []


@pytest.mark.parametrize("place", ["url", "header", "body"])
async def test_a_secret_goes_to_no_other_host(ask: Ask, server: Server, place: str) -> None:
    asked: dict[str, Any] = {"url": f"http://api.test.evil:{server.port}/", "method": "POST"}
    if place == "url":
        asked["url"] += MARK
    elif place == "header":
        asked["headers"] = [["x-key", MARK]]
    else:
        asked["body"] = base64.b64encode(MARK.encode()).decode()
    assert await refusal(ask("fetch", **asked)) == "SECRET_NOT_ALLOWED"
    assert server.heads == []


async def test_another_guilds_placeholder_stays_a_placeholder(ask: Ask, server: Server) -> None:
    await ask("fetch", guild=OTHER_GUILD, url=f"http://api.test:{server.port}/{FREE_MARK}")
    assert FREE_MARK.encode() in server.heads[0]


async def test_a_redirect_does_not_carry_a_secret_to_another_host(ask: Ask, server: Server) -> None:
    server.answer = lambda _head, _body: ok(b"", f"location: http://evil.test:{server.port}/", status="307 Go")
    headers = [["x-key", MARK]]
    asked = ask("fetch", url=f"http://api.test:{server.port}/", headers=headers)
    assert await refusal(asked) == "SECRET_NOT_ALLOWED"
    assert len(server.heads) == 1


async def test_redirects_are_followed_as_browsers_do(ask: Ask, server: Server) -> None:
    def answer(head: bytes, _body: bytes) -> bytes:
        if head.startswith((b"POST /first", b"GET /first")):
            return ok(b"", f"location: http://other.test:{server.port}/second", status="302 Found")
        return ok(b"there")

    server.answer = answer
    url = f"http://api.test:{server.port}/first"
    body = base64.b64encode(b"x").decode()
    found = await ask("fetch", url=url, method="POST", body=body, headers=[["authorization", "me"], ["x-a", "b"]])
    assert (text(found), found["redirected"]) == ("there", True)
    assert found["url"].endswith("/second")
    assert server.heads[1].startswith(b"GET /second")
    assert b"authorization" not in server.heads[1]
    assert b"x-a: b" in server.heads[1]
    assert (await ask("fetch", url=url, redirect="manual"))["status"] == 302
    assert await refusal(ask("fetch", url=url, redirect="error")) == "FETCH_REDIRECTED"


async def test_a_redirect_loop_ends(ask: Ask, server: Server) -> None:
    server.answer = lambda _head, _body: ok(b"", "location: /again", status="302 Found")
    assert await refusal(ask("fetch", url=f"http://api.test:{server.port}/")) == "FETCH_FAILED"
    assert len(server.heads) == 11


async def test_a_bomb_and_a_flood_are_cut(script: Script, server: Server) -> None:
    rules = EgressRules(allowed_networks=LOOPBACK, response_bytes=100_000, seconds=30)
    async with asking(script, rules, to_loopback) as (egress, ask):
        url = f"http://api.test:{server.port}/"
        server.answer = lambda _head, _body: ok(gzip.compress(b"small"), "content-encoding: gzip")
        assert text(await ask("fetch", url=url)) == "small"
        server.answer = lambda _head, _body: ok(gzip.compress(bytes(10_000_000)), "content-encoding: gzip")
        assert await refusal(ask("fetch", url=url)) == "FETCH_TOO_LARGE"
        server.answer = lambda _head, _body: ok(bytes(100_001))
        assert await refusal(ask("fetch", url=url)) == "FETCH_TOO_LARGE"
        server.answer = lambda _head, _body: ok(b"not gzip", "content-encoding: gzip")
        assert await refusal(ask("fetch", url=url)) == "FETCH_FAILED"
        server.answer = lambda _head, _body: b"garbage\r\n\r\n"
        assert await refusal(ask("fetch", url=url)) == "FETCH_FAILED"
        assert egress.outcomes == {"ok": 1, "FETCH_TOO_LARGE": 2, "FETCH_FAILED": 2}


async def test_a_server_that_never_answers_costs_its_own_guild_time_only(script: Script, server: Server) -> None:
    server.hang = True
    rules = EgressRules(allowed_networks=LOOPBACK, seconds=1.0, at_once=2)
    codes: list[str] = []
    async with asking(script, rules, to_loopback) as (_egress, ask):
        async with trio.open_nursery() as nursery:

            async def one() -> None:
                codes.append(await refusal(ask("fetch", url=f"http://api.test:{server.port}/")))

            for _ in range(6):
                nursery.start_soon(one)
        assert codes == ["FETCH_TIMEOUT"] * 6
        assert server.most <= 2
        server.hang = False
        assert text(await ask("fetch", guild=OTHER_GUILD, url=f"http://api.test:{server.port}/")) == "hello"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "100.100.100.200", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.192", "198.18.0.1"),
        *("168.63.129.16", "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1"),
    ],
)
async def test_what_is_not_public_is_not_dialled(script: Script, address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    for answers in ([address], ["8.8.8.8", address]):

        def resolve(_host: str, _port: int, said: list[str] = answers) -> Any:
            return [(0, 0, 0, "", (one, 0)) for one in said]

        async with asking(script, EgressRules(), resolve) as (_egress, ask):
            assert await refusal(ask("fetch", url="http://rebound.test/")) == "FETCH_FORBIDDEN"


async def test_a_redirect_inwards_is_refused(script: Script, server: Server) -> None:
    server.answer = lambda _head, _body: ok(b"", "location: http://metadata.test/", status="302 Found")

    def resolve(host: str, port: int) -> Any:
        return to_loopback(host, port) if host == "api.test" else [(0, 0, 0, "", ("169.254.169.254", port))]

    async with asking(script, EgressRules(allowed_networks=LOOPBACK, seconds=30), resolve) as (_egress, ask):
        assert await refusal(ask("fetch", url=f"http://api.test:{server.port}/")) == "FETCH_FORBIDDEN"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/", "http://localhost/"]
)
async def test_the_real_resolver_leads_no_script_home(script: Script, url: str) -> None:
    table = OpTable()
    async with open_egress(FixedVault(), EgressRules()) as egress:
        register_fetch(table, egress)

        with pytest.raises(OpRefusedError) as refused:
            await table.answer(NoScopes(), script, "fetch", f'{{"url":"{url}"}}'.encode())
    assert refused.value.code in {"FETCH_FORBIDDEN", "FETCH_FAILED", "INVALID_INPUT"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"url": "ftp://a.test/"}, "INVALID_INPUT"),
        ({"url": "file:///etc/passwd"}, "INVALID_INPUT"),
        ({"url": "a.test"}, "INVALID_INPUT"),
        ({"url": "http://me:pw@a.test/"}, "INVALID_INPUT"),
        ({"url": "http://a.test:99999/"}, "INVALID_INPUT"),
        ({"url": "http://a.test/\r\nX: y"}, "INVALID_INPUT"),
        ({"url": "http://a b/"}, "INVALID_INPUT"),
        ({"url": "http://a.test/", "method": "TRACE"}, "INVALID_INPUT"),
        ({"url": "http://a.test/", "method": "A B"}, "INVALID_INPUT"),
        ({"url": "http://a.test/", "body": "AA=="}, "INVALID_INPUT"),
        ({"url": "http://a.test/", "redirect": "never"}, "INVALID_INPUT"),
        ({"url": "http://a.test/", "headers": [["a\nb", "c"]]}, "INVALID_INPUT"),
        ({"url": "http://a.test/", "headers": [["a", "b\r\nc: d"]]}, "INVALID_INPUT"),
        ({"url": "http://a.test/", "headers": [["a", "😀"]]}, "INVALID_INPUT"),
        ({"url": "http://a.test/" + "x" * 40_000}, "FETCH_TOO_LARGE"),
        ({"url": 5}, "BAD_ARGUMENTS"),
    ],
)
async def test_bad_requests_are_refused_before_anything_is_sent(ask: Ask, arguments: dict[str, Any], code: str) -> None:
    assert await refusal(ask("fetch", **arguments)) == code


async def test_a_port_that_is_not_open_is_refused(script: Script) -> None:
    async with asking(script, EgressRules(), lambda _h, _p: [(0, 0, 0, "", ("8.8.8.8", 0))]) as (_egress, ask):
        assert await refusal(ask("fetch", url="http://a.test:6379/")) == "FETCH_FORBIDDEN"


async def test_secrets_come_from_the_database_as_placeholders_only(database: Database, script: Script) -> None:
    ring = KeyRing([bytes(32)])
    vault = Vault(database, ring, lambda: 0.0)
    new = NewSecret(GUILD, "KEY", Secret("the-value"), ["*.test"])
    await database.run(put_secret, new, ring, database.limits)
    await database.run(put_variable, GUILD, "COLOUR", "green", database.limits)
    table = OpTable()
    register_secrets(table, vault)
    register_variables(table, database)

    async def answer(name: str, arguments: bytes = b"{}", guild: GuildId = GUILD) -> bytes:
        return await table.answer(NoScopes(), Script(guild), name, arguments)

    got = await answer("secrets.get", b'{"name":"KEY"}')
    assert got.startswith(b'"__FLORA_SECRET_')
    assert got.strip(b'"') in await answer("secrets.list")
    assert b"the-value" not in await answer("secrets.list") + got
    assert "the-value" not in repr(await vault.of_guild(GUILD))
    assert await answer("secrets.get", b'{"name":"NONE"}') == b"null"
    assert await answer("secrets.get", b'{"name":"KEY"}', OTHER_GUILD) == b"null"
    assert await answer("vars.get", b'{"name":"COLOUR"}') == b'"green"'
    assert await answer("vars.list") == b'{"COLOUR":"green"}'
    assert await answer("vars.list", guild=OTHER_GUILD) == b"{}"
    await database.run(put_secret, NewSecret(GUILD, "NEW", Secret("other"), []), ring, database.limits)
    assert await answer("secrets.get", b'{"name":"NEW"}') == b"null"
    vault.forget(GUILD)
    assert await answer("secrets.get", b'{"name":"NEW"}') != b"null"
