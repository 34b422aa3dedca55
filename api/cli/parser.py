"""From words on the command line to the command and its options, or one sentence that says what was meant perhaps.

The command is found first, and only its own parser is made: there are some fifty, and each start would pay for all.
"""

import argparse
import difflib
from collections.abc import Iterable, Sequence
from typing import NoReturn

from api.cli.faults import CommandError, Exit
from api.cli.grammar import Command
from api.cli.standard import is_text
from api.cli.table import COMMANDS, GROUPS

_HELP = ("-h", "--help")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Options, with `run` saying who does it. Raises CommandError."""
    for argument in arguments:
        if not is_text(argument):
            raise CommandError(f"{argument!r} is not UTF-8", "arguments are text in UTF-8", Exit.USAGE)
    if arguments and arguments[0] in {"--version", "-V"}:
        return argparse.Namespace(run="manual:version")
    words = _words(arguments)
    rest = list(arguments[len(words) :])
    command = next((command for command in COMMANDS if command.words == words), None)
    if command is None or _wants_help(rest):
        return argparse.Namespace(run="manual:help_command", topic=words, man_pages=None)
    return _Parser(command).parse(rest)


def _words(arguments: Sequence[str]) -> tuple[str, ...]:
    """Those that name a command or a group; none when help about everything is meant."""
    if not arguments or arguments[0] in _HELP:
        return ()
    first = arguments[0]
    if first.startswith("-"):
        raise CommandError("a command comes first: flora COMMAND [options]", "flora help lists them all", Exit.USAGE)
    if first in GROUPS:
        if len(arguments) == 1 or arguments[1] in _HELP:
            return (first,)
        known = [command.words[1] for command in COMMANDS if command.words[0] == first]
        return (first, _known(arguments[1], known, f"flora {first}"))
    return (_known(first, [command.words[0] for command in COMMANDS], "flora"),)


def _known(word: str, known: Sequence[str], before: str) -> str:
    if word in known:
        return word
    hint = f"{before.replace('flora', 'flora help')} lists them all"
    raise CommandError(f"there is no command {before} {word}", _nearest(word, known, hint), Exit.USAGE)


def _nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    near = difflib.get_close_matches(word, list(dict.fromkeys(known)), 2, 0.6)
    return f"did you mean {' or '.join(near)}? {otherwise}" if near else otherwise


def _wants_help(rest: Sequence[str]) -> bool:
    before = rest[: rest.index("--")] if "--" in rest else rest
    return any(word in _HELP for word in before)


class _Parser(argparse.ArgumentParser):
    """One command's."""

    def __init__(self, command: Command) -> None:
        super().__init__(prog=f"flora {command.name}", add_help=False, allow_abbrev=False)
        self._command = command
        for argument in command.arguments:
            self.add_argument(*argument.names, **argument.options)
        self.set_defaults(run=command.run, json=False)

    def parse(self, rest: Sequence[str]) -> argparse.Namespace:
        options, unknown = self.parse_known_args(rest)
        if unknown:
            names = [name for argument in self._command.arguments for name in argument.names]
            raise CommandError(
                f"{self.prog} does not know {unknown[0]}", _nearest(unknown[0], names, self._read_on), Exit.USAGE
            )
        return options

    def error(self, message: str) -> NoReturn:
        raise CommandError(f"{self.prog}: {message.removeprefix('argument ')}", self._read_on, Exit.USAGE)

    @property
    def _read_on(self) -> str:
        return f"read on with: flora help {self._command.name}"
