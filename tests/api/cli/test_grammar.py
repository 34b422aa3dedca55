"""The table of commands: every one can be done, is documented, and costs nothing to show."""

import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from api.cli import grammar
from api.cli.grammar import COMMANDS, Command, build_parser
from tests.api.cli.conftest import Flora

ROOT = Path(__file__).parent.parent.parent.parent


def _name(command: Command) -> str:
    return " ".join(command.words)


@pytest.mark.parametrize("command", COMMANDS, ids=_name)
def test_every_command_is_done_somewhere_and_its_examples_parse(command: Command) -> None:
    module, _, function = command.run.partition(":")
    assert inspect.isfunction(getattr(import_module(f"api.cli.{module}"), function))
    assert command.examples
    assert command.help


@pytest.mark.parametrize("command", COMMANDS, ids=_name)
def test_every_command_has_help_with_its_examples(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args([*command.words, "--help"])

    assert command.examples[0] in capsys.readouterr().out


def test_the_page_is_what_the_table_says() -> None:
    page = (ROOT / "docs/commands.md").read_text()

    assert page == grammar.page(), "run `make docs`"
    assert all(f"## flora {_name(command)}\n" in page for command in COMMANDS)


def test_help_imports_nothing_heavy() -> None:
    heavy = "{'trio', 'httpx2', 'msgspec', 'quart', 'asyncpg', 'keyring', 'cryptography'}"
    code = f"import sys, api.main; api.main.build_parser(); print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert found.stdout == "[]\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_command(run: Flora, shell: str) -> None:
    script = run("completion", shell).stdout

    assert all(command.words[-1] in script for command in COMMANDS)


def test_bash_takes_the_completion_and_completes(run: Flora) -> None:
    script = run("completion", "bash").stdout
    line = 'COMP_WORDS=(flora kv del); COMP_CWORD=2; _flora; echo "${COMPREPLY[@]}"'
    told = subprocess.run(["bash", "-c", f"{script}\n{line}"], capture_output=True, text=True, check=True)

    assert told.stdout.split() == ["delete-store", "delete"]
