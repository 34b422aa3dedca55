"""What every actor is: a mailbox, and a loop that starts, receives one message after another, and leaves.

An actor owns its state; nobody else touches it. Others hold its `Mailbox` and either tell it something or ask it
something. A question carries a `Reply`, which is answered once or refused, never forgotten: when an actor leaves, for
whatever reason, it first refuses every question that still waits in its mailbox, and a question that it had taken and
not answered is refused as its Reply is dropped. So no asker ever hangs.

Mailboxes are bounded. Whoever may wait uses `tell`; whoever may not uses `tell_nowait`, and decides what a full mailbox
means.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import trio

Message = TypeVar("Message")
Answer = TypeVar("Answer")
Takes = Callable[[str, object], bool]
"""Whether the actor of this name takes the message. What it does not take has been refused: types are checked before
flora runs, and not while it does."""


class ActorGoneError(Exception):
    """The actor has left, before or after it was asked; it will not answer."""


class MailboxFullError(Exception):
    """The actor does not keep up."""


class Reply(Generic[Answer]):
    """Where an answer goes. Answering a second time, or after the asker gave up, does nothing."""

    __slots__ = ("_answered", "_send")

    def __init__(self, send: trio.MemorySendChannel[Answer]) -> None:
        self._send = send
        self._answered = False

    def __repr__(self) -> str:
        return f"<Reply {'answered' if self._answered else 'waits'}>"

    @property
    def wanted(self) -> bool:
        """Whether somebody still waits for it."""
        return not self._answered and self._send.statistics().open_receive_channels > 0

    def answer(self, answer: Answer) -> None:
        if self._answered:
            return
        self._answered = True
        try:
            self._send.send_nowait(answer)
        except trio.BrokenResourceError:
            return  # the asker was cancelled meanwhile
        finally:
            self._send.close()

    def refuse(self) -> None:
        """Tell the asker that there will be no answer."""
        self._answered = True
        self._send.close()

    def __del__(self) -> None:
        # An actor that crashes between taking a question and answering it drops the Reply; its asker must hear of it.
        if not self._answered:
            self._send.close()


class Mailbox(Generic[Message]):
    """An actor, seen from outside."""

    def __init__(self, name: str, capacity: int, takes: Takes | None = None) -> None:
        self.name = name
        self.capacity = capacity
        self._takes = takes
        self._send, self._receive = trio.open_memory_channel[Message](capacity)

    def __repr__(self) -> str:
        statistics = self._send.statistics()
        return f"<Mailbox of {self.name}: {statistics.current_buffer_used} of {self.capacity} wait>"

    @property
    def waiting(self) -> int:
        return self._send.statistics().current_buffer_used

    @property
    def peak(self) -> int:
        """The most that ever waited; capacities are chosen by it."""
        return self._send.statistics().peak_buffer_used

    async def tell(self, message: Message) -> None:
        """Put a message in, waiting for room."""
        try:
            await self._send.send(message)
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            raise ActorGoneError(f"{self.name} has left") from None

    def tell_nowait(self, message: Message) -> None:
        try:
            self._send.send_nowait(message)
        except trio.WouldBlock:
            raise MailboxFullError(f"{self.capacity} messages wait for {self.name}") from None
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            raise ActorGoneError(f"{self.name} has left") from None

    async def ask(self, question: Callable[[Reply[Answer]], Message]) -> Answer:
        """Put in a question, built around its Reply, and wait for the answer."""
        send, receive = trio.open_memory_channel[Answer](1)
        with receive:
            await self.tell(question(Reply(send)))
            try:
                return await receive.receive()
            except trio.EndOfChannel:
                raise ActorGoneError(f"{self.name} left without an answer") from None

    async def take(self) -> Message:
        """For the actor alone: the next message of a kind that it takes."""
        while True:
            message = await self._receive.receive()
            if self._takes is None or self._takes(self.name, message):
                return message

    def take_nowait(self) -> Message:
        """For the actor alone: a message that waits already, or trio.WouldBlock."""
        return self._receive.receive_nowait()

    def close(self) -> list[Message]:
        """For the actor alone: take no more, and hand over what still waits."""
        left: list[Message] = []
        while True:
            try:
                left.append(self._receive.receive_nowait())
            except (trio.WouldBlock, trio.EndOfChannel):
                self._receive.close()
                return left


class Actor(ABC, Generic[Message]):
    """Subclasses say what they do with a message; `run` is the life around it."""

    def __init__(self, name: str, capacity: int, takes: Takes | None = None) -> None:
        self.mailbox: Mailbox[Message] = Mailbox(name, capacity, takes)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.mailbox.name}>"

    async def on_start(self) -> None:
        """Before the first message. What it raises, whoever starts the actor hears."""

    @abstractmethod
    async def on_message(self, message: Message) -> None:
        """Do what the message asks. What it raises ends the actor; its supervisor decides what follows."""

    async def on_leave(self) -> None:
        """After the last message, also when cancelled or crashed; shielded, so it must be bounded by itself."""

    async def run(self, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Start, receive until cancelled or crashed, leave."""
        try:
            await self.on_start()
            task_status.started()
            while True:
                await self.on_message(await self.mailbox.take())
        finally:
            self._refuse_all()
            with trio.CancelScope(shield=True):
                await self.on_leave()

    def _refuse_all(self) -> None:
        for message in self.mailbox.close():
            reply = reply_of(message)
            if reply is not None:
                reply.refuse()


def reply_of(message: object) -> "Reply[Any] | None":
    """Where the answer to this message goes, if it is a question."""
    reply: Reply[Any] | None = getattr(message, "reply", None)
    return reply if isinstance(reply, Reply) else None
