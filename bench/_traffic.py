"""Events through the door of one isolate as the daemon sends them: in batches, its operations answered in batches."""

import os
import time
from pathlib import Path
from typing import Final

import trio

from actors.isolate import records
from actors.isolate.isolate import Isolate
from actors.isolate.process import Zygote
from actors.isolate.records import Done, HeapSize, Operation, Record, Well
from actors.outcomes import LoadOutcome
from bench import _scripts

_ANSWER: Final = b'{"value":17,"revision":"1300000000000000042","expires":null}'
_DEADLINE_S: Final = 600.0
_PAYLOADS: Final = [_scripts.message_payload(number) for number in range(64)]


async def start(zygote: Zygote) -> Isolate:
    """An isolate with the benches' script."""
    isolate = await zygote.fork()
    load = await isolate.load(_scripts.GUILD_SCRIPT)
    if load.outcome is not LoadOutcome.LOADED:
        raise RuntimeError(f"the bench's script does not load: {load}")
    return isolate


class Traffic:
    """Keeps a number of events in flight in one isolate until a count of them is over.

    All happens in the isolate's listener, as it does for a guild's actor: what one reading of the door brings is
    answered by one post. The payloads are made before; what is measured is the bridge.
    """

    def __init__(self, isolate: Isolate) -> None:
        self._isolate = isolate
        self._name = ""
        self._next = 1
        self._unsent = 0
        self._unfinished = 0
        self._sent_at: dict[int, float] = {}
        self._over = trio.Event()
        self._collected = trio.Event()
        self.latencies: list[float] = []
        isolate.listener = self._hear

    async def run(self, name: str, count: int, in_flight: int) -> float:
        """Seconds that `count` events took; `latencies` then has each one's."""
        self._name, self._unsent, self._unfinished = name, count, count
        self._over = trio.Event()
        self.latencies = []
        began = time.perf_counter()
        self._isolate.post(b"".join(self._events(min(in_flight, count))))
        await self._over.wait()
        return time.perf_counter() - began

    async def collect(self) -> None:
        """Return when the isolate has collected its garbage."""
        self._collected = trio.Event()
        self._isolate.collect()
        await self._collected.wait()

    def _events(self, count: int) -> list[bytes]:
        count = min(count, self._unsent)
        self._unsent -= count
        first = self._next
        self._next += count
        now = time.perf_counter()
        deadline = (time.monotonic() + _DEADLINE_S) * 1000
        numbers = range(first, first + count)
        self._sent_at.update(dict.fromkeys(numbers, now))
        return [records.event(number, deadline, self._name, _PAYLOADS[number % 64]) for number in numbers]

    def _hear(self, isolate: Isolate, heard: list[Record]) -> None:
        now = time.perf_counter()
        answers: list[bytes] = []
        over = 0
        for record in heard:
            if type(record) is Operation:
                answers.append(records.answer(record.id, _ANSWER))
            elif type(record) is Well:
                ended = len(record.cpu_us)
                over += ended
                self.latencies += [now - self._sent_at.pop(record.first + number) for number in range(ended)]
            elif type(record) is Done:
                over += 1
                self.latencies.append(now - self._sent_at.pop(record.dispatch))
                if record.outcome != "ok":
                    raise RuntimeError(f"an event went wrong: {record}")
            elif type(record) is HeapSize:
                self._collected.set()
        answers += self._events(over)
        if answers:
            isolate.post(b"".join(answers))
        self._unfinished -= over
        if over and self._unfinished == 0:
            self._over.set()


def available_kb() -> int:
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1])
    raise OSError("the kernel does not tell MemAvailable", os.uname().release)
