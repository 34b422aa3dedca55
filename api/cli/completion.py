"""`flora completion SHELL`: a script that knows every command and its options."""

import argparse

from api.cli.console import show
from api.cli.faults import Exit
from api.cli.grammar import COMMANDS, Command


def completion(options: argparse.Namespace) -> int:
    """Print the script for one shell."""
    show({"bash": _bash, "zsh": _zsh, "fish": _fish}[options.shell]())
    return Exit.OK


def _options(command: Command) -> list[str]:
    return [name for argument in command.arguments for name in argument.names if name.startswith("--")] + ["--help"]


def _bash() -> str:
    cases = "\n".join(
        f'    "{" ".join(command.words)}"*) words="{" ".join(_options(command))}";;'
        for command in sorted(COMMANDS, key=lambda one: -len(one.words))
    )
    first = " ".join(dict.fromkeys(command.words[0] for command in COMMANDS))
    second = "\n".join(f'    "{group}") words="{" ".join(names)}";;' for group, names in _groups().items())
    return f"""_flora() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" line="${{COMP_WORDS[*]:1:COMP_CWORD-1}}" words=""
  case "$line" in
    "") words="{first}";;
{second}
{cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _flora flora"""


def _groups() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for command in COMMANDS:
        if len(command.words) == 2:
            groups.setdefault(command.words[0], []).append(command.words[1])
    return groups


def _zsh() -> str:
    return f"autoload -U +X bashcompinit && bashcompinit\n{_bash()}"


def _fish() -> str:
    lines = ["complete -c flora -f"]
    for command in COMMANDS:
        *before, last = command.words
        seen = f"__fish_seen_subcommand_from {before[0]}" if before else "__fish_use_subcommand"
        lines.append(f"complete -c flora -n '{seen}' -a '{last}' -d '{command.help.replace(chr(39), '')}'")
    lines += [f"complete -c flora -n __fish_use_subcommand -a '{group}'" for group in _groups()]
    return "\n".join(lines)
