"""The lines of a guild's export.

The first says what it is, each further one is an entry, the last one counts them, so that a file cut short is noticed.
Bytes travel as base64. Versions do not travel: they belong to a store's own history.
"""

from base64 import b64encode
from collections.abc import Iterator
from typing import IO, Any, Final

import msgspec

from storage.checks import why_not_json
from storage.kv.errors import ImportRefused, KvRefused
from storage.kv.making import Operations
from storage.kv.operations import Operation, Put
from storage.kv.records import Entry
from storage.kv.values import Kind, RawJson

_FORMAT: Final = "flora-kv"
_VERSION: Final = 1
_NOTHING: Final = msgspec.Raw()
_NO_METADATA: Final = {b"", b"null"}


class _Line(msgspec.Struct, frozen=True):
    """Any of them."""

    format: str = ""
    version: int = 0
    store: str | None = None
    key: str | None = None
    json: msgspec.Raw = _NOTHING
    data: bytes | None = msgspec.field(default=None, name="bytes")
    metadata: msgspec.Raw = _NOTHING
    expires_ms: int | None = None
    entries: int | None = None


_read = msgspec.json.Decoder(_Line).decode
_write = msgspec.json.Encoder().encode


def first_line(guild: int) -> bytes:
    return _line({"format": _FORMAT, "version": _VERSION, "guild": str(guild)})


def line_of(store: str, entry: Entry) -> bytes:
    fields: dict[str, Any] = {"store": store, "key": entry.key}
    if entry.kind is Kind.BYTES:
        fields["bytes"] = b64encode(entry.data).decode()
    else:
        fields["json"] = _on_one_line(entry.data)
    if entry.metadata_json:
        fields["metadata"] = _on_one_line(entry.metadata_json)
    if entry.expires_ms:
        fields["expires_ms"] = entry.expires_ms
    return _line(fields)


def _on_one_line(text: bytes) -> msgspec.Raw:
    """As it stands, numbers of any length too, but for the white space in between."""
    return msgspec.Raw(msgspec.json.format(text, indent=-1))


def last_line(entries: int) -> bytes:
    return _line({"entries": entries})


def _line(fields: dict[str, Any]) -> bytes:
    return _write(fields) + b"\n"


class ExportedEntries:
    """The entries of an export as operations; refuses the first line that is not what an export writes."""

    def __init__(self, file: IO[bytes], operations: Operations) -> None:
        self._file = file
        self._operations = operations
        self._longest = 4 * (operations.limits.value_bytes + operations.limits.metadata_bytes) + 8_192
        self.entries = 0
        self.expired = 0

    def __iter__(self) -> Iterator[Operation]:
        for number in range(1, 1 << 62):
            try:
                line = self._next()
                if number == 1:
                    self._check_header(line)
                elif line.entries is not None:
                    self._check_end(line.entries)
                    return
                elif (put := self._put(line)) is not None:
                    yield put
            except KvRefused as refusal:
                raise ImportRefused(f"Line {number}: {refusal}") from refusal

    def _next(self) -> _Line:
        text = self._file.readline(self._longest)
        if not text:
            raise ImportRefused("It should count the entries, as the last one does, but is missing")
        if len(text) == self._longest:
            raise ImportRefused("It is longer than any that an export writes")
        try:
            return _read(text)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ImportRefused(f"It is not what an export writes: {why_not_json(text, error)}") from None

    @staticmethod
    def _check_header(line: _Line) -> None:
        if (line.format, line.version) != (_FORMAT, _VERSION):
            raise ImportRefused(f'It does not say {{"format":"{_FORMAT}","version":{_VERSION}}}')

    def _check_end(self, counted: int) -> None:
        found = self.entries + self.expired
        if counted != found:
            raise ImportRefused(f"It counts {counted} entries, and there are {found}")
        if self._file.read(1):
            raise ImportRefused("It should be the last one, and something follows")

    def _put(self, line: _Line) -> Put | None:
        if line.store is None or line.key is None or bool(bytes(line.json)) == (line.data is not None):
            raise ImportRefused("It needs a store, a key, and json or bytes")
        expires_ms = line.expires_ms
        if expires_ms is not None and expires_ms <= self._operations.now_ms():
            self.expired += 1
            return None
        self.entries += 1
        metadata = bytes(line.metadata)
        return self._operations.put(
            line.store,
            line.key,
            RawJson(bytes(line.json)) if line.data is None else line.data,
            expires_at=None if expires_ms is None else expires_ms / 1000,
            metadata=None if metadata in _NO_METADATA else RawJson(metadata),
        )
