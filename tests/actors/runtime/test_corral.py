"""Scripts that compute without end leave a processor to the others."""

import os

import pytest
import trio

from actors.corral import Corral, some_of
from actors.isolate.handle import ProcessGoneError
from actors.isolate.isolate import Isolate, IsolateGoneError
from actors.placement import WorkerId
from storage.ids import GuildId
from tests.actors.runtime.playbook import ECHO, GUILD, OTHER, Play, eventually, playing

SPINS = "on('messageCreate', () => { for (;;); });"
PROCESSORS = frozenset(os.sched_getaffinity(0))
INSIDE = some_of(PROCESSORS)
several = pytest.mark.skipif(len(PROCESSORS) < 2, reason="there is no second processor to keep free")


def isolates_of(play: Play, guild: GuildId = GUILD) -> list[Isolate]:
    inmates = play.system._corral._inmates
    return [isolate for isolate, inmate in inmates.items() if inmate.guild == guild]


def where(play: Play, guild: GuildId = GUILD) -> set[frozenset[int]]:
    """The processors on which its isolates may run."""
    found: set[frozenset[int]] = set()
    for isolate in isolates_of(play, guild):
        try:
            found.add(frozenset(os.sched_getaffinity(isolate.process.pid)))
        except (IsolateGoneError, ProcessGoneError, ProcessLookupError):  # it is being born, or has just ended
            continue
    return found


async def until_runs_on(play: Play, processors: frozenset[int], guild: GuildId = GUILD) -> None:
    await eventually(lambda: where(play, guild) == {processors})


@several
async def test_a_script_that_spins_keeps_to_some_processors_and_its_neighbour_does_not() -> None:
    async with playing(isolates={"dispatch_s": 60.0}) as play:
        await play.deploy(SPINS)
        await play.deploy(ECHO, OTHER)
        play.send(1)
        await until_runs_on(play, INSIDE)
        play.send(1, guild=OTHER)
        await play.ended(1, OTHER)

        assert where(play, OTHER) == {PROCESSORS}
        assert play.system.computing() == 1


@several
async def test_its_next_isolate_is_kept_too_and_let_go_once_it_is_calm() -> None:
    async with playing({"drain_s": 0.1}, {"dispatch_s": 60.0}) as play:
        await play.deploy(SPINS)
        play.send(1)
        await until_runs_on(play, INSIDE)

        await play.system.restart(GUILD)

        assert len(isolates_of(play)) == 2
        assert where(play) == {INSIDE}
        await until_runs_on(play, PROCESSORS)
        assert play.system.computing() == 0


@several
async def test_a_script_that_spins_while_it_loads_is_kept_beside_its_live_isolate() -> None:
    async with playing(isolates={"load_s": 60.0}) as play:
        await play.deploy(ECHO)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(play.deploy, "for (;;);", GUILD, "r2")
            await eventually(lambda: len(isolates_of(play)) == 2)
            await until_runs_on(play, INSIDE)
            nursery.cancel_scope.cancel()


async def test_where_there_is_one_processor_nobody_is_kept() -> None:
    async with playing() as play:
        await play.deploy(ECHO)
        (isolate,) = play.system._workers[WorkerId(0)][0].zygote.isolates
        corral = Corral([0])
        corral.enter(GUILD, isolate)
        await corral.run()  # there is nothing to look at: it returns

        assert corral.kept == 0


def test_one_of_two_three_of_four_and_forty_eight_of_sixty_four() -> None:
    sizes = {count: len(some_of(frozenset(range(count)))) for count in (1, 2, 3, 4, 8, 64)}

    assert sizes == {1: 0, 2: 1, 3: 2, 4: 3, 8: 6, 64: 48}
