"""A server that answers as the daemon's API does, on a socket of its own; what it is asked is kept.

Only for how commands talk (requests, refusals, streams); what the daemon does is tested with the daemon.
"""

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Asked:
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: Any


@dataclass
class StandIn:
    url: str = ""
    asked: list[Asked] = field(default_factory=list[Asked])
    answers: dict[str, list[tuple[int, Any]]] = field(default_factory=dict[str, list[tuple[int, Any]]])
    """By "METHOD path": one after the other, the last one for ever. A text is sent as a stream of events."""
    held: dict[str, threading.Event] = field(default_factory=dict[str, threading.Event])

    def says(self, what: str, *answers: Any, status: int = 200) -> None:
        self.answers[what] = [(status, answer) for answer in answers]

    def hold(self, what: str) -> threading.Event:
        """Do not answer this before the event is set."""
        return self.held.setdefault(what, threading.Event())


@contextmanager
def open_stand_in() -> Generator[StandIn]:
    stand_in = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  as its base names it
            pass

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            text = self.rfile.read(int(self.headers.get("content-length") or 0))
            asked = Asked(self.command, parts.path, parts.query, dict(self.headers), json.loads(text) if text else None)
            stand_in.asked.append(asked)
            what = f"{self.command} {parts.path}"
            if what in stand_in.held:
                stand_in.held[what].wait()
            left = stand_in.answers.get(what, [(404, {"message": "Resource not found: it"})])
            status, answer = left.pop(0) if len(left) > 1 else left[0]
            stream = isinstance(answer, str)
            body = answer.encode() if stream else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "text/event-stream" if stream else "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            with suppress(BrokenPipeError):  # whoever asked was interrupted
                self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815  as its base finds them

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
