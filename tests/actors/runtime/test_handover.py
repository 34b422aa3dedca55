"""The table of a move: every state, every event, and the picture of it in the docs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.handover import ENDS, NEXT, BadHandoverError, Handover, Happened, after

STATES = [state for state in Handover if state not in ENDS]
PAGE = Path(__file__).parents[3] / "docs" / "runtime.md"


@pytest.mark.parametrize("state", Handover)
@pytest.mark.parametrize("happened", Happened)
def test_what_can_happen_leads_on_and_what_cannot_is_refused(state: Handover, happened: Happened) -> None:
    if (state, happened) in NEXT:
        assert after(state, happened) is NEXT[state, happened]
    else:
        with pytest.raises(BadHandoverError, match=f"{happened.value} while {state.value}"):
            after(state, happened)


@pytest.mark.parametrize("state", [state for state in Handover if state in ENDS])
def test_nothing_follows_an_end(state: Handover) -> None:
    assert not [happened for at, happened in NEXT if at is state]


@pytest.mark.parametrize("state", STATES)
def test_the_coordinator_may_end_at_any_time_and_then_the_move_has_ended(state: Handover) -> None:
    assert after(state, Happened.GIVEN_UP) in ENDS


@given(st.lists(st.sampled_from(Happened), min_size=8, max_size=20))
def test_no_move_goes_on_for_ever(events: list[Happened]) -> None:
    state, steps = Handover.QUIESCING, 0
    for happened in events:
        if (state, happened) in NEXT:
            state, steps = after(state, happened), steps + 1
    assert steps <= 4
    assert state in ENDS or steps < 4


def test_only_an_adopted_guild_moves_and_only_what_fails_there_returns() -> None:
    assert {at for (at, _), to in NEXT.items() if to is Handover.MOVED} == {Handover.BOOTING}
    returns = [key for key, to in NEXT.items() if to is Handover.RETURNING]
    assert returns == [(Handover.HELD, Happened.FAILED), (Handover.BOOTING, Happened.FAILED)]


def test_the_picture_in_the_docs_shows_this_table() -> None:
    drawn = {line.strip() for line in PAGE.read_text().splitlines() if "-->" in line}
    table = {f"{state.name} --> {to.name}: {happened.value}" for (state, happened), to in NEXT.items()}
    assert table <= drawn
    assert not {line for line in drawn if line.split()[0] in Handover.__members__} - table
