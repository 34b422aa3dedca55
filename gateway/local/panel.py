"""What stands beside the chat: the script's log, and whatever runs it, as the page sees it."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Protocol

KEPT: Final = 500
"""Lines of the log, and as many events."""


class PanelError(Exception):
    """What was asked of the panel cannot be done. The sentence is shown on the page."""


@dataclass(frozen=True, slots=True)
class Note:
    """A line for the page's log: from a script, a deploy, the daemon."""

    id: int
    at: str
    level: str
    text: str
    kind: str = "log"
    """`log`, or `deploy`: a mark across the log."""
    detail: str = ""
    """What opens below the line: a mapped stack."""


class Notebook:
    """The last lines of the log."""

    def __init__(self) -> None:
        self._lines: deque[Note] = deque(maxlen=KEPT)
        self._counted = 0

    def add(self, level: str, text: str, kind: str, detail: str) -> None:
        self._counted += 1
        self._lines.append(Note(self._counted, datetime.now(UTC).isoformat(), level, text, kind, detail))

    def after(self, line: int) -> list[Note]:
        return [note for note in self._lines if note.id > line]


@dataclass(frozen=True, slots=True)
class CronLine:
    name: str
    schedule: str
    next: str = ""
    last: str = ""
    """When it last began."""
    outcome: str = ""
    """How that ended."""


@dataclass(frozen=True, slots=True)
class StoreLine:
    """A key-value store at a glance."""

    name: str
    keys: int
    bytes: int = 0
    sample: Sequence[tuple[str, str]] = ()
    """Some keys, each with the beginning of its value."""


@dataclass(frozen=True, slots=True)
class Example:
    """A script that the page offers to try."""

    name: str
    title: str
    about: str
    source: str
    say: str = ""
    """What to type once it runs."""


@dataclass(frozen=True, slots=True)
class PanelView:
    """Everything at a glance. What is empty is not shown."""

    project: str = ""
    state: str = ""
    """In a word: `live`, `loading`, `failed`, `paused`."""
    problem: str = ""
    """Why the script does not run, with file and line."""
    sources: Mapping[str, str] = field(default_factory=dict[str, str])
    crons: Sequence[CronLine] = ()
    stores: Sequence[StoreLine] = ()
    examples: Sequence[Example] = ()
    go_live: str = ""
    """How to bring this script to a real guild."""


class Panel(Protocol):
    """Whoever runs the script. Quick: the page asks whenever something changed."""

    async def view(self, guild: int, /) -> PanelView:
        """How things are. Raises PanelError."""
        ...

    async def run_cron(self, guild: int, name: str, /) -> None:
        """Now, whatever its schedule. Raises PanelError."""
        ...

    async def try_example(self, guild: int, name: str, /) -> None:
        """Deploy this example in place of what runs. Raises PanelError."""
        ...
