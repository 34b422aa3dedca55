"""The race gives the keys it promises, to a whole flora. How fast anybody is, is nobody's business here."""

import os
import sys
from pathlib import Path

import pytest

from bench import _tree, noisy, race
from bench.harness import Result
from bench.race import Heat, Sizes, entrants, figures


async def test_flora_rides_the_course_and_loses_no_event() -> None:
    result = await race.measure(
        Sizes(rounds=1, events=300, paced=((200, 0.5),), heats=(Heat("flora", 2),), settle_s=0.0)
    )

    row = result["flora"]["2_guilds"]
    assert row["messages"]["events_per_s"] > 0
    assert row["everything"]["cpu_us_per_event"] > row["everything"]["cpu_us_daemon"] > 0
    assert set(row["paced"]["200"]) >= {"command", "ping", "cpu_us_per_event"}
    for latency in (row["messages"]["answer"], row["paced"]["200"]["command"], row["paced"]["200"]["ping"]):
        assert set(latency) == {"samples", "p50_ms", "p95_ms", "p99_ms", "entered"}
        assert 0 < latency["entered"]["p50_ms"] <= latency["p50_ms"] + 0.5, "its clock has whole milliseconds"
    for when in ("after", "rested"):
        assert row["memory_mb"][when] > row["memory_mb"][f"{when}_without_stores"] > 0
    assert row["resting_cpu_ms"] >= 0
    assert result["settle_s"] == 0.0
    assert row["counts"]["drops"] == {}
    assert set(row["counts"]["events"]) == {"ok"}
    assert {"node"} <= set(result["versions"]) <= {"discord.js", "discord.py", "hikari", "node"}, "those that lie here"


async def test_on_all_cores_each_process_has_its_shard_of_the_events(monkeypatch: pytest.MonkeyPatch) -> None:
    def command(_name: str) -> list[str]:
        return [sys.executable, str(Path(__file__).with_name("standin_bot.py"))]

    monkeypatch.setattr(entrants, "_command", command)

    result = await race.measure(
        Sizes(rounds=1, events=300, paced=((200, 0.5),), heats=(Heat("small", 6, 2),), settle_s=0.0)
    )

    row = result["small"]["all_cores"]
    assert (row["guilds"], row["processes"]) == (6, 2)
    assert row["messages"]["cores_used"] > 0
    assert row["messages"]["answer"]["samples"] == 2, "one of each shard, and the block waits for both"
    assert "paced" not in row


def test_flora_stands_among_those_with_all_cores_as_it_rode() -> None:
    heats = (Heat("flora", 2), Heat("nobody", 2, 2))
    figures: Result = {
        "flora": {"2_guilds": {name: name for name in (*race.MIXES, "memory_mb", "guilds", "processes")}}
    }

    race.share(figures, heats)

    assert figures["flora"]["all_cores"] == figures["flora"]["2_guilds"]


def _row(cost: float, *, paced: bool = True, busy: float = 1.0) -> Result:
    mixes: Result = {mix: {"cpu_us_per_event": cost, "events_per_s": 1000 / cost} for mix in figures.MIXES}
    command = {"p50_ms": cost, "entered": {"p50_ms": cost}}
    rates = {"paced": {"200": {"cpu_us_per_event": cost, "command": command}}} if paced else {}
    return {**mixes, **rates, "memory_mb": {"rested": cost, "after": cost * busy}}


def test_above_one_is_where_flora_is_better() -> None:
    ratios = figures.ratios(
        {
            "flora": {"1_guilds": _row(20.0), "100_guilds": _row(90.0, busy=2.0), "all_cores": _row(90.0, paced=False)},
            "discord.js": {
                "1_guilds": _row(40.0),
                "100_guilds": _row(60.0),
                "all_cores": _row(45.0, paced=False),
            },
        }
    )

    assert set(ratios["discord.js"]["1_guilds"].values()) == {2.0}
    assert set(ratios["discord.js"]["all_cores"].values()) == {0.5}
    assert ratios["memory_of_3_discord.js_to_100_guilds"] == 1.33, "when all have rested"
    assert ratios["memory_of_3_discord.js_to_100_guilds_busy"] == 0.67
    assert ratios["memory_of_3_discord.js_of_the_same_100_guilds"] == 2.0, "each with all of them"
    assert ratios["memory_of_3_discord.js_of_the_same_100_guilds_busy"] == 1.0


def test_the_aims_are_those_that_were_set_and_reached_at_one() -> None:
    costs: Result = {"cpu_messages": 0.9, "cpu_everything": 3.3}
    memory: Result = {figures.THREE_TO_HUNDRED: 1.2, f"{figures.THREE_TO_HUNDRED}_busy": 0.8}

    found = figures.aims({"discord.js": {"1_guilds": costs}, "hikari": {"1_guilds": costs}, **memory})

    assert found == {
        "events_per_cpu_s_beside_discord.js": {"at_least": 1.0, "messages": 0.9, "everything": 3.3},
        "events_per_cpu_s_beside_hikari": {"at_least": 3.0, "messages": 0.3, "everything": 1.1},
        "memory_of_3_discord.js_to_100_guilds": {"at_least": 1.0, "rested": 1.2, "busy": 0.8},
    }
    assert figures.aims({}) == {}, "who is missing has no aim"


def test_who_is_not_asked_for_is_not_fetched() -> None:
    assert entrants.install(["flora"]) == {}


def test_a_tree_knows_its_root_and_counts_only_what_is_new() -> None:
    before = _tree.measure(os.getpid())
    sum(range(300_000))
    after = _tree.measure(os.getpid())

    assert after.processes[0].pid == os.getpid()
    assert after.cpu_us_since(before, _tree.is_root) > 0
    assert after.memory_mb(_tree.is_root) > 1


async def test_a_noisy_guild_beside_a_quiet_one_in_flora() -> None:
    attacks = ["memory without end", "kill the process"]
    result = await noisy.measure(noisy.Sizes(rounds=1, seconds=0.5, attacked_s=0.3, names=("flora",), attacks=attacks))

    assert set(result["flora"]) == {"alone", "beside", "ratio_p50", "ratio_p99", "attacks"}
    assert set(result["flora"]["alone"]) == {"p50_ms", "p95_ms", "p99_ms"}
    for attack in attacks:
        assert result["flora"]["attacks"][attack]["answered"] == 1, attack
        assert result["flora"]["attacks"][attack]["lives"], attack
