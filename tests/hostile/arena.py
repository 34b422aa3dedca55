"""One zygote and one bystander for a whole test process, in a thread with a trio loop of its own.

A zygote takes half a second to start and belongs to one trio loop; tests that are functions of their own could
not share it otherwise. `Arena.run` runs one coroutine function there, and raises here what it raises there.
"""

import queue
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import trio

from actors.isolate.isolate import Isolate
from actors.isolate.process import Zygote, open_zygote
from actors.isolate.records import LogLine, Operation, Record, Uncaught
from actors.limits import IsolateLimits
from actors.outcomes import LoadOutcome, RunOutcome

T = TypeVar("T")

_PATIENT = IsolateLimits(grace_s=2)
"""How a script ends must not depend on how busy the machine is: only what truly does not end is killed."""
_LARGE_ANSWER = b'"' + b"y" * 2_000_000 + b'"'
_BYSTANDER = """
let seen = 0;
on("count", async ({ msg }) => {
  seen++;
  await new Promise((resolve) => setTimeout(resolve, 20));
  if ((await op("echo", msg)) !== msg) throw new Error("another's answer");
  if (Object.prototype.polluted !== undefined) throw new Error("polluted");
});
"""


async def until(condition: Callable[[], object]) -> None:
    """For what no event tells of; pytest's timeout is the bound."""
    while True:
        if condition():
            return
        await trio.lowlevel.checkpoint()


class Witness:
    """Hears an isolate, answers its operations, and remembers what was said."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.operations: list[str] = []

    def listen(self, isolate: Isolate, heard: list[Record]) -> None:
        for record in heard:
            match record:
                case LogLine(text=text):
                    self.texts.append(text)
                case Uncaught(error=error):
                    self.texts.append(f"{error.name}: {error.message}")
                case Operation():
                    self.operations.append(record.name)
                    _answer(isolate, record)
                case _:
                    pass


def _answer(isolate: Isolate, asked: Operation) -> None:
    if asked.name == "never":
        return
    if asked.name == "refuse":
        isolate.refuse(asked.id, "not for you", "FORBIDDEN", status=403)
    elif asked.name == "large":
        isolate.answer(asked.id, _LARGE_ANSWER)
    else:
        isolate.answer(asked.id, bytes(asked.arguments))


class Bystander:
    """An isolate that has done nothing, beside those that attack."""

    def __init__(self, isolate: Isolate) -> None:
        self.isolate = isolate
        self.pid = isolate.process.pid
        self.answered = 0

    async def must_answer(self) -> None:
        """Within the deadline that every dispatch has, and from the process that it always was."""
        self.answered += 1
        run = await self.isolate.dispatch("count", b"%d" % self.answered)
        assert run.outcome is RunOutcome.OK, f"the bystander: {run}"
        assert self.isolate.process.pid == self.pid, "the bystander is not the same process any more"

    async def keep_answering(self) -> None:
        while True:
            await self.must_answer()


async def bear_bystander(zygote: Zygote) -> Bystander:
    isolate = await zygote.fork(Witness().listen)
    loaded = await isolate.load(_BYSTANDER, "bystander.js")
    assert loaded.outcome is LoadOutcome.LOADED, loaded
    return Bystander(isolate)


class Arena:
    def __init__(self, token: trio.lowlevel.TrioToken, zygote: Zygote, bystander: Bystander) -> None:
        self._token = token
        self.zygote = zygote
        self.bystander = bystander

    def run(self, function: Callable[..., Awaitable[T]], *arguments: object) -> T:
        """While the bystander goes on answering, and then still does."""

        async def beside_the_bystander() -> T:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self.bystander.keep_answering)
                result = await function(*arguments)
                nursery.cancel_scope.cancel()
            await self.bystander.must_answer()
            return result

        return trio.from_thread.run(beside_the_bystander, trio_token=self._token)


async def _host(box: "queue.Queue[Any]") -> None:
    async with open_zygote(limits=_PATIENT) as zygote:
        over = trio.Event()
        box.put((Arena(trio.lowlevel.current_trio_token(), zygote, await bear_bystander(zygote)), over))
        await over.wait()


@contextmanager
def open_arena() -> Iterator[Arena]:
    box: queue.Queue[Any] = queue.Queue()

    def main() -> None:
        try:
            trio.run(_host, box)
        except BaseException as error:  # noqa: ASYNC103, BLE001  raised again where somebody waits
            box.put(error)
        else:
            box.put(None)

    thread = threading.Thread(target=main, name="arena")
    thread.start()
    first = box.get()
    if isinstance(first, BaseException):
        raise first
    arena, over = first
    try:
        yield arena
    finally:
        trio.from_thread.run_sync(over.set, trio_token=arena._token)
        thread.join()
        last = box.get_nowait()
        if isinstance(last, BaseException):
            raise last
