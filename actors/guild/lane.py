"""A guild's mailbox: events in Discord's order, and commands. It moves with the guild from worker to worker.

Others put in, and never wait; the guild's actor alone takes out. Where no actor runs (the guild sleeps, or was never
awake), what is put in asks the worker for one. While a guild is between two workers nobody owns its lane, and what
comes in just waits: that is how a move loses nothing and keeps the order.
"""

import math
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import msgspec
import trio

from actors.actor import ActorGoneError, Mailbox, MailboxFullError, reply_of
from actors.guild import words
from actors.guild.audience import NOTHING, Audience, heard_of
from actors.guild.book import GuildBook
from actors.guild.patience import Patience
from actors.guild.shedding import DROPPABLE, FOREMOST, Backlog
from actors.guild.surroundings import Surroundings
from actors.messages import (
    GUILD_TAKES,
    Deploy,
    Dispatch,
    GuildCommand,
    Pause,
    Release,
    Restart,
    Resume,
    Undeploy,
    Wake,
    WorkerMessage,
)
from actors.outcomes import RunOutcome
from actors.placement import WorkerId
from actors.refs import GuildEvent, RuntimeRefusedError
from storage.ids import GuildId


class Owner(Protocol):
    """The worker that a lane is at."""

    @property
    def worker(self) -> WorkerId: ...
    @property
    def mailbox(self) -> Mailbox[WorkerMessage]: ...
    @property
    def backlog(self) -> Backlog: ...
    @property
    def leaving(self) -> bool:
        """No guild may come here any more."""
        ...

    def leave(self) -> None:
        """For the router, which decides so."""
        ...


class Item(msgspec.Struct, eq=False, gc=False):
    """One event, while it waits and while it is in flight. Made for every event, so of the cheapest kind: nothing that
    it holds leads back to it."""

    event: GuildEvent
    timeout_s: float
    asked: Dispatch | None = None
    due: float = math.inf
    """When it must have ended, however late it begins: a member waits."""
    patient: bool = True
    """However long it waits, it will still be wanted: nobody waits for it."""
    droppable: bool = False
    began: float = math.inf
    deadline: float = math.inf
    doomed: bool = False
    """It has passed its deadline, and is being given up."""
    over: trio.Event | None = None
    """Of one whose asker may give it up."""

    def seconds_left(self, now: float) -> float:
        return min(self.timeout_s, self.due - now)

    def __repr__(self) -> str:
        return f"<Item {self.event.name}>"


class Lane:
    """Made by the router, once for each guild."""

    __slots__ = (
        "_around", "_audience", "_commands", "_gone", "_items", "_wake", "_woken", "book", "commands_peak",
        "droppable", "has_actor", "hears", "owner", "patience", "peak", "pump",
    )  # fmt: skip

    def __init__(self, guild: GuildId, around: Surroundings, audience: Audience) -> None:
        self.book = GuildBook(guild)
        self.owner: Owner | None = None
        self.has_actor = False
        self.pump: Callable[[], None] | None = None
        """Of a live actor: start what waits, now. It spares two tasks their turns, for each batch of each guild."""
        self.hears: frozenset[str] | None = NOTHING
        """What the script listens to, None when it does not say: what nobody listens to need not wake anybody."""
        self.patience = Patience(around.limits)
        self.droppable = 0
        self.peak = 0
        self.commands_peak = 0
        self._around = around
        self._audience = audience
        self._gone = True
        self._items: deque[Item] = deque()
        self._commands: deque[GuildCommand] = deque()
        self._wake: trio.Event | None = None
        self._woken = False

    def __repr__(self) -> str:
        return f"<Lane of {self.book.guild}: {len(self._items)} events, {len(self._commands)} commands>"

    @property
    def guild(self) -> GuildId:
        return self.book.guild

    @property
    def gone(self) -> bool:
        """It has no script, yet or any more: its events concern nobody."""
        return self._gone

    @gone.setter
    def gone(self, gone: bool) -> None:
        self._gone = gone
        self._listen()

    @property
    def waiting(self) -> int:
        return len(self._items)

    @property
    def commands_waiting(self) -> int:
        return len(self._commands)

    @property
    def commanded(self) -> bool:
        return bool(self._commands)

    @property
    def commanded_otherwise(self) -> bool:
        """Somebody wants what makes no use of the script that is being started, or wants another."""
        return any(isinstance(command, Deploy | Pause | Release | Undeploy) for command in self._commands)

    @property
    def idle(self) -> bool:
        return not self._items and not self._commands

    # -- for everybody ------------------------------------------------------------------------------------------

    def put(self, events: Sequence[GuildEvent]) -> None:
        """Take events of the gateway. What cannot be taken is dropped by the rules, counted and told."""
        if self.gone:
            return
        items = self._items_of(events)
        if not self.book.pausing and len(self._items) + len(items) <= self._around.limits.mailbox:
            self._append(items)
        else:
            for item in items:
                self._put_one(item)
        if self.droppable and self.owner is not None:
            self.owner.backlog.relieve()
        self.start()

    def _items_of(self, events: Sequence[GuildEvent]) -> list[Item]:
        heard = self.hears
        timeout_s = self._around.isolate_limits.dispatch_s
        items: list[Item] = []
        for event in events:
            if event.name == "interactionCreate":
                answer_s = min(timeout_s, self._around.limits.interaction_s)
                items.append(Item(event, answer_s, due=trio.current_time() + answer_s, patient=False))
            elif heard is None or event.name in heard:
                items.append(Item(event, timeout_s, droppable=event.name in DROPPABLE))
        return items

    def ask(self, asked: Dispatch) -> None:
        """Take an event whose end somebody waits for."""
        item = Item(asked.event, asked.timeout_s, asked, patient=False, droppable=asked.event.name in DROPPABLE)
        if refusal := self._refusal(item):
            asked.reply.answer(refusal)
            return
        self._append([item])
        self.start()

    def start(self) -> None:
        """Let what waits begin, as far as there is room; at once where an actor lives, without its task's turn."""
        if self.pump is not None:
            self.pump()
        else:
            self.wake()

    def command(self, command: GuildCommand) -> None:
        """Take a command. What the house itself wants always fits: it waits at most once, and moves are few."""
        if not GUILD_TAKES(f"guild {self.guild}", command):
            return
        if isinstance(command, Deploy | Undeploy | Pause | Resume | Restart):
            if len(self._commands) >= self._around.limits.commands:
                told = f"{len(self._commands)} commands for guild {self.guild} wait already"
                command.reply.answer(RuntimeRefusedError("GUILD_BUSY", told))
                return
        elif self._waits(command):
            return
        self._commands.append(command)
        self._commanded()

    def command_first(self, command: GuildCommand) -> None:
        """For the actor and its worker: before what others want."""
        if self._waits(command):
            self._commands.remove(command)
        self._commands.appendleft(command)
        self._commanded()

    def _waits(self, command: GuildCommand) -> bool:
        """Whether the same waits already, and nobody for its answer."""
        return reply_of(command) is None and command in self._commands

    def _commanded(self) -> None:
        self.commands_peak = max(self.commands_peak, len(self._commands))
        self.wake()

    def wake(self) -> None:
        """Let the actor look; have one started when there is none."""
        if self._wake is not None:
            self._wake.set()
        elif self.owner is not None and not self.has_actor and not self._woken and self._needs_actor:
            self._send_wake(self.owner)

    def _send_wake(self, owner: Owner) -> None:
        try:
            owner.mailbox.tell_nowait(Wake(self))
        except (ActorGoneError, MailboxFullError):
            return  # it is ending: whoever has the lane next looks by itself
        self._woken = True

    def wake_anew(self) -> None:
        """The worker has crashed, and maybe lost what it was told."""
        self._woken = False
        self.wake()

    @property
    def _needs_actor(self) -> bool:
        return not self.idle or self.book.paused_until is not None

    def _refusal(self, item: Item) -> RuntimeRefusedError | None:
        if self.gone:
            return RuntimeRefusedError("NOT_DEPLOYED", f"guild {self.guild} has no script")
        if self.book.pausing:
            return RuntimeRefusedError("PAUSED", f"guild {self.guild} is paused: {self.book.pausing}")
        if not self._has_room_for(item):
            return RuntimeRefusedError("GUILD_BUSY", f"{len(self._items)} events of guild {self.guild} wait already")
        return None

    def register(self, registrations: dict[str, Any]) -> None:
        """What the script says that it has: its own word."""
        self.book.registrations = registrations
        self._listen()

    def _listen(self) -> None:
        hears = NOTHING if self._gone else heard_of(self.book.registrations)
        if hears != self.hears:
            self._audience.change(self.hears, hears)
            self.hears = hears

    def _put_one(self, item: Item) -> None:
        if self.book.pausing:
            self._drop(item, "paused")
        elif self._has_room_for(item):
            self._append([item])
        else:
            self._drop(item, "shed" if item.droppable else "mailbox_full")

    def _has_room_for(self, item: Item) -> bool:
        """Somebody has to go, or it has: chatter first, then what comes last of the rest."""
        waiting, limits = len(self._items), self._around.limits
        if waiting < limits.mailbox:
            return True
        if self.droppable:
            self.drop_oldest("shed")
            return True
        if item.droppable:
            return False
        reserve = limits.mailbox_reserve if item.event.name in FOREMOST else 0
        return waiting < limits.mailbox_never_shed + reserve

    def _append(self, items: Sequence[Item]) -> None:
        self._items += items
        self.peak = max(self.peak, len(self._items))
        self._came(items)

    def _came(self, items: Sequence[Item]) -> None:
        chatter = sum([item.droppable for item in items])
        if chatter:
            self.droppable += chatter
            if self.owner is not None:
                self.owner.backlog.came(self, chatter)

    # -- dropping -----------------------------------------------------------------------------------------------

    def drop_oldest(self, reason: str) -> None:
        """Of the droppable."""
        at = next(at for at, item in enumerate(self._items) if item.droppable)
        item = self._items[at]
        del self._items[at]
        self._left(item)
        self._drop(item, reason)

    def drop_all(self, reason: str) -> None:
        while self._items:
            item = self._items.popleft()
            self._left(item)
            self._drop(item, reason)

    def _left(self, item: Item) -> None:
        if item.droppable:
            self.droppable -= 1
            if self.owner is not None:
                self.owner.backlog.went(self)

    def _drop(self, item: Item, reason: str) -> None:
        self.book.note_drop(reason)
        self._around.observer.dropped(reason)
        if item.asked is not None:
            item.asked.reply.answer(RuntimeRefusedError(reason.upper(), f"it was dropped: {reason}"))
            return
        self._around.on_outcome([item.event], RunOutcome.CANCELLED)

    def turn_away(self, event: GuildEvent, reason: str) -> None:
        """Drop what never came in, if it would have been anybody's."""
        heard = self.hears
        if heard is None or event.name in heard:
            self._drop(Item(event, 0.0), reason)

    def tell_drops(self) -> None:
        """Say in the guild's log, summed up, what was dropped since the last time."""
        told, self.book.untold = self.book.untold, None
        if told:
            self._around.logs.append(self.guild, "warn", words.drops_text(told), self.book.revision)

    # -- for the actor and the workers ---------------------------------------------------------------------------

    def take(self, most: int) -> list[Item]:
        """The next events, in their order."""
        taken = [self._items.popleft() for _ in range(min(most, len(self._items)))]
        chatter = sum([item.droppable for item in taken])
        if chatter:
            self.droppable -= chatter
            if self.owner is not None:
                self.owner.backlog.went(self, chatter)
        return taken

    def give_back(self, items: Sequence[Item]) -> None:
        """They were taken, and could not be started."""
        self._items.extendleft(reversed(items))
        self._came(items)

    def next_command(self) -> GuildCommand | None:
        return self._commands.popleft() if self._commands else None

    def refuse_commands(self, error: RuntimeRefusedError) -> None:
        """The actor failed in the middle of something, or flora stops."""
        while self._commands:
            reply = reply_of(self._commands.popleft())
            if reply is not None:
                reply.answer(error)

    async def changed(self) -> None:
        """Until something is put in, or `wake` is called."""
        self._wake = trio.Event()
        try:
            await self._wake.wait()
        finally:
            self._wake = None

    def attach(self, owner: Owner) -> None:
        """Nobody else has it. A second time does nothing."""
        if self.owner is owner:
            return
        assert self.owner is None
        self.owner = owner
        self.book.worker = owner.worker
        self._woken = False
        if self.droppable:
            owner.backlog.came(self, self.droppable)
            owner.backlog.relieve()

    def detach(self) -> None:
        owner, self.owner = self.owner, None
        self.book.worker = None
        if owner is not None and self.droppable:
            count, self.droppable = self.droppable, 0
            owner.backlog.went(self, count)
            self.droppable = count

    def begin_actor(self, pump: Callable[[], None] | None = None) -> None:
        self.has_actor = True
        self.pump = pump
        self._woken = False

    def end_actor(self) -> None:
        """What came in meanwhile has another started."""
        self.has_actor = False
        self.pump = None
        self.wake()


def with_old(event: GuildEvent, old: bytes) -> tuple[str, bytes]:
    """The name and the JSON that an isolate is given of an event that says what was before it."""
    return f"~{event.name}", b"[%b,%b]" % (event.payload, old)
