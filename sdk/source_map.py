"""From a place in a bundle to the place in the author's own file: source maps, version 3.

Only what stack frames need is kept: for each line of the bundle the columns at which something begins, and the file,
line and column it came from. A map is decoded once, when the first error asks.
"""

import json
from bisect import bisect_right
from typing import Any, Final, NamedTuple

_DIGITS: Final = {
    letter: value for value, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
}
_MORE: Final = 32
_VALUE: Final = 31


class BadSourceMapError(ValueError):
    """The map is not one of version 3, or its mappings are damaged."""


class Place(NamedTuple):
    """A line from 1, a column from 1."""

    file: str
    line: int
    column: int


class _Segment(NamedTuple):
    column: int
    source: int
    source_line: int
    source_column: int


class SourceMap:
    """Where the places of a bundle come from."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sources: list[str] = []
        self._lines: list[list[_Segment]] | None = None

    def find(self, line: int, column: int) -> Place | None:
        """The author's place for a place in the bundle; None when nothing of hers is there."""
        if self._lines is None:
            self._lines = self._decode()
        if not 1 <= line <= len(self._lines):
            return None
        segments = self._lines[line - 1]
        index = bisect_right(segments, column - 1, key=lambda segment: segment.column) - 1
        if index < 0:
            return None
        segment = segments[index]
        if not 0 <= segment.source < len(self._sources):
            return None
        return Place(self._sources[segment.source], segment.source_line + 1, segment.source_column + 1)

    def _decode(self) -> list[list[_Segment]]:
        try:
            values: dict[str, Any] = json.loads(self._text)
            if values["version"] != 3:
                raise BadSourceMapError(f"source map of version {values['version']}")
            root = values.get("sourceRoot") or ""
            self._sources = [f"{root}{source}" for source in values["sources"]]
            return _decode_mappings(values["mappings"])
        except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
            raise BadSourceMapError(f"not a source map: {error!r}") from error


def _decode_mappings(mappings: str) -> list[list[_Segment]]:
    source = source_line = source_column = 0
    lines: list[list[_Segment]] = []
    for line in mappings.split(";"):
        column = 0
        segments: list[_Segment] = []
        for part in line.split(","):
            deltas = _decode_numbers(part)
            if not deltas:
                continue
            column += deltas[0]
            if len(deltas) >= 4:
                source += deltas[1]
                source_line += deltas[2]
                source_column += deltas[3]
                segments.append(_Segment(column, source, source_line, source_column))
        segments.sort()
        lines.append(segments)
    return lines


def _decode_numbers(text: str) -> list[int]:
    """Numbers in base 64, least digit first, the sign in the lowest bit."""
    numbers: list[int] = []
    value = shift = 0
    for letter in text:
        digit = _DIGITS.get(letter)
        if digit is None:
            raise BadSourceMapError(f"{letter!r} in the mappings of a source map")
        value |= (digit & _VALUE) << shift
        if digit & _MORE:
            shift += 5
            continue
        numbers.append(-(value >> 1) if value & 1 else value >> 1)
        value = shift = 0
    return numbers
