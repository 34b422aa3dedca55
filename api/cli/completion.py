"""`flora completion SHELL`: a script that knows every command, its options, and which of them take a file.

Made of the table and static: a key that is pressed does not wait for Python to start.
"""

import argparse
from collections.abc import Iterator, Sequence
from typing import Final

from api.cli.console import show
from api.cli.faults import Exit
from api.cli.grammar import Argument, Command
from api.cli.table import COMMANDS, GROUPS

_PATHS: Final = frozenset({"FILE", "DIR", "PATH"})


def completion(options: argparse.Namespace) -> int:
    """Print the script for one shell."""
    show({"bash": _bash, "zsh": _zsh, "fish": _fish}[options.shell]())
    return Exit.OK


def _options(command: Command) -> list[Argument]:
    help_option = Argument(("--help", "-h"), {"action": "store_true", "help": "all about this command"})
    return [*(argument for argument in command.arguments if argument.is_option), help_option]


def _given(command: Command) -> list[Argument]:
    return [argument for argument in command.arguments if not argument.is_option]


def _first_words() -> list[tuple[str, str]]:
    """Commands, and groups of them, with what they are for."""
    names = {command.words[0]: GROUPS.get(command.words[0], command.help) for command in COMMANDS}
    return list(names.items())


def _words_of(group: str) -> list[tuple[str, str]]:
    return [(command.words[1], command.help) for command in COMMANDS if command.words[0] == group]


# -- bash ----------------------------------------------------------------------------------------------------------


def _bash() -> str:
    longest_first = sorted(COMMANDS, key=lambda one: -len(one.words))
    cases = "\n".join(_bash_case(command) for command in longest_first)
    groups = "\n".join(f'    "{group}") words="{_names(_words_of(group))}";;' for group in GROUPS)
    return f"""_flora() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}"
  local line="${{COMP_WORDS[*]:1:COMP_CWORD-1}}" words="" values="" paths=""
  case "$line" in
    "") words="{_names(_first_words())}";;
{groups}
{cases}
  esac
  if [[ " $paths " == *" $before "* ]]; then
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  elif [[ " $values " == *" $before "* ]]; then
    COMPREPLY=()
  else
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  fi
}}
complete -o bashdefault -o default -F _flora flora"""


def _names(entries: Sequence[tuple[str, str]]) -> str:
    return " ".join(name for name, _ in entries)


def _bash_case(command: Command) -> str:
    options = _options(command)
    words = [name for option in options for name in option.names if name.startswith("--")]
    words += [choice for one in _given(command) for choice in one.options.get("choices", ())]
    valued = [name for option in options if option.takes_value for name in option.names]
    paths = [name for option in options if option.takes_value and option.value in _PATHS for name in option.names]
    plain = [name for name in valued if name not in paths]
    sets = f'words="{" ".join(words)}" values="{" ".join(plain)}" paths="{" ".join(paths)}"'
    return f'    "{command.name}"|"{command.name} "*) {sets};;'


# -- zsh -----------------------------------------------------------------------------------------------------------


def _zsh() -> str:
    groups = "\n".join(f"    {group}) _flora_words {_described(_words_of(group))};;" for group in GROUPS)
    longest_first = sorted(COMMANDS, key=lambda one: -len(one.words))
    cases = "\n".join(_zsh_case(command) for command in longest_first)
    return f"""#compdef flora
_flora_words() {{
  local -a described=("$@")
  _describe command described
}}
_flora() {{
  local line="${{(j: :)words[2,CURRENT-1]}}"
  case "$line" in
    "") _flora_words {_described(_first_words())};;
{groups}
{cases}
  esac
}}
compdef _flora flora"""


def _described(entries: Sequence[tuple[str, str]]) -> str:
    return " ".join(_quoted(f"{name}:{tells}") for name, tells in entries)


def _quoted(text: str) -> str:
    """For zsh and fish alike, where a quote inside would need two ways to be written."""
    return f"'{text.replace(chr(39), '’')}'"


def _zsh_case(command: Command) -> str:
    specs = " ".join([*map(_zsh_option, _options(command)), *map(_zsh_given, _given(command))])
    pattern = command.name.replace(" ", "\\ ")
    shifted = "; ".join(["shift words; (( CURRENT-- ))"] * len(command.words))
    return f"    {pattern}|{pattern}\\ *) {shifted}; _arguments -s {specs};;"


def _zsh_option(argument: Argument) -> str:
    exclusive = f"({' '.join(argument.names)})" if len(argument.names) > 1 else ""
    tells = _escaped(str(argument.options.get("help", "")))
    rest = _quoted(f"[{tells}]{_zsh_value(argument) if argument.takes_value else ''}")
    if len(argument.names) == 1:
        return f"{argument.names[0]}{rest}"
    return f"{_quoted(exclusive)}{{{','.join(argument.names)}}}{rest}"


def _zsh_given(argument: Argument) -> str:
    many = "*" if argument.options.get("nargs") == "*" else ""
    return _quoted(f"{many}{_zsh_value(argument)}")


def _zsh_value(argument: Argument) -> str:
    choices = argument.options.get("choices")
    action = f"({' '.join(choices)})" if choices else "_files" if argument.value in _PATHS else " "
    return f":{_escaped(str(argument.options.get('help', argument.value)))}:{action}"


def _escaped(text: str) -> str:
    for letter in "\\:[]":
        text = text.replace(letter, f"\\{letter}")
    return text


# -- fish ----------------------------------------------------------------------------------------------------------


def _fish() -> str:
    return "\n".join(
        [
            "function __flora_words",
            "    set -l typed (commandline -opc)[2..]",
            '    test "$typed" = "$argv"',
            "end",
            "function __flora_at",
            "    set -l typed (commandline -opc)[2..]",
            "    set -l last (count $argv)",
            '    test (count $typed) -ge $last; and test "$typed[1..$last]" = "$argv"',
            "end",
            "complete -c flora -e",
            "complete -c flora -f",
            *(_fish_word("", name, tells) for name, tells in _first_words()),
            *(_fish_word(f" {group}", name, tells) for group in GROUPS for name, tells in _words_of(group)),
            *(line for command in COMMANDS for line in _fish_lines(command)),
        ]
    )


def _fish_word(before: str, name: str, tells: str) -> str:
    return f"complete -c flora -n '__flora_words{before}' -a {name} -d {_quoted(tells)}"


def _fish_lines(command: Command) -> Iterator[str]:
    head = f"complete -c flora -n '__flora_at {command.name}'"
    for option in _options(command):
        names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
        choices = option.options.get("choices")
        value = " -r -F" if option.value in _PATHS else f" -x -a '{' '.join(choices)}'" if choices else " -x"
        yield f"{head} {names}{value if option.takes_value else ''} -d {_quoted(str(option.options.get('help', '')))}"
    for given in _given(command):
        if given.value in _PATHS:
            yield f"{head} -F"
        if "choices" in given.options:
            yield f"{head} -a '{' '.join(given.options['choices'])}'"
