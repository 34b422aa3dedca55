"""Asks an HTTP server from a process of its own: `python -m bench._http_load JSON`.

`{"address", "request", "connections", "seconds"}` asks over and over and prints what it took.
"""

import json
import sys
import time
from typing import Any

import trio

from bench.harness import percentiles


async def _answer(stream: trio.SocketStream, buffer: bytearray) -> int:
    """Read one whole answer; its status."""
    while (end := buffer.find(b"\r\n\r\n")) < 0:
        buffer += await _some(stream)
    head = bytes(buffer[:end]).lower()
    length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
    while len(buffer) < end + 4 + length:
        buffer += await _some(stream)
    del buffer[: end + 4 + length]
    return int(head[9:12])


async def _some(stream: trio.SocketStream) -> bytes:
    piece = await stream.receive_some(256 * 1024)
    if not piece:
        raise EOFError("the server closed the connection")
    return bytes(piece)


async def ask(wanted: dict[str, Any]) -> dict[str, Any]:
    host, port = wanted["address"]
    request: bytes = wanted["request"].encode()
    took: list[float] = []
    bad = 0
    began = time.perf_counter()
    until = began + float(wanted["seconds"])

    async def one() -> None:
        nonlocal bad
        buffer = bytearray()
        async with await trio.open_tcp_stream(host, port) as stream:
            while (asked := time.perf_counter()) < until:
                await stream.send_all(request)
                bad += await _answer(stream, buffer) != 200
                took.append((time.perf_counter() - asked) * 1000)

    async with trio.open_nursery() as nursery:
        for _ in range(int(wanted["connections"])):
            nursery.start_soon(one)
    seconds = time.perf_counter() - began
    return {"requests_per_s": round(len(took) / seconds, 1), "ms": percentiles(took, digits=2), "refused": bad}


def main() -> None:
    wanted: dict[str, Any] = json.loads(sys.argv[1])
    print(json.dumps(trio.run(ask, wanted)), flush=True)


if __name__ == "__main__":
    main()
