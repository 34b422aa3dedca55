"""Where a key stands in LMDB: the one mapping from names to bytes, and it keeps the order of the names.

LMDB's keys have at most 511 bytes; ours may have 512, and the store's number (8 bytes) stands before them.
So the bytes of a key from `HEAD` on are replaced by their *rank*: the position they would have in the sorted
list of all UTF-8 texts that fit there. UTF-8 uses 178 of 256 values where a character starts and 64 where
one goes on, so the rank takes a tenth less room than the text, enough for the store's number. Ranks have
one width and the same order as the texts, so listing by LMDB's order is listing by UTF-8 bytes, exactly,
without hashing and without a second index. A rank cannot be read back in a hurry: records of such keys carry
the full key (records.py). Keys of up to `HEAD` bytes, all that anybody writes by hand, stand as they are.
"""

import os
from functools import lru_cache
from typing import Final

from storage.kv.errors import InvalidGuild, InvalidKey, InvalidStoreName, KeyTooLong
from storage.kv.limits import KEY_BYTES

LMDB_KEY_BYTES: Final = 511
NUMBER_BYTES: Final = 8
HEAD: Final = 400
TAIL: Final = KEY_BYTES - HEAD

_LEAD_2, _LEAD_3, _LEAD_4 = 0xC2, 0xE0, 0xF0
_ONE_BYTE, _TWO_BYTES, _THREE_BYTES, _FOUR_BYTES = 127, 30, 16, 5  # how many bytes start such a character
_PRINTABLE_FROM: Final = 0x20
_STAGED_BYTES: Final = 8
_GREATEST_ENDS: Final = ("", "\x7f", "\u07ff", "\uffff")


def _count_texts() -> tuple[list[int], ...]:
    """`counts[owed][n]`: texts of at most n bytes, where `owed` bytes of a character are still to come."""
    counts: tuple[list[int], ...] = ([1], [1], [1], [1])
    start, *_ = counts
    for n in range(TAIL):
        start.append(
            1
            + _ONE_BYTE * start[n]
            + _TWO_BYTES * counts[1][n]
            + _THREE_BYTES * counts[2][n]
            + _FOUR_BYTES * counts[3][n]
        )
        for owed in (1, 2, 3):
            counts[owed].append(1 + 64 * counts[owed - 1][n])
    return counts


_COUNTS: Final = _count_texts()
_RANK_BYTES: Final = (max(column[TAIL] for column in _COUNTS).bit_length() + 7) // 8
assert NUMBER_BYTES + HEAD + _RANK_BYTES <= LMDB_KEY_BYTES


@lru_cache(4_096)
def encode_guild(guild: int) -> bytes:
    """Eight bytes; Discord's ids are unsigned 64-bit numbers."""
    if isinstance(guild, bool) or not 0 <= guild < 1 << 64:
        raise InvalidGuild(f"{guild!r} is not a guild's id")
    return guild.to_bytes(8, "big")


def staged_guild(guild: bytes) -> bytes:
    """Where an import gathers, unseen, before it takes the guild's place. Each has a place of its own."""
    return guild + os.urandom(_STAGED_BYTES)


def is_staged(guild: bytes) -> bool:
    """Whether this is where an import gathers."""
    return len(guild) > NUMBER_BYTES


@lru_cache(4_096)
def encode_store_name(name: str, limit: int) -> bytes:
    """A store's name in UTF-8, or `InvalidStoreName`."""
    try:
        encoded = name.encode()
    except UnicodeEncodeError:
        raise InvalidStoreName("A store's name holds half a surrogate pair") from None
    if not encoded:
        raise InvalidStoreName("A store's name is empty")
    if len(encoded) > limit:
        raise InvalidStoreName(f"A store's name has {len(encoded)} bytes, more than {limit}")
    if min(encoded) < _PRINTABLE_FROM or "\x7f" in name:
        raise InvalidStoreName(f"The store's name {name!r} holds a control character")
    return encoded


@lru_cache(8_192)
def encode_key(key: str) -> bytes:
    """A key in UTF-8, or `InvalidKey` or `KeyTooLong`."""
    try:
        encoded = key.encode()
    except UnicodeEncodeError:
        raise InvalidKey("A key holds half a surrogate pair") from None
    if not encoded:
        raise InvalidKey("A key is empty")
    if len(encoded) > KEY_BYTES:
        raise KeyTooLong(f"A key has {len(encoded)} bytes, more than {KEY_BYTES}")
    if b"\0" in encoded:
        raise InvalidKey("A key holds NUL")
    return encoded


def encode_prefix(prefix: str) -> bytes:
    """What a key may begin with: like a key, but it may be empty."""
    return encode_key(prefix) if prefix else b""


def place(number: bytes, key: bytes) -> bytes:
    """The LMDB key of `key` in the store of that number."""
    if len(key) <= HEAD:
        return number + key
    return number + key[:HEAD] + _rank(key).to_bytes(_RANK_BYTES, "big")


def is_ranked(placed: bytes) -> bool:
    """Whether the end of the key is a rank, so that the record has to say the key."""
    return len(placed) > NUMBER_BYTES + HEAD


def greatest_with_prefix(prefix: bytes) -> bytes:
    """The last key, in the order of bytes, of all that begin with the prefix."""
    whole, rest = divmod(KEY_BYTES - len(prefix), 4)
    return prefix + ("\U0010ffff" * whole + _GREATEST_ENDS[rest]).encode()


def _rank(key: bytes) -> int:
    """How many texts that could stand after `HEAD` come before the one that does."""
    owed, rank, room = _owed_at_head(key), 0, TAIL
    for byte in key[HEAD:]:
        room -= 1
        before, owed = _texts_before(byte, owed, room)
        rank += 1 + before  # the text that ends here comes first
    return rank


def _texts_before(byte: int, owed: int, room: int) -> tuple[int, int]:
    """Texts with a smaller byte in this place, and how many bytes the character owes after this one."""
    start, one, two, three = (column[room] for column in _COUNTS)
    if owed:
        return (byte - 0x80) * _COUNTS[owed - 1][room], owed - 1
    if byte < _LEAD_2:
        return (byte - 1) * start, 0
    before = _ONE_BYTE * start
    if byte < _LEAD_3:
        return before + (byte - _LEAD_2) * one, 1
    before += _TWO_BYTES * one
    if byte < _LEAD_4:
        return before + (byte - _LEAD_3) * two, 2
    return before + _THREE_BYTES * two + (byte - _LEAD_4) * three, 3


def _owed_at_head(key: bytes) -> int:
    """Bytes that belong to a character which began before `HEAD`."""
    for back in (1, 2, 3):
        byte = key[HEAD - back]
        if byte >= _LEAD_2:
            length = 4 if byte >= _LEAD_4 else 3 if byte >= _LEAD_3 else 2
            return max(0, length - back)
        if byte < 0x80:
            return 0
    return 0
