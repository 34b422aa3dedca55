"""Standard input, output and error, as whoever called left them: closed, full, or in an encoding that has no ✓."""

import io
import os
import sys
from typing import Any, Final, cast

_MODES: Final = ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY))


def prepare_streams() -> None:
    """Whatever is written can be encoded, and what was closed is there: an empty input, an output that refuses."""
    for number, mode in _MODES:
        try:
            os.fstat(number)
        except OSError:  # the next file that is opened would be taken for it
            os.open(os.devnull, mode)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), "utf-8")
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    stdout: Any = sys.stdout
    if isinstance(stdout, io.TextIOWrapper):
        stdout.reconfigure(errors="backslashreplace")


def forget_stdout() -> None:
    """What is still buffered can go nowhere; Python would complain about it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def writes_unicode() -> bool:
    """Whether stdout takes every character as it is."""
    encoding = str(cast("Any", sys.stdout).encoding or "")
    return encoding.lower().replace("-", "") in {"utf8", ""}


def is_text(argument: str) -> bool:
    """Whether it was UTF-8: Python keeps bytes that are not as halves of characters."""
    return not any("\ud800" <= character <= "\udfff" for character in argument)
