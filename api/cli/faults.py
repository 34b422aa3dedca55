"""How a command ends: exit codes, and the one sentence that says why."""

from collections.abc import Generator
from contextlib import contextmanager
from enum import IntEnum
from typing import Final, TypeVar, cast

Found = TypeVar("Found", bound=BaseException)


class Exit(IntEnum):
    """Documented in docs/commands.md; scripts rely on them."""

    OK = 0
    REFUSED = 1
    """What was asked for cannot be done, or a check or test found something."""
    USAGE = 2
    """The command line itself is wrong, or something that it needs was not said."""
    NO_SERVER = 3
    """The server cannot be reached, or did not answer in time."""
    NOT_ALLOWED = 4
    """Not logged in, an expired token, or not allowed to."""
    NOT_FOUND = 5
    """There is no such guild, revision, store or key."""
    DAMAGED = 6
    """What is stored cannot be used, so starting again would not help; a service's manager should not."""
    INTERRUPTED = 130
    """Ctrl-C."""


MEANINGS: Final = {
    Exit.OK: "done",
    Exit.REFUSED: "what was asked for cannot be done, or a check or a test found something",
    Exit.USAGE: "the command line is wrong, or something it needs was not said",
    Exit.NO_SERVER: "the server cannot be reached, or did not answer in time",
    Exit.NOT_ALLOWED: "not logged in, an expired token, or not allowed to",
    Exit.NOT_FOUND: "there is no such guild, revision, store or key",
    Exit.DAMAGED: "what is stored is damaged, or of another flora or key: starting again will not help",
    Exit.INTERRUPTED: "interrupted by Ctrl-C",
}


class CommandError(Exception):
    """A command cannot go on: a sentence, what to do, and the exit code."""

    def __init__(self, text: str, hint: str = "", code: Exit = Exit.REFUSED) -> None:
        super().__init__(text)
        self.hint = hint
        self.code = code


class Interrupted(KeyboardInterrupt):
    """Ctrl-C, with the sentence that says what it left."""


@contextmanager
def leaving(words: str) -> Generator[None]:
    """What Ctrl-C in this block leaves behind, for who pressed it."""
    try:
        yield
    except KeyboardInterrupt as error:
        raise (error if isinstance(error, Interrupted) else Interrupted(words)) from None
    except BaseExceptionGroup as group:
        if group.subgroup(KeyboardInterrupt) is None:
            raise
        raise Interrupted(words) from None


def first_of(group: BaseExceptionGroup[BaseException], kind: type[Found]) -> Found | None:
    """The first error of this kind that a nursery gathered."""
    for one in group.exceptions:
        is_group = isinstance(one, BaseExceptionGroup)
        found = first_of(cast("BaseExceptionGroup[BaseException]", one), kind) if is_group else one
        if isinstance(found, kind):
            return found
    return None
