"""What is asked of the person at the terminal. Ctrl-C and Ctrl-D at a question end the command, and change nothing.

The terminal is waited for as sockets are: a Ctrl-C that comes just before one would read from it is not lost.
"""

import sys
import termios
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import trio

from api.cli import stdin
from api.cli.faults import CommandError, Exit, Interrupted, leaving

_NOTHING: Final = "nothing was changed"
_FLAGS: Final = 3
"""Where the flags that ECHO is one of stand among a terminal's attributes."""


def interactive() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


async def ask(question: str) -> str:
    """One line from the person; ends the command when there is nobody."""
    if not interactive():
        raise CommandError(f"{question} is not given, and there is nobody to ask", code=Exit.USAGE)
    return (await _line(question)).strip()


async def ask_secret(question: str) -> str:
    """A value that is never shown: typed without echo, or the whole of stdin when it is piped."""
    if not sys.stdin.isatty():
        return (await stdin.text()).removesuffix("\n")
    with _unseen(sys.stdin.fileno()):
        return (await _line(question)).removesuffix("\n")


async def confirm(question: str, *, yes: bool) -> None:
    """Go on only if the person agrees, or said `--yes`."""
    if yes:
        return
    if not interactive():
        raise CommandError(f"{question}: nobody is there to agree", "say --yes", Exit.USAGE)
    if (await ask(f"{question} [y/N]")).lower() not in {"y", "yes"}:
        raise CommandError(_NOTHING, code=Exit.REFUSED)


async def _line(question: str) -> str:
    with leaving(_NOTHING):
        print(f"{question}: ", end="", file=sys.stderr, flush=True)  # noqa: T201
        await trio.lowlevel.wait_readable(sys.stdin.fileno())
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            raise CommandError("what was typed is not UTF-8", code=Exit.USAGE) from None
    if not line:
        raise Interrupted(_NOTHING)
    return line


@contextmanager
def _unseen(terminal: int) -> Generator[None]:
    """Nothing that is typed is shown, nor taken if it was typed before the question."""
    before = termios.tcgetattr(terminal)
    silent = [*before]
    silent[_FLAGS] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSAFLUSH, silent)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSAFLUSH, before)
        sys.stderr.write("\n")
