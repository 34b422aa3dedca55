"""A process that breaks the protocol of the door is ended and accounted for; the daemon holds no more than it must."""

import os
import signal
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio

from actors.isolate.isolate import Ending, Isolate, IsolateState
from actors.isolate.records import Record
from actors.isolate.switchboard import Switchboard
from actors.limits import MIB, IsolateLimits
from actors.outcomes import EndReason, RunOutcome
from tests.hostile.arena import until

_SEALED = b'Y\t{"limits":"holds"}\n'
_DEEP = b"[" * 200_000


class _Midwife:
    """Does for one impostor what a zygote does for its children."""

    def __init__(self) -> None:
        self.buried: list[Isolate] = []

    def cancel_running(self, slot: int, dispatch: int) -> None:
        pass

    def bury(self, isolate: Isolate) -> None:
        self.buried.append(isolate)

    async def wait_at(self, isolate: Isolate, impostor: "subprocess.Popen[bytes]", theirs: trio.SocketStream) -> None:
        pidfd = os.pidfd_open(impostor.pid)
        try:
            await trio.lowlevel.wait_readable(pidfd)
        finally:
            os.close(pidfd)
        await theirs.aclose()  # the kernel closes what a process had when it ends
        isolate.note_status(impostor.wait())


class Impostor:
    """An isolate whose process is any process, and whose end of the door is the test's."""

    def __init__(self, isolate: Isolate, theirs: trio.SocketStream, midwife: _Midwife) -> None:
        self.isolate = isolate
        self.midwife = midwife
        self.heard: list[Record] = []
        self._theirs = theirs
        isolate.listener = lambda _, records: self.heard.extend(records)

    async def says(self, data: bytes) -> None:
        """Until it is said, or the door is closed on it."""
        try:
            await self._theirs.send_all(data)
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            return

    async def asked(self, count: int, said: bytes) -> list[RunOutcome]:
        """How so many dispatches end, when this is said once all are in flight."""
        outcomes: list[RunOutcome] = []

        async def dispatch() -> None:
            outcomes.append((await self.isolate.dispatch("go", b"null")).outcome)

        async with trio.open_nursery() as nursery:
            for _ in range(count):
                nursery.start_soon(dispatch)
            await until(lambda: self.isolate.in_flight == count)
            await self.says(said)
        return outcomes

    async def hang_up(self) -> None:
        await self._theirs.aclose()

    async def must_end_for_it(self) -> Ending:
        ending = await self.isolate.wait_ended()
        assert ending.reason is EndReason.BROKE_PROTOCOL, ending
        assert ending.status == -signal.SIGKILL
        assert ending.last_words
        assert self.midwife.buried == [self.isolate]
        assert not self.isolate._door._incoming
        return ending


@asynccontextmanager
async def impostor() -> AsyncIterator[Impostor]:
    switchboard, midwife = Switchboard(), _Midwife()
    ours, theirs = socket.socketpair()
    ours.setblocking(False)  # noqa: FBT003
    stream = trio.SocketStream(trio.socket.from_stdlib_socket(theirs))
    isolate = Isolate(1, ours, switchboard, midwife, IsolateLimits())
    with subprocess.Popen(["sleep", "infinity"]) as process:  # noqa: ASYNC220  started in a ms
        isolate.adopt(os.pidfd_open(process.pid))
        async with trio.open_nursery() as nursery:
            nursery.start_soon(switchboard.run)  # noqa: ASYNC113  what it is to read waits for it
            nursery.start_soon(midwife.wait_at, isolate, process, stream)
            made = Impostor(isolate, stream, midwife)
            await made.says(_SEALED)
            await isolate.wait_sealed()
            yield made
            isolate.kill()
            await isolate.wait_ended()
            nursery.cancel_scope.cancel()
    switchboard.close()


BREACHES = {
    "garbage": b"\x00\xff\xfe garbage \x80\n",
    "empty lines": b"\n\n\n",
    "an unknown letter": b"G\t1\n",
    "a letter of the daemon's": b"E\t1\t5.0\tgo\t{}\n",
    "what an isolate says of bad input": b"B\tnot UTF-8\n",
    "too few fields": b"D\t1\tok\n",
    "a number that is none": b"D\tone\tok\t0\t0\t\n",
    "a number of 5,000 digits": b"D\t" + b"9" * 5000 + b"\tok\t0\t0\t\n",
    "an empty number": b"D\t\tok\t0\t0\t\n",
    "an end that is none": b"W\tone\t1,2\n",
    "more ends than can be": b"W\t1\t" + b"1," * 4000 + b"1\n",
    "a name that is not UTF-8": b"O\t1\t1\t\xff\xfe\t{}\n",
    "an outcome that is not UTF-8": b"D\t1\t\xff\t0\t0\t\n",
    "a text that is not JSON": b"C\t1\tinfo\tplain\n",
    "a text that is not UTF-8": b'C\t1\tinfo\t"\xff"\n',
    "half a character": b'C\t1\tinfo\t"\\ud800"\n',
    "an unknown level": b'C\t1\tloud\t"x"\n',
    "an error that is no object": b"D\t1\tthrew\t0\t0\t[]\n",
    "an error without a name": b'X\t1\there\t{"message":"x","stack":[]}\n',
    "a stack of numbers": b'D\t1\tthrew\t0\t0\t{"name":"x","message":"x","stack":[1]}\n',
    "deep registrations": b"R\t" + _DEEP + b"\n",
    "a deep error": b'D\t1\tthrew\t0\t0\t{"name":"x","message":"x","stack":' + _DEEP + b"\n",
    "registrations that are a number": b"R\t1e999999\n",
    "registrations that are no object": b"R\t[1]\n",
    "layers that are no object": b"Y\t[]\n",
    "last words that are no text": b"Q\t{}\n",
    "a size that is none": b"H\tmuch\n",
    "a pong that is not UTF-8": b"P\t\xff\n",
}


@pytest.mark.parametrize("said", [pytest.param(said, id=name) for name, said in BREACHES.items()])
async def test_who_says_this_is_ended(said: bytes) -> None:
    async with impostor() as it:
        await it.says(said)

        await it.must_end_for_it()


@pytest.mark.parametrize("chunk", [b"x" * 65536, b"\xff" * 65536, b'C\t1\tinfo\t"' + b"x" * 65536])
async def test_a_record_without_an_end(chunk: bytes) -> None:
    async with impostor() as it:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(it.says, chunk.replace(b"\n", b"x") * (20 * MIB // len(chunk)))
            ending = await it.must_end_for_it()
            nursery.cancel_scope.cancel()

        assert "a record of more than" in ending.last_words


@pytest.mark.parametrize(
    "record", [b"M\n", b"P\t1\n", b'C\t1\tinfo\t"flood"\n', b'O\t1\t1\techo\t"' + b"x" * 1000 + b'"\n']
)
async def test_a_flood(record: bytes) -> None:
    async with impostor() as it:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(it.says, record * (512 * MIB // len(record) // 4))
            ending = await it.must_end_for_it()
            nursery.cancel_scope.cancel()

        assert "in a second" in ending.last_words


HARMLESS = {
    "an answer for an unknown dispatch": b"D\t77\tok\t0\t0\t\n",
    "an answer for a negative dispatch": b"D\t-1\tok\t-5\t0\t\n",
    "a pong that nobody asked for": b"P\tnonsense\n",
    "a negative size": b"H\t-5\n",
    "its layers again": _SEALED,
    "an operation of no dispatch": b"O\t-5\t99\techo\tnot JSON at all\n",
    "registrations out of season": b'R\t{"events":["x"]}\n',
}


@pytest.mark.parametrize("said", [pytest.param(said, id=name) for name, said in HARMLESS.items()])
async def test_who_says_this_only_fools_itself(said: bytes) -> None:
    async with impostor() as it:
        assert await it.asked(1, said + b"D\t1\tok\t0\t0\t\n") == [RunOutcome.OK]
        assert it.isolate.state is IsolateState.LIVE


async def test_an_outcome_that_nobody_knows_is_a_crash() -> None:
    async with impostor() as it:
        said = b"D\t1\twonderful\t0\t0\t\nD\t1\tok\t0\t0\t\n"

        assert await it.asked(1, said) == [RunOutcome.CRASHED]


async def test_nothing_is_heard_after_a_breach() -> None:
    async with impostor() as it:
        await it.says(b"Z\n" + b'C\t1\tinfo\t"later"\n' * 10)
        await it.says(b'C\t1\tinfo\t"later still"\n')

        await it.must_end_for_it()
        assert not it.heard[1:]  # the first is its layers, if the listener was there in time


async def test_what_is_in_flight_ends_with_the_breach() -> None:
    async with impostor() as it:
        assert await it.asked(10, b"Z\n") == [RunOutcome.CRASHED] * 10


async def test_ends_of_several_are_believed_only_of_what_is_in_flight() -> None:
    async with impostor() as it:
        nonsense = b"W\t7000\tnot,looked,at\n"
        assert await it.asked(3, nonsense + b"W\t1\t10,20,30,40\n" + b"W\t1\t10\n") == [RunOutcome.OK] * 3
        assert await it.asked(2, b"W\t4\t10,twenty\n") == [RunOutcome.CRASHED] * 2
        await it.must_end_for_it()


async def test_half_a_record_and_then_nothing() -> None:
    async with impostor() as it:
        await it.says(b"D\t1\tok")
        await it.hang_up()
        it.isolate.kill()

        assert (await it.isolate.wait_ended()).reason is EndReason.KILLED


async def test_it_closes_its_door_and_lives_on() -> None:
    """Nobody can talk to it any more: it must not stay."""
    async with impostor() as it:
        await it.hang_up()

        ending = await it.isolate.wait_ended()
        assert ending.status == -signal.SIGKILL
