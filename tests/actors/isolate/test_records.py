"""What the daemon writes to an isolate."""

from hypothesis import given
from hypothesis import strategies as st

from actors.isolate import records
from actors.isolate.records import Start

_STARTS = st.builds(
    Start, st.sampled_from(["a", "b"]), st.sampled_from([b"1", b"{}", b"[1,\n2]", b"\n"]), st.integers(0, 9)
)


@given(st.lists(_STARTS), st.integers(1, 1000))
def test_many_events_are_written_as_each_would_be(starts: list[Start], first: int) -> None:
    each = [
        records.event(number, (7.0 + start.seconds) * 1000, start.name, start.payload)
        for number, start in enumerate(starts, first)
    ]
    assert records.events(first, 7.0, starts) == b"".join(each)
    assert records.events(first, 7.0, starts).count(b"\n") == len(starts)
