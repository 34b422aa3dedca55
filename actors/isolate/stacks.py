"""A script's error, told in its author's own files and lines."""

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


def _move(frame: Frame, source_map: SourceMap) -> Frame:
    place = source_map.find(frame.line, frame.column)
    return frame if place is None else Frame(frame.function, place.file, place.line, place.column)
