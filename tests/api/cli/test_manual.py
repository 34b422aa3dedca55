"""The table of commands and what is made of it: every one can be done, is explained, and costs nothing to show."""

import inspect
import os
import re
import shlex
import shutil
import subprocess
import sys
from argparse import Namespace
from importlib import import_module
from pathlib import Path

import pytest

from api.cli import manual
from api.cli.faults import CommandError
from api.cli.grammar import Command
from api.cli.parser import parse
from api.cli.table import COMMANDS, GROUPS
from tests.api.cli.conftest import ROOT, Flora, Terminal

PAGES = (
    "README.md",
    "docs/operations.md",
    "docs/first-five-minutes.md",
    "docs/api.md",
    "docs/sdk.md",
    "docs/testing.md",
)


def _name(command: Command) -> str:
    return command.name


@pytest.mark.parametrize("command", COMMANDS, ids=_name)
def test_every_command_is_done_somewhere_and_its_examples_parse(command: Command) -> None:
    module, _, function = command.run.partition(":")
    assert inspect.isfunction(getattr(import_module(f"api.cli.{module}"), function))
    assert command.help
    lines = [line for line in command.examples if not line.startswith("#")]
    assert lines
    for line in lines:
        assert _parsed(line).run == command.run, line
    names = {" ".join(one.words) for one in COMMANDS}
    assert set(command.also) <= names - {command.name}


def _parsed(line: str) -> Namespace:
    """A line of a shell, whose last part is ours."""
    line = line.partition("$(")[2].partition(")")[0] or line
    words = shlex.split(re.split(r"\s[<>]\s", line.rpartition("| ")[2])[0], comments=True)
    assert words.pop(0) == "flora"
    return parse(words)


@pytest.mark.parametrize("command", COMMANDS, ids=_name)
def test_help_of_every_command_says_what_the_page_says(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    manual.help_command(parse([*command.words, "--help"]))

    told = capsys.readouterr().out
    titles = re.findall(r"^[A-Z ]+$", told, flags=re.MULTILINE)
    assert {"NAME", "SYNOPSIS", "OPTIONS", "EXAMPLES", "EXIT CODES", "SEE ALSO"} <= set(titles)
    assert ("DESCRIPTION" in titles) == bool(command.about)
    section = (ROOT / "docs/commands.md").read_text().partition(f"\n## flora {command.name}\n")[2].partition("\n## ")[0]
    assert section, "run `make docs`"
    assert [word for word in _words(section) if word not in set(_words(told))] == []


def _words(text: str) -> list[str]:
    return re.findall(r"[\w.~/:'-]*\w", text.lower().replace("exit codes:", "").replace("`", ""))


def test_the_page_is_what_the_table_says() -> None:
    assert (ROOT / "docs/commands.md").read_text() == manual.page(), "run `make docs`"


def test_the_overview_lists_everything(run: Flora) -> None:
    told = run().stdout

    assert told == run("help").stdout == run("--help").stdout
    for word in {command.words[0] for command in COMMANDS}:
        assert re.search(rf"^  {word} +\S", told, flags=re.MULTILINE), word
    for group in GROUPS:
        listed = run(group)
        assert listed.returncode == 0
        assert all(f"  {one.name} " in listed.stdout for one in COMMANDS if one.words[0] == group)


@pytest.mark.parametrize(
    ("words", "said", "hint"),
    [
        (("deplo",), "there is no command flora deplo", "did you mean deploy?"),
        (("kv", "foo"), "there is no command flora kv foo", "flora help kv lists them all"),
        (("help", "nothing"), "there is no command nothing", "flora help lists them all"),
        (("status", "--gild", "7"), "flora status does not know --gild", "did you mean --guild?"),
        (("kv", "get", "k"), "required: --store/-s", "read on with: flora help kv get"),
        (("logs", "-n", "many"), "invalid int value: 'many'", "flora help logs"),
        (("--guild", "7", "status"), "a command comes first", "flora help"),
    ],
)
def test_a_line_that_cannot_be_meant_says_what_may_have_been(words: tuple[str, ...], said: str, hint: str) -> None:
    with pytest.raises(CommandError) as told:
        _done(words)

    assert said in str(told.value)
    assert hint in told.value.hint
    assert told.value.code == 2


def _done(words: tuple[str, ...]) -> None:
    manual.help_command(parse(words))


@pytest.mark.parametrize("page", PAGES)
def test_every_command_line_in_the_documents_parses(page: str) -> None:
    """With its options; whether it does what the page says is tested elsewhere."""
    text = (ROOT / page).read_text()
    blocks = re.findall(r"^(?:    |\$ )(flora .*|.*\| flora .*)$", text, flags=re.MULTILINE)
    for line in blocks:
        _parsed(re.sub(r"\$\([^)]*\)", "X", line))
    for span in re.findall(r"`flora ([a-z][^`]*)`", text):  # in a sentence: what is needed may be left out
        words = re.findall(r"^[a-z-]+(?: [a-z-]+)?", span)[0].split(" ")
        assert words[0] in GROUPS or any(command.words[0] == words[0] for command in COMMANDS), span


def test_man_pages_are_such(run: Flora, tmp_path: Path) -> None:
    assert run("help", "--man-pages", str(tmp_path / "man1")).returncode == 0

    pages = {path.name: path for path in (tmp_path / "man1").iterdir()}
    assert set(pages) == {f"flora-{'-'.join(command.words)}.1" for command in COMMANDS}
    assert pages["flora-kv-set.1"].read_text().startswith('.TH FLORA-KV-SET 1 "" "flora" "flora"\n.SH NAME\n')
    if shutil.which("man") is None:
        pytest.skip("there is no man here")
    for path in pages.values():
        shown = subprocess.run(
            ["man", "--warnings", "--local-file", str(path)],
            env={**os.environ, "MANPAGER": "cat", "MANWIDTH": "100", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert shown.stderr == ""
        assert "EXIT STATUS" in shown.stdout
        assert "--help" in shown.stdout


def test_a_long_page_goes_through_the_pager_of_who_watches(terminal: Terminal) -> None:
    code, seen = terminal("help", "deploy", FLORA_PAGER="sed s/^/seen:/")

    assert code == 0
    assert "seen:NAME" in seen.replace("\x1b[1m", "").replace("\x1b[0m", "")


def test_help_imports_nothing_heavy() -> None:
    heavy = "{'trio', 'httpx2', 'msgspec', 'hypercorn', 'asyncpg', 'keyring', 'cryptography', 'watchfiles'}"
    code = f"import sys, api.main; api.main.main(['help', 'deploy']); print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert found.stdout.endswith("\n[]\n")


def test_the_version_is_told(run: Flora) -> None:
    assert re.fullmatch(r"flora(,)? \S.*\n", run("--version").stdout)
