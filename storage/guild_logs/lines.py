"""A line of a log, and how it stands in LMDB.

`lines` holds, under the guild's id and the line's number (8 bytes each), time, level, revision and text;
`guilds` holds, under the guild's id, which numbers are there and how many bytes they are. Numbers count up
from 1 for each guild and are never used twice, whatever is dropped.
"""

from dataclasses import dataclass
from enum import IntEnum
from struct import Struct

import msgspec

_RECORD = Struct(">QBH")
_EXTENT = Struct(">QQQ")
_KEY = Struct(">QQ")


class Level(IntEnum):
    """How much it matters."""

    DEBUG = 10
    INFO = 20
    WARN = 30
    ERROR = 40


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line. `revision` is the deployment that was running, empty when none was."""

    number: int
    at_ms: int
    level: Level
    revision: str
    text: str


@dataclass(slots=True)
class Extent:
    """Which lines of a guild there are: from `first` to `last`, none when `first` is beyond `last`."""

    first: int = 1
    last: int = 0
    size: int = 0

    @property
    def count(self) -> int:
        """How many lines there are; numbers have no gaps."""
        return self.last - self.first + 1

    def pack(self) -> bytes:
        """The row's bytes."""
        return _EXTENT.pack(self.first, self.last, self.size)

    @classmethod
    def unpack(cls, row: bytes | None) -> "Extent":
        """The row of these bytes; an empty log for None."""
        return cls(*_EXTENT.unpack(row)) if row else cls()


def line_key(guild: int, number: int) -> bytes:
    """Sorts by guild, then by number."""
    return _KEY.pack(guild, number)


def pack_line(at_ms: int, level: Level, revision: bytes, text: bytes) -> bytes:
    """A line's record."""
    return _RECORD.pack(at_ms, level, len(revision)) + revision + text


def line_moment(record: bytes) -> int:
    """The time of a record, without looking at the rest."""
    at_ms: int = _RECORD.unpack_from(record)[0]
    return at_ms


def unpack_line(key: bytes, record: bytes) -> Line:
    """The line of these bytes."""
    at_ms, level, length = _RECORD.unpack_from(record)
    start = _RECORD.size
    revision, text = record[start : start + length], record[start + length :]
    return Line(_KEY.unpack(key)[1], at_ms, Level(level), revision.decode(), text.decode())


def cut(text: str, limit: int) -> bytes:
    """UTF-8 of at most so many bytes; what is no UTF-8 is replaced, what is too long is cut and says so."""
    encoded = text.encode(errors="replace")
    if len(encoded) <= limit:
        return encoded
    note = f" … ({len(encoded)} bytes, cut)".encode()
    return encoded[: max(0, limit - len(note))].decode(errors="ignore").encode() + note
