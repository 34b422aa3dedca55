"""esbuild's service protocol: length, number, and a value in seven types. What comes in is of a jailed process."""

import struct
from typing import Final, TypeAlias, cast

Value: TypeAlias = "bool | int | str | bytes | list[Value] | dict[str, Value] | None"
_WORD: Final = struct.Struct("<I")
MAX_PACKET_BYTES: Final = 64 << 20


class BadPacketError(ValueError):
    """The bundler's process sent what esbuild never sends."""


def encode(number: int, value: Value, *, request: bool) -> bytes:
    """One packet: a request of ours, or our answer to one of theirs."""
    out = [_WORD.pack(number << 1 | (not request))]
    _encode(value, out)
    body = b"".join(out)
    return _WORD.pack(len(body)) + body


def _sized(data: bytes) -> bytes:
    return _WORD.pack(len(data)) + data


def _encode(value: Value, out: list[bytes]) -> None:
    match value:
        case None:
            out.append(b"\0")
        case bool():
            out.append(b"\1\1" if value else b"\1\0")
        case int():
            out.append(b"\2" + _WORD.pack(value & 0xFFFFFFFF))
        case str():
            out.append(b"\3" + _sized(value.encode()))
        case bytes():
            out.append(b"\4" + _sized(value))
        case list():
            out.append(b"\5" + _WORD.pack(len(value)))
            for item in value:
                _encode(item, out)
        case dict():
            out.append(b"\6" + _WORD.pack(len(value)))
            for key, item in value.items():
                out.append(_sized(key.encode()))
                _encode(item, out)


def decode(body: bytes) -> tuple[int, bool, Value]:
    """A packet's number, whether it is a request of theirs, and its value."""
    try:
        head = _WORD.unpack_from(body, 0)[0]
        value, _ = _decode(body, 4)
    except (struct.error, IndexError, UnicodeDecodeError, RecursionError) as error:
        raise BadPacketError(f"a packet that cannot be read: {error}") from error
    return head >> 1, not head & 1, value


def _text(body: bytes, at: int) -> tuple[bytes, int]:
    size = _WORD.unpack_from(body, at)[0]
    end = at + 4 + size
    if end > len(body):
        raise BadPacketError("a packet that ends too early")
    return body[at + 4 : end], end


def _decode(body: bytes, at: int) -> tuple[Value, int]:
    tag = body[at]
    at += 1
    if tag == 0:
        return None, at
    if tag == 1:
        return body[at] != 0, at + 1
    if tag == 2:
        return cast("int", _WORD.unpack_from(body, at)[0]), at + 4
    if tag in {3, 4}:
        data, at = _text(body, at)
        return data.decode() if tag == 3 else data, at
    if tag not in {5, 6}:
        raise BadPacketError(f"a value of type {tag}")
    count = _WORD.unpack_from(body, at)[0]
    at += 4
    return _decode_list(body, at, count) if tag == 5 else _decode_map(body, at, count)


def _decode_list(body: bytes, at: int, count: int) -> tuple[Value, int]:
    items: list[Value] = []
    for _ in range(count):
        item, at = _decode(body, at)
        items.append(item)
    return items, at


def _decode_map(body: bytes, at: int, count: int) -> tuple[Value, int]:
    items: dict[str, Value] = {}
    for _ in range(count):
        key, at = _text(body, at)
        items[key.decode()], at = _decode(body, at)
    return items, at
