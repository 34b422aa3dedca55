"""The guilds' logs as the runtime writes them and authors follow them, on a real store."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

import pytest
import trio

from actors.loghub import LogHub, Missed
from storage.guild_logs import GuildLogLimits, GuildLogs, Level, Line, LogQuery, open_guild_logs
from storage.ids import GuildId, guild_id

GUILD = guild_id(81384788765712384)


@pytest.fixture
async def logs(tmp_path: Path) -> AsyncGenerator[GuildLogs]:
    limits = GuildLogLimits(map_bytes=1 << 30, linger_seconds=0, lines=5, queued_lines_of_a_guild=20)
    async with open_guild_logs(tmp_path / "logs", limits, lambda: 1_800_000_000.0) as opened:
        yield opened


@pytest.fixture
def hub(logs: GuildLogs) -> LogHub:
    return LogHub(logs)


async def test_console_levels_become_the_logs_and_unknown_ones_are_kept(hub: LogHub, logs: GuildLogs) -> None:
    for level in ("debug", "log", "warn", "error", "strange"):
        hub.append(GUILD, level, f"{level}!", "r1")
    await logs.flush()
    page = await hub.search(GUILD, newest_first=False)
    assert [(line.level, line.text) for line in page.lines] == [
        (Level.DEBUG, "debug!"),
        (Level.INFO, "log!"),
        (Level.WARN, "warn!"),
        (Level.ERROR, "error!"),
        (Level.INFO, "strange!"),
    ]
    assert hub.lines == {"debug": 1, "info": 2, "warn": 1, "error": 1}


async def test_appending_never_raises_whatever_it_is_given(hub: LogHub, logs: GuildLogs) -> None:
    hub.append(GUILD, "info", "half \ud800 a pair, NUL \0, " + "x" * 100_000, "r\ud800" * 100)
    hub.append(GuildId(-5), "info", "nobody's")
    await logs.flush()
    (line,) = (await hub.search(GUILD)).lines
    assert len(line.text) <= 8 * 1024


async def test_a_slow_follower_is_told_how_many_lines_it_missed(hub: LogHub, logs: GuildLogs) -> None:
    hub.append(GUILD, "info", "1")
    await logs.flush()
    async with aclosing(hub.follow(GUILD, after=0)) as following:
        first = await anext(following)
        assert isinstance(first, Line)
        assert hub.followers == 1
        for number in range(2, 12):  # five lines are kept
            hub.append(GUILD, "info", str(number))
        await logs.flush()
        assert await anext(following) == Missed(5)
        then = await anext(following)
        assert isinstance(then, Line)
        assert then.text == "7"
    assert hub.followers == 0


async def test_a_follower_that_never_reads_holds_up_nobody(hub: LogHub, logs: GuildLogs) -> None:
    async with aclosing(hub.follow(GUILD)) as lazy:
        lines: list[Line | Missed] = []
        with trio.CancelScope() as waiting:
            async with trio.open_nursery() as nursery:

                async def take() -> None:
                    lines.append(await anext(lazy))
                    waiting.cancel()

                nursery.start_soon(take)
                await trio.testing.wait_all_tasks_blocked()
                hub.append(GUILD, "info", "seen")
                await trio.sleep_forever()
        assert isinstance(lines[0], Line)
        for number in range(100):
            hub.append(GUILD, "info", str(number))
            await logs.flush()
        assert (await hub.extent(GUILD)).last == 101


async def test_a_loop_of_one_guild_loses_its_own_lines_and_says_so(hub: LogHub, logs: GuildLogs) -> None:
    for number in range(30):
        hub.append(GUILD, "info", str(number))
    hub.append(guild_id(7), "info", "a quiet guild's line")
    await logs.flush()
    assert hub.dropped == 10
    (told,) = (await hub.search(GUILD, LogQuery(level=Level.WARN))).lines
    assert told.text.startswith("10 lines were dropped")
    assert (await hub.search(guild_id(7))).lines[0].text == "a quiet guild's line"


async def test_a_query_narrows_what_is_followed_but_not_what_is_missed(hub: LogHub, logs: GuildLogs) -> None:
    hub.append(GUILD, "info", "noise")
    hub.append(GUILD, "error", "broken")
    await logs.flush()
    async with aclosing(hub.follow(GUILD, after=0, query=LogQuery(level=Level.ERROR))) as following:
        found = await anext(following)
    assert isinstance(found, Line)
    assert found.text == "broken"
    await hub.delete_guild(GUILD)
    assert (await hub.search(GUILD)).lines == ()
