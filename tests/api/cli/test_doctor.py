"""What the doctor finds at Discord and in the system's limits, and what it says to do."""

import pytest

from api.cli.doctor_discord import diagnose_discord
from api.cli.doctor_system import diagnose_system
from api.config_table import DiscordConfig
from gateway.local.discord import LocalConfig, open_local_discord
from storage.confidential import Secret
from storage.health import Level
from tests.api.cli.stand_in import StandIn

TOKEN = Secret("a-token-of-the-local-discord")
GATEWAY = {"url": "wss://x", "shards": 2, "session_start_limit": {"total": 1000, "remaining": 3, "reset_after": 1}}


async def test_a_discord_that_lets_the_bot_in() -> None:
    async with open_local_discord(LocalConfig(token=TOKEN.reveal())) as local:
        found = await diagnose_discord(DiscordConfig(bot_token=TOKEN, api_url=local.api_url))
        refused = await diagnose_discord(DiscordConfig(bot_token=Secret("another" * 5), api_url=local.api_url))

    assert [(one.name, one.level) for one in found] == [
        ("Discord", Level.OK), ("intents", Level.OK), ("session starts", Level.OK),
    ]  # fmt: skip
    assert [(one.level, "DISCORD_TOKEN" in one.remedy) for one in refused] == [(Level.FAIL, True)]
    assert not any(TOKEN.reveal() in str(one) for one in [*found, *refused])


async def test_intents_that_are_not_granted_and_starts_that_run_out(daemon: StandIn) -> None:
    daemon.says("GET /applications/@me", {"id": "1", "name": "bot", "flags": 1 << 15})
    daemon.says("GET /gateway/bot", GATEWAY)

    found = await diagnose_discord(DiscordConfig(bot_token=TOKEN, api_url=daemon.url))

    wrong = [one for one in found if one.level is not Level.OK]
    assert [(one.name, one.level) for one in wrong] == [("intents", Level.FAIL), ("session starts", Level.WARN)]
    assert "MESSAGE_CONTENT" in wrong[0].finding
    assert "Message Content Intent" in wrong[0].remedy
    assert wrong[1].finding == "3 of 1,000 session starts are left today, for 2 shards"


@pytest.mark.parametrize(
    ("config", "level", "remedy"),
    [
        (DiscordConfig(), Level.WARN, "set DISCORD_TOKEN"),
        (DiscordConfig(bot_token=TOKEN, api_url="http://127.0.0.1:1"), Level.FAIL, "let this machine reach it"),
    ],
)
async def test_a_discord_that_cannot_be_asked(config: DiscordConfig, level: Level, remedy: str) -> None:
    (found,) = await diagnose_discord(config)

    assert found.level is level
    assert remedy in found.remedy


def test_limits_that_are_too_low_say_which_setting_lifts_them() -> None:
    few, many = diagnose_system(1), diagnose_system(10**9)

    assert [one.name for one in few] == ["open files", "processes", "memory"]
    assert {one.level for one in few} == {Level.OK}
    assert all(one.remedy for one in many if one.level is Level.WARN)
    assert next(one for one in many if one.name == "memory").level is Level.WARN
