"""The one task that writes to a thousand readers: how it holds nobody up, and what it makes once for all."""

import itertools
from typing import Any

import pytest
import trio
import trio.testing

from api.streams import pump as module
from api.streams.feed import Feed, Reader
from api.streams.pump import EVERY_S, REST_S, Pump
from api.streams.sinks import Frame, chunked, unframed
from storage.guild_logs import LogQuery
from storage.guild_logs.lines import Level, Line
from storage.ids import guild_id


class Taking:
    """Takes so many bytes at once, and notes when it was given which."""

    def __init__(self, room: int = 1 << 30, frame: Frame = unframed) -> None:
        self.frame = frame
        self.room = room
        self.given: list[bytes] = []
        self.at: list[float] = []

    def put(self, framed: bytes) -> int:
        self.given.append(framed)
        self.at.append(trio.current_time())
        return min(self.room, len(framed))

    async def write(self, framed: bytes | memoryview) -> None:
        raise AssertionError(f"nobody's own task writes {len(framed)} bytes here")


def line(number: int, text: str = "x", level: Level = Level.INFO) -> Line:
    return Line(number, 0, level, "", text)


class Play:
    """A guild's feed, and its readers."""

    def __init__(self) -> None:
        self.pump = Pump()
        self.feed = Feed(guild_id(7), 0)
        self.readers: list[Reader] = []

    def reader(self, sink: Taking, query: LogQuery | None = None) -> Reader:
        made = Reader(sink, query or LogQuery(), "", self.feed.last, self.feed.taken)
        self.feed.readers[made] = None
        self.pump.follow(self.feed, made)
        return made

    def say(self, *lines: Line) -> None:
        for one in lines:
            self.feed.add(one)
            self.pump.due(self.feed)


@pytest.fixture
async def play(autojump_clock: Any, nursery: trio.Nursery) -> Play:
    made = Play()
    nursery.start_soon(made.pump.run)
    return made


async def test_lines_that_come_together_go_together_and_are_made_once(play: Play) -> None:
    sinks = [Taking() for _ in range(3)]
    for sink in sinks:
        play.reader(sink)

    play.say(line(1), line(2))
    await trio.testing.wait_all_tasks_blocked()

    assert [len(sink.given) for sink in sinks] == [1, 1, 1]
    assert sinks[0].given[0].count(b"\n\n") == 2
    assert sinks[0].given[0] is sinks[1].given[0] is sinks[2].given[0]


async def test_each_connection_gets_its_own_frames_and_each_filter_its_own_lines(play: Play) -> None:
    plain, framed, loud = Taking(), Taking(frame=chunked), Taking()
    play.reader(plain)
    play.reader(framed)
    quiet_reader = play.reader(loud, LogQuery(level=Level.ERROR))

    play.say(line(1, "a"), line(2, "b", Level.ERROR))
    await trio.testing.wait_all_tasks_blocked()

    assert framed.given == [chunked(plain.given[0])]
    assert loud.given[0].count(b"\n\n") == 1
    play.say(line(3))
    await trio.sleep(1)
    assert (len(loud.given), quiet_reader.position) == (1, 3)


async def test_nobody_is_written_to_more_often_than_that(play: Play) -> None:
    sink = Taking()
    play.reader(sink)

    for number in range(1, 101):
        play.say(line(number))
        await trio.sleep(EVERY_S / 10)
    await trio.sleep(1)

    assert b"".join(sink.given).count(b"\n\n") == 100
    assert all(after - before > EVERY_S * 0.99 for before, after in itertools.pairwise(sink.at))


async def test_between_slices_everything_else_has_its_turn(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLICE_S", 0.0)
    sinks = [Taking() for _ in range(5)]
    for sink in sinks:
        play.reader(sink)

    play.say(line(1))
    await trio.sleep(1)

    at = [sink.at[0] for sink in sinks]
    assert all(after - before > REST_S * 0.99 for before, after in itertools.pairwise(at))


async def test_a_guild_with_few_readers_does_not_wait_for_one_with_many(play: Play) -> None:
    many, few, other = [Taking() for _ in range(50)], Taking(), Play()
    other.pump = play.pump
    for sink in many:
        play.reader(sink)
    other.reader(few)

    play.say(line(1))
    other.say(line(1))
    await trio.sleep(1)

    assert few.at[0] <= min(sink.at[0] for sink in many)


async def test_who_takes_half_keeps_the_rest_and_is_left_to_its_own_task(play: Play) -> None:
    sink = Taking(room=10)
    reader = play.reader(sink)

    play.say(line(1))
    await trio.sleep(1)
    play.say(line(2))
    await trio.sleep(1)

    assert len(sink.given) == 1
    assert bytes(reader.rest) == sink.given[0][10:]
    assert reader.woken.is_set()
    assert not reader.follows


async def test_what_one_is_told_at_once_has_an_end_and_the_rest_follows(play: Play) -> None:
    sink = Taking()
    play.reader(sink)

    play.say(*(line(number, "x" * 8_000) for number in range(1, 41)))
    await trio.sleep(1)

    assert max(map(len, sink.given)) < 80_000
    assert b"".join(sink.given).count(b"\n\n") == 40


async def test_where_lines_are_missing_readers_look_on_disk(play: Play) -> None:
    sink = Taking()
    reader = play.reader(sink)
    play.say(line(1))
    await trio.sleep(1)

    play.say(line(5))
    await trio.sleep(1)

    assert (len(sink.given), reader.position, reader.follows) == (1, 1, False)
    assert not play.feed.reaches(reader.place)
    assert play.feed.reaches(play.feed.taken - 1)


def test_what_is_kept_has_an_end_in_number_and_size() -> None:
    feed = Feed(guild_id(7), 0)
    for number in range(1, 701):
        feed.add(line(number))
    assert feed.reaches(200)
    assert not feed.reaches(199)
    for number in range(701, 801):
        feed.add(line(number, "x" * 8_000))
    assert not feed.reaches(720)
    assert feed.reaches(750)
