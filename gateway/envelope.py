"""What is around a payload of the gateway: opcode, number, name. The body stays as it came."""

import enum
from typing import Final

import msgspec

_NULL: Final = msgspec.Raw(b"null")


class Opcode(enum.IntEnum):
    """What Discord sends, and what is sent to it."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE_STATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Envelope(msgspec.Struct, gc=False):
    """One payload."""

    op: int
    d: msgspec.Raw = _NULL
    s: int | None = None
    t: str | None = None


class PayloadError(Exception):
    """A payload that makes no sense."""


class HelloBody(msgspec.Struct):
    heartbeat_interval: float
    """In milliseconds."""


class UnavailableGuild(msgspec.Struct):
    id: str


class _WithId(msgspec.Struct):
    id: str


class ReadyBody(msgspec.Struct):
    """What of READY concerns the gateway."""

    session_id: str
    resume_gateway_url: str
    user: _WithId
    guilds: list[UnavailableGuild] = []
    application: _WithId | None = None


_decode = msgspec.json.Decoder(Envelope).decode


def decode_envelope(text: bytes) -> Envelope:
    """Raises PayloadError. What is inside the body is checked to be JSON in UTF-8, no more."""
    try:
        if not text.isascii():
            text.decode()
        return _decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise PayloadError(f"{type(error).__name__}: {error}") from None


def decode_hello(body: msgspec.Raw) -> float:
    """Seconds between two heartbeats."""
    try:
        return msgspec.json.decode(body, type=HelloBody).heartbeat_interval / 1000
    except msgspec.MsgspecError as error:
        raise PayloadError(f"hello: {error}") from None


def decode_ready(body: msgspec.Raw) -> ReadyBody:
    try:
        return msgspec.json.decode(body, type=ReadyBody)
    except msgspec.MsgspecError as error:
        raise PayloadError(f"READY: {error}") from None
