"""The terminal: results on stdout, everything else on stderr; colour and notes for people, neither for pipes."""

import getpass
import io
import json
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import Any, Final, TextIO, cast

from api.cli.faults import CommandError, Exit, Interrupted, leaving
from api.cli.standard import writes_unicode

_COLOURS: Final = {"red": 31, "green": 32, "yellow": 33, "blue": 34, "grey": 90, "bold": 1}
_NOTHING: Final = "nothing was changed"
_CONTROL: Final = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "�")


def coloured(text: str, colour: str, *, stream: Any = None) -> str:
    """With colour where somebody sees it and has not set NO_COLOR."""
    target = stream or sys.stdout
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not target.isatty():
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"


def clean(text: str) -> str:
    """Without control characters: what a script logged must not drive the terminal."""
    return text.translate(_CONTROL)


class _Drawn:
    """The line of progress on the terminal, which whatever else is written takes away first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line = ""

    def draw(self, line: str) -> None:
        with self._lock:
            self._take_away()
            self._line = line
            sys.stderr.write(line)
            sys.stderr.flush()

    def write(self, text: str, stream: Any) -> None:
        with self._lock:
            self._take_away()
            print(text, file=stream)
            if self._line:
                stream.flush()
                sys.stderr.write(self._line)
                sys.stderr.flush()

    def _take_away(self) -> None:
        if self._line:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


_drawn: Final = _Drawn()


def redraw(line: str) -> None:
    """Put this in place of the line of progress; empty when there is none any more."""
    _drawn.draw(line)


class _Beside(io.TextIOBase):
    """Standard error, for a log that is written while a line of progress is there."""

    def write(self, text: str, /) -> int:
        _drawn.write(text.removesuffix("\n"), sys.stderr)
        return len(text)

    def isatty(self) -> bool:
        return sys.stderr.isatty()


def stderr_beside_progress() -> TextIO:
    return cast("TextIO", _Beside())


def show(text: str) -> None:
    """A result."""
    _drawn.write(text, sys.stdout)


def note(text: str) -> None:
    """Said to people only: nothing when nobody watches."""
    if sys.stderr.isatty():
        _drawn.write(coloured(text, "grey", stream=sys.stderr), sys.stderr)


def tell(text: str) -> None:
    """Part of a question: beside the results, as it is."""
    _drawn.write(text, sys.stderr)


def warn(text: str) -> None:
    """Said in any case, beside the results."""
    _drawn.write(coloured(text, "yellow", stream=sys.stderr), sys.stderr)


def complain(error: CommandError) -> None:
    """Why the command ends."""
    _drawn.write(f"{coloured('error:', 'red', stream=sys.stderr)} {error}", sys.stderr)
    if error.hint:
        _drawn.write(f"  {error.hint}", sys.stderr)


def tell_interrupted(words: str) -> None:
    """Ctrl-C: on a terminal in any case, elsewhere when there is something to say about what it left."""
    if sys.stderr.isatty():
        _drawn.write(f"\n{coloured(words or 'interrupted', 'grey', stream=sys.stderr)}", sys.stderr)
    elif words:
        _drawn.write(words, sys.stderr)


def show_json(value: Any) -> None:
    show(as_json(value, indent=2 if sys.stdout.isatty() else None))


def show_json_line(value: Any) -> None:
    """One of many."""
    show(as_json(value))


def as_json(value: Any, *, indent: int | None = None) -> str:
    """For stdout, whatever its encoding is."""
    return json.dumps(value, ensure_ascii=not writes_unicode(), indent=indent)


def show_table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Columns as wide as their widest cell; headings for people only."""
    cells = [[clean(str("" if cell is None else cell)) for cell in row] for row in rows]
    headed = sys.stdout.isatty()
    if not cells:
        note("nothing to show")
        return
    shown = [list(headings), *cells] if headed else cells
    widths = [max(len(row[column]) for row in shown) for column in range(len(headings))]
    for number, row in enumerate(shown):
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        show(coloured(line, "bold") if headed and number == 0 else line)


def show_fields(fields: Mapping[str, object]) -> None:
    width = max(len(name) for name in fields)
    for name, value in fields.items():
        show(f"{coloured(name.ljust(width), 'grey')}  {clean(str('-' if value is None else value))}")


def interactive() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> str:
    """One line from the person; ends the command when there is nobody."""
    if not interactive():
        raise CommandError(f"{question} is not given, and there is nobody to ask", code=Exit.USAGE)
    print(f"{question}: ", end="", file=sys.stderr, flush=True)  # noqa: T201
    with leaving(_NOTHING):
        line = sys.stdin.readline()
    if not line:
        raise Interrupted(_NOTHING)
    return line.strip()


def ask_secret(question: str) -> str:
    """A value that is never shown: typed without echo, or the whole of stdin when it is piped."""
    if not sys.stdin.isatty():
        try:
            return sys.stdin.read().removesuffix("\n")
        except UnicodeDecodeError:
            raise CommandError("what stdin holds is not UTF-8", code=Exit.USAGE) from None
    try:
        with leaving(_NOTHING):
            return getpass.getpass(f"{question}: ")
    except EOFError:
        raise Interrupted(_NOTHING) from None


def confirm(question: str, *, yes: bool) -> None:
    """Go on only if the person agrees, or said `--yes`."""
    if yes:
        return
    if not interactive():
        raise CommandError(f"{question}: nobody is there to agree", "say --yes", Exit.USAGE)
    if ask(f"{question} [y/N]").lower() not in {"y", "yes"}:
        raise CommandError(_NOTHING, code=Exit.REFUSED)
