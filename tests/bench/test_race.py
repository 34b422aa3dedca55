"""The race gives the keys it promises, to a whole flora. How fast anybody is, is nobody's business here."""

import os

from bench import _tree, noisy, race
from bench.harness import Result
from bench.race import Sizes, entrants


async def test_flora_rides_the_course_and_loses_no_event() -> None:
    result = await race.measure(Sizes(rounds=1, events=300, rates=(200,), paced_s=0.5, field=(("flora", 2),)))

    row = result["flora"]["2_guilds"]
    assert row["messages"]["events_per_s"] > 0
    assert row["everything"]["cpu_us_per_event"] > row["everything"]["cpu_us_daemon"] > 0
    assert set(row["paced"]["200"]) >= {"command", "ping", "cpu_us_per_event"}
    assert row["memory_mb"]["after"] > row["memory_mb"]["after_without_stores"] > 0
    assert row["counts"]["drops"] == {}
    assert set(row["counts"]["events"]) == {"ok"}
    assert set(result["versions"]) == {"discord.js", "discord.py", "hikari", "node"}


def test_above_one_is_where_flora_is_better() -> None:
    def row(cost: float) -> Result:
        mixes = {mix: {"cpu_us_per_event": cost} for mix in ("messages", "everything")}
        paced = {"200": {"cpu_us_per_event": cost, "command": {"p50_ms": cost}}}
        return {**mixes, "paced": paced, "memory_mb": {"after": cost}}

    ratios = race.ratios(
        {"flora": {"1_guilds": row(20.0), "100_guilds": row(90.0)}, "discord.js": {"1_guilds": row(40.0)}}
    )

    assert set(ratios["discord.js"]["1_guilds"].values()) == {2.0}
    assert ratios["memory_of_3_discord.js_to_100_guilds"] == 1.33


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
    result = await noisy.measure(noisy.Sizes(rounds=1, seconds=0.5, names=("flora",)))

    assert set(result["flora"]) == {
        *(f"{kind}_p{percent}_ms" for kind in ("alone", "beside") for percent in (50, 99)),
        "ratio_p50",
        "ratio_p99",
        "answered_beside_endless",
    }
    assert result["flora"]["answered_beside_endless"] == 1
    assert result["flora"]["alone_p50_ms"] > 0
