"""The daemon's own log: lines for a person on a terminal, JSON lines for everything else.

Four targets, each with a level: `flora:runtime`, `flora:discord`, `flora:deployments`, `flora:kv`. Levels are said as
the original's operators say them (`RUST_LOG`): `flora::runtime=debug,flora=info`.

Writing happens in a thread behind a bounded queue: a terminal that is stopped, or a full pipe, never holds up the loop;
what does not fit is counted, and the count is a line of its own. Tokens and passwords that got into a text are struck
out; what members write is never handed to this log in the first place.
"""

import faulthandler
import json
import logging
import logging.handlers
import queue
import re
import sys
import traceback
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final, TextIO

TARGETS: Final = ("flora:runtime", "flora:discord", "flora:deployments", "flora:kv")
LEVELS: Final = {
    "trace": logging.DEBUG,
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warn": logging.WARNING,
    "error": logging.ERROR,
    "off": logging.CRITICAL + 1,
}
DEFAULT: Final = "flora=info"
_QUEUED: Final = 10_000
_OWNERS: Final = (
    ("storage.kv", "flora:kv"),
    ("flora.kv", "flora:kv"),
    ("gateway", "flora:discord"),
    ("flora.discord", "flora:discord"),
    ("api.deploy", "flora:deployments"),
    ("flora.deployments", "flora:deployments"),
)
_OURS: Final = ("flora", "actors", "api", "gateway", "storage", "sdk")
_COLOURS: Final = {"ERROR": "\x1b[31m", "WARN": "\x1b[33m", "INFO": "\x1b[32m", "DEBUG": "\x1b[2m"}
_SECRETS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"((?:Bot|Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]{8,}",
        r"()[MNO][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}",  # a bot's
        r"()\baW50ZXJhY3Rpb2[A-Za-z0-9+/=_-]{16,}",  # an interaction's, wherever it stands
        r"()\bflora_(?=[a-z_]*[A-Z0-9-])[A-Za-z0-9_-]{20,}",  # our own; the names of metrics are words alone
        r"(://[^\s/@:]*:)[^\s/@]+(?=@)",
        r"(/(?:webhooks|interactions)/\d+/)[A-Za-z0-9_.-]{20,}",
        r"(\bflora_(?:session|csrf|oauth_state)=)[^\s;,]+",
        r"(\bcode=)(?![A-Z_]+\b)[\w.-]{8,}",  # OAuth's; those of our refusals are in capitals
        r"""((?i:token|secret|passw(?:or)?d|api[_-]?key)["']?\s*=\s*["']?)(?!\*\*\*)[^\s"'&;,)}]+""",
        r"""((?i:token|secret|passw(?:or)?d|api[_-]?key)["']\s*:\s*["'])(?!\*\*\*)[^"']+""",
        r"(\b(?i:authorization|x-api-key):\s*)(?!Bot |Bearer |Basic )[^\s,]+",
    )
)
"""What comes before a secret, which stays, and the secret."""


request: ContextVar[str] = ContextVar("request", default="")
"""The id of the API's request for which something is done: every line that is written meanwhile has it."""


class BadLogLevelError(ValueError):
    """A level that cannot be understood; says which part."""


def target_of(logger: str) -> str:
    """Which target a module's lines belong to."""
    for prefix, target in _OWNERS:
        if logger == prefix or logger.startswith(f"{prefix}."):
            return target
    return "flora:runtime"


def levels_of(text: str) -> Mapping[str, int]:
    """The level of each target. The most special part counts: `flora::kv=debug,flora=warn`. Raises BadLogLevelError."""
    levels: dict[str, int] = dict.fromkeys(TARGETS, logging.INFO)
    parts = [part.strip() for part in text.split(",") if part.strip()]
    for part in sorted(parts, key=lambda part: part.partition("=")[0].count(":") if "=" in part else -1):
        name, equals, level = part.rpartition("=")
        name = name.replace("::", ":") if equals else "flora"
        if level.lower() not in LEVELS:
            raise BadLogLevelError(f"{level!r} is no level of the log; there are {', '.join(LEVELS)}")
        if name not in {"flora", *TARGETS}:
            raise BadLogLevelError(f"{name!r} is no target of the log; there are flora, {', '.join(TARGETS)}")
        for target in TARGETS if name == "flora" else (name,):
            levels[target] = LEVELS[level.lower()]
    return levels


def struck(text: str) -> str:
    """The text without what looks like a token or a password."""
    for secret in _SECRETS:
        text = secret.sub(r"\1***", text)
    return text


_FIELDS: Final = ("guild", "worker", "revision", "shard", "request")
"""What of a record's `extra` becomes a field of its JSON line. A guild's number is too large for JavaScript: a text."""


class _Line(logging.Formatter):
    """What both ways of writing share."""

    def _said(self, record: logging.LogRecord) -> str:
        return struck(record.getMessage())

    def _error(self, record: logging.LogRecord) -> str | None:
        if not record.exc_info or record.exc_info[1] is None:
            return None
        return struck("".join(traceback.format_exception(record.exc_info[1])))

    def _level(self, record: logging.LogRecord) -> str:
        return {"WARNING": "WARN", "CRITICAL": "ERROR"}.get(record.levelname, record.levelname)

    def _at(self, record: logging.LogRecord) -> datetime:
        return datetime.fromtimestamp(record.created, UTC)


class ForPeople(_Line):
    """One line that can be read, and below it what an error says."""

    def __init__(self, *, coloured: bool) -> None:
        super().__init__()
        self._coloured = coloured

    def format(self, record: logging.LogRecord) -> str:
        level = self._level(record)
        shown = f"{_COLOURS.get(level, '')}{level:<5}\x1b[0m" if self._coloured else f"{level:<5}"
        said = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in self._said(record))
        asked = getattr(record, "request", "")
        said = f"{said} [{asked}]" if asked else said
        line = f"{self._at(record):%H:%M:%S} {shown} {target_of(record.name)}  {said}"
        error = self._error(record)
        return line if error is None else f"{line}\n{error.rstrip()}"


class ForMachines(_Line):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": self._at(record).isoformat(timespec="milliseconds"),
            "level": self._level(record).lower(),
            "target": target_of(record.name),
            "message": self._said(record),
            "module": record.name,
            **{field: said for field in _FIELDS if (said := getattr(record, field, None)) not in {None, ""}},
        }
        if "guild" in line:
            line["guild"] = str(line["guild"])
        error = self._error(record)
        return json.dumps(line if error is None else {**line, "error": error}, ensure_ascii=False)


class _Queue(logging.handlers.QueueHandler):
    """Hands lines to the thread; when it does not keep up they are counted."""

    def __init__(self, lines: "queue.Queue[logging.LogRecord]", levels: Mapping[str, int]) -> None:
        super().__init__(lines)
        self._levels = levels
        self.dropped = 0

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.partition(".")[0] not in _OURS:
            return record.levelno >= logging.WARNING
        return record.levelno >= self._levels[target_of(record.name)]

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        record.msg, record.args = record.getMessage(), None
        record.request = request.get()
        return record

    def enqueue(self, record: logging.LogRecord) -> None:
        try:
            if self.dropped:
                told = f"{self.dropped} lines of this log were dropped: they could not be written fast enough"
                self.queue.put_nowait(logging.LogRecord("flora.runtime", logging.WARNING, "", 0, told, None, None))
                self.dropped = 0
            self.queue.put_nowait(record)
        except queue.Full:
            self.dropped += 1


@contextmanager
def daemon_log(
    levels: str = DEFAULT, *, stream: TextIO | None = None, json_lines: bool | None = None, queued: int = _QUEUED
) -> Generator[None]:
    """Write the daemon's log while this is open. For people when the stream is a terminal, unless it is said."""
    if (
        not faulthandler.is_enabled()
    ):  # a library that ends the process (LMDB, at a damaged page) leaves its place behind
        faulthandler.enable(all_threads=False)
    out = sys.stderr if stream is None else stream
    machines = not out.isatty() if json_lines is None else json_lines
    writer = logging.StreamHandler(out)
    writer.setFormatter(ForMachines() if machines else ForPeople(coloured=out.isatty()))
    lines: queue.Queue[logging.LogRecord] = queue.Queue(queued)
    handler = _Queue(lines, levels_of(levels))
    root = logging.getLogger()
    before = root.level
    listener = logging.handlers.QueueListener(lines, writer)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    listener.start()
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        listener.stop()
