"""A line on real sockets: with TLS and without, both ways at once, and how it ends."""

import contextlib
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, cast

import pytest
import trio

from gateway.inflate import Compression
from gateway.line import Line, LineBrokenError
from gateway.websocket import LineSocket, SocketFailedError, SocketOpener, open_line_socket
from gateway.websocket_library import open_library_socket
from tests.gateway.conftest import Contexts
from tests.gateway.shard import make_shard, running
from tests.gateway.stub import Peer, Stream, open_stub, server_frame

MUCH = bytes(range(256)) * 20_000


@asynccontextmanager
async def both_ends(contexts: Contexts | None) -> AsyncGenerator[tuple[Line, Stream]]:
    """A line, and what speaks to it, on a pair of sockets that hands over at once what is sent."""
    ours, theirs = socket.socketpair()
    ours.settimeout(0)
    plain = trio.SocketStream(trio.socket.from_stdlib_socket(theirs))
    line, stream = Line(ours), cast("Stream", plain)
    if contexts is not None:
        secured = contexts[1].wrap_socket(ours, server_hostname="127.0.0.1", do_handshake_on_connect=False)
        line, stream = Line(secured), (both := trio.SSLStream(plain, contexts[0], server_side=True))
        async with trio.open_nursery() as nursery:
            nursery.start_soon(line.shake_hands)
            nursery.start_soon(both.do_handshake)
    try:
        yield line, stream
    finally:
        line.close()
        await trio.aclose_forcefully(stream)


@pytest.fixture(name="tls", params=[False, True], ids=["plain", "tls"])
def _tls(request: pytest.FixtureRequest, contexts: Contexts) -> Contexts | None:
    return contexts if request.param else None


async def test_much_goes_both_ways_at_once(tls: Contexts | None) -> None:
    received = bytearray()
    echoed = bytearray()

    async def receive() -> None:
        while len(received) < len(MUCH):
            received.extend(await line.receive())

    async def listen() -> None:
        while len(echoed) < len(MUCH):
            echoed.extend(await stream.receive_some(100_000))

    async with both_ends(tls) as (line, stream), trio.open_nursery() as nursery:
        for task in (receive, listen, partial(line.send, MUCH), partial(stream.send_all, MUCH)):
            nursery.start_soon(task)
    assert (bytes(received), bytes(echoed)) == (MUCH, MUCH)


async def test_all_that_has_come_is_received_at_once(tls: Contexts | None) -> None:
    async with both_ends(tls) as (line, stream):
        for number in range(100):
            await stream.send_all(b"%02d" % number)
        assert await line.receive() == b"".join(b"%02d" % number for number in range(100))


async def test_the_end_is_received_behind_what_came_before(tls: Contexts | None) -> None:
    async with both_ends(tls) as (line, stream):
        await stream.send_all(b"last words")
        await stream.aclose()
        assert await line.receive() == b"last words"
        assert line.is_readable()
        assert await line.receive() == b""


async def test_who_waits_hears_that_the_line_was_closed(tls: Contexts | None) -> None:
    heard: list[str] = []

    async def wait() -> None:
        try:
            await line.receive()
        except LineBrokenError as error:
            heard.append(str(error))

    async with both_ends(tls) as (line, _), trio.open_nursery() as nursery:
        nursery.start_soon(wait)
        await trio.testing.wait_all_tasks_blocked()
        line.close()
    assert heard == ["it was closed"]


async def test_a_peer_that_is_gone_breaks_what_is_sent(tls: Contexts | None) -> None:
    async with both_ends(tls) as (line, stream):
        await trio.aclose_forcefully(stream)
        with pytest.raises(LineBrokenError):
            await line.send(MUCH)


# -- a gateway's socket on it ---------------------------------------------------------------------------------------


async def test_messages_in_records_of_their_own_are_one_batch(tls: Contexts | None) -> None:
    async with both_ends(tls) as (line, stream):
        for number in range(50):
            await stream.send_all(server_frame(b"%d" % number))
        assert await LineSocket(line).receive() == [b"%d" % number for number in range(50)]


@pytest.mark.parametrize("opener", [open_line_socket, open_library_socket], ids=["ours", "trio-websocket"])
async def test_a_session_by_tls(opener: Any, contexts: Contexts) -> None:
    async def script(peer: Peer) -> None:
        await peer.hello()
        await peer.expect(2)
        await peer.ready(resume_url="")
        for number in range(2, 302):
            await peer.event(number, "TYPING_START", {})
        await peer.until_gone()

    async with open_stub(script, tls=contexts[0]) as stub:
        trusting: SocketOpener = partial(opener, tls=contexts[1])
        async with running(make_shard(stub.url, Compression.ZSTD, opener=trusting)) as shard:
            await shard.kept.until(300)
        await stub.done.wait()


@pytest.mark.parametrize("opener", [open_line_socket, open_library_socket], ids=["ours", "trio-websocket"])
async def test_a_gateway_that_nobody_vouches_for_is_not_spoken_to(opener: SocketOpener, contexts: Contexts) -> None:
    async def shake(plain: trio.SocketStream) -> None:
        with contextlib.suppress(trio.BrokenResourceError):
            await trio.SSLStream(plain, contexts[0], server_side=True).do_handshake()

    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with trio.open_nursery() as nursery:
        await nursery.start(partial(trio.serve_listeners, shake, [listener]))
        with pytest.raises(SocketFailedError, match=r"cannot be reached.*CERTIFICATE_VERIFY_FAILED"):
            async with opener(f"wss://127.0.0.1:{listener.socket.getsockname()[1]}"):
                pass
        nursery.cancel_scope.cancel()
