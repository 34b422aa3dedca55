"""The check names what got worse and nothing else, and says what it does not know."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench import check, noisy, race
from bench.harness import RESULTS, Result, machine


def test_only_ratios_beyond_noise_count_each_in_its_direction() -> None:
    def race(ratio: float, time: float) -> Result:
        return {"bench": "race", "ratio": {"discord.js": {"cpu": ratio}}, "flora": {"us": time}}

    assert check.compare(race(2.0, 10), race(1.9, 90)) == []
    assert check.compare(race(2.0, 10), race(9.0, 10)) == []
    assert check.compare(race(2.0, 10), race(1.0, 10)) == [check.Worse("race", "ratio/discord.js/cpu", 2.0, 1.0)]
    assert check.compare(
        {"bench": "coldstart", "ratio_to_best_peer": 0.2}, {"bench": "coldstart", "ratio_to_best_peer": 0.5}
    ) == [check.Worse("coldstart", "ratio_to_best_peer", 0.2, 0.5)]
    assert check.compare({"bench": "coldstart", "ratio_to_best_peer": 0.2}, {"bench": "coldstart"}) == []
    assert check.compare({"bench": "neighbour", "ratio_p99": 1.0}, {"bench": "neighbour", "ratio_p99": 2.0}) == []


def test_what_is_nothing_now_is_worse_however_much_it_was() -> None:
    def noisy(answered: float) -> Result:
        return {"bench": "noisy", "flora": {"attacks": {"throw": {"answered": answered}}}}

    figure = "flora/attacks/throw/answered"
    assert check.compare(noisy(1.0), noisy(0.0)) == [check.Worse("noisy", figure, 1.0, 0.0)]
    assert check.compare(noisy(1.0), noisy(0.95)) == []
    assert (
        check.compare(
            {"bench": "coldstart", "ratio_to_best_peer": 0.2}, {"bench": "coldstart", "ratio_to_best_peer": 0}
        )
        == []
    )


def test_the_check_fails_and_names_what_got_worse(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kv.json").write_text('{"bench": "kv", "ratio_to_valkey_100": 0.7}')
    (tmp_path / "rest.json").write_text('{"bench": "rest", "ratio": {"none, 1 at once": 9.0, "tls, 1 at once": 6.0}}')
    now: dict[str, Result] = {
        "kv": {"bench": "kv", "ratio_to_valkey_100": 0.7},
        "rest": {"bench": "rest", "ratio": {"none, 1 at once": 8.0, "tls, 1 at once": 2.0}},
    }

    def run_anew(name: str, *, full: bool) -> Result:
        return {**now[name], "full": full}

    monkeypatch.setattr(check, "run_anew", run_anew)

    assert check.main(["kv", "rest"], tmp_path) == 1

    told = capsys.readouterr()
    assert json.loads(told.out) == {
        "checked": ["kv", "rest"],
        "worse": ["rest ratio/tls, 1 at once: 6 when kept, 2 now"],
        "unknown": [],
    }
    assert "worse: rest ratio/tls, 1 at once" in told.err

    now["rest"]["ratio"]["tls, 1 at once"] = 6.1
    assert check.main(["kv", "rest"], tmp_path) == 0


def test_what_the_check_guards_was_measured() -> None:
    for name in {*check.LOWER, *check.HIGHER}:
        assert (RESULTS / f"{name}.json").exists(), name


def test_what_is_worse_once_is_measured_again_and_named_only_when_it_is_worse_twice(tmp_path: Path) -> None:
    (tmp_path / "kv.json").write_text('{"bench": "kv", "ratio_to_valkey_100": 0.7}')
    bad = {"bench": "kv", "ratio_to_valkey_100": 0.3}
    good = {"bench": "kv", "ratio_to_valkey_100": 0.7}

    for runs, expected in (([good], 0), ([bad, good], 0), ([bad, bad], 1)):
        left = iter(runs)

        def run(_: str, left: Iterator[Result] = left) -> Result:
            return next(left)

        assert len(check.check_one("kv", run, tmp_path).worse) == expected
        assert list(left) == []


def _kept(folder: Path, **figures: Any) -> None:
    (folder / "rest.json").write_text(json.dumps({"bench": "rest", "ratio": {"none": 9.0, "tls": 6.0}, **figures}))


def test_what_could_not_be_measured_is_named_and_is_no_success(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run_anew(name: str, *, full: bool) -> Result:
        return {"bench": name, "ratio": {"none": 9.0}}

    _kept(tmp_path)
    monkeypatch.setattr(check, "run_anew", run_anew)

    assert check.main(["kv", "rest"], tmp_path) == 2

    told = capsys.readouterr()
    assert json.loads(told.out)["unknown"] == ["kv: no result is kept", "rest ratio/tls"]
    assert "not compared: rest ratio/tls" in told.err


def test_a_bench_that_fails_is_named_and_the_others_are_checked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run_anew(name: str, *, full: bool) -> Result:
        if name == "kv":
            raise subprocess.CalledProcessError(3, "bench")
        return {"bench": name, "ratio": {"none": 1.0, "tls": 6.0}}

    _kept(tmp_path)
    (tmp_path / "kv.json").write_text('{"bench": "kv", "ratio_to_valkey_100": 0.7}')
    monkeypatch.setattr(check, "run_anew", run_anew)

    assert check.main(["kv", "rest"], tmp_path) == 1

    told = json.loads(capsys.readouterr().out)
    assert told["unknown"] == ["kv: it ended with status 3"]
    assert told["worse"] == ["rest ratio/none: 9 when kept, 1 now"]


def test_nobody_is_told_that_nothing_got_worse_of_a_bench_that_is_not_guarded(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as end:
        check.main(["bundle"])

    assert end.value.code == 2
    assert "no ratio is guarded of bundle" in capsys.readouterr().err


def test_a_result_of_another_machine_is_said_to_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = {"bench": "rest", "ratio": {"none": 9.0, "tls": 6.0}}

    _kept(tmp_path, machine=machine())
    assert check.check_one("rest", lambda _: now, tmp_path) == check.Found()
    assert capsys.readouterr().err == ""

    _kept(tmp_path, machine=machine() | {"cpus": 960})
    assert check.check_one("rest", lambda _: now, tmp_path) == check.Found()
    assert "rest was kept on another machine: cpus 960, and" in capsys.readouterr().err


def test_a_short_run_may_leave_out_what_it_always_does() -> None:
    """Whoever makes a short run shorter sees here that something is guarded no more."""
    kept: Result = json.loads((RESULTS / "race.json").read_text())
    labels = {heat.label for heat in race.QUICK.heats if heat.entrant != "flora"}
    assert {str(rate) for rate, _ in race.QUICK.paced} == {"200"}
    now: Result = {name: value for name, value in kept["ratio"].items() if not isinstance(value, dict)}
    for name in ("discord.js", "discord.py", "hikari"):
        now[name] = {
            label: {figure: 1.0 for figure in kept["ratio"][name][label] if not figure.endswith("_1000")}
            for label in labels
        }

    assert check.missing(kept, {"bench": "race", "quick": True, "ratio": now}) == []
    assert check.missing(kept, {"bench": "race", "quick": False, "ratio": now}) != []

    attacks = {name: {"answered": 1.0} for name in noisy.QUICK.attacks}
    noisy_now: Result = {"bench": "noisy", "quick": True, "flora": {"ratio_p50": 1.0, "attacks": attacks}}
    assert check.missing(json.loads((RESULTS / "noisy.json").read_text()), noisy_now) == []
    assert check.missing({"bench": "noisy", "flora": {"ratio_p50": 1.0}}, {"bench": "noisy"}) == ["noisy all of it"]


def test_results_are_compared_with_those_that_were_committed_not_with_those_of_a_minute_ago(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    now = {"bench": "rest", "ratio": {"none": 3.0, "tls": 6.0}}
    _kept(tmp_path)
    git("init")
    git("add", ".")
    git("commit", "--message", "kept")
    (tmp_path / "rest.json").write_text(json.dumps(now))

    found = check.check_one("rest", lambda _: now, tmp_path)

    assert [str(worse) for worse in found.worse] == ["rest ratio/none: 9 when kept, 3 now"]
