"""What a request to Discord costs: our HTTP beside a library's, behind the same seam of the same REST client.

A server in a process of its own answers every request with the same message and the headers of Discord's rate limits.
CPU time is this process's own, so it is what a request costs the daemon: pacing, sharing out, writing, reading. Rounds
take turns. Plain and by TLS, one request after the other and sixteen at once.
"""

import multiprocessing
import socket
import ssl
import statistics
import tempfile
import threading
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Final

import httpx2
import trio

from bench._certificate import server_context, write_certificate
from bench._scripts import message_payload
from bench.harness import Result, say
from gateway.http1 import HttpAnswer, HttpBrokenError
from gateway.http_client import Http, open_http
from gateway.rest import Priority, RestCall, RestClient, RestConfig
from storage.ids import GuildId

_HEADERS: Final = {"Authorization": "Bot token", "User-Agent": "DiscordBot (flora, 0.1)"}
_CALL: Final = RestCall(
    "POST",
    "/interactions/{interaction_id}/{interaction_token}/callback",
    {"interaction_id": "1300000000000000042", "interaction_token": "aW50ZXJhY3Rpb246" * 8},
    json={"type": 4, "data": {"content": "pong"}},
    guild=GuildId(1),
    priority=Priority.INTERACTION,
)
"""An answer to a member, which is outside the bot's own 50 requests a second."""
_AT_ONCE: Final = (1, 16)
_SEEN: Final = {"none": "http", "tls": "https"}


class Library:
    """The seam of `gateway/http_client.py` with httpx2 behind it, as flora had it before its own."""

    def __init__(self, url: str, client: httpx2.AsyncClient) -> None:
        self._url = url
        self._client = client

    async def exchange(self, method: str, target: str, headers: Mapping[str, str], body: bytes | None) -> HttpAnswer:
        try:
            answer = await self._client.request(method, self._url + target, headers=dict(headers), content=body)
        except httpx2.HTTPError as error:
            raise HttpBrokenError(str(error)) from None
        return HttpAnswer(answer.status_code, dict(answer.headers), answer.content)


@asynccontextmanager
async def _open(name: str, url: str, tls: ssl.SSLContext) -> AsyncGenerator[Http]:
    if name == "flora":
        async with open_http(url, _HEADERS, tls) as http:
            yield http
        return
    async with httpx2.AsyncClient(headers=_HEADERS, verify=tls, timeout=8.0, trust_env=False) as client:
        yield Library(url, client)


async def run(quick: bool) -> Result:  # noqa: FBT001  the form of every bench
    return await (measure(300, 1) if quick else measure(1_000, 5))


async def measure(count: int, rounds: int) -> Result:
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        certificate = write_certificate(Path(folder))
        ours, theirs = context.Pipe()
        server = context.Process(target=_serve, args=(theirs, str(certificate)), daemon=True)
        server.start()
        try:
            ports: dict[str, int] = await trio.to_thread.run_sync(ours.recv)
            tls = ssl.create_default_context(cafile=str(certificate))
            rows: dict[str, dict[str, list[float]]] = {"flora": {}, "httpx2": {}}
            for _ in range(rounds):
                for security, scheme in _SEEN.items():
                    for at_once in _AT_ONCE:
                        for name, row in rows.items():
                            url = f"{scheme}://127.0.0.1:{ports[security]}/api/v10"
                            cost = await _cost(name, url, tls, count, at_once)
                            row.setdefault(f"{security}, {at_once} at once", []).append(cost)
        finally:
            server.kill()
            server.join()
    found: Result = {
        name: {kind: round(statistics.median(costs), 1) for kind, costs in row.items()} for name, row in rows.items()
    }
    ratio = {kind: round(cost / found["flora"][kind], 2) for kind, cost in found["httpx2"].items()}
    for kind, value in ratio.items():
        say(f"{kind:>18}  flora {found['flora'][kind]} us, httpx2 {found['httpx2'][kind]} us: {value} times")
    return {"cpu_us_per_request": found, "ratio": ratio, "requests": count, "rounds": rounds}


async def _cost(name: str, url: str, tls: ssl.SSLContext, count: int, at_once: int) -> float:
    """Microseconds of CPU for a request."""
    async with _open(name, url, tls) as http:
        client = RestClient(http, RestConfig(token="token", api_url=url))
        await _ask(client, at_once, at_once)  # connected, and the bucket is known
        before = time.process_time_ns()
        await _ask(client, count, at_once)
        return (time.process_time_ns() - before) / count / 1000


async def _ask(client: RestClient, count: int, at_once: int) -> None:
    left = count

    async def one() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            await client.request(_CALL)

    async with trio.open_nursery() as nursery:
        for _ in range(at_once):
            nursery.start_soon(one)


# -- the server -----------------------------------------------------------------------------------------------------


def _serve(pipe: Pipe, certificate: str) -> None:
    tls = server_context(certificate)
    listeners = {security: socket.create_server(("127.0.0.1", 0)) for security in _SEEN}
    pipe.send({security: listener.getsockname()[1] for security, listener in listeners.items()})
    for security, listener in listeners.items():
        threading.Thread(target=_accept, args=(listener, tls if security == "tls" else None), daemon=True).start()
    threading.Event().wait()


def _accept(listener: socket.socket, tls: ssl.SSLContext | None) -> None:
    while True:
        peer, _ = listener.accept()
        threading.Thread(target=_answer_all, args=(peer, tls), daemon=True).start()


def _answer_all(peer: socket.socket, tls: ssl.SSLContext | None) -> None:
    """Until it goes. A request ends with the end of its JSON, and none of this bench's comes in two parts that would
    both look like that."""
    try:
        with tls.wrap_socket(peer, server_side=True) if tls else peer as stream:
            held = b""
            while piece := stream.recv(65_536):
                held += piece
                if held.endswith(b"}}"):
                    stream.sendall(_ANSWER)
                    held = b""
    except OSError:
        return


def _answer() -> bytes:
    """With about the headers that Discord sends."""
    body = message_payload(1)
    headers = {
        "Date": "Sun, 29 Nov 2026 12:00:00 GMT",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "keep-alive",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
        "X-RateLimit-Bucket": "0123456789abcdef0123456789abcdef",
        "X-RateLimit-Limit": "1000000",
        "X-RateLimit-Remaining": "999999",
        "X-RateLimit-Reset": "1800000000.000",
        "X-RateLimit-Reset-After": "1.000",
        "Vary": "Accept-Encoding",
        "Via": "1.1 front",
        "X-Content-Type-Options": "nosniff",
        "Server": "bench",
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + body


_ANSWER: Final = _answer()
