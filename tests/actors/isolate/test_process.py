"""A zygote starts, proves itself, forks, is replaced when it is lost, and leaves nothing behind."""

import os
import signal
from pathlib import Path

import pytest
import trio
import trio.testing

from actors.isolate.isolate import Isolate, IsolateGoneError, IsolateState
from actors.isolate.process import Prelude, Zygote, ZygoteError, open_zygote
from actors.isolate.records import Operation, Record
from actors.isolate.sandbox import HOLDS, REQUIRED_LAYERS
from actors.outcomes import EndReason, LoadOutcome, RunOutcome
from tests.hostile.arena import until

HEARING = 'on("ping", () => {});'


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


async def wait_gone(pid: int) -> None:
    """Until the process is no more, or is only waiting to be reaped by whoever adopted it."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        await trio.lowlevel.wait_readable(descriptor)
    finally:
        os.close(descriptor)


async def test_a_zygote_says_how_it_started_and_which_layers_hold(zygote: Zygote) -> None:
    assert zygote.status.warm
    assert zygote.status.probe == ""
    assert {zygote.status.layers[layer] for layer in REQUIRED_LAYERS} == {HOLDS}
    assert {(await zygote.fork()).layers[layer] for layer in REQUIRED_LAYERS} == {HOLDS}


async def test_isolates_work_without_a_warm_engine_too() -> None:
    async with open_zygote(warm=False) as zygote:
        isolate = await zygote.fork()

        assert not zygote.status.warm
        assert (await isolate.load(HEARING)).outcome is LoadOutcome.LOADED
        assert (await isolate.dispatch("ping", b"{}")).outcome is RunOutcome.OK


async def test_a_prelude_that_fails_is_told_at_once() -> None:
    with pytest.raises(ZygoteError, match="ended before it was ready"):
        async with open_zygote(Prelude("throw new Error('broken prelude')")):
            pass


async def test_closing_lets_the_isolate_leave_by_itself(zygote: Zygote) -> None:
    isolate = await zygote.fork()

    ending = await isolate.close()

    assert (ending.reason, ending.status) == (EndReason.CLOSED, 0)
    assert await isolate.close() == ending


async def test_an_isolate_that_does_not_leave_is_killed(zygote: Zygote) -> None:
    isolate = await zygote.fork()
    await isolate.load('on("spin", () => { for (;;); });')
    async with trio.open_nursery() as nursery:
        nursery.start_soon(isolate.dispatch, "spin", b"{}", 60)
        await trio.testing.wait_all_tasks_blocked()

        assert (await isolate.close()).reason is EndReason.KILLED


async def test_a_crash_is_told_from_a_kill(zygote: Zygote) -> None:
    isolate = await zygote.fork()

    os.kill(isolate.process.pid, signal.SIGABRT)

    ending = await isolate.wait_ended()
    assert (ending.reason, ending.status) == (EndReason.CRASHED, -signal.SIGABRT)


async def test_a_lost_zygote_is_replaced_and_its_isolates_are_accounted_for(zygote: Zygote) -> None:
    lost = [await zygote.fork() for _ in range(3)]
    pids = [isolate.process.pid for isolate in lost]

    os.kill(zygote.pid, signal.SIGKILL)
    endings = [await isolate.wait_ended() for isolate in lost]

    assert {ending.reason for ending in endings} == {EndReason.ZYGOTE_LOST}
    for pid in pids:
        await wait_gone(pid)
    fresh = await zygote.fork()
    assert (await fresh.load(HEARING)).outcome is LoadOutcome.LOADED
    assert zygote.restarts == 1


async def test_a_fork_that_is_cancelled_leaves_no_process(zygote: Zygote) -> None:
    for _ in range(20):
        with trio.CancelScope() as scope:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(zygote.fork)
                await trio.lowlevel.checkpoint()
                scope.cancel()
        for isolate in zygote.isolates:
            await isolate.wait_ended()

    assert zygote.isolates == []
    assert (await zygote.fork()).state is IsolateState.LIVE


async def test_many_isolates_come_and_go_and_leave_nothing(zygote: Zygote) -> None:
    await (await zygote.fork()).close()
    await until(lambda: zygote.has_spare)
    before = descriptors()

    async def live_and_leave() -> None:
        isolate = await zygote.fork()
        await isolate.load(HEARING)
        await isolate.dispatch("ping", b"{}")
        await isolate.close()

    for _ in range(10):
        async with trio.open_nursery() as nursery:
            for _ in range(10):
                nursery.start_soon(live_and_leave)

    await until(lambda: zygote.has_spare)
    assert descriptors() == before
    (first_process,) = children_of(zygote.pid)
    assert len(children_of(first_process)) == 1, "the spare"


async def test_leaving_ends_every_process_and_descriptor() -> None:
    before = descriptors()
    async with open_zygote() as zygote:
        isolates = [await zygote.fork() for _ in range(5)]
        pids = [isolate.process.pid for isolate in isolates]

    assert descriptors() == before
    assert {isolate.state for isolate in isolates} == {IsolateState.ENDED}
    for pid in pids:
        await wait_gone(pid)


async def test_one_that_is_cancelled_may_still_wait_for_its_isolate_to_end() -> None:
    isolates: list[Isolate] = []
    with trio.CancelScope() as scope:
        async with open_zygote() as zygote:
            isolate = await zygote.fork()
            isolates.append(isolate)
            await isolate.load('on("spin", () => { for (;;); });')
            async with trio.open_nursery() as nursery:
                nursery.start_soon(isolate.dispatch, "spin", b"{}", 60)
                await trio.testing.wait_all_tasks_blocked()
                scope.cancel()
                await isolate.close()

    assert [isolate.state for isolate in isolates] == [IsolateState.ENDED]


async def test_an_ended_isolate_refuses_in_a_sentence(zygote: Zygote) -> None:
    isolate: Isolate = await zygote.fork()
    await isolate.close()

    with pytest.raises(IsolateGoneError, match=r"isolate \d+ has ended \(closed, status 0\)"):
        await isolate.ping()


async def test_a_script_may_be_on_its_way_before_the_process_is(zygote: Zygote) -> None:
    isolate = await zygote.fork(wait=False)

    load = await isolate.load(HEARING)

    assert load.outcome is LoadOutcome.LOADED
    assert {isolate.layers[layer] for layer in REQUIRED_LAYERS} == {HOLDS}
    assert (await isolate.dispatch("ping", b"null")).outcome is RunOutcome.OK


async def test_whoever_asks_first_gets_the_spare_and_another_is_begun(zygote: Zygote) -> None:
    await until(lambda: zygote.has_spare)
    assert zygote.isolates == []

    isolate = await zygote.fork(wait=False)

    assert isolate.state is IsolateState.LIVE, "it was sealed before it was asked for"
    assert isolate.has_process, "its birth was told, and not only its sealing"
    assert {isolate.layers[layer] for layer in REQUIRED_LAYERS} == {HOLDS}
    assert zygote.isolates == [isolate]
    assert not zygote.has_spare
    await until(lambda: zygote.has_spare)
    assert zygote.isolates == [isolate]


async def test_a_spare_that_died_is_not_given_to_anybody(zygote: Zygote) -> None:
    await until(lambda: zygote.has_spare)
    (first_process,) = children_of(zygote.pid)
    (spare,) = children_of(first_process)

    os.kill(spare, signal.SIGKILL)
    await until(lambda: not zygote.has_spare)

    assert (await zygote.fork()).process.pid != spare
    await until(lambda: zygote.has_spare)


async def test_a_lost_zygote_takes_its_spare_along_and_the_next_has_one(zygote: Zygote) -> None:
    await until(lambda: zygote.has_spare)
    (first_process,) = children_of(zygote.pid)
    (spare,) = children_of(first_process)

    os.kill(zygote.pid, signal.SIGKILL)
    await until(lambda: not zygote.has_spare)
    await wait_gone(spare)

    await until(lambda: zygote.has_spare)
    assert zygote.restarts == 1


async def test_without_a_spare_each_is_forked_when_it_is_asked_for() -> None:
    async with open_zygote(spare=False) as zygote:
        isolate = await zygote.fork(wait=False)

        assert isolate.state is IsolateState.BOOTING
        assert not zygote.has_spare


async def test_an_isolate_that_is_given_up_before_it_is_born_ends(zygote: Zygote) -> None:
    isolate = await zygote.fork(wait=False)
    isolate.kill()

    assert (await isolate.wait_ended()).reason is EndReason.KILLED
    assert zygote.isolates == []


async def test_isolates_begin_alike_but_draw_different_random_numbers(zygote: Zygote) -> None:
    script = 'on("draw", async () => { await op("drawn", Math.random()); });'
    drawn: list[bytes] = []

    def hear(isolate: Isolate, heard: list[Record]) -> None:
        for record in heard:
            if isinstance(record, Operation):
                drawn.append(bytes(record.arguments))
                isolate.answer(record.id, b"")

    for _ in range(2):
        isolate = await zygote.fork(hear)
        await isolate.load(script)
        assert (await isolate.dispatch("draw", b"null")).outcome is RunOutcome.OK

    first, second = drawn
    assert first != second


async def test_a_zygote_that_was_reaped_already_is_replaced_all_the_same(zygote: Zygote) -> None:
    assert zygote._process is not None
    zygote._process.kill()
    zygote._process.wait()
    await until(lambda: zygote.restarts == 1)
    await (await zygote.fork()).close()
