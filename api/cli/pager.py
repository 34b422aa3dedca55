"""Long text on a terminal: through the person's pager, as `git` and `man` do it."""

import os
import shlex
import shutil
import signal
import subprocess
import sys

from api.cli.console import show


def show_paged(text: str) -> None:
    """What fits on the terminal, or goes to a pipe, is printed as it is."""
    fits = text.count("\n") + 2 <= shutil.get_terminal_size().lines
    pager = "" if fits or not (sys.stdin.isatty() and sys.stdout.isatty()) else _pager()
    if not pager or not _through(shlex.split(pager), text):
        show(text)


def _pager() -> str:
    """Empty when the person wants none."""
    for name in ("FLORA_PAGER", "PAGER"):
        if name in os.environ:
            return os.environ[name]
    return "less"


def _through(pager: list[str], text: str) -> bool:
    """False when there is no such program."""
    environ = {"LESS": "FRX", **os.environ}
    try:
        process = subprocess.Popen(pager, stdin=subprocess.PIPE, text=True, env=environ)  # noqa: S603  the person's own
    except (OSError, ValueError):
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's
    try:
        process.communicate(text)
    except BrokenPipeError:  # it was left before its end
        process.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return True
