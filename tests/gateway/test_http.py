"""Our HTTP: against answers cut at every place, a server of another hand, and whatever breaks the rules."""

import contextlib
import ssl
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import h11
import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st

from gateway.http1 import BODY_BYTES, HEAD_BYTES, AnswerReader, HttpAnswer, HttpBrokenError, request_bytes
from gateway.http_client import CONNECTIONS, KEPT, HttpClient, open_http
from gateway.local.wire import Answer, Asked, serve_connection
from gateway.multipart import File, multipart
from tests.gateway.conftest import Contexts

Serve = Callable[[trio.abc.Stream], Coroutine[Any, Any, None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


# -- the protocol ---------------------------------------------------------------------------------------------------


def read(data: bytes, *, cuts: tuple[int, ...] = (), method: str = "GET") -> tuple[HttpAnswer, bool]:
    """The answer in these bytes, which are fed in pieces, and whether the connection is kept."""
    reader = AnswerReader(method)
    answer: HttpAnswer | None = None
    ends = sorted({*cuts, len(data)})
    for begin, end in zip([0, *ends], ends, strict=False):
        if answer is None and begin < end:
            answer = reader.feed(data[begin:end])
    return answer or reader.ended(), reader.keeps


ANSWERS = {
    "with a length": (OK, 200, b"{}", True),
    "without a body": (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b"", True),
    "without a reason": (b"HTTP/1.1 200\r\ncontent-length:2\r\n\r\n{}", 200, b"{}", True),
    "after hints": (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + OK, 200, b"{}", True),
    "that closes": (b"HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 2\r\n\r\n{}", 200, b"{}", False),
    "of an old server": (b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, b"{}", False),
    "to the end": (b"HTTP/1.1 200 OK\r\n\r\nall of it", 200, b"all of it", False),
    "in chunks": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA ;x=y\r\n0123456789\r\n0\r\n\r\n",
        200, b"abc0123456789", True,
    ),
    "with trailers": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nA: b\r\nC: d\r\n\r\n",
        200, b"abc", True,
    ),
    "with more behind it": (OK + b"HTTP/1.1", 200, b"{}", False),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_the_same_wherever_it_is_cut(name: str) -> None:
    data, status, body, keeps = ANSWERS[name]
    pieces = [(cut,) for cut in range(len(data))] + [tuple(range(len(data)))]
    for cuts in ((), *pieces):
        answer, kept = read(data, cuts=cuts)
        assert (answer.status, answer.body) == (status, body), cuts
        assert kept is keeps or name == "with more behind it"  # what comes later is found on the idle connection
    assert read(data)[1] is keeps


def test_headers_are_named_in_lower_case_and_joined() -> None:
    answer, _ = read(
        b"HTTP/1.1 200 OK\r\nX-RateLimit-Limit: \t 5 \r\nVia: a\r\nvia: b\r\nEmpty:\r\nContent-Length: 0\r\n\r\n"
    )
    assert answer.headers == {"x-ratelimit-limit": "5", "via": "a, b", "empty": "", "content-length": "0"}


def test_the_answer_to_head_has_the_length_of_what_it_does_not_have() -> None:
    answer, keeps = read(b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n", method="HEAD")
    assert (answer.body, keeps) == (b"", True)


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
BREACHES = {
    "another protocol": b"SSH-2.0-OpenSSH\r\n\r\n",
    "another version": b"HTTP/2 200 OK\r\n\r\n",
    "a folded header": b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
    "a header without a name": b"HTTP/1.1 200 OK\r\n: b\r\n\r\n",
    "a space before the colon": b"HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\n{}",
    "a bare line feed": b"HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\n{}",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a length and chunks": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a length below nothing": b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}",
    "another coding": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "compression, unasked": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
    "an upgrade, unasked": b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
    "an end in the head": b"HTTP/1.1 200 OK\r\nContent-Le",
    "an end in the body": OK[:-1],
    "an end in a chunk": CHUNKED + b"5\r\nab",
    "an end before the last chunk": CHUNKED + b"2\r\nab\r\n",
    "a chunk without a size": CHUNKED + b"\r\nab\r\n0\r\n\r\n",
    "a chunk that is no number": CHUNKED + b"0x2\r\nab\r\n0\r\n\r\n",
    "a chunk that is longer": CHUNKED + b"2\r\nabc\r\n0\r\n\r\n",
    "a huge body": b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (BODY_BYTES + 1),
    "a huge chunk": CHUNKED + b"%x\r\n" % (BODY_BYTES + 1),
    "a huge head": b"HTTP/1.1 200 OK\r\nA: " + b"b" * HEAD_BYTES,
    "a huge line of a chunk": CHUNKED + b"1;" + b"b" * 2000,
    "huge trailers": CHUNKED + b"0\r\nA: " + b"b" * 2 * HEAD_BYTES,
}


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_of_the_protocol_is_no_answer(name: str) -> None:
    with pytest.raises(HttpBrokenError):
        read(BREACHES[name])


def test_a_body_without_an_end_is_not_kept_for_ever() -> None:
    reader = AnswerReader("GET", most=1000)
    assert reader.feed(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 900) is None
    with pytest.raises(HttpBrokenError):
        reader.feed(b"x" * 200)


@given(
    body=st.binary(max_size=300), chunks=st.lists(st.integers(1, 60), max_size=9), cuts=st.lists(st.integers(0, 600))
)
def test_what_another_hand_writes_is_read(body: bytes, chunks: list[int], cuts: list[int]) -> None:
    wire = h11.Connection(h11.SERVER)
    wire.receive_data(request_bytes("POST", "/a?b=c", "Host: here\r\n", {"X": "y"}, body))
    request, sent = wire.next_event(), wire.next_event() if body else None
    assert isinstance(request, h11.Request)
    assert (request.method, request.target) == (b"POST", b"/a?b=c")
    assert not body or (isinstance(sent, h11.Data) and sent.data == body)
    assert isinstance(wire.next_event(), h11.EndOfMessage)
    headers = [] if chunks else [("Content-Length", str(len(body)))]
    data = wire.send(h11.Response(status_code=200, headers=headers, reason=b"Fine")) or b""
    rest = body
    for size in chunks:
        data += wire.send(h11.Data(data=rest[:size])) or b""
        rest = rest[size:]
    data += (wire.send(h11.Data(data=rest)) or b"") + (wire.send(h11.EndOfMessage()) or b"")
    answer, keeps = read(data, cuts=tuple(cut for cut in cuts if cut < len(data)))
    assert (answer.status, answer.body, keeps) == (200, body, True)


@pytest.mark.parametrize(
    ("target", "headers"),
    [
        ("/a b", {}),
        ("/a\r\nX: y", {}),
        ("a", {}),
        ("/ü", {}),
        ("/", {"X": "a\r\nY: b"}),
        ("/", {"X": "ü"}),
        ("/", {"X": "a\0"}),
    ],
)
def test_nothing_is_sent_that_would_be_two_requests(target: str, headers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"target|header"):
        request_bytes("GET", target, "", headers, None)


def test_files_stand_in_the_body_as_they_are() -> None:
    files = [File('a"b\r\n.txt', b"\r\n--x--\r\n", "text/plain\r\nX: y"), File("ü.bin", bytes(range(256)))]
    kind, body = multipart(b'{"content":"hi"}', files)
    fields, uploads = Asked("POST", "/", {}, {"content-type": kind}, body, "/").form()
    assert fields == {"payload_json": '{"content":"hi"}'}
    assert [(name, upload.filename, upload.data) for name, upload in uploads] == [
        ("files[0]", "a%22b%0D%0A.txt", b"\r\n--x--\r\n"),
        ("files[1]", "ü.bin", bytes(range(256))),
    ]
    assert b"\r\nX: y" not in body


# -- connections ----------------------------------------------------------------------------------------------------


class Server:
    """Counts connections; `requests` are those that came whole."""

    def __init__(self) -> None:
        self.connections = 0
        self.open = 0
        self.requests: list[Asked] = []
        self.held = trio.Event()
        self.held.set()
        self.arrived = trio.Event()
        self._left = trio.Event()

    async def until_asked(self, least: int) -> None:
        while len(self.requests) < least:
            self.arrived = trio.Event()
            await self.arrived.wait()

    async def until_open(self, most: int) -> None:
        while self.open > most:
            await self._left.wait()

    async def __call__(self, stream: trio.SocketStream) -> None:
        self.connections += 1
        self.open += 1
        try:
            await serve_connection(stream, self._answer, _no_upgrade)
        finally:
            self.open -= 1
            self._left.set()
            self._left = trio.Event()

    async def _answer(self, asked: Asked) -> Answer:
        self.requests.append(asked)
        self.arrived.set()
        await self.held.wait()
        return Answer(200, asked.target.encode() + asked.body)


async def _no_upgrade(stream: trio.SocketStream, target: str, rest: bytes) -> None:
    await trio.lowlevel.checkpoint()
    raise AssertionError(stream, target, rest)


async def _ask(client: HttpClient, target: str) -> HttpAnswer:
    return await client.exchange("GET", target, {}, None)


@asynccontextmanager
async def client_of(serve: Serve | Server, tls: Contexts | None = None) -> AsyncGenerator[HttpClient]:
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    port = listener.socket.getsockname()[1]
    async with trio.open_nursery() as nursery:
        served: trio.abc.Listener[Any] = listener if tls is None else trio.SSLListener(listener, tls[0])
        await nursery.start(partial(trio.serve_listeners, serve, [served]))
        scheme, context = ("http", None) if tls is None else ("https", tls[1])
        async with open_http(f"{scheme}://127.0.0.1:{port}/api/", {"Authorization": "Bot x"}, context) as client:
            yield client
        nursery.cancel_scope.cancel()


async def test_one_connection_after_another_and_no_more_than_needed() -> None:
    server = Server()
    async with client_of(server) as client:
        for number in range(5):
            body = b"%d" % number
            answer = await client.exchange("POST", "/a", {"Content-Type": "x/y"}, body)
            assert (answer.status, answer.body) == (200, b"/api/a" + body)
    assert server.connections == 1
    headers = server.requests[0].headers
    assert (headers["authorization"], headers["content-type"]) == ("Bot x", "x/y")
    assert headers["host"].startswith("127.0.0.1:")


async def test_many_at_once_each_get_their_own_answer() -> None:
    server = Server()
    server.held = trio.Event()
    answers: dict[int, bytes] = {}

    async def ask(number: int) -> None:
        answers[number] = (await client.exchange("GET", f"/{number}", {}, None)).body

    async with client_of(server) as client:
        async with trio.open_nursery() as nursery:
            for number in range(200):
                nursery.start_soon(ask, number)
            await server.until_asked(CONNECTIONS)
            await trio.testing.wait_all_tasks_blocked()
            assert server.open == CONNECTIONS
            server.held.set()
        assert answers == {number: b"/api/%d" % number for number in range(200)}
        await server.until_open(KEPT)
        assert repr(client) == f"<HttpClient of 127.0.0.1: 0 busy, {KEPT} kept>"


async def test_who_gives_up_leaves_nothing_for_the_next() -> None:
    server = Server()
    server.held = trio.Event()
    async with client_of(server) as client:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_ask, client, "/lost")
            await server.arrived.wait()
            nursery.cancel_scope.cancel()
        server.held.set()
        assert (await client.exchange("GET", "/found", {}, None)).body == b"/api/found"
    assert server.connections == 2


async def test_a_connection_that_the_server_closed_is_not_used_again() -> None:
    async def serve(stream: trio.abc.Stream) -> None:
        await stream.receive_some()
        await stream.send_all(OK)
        await stream.aclose()
        closed.set()

    closed = trio.Event()
    async with client_of(serve) as client:
        for _ in range(3):
            assert (await client.exchange("POST", "/", {}, b"x")).status == 200
            await closed.wait()
            closed = trio.Event()


async def test_a_large_body_goes_and_comes() -> None:
    server = Server()
    body = bytes(range(256)) * 40_000
    async with client_of(server) as client:
        assert (await client.exchange("POST", "/", {}, body)).body == b"/api/" + body
        assert (await client.exchange("POST", "/", {}, body)).body == b"/api/" + body
    assert server.connections == 1


async def test_an_answer_that_comes_before_the_request_is_whole_is_heard() -> None:
    async def serve(stream: trio.abc.Stream) -> None:
        await stream.receive_some(1000)
        with contextlib.suppress(trio.BrokenResourceError):
            await stream.send_all(b"HTTP/1.1 413 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        while await stream.receive_some(100_000):  # as a server that lingers does
            pass

    async with client_of(serve) as client:
        with trio.fail_after(20):
            assert (await client.exchange("POST", "/", {}, b"x" * 2_000_000)).status == 413


async def test_a_server_that_is_not_there_or_breaks_off_is_no_answer() -> None:
    async def serve(stream: trio.abc.Stream) -> None:
        await stream.receive_some()
        await stream.send_all(OK[:-1])
        await stream.aclose()

    async with client_of(serve) as client:
        with pytest.raises(HttpBrokenError):
            await client.exchange("GET", "/", {}, None)
        assert repr(client).endswith("0 busy, 0 kept>")
    with pytest.raises(HttpBrokenError, match="cannot be reached"):
        await client.exchange("GET", "/", {}, None)


@pytest.mark.parametrize("url", ["ftp://discord.com", "https://", "discord.com"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        HttpClient(url, {})


# -- TLS ------------------------------------------------------------------------------------------------------------


async def test_the_same_by_tls(contexts: Contexts) -> None:
    server = Server()
    body = bytes(range(256)) * 8_000
    async with client_of(server, contexts) as client:
        for number in range(4):
            answer = await client.exchange("POST", f"/{number}", {}, body)
            assert answer.body == b"/api/%d" % number + body
    assert server.connections == 1


async def test_a_certificate_that_nobody_vouches_for_is_no_answer(
    contexts: Contexts,
) -> None:
    async def serve(stream: trio.abc.Stream) -> None:
        with contextlib.suppress(trio.BrokenResourceError):
            await stream.receive_some()

    async with client_of(serve, (contexts[0], ssl.create_default_context())) as client:
        with pytest.raises(HttpBrokenError, match="CERTIFICATE_VERIFY_FAILED"):
            await client.exchange("GET", "/", {}, None)


async def test_who_gives_up_in_the_handshake_leaves_no_connection(
    contexts: Contexts,
) -> None:
    came, gone = trio.Event(), trio.Event()

    async def serve(stream: trio.abc.Stream) -> None:
        while await stream.receive_some():
            came.set()
        gone.set()

    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with trio.open_nursery() as nursery:
        await nursery.start(partial(trio.serve_listeners, serve, [listener]))
        async with open_http(f"https://127.0.0.1:{listener.socket.getsockname()[1]}", {}, contexts[1]) as client:
            async with trio.open_nursery() as asking:
                asking.start_soon(_ask, client, "/")
                await came.wait()
                asking.cancel_scope.cancel()
            await gone.wait()
        nursery.cancel_scope.cancel()
