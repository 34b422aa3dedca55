"""Interactions over HTTP: the other way in which Discord can bring them, when an *interactions endpoint URL* is set.

Discord signs each request; a request whose signature does not fit is refused with 401, which Discord tries out on
purpose. A PING is answered at once. Every other interaction goes the same way as one from the gateway, and is
accepted with 202: the script then answers through the callback, as it does for those of the gateway. The API layer
mounts `answer`.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from actors.refs import GuildEvent

logger = logging.getLogger(__name__)
BODY_BYTES: Final = 4 * 1024 * 1024
"""A modal's answer with everything filled in has some hundred KiB."""
STALE_S: Final = 300
"""A signed request may be this old: the tokens in it live for fifteen minutes, so a recorded one must not be of use."""
SIGNATURE_HEADER: Final = "X-Signature-Ed25519"
TIMESTAMP_HEADER: Final = "X-Signature-Timestamp"
_PING: Final = 1
_PONG: Final = b'{"type":1}'


class PublicKeyError(ValueError):
    """The configured public key is none."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What the API layer sends."""

    status: int
    body: bytes = b""
    """JSON, or nothing."""


class _Head(msgspec.Struct):
    type: int


class InteractionsEndpoint:
    """For one application."""

    def __init__(
        self,
        public_key: str,
        take: Callable[[bytes], GuildEvent | None],
        deliver: Callable[[Sequence[GuildEvent]], None],
        now_s: Callable[[], float],
    ) -> None:
        """`take` is Inbound.interaction; `now_s` the wall clock."""
        # 7 MB of memory, which a daemon without such an endpoint goes without.
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

        self._no_signature = InvalidSignature
        try:
            self._key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        except ValueError:
            raise PublicKeyError(
                "The public key has 64 hexadecimal digits; it stands under General Information in the developer portal."
            ) from None
        self._take = take
        self._deliver = deliver
        self._now_s = now_s
        self.refused = 0

    def answer(self, signature: str | None, timestamp: str | None, body: bytes) -> HttpAnswer:
        """Never waits: within Discord's three seconds belongs to the script."""
        if len(body) > BODY_BYTES:
            return HttpAnswer(413)
        if not self._is_signed(signature, timestamp, body):
            self.refused += 1
            return HttpAnswer(401, b'{"error":"the signature does not fit"}')
        try:
            if msgspec.json.decode(body, type=_Head).type == _PING:
                return HttpAnswer(200, _PONG)
            event = self._take(body)
        except (msgspec.MsgspecError, RecursionError) as error:
            logger.warning("an interaction over HTTP makes no sense: %s", error)
            return HttpAnswer(400, b'{"error":"this is no interaction"}')
        if event is not None:
            self._deliver([event])
        return HttpAnswer(202)

    def _is_signed(self, signature: str | None, timestamp: str | None, body: bytes) -> bool:
        if not signature or not timestamp or not (timestamp.isascii() and timestamp.isdigit()):
            return False
        if len(timestamp) > 12 or abs(self._now_s() - int(timestamp)) > STALE_S:
            return False
        try:
            self._key.verify(bytes.fromhex(signature), timestamp.encode() + body)
        except (self._no_signature, ValueError):
            return False
        return True
