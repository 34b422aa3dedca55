"""Streams of server-sent events: a guild's log as it is written, to any number of readers.

`events.py` is the wire format, `feed.py` what is new of a guild, `sinks.py` how bytes reach a reader, `pump.py` writes
to all who follow, `streams.py` looks after each reader. docs/decisions/streams.md says why it is so.
"""

from api.streams.events import LogEntry, entry_of, event
from api.streams.sinks import Push, Sink
from api.streams.streams import HEARTBEAT, HEARTBEAT_S, Streams, open_streams

__all__ = ["HEARTBEAT", "HEARTBEAT_S", "LogEntry", "Push", "Sink", "Streams", "entry_of", "event", "open_streams"]
