"""Sessions of browsers: sealed in the cache, named by a signed cookie that scripts of a page cannot read.

What lies in the cache is of no use without flora's own secret, and the cookie's signature is checked before the cache
is asked, so guessing costs it nothing.
"""

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from typing import Final

import msgspec

from storage.cipher import NONCE_BYTES, AlteredError, Cipher
from storage.confidential import Secret
from storage.redis.client import Cache
from storage.redis.values import sessions

COOKIE: Final = "flora_session"
CSRF_COOKIE: Final = "flora_csrf"
STATE_COOKIE: Final = "flora_oauth_state"
CSRF_HEADER: Final = "x-csrf-token"


class Session(msgspec.Struct):
    """Who logged in, and what Discord gave for it."""

    user: int
    username: str
    global_name: str | None
    avatar: str | None
    access_token: str
    refresh_token: str
    expires_at: float
    """Of the access token, in Unix seconds."""


@dataclass(frozen=True, slots=True)
class Cookies:
    """How cookies are written."""

    secure: bool
    life_s: float

    def make(
        self, name: str, value: str, *, path: str = "/", life_s: float | None = None, readable: bool = False
    ) -> str:
        parts = [f"{name}={value}", f"Path={path}", f"Max-Age={int(self.life_s if life_s is None else life_s)}"]
        parts += ["SameSite=Lax"] + ([] if readable else ["HttpOnly"]) + (["Secure"] if self.secure else [])
        return "; ".join(parts)

    def drop(self, name: str, path: str = "/") -> str:
        return self.make(name, "", path=path, life_s=0)


class Sessions:
    """Made once for the daemon. Raises CacheUnavailable."""

    def __init__(self, cache: Cache, secret: Secret) -> None:
        self._values = sessions(cache)
        self._signing = _derived(secret, b"cookie signature")
        self._sealing = Cipher(_derived(secret, b"session at rest"))

    def __repr__(self) -> str:
        return "<Sessions>"

    async def begin(self, session: Session) -> str:
        """The cookie's value."""
        name = secrets.token_urlsafe(24)
        await self.write(name, session)
        return f"{name}.{self._signature(name)}"

    async def write(self, name: str, session: Session) -> None:
        nonce = os.urandom(NONCE_BYTES)
        sealed = nonce + self._sealing.seal(nonce, msgspec.json.encode(session), name.encode())
        await self._values.put(name, base64.b64encode(sealed).decode())

    def name_in(self, cookie: str) -> str | None:
        """The session's name, when the cookie is one of ours."""
        name, dot, signature = cookie.partition(".")
        if not dot or not hmac.compare_digest(signature.encode(), self._signature(name).encode()):
            return None
        return name

    async def read(self, name: str) -> Session | None:
        kept = await self._values.get(name)
        if not isinstance(kept, str):
            return None
        try:
            sealed = base64.b64decode(kept, validate=True)
            opened = self._sealing.open(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], name.encode())
            return msgspec.json.decode(opened, type=Session)
        except (ValueError, AlteredError, msgspec.MsgspecError):  # made with another secret: as if it were gone
            return None

    async def end(self, name: str) -> None:
        await self._values.remove(name)

    def csrf_token(self, name: str) -> str:
        """What a page must send with whatever changes something: it can read this, another site's page cannot."""
        return _text(hmac.digest(self._signing, b"csrf\0" + name.encode(), hashlib.sha256))

    def _signature(self, name: str) -> str:
        return _text(hmac.digest(self._signing, name.encode(errors="replace"), hashlib.sha256))


def _derived(secret: Secret, purpose: bytes) -> bytes:
    return hmac.digest(secret.reveal().encode(), b"flora " + purpose, hashlib.sha256)


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
