"""The bench harness: figures that can be trusted to be what they say."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import trio

from bench import __main__ as command
from bench import harness, report
from bench._watch import Seconds, Spent, watched


def _bench(monkeypatch: pytest.MonkeyPatch, run: object) -> None:
    module = ModuleType("bench.sample")
    module.__dict__["run"] = run
    monkeypatch.setitem(sys.modules, "bench.sample", module)
    monkeypatch.setattr(harness, "names", lambda: ["sample"])


def test_percentiles_are_samples_that_occurred() -> None:
    samples = [float(n) for n in range(1, 101)]

    assert harness.percentiles(samples) == {"p50": 50, "p95": 95, "p99": 99, "max": 100}
    assert harness.percentile([7.0], 1) == 7


def test_the_last_line_on_stdout_is_one_json_object(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def run(quick: bool) -> harness.Result:  # noqa: FBT001
        await trio.lowlevel.checkpoint()
        return {"per_s": 5, "was_quick": quick}

    _bench(monkeypatch, run)
    monkeypatch.setattr(sys, "argv", ["bench", "sample", "--quick", "--json"])

    assert command.main() == 0

    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert result["per_s"] == 5
    assert result["was_quick"] is True
    assert set(result["machine"]) >= {"cpus", "model", "kernel", "python", "load", "took_s"}
    assert result["machine"]["cpu_s"] > 0
    assert result["machine"]["memory_mb"] > 1
    assert result["machine"]["processes"] >= 1


def test_cpu_time_of_processes_for_which_nobody_waits_is_kept_and_none_is_counted_twice() -> None:
    spent = Spent()
    spent.look({1: Seconds(5.0, 0.0), 2: Seconds(3.0, 0.0), 3: Seconds(2.0, 0.0)})
    assert spent.total == 10

    spent.look({1: Seconds(6.0, 3.5), 3: Seconds(2.0, 0.0)})
    assert spent.total == 11.5, "2 had half a second more, and its parent waited for it"

    spent.look({1: Seconds(6.0, 3.5)})
    assert spent.total == 11.5, "nobody waited for 3"


def test_the_memory_of_a_bench_is_that_of_its_whole_tree_and_not_of_who_looks() -> None:
    with watched() as alone:
        pass
    command = [sys.executable, "-c", "held = bytearray(64 << 20); print(flush=True); input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        with watched() as both:
            pass
        child.communicate(b"\n")

    assert both["processes"] == alone["processes"] + 1
    assert both["memory_mb"] > alone["memory_mb"] + 60


def test_for_a_profile_a_bench_may_have_a_run_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(quick: bool) -> harness.Result:  # noqa: FBT001
        return {"ran": "run", "was_quick": quick}

    def profiled(quick: bool) -> harness.Result:  # noqa: FBT001
        return {"ran": "profiled", "was_quick": quick}

    _bench(monkeypatch, run)
    assert harness.run_bench("sample", quick=False, profiled=True)["was_quick"] is True

    sys.modules["bench.sample"].__dict__["profiled"] = profiled
    assert harness.run_bench("sample", quick=False, profiled=True)["ran"] == "profiled"
    assert harness.run_bench("sample", quick=False)["ran"] == "run"


def test_only_a_full_run_is_kept_and_shows_on_the_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run(quick: bool) -> harness.Result:  # noqa: FBT001
        return {"gets": {"us": 9}}

    _bench(monkeypatch, run)
    monkeypatch.setattr(harness, "RESULTS", tmp_path)
    monkeypatch.setattr(report, "PAGE", tmp_path / "docs" / "page.md")

    monkeypatch.setattr(sys, "argv", ["bench", "sample", "--quick"])
    command.main()
    assert list(tmp_path.iterdir()) == []

    monkeypatch.setattr(sys, "argv", ["bench", "sample"])
    command.main()
    page = report.PAGE.read_text()
    assert "## sample" in page
    assert "| gets / us | 9 |" in page
