"""Readers of a stream, in a process of their own: `python -m bench._readers JSON`.

`{"address", "request", "readers", "stuck"}` opens so many connections, of which some are not read on, says `ready`, and
prints what came when its standard input ends. One selector and no task for each, so that what is measured is the
server; and the process takes only time that nobody else wants, for readers are elsewhere when they are real.
"""

import json
import os
import resource
import select
import socket
import sys
from datetime import UTC, datetime
from typing import Any, Final

from bench.harness import percentiles

_PIECE: Final = 256 * 1024
_LOOKED_AT: Final = 16
"""One piece in so many is asked how old its oldest line is: as long as it waited."""
_MOMENT: Final = b'"timestamp":'
_EVENT: Final = b"\nid: "


def _opened(address: tuple[str, int], request: bytes) -> socket.socket:
    """A connection whose answer has begun."""
    opened = socket.create_connection(address)
    opened.sendall(request)
    head = opened.recv(_PIECE)
    assert b" 200 " in head[:20], head[:200]
    opened.setblocking(False)  # noqa: FBT003
    return opened


class _Readers:
    def __init__(self, connections: list[socket.socket]) -> None:
        self._by_number = {one.fileno(): one for one in connections}
        self._poll = select.epoll()
        for number in self._by_number:
            self._poll.register(number, select.EPOLLIN)
        self._poll.register(sys.stdin.fileno(), select.EPOLLIN)
        self.events = self.pieces = 0
        self.ages_ms: list[float] = []

    def run(self) -> None:
        """Until standard input ends."""
        while True:
            for number, _what in self._poll.poll():
                if number not in self._by_number:
                    return
                self._read(number)

    def _read(self, number: int) -> None:
        try:
            piece = self._by_number[number].recv(_PIECE)
        except OSError:
            piece = b""
        if not piece:
            self._poll.unregister(number)
            return
        self.pieces += 1
        self.events += piece.count(_EVENT)
        if self.pieces % _LOOKED_AT == 0 and (found := piece.find(_MOMENT)) >= 0:
            text = piece[found + len(_MOMENT) : found + len(_MOMENT) + 13]
            if text.isdigit():
                self.ages_ms.append(datetime.now(UTC).timestamp() * 1000 - int(text))


def main() -> None:
    wanted: dict[str, Any] = json.loads(sys.argv[1])
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    host, port = wanted["address"]
    connections = [_opened((host, port), wanted["request"].encode()) for _ in range(int(wanted["readers"]))]
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    readers = _Readers(connections[int(wanted["stuck"]) :])
    print("ready", flush=True)
    readers.run()
    told = {"events": readers.events, "pieces": readers.pieces, "age_ms": percentiles(readers.ages_ms or [0], digits=0)}
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
