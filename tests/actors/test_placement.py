"""A guild's place follows from the workers alone, and only what must move moves."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.placement import NoWorkersError, WorkerId, place
from storage.ids import GuildId

GUILDS = [GuildId(175928847299117063 + number * 4194304) for number in range(2000)]
guilds = st.integers(1, 2**63 - 1).map(GuildId)
workers = st.sets(st.integers(0, 63).map(WorkerId), min_size=1)


@given(guilds, workers)
def test_the_order_in_which_workers_are_named_does_not_matter(guild: GuildId, live: set[WorkerId]) -> None:
    assert place(guild, sorted(live)) == place(guild, sorted(live, reverse=True))


@given(guilds, workers, st.integers(0, 63).map(WorkerId))
def test_a_worker_that_comes_takes_guilds_only_for_itself(guild: GuildId, live: set[WorkerId], new: WorkerId) -> None:
    assert place(guild, live | {new}) in {place(guild, live), new}


@given(guilds, workers)
def test_a_worker_that_goes_moves_only_its_own_guilds(guild: GuildId, live: set[WorkerId]) -> None:
    here = place(guild, live)
    for gone in live - {here}:
        assert place(guild, live - {gone}) == here


def test_guilds_are_spread_evenly() -> None:
    shares = Counter(place(guild, [WorkerId(number) for number in range(4)]) for guild in GUILDS)

    assert all(400 < share < 600 for share in shares.values()), shares


def test_the_place_is_the_same_in_every_process() -> None:
    # Written down once: if this changes, every guild of a running cluster moves.
    assert [place(guild, [WorkerId(0), WorkerId(1), WorkerId(2)]) for guild in GUILDS[:8]] == [0, 0, 2, 2, 0, 0, 2, 2]


def test_without_workers_there_is_no_place() -> None:
    with pytest.raises(NoWorkersError, match="guild 1 has no worker"):
        place(GuildId(1), [])
