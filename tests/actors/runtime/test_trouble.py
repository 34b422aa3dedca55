"""What goes wrong in the middle of something else: each of these once lost, repeated, hung or leaked something."""

import signal
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Never

import pytest
import trio

from actors.actor import Mailbox, Reply
from actors.guild.guild import GuildActor
from actors.guild.lane import Lane
from actors.isolate.isolate import Isolate
from actors.outcomes import RunOutcome
from actors.placement import WorkerId
from actors.refs import Bundle, GuildEvent, GuildPhase, RuntimeRefusedError
from actors.worker import Worker
from storage.ids import GuildId
from tests.actors.runtime.playbook import ECHO, GUILD, OTHER, Play, Record, eventually, playing

HOLDS = "on('messageCreate', async (m) => { await hold(m.id); await note(m.id); });"
THIRD = GuildId(3)


def lane_of(play: Play, guild: GuildId = GUILD) -> Lane:
    lane = play.system._router.lanes.get(guild)
    assert lane is not None
    return lane


def isolate_of(play: Play, guild: GuildId = GUILD) -> Isolate:
    isolate = lane_of(play, guild).book.isolate
    assert isolate is not None
    return isolate


def worker_of(play: Play, number: int = 0) -> Worker:
    return play.system._workers[WorkerId(number)][0]


def crash(worker: Worker) -> None:
    async def fail() -> Never:  # noqa: ASYNC124
        raise ValueError("a mistake of ours")

    assert worker._nursery is not None
    worker._nursery.start_soon(fail)


def _has_lines(play: Play, count: int) -> bool:
    return len(play.record.lines[GUILD]) >= count


def loaded(play: Play, guild: GuildId = GUILD) -> int:
    return play.notes(guild).count("up")


# -- mistakes of ours -------------------------------------------------------------------------------------------------


async def test_an_actor_that_fails_refuses_what_it_was_doing_and_another_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_actor: GuildActor, _reason: str) -> Never:
        raise ValueError("a mistake of ours")

    async with playing() as play:
        await play.deploy(ECHO)
        monkeypatch.setattr(GuildActor, "_pause", fail)
        with pytest.raises(RuntimeRefusedError, match="without an answer"):
            await play.system.pause(GUILD, "why not")
        play.send(1)
        await play.ended(1)
        assert play.notes() == ["1"]


async def test_a_worker_that_fails_brings_back_who_was_live_and_who_was_starting() -> None:
    async with playing() as play:
        await play.deploy("note('up'); " + HOLDS)
        play.record.bundles[OTHER] = Bundle("await hold('load'); " + ECHO)
        await play.system.restore({OTHER: ""})
        await play.record.entered["load"].wait()
        play.send(1, guild=OTHER)
        play.record.entered["load"] = trio.Event()
        crash(worker_of(play))
        await play.record.entered["load"].wait()
        play.record.held["load"].set()
        await play.ended(1, OTHER)
        await play.record.until(lambda: loaded(play) == 2)
        assert play.record.drops == {}


async def test_no_isolate_outlives_the_actor_that_started_it() -> None:
    async with playing({}, {"dispatch_s": 1000.0}) as play:
        await play.deploy("on('messageCreate', async (m) => { await note(m.id); for (;;) {} });")
        isolate = isolate_of(play)
        play.send(1)
        await play.record.until(lambda: play.notes() == ["1"])
        crash(worker_of(play))
        await isolate.wait_ended()


async def test_the_router_outlives_a_mistake_about_one_guild(monkeypatch: pytest.MonkeyPatch) -> None:
    async with playing() as play:
        await play.deploy(ECHO)
        take = Lane.put

        def fail(lane: Lane, events: Sequence[GuildEvent]) -> None:
            if events[0].payload == b"bad":
                raise ValueError("a mistake of ours")
            take(lane, events)

        monkeypatch.setattr(Lane, "put", fail)
        play.system.deliver([GuildEvent(GUILD, "messageCreate", b"bad")])
        play.send(1)
        await play.ended(1)


async def test_who_is_told_of_outcomes_and_fails_costs_nobody_an_isolate() -> None:
    class Fails(Record):
        def on_outcome(self, events: Sequence[GuildEvent], outcome: RunOutcome) -> None:
            super().on_outcome(events, outcome)
            raise ValueError("a mistake of the gateway's")

    async with playing(record=Fails()) as play:
        await play.deploy(ECHO)
        play.send(1)
        await play.ended(1)
        play.send(2)
        await play.ended(2)
        assert play.record.restarts == 0


async def test_a_stranger_that_registers_nonsense_harms_nobody() -> None:
    async with playing() as play:
        await play.deploy(ECHO)
        lane_of(play).register({"events": [[], {}, 1, "messageCreate"]})
        play.send(1)
        play.send(2, name="typingStart")
        await play.ended(1)
        assert play.notes() == ["1"]


# -- what waits, and nobody looks -----------------------------------------------------------------------------------


async def test_events_behind_those_that_were_given_up_are_started() -> None:
    async with playing({"in_flight": 1}) as play:
        await play.deploy(HOLDS)
        play.send(0)
        await play.record.entered["0"].wait()
        async with trio.open_nursery() as nursery:
            for _ in range(3):
                nursery.start_soon(play.system.dispatch, GUILD, "messageCreate", b"{}")
            await eventually(lambda: play.status().waiting == 3)
            nursery.cancel_scope.cancel()
        play.send(1)
        play.record.held["0"].set()
        await play.record.entered["1"].wait()


async def test_a_guild_that_was_resumed_before_its_pause_ended_wakes_from_its_sleep() -> None:
    async with playing({"kills": 1, "first_pause_s": 1000.0, "max_resident": 1}) as play:
        await play.deploy(ECHO)
        isolate_of(play)._signal(signal.SIGKILL)
        await play.phase(GuildPhase.PAUSED)
        await play.system.resume(GUILD)
        await play.deploy(ECHO, OTHER)
        await play.phase(GuildPhase.SLEEPING)
        play.send(1)
        await play.ended(1)


async def test_nothing_is_left_of_a_pause_once_its_guild_is_undeployed() -> None:
    async with playing({"kills": 1, "first_pause_s": 1000.0}) as play:
        await play.deploy(ECHO)
        lane = lane_of(play)
        isolate_of(play)._signal(signal.SIGKILL)
        await play.phase(GuildPhase.PAUSED)
        await play.system.undeploy(GUILD)
        await eventually(lambda: not lane.has_actor)


async def test_both_who_wait_for_a_quiet_isolate_hear_of_it() -> None:
    async with playing({"drain_s": 1000.0, "quiesce_s": 0.01}, {"dispatch_s": 100.0}, workers=2) as play:
        await play.deploy(HOLDS)
        old = isolate_of(play)
        play.send(1)
        await play.record.entered["1"].wait()
        await play.deploy(ECHO, revision="r2")  # the old isolate retires once it is quiet
        source = play.status().worker
        assert source is not None
        with pytest.raises(RuntimeRefusedError, match="did not end within"):
            await play.system.migrate(GUILD, WorkerId(1 - source))  # it waits for the same
        play.record.held["1"].set()
        await old.wait_ended()


async def test_a_top_level_that_waits_does_not_hold_up_the_start_of_others() -> None:
    async with playing({"starts_at_once": 1, "start_turn_s": 0.02}) as play:
        play.record.bundles[GUILD] = Bundle("await hold('for ever'); " + ECHO)
        await play.system.restore({GUILD: ""})
        await play.record.entered["for ever"].wait()
        await play.deploy(ECHO, OTHER)
        assert play.status().phase is GuildPhase.BOOTING
        play.record.held["for ever"].set()
        await play.phase(GuildPhase.LIVE)


async def test_an_isolate_with_timers_does_not_keep_another_from_making_room() -> None:
    async with playing({"max_resident": 2}) as play:
        await play.deploy(ECHO + "setInterval(() => {}, 100_000);")
        await play.deploy(ECHO, OTHER)
        await play.deploy(ECHO, THIRD)
        await play.phase(GuildPhase.SLEEPING, OTHER)


async def test_a_script_that_is_large_from_the_start_is_not_replaced_again_and_again() -> None:
    async with playing({"soft_cap_bytes": 1, "sweep_s": 0.01, "mailbox": 1, "in_flight": 1}) as play:
        await play.deploy("note('up'); " + HOLDS)
        await play.record.until(lambda: loaded(play) == 2)
        for turn in (1, 2, 3):  # a drop is told at a sweep, so sweeps there are
            play.send(turn)
            await play.record.entered[str(turn)].wait()
            play.send(turn + 10, turn + 10)
            await play.record.until(partial(_has_lines, play, turn))
            play.record.held[str(turn)].set()
            play.record.held[str(turn + 10)].set()
            await play.ended(turn * 3)
        assert loaded(play) == 2


async def test_a_new_isolate_does_not_overtake_what_the_old_one_has_not_begun() -> None:
    async with playing() as play:
        await play.deploy(
            "on('messageCreate', (m) => { const end = Date.now() + 100; while (Date.now() < end); note(m.id); });"
        )
        play.send(1, 2)
        await play.deploy(ECHO, revision="r2")
        play.send(3)
        await play.ended(3)
        assert play.notes() == ["1", "2", "3"]


# -- moves ----------------------------------------------------------------------------------------------------------


async def test_what_waits_outlives_a_target_where_the_script_fails() -> None:
    async with playing(workers=2) as play:
        await play.deploy(ECHO)
        source = play.status().worker
        assert source is not None
        good = play.record.bundles[GUILD]
        play.record.bundles[GUILD] = Bundle("await hold('there'); throw new Error('not there')")
        async with trio.open_nursery() as nursery:

            async def move() -> None:
                with pytest.raises(RuntimeRefusedError, match="not there"):
                    await play.system.migrate(GUILD, WorkerId(1 - source))

            nursery.start_soon(move)
            await play.record.entered["there"].wait()
            play.send(*range(10))
            play.record.bundles[GUILD] = good
            play.record.held["there"].set()
        play.send(10)
        await play.ended(11)
        assert play.notes()[1:] == [str(number) for number in range(11)]
        assert (play.status().worker, play.record.drops) == (source, {})


async def test_a_worker_is_drained_of_a_guild_whose_script_no_longer_loads() -> None:
    async with playing(workers=2) as play:
        await play.deploy(ECHO)
        source = play.status().worker
        assert source is not None
        play.record.bundles[GUILD] = Bundle("throw new Error('the moon is wrong')")
        await play.system.remove_worker(source)
        assert (play.status().phase, play.status().worker) == (GuildPhase.DEAD, 1 - source)
        await play.deploy(ECHO, revision="r2")
        play.send(1)
        await play.ended(1)


async def test_a_worker_is_drained_of_guilds_that_are_just_on_their_way_to_it() -> None:
    async with playing(workers=2) as play:
        play.record.held["up"].set()
        await play.deploy("await hold('up'); " + ECHO)
        source = play.status().worker
        assert source is not None
        target = WorkerId(1 - source)
        play.record.held["up"] = trio.Event()
        play.record.entered["up"] = trio.Event()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(play.system.migrate, GUILD, target)
            await play.record.entered["up"].wait()  # it starts at its target
            nursery.start_soon(play.system.remove_worker, target)
            await eventually(lambda: worker_of(play, target).state == "draining")
            play.record.held["up"].set()
        assert (play.status().worker, len(play.system.workers())) == (source, 1)
        play.send(1)
        await play.ended(1)


async def test_a_guild_does_not_move_to_a_worker_that_has_left_since_the_move_was_planned() -> None:
    async with playing({"quiesce_s": 1000.0}, {"dispatch_s": 1000.0}, workers=2) as play:
        await play.deploy(HOLDS)
        source = play.status().worker
        assert source is not None
        target = WorkerId(1 - source)
        play.send(1)
        await play.record.entered["1"].wait()
        async with trio.open_nursery() as nursery:

            async def move() -> None:
                with pytest.raises(RuntimeRefusedError, match="takes no guilds any more"):
                    await play.system.migrate(GUILD, target)

            nursery.start_soon(move)
            await play.phase(GuildPhase.QUIESCING)
            await play.system.remove_worker(target)
            play.record.held["1"].set()
        play.record.held["2"].set()
        play.send(2)
        await play.ended(2)
        assert play.status().worker == source


async def test_guilds_that_come_up_while_a_worker_leaves_are_not_left_behind() -> None:
    async with playing(workers=2) as play:
        guilds = [GuildId(number) for number in range(1, 9)]
        async with trio.open_nursery() as nursery:
            for guild in guilds:
                nursery.start_soon(partial(play.deploy, ECHO, guild))
            await trio.lowlevel.checkpoint()
            nursery.start_soon(play.system.remove_worker, WorkerId(0))
        assert {play.status(guild).worker for guild in guilds} == {1}


async def test_a_dead_guild_is_tried_again_where_it_has_moved_to() -> None:
    async with playing({"first_pause_s": 0.3}, workers=2) as play:
        play.record.bundles[GUILD] = Bundle("throw new Error('the moon is wrong')")
        await play.system.restore({GUILD: ""})
        await play.phase(GuildPhase.DEAD)
        source = play.status().worker
        assert source is not None
        await play.system.migrate(GUILD, WorkerId(1 - source))
        assert play.status().phase is GuildPhase.DEAD
        play.record.bundles[GUILD] = Bundle(ECHO)
        await play.phase(GuildPhase.LIVE)
        assert play.status().worker == 1 - source


@pytest.mark.parametrize("workers", [1, 2])
async def test_a_worker_that_fails_again_and_again_is_replaced_and_its_guilds_go_on(workers: int) -> None:
    async with playing(workers=workers) as play:
        guilds = [GuildId(number) for number in range(1, 9)]
        for guild in guilds:
            await play.deploy(ECHO, guild)
        failing = worker_of(play)
        while failing.state != "failed":
            crash(failing)
            await eventually(lambda: failing._nursery is None)
            await eventually(lambda: failing._nursery is not None or failing.state == "failed")
        for number in range(10):
            for guild in guilds:
                play.send(number, guild=guild)
        for guild in guilds:
            await play.ended(10, guild)
            assert play.notes(guild) == [str(number) for number in range(10)]
        assert len(play.system.workers()) == workers
        assert "failed" not in {status.state for status in play.system.workers()}


# -- messages that nobody knows -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stranger:
    reply: Reply[Any]


def mailbox_of(play: Play, who: str) -> Mailbox[Any]:
    mailboxes: dict[str, Mailbox[Any]] = {
        "the router": play.system._router.mailbox,
        "worker 0": worker_of(play).mailbox,
        "the migration coordinator": play.system._coordinator.mailbox,
    }
    return mailboxes[who]


@pytest.mark.parametrize("who", ["the router", "worker 0", "the migration coordinator"])
async def test_a_message_of_unknown_kind_is_refused_and_the_actor_lives_on(who: str) -> None:
    async with playing() as play:
        await play.deploy(ECHO)
        for _ in range(2):
            assert str(await mailbox_of(play, who).ask(Stranger)) == f"{who} takes no Stranger"
        play.send(1)
        await play.ended(1)


async def test_a_command_of_unknown_kind_is_refused_and_the_guild_lives_on() -> None:
    async with playing() as play:
        await play.deploy(ECHO)
        send, receive = trio.open_memory_channel[Any](1)
        stranger: Any = Stranger(Reply(send))
        play.system._router.lanes[GUILD].command(stranger)
        assert str(await receive.receive()) == "guild 1 takes no Stranger"
        play.send(1)
        await play.ended(1)


# -- what scripts and callers may not do ----------------------------------------------------------------------------


async def test_operations_that_do_not_exist_are_counted_under_one_name() -> None:
    async with playing() as play:
        await play.deploy(
            "on('x', async () => { for (let i = 0; i < 9; i++) try { await op('no' + i, {}); } catch {} });"
        )
        await play.system.dispatch(GUILD, "x", b"{}")
        assert play.status().usage.ops == {"unknown": 9}


async def test_what_a_script_registers_later_counts() -> None:
    async with playing() as play:
        await play.deploy("on('x', () => on('y', () => {}));")
        await play.system.dispatch(GUILD, "x", b"{}")
        assert play.status().registrations == {"events": ["x", "y"]}


@pytest.mark.parametrize("name", ["", "a\tb", "a\nD\t1\tok\t0\t0\t", "x" * 101])
async def test_an_event_cannot_be_named_so_that_it_says_something_else(name: str) -> None:
    async with playing() as play:
        await play.deploy(ECHO)
        with pytest.raises(RuntimeRefusedError, match="no event has a name like"):
            await play.system.dispatch(GUILD, name, b"{}")


# -- the end --------------------------------------------------------------------------------------------------------


async def test_what_is_cut_when_flora_stops_was_cancelled_and_nothing_starts_again() -> None:
    async with playing() as play:
        await play.deploy(HOLDS)
        play.send(1)
        await play.record.entered["1"].wait()
        play.system.hurry()
    assert play.record.outcomes[GUILD] == [(b'{"id":1}', RunOutcome.CANCELLED.value)]
    assert (play.record.restarts, play.record.said(GUILD, "started again")) == (0, False)


async def test_who_asks_while_flora_stops_and_afterwards_is_refused() -> None:
    async with trio.open_nursery() as nursery:

        async def refused(play: Play) -> None:
            with pytest.raises(RuntimeRefusedError) as error:
                await play.system.dispatch(GUILD, "messageCreate", b'{"id":2}')
            assert error.value.code in {"UNAVAILABLE", "SHUTDOWN"}

        async with playing({"in_flight": 1}) as play:
            await play.deploy(HOLDS)
            play.send(1)
            await play.record.entered["1"].wait()
            ask = partial(refused, play)  # it asks on while the runtime ends
            nursery.start_soon(ask)
            await eventually(lambda: bool(play.status().waiting))
            play.system.hurry()
        await refused(play)
        play.send(3)
        await play.ended(2)


async def test_a_guild_that_loads_for_long_does_not_keep_flora_from_stopping() -> None:
    async with playing({"drain_s": 0.05}) as play:
        play.record.bundles[GUILD] = Bundle("await hold('for ever'); " + ECHO)
        await play.system.restore({GUILD: ""})
        play.send(1)
        await play.record.entered["for ever"].wait()
    assert [outcome for _, outcome in play.record.outcomes[GUILD]] == ["cancelled"]
