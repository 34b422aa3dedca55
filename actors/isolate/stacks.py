"""A script's errors and registrations, told in its author's own files and lines."""

from typing import Any, cast

import msgspec

from actors.isolate.records import Frame, ScriptError
from sdk.source_map import BadSourceMapError, SourceMap


def in_authors_files(error: ScriptError, source_map: SourceMap) -> ScriptError:
    """The same error with every frame that the map knows moved to where it was written."""
    try:
        stack = tuple(_move(frame, source_map) for frame in error.stack)
    except BadSourceMapError:
        return error  # a place in the bundle is better than none
    return msgspec.structs.replace(error, stack=stack)


class _At(msgspec.Struct):
    """Where something was registered."""

    file: str
    line: int
    column: int


def registered_in_authors_files(registrations: dict[str, Any], source_map: SourceMap) -> dict[str, Any]:
    """The same registrations; those that say where they were made say it in the author's files."""
    try:
        lists = msgspec.convert(registrations, dict[str, list[Any]])
    except msgspec.ValidationError:
        return registrations  # of another prelude
    return {kind: [_moved(one, source_map) for one in listed] for kind, listed in lists.items()}


def _moved(one: Any, source_map: SourceMap) -> Any:
    if not isinstance(one, dict) or "at" not in one:
        return cast("Any", one)
    registered = cast("dict[str, Any]", one)
    try:
        at = msgspec.convert(registered["at"], _At)
        place = source_map.find(at.line, at.column)
    except (msgspec.ValidationError, BadSourceMapError):
        return registered
    if place is None:
        return registered
    return {**registered, "at": {"file": place.file, "line": place.line, "column": place.column}}


def _move(frame: Frame, source_map: SourceMap) -> Frame:
    place = source_map.find(frame.line, frame.column)
    return frame if place is None else Frame(frame.function, place.file, place.line, place.column)
