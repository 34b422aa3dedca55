"""Examples that need clocks, in a whole daemon: its timers, its crons, its database."""

from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import trio

from gateway.local.discord import LocalConfig, open_local_discord
from tests.api.daemon_play import Evening, evening
from tests.examples.garden import EXAMPLES


async def begun(play: Evening, example: str, command: str) -> None:
    """The example, deployed, with its commands known to Discord."""
    await play.deploy((EXAMPLES / f"{example}.ts").read_text())
    await play.members.until_command(command)


def uses(play: Evening, words: str, **options: str) -> None:
    """`/remind me in: 1s` is `uses(play, "remind me", **{"in": "1s"})`."""
    name, subcommand = words.split(" ")
    given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
    inner = [{"name": subcommand, "type": 1, "options": given}]
    play.members.local.people.command(play.members.person, play.members.channel, name, inner, {})


async def test_reminders(tmp_path: Path) -> None:
    async with open_local_discord(LocalConfig()) as local, evening(tmp_path, local) as play:
        await begun(play, "reminders", "remind")
        uses(play, "remind me", **{"in": "1 day", "about": "watering"})
        await play.members.hear("I shall remind you")
        uses(play, "remind list")
        await play.members.hear("watering")
        assert await waiting(play) == ["watering"]

        uses(play, "remind me", **{"in": "1s", "about": "tea"})
        await play.members.hear(f"<@{play.members.person}>, you wanted to be reminded: tea")
        assert await waiting(play) == ["watering"]


async def test_digest(tmp_path: Path) -> None:
    async with open_local_discord(LocalConfig()) as local, evening(tmp_path, local) as play:
        await begun(play, "digest", "digest")
        uses(play, "digest here")
        await play.members.hear("It comes here every evening.")
        for text in ("one", "two"):
            play.members.say(text)
        store = partial(play.daemon.stores.kv.get, play.guild, "digest-members", str(play.members.person))
        while (entry := await store()) is None or entry.value != 2:  # noqa: ASYNC110  a counter has no event
            await trio.sleep(0.01)
        await play.daemon.services.crons.run_now(play.guild, "digest")
        await play.members.until(lambda: bool(embeds(play)))

        (shown,) = embeds(play)
        assert shown["title"] == "Today"
        assert [field["value"] for field in shown["fields"]] == [
            f"<#{play.members.channel}>: 2",
            f"<@{play.members.person}>: 2",
        ]


def embeds(play: Evening) -> list[Any]:
    """What the bot has shown in cards."""
    seen, _ = play.members.local.people.messages(play.members.person, play.members.channel, 100)
    return [embed for one in msgspec.to_builtins(seen) for embed in one["embeds"]]


async def waiting(play: Evening) -> list[str]:
    """What the guild's people are still to be reminded of."""
    timers = await play.daemon.services.timers.list(play.guild)
    return [msgspec.convert(timer.payload, dict[str, str])["about"] for timer in timers]
