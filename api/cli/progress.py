"""What takes longer than a moment says so: one line on stderr that is drawn again and again, and is gone at the end.

    with progress("moving guilds", total=40) as moving:
        moving.done += 1

Only for people: on a terminal, and not with TERM=dumb. A thread draws it, because what takes long may compute as well
as wait; whatever else is written to the terminal meanwhile takes the line away first.
"""

import os
import shutil
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from api.cli import console

PATIENCE_S: Final = 0.4
"""What is done sooner is not worth a line."""
_EVERY_S: Final = 0.1
_SIGNS: Final = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_BAR: Final = 24


@dataclass
class Progress:
    """What is under way; whoever does it changes this, and the next drawing shows it."""

    text: str
    total: int | None = None
    done: int = 0
    is_shown: bool = True
    """To a person; nobody needs to find out how far it is otherwise."""

    def now(self, text: str, total: int | None = None) -> None:
        """The next part of it."""
        self.text, self.total, self.done = text, total, 0

    def told(self, text: str, done: int, total: int) -> None:
        """As those below say how far they are, who know nothing of terminals."""
        self.text, self.total, self.done = text, total, done

    def line(self, seconds: float, width: int) -> str:
        """As it is drawn after so long; never wider than the terminal."""
        sign = _SIGNS[int(seconds / _EVERY_S) % len(_SIGNS)]
        passed = f"{seconds:.0f} s"
        if not self.total:
            return f"{sign} {self.text} {passed}"[: width - 1]
        share = min(self.done / self.total, 1.0)
        bar = "█" * round(share * _BAR) + "░" * (_BAR - round(share * _BAR))
        return f"{sign} {self.text} {bar} {share:.0%} ({self.done:,} of {self.total:,}) {passed}"[: width - 1]


@contextmanager
def progress(text: str, total: int | None = None) -> Generator[Progress]:
    """Show that something is under way, until the block is left."""
    told = Progress(text, total)
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        told.is_shown = False
        yield told
        return
    ended = threading.Event()
    drawer = threading.Thread(target=_draw, args=(told, ended), daemon=True)
    drawer.start()
    try:
        yield told
    finally:
        ended.set()
        drawer.join()


def _draw(told: Progress, ended: threading.Event) -> None:
    began = time.monotonic()
    if ended.wait(PATIENCE_S):
        return
    while True:
        line = told.line(time.monotonic() - began, shutil.get_terminal_size().columns)
        console.redraw(console.coloured(line, "grey", stream=sys.stderr))
        if ended.wait(_EVERY_S):
            console.redraw("")
            return
