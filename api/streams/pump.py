"""Writes what is new to all who follow, from one task: some readers, a rest, the next ones.

A thousand readers must never stand between an event of Discord's and its script. So nobody is woken for a line: a
reader's bytes go straight to its socket, those of readers alike are made once, lines that come together go together,
and after a slice of some tenths of a millisecond everything else has its turn.
"""

import time
from dataclasses import replace
from typing import Final, TypeAlias

import trio

from api.streams.feed import Batch, Feed, Reader
from api.streams.sinks import Frame
from storage.guild_logs import LogQuery

EVERY_S: Final = 0.1
"""Readers are written to at most this often; lines are written to disk in the same measure."""
SLICE_S: Final = 0.000_15
REST_S: Final = 0.004

_Batches: TypeAlias = dict[tuple[int, LogQuery, Frame], Batch]


class Pump:
    """Made once for the daemon; `run` is its task."""

    def __init__(self) -> None:
        self._due: dict[Feed, None] = {}
        self._something_due = trio.Event()
        self._slice_ends = 0.0
        self._more = False
        """Somebody has not been told all of it yet: the round goes on."""

    def due(self, feed: Feed) -> None:
        """Something is new there, or somebody."""
        self._due[feed] = None
        self._something_due.set()

    def follow(self, feed: Feed, reader: Reader) -> None:
        """From here on the pump writes, until the reader is woken."""
        reader.woken = trio.Event()
        reader.follows = True
        if reader.place < feed.taken:
            self.due(feed)

    async def run(self) -> None:
        while True:
            await self._something_due.wait()
            self._something_due = trio.Event()
            due, self._due, self._more = self._due, {}, False
            next_round = trio.current_time() + EVERY_S
            self._slice_ends = time.perf_counter() + SLICE_S
            for feed in sorted(due, key=lambda one: len(one.readers)):  # few readers do not wait for many
                await self._tell(feed)
            await trio.sleep_until(trio.current_time() + REST_S if self._more else next_round)

    async def _tell(self, feed: Feed) -> None:
        batches: _Batches = {}
        made_at = feed.taken
        for reader in list(feed.readers):
            if not reader.follows or reader.place == feed.taken:
                continue
            if feed.taken != made_at:
                batches, made_at = {}, feed.taken
            leaves = self._write(feed, reader, batches)
            if leaves or time.perf_counter() >= self._slice_ends:  # a woken task needs time of its own
                await trio.sleep(REST_S)
                self._slice_ends = time.perf_counter() + SLICE_S

    def _write(self, feed: Feed, reader: Reader, batches: _Batches) -> bool:
        """Whether its own task goes on."""
        if not feed.reaches(reader.place):
            reader.wake()
            return True
        key = (reader.place, reader.query, reader.sink.frame)
        batch = batches.get(key)
        if batch is None:
            batch = batches[key] = _framed(feed.batch(reader.place, reader.query), reader.sink.frame)
        reader.place = batch.place
        reader.position = reader.position if batch.position is None else batch.position
        if batch.data:
            reader.written_at = trio.current_time()
            gone = reader.sink.put(batch.data)
            if gone < len(batch.data):
                reader.rest = memoryview(batch.data)[gone:]
                reader.wake()
                return True
        if reader.place < feed.taken:
            self._more = True
            self.due(feed)
        return False


def _framed(batch: Batch, frame: Frame) -> Batch:
    return replace(batch, data=frame(batch.data)) if batch.data else batch
