"""Isolates that come and go in every way, in random order: afterwards there is nothing left of any of them."""

import gc
import os
import random
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import trio

from actors.isolate import process
from actors.isolate.child import ORDER
from actors.isolate.isolate import Isolate, IsolateGoneError
from actors.isolate.process import Zygote, ZygoteError, open_zygote
from actors.outcomes import EndReason, LoadOutcome, RunOutcome
from tests.hostile.arena import until

_PROGRAM = "import sys; sys.path.insert(0, sys.argv.pop()); from tests.hostile.owned import main; main()"
_SOURCE = """
on("calm", () => undefined);
on("echo", ({ msg }) => { if (msg !== 1) throw new Error("another's message"); });
on("storm", () => { const next = () => { queueMicrotask(next); queueMicrotask(next); }; next(); for (;;); });
on("bomb", () => { const kept = []; for (;;) kept.push(new Uint8Array(1 << 20).fill(1)); });
on("wait", () => new Promise(() => undefined));
"""
_AT_ONCE = 4
_KILLED_FROM_OUTSIDE = {EndReason.CRASHED, EndReason.ZYGOTE_LOST}


class Life:
    """Runs isolates through the ways to end, and counts how they ended."""

    def __init__(self, zygote: Zygote, seed: int) -> None:
        self.zygote = zygote
        self.random = random.Random(seed)
        self.ended: dict[str, int] = {}

    async def live(self, rounds: int) -> None:
        ways: list[tuple[Callable[[], Awaitable[None]], int]] = [
            (self.close, 6), (self.kill, 6), (self.kill_in_flight, 4), (self.crash_from_outside, 6),
            (self.storm, 1), (self.bomb, 1), (self.breach, 1), (self.leave, 2), (self.kill_at_birth, 4),
            (self.cancel_fork, 8), (self.cancel_load, 4), (self.bad_bundle, 3),
        ]  # fmt: skip
        functions, weights = zip(*ways, strict=True)
        for _ in range(rounds):
            way = self.random.choices(functions, weights)[0]
            name = way.__name__
            try:
                await way()
            except* (ZygoteError, IsolateGoneError):  # some ways have nurseries
                name = "with the zygote"  # which another task has killed meanwhile
            self.ended[name] = self.ended.get(name, 0) + 1

    async def born(self) -> Isolate:
        isolate = await self.zygote.fork()
        loaded = await isolate.load(_SOURCE)
        if loaded.outcome is not LoadOutcome.LOADED:
            raise IsolateGoneError(str(loaded))
        return isolate

    async def must_end(self, isolate: Isolate, *reasons: EndReason) -> None:
        ending = await isolate.wait_ended()
        assert ending.reason in {*reasons, EndReason.ZYGOTE_LOST}, ending

    async def close(self) -> None:
        isolate = await self.born()
        run = await isolate.dispatch("echo", b"1")
        assert run.outcome in {RunOutcome.OK, RunOutcome.CRASHED}, run
        await isolate.close()
        await self.must_end(isolate, EndReason.CLOSED, EndReason.KILLED)

    async def kill(self) -> None:
        isolate = await self.born()
        isolate.kill()
        await self.must_end(isolate, EndReason.KILLED)

    async def kill_in_flight(self) -> None:
        isolate = await self.born()
        async with trio.open_nursery() as nursery:
            for _ in range(5):
                nursery.start_soon(isolate.dispatch, "wait", b"null")
            await until(lambda: isolate.in_flight == 5)
            isolate.kill()
        await self.must_end(isolate, EndReason.KILLED)

    async def crash_from_outside(self) -> None:
        isolate = await self.born()
        # By its descriptor: a number may be anybody's by now.
        isolate._signal(self.random.choice([signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM]))
        await self.must_end(isolate, EndReason.CRASHED)

    async def storm(self) -> None:
        isolate = await self.born()
        run = await isolate.dispatch("storm", b"null", timeout=0.05)
        assert run.outcome in {RunOutcome.CPU, RunOutcome.MEMORY, RunOutcome.CRASHED}, run
        await self.must_end(isolate, EndReason.JOB_STORM, EndReason.KILLED, EndReason.MEMORY)

    async def bomb(self) -> None:
        isolate = await self.born()
        run = await isolate.dispatch("bomb", b"null", timeout=20)
        assert run.outcome in {RunOutcome.MEMORY, RunOutcome.CRASHED}, run
        isolate.kill()
        await self.must_end(isolate, EndReason.KILLED, EndReason.MEMORY)

    async def breach(self) -> None:
        isolate = await self.born()
        isolate.post(ORDER + b"OWN\tfill the door\n")
        await self.must_end(isolate, EndReason.BROKE_PROTOCOL)

    async def leave(self) -> None:
        isolate = await self.born()
        isolate.post(ORDER + b"OWN\tleave\n")
        await self.must_end(isolate, EndReason.CLOSED)

    async def kill_at_birth(self) -> None:
        isolate = await self.zygote.fork()
        isolate.kill()
        isolate.kill()
        await self.must_end(isolate, EndReason.KILLED)

    async def cancel_fork(self) -> None:
        steps = self.random.randrange(12)
        with trio.CancelScope() as scope:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._fork_and_close)
                for _ in range(steps):
                    await trio.lowlevel.checkpoint()
                scope.cancel()

    async def _fork_and_close(self) -> None:
        isolate = await self._fork_if_up()
        if isolate is not None:
            isolate.kill()

    async def cancel_load(self) -> None:
        isolate = await self.zygote.fork()
        with trio.CancelScope() as scope:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(isolate.load, _SOURCE)
                for _ in range(self.random.randrange(12)):
                    await trio.lowlevel.checkpoint()
                scope.cancel()
        isolate.kill()
        await self.must_end(isolate, EndReason.KILLED)

    async def bad_bundle(self) -> None:
        isolate = await self.zygote.fork()
        loaded = await isolate.load(self.random.choice(["{", "throw 1", "", "x\ud800"]))
        assert loaded.outcome is not LoadOutcome.LOADED
        await self.must_end(isolate, EndReason.KILLED)

    async def kill_zygote(self, times: int) -> None:
        """Now and then: when a share of the births has happened."""
        for _ in range(times):
            lost = self.zygote._lost
            for _ in range(self.random.randrange(20, 60)):
                isolate = await self._fork_if_up()
                if isolate is not None:
                    isolate.kill()
            process_of_zygote = self.zygote._process
            assert process_of_zygote is not None
            process_of_zygote.kill()
            await lost.wait()
            await self._reborn(lost)

    async def _reborn(self, lost: trio.Event) -> None:
        await until(lambda: self.zygote._lost is not lost)

    async def _fork_if_up(self) -> Isolate | None:
        try:
            return await self.zygote.fork()
        except (ZygoteError, IsolateGoneError):
            return None


def _descendants(pid: int) -> set[int]:
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    found: set[int] = set()
    fresh = {pid}
    while fresh:
        found |= fresh
        fresh = {child for child, parent in parents.items() if parent in found} - found
    return found - {pid}


def _descriptors(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def _private_bytes(pid: int) -> int:
    return _bytes(pid, "Private_")


def _resident_bytes(pid: int) -> int:
    return _bytes(pid, "Rss:")


def _bytes(pid: int, start: str) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in rollup if line.startswith(start))


def _maps(pid: int) -> int:
    return len(Path(f"/proc/{pid}/maps").read_text().splitlines())


def _innermost(zygote: Zygote) -> int:
    """The process that forks: the started one, or its child in a pid namespace of its own."""
    spare = zygote._spare
    assert spare is not None
    return max({zygote.pid, *_descendants(zygote.pid)} - {spare.process.pid})


async def _settled(zygote: Zygote) -> None:
    """Nobody lives, and the zygote has buried all: it does so in turn, so a newborn that has ended is the last."""
    newborn = await zygote.fork()
    await newborn.close()
    await until(lambda: not zygote.isolates and zygote.has_spare)


def _living_isolates() -> int:
    gc.collect()
    return sum(isinstance(thing, Isolate) for thing in gc.get_objects())


def _measure(zygote: Zygote) -> dict[str, Any]:
    forker = _innermost(zygote)
    return {
        "descendants": len(_descendants(os.getpid())),
        "daemon_descriptors": _descriptors(os.getpid()),
        "daemon_maps": _maps(os.getpid()),
        "zygote_descriptors": _descriptors(forker),
        "slots": len(set(zygote._free_slots)),
        "births": len(zygote._births),
        "refusals": len(zygote._refusals),
        "parties": len(zygote._switchboard._parties),
        "objects": _living_isolates(),
    }


async def _live_and_die(rounds: int, deaths_of_zygote: int, seed: int) -> None:
    print(f"\nseed {seed}, {rounds} lives")  # noqa: T201
    async with open_zygote() as zygote:
        life = Life(zygote, seed)
        await life.live(20)  # until pools and caches are filled
        await _settled(zygote)
        before = _measure(zygote)
        private = _private_bytes(os.getpid())

        async with trio.open_nursery() as nursery:
            for _ in range(_AT_ONCE):
                nursery.start_soon(life.live, rounds // _AT_ONCE)
            nursery.start_soon(life.kill_zygote, deaths_of_zygote)

        await _settled(zygote)
        after = _measure(zygote)
        print(sorted(life.ended.items()), f"{(_private_bytes(os.getpid()) - private) // 1024} KiB more in the daemon")  # noqa: T201
        maps = after.pop("daemon_maps") - before.pop("daemon_maps")
        assert after == before
        assert maps < 20, "the allocator's own; each isolate or zygote would leave one at least"
        assert zygote.restarts == deaths_of_zygote


async def test_nothing_is_left_of_three_hundred_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_PROGRAM", _PROGRAM)
    await _live_and_die(300, 2, random.randrange(10**6))


@pytest.mark.soak
@pytest.mark.timeout(900)
async def test_nothing_is_left_of_ten_thousand_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_PROGRAM", _PROGRAM)
    await _live_and_die(10_000, 50, random.randrange(10**6))


async def test_the_zygote_itself_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its own death, which would make it new. All that it has is counted: what of it is private depends on what
    the spare process, which shares it, has touched so far."""
    monkeypatch.setattr(process, "_PROGRAM", _PROGRAM)
    async with open_zygote() as zygote:
        life = Life(zygote, 1)
        await life.live(30)
        await _settled(zygote)
        forker = _innermost(zygote)
        before = _resident_bytes(forker), _maps(forker), _descriptors(forker)
        await life.live(100)
        await _settled(zygote)
        after = _resident_bytes(forker), _maps(forker), _descriptors(forker)

        assert forker == _innermost(zygote)
        assert after[1:] == before[1:]
        assert after[0] - before[0] < 100 * 4096, "a page for each life would be a leak"
