"""Completion in the shells themselves; a shell that is not installed here is left out, and says so."""

import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest

from api.cli.table import COMMANDS
from tests.api.cli.conftest import Flora

TYPED = [
    ("flora sta", "status"),
    ("flora kv delete-", "delete-store"),
    ("flora deploy --dry", "--dry-run"),
    ("flora kv import --st", "--store"),
    ("flora completion z", "zsh"),
]


def _need(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_command(run: Flora, shell: str) -> None:
    script = run("completion", shell).stdout

    assert all(command.words[-1] in script for command in COMMANDS)


def _in_bash(script: str, typed: str) -> list[str]:
    words = typed.split(" ")
    typing = f'COMP_WORDS=({" ".join(words)} ""); COMP_CWORD={len(words) - 1}'
    asking = '_flora 2>&1; printf "%s\\n" "${COMPREPLY[@]}"'
    told = subprocess.run(["bash", "-c", f"{script}\n{typing}\n{asking}"], capture_output=True, text=True, check=True)
    return told.stdout.split()


@pytest.mark.parametrize(("typed", "completed"), TYPED)
def test_bash(run: Flora, typed: str, completed: str) -> None:
    assert _in_bash(run("completion", "bash").stdout, typed) == [completed]


def test_bash_offers_what_there_is_and_nothing_for_a_value(run: Flora) -> None:
    script = run("completion", "bash").stdout

    assert set(_in_bash(script, "flora ")) == {command.words[0] for command in COMMANDS}
    assert set(_in_bash(script, "flora kv del")) == {"delete", "delete-store"}
    assert _in_bash(script, "flora kv get --store ") == []


@pytest.mark.parametrize(("typed", "completed"), TYPED)
def test_fish(run: Flora, tmp_path: Path, typed: str, completed: str) -> None:
    _need("fish")
    script = tmp_path / "flora.fish"
    script.write_text(run("completion", "fish").stdout)
    told = subprocess.run(
        ["fish", "--no-config", "-c", f"source {script}; complete -C '{typed}'"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "HOME": str(tmp_path)},
    )

    assert [line.partition("\t")[0] for line in told.stdout.splitlines()] == [completed]
    assert told.stderr == ""


@pytest.mark.parametrize(("typed", "completed"), TYPED)
def test_zsh(run: Flora, tmp_path: Path, typed: str, completed: str) -> None:
    """Its completion works in its line editor alone: on a terminal, with the tabulator."""
    _need("zsh")
    script = tmp_path / "flora.zsh"
    script.write_text(run("completion", "zsh").stdout)
    ours, theirs = pty.openpty()
    environ = {**os.environ, "TERM": "dumb", "PS1": "", "HOME": str(tmp_path), "ZDOTDIR": str(tmp_path)}
    command = ["zsh", "-f", "-i", "-o", "no_beep"]
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ, start_new_session=True
    ) as shell:
        os.close(theirs)
        try:
            os.write(ours, f"autoload -U compinit; compinit -u -D; source {script}; echo lo''aded\n".encode())
            _read_until(ours, "loaded")
            os.write(ours, f"{typed}\t".encode())
            before = typed.rpartition(" ")[0]
            _read_until(ours, f"{before} {completed} ")
        finally:
            shell.kill()
            os.close(ours)


def _read_until(terminal: int, text: str) -> None:
    seen = ""
    while text not in seen:
        seen += os.read(terminal, 4096).decode(errors="replace")
