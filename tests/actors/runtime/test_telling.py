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
