"""Which keys a listing means, and the cursor that carries on where a page ended.

A cursor is the last key of its page, signed together with guild, store and the listing's own terms. Going on
after a key cannot repeat one, and cannot skip one that was there all along, whatever is written between two
pages. A cursor that was made up, or was made for another guild, store or listing, does not verify.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from storage.kv.errors import InvalidCursor, InvalidLimit
from storage.kv.keys import encode_key, encode_prefix, greatest_with_prefix
from storage.kv.limits import KvLimits
from storage.kv.records import KeyInfo

_SIGNATURE_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Listing:
    """The keys from `start` up to, but without, `end`, of those that begin with `prefix`; by UTF-8 bytes."""

    prefix: str = ""
    start: str | None = None
    end: str | None = None
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Keys in order, and the cursor for the next page; None when this was the last one."""

    keys: tuple[KeyInfo, ...]
    cursor: str | None

    @property
    def complete(self) -> bool:
        """Whether nothing follows."""
        return self.cursor is None


@dataclass(frozen=True, slots=True)
class Span:
    """A listing in bytes: both ends belong to it, and `after` (if any) is where it goes on."""

    first: bytes
    last: bytes
    end: bytes | None
    reverse: bool
    after: bytes | None = None

    def holds(self, key: bytes) -> bool:
        """Whether a key lies in it."""
        return self.first <= key <= self.last and (self.end is None or key < self.end)


def span_of(listing: Listing, after: bytes | None) -> Span:
    """The listing in bytes."""
    prefix = encode_prefix(listing.prefix)
    start = encode_prefix(listing.start) if listing.start is not None else b""
    end = encode_prefix(listing.end) if listing.end is not None else None
    return Span(max(prefix, start), greatest_with_prefix(prefix), end, listing.reverse, after)


def page_size(limit: int | None, limits: KvLimits) -> int:
    """The number of keys asked for, or `InvalidLimit`."""
    if limit is None:
        return limits.default_page_keys
    if isinstance(limit, bool) or not 1 <= limit <= limits.page_keys:
        raise InvalidLimit(f"A page has between 1 and {limits.page_keys} keys, not {limit!r}")
    return limit


def make_cursor(secret: bytes, place: bytes, listing: Listing, key: bytes) -> str:
    """The cursor of a page that ended with this key. `place` names guild and store."""
    return urlsafe_b64encode(_sign(secret, place, listing, key) + key).decode().rstrip("=")


def read_cursor(secret: bytes, place: bytes, listing: Listing, cursor: str) -> bytes:
    """The key after which to go on, or `InvalidCursor`."""
    try:
        signed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except ValueError:
        raise InvalidCursor("This is no cursor") from None
    signature, key = signed[:_SIGNATURE_BYTES], signed[_SIGNATURE_BYTES:]
    if not hmac.compare_digest(signature, _sign(secret, place, listing, key)):
        raise InvalidCursor("The cursor was not made by this store for this listing")
    return encode_key(key.decode())


def _sign(secret: bytes, place: bytes, listing: Listing, key: bytes) -> bytes:
    digest = blake2b(key=secret, digest_size=_SIGNATURE_BYTES)
    terms = repr((listing.prefix, listing.start, listing.end, listing.reverse)).encode()
    for part in (place, terms, key):
        digest.update(len(part).to_bytes(4, "big") + part)
    return digest.digest()
