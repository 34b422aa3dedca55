"""Transport compression: one stream for a whole connection, cut into messages. Pure.

Discord compresses all that it sends on a connection as one stream, and flushes it after each message. So messages must
be fed in order and none left out; when one cannot be read, the connection is lost, though not the session.
"""

import enum
import zlib
from collections.abc import Iterable
from typing import Final, Protocol

import zstandard

from gateway.frames import MESSAGE_BYTES

_ZLIB_SUFFIX: Final = b"\x00\x00\xff\xff"
_ZSTD_SLICE: Final = 1024
"""A block of zstd makes at most 128 KiB of four bytes: so much is fed between two looks at how much came out."""
_ZSTD_PIECE: Final = 16 * 1024
"""What is asked of the allocator for each message before its size is known. The library's own 128 KiB cost half as much
again as all the inflating."""
_ZSTD_WINDOW: Final = 128 * 1024 * 1024


class Compression(enum.Enum):
    """What is asked for in the address."""

    NONE = "none"
    ZLIB = "zlib-stream"
    ZSTD = "zstd-stream"

    @property
    def query(self) -> str:
        return "" if self is Compression.NONE else f"&compress={self.value}"


class InflateError(Exception):
    """What came is not what was agreed on, or far too much."""


class Inflator(Protocol):
    """Of one connection."""

    def texts(self, messages: Iterable[bytes]) -> Iterable[bytes]:
        """The texts of messages, each inflated when it is asked for; none for a message that is not whole yet. Raises
        InflateError at the first that cannot be read, and then nothing more can."""
        ...


class Plain:
    """No compression."""

    def texts(self, messages: Iterable[bytes]) -> Iterable[bytes]:
        return messages


class ZlibStream:
    """A message ends with an empty block, whose last bytes are always the same; it may come in several frames."""

    def __init__(self, most: int = MESSAGE_BYTES) -> None:
        self._stream = zlib.decompressobj()
        self._parts: list[bytes] = []
        self._parts_bytes = 0
        self._most = most

    def texts(self, messages: Iterable[bytes]) -> Iterable[bytes]:
        return filter(None, map(self._inflate, messages))

    def _inflate(self, message: bytes) -> bytes:
        if self._parts or message[-4:] != _ZLIB_SUFFIX:
            message = self._gathered(message)
            if not message:
                return b""
        try:
            text = self._stream.decompress(message, self._most)
        except zlib.error as error:
            raise InflateError(f"the zlib stream is broken: {error}") from None
        if self._stream.unconsumed_tail:
            raise InflateError(f"a message inflates to more than {self._most} bytes")
        if self._stream.eof:
            raise InflateError("the zlib stream has ended")
        return text

    def _gathered(self, message: bytes) -> bytes:
        self._parts.append(message)
        self._parts_bytes += len(message)
        if self._parts_bytes > self._most:
            raise InflateError(f"a message has more than {self._most} bytes")
        if message[-4:] != _ZLIB_SUFFIX and not b"".join(self._parts[-4:]).endswith(_ZLIB_SUFFIX):
            return b""
        whole = b"".join(self._parts)
        self._parts.clear()
        self._parts_bytes = 0
        return whole


class ZstdStream:
    """One zstd frame that never ends; each message is flushed."""

    def __init__(self, most: int = MESSAGE_BYTES) -> None:
        self._stream = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj(write_size=_ZSTD_PIECE)
        self._most = most

    def texts(self, messages: Iterable[bytes]) -> Iterable[bytes]:
        decompress = self._stream.decompress
        try:
            for message in messages:
                text = decompress(message) if len(message) <= _ZSTD_SLICE else self._sliced(message)
                if text:
                    yield text
        except zstandard.ZstdError as error:
            raise InflateError(f"the zstd stream is broken: {error}") from None

    def _sliced(self, message: bytes) -> bytes:
        parts: list[bytes] = []
        size = 0
        for at in range(0, len(message), _ZSTD_SLICE):
            part = self._stream.decompress(message[at : at + _ZSTD_SLICE])
            size += len(part)
            if size > self._most:
                raise InflateError(f"a message inflates to more than {self._most} bytes")
            parts.append(part)
        return b"".join(parts)


def inflator_for(compression: Compression) -> Inflator:
    """A new one for each connection."""
    match compression:
        case Compression.NONE:
            return Plain()
        case Compression.ZLIB:
            return ZlibStream()
        case Compression.ZSTD:
            return ZstdStream()
