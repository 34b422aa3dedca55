"""An isolate with nothing to do gives memory back, and has lost nothing by it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trio

from actors.isolate.isolate import Isolate
from actors.isolate.process import Zygote, open_zygote
from actors.isolate.records import LogLine, Record, Rested
from actors.limits import IsolateLimits
from actors.outcomes import LoadOutcome, RunOutcome

RESTLESS = IsolateLimits(rest_s=3600.0)
AT_ONCE = IsolateLimits(rest_s=0.001)

WORK = """
const kept = new Map();
let sum = 0;
const mix = (text) => { for (const sign of text) sum = (sum * 31 + sign.charCodeAt(0)) % 1000000007; };
on("work", async (ctx) => {
  const { n } = ctx.msg;
  const people = Array.from({ length: 200 }, (_, i) => ({ id: i * n, name: `person ${i % 17} of ${n}`, at: [i / 3] }));
  people.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : b.id - a.id));
  kept.set(n, JSON.stringify(people).replace(/person (\\d+)/g, (_, i) => `${i}!`));
  if (kept.size > 5) kept.delete(n - 5);
  for (const text of kept.values()) mix(text.slice(n % 50, 400));
  try { null.x } catch (error) { mix(error.message); }
  await new Promise((resolve) => setTimeout(resolve, 1));
  mix(String(new Uint8Array(100_000).fill(n).reduce((a, b) => a + b, 0)));
  console.log(String(sum));
});
on("spin", () => { for (;;); });
"""


async def started(zygote: Zygote) -> Isolate:
    isolate = await zygote.fork()
    assert (await isolate.load(WORK)).outcome is LoadOutcome.LOADED
    return isolate


class Ear:
    """Hears an isolate, and knows how often it has rested."""

    def __init__(self, isolate: Isolate) -> None:
        self.said: list[str] = []
        self.bytes = 0
        self.spoke = trio.Event()
        self._rested = trio.Event()
        isolate.listener = self._hear

    def _hear(self, _isolate: Isolate, heard: list[Record]) -> None:
        for record in heard:
            if isinstance(record, Rested):
                self.bytes = record.bytes
                self._rested.set()
            elif isinstance(record, LogLine):
                self.said.append(record.text)
                self.spoke.set()

    async def rest(self) -> None:
        """Until it has rested once more."""
        self._rested = trio.Event()
        await self._rested.wait()


@pytest.fixture(name="sleepy")
async def _sleepy() -> AsyncIterator[Zygote]:
    async with open_zygote(limits=AT_ONCE) as zygote:
        yield zygote
        for isolate in zygote.isolates:
            await isolate.close()


async def worked(isolate: Isolate, times: int) -> None:
    for number in range(1, times + 1):
        run = await isolate.dispatch("work", b'{"n":%d}' % number)
        assert run.outcome is RunOutcome.OK, run


async def test_pages_that_say_what_all_say_are_given_back(sleepy: Zygote) -> None:
    isolate = await started(sleepy)
    ear = Ear(isolate)
    await worked(isolate, 20)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(ear.rest)
        await worked(isolate, 1)

    async with open_zygote(limits=RESTLESS) as zygote:
        busy = await started(zygote)
        await worked(busy, 21)
        assert ear.bytes > 0
        assert isolate.process.private_bytes() < busy.process.private_bytes() * 0.85


async def test_who_rests_after_everything_says_the_same_as_who_never_does(sleepy: Zygote) -> None:
    drowsy = await started(sleepy)
    heard = Ear(drowsy)
    for number in range(1, 61):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(heard.rest)
            assert (await drowsy.dispatch("work", b'{"n":%d}' % number)).outcome is RunOutcome.OK

    async with open_zygote(limits=RESTLESS) as zygote:
        busy = await started(zygote)
        told = Ear(busy)
        await worked(busy, 60)

    assert len(heard.said) == 60
    assert heard.said == told.said


async def test_who_has_rested_is_still_interrupted(sleepy: Zygote) -> None:
    isolate = await started(sleepy)
    ear = Ear(isolate)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(ear.rest)
        await worked(isolate, 1)

    assert (await isolate.dispatch("spin", b"{}", timeout=0.05)).outcome is RunOutcome.CPU
    await worked(isolate, 2)


async def test_nobody_can_write_to_what_all_share(sleepy: Zygote) -> None:
    isolate = await started(sleepy)
    mapped = [
        line.split()
        for line in Path(f"/proc/{isolate.process.pid}/maps").read_text().splitlines()
        if "flora-snapshot" in line
    ]

    assert sleepy.status.rest == ""
    assert mapped
    assert {fields[1][3] for fields in mapped} == {"p"}, "a shared mapping would be everybody's"


async def test_who_has_a_timer_due_soon_does_not_rest() -> None:
    async with open_zygote(limits=IsolateLimits(rest_s=0.2)) as zygote:
        isolate = await zygote.fork()
        script = """
          on("never", () => {});
          let n = 0;
          setInterval(() => { if (++n === 20) console.log("ticked"); }, 20);
        """
        assert (await isolate.load(script)).outcome is LoadOutcome.LOADED
        ear = Ear(isolate)
        await ear.spoke.wait()

        assert ear.bytes == 0


async def test_without_a_warm_engine_nobody_gives_back() -> None:
    async with open_zygote(warm=False) as zygote:
        assert "in each isolate" in zygote.status.rest
