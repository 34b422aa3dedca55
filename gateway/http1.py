"""HTTP/1.1 (RFC 9112), as a client of one server meets it. Pure: bytes in, answers out.

Why our own: an HTTP client of a library spends several hundred microseconds of a processor on a request, most of it in
objects for what never occurs here (docs/decisions/rest-client.md). What Discord's side of the protocol may do is small,
and whatever breaks its rules ends the connection.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

HEAD_BYTES: Final = 64 * 1024
BODY_BYTES: Final = 32 * 1024 * 1024
"""The largest answers of Discord's are lists of a thousand members, less than 1 MiB."""
_STATUS: Final = re.compile(r"HTTP/1\.([01]) ([1-9]\d\d)(?: [^\r\n\0]*)?")
_HEADER: Final = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*?)[ \t]*")
_CHUNK: Final = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n\0]*)?")
_CHUNK_LINE_BYTES: Final = 1024
_WRITABLE: Final = re.compile(r"[\x20-\x7e]*")
_TARGET: Final = re.compile(r"/[\x21-\x7e]*")
_WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH"})


class HttpBrokenError(Exception):
    """There is no answer: the connection broke, or what came is not HTTP."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """`headers` are named in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def request_bytes(method: str, target: str, fixed: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
    """A request. `fixed` are the header lines that all have. Raises ValueError for what would not be one request."""
    if not _TARGET.fullmatch(target):
        raise ValueError(f"{target!r} is no target of a request")
    lines = [f"{method} {target} HTTP/1.1\r\n", fixed, *(header_line(*each) for each in headers.items())]
    if body is not None or method in _WITH_BODY:
        lines.append(f"Content-Length: {len(body or b'')}\r\n")
    lines.append("\r\n")
    return "".join(lines).encode("ascii") + (body or b"")


def header_line(name: str, value: str) -> str:
    if not _WRITABLE.fullmatch(value):
        raise ValueError(f"the header {name} cannot have this value")
    return f"{name}: {value}\r\n"


class AnswerReader:
    """Takes what the socket gives in pieces of any size, until the answer to one request is whole."""

    def __init__(self, method: str, most: int = BODY_BYTES) -> None:
        self.keeps = False
        """Once there is an answer: whether the connection may carry another request."""
        self._bodiless = method == "HEAD"
        self._most = most
        self._held = bytearray()
        self._status = 0
        self._headers: dict[str, str] = {}
        self._size: int | None = None
        """Of the body; None when the end of the connection is its end."""
        self._chunks: bytearray | None = None
        """The body so far, of an answer that comes in chunks."""

    def __repr__(self) -> str:
        return f"<AnswerReader: status {self._status}, {len(self._held)} bytes held>"

    def feed(self, piece: bytes) -> HttpAnswer | None:
        """The answer, when it is whole. Raises HttpBrokenError."""
        self._held += piece
        while not self._status:
            if not self._read_head():
                return None
        if self._chunks is not None:
            return self._read_chunks(self._chunks)
        if self._size is None:
            self._check_size(len(self._held))
            return None
        if len(self._held) < self._size:
            return None
        self.keeps = self.keeps and len(self._held) == self._size
        return self._answer(self._held[: self._size])

    def ended(self) -> HttpAnswer:
        """The server has closed the connection. Raises HttpBrokenError when the answer was not whole."""
        if not self._status or self._size is not None or self._chunks is not None:
            raise HttpBrokenError("the connection ended before the answer did")
        self.keeps = False
        return self._answer(self._held)

    def _answer(self, body: bytearray) -> HttpAnswer:
        return HttpAnswer(self._status, self._headers, bytes(body))

    def _check_size(self, size: int) -> None:
        if size > self._most:
            raise HttpBrokenError(f"an answer has more than {self._most} bytes")

    def _read_head(self) -> bool:
        """False while it is not whole. What comes before the answer itself (1xx) is passed over."""
        end = self._held.find(b"\r\n\r\n")
        if end > HEAD_BYTES or (end < 0 and len(self._held) > HEAD_BYTES):
            raise HttpBrokenError(f"the head of an answer has more than {HEAD_BYTES} bytes")
        if end < 0:
            return False
        first, *lines = self._held[:end].decode("latin-1").split("\r\n")
        del self._held[: end + 4]
        found = _STATUS.fullmatch(first)
        if found is None:
            raise HttpBrokenError("what came is not HTTP/1.1")
        status = int(found[2])
        if status == 101:
            raise HttpBrokenError("the server changes the protocol, unasked")
        if status >= 200:
            self._headers = _headers_of(lines)
            self._frame(status, keeps=found[1] == "1")
            self._status = status
        return True

    def _frame(self, status: int, *, keeps: bool) -> None:
        """How long the body is, and whether another answer may follow it."""
        headers = self._headers
        coding, size = headers.get("transfer-encoding"), headers.get("content-length")
        if coding is not None and (coding.lower() != "chunked" or size is not None):
            raise HttpBrokenError("the answer's length is told in a way that is not understood")
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise HttpBrokenError("the answer is compressed, unasked")
        if self._bodiless or status in (204, 304):
            self._size = 0
        elif coding is not None:
            self._chunks = bytearray()
        elif size is not None:
            if not (size.isascii() and size.isdigit() and len(size) < 16):
                raise HttpBrokenError("the answer's length is no number")
            self._size = int(size)
            self._check_size(self._size)
        known = self._size is not None or self._chunks is not None
        self.keeps = keeps and known and "close" not in headers.get("connection", "").lower()

    def _read_chunks(self, body: bytearray) -> HttpAnswer | None:
        held, at = self._held, 0
        while (line := self._chunk_line(at)) is not None:
            size, begins = line
            if size == 0:
                del held[:at]
                return self._read_trailers(body, begins - at)
            self._check_size(len(body) + size)
            after = begins + size
            if len(held) < after + 2:
                break
            if not held.startswith(b"\r\n", after):
                raise HttpBrokenError("a chunk does not end where it says")
            body += held[begins:after]
            at = after + 2
        del held[:at]
        return None

    def _chunk_line(self, at: int) -> tuple[int, int] | None:
        """The size of the chunk that begins here, and where its bytes begin; None while that is not known."""
        end = self._held.find(b"\r\n", at, at + _CHUNK_LINE_BYTES)
        if end < 0:
            if len(self._held) - at >= _CHUNK_LINE_BYTES:
                raise HttpBrokenError("the line of a chunk has no end")
            return None
        found = _CHUNK.fullmatch(self._held, at, end)
        if found is None:
            raise HttpBrokenError("a chunk has no size")
        return int(found[1], 16), end + 2

    def _read_trailers(self, body: bytearray, at: int) -> HttpAnswer | None:
        """They say nothing that is of use here."""
        end = self._held.find(b"\r\n\r\n", at - 2)  # without any, the end of the last chunk's line is half of it
        if end < 0:
            if len(self._held) - at > HEAD_BYTES:
                raise HttpBrokenError(f"the end of an answer has more than {HEAD_BYTES} bytes")
            return None
        self.keeps = self.keeps and len(self._held) == end + 4
        return self._answer(body)


def _headers_of(lines: list[str]) -> dict[str, str]:
    """What is named twice is joined, as the protocol says; lengths that differ are then no number."""
    headers: dict[str, str] = {}
    for line in lines:
        found = _HEADER.fullmatch(line)
        if found is None:
            raise HttpBrokenError("a header of the answer makes no sense")
        name, value = found[1].lower(), found[2]
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers
