"""What the runtime tells of itself: the daemon's log, which is no place for what scripts say, and its numbers."""

import logging

import pytest

from actors.placement import WorkerId
from actors.refs import Bundle, GuildPhase, RuntimeRefusedError
from tests.actors.runtime.playbook import ECHO, GUILD, Play, Record, eventually, playing

SECRET = "sk-live-1234 of member Bob"
THROWS = Bundle(f"throw new Error('key {SECRET}')")


def transitions(caplog: pytest.LogCaptureFixture) -> list[str]:
    head = f"guild {GUILD} is "
    return [text.removeprefix(head) for text in caplog.messages if text.startswith(head)]


def elsewhere(play: Play) -> WorkerId:
    """The worker that the guild is not at."""
    return WorkerId(1 - (play.status().worker or 0))


async def test_each_transition_is_a_line_with_its_reason_and_none_has_a_scripts_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "flora.runtime")
    record = Record()
    async with playing(workers=2, record=record) as play:
        await play.deploy(ECHO)
        await play.system.migrate(GUILD, elsewhere(play))
        moved = ["quiescing: it is moving", "migrating: its worker has let go of it", "booting: it is to be awake"]
        assert transitions(caplog) == ["live: revision r1 was deployed", *moved, "live: started"]
        record.bundles[GUILD] = THROWS
        with pytest.raises(RuntimeRefusedError, match=SECRET):
            await play.system.migrate(GUILD, elsewhere(play))
        await play.phase(GuildPhase.DEAD)
        assert SECRET in play.status().reason
        assert record.said(GUILD, SECRET)
    assert "dead: its script cannot be loaded" in transitions(caplog)
    assert SECRET not in caplog.text


async def test_a_guild_that_does_not_follow_to_a_new_worker_is_told_by_a_code(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "flora.runtime")
    record = Record()
    async with playing(record=record) as play:
        await play.deploy(ECHO)
        record.bundles[GUILD] = THROWS
        await play.system.add_worker()  # to which this guild belongs
        await eventually(lambda: f"guild {GUILD} stays where it is: LOAD_FAILED" in caplog.messages)
    assert SECRET not in caplog.text


# -- drops ----------------------------------------------------------------------------------------------------------


async def test_what_comes_while_flora_stops_is_told_in_its_guilds_log() -> None:
    record = Record()
    async with playing(record=record) as play:
        await play.deploy(ECHO)
        play.send(1, 2)
        play.send(3, name="guildMemberAdd")  # which nobody listens to
    assert record.lines[GUILD][-1] == "warn: dropped 2 events: 2 because flora was stopping"
    assert record.drops == {"shutdown": 2}
    assert record.ended(GUILD) == 2


async def test_what_the_router_has_no_room_for_is_told_in_its_guilds_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actors.router._MAILBOX", 4)
    record = Record()
    async with playing({"sweep_s": 0.01}, record=record) as play:
        await play.deploy(ECHO)
        for number in range(7):
            play.send(number)
        await play.ended(7)
        await record.until(lambda: record.said(GUILD, "dropped 2 events: 2 because more came than flora"))
        assert play.status().usage.drops == {"router": 2}  # one was on its way to the router already
    assert record.drops == {"router": 2}


# -- numbers --------------------------------------------------------------------------------------------------------

HOARDS = "for (const hoard = [];;) hoard.push(new Array(100000).fill(Math.random()));"
SPINS = "for (;;) ;"


@pytest.mark.parametrize(("source", "outcome"), [(HOARDS, "memory"), (SPINS, "cpu")])
async def test_a_script_that_meets_a_limit_while_it_loads_is_counted(source: str, outcome: str) -> None:
    record = Record()
    async with playing(isolates={"load_s": 0.5} if outcome == "cpu" else {}, record=record) as play:
        deployed = await play.deploy(source + ECHO)
        assert deployed.load.outcome.value == outcome
    assert record.cuts == {outcome: 1}


@pytest.mark.parametrize(("source", "outcome"), [(HOARDS, "memory"), (SPINS, "cpu")])
async def test_a_timer_that_meets_a_limit_is_counted_and_its_event_is_not(source: str, outcome: str) -> None:
    record = Record()
    async with playing(isolates={"background_s": 0.3} if outcome == "cpu" else {}, record=record) as play:
        await play.deploy(f"on('messageCreate', (m) => {{ setTimeout(() => {{ {source} }}, 5); note(m.id); }});")
        play.send(1)
        await record.until(lambda: bool(record.cuts))
        assert record.outcomes[GUILD] == [(b'{"id":1}', "ok")]
        told = {"memory": "uncaught in a timer: out of memory", "cpu": "background work did not yield"}[outcome]
        await record.until(lambda: record.said(GUILD, f"error: {told}"))
    assert record.cuts == {outcome: 1}


async def test_an_event_that_runs_out_of_memory_is_counted_as_an_event_alone() -> None:
    record = Record()
    async with playing(record=record) as play:
        await play.deploy(f"on('messageCreate', () => {{ {HOARDS} }});")
        play.send(1)
        await play.ended(1)
        assert record.outcomes[GUILD][0][1] == "memory"
    assert record.cuts == {}


async def test_restarts_of_zygotes_are_not_forgotten_when_their_worker_leaves() -> None:
    async with playing(workers=2) as play:
        worker, _ = play.system._workers[WorkerId(0)]
        assert worker.zygote._process is not None
        worker.zygote._process.kill()
        await eventually(lambda: worker.zygote.restarts > 0)
        assert play.system.zygote_restarts() == 1
        await play.system.remove_worker(WorkerId(0))
        assert [one.zygote_restarts for one in play.system.workers()] == [0]
        assert play.system.zygote_restarts() == 1


async def test_of_a_move_the_wait_for_handlers_and_the_whole_pause_are_told_apart() -> None:
    record = Record()
    async with playing({"quiesce_s": 0.05}, workers=2, record=record) as play:
        await play.deploy("await new Promise((go) => setTimeout(go, 300)); on('messageCreate', () => hold('x'));")
        await play.system.migrate(GUILD, elsewhere(play))
        play.send(1)
        await record.entered["x"].wait()
        with pytest.raises(RuntimeRefusedError, match="did not end"):
            await play.system.migrate(GUILD, elsewhere(play))
        record.held["x"].set()
    (first, quiesced_s, paused_s), given_up = record.moves
    assert first == "ok"
    assert quiesced_s is not None
    assert paused_s is not None
    assert paused_s - quiesced_s >= 0.3  # its top level waits for as long
    assert given_up == ("timeout", None, None)
