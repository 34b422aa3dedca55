"""The isolate benches give the keys that they promise. What the figures are is nobody's business here."""

import shutil
from pathlib import Path

import pytest

from actors.isolate.process import default_prelude
from bench import _peers, _scripts, _tree, bridge, coldstart, density
from bench._peers import NAMES


async def test_coldstart_reports_flora_and_says_why_a_peer_is_missing() -> None:
    result = await coldstart.measure(coldstart.Sizes(rounds=1, flora_in_round=3, peers_in_round=1), with_peers=False)

    assert set(result["flora"]) == {"p50_ms", "p95_ms", "p99_ms"}
    assert set(result["flora_forked"]) == {"p50_ms", "p95_ms", "p99_ms"}
    assert result["samples"] == {"flora": 3, "flora_forked": 1}
    assert result["peers"] == {name: {"missing": "not asked for"} for name in NAMES}
    assert result["ratio_to_best_peer"] is None


async def test_density_reports_each_count_and_its_headline() -> None:
    result = await density.measure(density.Sizes(counts=(2, 3), headline=3, held=2, settle_s=0.0), with_peers=False)

    assert set(result["by_count"]) == {"2", "3"}
    assert result["isolates"] == 3
    assert 0 < result["idle_private_kb"] == result["by_count"]["3"]["idle"]["private_kb"]["p50"]
    assert result["after_100_events_private_kb"] > 0
    assert 0 < result["held"]["flora"]["kb"] < 20_000
    assert result["ratio_to_best_peer"] is None
    assert set(result["by_count"]["2"]["idle"]["private_kb"]) == {"p50", "p95", "p99"}
    assert result["rested_private_kb"] > 0
    assert set(result["by_count"]["2"]["after_100_events"]) == {"private_kb", "proportional_kb", "available_kb"}


async def test_bridge_counts_every_event_with_and_without_operations() -> None:
    result = await bridge.measure(bridge.Sizes(rounds=1, singly=5, batched=100, leak_warm_up=100, leak=100))

    assert (
        set(result["no_ops"])
        == set(result["three_ops"])
        >= {"p50_us", "p95_us", "p99_us", "events_per_s", "cpu_us_per_event"}
    )
    assert result["cpu_us_per_event_3_ops"] == result["three_ops"]["cpu_us_per_event"] > 0
    assert result["leak_events"] == 100
    assert "leaked_bytes_per_event" in result


def test_everybody_has_the_same_prelude_behind_what_only_flora_gives_it() -> None:
    assert _scripts.peer_prelude().endswith(default_prelude().source)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
@pytest.mark.parametrize("name", ["node_process", "node_worker"])
def test_a_peer_runs_the_sdks_prelude_and_holds_what_it_is_told_to(name: str, tmp_path: Path) -> None:
    peer = _peers.STARTS[name](tmp_path)
    try:
        assert peer.once() > 0
        peer.hold()
        before = _tree.measure(*peer.pids()).memory_mb()
        peer.hold()
        assert _tree.measure(*peer.pids()).memory_mb() > before + 1
    finally:
        peer.stop()
