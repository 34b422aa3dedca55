"""Scenarios of the runtime, with real isolates: what happens to a guild's events, whatever happens to the guild."""

import os
import signal
from functools import partial

import pytest
import trio

from actors.isolate.isolate import Load
from actors.outcomes import LoadOutcome, RunOutcome
from actors.placement import WorkerId
from actors.refs import Bundle, GuildEvent, GuildPhase, RuntimeRefusedError
from storage.ids import GuildId
from tests.actors.runtime.playbook import ECHO, GUILD, OTHER, Play, playing

HOLDS = "on('messageCreate', async (m) => { await hold(m.id); await note(m.id); });"


def numbers(*ids: int) -> list[str]:
    return [str(one) for one in ids]


# -- events ---------------------------------------------------------------------------------------------------------


async def test_events_of_a_guild_start_in_their_order() -> None:
    async with playing() as play:
        await play.deploy(ECHO)
        play.send(*range(100))
        play.send(*range(100, 200))
        await play.ended(200)
        assert play.notes() == numbers(*range(200))
        assert {outcome for _, outcome in play.record.outcomes[GUILD]} == {"ok"}


async def test_a_handler_that_waits_does_not_keep_the_next_event_waiting() -> None:
    async with playing() as play:
        await play.deploy("on('messageCreate', async (m) => { if (m.id === 1) await hold('it'); await note(m.id); });")
        play.send(1, 2)
        await play.ended(1)
        assert play.notes() == ["holding it", "2"]
        play.record.held["it"].set()
        await play.ended(2)


async def test_no_more_than_the_limit_are_in_flight() -> None:
    async with playing({"in_flight": 2}) as play:
        await play.deploy(HOLDS)
        play.send(1, 2, 3)
        await play.record.entered["2"].wait()
        assert (play.status().in_flight, play.status().waiting) == (2, 1)
        for key in "123":
            play.record.held[key].set()
        await play.ended(3)
        assert [note for note in play.notes() if note.startswith("holding")] == ["holding 1", "holding 2", "holding 3"]


async def test_a_brisk_script_that_asks_for_nothing_has_twice_as_many_in_flight() -> None:
    async with playing({"in_flight": 2}) as play:
        await play.deploy("on('messageCreate', (m) => (m.id < 10 ? undefined : hold(m.id)))")
        play.send(1, 2)
        await play.ended(2)
        play.send(11, 12, 13, 14, 15)
        await play.record.entered["14"].wait()
        assert (play.status().in_flight, play.status().waiting) == (4, 1)
        for number in range(11, 16):
            play.record.held[str(number)].set()
        await play.ended(7)
        play.send(21, 22, 23)
        await play.record.entered["22"].wait()
        assert (play.status().in_flight, play.status().waiting) == (2, 1)
        for number in range(21, 24):
            play.record.held[str(number)].set()
        await play.ended(10)


async def test_a_timeout_says_what_the_handler_waited_for() -> None:
    async with playing(isolates={"dispatch_s": 0.3}) as play:
        await play.deploy(HOLDS)
        play.send(1)
        await play.ended(1)
        assert play.record.outcomes[GUILD] == [(b'{"id":1}', "wall_time")]
        assert play.record.said(GUILD, "dispatch of messageCreate timed out after 0.3 s: 0.")
        assert play.record.said(GUILD, "s waiting for test.hold")
        play.send(2)
        await play.record.entered["2"].wait()


async def test_a_loop_without_end_is_interrupted_and_the_guild_lives_on() -> None:
    async with playing(isolates={"dispatch_s": 0.2}) as play:
        await play.deploy("on('messageCreate', (m) => { if (m.id === 1) for (;;) {} return note(m.id); });")
        play.send(1)
        await play.ended(1)
        play.send(2)
        await play.ended(2)
        assert [outcome for _, outcome in play.record.outcomes[GUILD]] == ["cpu", "ok"]
        assert play.record.restarts == 0


async def test_an_event_with_its_old_object_has_both() -> None:
    async with playing() as play:
        await play.deploy("on('messageUpdate', ([now, before]) => note(`${before.id}-${now.id}`));")
        play.system.deliver([GuildEvent(GUILD, "messageUpdate", b'{"id":2}', old=b'{"id":1}')])
        await play.ended(1)
        assert play.notes() == ["1-2"]


async def test_what_nobody_listens_to_wakes_nobody_and_what_is_listened_to_later_comes() -> None:
    async with playing() as play:
        hears = play.system.hears
        assert hears(GUILD) is None, "nobody knows yet"
        await play.deploy("on('a', () => on('b', () => note('b')));")
        assert hears(GUILD) == frozenset({"a"})
        play.send(1, name="b")
        await play.system.dispatch(GUILD, "a", b"{}")
        await play.record.until(lambda: play.status().registrations == {"events": ["a", "b"]})
        assert hears(GUILD) == frozenset({"a", "b"})
        play.send(2, name="b")
        await play.ended(1)
        assert play.record.outcomes[GUILD] == [(b'{"id":2}', "ok")]
        await play.system.undeploy(GUILD)
        assert not play.system.status(GUILD)
        assert hears(GUILD) == frozenset()


async def test_guilds_do_not_see_each_other() -> None:
    async with playing(workers=2) as play:
        await play.deploy(ECHO)
        await play.deploy(ECHO, OTHER)
        play.system.deliver([GuildEvent(guild, "messageCreate", b'{"id":%d}' % guild) for guild in (GUILD, OTHER)])
        await play.ended(1)
        await play.ended(1, OTHER)
        assert (play.notes(), play.notes(OTHER)) == (["1"], ["2"])


async def test_events_for_a_guild_without_a_script_concern_nobody() -> None:
    async with playing() as play:
        play.send(1)
        await play.deploy(ECHO)
        assert play.notes() == []
        assert play.system.status(OTHER) is None


async def test_an_operation_that_does_not_exist_is_refused_and_one_that_fails_tells_no_inner_thing() -> None:
    async with playing() as play:
        await play.deploy(
            """on('messageCreate', async (m) => {
                for (const name of ['no.such', 'test.fail'])
                    try { await op(name, {what: 'it'}); } catch (error) { say(error.code + ' ' + error.message); }
            });"""
        )
        play.send(1)
        await play.ended(1)
        unknown, failed = play.record.lines[GUILD][-2:]
        assert unknown == "info: UNKNOWN_OP there is no operation no.such"
        assert failed == "info: INTERNAL flora failed in test.fail; its operator's log says more"


async def test_an_error_names_the_operation_that_failed() -> None:
    async with playing() as play:
        await play.deploy("on('messageCreate', (m) => op('test.fail', {what: 'it'}));")
        play.send(1)
        await play.ended(1)
        failed = play.record.lines[GUILD][-1]
        assert failed.startswith("error: messageCreate threw OperationError: flora failed in test.fail")
        assert failed.endswith("(in test.fail)")


async def test_what_a_handler_said_stands_before_how_it_ended() -> None:
    async with playing() as play:
        await play.deploy("on('messageCreate', () => { say('going'); throw new Error('gone'); });")
        play.send(1)
        await play.ended(1)
        said, failed = play.record.lines[GUILD][-2:]
        assert said == "info: going"
        assert failed.startswith("error: messageCreate threw Error: gone")


# -- dispatch -------------------------------------------------------------------------------------------------------


async def test_a_dispatch_is_answered_with_its_run() -> None:
    async with playing() as play:
        await play.deploy("on('x', () => { throw new TypeError('no'); }); on('y', () => {});")
        threw = await play.system.dispatch(GUILD, "x", b"{}")
        assert (threw.outcome, threw.error and threw.error.message) == (RunOutcome.THREW, "no")
        assert (await play.system.dispatch(GUILD, "y", b"{}")).outcome is RunOutcome.OK
        assert (await play.system.dispatch(GUILD, "y", b"{")).outcome is RunOutcome.BAD_PAYLOAD


async def test_cancelling_a_dispatch_cancels_what_it_started() -> None:
    async with playing() as play:
        await play.deploy("on('x', () => hold('x'));")
        async with trio.open_nursery() as nursery:
            nursery.start_soon(play.system.dispatch, GUILD, "x", b"{}")
            await play.record.entered["x"].wait()
            nursery.cancel_scope.cancel()
        await play.record.until(lambda: play.status().usage.events.get("cancelled") == 1)
        assert play.status().in_flight == 0


async def test_a_dispatch_to_nobody_is_refused() -> None:
    async with playing() as play:
        with pytest.raises(RuntimeRefusedError, match="guild 1 has no script") as refused:
            await play.system.dispatch(GUILD, "x", b"{}")
        assert refused.value.code == "NOT_DEPLOYED"


# -- deploys --------------------------------------------------------------------------------------------------------


async def test_events_of_a_deploy_go_to_the_old_script_or_the_new_one_and_to_one_of_them() -> None:
    async with playing() as play:
        await play.deploy("on('messageCreate', (m) => note('a' + m.id));")
        play.send(*range(50))
        async with trio.open_nursery() as nursery:
            nursery.start_soon(partial(play.deploy, "on('messageCreate', (m) => note('b' + m.id));", revision="r2"))
            for first in range(50, 500, 10):
                play.send(*range(first, first + 10))
                await trio.lowlevel.checkpoint()
        await play.ended(500)
        assert sorted(int(note[1:]) for note in play.notes()) == list(range(500))
        assert [outcome for _, outcome in play.record.outcomes[GUILD]] == ["ok"] * 500
        assert play.status().revision == "r2"


async def test_what_the_old_isolate_began_it_ends() -> None:
    async with playing() as play:
        await play.deploy(HOLDS)
        play.send(1)
        await play.record.entered["1"].wait()
        await play.deploy(ECHO, revision="r2")
        play.send(2)
        await play.ended(1)
        play.record.held["1"].set()
        await play.ended(2)
        assert play.notes() == ["holding 1", "2", "1"]


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("syntax error here", LoadOutcome.NOT_JAVASCRIPT),
        ("throw new Error('no')", LoadOutcome.THREW),
        ("1 + 1", LoadOutcome.REGISTERED_NOTHING),
    ],
)
async def test_a_deploy_that_fails_changes_nothing(source: str, outcome: LoadOutcome) -> None:
    async with playing() as play:
        await play.deploy(ECHO)
        failed = await play.deploy(source, revision="r2")
        assert (failed.load.outcome, failed.revision) == (outcome, "")
        play.send(1)
        await play.ended(1)
        assert (play.notes(), play.status().revision) == (["1"], "r1")


async def test_a_first_deploy_that_fails_leaves_no_guild() -> None:
    async with playing() as play:
        await play.deploy("throw 1")
        assert play.system.status(GUILD) is None
        assert play.system.guilds() == []


async def test_a_deploy_whose_commit_fails_changes_nothing_and_tells_why() -> None:
    async with playing() as play:
        await play.deploy(ECHO)

        async def commit(_: Load) -> str:  # noqa: ASYNC124
            raise ValueError("a cron that never fires")

        with pytest.raises(ValueError, match="never fires"):
            await play.system.deploy(GUILD, Bundle("on('messageCreate', () => note('new'))"), commit)
        play.send(1)
        await play.ended(1)
        assert play.notes() == ["1"]


async def test_a_deploy_that_is_given_up_leaves_the_old_script() -> None:
    async with playing() as play:
        await play.deploy(ECHO)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(play.deploy, "on('messageCreate', () => {}); await hold('load');")
            await play.record.entered["load"].wait()
            nursery.cancel_scope.cancel()
        play.send(1)
        await play.ended(1)
        assert (play.notes(), play.status().revision) == (["holding load", "1"], "r1")


async def test_an_undeployed_guild_is_gone() -> None:
    async with playing() as play:
        await play.deploy(ECHO)
        await play.system.undeploy(GUILD)
        assert play.system.guilds() == []
        with pytest.raises(RuntimeRefusedError, match="has no script"):
            await play.system.pause(GUILD, "why not")
        await play.deploy(ECHO, revision="r2")
        play.send(1)
        await play.ended(1)


# -- kills, pauses, sleep ----------------------------------------------------------------------------------------------


async def test_an_isolate_that_dies_is_started_again_and_what_waited_is_not_lost() -> None:
    async with playing({"in_flight": 1}) as play:
        await play.deploy(HOLDS)
        play.send(1, 2)
        await play.record.entered["1"].wait()
        kill_isolate(play)
        await play.record.entered["2"].wait()
        play.record.held["2"].set()
        await play.ended(2)
        assert [outcome for _, outcome in play.record.outcomes[GUILD]] == ["crashed", "ok"]
        assert play.record.restarts == 1


async def test_a_guild_that_is_killed_again_and_again_is_paused_and_a_deploy_ends_the_pause() -> None:
    async with playing({"kills": 2}) as play:
        await play.deploy(HOLDS)
        for key in (1, 2):
            play.send(key)
            await play.record.entered[str(key)].wait()
            kill_isolate(play)
            await play.ended(key)
        await play.phase(GuildPhase.PAUSED)
        assert play.record.said(GUILD, "paused for 10 s: its isolate ended 2 times in short order")
        play.send(3)
        await play.ended(3)
        assert play.record.drops == {"paused": 1}
        await play.deploy(ECHO)
        play.send(4)
        await play.ended(4)
        assert play.notes()[-1] == "4"


async def test_the_runtimes_own_pause_ends_by_itself() -> None:
    async with playing({"kills": 1, "first_pause_s": 0.05}) as play:
        await play.deploy(HOLDS)
        play.send(1)
        await play.record.entered["1"].wait()
        kill_isolate(play)
        await play.phase(GuildPhase.PAUSED)
        await play.phase(GuildPhase.LIVE)
        assert play.status().reason == "started"


async def test_a_paused_guild_takes_nothing_until_it_is_resumed() -> None:
    async with playing() as play:
        await play.deploy(ECHO)
        await play.system.pause(GUILD, "by its owner")
        play.send(1)
        await play.ended(1)
        assert play.record.outcomes[GUILD] == [(b'{"id":1}', "cancelled")]
        with pytest.raises(RuntimeRefusedError, match="by its owner"):
            await play.system.dispatch(GUILD, "messageCreate", b"{}")
        await play.system.resume(GUILD)
        play.send(2)
        await play.ended(2)
        assert play.notes() == ["2"]


async def test_a_restart_gives_a_fresh_isolate() -> None:
    async with playing() as play:
        await play.deploy("let count = 0; on('messageCreate', () => note(++count));")
        play.send(1)
        await play.ended(1)
        await play.system.restart(GUILD)
        play.send(2)
        await play.ended(2)
        assert play.notes() == ["1", "1"]


async def test_the_idle_make_room_and_the_next_event_wakes_them() -> None:
    async with playing({"max_resident": 1}) as play:
        await play.deploy(ECHO)
        await play.deploy(ECHO, OTHER)
        await play.phase(GuildPhase.SLEEPING)
        play.send(1)
        await play.ended(1)
        await play.phase(GuildPhase.SLEEPING, OTHER)
        assert play.notes() == ["1"]


async def test_one_with_timers_does_not_sleep() -> None:
    async with playing({"max_resident": 1}) as play:
        await play.deploy(ECHO + "setInterval(() => {}, 100_000);")
        await play.deploy(ECHO, OTHER)
        await play.deploy(ECHO, GuildId(3))
        await play.phase(GuildPhase.SLEEPING, OTHER)
        assert play.status().phase is GuildPhase.LIVE


async def test_what_is_restored_comes_up_and_what_was_paused_stays_so() -> None:
    async with playing() as play:
        play.record.bundles = {GUILD: Bundle(ECHO, revision="r7"), OTHER: Bundle(ECHO)}
        await play.system.restore({GUILD: "", OTHER: "by its owner"})
        await play.phase(GuildPhase.LIVE)
        assert play.status(OTHER).phase is GuildPhase.PAUSED
        assert play.status().revision == "r7"


async def test_what_is_restored_while_its_old_isolate_still_ends_comes_up() -> None:
    async with playing() as play:
        await play.deploy(HOLDS)
        play.send(1)
        await play.record.entered["1"].wait()
        await play.system.undeploy(GUILD)
        await play.system.restore({GUILD: ""})
        play.send(2)
        await play.record.entered["2"].wait()
        for key in "12":
            play.record.held[key].set()
        await play.ended(2)


# -- shedding -------------------------------------------------------------------------------------------------------


async def test_chatter_is_shed_and_interactions_are_not() -> None:
    async with playing({"in_flight": 1, "mailbox": 4}) as play:
        await play.deploy(HOLDS + "on('interactionCreate', (m) => note('i' + m.id));")
        play.send(0)
        await play.record.entered["0"].wait()
        play.send(*range(1, 9))
        play.send(100, 101, name="interactionCreate")
        play.record.held["0"].set()
        play.record.held.update({str(key): held() for key in range(1, 9)})
        await play.ended(11)
        assert play.record.drops == {"shed": 6}
        assert [note for note in play.notes() if note.startswith("i")] == ["i100", "i101"]


async def test_of_a_workers_guilds_the_noisiest_loses() -> None:
    async with playing({"in_flight": 1, "backlog": 10}) as play:
        await play.deploy(HOLDS)
        await play.deploy(HOLDS, OTHER)
        for guild in (GUILD, OTHER):
            play.send(0, guild=guild)
        await play.record.until(lambda: bool(play.notes()) and bool(play.notes(OTHER)))
        play.send(1, 2, guild=OTHER)
        play.send(*range(1, 21))
        await play.record.until(lambda: play.record.drops["shed"] == 12)
        assert play.status(OTHER).usage.drops == {}
        assert play.status().usage.drops == {"shed": 12}
        assert play.status(OTHER).waiting == 2


async def test_drops_are_summed_up_in_the_guilds_log() -> None:
    async with playing({"in_flight": 1, "mailbox": 2, "sweep_s": 0.05}) as play:
        await play.deploy(HOLDS)
        play.send(0)
        await play.record.entered["0"].wait()
        play.send(*range(1, 34))
        await play.record.until(lambda: play.record.said(GUILD, "dropped 31 events: 31 because too many waited"))


# -- workers and moves ------------------------------------------------------------------------------------------------


async def test_a_zygote_that_dies_brings_its_guilds_back() -> None:
    async with playing({"in_flight": 1}) as play:
        await play.deploy(HOLDS)
        play.send(1, 2)
        await play.record.entered["1"].wait()
        (worker, _), *_ = play.system._workers.values()
        os.kill(worker.zygote.pid, signal.SIGKILL)
        await play.record.entered["2"].wait()
        play.record.held["2"].set()
        await play.ended(2)
        assert [outcome for _, outcome in play.record.outcomes[GUILD]] == ["crashed", "ok"]


async def test_a_move_keeps_order_and_loses_nothing() -> None:
    async with playing(workers=2) as play:
        await play.deploy(ECHO)
        source = play.status().worker
        assert source is not None
        play.send(*range(20))
        async with trio.open_nursery() as nursery:
            nursery.start_soon(play.system.migrate, GUILD, WorkerId(1 - source))
            for first in range(20, 200, 10):
                play.send(*range(first, first + 10))
                await trio.lowlevel.checkpoint()
        play.send(200)
        await play.ended(201)
        assert play.notes() == numbers(*range(201))
        assert play.status().worker == 1 - source
        assert play.record.migrations == {"ok": 1}


async def test_a_move_that_cannot_quiesce_leaves_the_guild_where_it_is() -> None:
    async with playing({"quiesce_s": 0.05}, workers=2) as play:
        await play.deploy(HOLDS)
        source = play.status().worker
        assert source is not None
        play.send(1)
        await play.record.entered["1"].wait()
        play.send(2)
        with pytest.raises(RuntimeRefusedError, match="handlers did not end within"):
            await play.system.migrate(GUILD, WorkerId(1 - source))
        for key in "12":
            play.record.held[key].set()
        await play.ended(2)
        assert [outcome for _, outcome in play.record.outcomes[GUILD]] == ["ok", "ok"]
        assert play.status().worker == source
        assert play.record.migrations == {"timeout": 1}


async def test_a_script_that_fails_at_its_target_goes_on_at_its_source() -> None:
    async with playing(workers=2) as play:
        await play.deploy(ECHO)
        source = play.status().worker
        assert source is not None
        good = play.record.bundles[GUILD]
        play.record.bundles[GUILD] = Bundle("throw new Error('not here')")
        async with trio.open_nursery() as nursery:

            async def move() -> None:
                with pytest.raises(RuntimeRefusedError, match="not here"):
                    await play.system.migrate(GUILD, WorkerId(1 - source))

            nursery.start_soon(move)
            await play.record.until(lambda: play.record.said(GUILD, "not here"))
            play.record.bundles[GUILD] = good
        await play.deploy(ECHO, revision="r2")
        assert play.status().worker == source
        play.send(1)
        await play.ended(1)


async def test_a_worker_is_drained_added_and_removed_while_events_flow() -> None:
    async with playing(workers=2) as play:
        guilds = [GuildId(number) for number in range(1, 9)]
        for guild in guilds:
            await play.deploy(ECHO, guild)

        async def flow() -> None:
            for number in range(100):
                play.system.deliver([GuildEvent(guild, "messageCreate", b'{"id":%d}' % number) for guild in guilds])
                await trio.lowlevel.checkpoint()

        async with trio.open_nursery() as nursery:
            nursery.start_soon(flow)
            await play.system.remove_worker(WorkerId(0))
            added = await play.system.add_worker()
        for guild in guilds:
            await play.ended(100, guild)
            assert play.notes(guild) == numbers(*range(100))
        assert [worker.worker for worker in play.system.workers()] == [1, added]


async def test_the_last_worker_cannot_be_removed() -> None:
    async with playing() as play:
        with pytest.raises(RuntimeRefusedError, match="last one"):
            await play.system.remove_worker(WorkerId(0))
        with pytest.raises(RuntimeRefusedError, match="no worker 7"):
            await play.system.remove_worker(WorkerId(7))


# -- the end --------------------------------------------------------------------------------------------------------


async def test_when_flora_stops_what_is_in_flight_ends() -> None:
    async with playing() as play:
        await play.deploy(HOLDS)
        play.send(1)
        await play.record.entered["1"].wait()
        play.record.held["1"].set()
    assert "1" in play.notes()
    assert [outcome for _, outcome in play.record.outcomes[GUILD]] == ["ok"]


async def test_when_flora_stops_what_waits_is_told_and_what_does_not_end_is_cut() -> None:
    async with playing({"in_flight": 1, "drain_s": 0.1}) as play:
        await play.deploy(HOLDS)
        play.send(1, 2)
        await play.record.entered["1"].wait()
    assert [note for note in play.notes() if "2" in note] == []
    assert [outcome for _, outcome in play.record.outcomes[GUILD]] == ["cancelled", "cancelled"]
    assert play.record.said(GUILD, "dropped 1 events: 1 because flora was stopping")


async def test_who_is_in_a_hurry_cuts_what_is_in_flight() -> None:
    async with playing() as play:
        await play.deploy(HOLDS)
        play.send(1)
        await play.record.entered["1"].wait()
        play.system.hurry()
    assert play.record.ended(GUILD) == 1


def held() -> trio.Event:
    event = trio.Event()
    event.set()
    return event


def kill_isolate(play: Play) -> None:
    lane = play.system._router.lane(GUILD)
    assert lane is not None
    assert lane.book.isolate is not None
    lane.book.isolate._signal(signal.SIGKILL)
