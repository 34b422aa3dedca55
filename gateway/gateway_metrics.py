"""The gateway's numbers, for the daemon's scrape."""

from collections import Counter
from collections.abc import Iterable, Mapping

from actors.exposition import Family, Kind
from actors.metrics import Source, by_label, gauge
from gateway.gateway import Gateway


def of_gateway(gateway: Gateway) -> Source:
    """Shards, what came through them, and what was kept."""

    def source() -> Iterable[Family]:
        now = gateway.statistics()
        states = Counter(shard.state for shard in now.shards)
        yield by_state("flora_gateway_shards", "Shards of this process, by state", states)
        yield by_state("flora_gateway_guilds", "Guilds that Discord told of, by state", now.guilds)
        yield gauge("flora_gateway_delivered", "Events handed to the runtime", now.delivered)
        yield by_label("flora_gateway_dropped", "Events that concern no script, by reason", "reason", now.dropped)
        for name, count in (
            ("connections", sum(shard.statistics.connections for shard in now.shards)),
            ("identifies", sum(shard.statistics.identifies for shard in now.shards)),
            ("resumes", sum(shard.statistics.resumes for shard in now.shards)),
            ("received_bytes", sum(shard.statistics.bytes for shard in now.shards)),
        ):
            yield gauge(f"flora_gateway_{name}", "Since the start, over all shards", count)
        latencies = [shard.latency_s for shard in now.shards if shard.latency_s is not None]
        yield gauge(
            "flora_gateway_latency_seconds", "Of the slowest shard's last heartbeat", max(latencies, default=0.0)
        )
        yield gauge("flora_gateway_cache_bytes", "What is known of guilds, and old messages",
                    now.cache_bytes + now.old_message_bytes)  # fmt: skip

    return source


def by_state(name: str, documentation: str, counts: Mapping[str, int]) -> Family:
    """Numbers that go up and down, one for each state."""
    family = Family(name, documentation, Kind.GAUGE, ["state"])
    for state, count in counts.items():
        family.add([str(state)], count)
    return family
