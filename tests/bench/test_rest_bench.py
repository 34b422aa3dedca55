"""The bench of requests gives the keys it promises."""

from bench import rest


async def test_both_are_measured_plain_and_by_tls() -> None:
    result = await rest.measure(count=20, rounds=1)

    kinds = {f"{security}, {at_once} at once" for security in ("none", "tls") for at_once in (1, 16)}
    assert set(result["ratio"]) == kinds
    for found in result["cpu_us_per_request"].values():
        assert set(found) == kinds
        assert min(found.values()) > 0
