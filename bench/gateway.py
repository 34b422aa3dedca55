"""What an event costs from the socket to the router: frames, inflating, envelopes, numbers, and whose it is.

A server in a process of its own sends the corpus's messages over loopback as fast as it is read; the whole inbound
half takes them, and the runtime is one that only counts. CPU time is this process's own, so the figures are those of
one core. Plain JSON, zlib-stream and zstd-stream, without TLS and (zstd-stream) with it, where each message is a record
of its own, as a server that flushes each makes them; trio-websocket behind the same seam for comparison.
"""

import multiprocessing
import ssl
import tempfile
import time
from functools import partial
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any, Final

import trio

from actors.refs import GuildEvent
from bench._certificate import server_context, write_certificate
from bench._corpus import MESSAGES, corpus, stage
from bench.harness import Result, percentile, say
from gateway.discord_api import GatewayAdvice, SessionStartLimit
from gateway.gateway import Gateway, GatewayParts, GatewayState, open_gateway
from gateway.inflate import Compression
from gateway.intents import DEFAULT
from gateway.session_store import NoSessions
from gateway.shards import ShardConfig
from gateway.websocket import SocketOpener, open_line_socket
from gateway.websocket_library import open_library_socket
from storage.ids import GuildId

_GUILDS: Final = 100
_CHUNK: Final = 256 * 1024


class _Corked(trio.abc.Stream):
    """Gathers what is written until it is much: records of TLS, many in one write."""

    def __init__(self, stream: trio.SocketStream) -> None:
        self._stream = stream
        self._held = bytearray()
        self.corked = False

    async def send_all(self, data: bytes | bytearray | memoryview) -> None:
        self._held += data
        if self.corked and len(self._held) < _CHUNK:
            await trio.lowlevel.checkpoint()
            return
        await self.flush()

    async def flush(self) -> None:
        held, self._held = self._held, bytearray()
        await self._stream.send_all(held)

    async def wait_send_all_might_not_block(self) -> None:
        await self._stream.wait_send_all_might_not_block()

    async def receive_some(self, max_bytes: int | None = None) -> bytes | bytearray:
        return await self._stream.receive_some(max_bytes)

    async def aclose(self) -> None:
        await self._stream.aclose()


def _serve(pipe: Pipe, count: int, certificate: str) -> None:
    trio.run(_serve_all, pipe, count, server_context(certificate))


async def _serve_all(pipe: Pipe, count: int, tls: ssl.SSLContext) -> None:
    """Another process: sends everything to each who identifies."""
    from tests.gateway.stub import accept  # noqa: PLC0415  the scripted gateway is the tests'

    events = corpus(stage(_GUILDS), mix=MESSAGES, count=count)
    texts = [event.message(number) for number, event in enumerate(events, start=2)]  # READY is the first

    async def handle_tls(stream: trio.SocketStream) -> None:
        corked = _Corked(stream)
        peer = await _greeted(trio.SSLStream(corked, tls, server_side=True))
        corked.corked = True
        for text in texts:
            await peer.raw(peer.packed(text))
        corked.corked = False
        await corked.flush()
        await peer.until_gone()

    async def handle(stream: trio.SocketStream) -> None:
        peer = await _greeted(stream)
        data = b"".join(peer.packed(text) for text in texts)
        for at in range(0, len(data), _CHUNK):
            await peer.raw(data[at : at + _CHUNK])
        await peer.until_gone()

    async def _greeted(stream: Any) -> Any:
        peer = await accept(stream)
        assert peer is not None
        await peer.hello()
        await peer.expect(2)
        await peer.ready(resume_url="ws://127.0.0.1")
        return peer

    (plain,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    (secured,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    pipe.send([listener.socket.getsockname()[1] for listener in (plain, secured)])
    async with trio.open_nursery() as nursery:
        nursery.start_soon(trio.serve_listeners, handle, [plain])
        nursery.start_soon(trio.serve_listeners, handle_tls, [secured])


class _Counting:
    """A runtime that only counts, and notes the CPU time of the first and the last."""

    def __init__(self, expected: int) -> None:
        self.expected = expected
        self.taken = 0
        self.batches = 0
        self.began = 0
        self.done = trio.Event()

    def deliver(self, events: list[GuildEvent]) -> None:
        if not self.taken:
            self.began = time.process_time_ns()
        self.taken += len(events)
        self.batches += 1
        if self.taken == self.expected:
            self.done.set()

    def hears(self, guild: GuildId) -> None: ...

    def heard(self) -> None: ...

    def guilds(self) -> list[GuildId]:
        return []


class _Api:
    """Says where the gateway is."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def gateway_advice(self) -> GatewayAdvice:
        await trio.lowlevel.checkpoint()
        return GatewayAdvice(self._url, 1, SessionStartLimit(1000, 1000, 1000))

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} is not asked in a bench")


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    count, rounds = (10_000, 2) if quick else (50_000, 5)
    return await measure(count, rounds)


async def measure(count: int, rounds: int) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        certificate = write_certificate(Path(folder))
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        server = context.Process(target=_serve, args=(theirs, count, str(certificate)), daemon=True)
        server.start()
        try:
            ports: list[int] = await trio.to_thread.run_sync(ours.recv)
            return await _measure(ports, ssl.create_default_context(cafile=str(certificate)), count, rounds)
        finally:
            server.kill()
            server.join()


async def _measure(ports: list[int], tls: ssl.SSLContext, count: int, rounds: int) -> Result:
    plain, secured = f"ws://127.0.0.1:{ports[0]}", f"wss://127.0.0.1:{ports[1]}"
    by_tls = partial(open_line_socket, tls=tls)
    rows: dict[str, list[dict[str, float]]] = {}
    for _ in range(rounds):
        for compression in Compression:
            row = await _row(plain, compression, count, open_line_socket)
            rows.setdefault(compression.value, []).append(row)
        row = await _row(secured, Compression.ZSTD, count, by_tls)
        rows.setdefault("zstd-stream, TLS", []).append(row)
        row = await _row(plain, Compression.ZSTD, count, open_library_socket)
        rows.setdefault("zstd-stream, trio-websocket", []).append(row)
    result: Result = {name: _summary(found) for name, found in rows.items()}
    library = result["zstd-stream, trio-websocket"]["cpu_us_per_frame"]
    result["ratio_to_library"] = round(library / result["zstd-stream"]["cpu_us_per_frame"], 2)
    result["zstd_frames_per_s_per_core"] = result["zstd-stream"]["frames_per_s_per_core"]
    for name in rows:
        say(f"{name:>28}  " + "  ".join(f"{key} {value}" for key, value in result[name].items()))
    return result


async def _row(url: str, compression: Compression, count: int, opener: SocketOpener) -> dict[str, float]:
    runtime: Any = _Counting(count)
    api: Any = _Api(url)
    keeper: Any = None
    config = ShardConfig(token="token", intents=DEFAULT, compression=compression, opener=opener)
    gateway = Gateway(GatewayState(api), GatewayParts(api, NoSessions(), keeper), config, runtime)
    async with open_gateway(gateway):
        with trio.fail_after(100):
            await runtime.done.wait()
        cpu = time.process_time_ns() - runtime.began
    return {
        "frames_per_s_per_core": count / cpu * 1e9,
        "cpu_us_per_frame": cpu / count / 1000,
        "frames_per_batch": count / runtime.batches,
    }


def _summary(rows: list[dict[str, float]]) -> dict[str, float]:
    """The median of the rounds."""
    return {name: round(percentile([row[name] for row in rows], 50), 2) for name in rows[0]}
