"""Random interleavings of everything that may happen, with real isolates (model.py says what must hold)."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.actors.runtime.model import Step, play_out, steps


@settings(max_examples=4, derandomize=True, deadline=None, phases=[Phase.generate])
@given(st.lists(steps(), min_size=40, max_size=60))
async def test_whatever_happens_nothing_is_lost_repeated_or_left_over(plan: list[Step]) -> None:
    await play_out(plan)


@pytest.mark.soak
@settings(max_examples=400, deadline=None)
@given(st.lists(steps(), min_size=20, max_size=150))
async def test_whatever_happens_for_long(plan: list[Step]) -> None:
    await play_out(plan)
