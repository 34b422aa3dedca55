"""Strangers' bytes: whatever comes, the daemon lives, answers no 500, and its descriptors return to what they were."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import trio

from tests.api.conftest import GUILD, World

GOOD = b"GET /api/health HTTP/1.1\r\nhost: x\r\n\r\n"
END = b"\r\n\r\n"
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
AT_ONCE = 32
POOLS = 24
"""Connections that stay open to PostgreSQL (8) and Valkey (16)."""


def _frame(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


def _header(name: bytes, value: bytes) -> bytes:
    """A literal of HPACK, never indexed, without Huffman."""
    return b"\x10" + bytes([len(name)]) + name + bytes([len(value)]) + value


def _h2(path: bytes, *more: bytes) -> bytes:
    block = _header(b":method", b"GET") + _header(b":scheme", b"http") + _header(b":authority", b"x")
    return PREFACE + _frame(4, 0, 0, b"") + _frame(1, 5, 1, block + _header(b":path", path) + b"".join(more))


def _written() -> Iterator[bytes]:
    """What is known to have ended servers, or to be refused by the book."""
    yield from (
        b"",
        b"\r\n" * 50,
        b"\0" * 100,
        b"GET",
        b"GET /",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET  /  HTTP/1.1\r\n\r\n",
    )
    yield b"GET /api/health HTTP/1.1\r\n\r\n"
    yield b"GET /\xff\xfe HTTP/1.1\r\nhost: x\r\n\r\n"
    yield b"GET /api/kv/7/%ff/%fe HTTP/1.1\r\nhost: x\r\n\r\n"
    yield b"GET http://evil/api/health HTTP/1.1\r\nhost: x\r\n\r\n"
    yield b"OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n"
    yield b"CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n"
    yield b"GET /api/health HTTP/1.1\r\nhost: x\r\nx: " + b"a" * 100_000 + b"\r\n\r\n"
    yield b"GET /api/health HTTP/1.1\r\nhost: x\r\n" + b"a: b\r\n" * 5_000 + b"\r\n"
    yield b"GET /api/health HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n"
    yield b"GET /api/health HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999\r\n\r\n"
    yield b"POST /api/interactions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"
    yield b"POST /api/interactions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-length: 3\r\n\r\nabc"
    yield b"POST /api/interactions HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nshort"
    yield b"GET /api/health HTTP/1.1\r\nhost: x\r\ncookie: " + b"=;" * 2_000 + b"\r\n\r\n"
    yield b"GET /api/health HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \xff\xff\r\n\r\n"
    yield b"GET /api/auth/me HTTP/1.1\r\nhost: x\r\nauthorization: \xff\xff\r\n\r\n"
    yield b"GET /api/auth/me HTTP/1.1\r\nhost: x\r\ncookie: flora_session=\xff.\xff\r\n\r\n"
    yield GOOD.replace(
        b"\r\n\r\n", b"\r\nupgrade: h2c\r\nhttp2-settings: !!\r\nconnection: upgrade, http2-settings\r\n\r\n"
    )
    yield GOOD.replace(END, b"\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\n"
                       b"sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n") + b"\xff\xff\xff"  # fmt: skip
    yield GOOD.replace(END, b"\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n")
    yield _h2("/ü".encode("latin-1"))
    yield _h2(b"/api/health", _header(b"\xff\xff", b"\xff"))
    yield _h2(b"")
    yield _h2(b"no slash")
    yield _h2(b"/api/auth/me", _header(b"authorization", b"\xff"))
    yield _h2(b"/api/health", _header(b":path", b"/twice"))
    yield PREFACE + _frame(1, 4, 1, b"\xff" * 50)
    yield PREFACE + _frame(4, 0, 0, b"x")
    yield PREFACE + _frame(9, 4, 1, b"") + _frame(0, 1, 3, b"data for nobody")
    yield PREFACE + _frame(4, 0, 0, b"") + _frame(8, 0, 0, b"\0\0\0\0")
    asked = b"".join(
        _header(*one)
        for one in ((b":method", b"GET"), (b":scheme", b"http"), (b":path", b"/api/health"), (b":authority", b"x"))
    )
    resets = (_frame(1, 5, number, asked) + _frame(3, 0, number, b"\0\0\0\x08") for number in range(1, 400, 2))
    yield PREFACE + _frame(4, 0, 0, b"") + b"".join(resets)


def _mutated(count: int, dice: random.Random) -> Iterator[bytes]:
    seeds = [GOOD, _h2(b"/api/health"), b"POST /api/interactions HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}",
             f"PUT /api/kv/{GUILD}/s/k HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
             "content-length: 12\r\n\r\n"
             '{"value": 1}'.encode()]  # fmt: skip
    changes: list[Callable[[bytearray], None]] = [
        lambda text: text.__setitem__(dice.randrange(len(text)), dice.randrange(256)),
        lambda text: text.__delitem__(slice(at := dice.randrange(len(text)), at + dice.randrange(1, 9))),
        lambda text: text.__setitem__(slice(at := dice.randrange(len(text)), at), dice.randbytes(dice.randrange(1, 9))),
        lambda text: text.extend(text[: dice.randrange(len(text))]),
    ]
    for _ in range(count):
        text = bytearray(dice.choice(seeds))
        for _ in range(dice.randrange(1, 6)):
            if text:
                dice.choice(changes)(text)
        yield bytes(text)


async def _throw(port: int, data: bytes, dice: random.Random) -> bytes:
    """Send it, in one piece or two, perhaps close half; read what comes for a while; leave, perhaps rudely."""
    received = bytearray()
    manner = dice.randrange(4)
    with trio.move_on_after(10):
        stream = await trio.open_tcp_stream("127.0.0.1", port)
        async with stream:
            try:
                cut = dice.randrange(len(data) + 1) if manner == 1 else len(data)
                await stream.send_all(data[:cut])
                await trio.lowlevel.checkpoint()
                await stream.send_all(data[cut:])
                if manner == 2:
                    await stream.send_eof()
                with trio.move_on_after(0.02 if manner else 0.0):
                    while piece := await stream.receive_some():
                        received += piece
            except (trio.BrokenResourceError, trio.ClosedResourceError):
                pass
            if manner == 3:
                await trio.aclose_forcefully(stream)
    return bytes(received)


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_strangers_bytes_end_nothing(world: World) -> None:
    dice = random.Random(20261129)
    port = int(world.url.rpartition(":")[2])
    inputs = [*_written(), *_mutated(2_000, dice)]
    world.api.app._rate.most = world.api.app.authenticator.refused.most = 1_000_000
    await world.ask("GET", "/api/health")
    before = _descriptors()
    answers: list[bytes] = []
    limiter = trio.CapacityLimiter(AT_ONCE)

    async def one(data: bytes) -> None:
        async with limiter:
            answers.append(await _throw(port, data, dice))

    async with trio.open_nursery() as nursery:
        for data in inputs:
            nursery.start_soon(one, data)

    assert (await world.ask("GET", "/api/health")).text == "ok"
    assert len(answers) == len(inputs)
    assert not [answer for answer in answers if answer.startswith(b"HTTP/1.1 5")]
    assert world.api.app.answered["5xx"] == 0
    while _descriptors() > before + POOLS:  # noqa: ASYNC110 -- connections end when the server has read their end
        await trio.sleep(0.05)


async def test_who_sends_slowly_and_who_sends_half_hold_nobody_up(world: World) -> None:
    port = int(world.url.rpartition(":")[2])
    token = await world.token()
    half = f"PUT /api/kv/{GUILD}/s/k HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n".encode()
    slow = [
        GOOD[:10],
        half,
        half + b"content-type: application/json\r\ncontent-length: 100\r\n\r\n{",
        half + b"content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{",
        PREFACE[:20],
        PREFACE + _frame(4, 0, 0, b""),
    ] * 20
    streams = [await trio.open_tcp_stream("127.0.0.1", port) for _ in slow]
    for stream, data in zip(streams, slow, strict=True):
        await stream.send_all(data)

    for _ in range(20):
        assert (await world.ask("GET", f"/api/kv/{GUILD}/s/k", token)).status_code == 200

    for stream in streams:
        await trio.aclose_forcefully(stream)
    assert (await world.ask("GET", "/api/health")).text == "ok"


async def test_many_who_ask_and_do_not_read_cost_little(world: World, tmp_path: Path) -> None:
    port = int(world.url.rpartition(":")[2])
    ask = b"GET /api-docs/openapi.json HTTP/1.1\r\nhost: x\r\n\r\n" * 50
    streams = [await trio.open_tcp_stream("127.0.0.1", port) for _ in range(20)]
    for stream in streams:
        with trio.move_on_after(0.2):
            await stream.send_all(ask)

    assert (await world.ask("GET", "/api/health")).text == "ok"

    for stream in streams:
        await trio.aclose_forcefully(stream)
