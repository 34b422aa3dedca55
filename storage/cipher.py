"""Authenticated encryption under one key: AES-256-GCM-SIV (docs/decisions/secrets-encryption.md).

The library that computes it is 7 MB of memory. It is loaded, in some milliseconds, when something is first sealed or
opened: a daemon whose guilds have no secrets and where nobody logs in goes without.
"""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


class AlteredError(Exception):
    """What should be opened was not sealed under this key, with this nonce, for this purpose."""


class Cipher:
    """A nonce that repeats by accident shows only that two equal texts are equal."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self._key = key
        self._loaded: AESGCMSIV | None = None

    def __repr__(self) -> str:
        return "<Cipher>"

    def seal(self, nonce: bytes, text: bytes, purpose: bytes) -> bytes:
        """`purpose` is not in what comes out, and whoever opens that must name the same."""
        return self._library.encrypt(nonce, text, purpose)

    def open(self, nonce: bytes, sealed: bytes, purpose: bytes) -> bytes:
        """Raises AlteredError."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415  see the module

        try:
            return self._library.decrypt(nonce, sealed, purpose)
        except (InvalidTag, ValueError):
            raise AlteredError from None

    @property
    def _library(self) -> "AESGCMSIV":
        if self._loaded is None:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV  # noqa: PLC0415  see the module

            self._loaded = AESGCMSIV(self._key)
        return self._loaded
