"""Starts of the script that counts: a store that is away, a script that no longer loads, a top level that hangs."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import trio

from actors.placement import WorkerId
from actors.refs import Bundle, GuildPhase
from tests.actors.runtime.playbook import ECHO, GUILD, Play, playing

HANGS = "await hold('load'); " + ECHO


@asynccontextmanager
async def hanging_start(workers: int = 1) -> AsyncGenerator[Play]:
    """A guild whose script is being started, hangs at its top level, and has an event waiting."""
    async with playing(workers=workers) as play:
        play.record.bundles[GUILD] = Bundle(HANGS)
        await play.system.restore({GUILD: ""})
        await play.record.entered["load"].wait()
        play.send(1)
        yield play


async def test_a_deploy_does_not_wait_for_a_start_that_hangs() -> None:
    async with hanging_start() as play:
        assert (await play.deploy(ECHO, revision="r2")).revision == "r2"
        await play.ended(1)
        assert play.notes() == ["holding load", "1"]


async def test_after_a_deploy_that_failed_the_start_that_it_cut_short_is_made_again() -> None:
    async with hanging_start() as play:
        assert not (await play.deploy("throw new Error('no')")).revision
        play.record.held["load"].set()
        await play.ended(1)
        assert play.notes() == ["holding load", "holding load", "1"]


async def test_a_pause_does_not_wait_for_a_start_that_hangs() -> None:
    async with hanging_start() as play:
        await play.system.pause(GUILD, "the author asked for it")
        assert play.status().phase is GuildPhase.PAUSED
        assert play.record.outcomes[GUILD] == [(b'{"id":1}', "cancelled")]


async def test_an_interaction_whose_time_passed_while_its_script_started_is_not_run() -> None:
    script = "await hold('load'); on('interactionCreate', (m) => note(m.id)); " + ECHO
    async with playing({"interaction_s": 1e-6}) as play:
        play.record.bundles[GUILD] = Bundle(script)
        await play.system.restore({GUILD: ""})
        await play.record.entered["load"].wait()
        play.send(1, name="interactionCreate")
        play.send(2)
        play.record.held["load"].set()
        await play.ended(2)
        assert play.record.outcomes[GUILD] == [(b'{"id":1}', "wall_time"), (b'{"id":2}', "ok")]
        assert play.record.said(GUILD, "timed out after 0.0 s: it waited for an isolate all the while")


async def test_an_undeploy_does_not_wait_for_a_start_that_hangs() -> None:
    async with hanging_start() as play:
        await play.system.undeploy(GUILD)
        assert play.record.outcomes[GUILD] == [(b'{"id":1}', "cancelled")]


async def test_a_move_does_not_wait_for_a_start_that_hangs() -> None:
    async with hanging_start(workers=2) as play:
        source = play.status().worker
        assert source is not None
        async with trio.open_nursery() as nursery:
            nursery.start_soon(play.system.migrate, GUILD, WorkerId(1 - source))
            await play.record.until(lambda: play.notes().count("holding load") == 2)
            play.record.held["load"].set()
        assert play.status().worker == 1 - source
        await play.ended(1)
        assert play.notes()[-1] == "1"


async def test_a_store_that_is_away_costs_no_event() -> None:
    async with playing() as play:
        play.record.broken = ConnectionError("the database is away")
        play.record.bundles[GUILD] = Bundle(ECHO)
        await play.system.restore({GUILD: ""})
        play.send(1)
        await play.phase(GuildPhase.COLD)
        play.record.broken = None
        await play.ended(1)
        assert play.notes() == ["1"]


async def test_a_script_that_no_longer_loads_is_told_and_tried_again_later() -> None:
    async with playing({"first_pause_s": 0.05}) as play:
        play.record.bundles[GUILD] = Bundle("throw new Error('the moon is wrong')")
        await play.system.restore({GUILD: ""})
        await play.phase(GuildPhase.DEAD)
        assert play.record.said(GUILD, "its top level threw\nError: the moon is wrong")
        play.record.bundles[GUILD] = Bundle(ECHO)
        await play.phase(GuildPhase.LIVE)
