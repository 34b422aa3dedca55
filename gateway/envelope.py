"""What is around a payload of the gateway: opcode, number, name. The body stays as it came.

Discord writes the opcode, the number and the name of an event before its body, always in the same way, and most bodies
end with the guild's id. So they are read from there; a body that does not end so is gone over once, for whose it is. A
payload that is written in another way is decoded as the JSON that it is.
"""

import enum
import re
from collections.abc import Mapping
from typing import Final

import msgspec

from gateway.events import TAIL_BYTES, OwnGuilds, Snowflake, where

_NULL: Final = msgspec.Raw(b"null")
_HEAD: Final = re.compile(rb'\{"t":"(\w{1,100})","s":(\d{1,18}),"op":0,"d":')
"""Of an event. What stands behind it is the body, and the brace that closes the payload."""
_BRACE: Final = ord("}")
_own_guilds: Final = OwnGuilds()


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


class Dispatch(msgspec.Struct, frozen=True, gc=False):
    """One event as it came: Discord's name, and its raw body. Made for every event, so of the cheapest kind."""

    name: str
    body: bytes
    sequence: int = 0
    guild: Snowflake = None
    """Whose it is, where that has been read already."""


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


def decode_payload(text: bytes, wanted: Mapping[bytes, str]) -> Dispatch | Envelope | int:
    """Raises PayloadError. What is inside the body is checked to be UTF-8; that it is JSON only where it has to be read
    for whose it is: an isolate checks it, which reads it anyway, and gives scripts nothing that is not.

    `wanted` has the names of events. Of one that is empty there the number is all that is given, and nothing is
    checked: nobody will read it.
    """
    head = _HEAD.match(text)
    try:
        if head is not None and text[-1] == _BRACE:
            written, number = head.groups()
            name = wanted[written]
            if not name:
                return int(number)
            if not text.isascii():
                text.decode()
            body = text[head.end() : -1]
            guild = _own_guilds[text[-TAIL_BYTES:]]
            if guild:
                return Dispatch(name, body, int(number), guild)
            try:  # that this is one JSON value, and ends where the payload does, is known once it has been read
                return Dispatch(name, body, int(number), where(body).guild_id)
            except (msgspec.MsgspecError, RecursionError):
                pass
        text.decode()
        return _decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise PayloadError(f"{type(error).__name__}: {error}") from None


def decode_hello(body: bytes | msgspec.Raw) -> float:
    """Seconds between two heartbeats."""
    try:
        return msgspec.json.decode(body, type=HelloBody).heartbeat_interval / 1000
    except msgspec.MsgspecError as error:
        raise PayloadError(f"hello: {error}") from None


def decode_ready(body: bytes | msgspec.Raw) -> ReadyBody:
    try:
        return msgspec.json.decode(body, type=ReadyBody)
    except msgspec.MsgspecError as error:
        raise PayloadError(f"READY: {error}") from None
