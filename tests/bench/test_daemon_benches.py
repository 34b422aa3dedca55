"""The benches of the daemon's parts give the keys that they promise. What the figures are is nobody's business here."""

from bench import api, bundle, cli, gateway, kv, rest
from bench._streams import Sizes as Streams
from gateway.inflate import Compression

_PERCENTILES = {"p50", "p95", "p99", "max"}


async def test_the_api_is_asked_deployed_to_and_read() -> None:
    sizes = api.Sizes(seconds=0.2, connections=2, deploys=1, streams=Streams(readers=4, stuck=1, events=5, rounds=2))

    result = await api.measure(sizes)

    for name in ("health", "kv_get"):
        assert set(result[name]) == {"requests_per_s", "ms", "refused"}
        assert result[name]["refused"] == 0
    assert result["deploy_p50_ms"] > 0
    assert set(result["streams"]) >= {"dispatch_p99_ratio", "kb_per_reader", "shutdown_s", "events_delivered"}


async def test_requests_are_measured_plain_and_by_tls() -> None:
    result = await rest.measure(count=20, rounds=1)

    kinds = {f"{security}, {at_once} at once" for security in ("none", "tls") for at_once in (1, 16)}
    assert set(result["ratio"]) == kinds
    for found in result["cpu_us_per_request"].values():
        assert set(found) == kinds
        assert min(found.values()) > 0


async def test_the_gateway_takes_every_event_however_it_comes() -> None:
    result = await gateway.measure(count=300, rounds=1)

    ways = {compression.value for compression in Compression} | {"zstd-stream, TLS", "zstd-stream, trio-websocket"}
    assert ways < set(result)
    for way in ways:
        assert set(result[way]) == {"frames_per_s_per_core", "cpu_us_per_frame", "frames_per_batch"}
        assert result[way]["cpu_us_per_frame"] > 0
    assert result["ratio_to_library"] > 0


async def test_a_bundle_is_measured_cold_and_warm() -> None:
    result = await bundle.measure(rounds=1)

    assert result["unpack_ms"] > 0
    for state in ("cold_ms", "warm_ms"):
        assert set(result[state]) == {"1", "200"}
        assert all(set(found) == _PERCENTILES for found in result[state].values())


def test_a_command_is_measured_beside_bare_python() -> None:
    result = cli.measure(rounds=1)

    assert all(set(found) == _PERCENTILES for found in (*result["start_ms"].values(), result["bare_python_ms"]))
    assert result["ratio_to_bare_python"] > 1
    assert result["help_modules"] > 0


async def test_every_store_is_measured_at_each_number_of_askers() -> None:
    result = await kv.measure(seconds=0.02, rounds=1, callers=(1, 100))

    for figures in ("sets_per_s", "gets_per_s", "set_ms", "get_ms"):
        assert set(result[figures]) == set(kv.SYSTEMS)
        assert all(set(found) == {"1", "100"} for found in result[figures].values())
    assert set(result["set_ms"]["flora"]["100"]) == {"p50_ms", "p95_ms", "p99_ms"}
    assert result["ratio_to_valkey_100"] > 0
    assert result["ratio_to_valkey_redis_py_100"] > 0
