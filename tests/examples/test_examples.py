"""Every example loads by itself in a real isolate, and passes its own tests there."""

import json
import os
import re
import subprocess
import sys
from argparse import Namespace
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from actors.isolate.isolate import Isolate
from actors.isolate.process import open_zygote
from actors.isolate.records import LogLine, Operation, Record
from actors.outcomes import LoadOutcome
from api.cli import testing
from api.cli.stage import Stage, open_stage
from sdk.bundler import open_bundler
from tests.gateway.discord_table import operation_faults

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "examples"
SCRIPTS: Final = sorted(path for path in FOLDER.glob("*.ts") if not path.name.endswith((".test.ts", ".d.ts")))
FEWEST: Final = 12


def test_there_are_enough_and_each_has_a_test() -> None:
    assert len(SCRIPTS) >= FEWEST
    assert [path.name for path in SCRIPTS if not path.with_suffix(".test.ts").exists()] == []


def test_each_is_deployed_among_people() -> None:
    tests = [(Path(__file__).parent / f"test_in_the_{place}.py").read_text() for place in ("garden", "evening")]
    deployed = re.findall(r'(?:garden\(|begun\(play, )"([\w-]+)"', "".join(tests))
    assert sorted(deployed) == [path.stem for path in SCRIPTS]


@pytest.mark.parametrize("path", SCRIPTS, ids=[path.stem for path in SCRIPTS])
def test_each_says_at_its_top_what_it_is_for(path: Path) -> None:
    assert path.read_text().startswith("// ")


async def test_each_loads_alone_and_asks_for_nothing_while_it_does(tmp_path: Path) -> None:
    heard: dict[str, list[Record]] = {}
    found: dict[str, dict[str, Any]] = {}
    async with open_bundler(cache=tmp_path) as bundler, open_zygote() as zygote:
        for path in SCRIPTS:
            said = heard[path.stem] = []

            def hear(_isolate: Isolate, records: list[Record], said: list[Record] = said) -> None:
                said += [record for record in records if isinstance(record, LogLine | Operation)]

            isolate = await zygote.fork(hear)
            bundled = await bundler.bundle({path.name: path.read_text()}, path.name)
            loaded = await isolate.load(bundled.source, path.name, bundled.source_map)
            assert loaded.outcome is LoadOutcome.LOADED, (path.name, loaded.error)
            found[path.stem] = loaded.registrations
            await isolate.close()

    assert {name: records for name, records in heard.items() if records} == {}
    assert [name for name, listed in found.items() if not (listed.get("events") or listed.get("commands"))] == []


async def test_each_passes_its_own_tests_and_asks_discord_for_what_it_knows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stages: list[Stage] = []

    @asynccontextmanager
    async def watched() -> AsyncGenerator[Stage]:
        async with open_stage() as stage:
            stages.append(stage)
            yield stage

    monkeypatch.setattr(testing, "open_stage", watched)
    monkeypatch.chdir(FOLDER)

    code = await testing.test(Namespace(filter=[], json=True))

    outcomes: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert {f"{one['file']}: {one['name']}": one["said"] for one in outcomes if not one["passed"]} == {}
    assert {one["file"] for one in outcomes} == {f"{path.stem}.test.ts" for path in SCRIPTS}
    assert code == 0
    asked = [
        (call["name"].removeprefix("rest."), call["args"])
        for stage in stages
        for call in stage.calls
        if call["name"].startswith("rest.")
    ]
    assert {"createMessage", "createInteractionResponse"} <= {name for name, _ in asked}
    faults = [operation_faults(name, given.get("query", {}), given.get("body")) for name, given in asked]
    assert [fault for several in faults for fault in several] == []


def test_the_smallest_script_can_be_tried(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "api.main",
        "try",
        str(FOLDER / "ping.js"),
        "messageCreate",
        '{"content": "!ping"}',
    ]
    tried = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )

    assert tried.returncode == 0, tried.stderr
    assert "pong!" in tried.stdout + tried.stderr
