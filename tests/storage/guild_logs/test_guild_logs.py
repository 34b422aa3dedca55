"""The guilds' logs: kept within limits, found again, followed without a gap."""

import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

import pytest
import trio

from storage.guild_logs import GuildLogLimits, GuildLogs, Level, LogQuery, open_guild_logs
from tests.storage.kv.conftest import DrivenClock

LIMITS = GuildLogLimits(map_bytes=1 << 30, linger_seconds=0)
GUILD = 81384788765712384


@pytest.fixture(name="clock")
def _clock() -> DrivenClock:
    return DrivenClock()


@pytest.fixture(name="logs")
async def _logs(tmp_path: Path, clock: DrivenClock) -> AsyncGenerator[GuildLogs]:
    async with open_guild_logs(tmp_path / "logs", LIMITS, clock) as logs:
        yield logs


async def texts(logs: GuildLogs, guild: int = GUILD, query: LogQuery | None = None) -> list[str]:
    page = await logs.search(guild, query, limit=1_000, newest_first=False)
    return [line.text for line in page.lines]


async def test_lines_are_numbered_from_one_for_each_guild(logs: GuildLogs) -> None:
    for guild in (1, 2):
        for number in range(3):
            logs.append(guild, Level.INFO, f"{guild}: {number}", revision="r1")
    await logs.flush()

    page = await logs.search(2)
    assert [(line.number, line.text, line.revision) for line in page.lines] == [
        (3, "2: 2", "r1"),
        (2, "2: 1", "r1"),
        (1, "2: 0", "r1"),
    ]


async def test_lines_are_there_after_a_reopening_and_numbers_go_on(tmp_path: Path, clock: DrivenClock) -> None:
    for text in ("first", "second"):
        async with open_guild_logs(tmp_path / "logs", LIMITS, clock) as logs:
            logs.append(GUILD, Level.INFO, text)
    async with open_guild_logs(tmp_path / "logs", LIMITS, clock) as logs:
        assert await texts(logs) == ["first", "second"]
        assert (await logs.extent(GUILD)).last == 2


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (LogQuery(level=Level.WARN), ["two Error", "three"]),
        (LogQuery(text="ERROR"), ["two Error"]),
        (LogQuery(revision="r2"), ["three"]),
        (LogQuery(since=1_800_000_010), ["two Error", "three"]),
        (LogQuery(until=1_800_000_010), ["one"]),
        (LogQuery(since=1_800_000_010, until=1_800_000_020, level=Level.WARN, text="o"), ["two Error"]),
    ],
)
async def test_lines_are_found_by_level_text_time_and_revision(
    logs: GuildLogs, clock: DrivenClock, query: LogQuery, expected: list[str]
) -> None:
    for text, level, revision in (
        ("one", Level.DEBUG, "r1"),
        ("two Error", Level.WARN, "r1"),
        ("three", Level.ERROR, "r2"),
    ):
        logs.append(GUILD, level, text, revision=revision)
        clock.advance(10)
    logs.append(7, Level.ERROR, "another guild's error", revision="r2")
    await logs.flush()

    assert await texts(logs, query=query) == expected


async def test_pages_go_on_where_the_last_one_ended(logs: GuildLogs) -> None:
    for number in range(25):
        logs.append(GUILD, Level.INFO if number % 2 else Level.WARN, f"{number}")
    await logs.flush()

    for newest_first in (True, False):
        seen: list[int] = []
        start: int | None = None
        while True:
            page = await logs.search(GUILD, LogQuery(level=Level.WARN), start=start, limit=4, newest_first=newest_first)
            seen += [int(line.text) for line in page.lines]
            if (start := page.next) is None:
                break
        assert seen == sorted(range(0, 25, 2), reverse=newest_first)


async def test_the_oldest_lines_go_when_there_are_too_many_lines_or_bytes(tmp_path: Path, clock: DrivenClock) -> None:
    limits = GuildLogLimits(map_bytes=1 << 30, linger_seconds=0, lines=10, guild_bytes=5_000)
    async with open_guild_logs(tmp_path / "logs", limits, clock) as logs:
        for number in range(25):
            logs.append(GUILD, Level.INFO, f"{number}")
        await logs.flush()
        assert await texts(logs) == [f"{number}" for number in range(15, 25)]

        for _ in range(8):
            logs.append(GUILD, Level.INFO, "x" * 1_000)
        await logs.flush()
        extent = await logs.extent(GUILD)
        assert (extent.count, extent.last) == (4, 33)
        assert extent.size <= 5_000


async def test_lines_go_when_they_are_too_old_also_of_a_guild_that_is_silent(
    logs: GuildLogs, clock: DrivenClock
) -> None:
    for guild in range(120):
        logs.append(guild, Level.INFO, "old")
    await logs.flush()
    clock.advance(4 * 24 * 3600)
    logs.append(7, Level.INFO, "young")
    await logs.flush()
    clock.advance(4 * 24 * 3600)

    await logs.sweep()
    assert await texts(logs, 7) == ["young"]
    for guild in (0, 119):
        assert await texts(logs, guild) == []
    logs.append(119, Level.INFO, "again")
    await logs.flush()
    assert (await logs.search(119)).lines[0].number == 2


async def test_a_line_is_cut_to_its_limit_and_says_so(logs: GuildLogs) -> None:
    logs.append(GUILD, Level.INFO, "é" * 8_000)
    logs.append(GUILD, Level.INFO, "half \ud800 pair\0")
    await logs.flush()

    long, half = await texts(logs)
    assert len(long.encode()) <= LIMITS.line_bytes
    assert long.endswith("(16000 bytes, cut)")
    assert half == "half ? pair\0"


async def test_what_cannot_be_queued_is_counted_and_the_count_is_a_line(tmp_path: Path, clock: DrivenClock) -> None:
    limits = GuildLogLimits(map_bytes=1 << 30, linger_seconds=0, queued_lines_of_a_guild=5, queued_lines=7)
    async with open_guild_logs(tmp_path / "logs", limits, clock) as logs:
        taken = [logs.append(GUILD, Level.INFO, f"{number}") for number in range(9)]
        others = [logs.append(7, Level.INFO, f"{number}") for number in range(3)]
        await logs.flush()

        assert (taken.count(True), others.count(True), logs.dropped) == (5, 2, 5)
        assert (await texts(logs))[-1] == "4 lines were dropped here: more was logged than could be written"
        assert (await texts(logs, 7))[-1].startswith("1 lines were dropped")


async def test_a_follow_reads_the_past_then_the_present_without_a_gap(logs: GuildLogs) -> None:
    seen: list[int] = []

    async def follow() -> None:
        async with aclosing(logs.follow(GUILD, after=10)) as lines:
            async for line in lines:
                seen.append(line.number)
                if line.number == 1_500:
                    return

    for _ in range(300):
        logs.append(GUILD, Level.INFO, "past")
    await logs.flush()
    async with trio.open_nursery() as nursery:
        for _ in range(3):
            nursery.start_soon(follow)
        for _ in range(1_200):
            logs.append(GUILD, Level.INFO, "present")
            logs.append(7, Level.INFO, "elsewhere")
            if logs.dropped == 0 and _ % 50 == 0:
                await trio.lowlevel.checkpoint()
    assert sorted(seen) == sorted([*range(11, 1_501)] * 3)


async def test_a_follow_without_a_start_begins_now(logs: GuildLogs) -> None:
    logs.append(GUILD, Level.INFO, "past")
    await logs.flush()
    seen: list[str] = []

    async def follow() -> None:
        async with aclosing(logs.follow(GUILD)) as lines:
            async for line in lines:
                seen.append(line.text)
                return

    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow)
        with trio.fail_after(60):
            while not seen:
                logs.append(GUILD, Level.INFO, "present")
                await trio.lowlevel.checkpoint()
    assert seen == ["present"]


async def test_a_deleted_guild_has_no_lines_and_numbers_go_on(logs: GuildLogs) -> None:
    for guild in (1, 2):
        logs.append(guild, Level.INFO, "line")
    await logs.delete_guild(1)

    assert await texts(logs, 1) == []
    assert await texts(logs, 2) == ["line"]
    logs.append(1, Level.INFO, "again")
    await logs.flush()
    assert (await logs.search(1)).lines[0].number == 2


async def test_a_full_disk_costs_lines_and_says_so(tmp_path: Path, clock: DrivenClock) -> None:
    limits = GuildLogLimits(map_bytes=300_000, linger_seconds=0, queued_lines_of_a_guild=10_000)
    async with open_guild_logs(tmp_path / "logs", limits, clock) as logs:
        for _ in range(100):
            logs.append(GUILD, Level.INFO, "x" * 8_000)
        await logs.flush()
        assert logs.dropped == 100

        logs.append(GUILD, Level.INFO, "small")
        await logs.flush()
        assert await texts(logs) == [
            "small",
            "100 lines were dropped here: more was logged than could be written",
        ]


def test_a_kill_loses_nothing_that_was_written(tmp_path: Path) -> None:
    program = f"""
import os, time, trio
from pathlib import Path
from storage.guild_logs import *
async def main():
    async with open_guild_logs(Path({str(tmp_path)!r}), GuildLogLimits(map_bytes=1 << 30), time.time) as logs:
        for number in range(500):
            logs.append(1, Level.INFO, str(number))
        await logs.flush()
        os.kill(os.getpid(), 9)
trio.run(main)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=Path(__file__).parents[3]).returncode == -9

    async def read() -> list[str]:
        async with open_guild_logs(tmp_path, LIMITS, DrivenClock()) as logs:
            return [line.text for line in (await logs.search(1, limit=1_000, newest_first=False)).lines]

    assert trio.run(read) == [str(number) for number in range(500)]
