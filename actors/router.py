"""The router owns the table of guilds and workers: which guilds there are, and where each lives.

It takes what the gateway read as one message, and hands each guild's share to that guild's lane in one go. Guilds are
placed by rendezvous hashing over the workers that are not about to leave.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from actors.actor import Actor, Reply, reply_of
from actors.guild.audience import Audience
from actors.guild.lane import Lane, Owner
from actors.guild.surroundings import Surroundings
from actors.messages import (
    ROUTER_TAKES,
    Adopt,
    Boot,
    Deliver,
    Dispatch,
    MovePlan,
    PlanMove,
    Rehome,
    Restore,
    RouterMessage,
    ToGuild,
    WorkerJoined,
    WorkerLeaves,
    WorkerLeft,
)
from actors.placement import NoWorkersError, WorkerId, place
from actors.refs import GuildEvent, GuildPhase, RuntimeRefusedError
from storage.ids import GuildId

_log = logging.getLogger("flora.runtime")
_MAILBOX: Final = 1 << 16
"""Batches; they are taken out at each turn of the loop."""


class Router(Actor[RouterMessage]):
    """One for each system."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__("the router", _MAILBOX, ROUTER_TAKES)
        self.lanes: dict[GuildId, Lane] = {}
        self.audience = Audience()
        self._around = around
        self._workers: dict[WorkerId, Owner] = {}
        self._leaving: set[WorkerId] = set()
        self._stopping = False

    async def on_message(self, message: RouterMessage) -> None:
        try:
            self._obey(message)
        except Exception:  # noqa: BLE001  a mistake of ours about one guild must not end the way to all others
            _log.exception("The router failed at a message")
            if (reply := _asker_of(message)) is not None:
                reply.refuse()

    def stop(self) -> None:
        """Take no more: what comes from now on is refused, or dropped and told."""
        self._stopping = True

    def _obey(self, message: RouterMessage) -> None:
        if self._stopping:
            self._turn_away(message)
            return
        match message:
            case Deliver(events):
                self._deliver(events)
            case Dispatch():
                self._dispatch(message)
            case ToGuild():
                self._to_guild(message)
            case Restore():
                self._restore(message)
            case PlanMove():
                message.reply.answer(self._plan(message))
            case Rehome(lane):
                if lane.owner is None:  # else somebody took it meanwhile
                    self._place(lane)
            case _:
                self._on_worker(message)

    # -- guilds -------------------------------------------------------------------------------------------------

    def lane(self, guild: GuildId) -> Lane | None:
        lane = self.lanes.get(guild)
        if lane is not None and lane.gone and lane.idle and not lane.has_actor:
            del self.lanes[guild]
            return None
        return lane

    def _deliver(self, events: Sequence[GuildEvent]) -> None:
        if len(events) == 1:
            if (lane := self.lanes.get(events[0].guild)) is not None:
                lane.put(events)
            return
        shares: defaultdict[GuildId, list[GuildEvent]] = defaultdict(list)
        for event in events:
            shares[event.guild].append(event)
        for guild, share in shares.items():
            if (lane := self.lanes.get(guild)) is not None:
                lane.put(share)

    def _dispatch(self, message: Dispatch) -> None:
        lane = self.lane(message.event.guild)
        if lane is None:
            message.reply.answer(_not_deployed(message.event.guild))
        else:
            lane.ask(message)

    def _to_guild(self, message: ToGuild) -> None:
        lane = self.lane(message.guild)
        if lane is None and message.creates:
            lane = self._create(message.guild)
        if lane is None or (lane.gone and not message.creates):
            reply = reply_of(message.command)
            if reply is not None:
                reply.answer(_not_deployed(message.guild))
            return
        lane.command(message.command)

    def _create(self, guild: GuildId) -> Lane:
        lane = self.lanes[guild] = Lane(guild, self._around, self.audience)
        self._place(lane)
        return lane

    def _place(self, lane: Lane) -> None:
        """Where it belongs: from now on, not only once the worker has read that, so that no move overtakes it."""
        owner = self._owner_of(lane.guild)
        lane.attach(owner)
        owner.mailbox.tell_nowait(Adopt(lane))

    def _restore(self, message: Restore) -> None:
        room = self._around.limits.max_resident
        for guild, pausing in message.guilds.items():
            lane = self.lane(guild)
            if lane is None:
                lane = self._create(guild)
            elif not lane.gone:
                continue  # it is there already
            lane.gone = False  # also of one whose old isolate is still ending
            if pausing:
                lane.book.pausing = pausing
                lane.book.enter(GuildPhase.PAUSED, "it was paused before this start", pausing)
            elif room > 0:
                room -= 1
                lane.command(Boot())
        message.reply.answer(None)

    # -- workers ------------------------------------------------------------------------------------------------

    def _on_worker(self, message: WorkerJoined | WorkerLeaves | WorkerLeft) -> None:
        match message:
            case WorkerJoined(owner, reply):
                self._workers[owner.worker] = owner
                reply.answer([guild for guild in self.lanes if self._owner_of(guild) is owner])
            case WorkerLeaves(worker, reply):
                reply.answer(self._leaves(worker))
            case WorkerLeft(worker, reply):
                self._workers.pop(worker, None)
                self._leaving.discard(worker)
                reply.answer(None)

    def _leaves(self, worker: WorkerId) -> list[GuildId] | RuntimeRefusedError:
        if worker not in self._workers:
            return RuntimeRefusedError("NO_SUCH_WORKER", f"there is no worker {worker}")
        if not self._workers.keys() - self._leaving - {worker}:
            return RuntimeRefusedError("LAST_WORKER", f"worker {worker} is the last one: add another first")
        self._leaving.add(worker)
        self._workers[worker].leave()
        # Those that nobody has may be on their way there.
        return [guild for guild, lane in self.lanes.items() if lane.owner in {None, self._workers[worker]}]

    def _owner_of(self, guild: GuildId) -> Owner:
        return self._workers[place(guild, self._workers.keys() - self._leaving)]

    def _plan(self, message: PlanMove) -> MovePlan | RuntimeRefusedError:
        lane = self.lane(message.guild)
        if lane is None:
            return _not_deployed(message.guild)
        if message.target is None:
            return self._plan_away(lane)
        target = self._workers.get(message.target)
        if target is None or message.target in self._leaving:
            return RuntimeRefusedError("NO_SUCH_WORKER", f"there is no worker {message.target} that takes guilds")
        return MovePlan(lane, target)

    def _plan_away(self, lane: Lane) -> MovePlan | RuntimeRefusedError:
        """From a worker that leaves; elsewhere it may stay."""
        if lane.owner is not None and lane.owner.worker not in self._leaving:
            return MovePlan(lane, lane.owner)
        try:
            return MovePlan(lane, self._owner_of(lane.guild))
        except NoWorkersError as error:
            return RuntimeRefusedError("NO_WORKERS", str(error))

    # -- the end ------------------------------------------------------------------------------------------------

    def _turn_away(self, message: RouterMessage) -> None:
        if isinstance(message, Deliver):
            self.drop(message.events, "shutdown")
        reply = _asker_of(message)
        if reply is not None:
            reply.answer(RuntimeRefusedError("UNAVAILABLE", "flora is stopping"))

    def drop(self, events: Sequence[GuildEvent], reason: str) -> None:
        """These never came to their guilds, which are told so."""
        for event in events:
            if (lane := self.lanes.get(event.guild)) is not None:
                lane.turn_away(event, reason)

    def _refuse_all(self) -> None:
        for message in self.mailbox.close():
            self._turn_away(message)
        for lane in self.lanes.values():  # nobody comes by again to do so
            lane.tell_drops()


def _asker_of(message: RouterMessage) -> Reply[Any] | None:
    return reply_of(message.command if isinstance(message, ToGuild) else message)


def _not_deployed(guild: GuildId) -> RuntimeRefusedError:
    return RuntimeRefusedError("NOT_DEPLOYED", f"guild {guild} has no script")
