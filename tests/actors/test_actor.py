"""An actor answers, or says that it will not: whoever asks is never left waiting."""

import gc
from dataclasses import dataclass

import pytest
import trio
import trio.testing

from actors.actor import Actor, ActorGoneError, MailboxFullError, Reply


@dataclass(frozen=True, slots=True)
class Add:
    number: int


@dataclass(frozen=True, slots=True)
class Total:
    reply: Reply[int]


@dataclass(frozen=True, slots=True)
class Crash:
    reply: Reply[int]


class Adder(Actor[Add | Total | Crash]):
    """Adds what it is told."""

    def __init__(self, capacity: int = 8) -> None:
        super().__init__("the adder", capacity)
        self.total = 0
        self.left = False
        self.may_go_on = trio.Event()
        self.may_go_on.set()

    async def on_message(self, message: Add | Total | Crash) -> None:
        await self.may_go_on.wait()
        match message:
            case Add(number):
                self.total += number
            case Total(reply):
                reply.answer(self.total)
            case Crash():
                raise RuntimeError("crashed")

    async def on_leave(self) -> None:
        await trio.lowlevel.checkpoint()
        self.left = True


async def test_messages_are_taken_in_order(nursery: trio.Nursery) -> None:
    adder = Adder()
    await nursery.start(adder.run)

    for number in range(5):
        await adder.mailbox.tell(Add(number))

    assert await adder.mailbox.ask(Total) == 10


async def test_a_full_mailbox_says_so_and_remembers_its_peak(nursery: trio.Nursery) -> None:
    adder = Adder(capacity=3)
    adder.may_go_on = trio.Event()
    await nursery.start(adder.run)
    await adder.mailbox.tell(Add(0))
    await trio.testing.wait_all_tasks_blocked()

    for number in range(3):
        adder.mailbox.tell_nowait(Add(number))

    with pytest.raises(MailboxFullError, match="3 messages wait for the adder"):
        adder.mailbox.tell_nowait(Add(4))
    assert (adder.mailbox.waiting, adder.mailbox.peak) == (3, 3)


async def test_questions_that_wait_are_refused_when_the_actor_leaves() -> None:
    adder = Adder()
    adder.may_go_on = trio.Event()
    refused: list[str] = []

    async def ask() -> None:
        try:
            await adder.mailbox.ask(Total)
        except ActorGoneError as error:
            refused.append(str(error))

    async with trio.open_nursery() as nursery, trio.open_nursery() as actors:
        await actors.start(adder.run)
        for _ in range(3):
            nursery.start_soon(ask)
        await trio.testing.wait_all_tasks_blocked()
        actors.cancel_scope.cancel()

    assert refused == ["the adder left without an answer"] * 3
    assert adder.left


async def test_a_question_that_crashes_the_actor_is_refused_too() -> None:
    adder = Adder()
    refused: list[str] = []

    async def ask() -> None:
        try:
            await adder.mailbox.ask(Crash)
        except ActorGoneError as error:
            refused.append(str(error))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(ask)
        with pytest.raises(RuntimeError, match="crashed"):
            await adder.run()
        gc.collect()  # the crash's traceback held the message

    assert refused == ["the adder left without an answer"]


async def test_an_actor_that_has_left_takes_nothing() -> None:
    adder = Adder()
    async with trio.open_nursery() as actors:
        await actors.start(adder.run)
        actors.cancel_scope.cancel()

    with pytest.raises(ActorGoneError, match="the adder has left"):
        await adder.mailbox.tell(Add(1))
    with pytest.raises(ActorGoneError, match="the adder has left"):
        adder.mailbox.tell_nowait(Add(1))
    with pytest.raises(ActorGoneError):
        await adder.mailbox.ask(Total)


async def test_an_asker_that_gives_up_does_not_disturb_the_actor(nursery: trio.Nursery) -> None:
    adder = Adder()
    adder.may_go_on = trio.Event()
    await nursery.start(adder.run)
    async with trio.open_nursery() as askers:
        askers.start_soon(adder.mailbox.ask, Total)
        await trio.testing.wait_all_tasks_blocked()
        askers.cancel_scope.cancel()

    adder.may_go_on.set()

    assert await adder.mailbox.ask(Total) == 0


async def test_answering_twice_does_nothing(nursery: trio.Nursery) -> None:
    send, receive = trio.open_memory_channel[int](1)
    reply = Reply(send)
    reply.answer(1)
    reply.answer(2)
    reply.refuse()

    assert await receive.receive() == 1
    with pytest.raises(trio.EndOfChannel):
        await receive.receive()
