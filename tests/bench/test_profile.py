"""Flame graphs are of the daemon and of its isolates, and what isolates tell of themselves is where they were."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from actors.isolate.process import open_zygote
from bench import _flame, _sampled_isolates, profile
from bench._sampled_isolates import JAVASCRIPT

_SCRIPT = """
function burnt(until) { let x = 0; while (Date.now() < until) x += Math.sqrt(x); return x; }
on("messageCreate", () => { burnt(Date.now() + 200); });
"""


async def test_a_sealed_isolate_says_where_its_time_goes_down_to_the_scripts_functions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(_sampled_isolates.FOLDER, str(tmp_path))
    with _sampled_isolates.sampled_if_asked():
        async with open_zygote() as zygote:
            isolate = await zygote.fork()
            await isolate.load(_SCRIPT)
            run = await isolate.dispatch("messageCreate", b"{}")
            seen = _sampled_isolates.counts(tmp_path)

    assert run.outcome.value == "ok"
    assert zygote.status.layers["system_calls"] == "holds"
    where = seen.most_common(1)[0][0].split(";")
    assert where[0] == "run (child.py)"
    assert where[-1] == "burnt (main.js)"
    assert where.index("_drain (child.py)") < where.index(JAVASCRIPT) < where.index("dispatch (flora:prelude)")


async def test_isolates_do_not_look_at_themselves_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(_sampled_isolates.FOLDER, raising=False)
    with _sampled_isolates.sampled_if_asked():
        async with open_zygote() as zygote:
            await zygote.fork()

    assert list(tmp_path.iterdir()) == []


def test_a_flame_is_as_wide_as_its_part_and_stands_on_its_caller() -> None:
    graph = ET.fromstring(_flame.flame_graph("a <b>", {"run;one": 3, "run;two (flora:core)": 1}))

    frames = {
        (group[0].text or "").partition(":")[0]: group[1].attrib
        for group in graph.iter("{http://www.w3.org/2000/svg}g")
    }
    assert set(frames) == {"run", "one", "two (flora"}
    assert float(frames["one"]["width"]) == 3 * float(frames["two (flora"]["width"])
    assert float(frames["one"]["y"]) < float(frames["run"]["y"])
    assert frames["two (flora"]["class"] == "ours"


def test_only_the_process_of_the_daemon_is_drawn_and_not_what_it_imports() -> None:
    bench, bot = 'process 1:"python -m bench race"', 'process 2:"python bench/race/bots/flora_bot.py"'
    stacks = {
        f"{bench};main;replay": 5,
        f"{bench};{bot};main;deliver": 7,
        f"{bench};{bot};main;_find_and_load;exec": 9,
    }

    assert profile.of_the_daemon(stacks) == {"main;deliver": 7}
    assert profile.of_the_daemon({f"{bench};main;deliver": 5}) == {"main;deliver": 5}
    assert profile.of_the_daemon({"main;deliver": 5}) == {"main;deliver": 5}
