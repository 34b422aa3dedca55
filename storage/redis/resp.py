"""RESP 2, the language of Redis and Valkey, as far as a client needs it. Pure: bytes in, answers out."""

from typing import Any, Final, TypeAlias

Part: TypeAlias = str | bytes | int
MOST_BYTES: Final = 64 * 1024 * 1024
"""Of one answer; the largest that anybody asks for here are some tens of KiB."""
_DEEPEST: Final = 8
_END: Final = b"\r\n"


class BrokenAnswerError(Exception):
    """What came is no RESP: the connection is of no use any more."""


class RefusedError(Exception):
    """The server understood, and said no."""


class _MoreError(Exception):
    """The answer is not whole yet."""


def command_bytes(*parts: Part) -> bytes:
    """A command as the server reads it; every part may hold any bytes."""
    written = [b"*%d\r\n" % len(parts)]
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode()
        written.append(b"$%d\r\n%b\r\n" % (len(data), data))
    return b"".join(written)


class AnswerReader:
    """Takes what the socket gives, in pieces of any size, until one answer is whole."""

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, piece: bytes) -> list[Any]:
        """The answer, in a list of one; empty when there is more to come. A refusal is an answer, and given as the
        error it is. Raises BrokenAnswerError."""
        self._buffer += piece
        try:
            answer, end = self._value(0, 0)
        except _MoreError:
            if len(self._buffer) > MOST_BYTES:
                raise BrokenAnswerError("the answer is too long") from None
            return []
        if end != len(self._buffer):
            raise BrokenAnswerError("there is an answer to a question that nobody asked")
        return [answer]

    def _value(self, at: int, depth: int) -> tuple[Any, int]:
        """What begins there, and where it ends."""
        line_end = self._buffer.find(_END, at)
        if line_end < 0:
            raise _MoreError
        kind, rest, after = self._buffer[at : at + 1], self._buffer[at + 1 : line_end], line_end + len(_END)
        match kind:
            case b"+":
                return rest, after
            case b"-":
                return RefusedError(rest.decode("utf-8", "replace")), after
            case b":":
                return _number(rest), after
            case b"$":
                return self._bulk(_number(rest), after)
            case b"*" if depth < _DEEPEST:
                return self._array(_number(rest), after, depth + 1)
            case _:
                raise BrokenAnswerError("no answer begins so")

    def _bulk(self, size: int, at: int) -> tuple[bytes | None, int]:
        if size < 0:
            return None, at
        end = at + size
        if len(self._buffer) < end + len(_END):
            raise _MoreError
        if self._buffer[end : end + len(_END)] != _END:
            raise BrokenAnswerError("a text is longer than it says")
        return self._buffer[at:end], end + len(_END)

    def _array(self, count: int, at: int, depth: int) -> tuple[list[Any] | None, int]:
        if count < 0:
            return None, at
        found: list[Any] = []
        for _ in range(count):
            value, at = self._value(at, depth)
            found.append(value)
        return found, at


def _number(text: bytes) -> int:
    try:
        return int(text)
    except ValueError:
        raise BrokenAnswerError("a number is none") from None
