"""docs/operations.md and what it leads to: settings, figures and files that it names are there, and fit each other."""

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from api.cli.parser import parse
from api.config import settings
from tests.api.cli.conftest import ROOT

PAGE = (ROOT / "docs/operations.md").read_text()
DEPLOY = ROOT / "docs/deploy"
UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in {".service", ".timer"})
FIGURES = {
    "memory of an idle guild": ("density", "idle_private_kb", 1000),
    "memory of a guild after 100 events": ("density", "after_100_events_private_kb", 1000),
    "a sleeping guild until its first handler runs": ("coldstart", "flora p50_ms", 1),
    "events a second, ten guilds on two workers": ("dispatch", "guilds 10 events_per_s", 1),
    "CPU of the daemon for an event, ten guilds": ("dispatch", "guilds 10 daemon_cpu_us_per_event", 1),
    "pause of a guild at a deploy or a move, 99 of 100": ("handover", "pause_p99_ms", 1),
    "a deploy of 100 kB until it is live": ("api", "deploy_p50_ms", 1),
    "durable sets a second, 100 at once": ("kv", "sets_per_s flora 100", 1),
}
"""Of which bench, where in its result, and by what it is divided."""
NOT_BY_MUCH = 1.6
"""Results are measured anew more often than the page is written; who reads it reckons in magnitudes."""


def _figures() -> dict[str, tuple[float, str]]:
    section = PAGE.partition("## Sizing")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([\d.,]+)[^|]* \| `python -m bench (\w+)` \|$", section, flags=re.MULTILINE)
    return {what: (float(figure.replace(",", "")), bench) for what, figure, bench in rows}


@pytest.mark.parametrize("what", list(FIGURES))
def test_figures_are_those_that_were_measured(what: str) -> None:
    figure, bench = _figures()[what]
    named, path, unit = FIGURES[what]
    kept: Any = json.loads((ROOT / "bench/results" / f"{bench}.json").read_text())
    for word in path.split(" "):
        kept = kept[word]

    assert bench == named
    assert 1 / NOT_BY_MUCH < figure / (kept / unit) < NOT_BY_MUCH, kept


def test_no_figure_is_without_its_measurement() -> None:
    assert set(_figures()) == set(FIGURES)


def test_every_setting_that_is_named_exists() -> None:
    known = {variable for setting in settings().values() for variable in setting.variables}
    texts = [PAGE, *(path.read_text() for path in DEPLOY.iterdir())]
    named = {name for text in texts for name in re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", text)}

    assert named - known == set()
    assert {"DISCORD_TOKEN", "API_PUBLIC_URL"} <= named


def test_every_file_that_is_named_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", PAGE):
        assert (ROOT / "docs" / target).is_file(), target
    named = set(re.findall(r"\(deploy/([^)]+)\)", PAGE)) | {"flora-backup.service"}
    assert named == {path.name for path in DEPLOY.iterdir()}


def _command_of(text: str) -> list[str]:
    found = re.search(r"/opt/flora/bin/flora (.*)$", text, flags=re.MULTILINE)
    assert found
    words = re.sub(r"\$\([^)]*\)", "X", found[1]).rstrip("'").replace("%%", "%")
    return shlex.split(words)


@pytest.mark.parametrize(("name", "run"), [("flora.service", "serve:serve"), ("flora-backup.service", "upkeep:backup")])
def test_units_start_a_command_that_there_is(name: str, run: str) -> None:
    text = (DEPLOY / name).read_text()
    options = parse(_command_of(text))

    assert options.run == run
    assert options.config in PAGE
    (environment,) = re.findall(r"^EnvironmentFile=(.*)$", text, flags=re.MULTILINE)
    assert environment in PAGE


def test_the_container_starts_a_command_that_there_is() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    entry, command = (
        json.loads(re.findall(rf"^{word} (.*)$", text, flags=re.MULTILINE)[0]) for word in ("ENTRYPOINT", "CMD")
    )

    assert Path(entry[0]).name == "flora"
    assert parse(command).run == "serve:serve"


@pytest.mark.parametrize("name", UNITS)
def test_units_are_such_for_systemd(name: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze here")
    for unit in UNITS:  # what they start is not installed here
        text = (DEPLOY / unit).read_text().replace("/opt/flora/bin/flora", "/bin/true").replace("User=flora\n", "")
        (tmp_path / unit).write_text(text.replace("Group=flora\n", ""))
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:/lib/systemd/system"},
    )

    assert [line for line in told.stderr.splitlines() if "flora" in line] == []
    assert told.returncode == 0, told.stderr
