"""One event as it goes over the wire, and a line of a log as its data."""

from typing import Any

import msgspec

from storage.guild_logs.lines import Line
from storage.ids import GuildId


class LogEntry(msgspec.Struct):
    """A line of a guild's log."""

    id: str
    timestamp: int
    """Unix milliseconds."""
    level: str
    message: str
    guild_id: str
    revision: str


def entry_of(guild: GuildId, line: Line) -> LogEntry:
    level = line.level.name.lower()
    return LogEntry(str(line.number), line.at_ms, level, line.text, str(guild), line.revision)


def event(data: Any, *, name: str = "", number: int | None = None) -> bytes:
    """Its data is JSON on one line."""
    head = (f"id: {number}\n" if number is not None else "") + (f"event: {name}\n" if name else "")
    return head.encode() + b"data: " + msgspec.json.encode(data) + b"\n\n"


def line_event(guild: GuildId, line: Line) -> bytes:
    return event(entry_of(guild, line), number=line.number)
