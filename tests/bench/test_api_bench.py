"""The API's bench gives the keys that it promises. What the figures are is nobody's business here."""

from bench import api
from bench._streams import Sizes as Streams


async def test_it_reports_requests_deploys_and_readers() -> None:
    sizes = api.Sizes(seconds=0.2, connections=2, deploys=1, streams=Streams(readers=4, stuck=1, events=5, rounds=2))

    result = await api.measure(sizes)

    for name in ("health", "kv_get"):
        assert set(result[name]) == {"requests_per_s", "ms", "refused"}
        assert result[name]["refused"] == 0
    assert result["deploy_p50_ms"] > 0
    assert set(result["streams"]) >= {"dispatch_p99_ratio", "kb_per_reader", "shutdown_s", "events_delivered"}
