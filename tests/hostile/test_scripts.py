"""Scripts that attack: each comes to the outcome that its head names, and a bystander notices nothing."""

import re

import pytest
import trio

from actors.isolate.isolate import Isolate, IsolateGoneError, IsolateState, Run
from actors.isolate.process import Zygote
from actors.isolate.records import ScriptError
from actors.outcomes import EndReason, LoadOutcome, RunOutcome
from tests.hostile import scenarios
from tests.hostile.arena import Arena, Witness
from tests.hostile.scenarios import Scenario

FILE = "attack.js"
_ENDING_S = 60.0
"""Nothing is measured by it: who waits for what never comes says what came instead."""
SCENARIOS = scenarios.all_of_them()


def test_there_are_enough_of_them() -> None:
    assert len(SCENARIOS) >= 80


@pytest.mark.parametrize("scenario", [pytest.param(scenario, id=scenario.name) for scenario in SCENARIOS])
def test_a_script_comes_to_its_end(arena: Arena, scenario: Scenario) -> None:
    arena.run(_attack, arena.zygote, scenario)


async def _attack(zygote: Zygote, scenario: Scenario) -> None:
    witness = Witness()
    isolate = await zygote.fork(witness.listen)
    try:
        await _watch(isolate, witness, scenario)
    finally:
        isolate.kill()
        with trio.CancelScope(shield=True):
            await isolate.wait_ended()
    for text in witness.texts:
        assert not text.startswith(("reached", "Error: reached")), text
    if scenario.log:
        assert any(re.search(scenario.log, text) for text in witness.texts), (scenario.log, witness.texts[:20])
    for name in witness.operations:
        assert re.search(scenario.op, name), name


async def _watch(isolate: Isolate, witness: Witness, scenario: Scenario) -> None:
    loaded = await isolate.load(scenario.source, FILE, timeout=None if _is_loaded(scenario) else scenario.deadline_s)
    assert loaded.outcome in scenario.loads, loaded
    if loaded.outcome is not LoadOutcome.LOADED:
        _check_error(scenario, loaded.error)
        await isolate.wait_ended()
        return
    run = await isolate.dispatch(scenario.event, scenario.payload, scenario.deadline_s)
    assert run.outcome in scenario.outcomes, run
    assert run.out_of_memory or not scenario.out_of_memory, run
    if run.error is not None:
        _check_error(scenario, run.error)
    elif run.outcome is RunOutcome.THREW:
        assert not scenario.error, run
    await _check_afterwards(isolate, witness, scenario)


def _is_loaded(scenario: Scenario) -> bool:
    return LoadOutcome.LOADED in scenario.loads


def _check_error(scenario: Scenario, error: ScriptError | None) -> None:
    told = f"{error.name}: {error.message}" if error else ""
    assert re.search(scenario.error, told), (scenario.error, told[:500])
    assert error is None or len(told) < 10_000
    if scenario.at:
        assert error is not None
        assert error.stack, error
        first = error.stack[0]
        assert f"{first.file}:{first.line}:{first.column}" == scenario.at


async def _check_afterwards(isolate: Isolate, witness: Witness, scenario: Scenario) -> None:
    """A calm event is served by the same isolate, or the isolate ends as it must."""
    while scenario.keeps and scenario.log and not any(re.search(scenario.log, text) for text in witness.texts):
        await isolate.ping()  # what is to be logged may come from a timer
    calm = await _calm_run(isolate)
    if calm is not None and calm.outcome is RunOutcome.OK:
        assert scenario.keeps, "the isolate lives on"
        return
    if calm is not None and calm.outcome is RunOutcome.MEMORY and isolate.state is IsolateState.LIVE:
        # What fills the heap stays reachable, and it is told that nothing fits; who grew so is replaced when idle.
        assert EndReason.MEMORY in scenario.ends, calm
        return
    try:
        with trio.fail_after(_ENDING_S):
            ending = await isolate.wait_ended()
    except trio.TooSlowError:
        pytest.fail(f"it lives on, and says of a calm event: {calm}")
    assert scenario.ends, (calm, ending)
    assert ending.reason in scenario.ends, ending


async def _calm_run(isolate: Isolate) -> Run | None:
    try:
        return await isolate.dispatch("calm", b"null")
    except IsolateGoneError:
        return None
