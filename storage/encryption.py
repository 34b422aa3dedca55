"""Authenticated encryption of secrets, with a ring of keys.

AES-256-GCM-SIV: a nonce that repeats by accident shows only that two equal values are equal. The guild and
the secret's name are bound in: a row copied to another guild, or under another name, does not decrypt. Each
row names its key by id; the active key encrypts, and every key of the ring decrypts, so that a new key is put
in front and the rows follow in slices while serving.
"""

import hashlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from storage.cipher import KEY_BYTES, NONCE_BYTES, AlteredError, Cipher
from storage.confidential import Secret
from storage.errors import KeyRefused
from storage.ids import GuildId

KEY_FILE: Final = "secrets.key"


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted value, as a row holds it."""

    key_id: str
    nonce: bytes
    ciphertext: bytes = field(repr=False)


class KeyRing:
    """Keys by id; the first is active."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys:
            raise KeyRefused("there is no key for secrets")
        if any(len(key) != KEY_BYTES for key in keys):
            raise KeyRefused(f"a key for secrets must have {KEY_BYTES} bytes")
        self._ciphers = {key_id(key): Cipher(key) for key in keys}
        self.active = key_id(keys[0])

    def __repr__(self) -> str:
        return f"KeyRing(active={self.active}, keys={len(self._ciphers)})"

    @property
    def key_ids(self) -> frozenset[str]:
        return frozenset(self._ciphers)

    def seal(self, guild: GuildId, name: str, value: Secret) -> Sealed:
        nonce = os.urandom(NONCE_BYTES)
        text = value.reveal().encode()
        ciphertext = self._ciphers[self.active].seal(nonce, text, _bound(guild, name, self.active))
        return Sealed(self.active, nonce, ciphertext)

    def open(self, guild: GuildId, name: str, sealed: Sealed) -> Secret:
        """Raises KeyRefused when the key is not in the ring, or when the row is not what was sealed."""
        cipher = self._ciphers.get(sealed.key_id)
        if cipher is None:
            raise KeyRefused(f"secret {name} of guild {guild} needs key {sealed.key_id}, which is not configured")
        try:
            text = cipher.open(sealed.nonce, sealed.ciphertext, _bound(guild, name, sealed.key_id))
        except AlteredError:
            raise KeyRefused(f"secret {name} of guild {guild} was altered outside flora") from None
        return Secret(text.decode())


def key_id(key: bytes) -> str:
    """Names a key without telling it."""
    return hashlib.sha256(b"flora secrets key id\0" + key).hexdigest()[:16]


def _bound(guild: GuildId, name: str, key: str) -> bytes:
    return f"flora.secret.v1\0{guild}\0{name}\0{key}".encode()


def parse_key(text: Secret) -> bytes:
    """64 hexadecimal digits; raises KeyRefused without repeating them."""
    try:
        key = bytes.fromhex(text.reveal().strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyRefused(f"a key for secrets is {2 * KEY_BYTES} hexadecimal digits")
    return key


def ring_from_texts(texts: Sequence[Secret]) -> KeyRing:
    """From configuration: the active key first, then those it replaces."""
    return KeyRing([parse_key(text) for text in texts])


def ring_from_file(directory: Path) -> KeyRing:
    """From the data directory's key file, one key a line, the active one first. The file is made at the first
    start."""
    path = directory / KEY_FILE
    try:
        if not path.exists():
            _write_key_file(path, secrets.token_hex(KEY_BYTES) + "\n")
        if path.stat().st_mode & 0o077:
            raise KeyRefused(f"{path} can be read by others: chmod 600 it, and replace the key")
        lines = [line for line in path.read_text().splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise KeyRefused(f"the key file {path} cannot be used: {type(error).__name__}") from error
    return ring_from_texts([Secret(line) for line in lines])


def add_key_to_file(directory: Path) -> KeyRing:
    """Put a fresh key in front of the file's; rotate_secrets then brings the rows over."""
    ring_from_file(directory)
    path = directory / KEY_FILE
    _write_key_file(path, secrets.token_hex(KEY_BYTES) + "\n" + path.read_text())
    return ring_from_file(directory)


def _write_key_file(path: Path, text: str) -> None:
    """On disk before anything is encrypted with it, and never half."""
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def merge_keys(directory: Path, text: str) -> KeyRing:
    """Put a backup's keys behind those of the key file: what either encrypted can be read."""
    path = directory / KEY_FILE
    ours = path.read_text().split() if path.exists() else []
    ring_from_texts([Secret(line) for line in text.split()])
    theirs = [line for line in text.split() if line not in ours]
    _write_key_file(path, "\n".join([*ours, *theirs]) + "\n")
    return ring_from_file(directory)
