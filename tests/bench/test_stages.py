"""Samples are shared out among the stages, and none is lost."""

import json
from pathlib import Path

import pytest

from bench import stages
from bench.harness import RESULTS

_MAIN = "<module> (bench/race/bots/flora_bot.py:89);run (trio/_core/_run.py);unrolled_run (trio/_core/_run.py)"


def test_the_innermost_line_of_floras_own_has_the_sample() -> None:
    found = stages.shares(
        [
            f"{_MAIN};run (gateway/connection.py:1);inflate (gateway/inflate.py:9) 30",
            f"{_MAIN};request (gateway/rest.py:1);send (httpx2/_client.py:9);write (trio/_socket.py:9) 40",
            f"{_MAIN};get_events (trio/_core/_io_epoll.py:7) 20",
            f"{_MAIN};_message_create (gateway/inbound.py:7) 10",
            "_bootstrap (threading.py:1);wait (threading.py:2) 500",
        ]
    )

    assert found == {
        "ops": 0.4,
        "inflate": 0.3,
        "loop": 0.2,
        "route": pytest.approx(0.1),
    }


def test_inside_an_isolate_the_script_has_what_it_calls_and_the_child_what_is_python() -> None:
    run = "run (child.py);_take (child.py)"
    found = stages.isolate_shares(
        {
            "run (child.py);_wait_for_work (child.py)": 1,
            run: 2,
            f"{run};_enter (child.py);JavaScript;step (flora:core);dispatch (flora:prelude)": 3,
            f"{run};_enter (child.py);JavaScript;step (flora:core);(main.ts:3);get msg (flora:prelude)": 4,
            f"{run};_enter (child.py);JavaScript;step (flora:core)": 5,
            f"{run};run_jobs (spidermonkey.py);JavaScript": 5,
        }
    )

    assert found == {
        "JavaScript, the core": 0.5,
        "JavaScript, the script": 0.2,
        "JavaScript, the SDK": pytest.approx(0.15),
        "child": 0.1,
        "child, its door": 0.05,
    }


async def test_the_stages_of_a_whole_flora_sum_to_what_was_measured() -> None:
    result = await stages.measure(events=1_500, paced_s=1.0, rounds=1)

    for load in ("flat_out", "at_200"):
        total, parts = result[load]["cpu_us_per_event"], result[load]["stages_us"]
        assert result[load]["sum_us"] == pytest.approx(total, rel=stages.WITHIN)
        assert result[load]["sum_to_total"] == pytest.approx(1, abs=stages.WITHIN)
        assert parts.get(stages.OTHER, 0.0) < total / 10
        assert {"stores", "loop"} < set(parts)
        assert any(stage.startswith("JavaScript") for stage in parts)


def test_the_table_that_is_kept_sums_to_what_was_measured() -> None:
    kept = json.loads((RESULTS / "stages.json").read_text())

    for load in ("flat_out", "at_200"):
        total = kept[load]["cpu_us_per_event"]
        assert sum(kept[load]["stages_us"].values()) == pytest.approx(total, rel=stages.WITHIN)
        assert kept[load]["stages_us"].get(stages.OTHER, 0.0) < total / 10


def test_rounds_that_differ_too_much_are_said_to_mean_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    alike = [{"frame": 4.0, "route": 6.0, "total": 10.0}] * 3
    stages._median("flat_out", alike)
    assert "differ too much" not in capsys.readouterr().err

    apart = [{"frame": 9.0, "route": 1.0, "total": 10.0}, {"frame": 1.0, "route": 9.0, "total": 10.0}]
    found = stages._median("flat_out", [*apart, {"frame": 8.0, "route": 8.0, "total": 10.0}])
    assert found["sum_to_total"] == 1.6
    assert "differ too much" in capsys.readouterr().err


def test_every_stage_is_a_part_of_the_house() -> None:
    root = Path(stages.__file__).parent.parent

    for beginnings in stages.STAGES.values():
        for beginning in beginnings:
            assert list(root.glob(f"{beginning}*")), beginning
