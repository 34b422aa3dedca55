"""A million events for one guild: none is lost, and memory stays below its soft cap because isolates are replaced."""

import itertools
import time
from collections.abc import Iterator

import pytest
import trio

from actors.isolate import recycling
from actors.isolate.isolate import Isolate
from actors.isolate.process import Zygote, open_zygote
from actors.isolate.records import Operation, Record
from actors.limits import MIB
from actors.outcomes import LoadOutcome, RunOutcome

_IN_FLIGHT = 64
_LOOK_EVERY = 2_000
_SOFT_CAP = 12 * MIB
_SOURCE = """
on("messageCreate", async ({ msg }) => {
  const known = await op("get", { id: msg.id });
  const next = { ...known, seen: known.seen + 1, text: msg.content.toUpperCase() };
  await op("set", next);
  await op("done", msg.id);
});
"""


class Guild:
    """Feeds one script with numbered events, and replaces its isolate when that is due."""

    def __init__(self, zygote: Zygote, soft_cap: int) -> None:
        self.zygote = zygote
        self.soft_cap = soft_cap
        self.done: set[int] = set()
        self.twice = 0
        self.outcomes: dict[str, int] = {}
        self.growth: list[tuple[int, int]] = []  # events, and bytes that they left
        self.recycled = 0
        self.highest = 0

    async def serve(self, events: int) -> None:
        isolate = await self._born()
        numbers = iter(range(events))
        looks: list[tuple[int, int]] = []  # events that this isolate has served, and its private bytes then
        while batch := list(itertools.islice(numbers, _LOOK_EVERY)):
            await self._feed(isolate, iter(batch))
            looks.append((looks[-1][0] + len(batch) if looks else len(batch), isolate.process.private_bytes()))
            self.highest = max(self.highest, looks[-1][1])
            if recycling.is_due(isolate, self.soft_cap):
                before, isolate = isolate, await self._born()
                await before.close()
                self.recycled += 1
                self._note_growth(looks)
                looks = []
        await isolate.close()
        self._note_growth(looks)

    def _note_growth(self, looks: list[tuple[int, int]]) -> None:
        """From the fifth look on: before, the engine compiles what is hot, and its heap finds its size."""
        if len(looks) > 5:
            (first, low), (last, high) = looks[4], looks[-1]
            self.growth.append((last - first, high - low))

    async def _born(self) -> Isolate:
        isolate = await self.zygote.fork(self._listen)
        loaded = await isolate.load(_SOURCE)
        assert loaded.outcome is LoadOutcome.LOADED, loaded
        return isolate

    def _listen(self, isolate: Isolate, heard: list[Record]) -> None:
        for record in heard:
            if not isinstance(record, Operation):
                continue
            if record.name == "get":
                isolate.answer(record.id, b'{"seen":1,"roles":["a","b"],"note":"some text of a guild"}')
                continue
            if record.name == "done":
                number = int(bytes(record.arguments))
                self.twice += number in self.done
                self.done.add(number)
            isolate.answer(record.id, b"null")

    async def _feed(self, isolate: Isolate, numbers: Iterator[int]) -> None:
        async def feeder() -> None:
            for number in numbers:
                payload = b'{"id":%d,"content":"hello there, number %d","author":{"id":"1","name":"somebody"}}' % (
                    number,
                    number,
                )
                run = await isolate.dispatch("messageCreate", payload, timeout=60)
                self.outcomes[run.outcome] = self.outcomes.get(run.outcome, 0) + 1

        async with trio.open_nursery() as nursery:
            for _ in range(_IN_FLIGHT):
                nursery.start_soon(feeder)


async def _soak(events: int, soft_cap: int) -> Guild:
    began = time.monotonic()
    async with open_zygote() as zygote:
        guild = Guild(zygote, soft_cap)
        await guild.serve(events)
    seconds = time.monotonic() - began
    per_event = sum(left for _, left in guild.growth) / max(1, sum(count for count, _ in guild.growth))
    print(  # noqa: T201
        f"\n{events} events in {seconds:.0f} s ({events / seconds:.0f}/s), {guild.recycled} isolates replaced, "
        f"{per_event:.0f} bytes left by each event, at most {guild.highest / MIB:.1f} MiB private"
    )
    assert guild.outcomes == {RunOutcome.OK: events}
    assert len(guild.done) == events
    assert guild.twice == 0
    return guild


async def test_events_survive_recycling() -> None:
    guild = await _soak(6_000, 3 * MIB)

    assert guild.recycled > 0


@pytest.mark.soak
async def test_a_million_events() -> None:
    guild = await _soak(1_000_000, _SOFT_CAP)

    assert guild.highest < _SOFT_CAP + 4 * MIB  # what may come between two looks
