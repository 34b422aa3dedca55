"""The page of the first five minutes is what the terminal shows."""

import re
import shlex
import subprocess
from pathlib import Path

from tests.api.cli.conftest import ROOT, Flora

_VARIES = re.compile(r"\(\d+ ms\)|in [\d.]+ ms")


def _sessions() -> list[tuple[str, str]]:
    """Each command of the page with what it printed."""
    page = (ROOT / "docs/first-five-minutes.md").read_text()
    recorded = page.partition("```console\n")[2].partition("```\n")[0]
    parts = re.split(r"^\$ (.*)\n", recorded, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def test_every_command_of_the_page_prints_what_it_says(run: Flora, project: Path) -> None:
    folder = project
    code = 0
    for command, printed in _sessions():
        words = shlex.split(command)
        if words[0] == "cd":
            folder /= words[1]
        elif words[0] == "flora":
            told = run(*words[1:], cwd=folder)
            code = told.returncode
            assert _VARIES.sub("", told.stdout + told.stderr) == _VARIES.sub("", printed), command
        elif command == "echo $?":
            assert printed == f"{code}\n"
        else:
            subprocess.run(command, shell=True, cwd=folder, check=True)
