"""The benches of the runtime give the keys that they promise. What the figures are is nobody's business here, but that
nothing is lost, repeated or out of order is."""

from bench import dispatch, handover, neighbour, scale
from bench.harness import PERCENTS


async def test_dispatch_reports_cost_and_latency_by_guilds() -> None:
    result = await dispatch.measure(dispatch.Sizes(guilds=(1, 3), events=200, rounds=1, seconds=0.1))
    assert set(result["guilds"]) == {"1", "3"}
    for row in result["guilds"].values():
        assert row["events_per_s"] > 0
        assert row["cpu_us_per_event"] >= row["daemon_cpu_us_per_event"] > 0
        assert set(row["at_50_percent"]) == {"per_s", "p50_ms", "p95_ms", "p99_ms", "dropped"}


async def test_neighbour_reports_a_ratio_for_each_attack() -> None:
    result = await neighbour.measure(neighbour.Sizes(attackers=1, rounds=1, seconds=0.1, quiet_per_s=100.0))
    assert result["ratio_p99"] == max(attack["ratio_p99"] for attack in result["attacks"].values())
    for attack in result["attacks"].values():
        assert set(attack) == {f"{when}p{at}_ms" for when in ("alone_", "") for at in PERCENTS} | {"ratio_p99"}
    assert set(result["attacks"]) >= {"spin", "allocate", "flood_log", "flood_events", "throw", "await_for_ever"}


async def test_scale_keeps_no_more_alive_than_may_be() -> None:
    result = await scale.measure(scale.Sizes(guilds=60, live=12, wakes=10, dispatches=5, rounds=1))
    assert result["live_after_wakes"] <= 12
    assert {"memory_mb", "wake_p50_ms", "wake_p99_ms", "dispatch_p50_ratio"} <= set(result)


async def test_handover_loses_repeats_and_reorders_nothing() -> None:
    result = await handover.measure(handover.Sizes(moves=8, deploys=8))
    assert (result["lost"], result["repeated"], result["out_of_order"]) == (0, 0, 0)
    assert {"pause_p50_ms", "pause_p99_ms"} <= set(result)
