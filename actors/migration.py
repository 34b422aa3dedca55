"""The migration coordinator: moves guilds between workers, one task for each move.

The guild's lane is the queue: from the moment its source has let go of it until a worker has it again, events gather
there, and whoever has it next starts them in their order before anything newer. The steps are those of `handover.py`.
"""

import logging
from typing import Final

import trio

from actors.actor import ActorGoneError, Mailbox, Reply
from actors.guild.lane import Lane, Owner
from actors.guild.surroundings import Surroundings
from actors.handover import ENDS, Handover, Happened, after
from actors.messages import (
    COORDINATOR_TAKES,
    Adopt,
    CoordinatorMessage,
    Disown,
    Migrate,
    MovePlan,
    PlanMove,
    Refusable,
    Rehome,
    Release,
    RouterMessage,
)
from actors.refs import GuildPhase, RuntimeRefusedError
from storage.ids import GuildId

_log = logging.getLogger("flora.runtime")
_MAILBOX: Final = 4096
_AT_ONCE: Final = 8
"""Moves under way: more would only wait for the same cores, with their guilds held."""


class MigrationCoordinator:
    """One for each system."""

    def __init__(self, router: Mailbox[RouterMessage], around: Surroundings) -> None:
        self.mailbox: Mailbox[CoordinatorMessage] = Mailbox("the migration coordinator", _MAILBOX, COORDINATOR_TAKES)
        self._router = router
        self._around = around
        self._turns = trio.CapacityLimiter(_AT_ONCE)
        self._moving: dict[GuildId, trio.Event] = {}

    def __repr__(self) -> str:
        return f"<MigrationCoordinator: {len(self._moving)} moves>"

    async def run(self, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Until cancelled; moves under way then end with their guild at exactly one worker."""
        async with trio.open_nursery() as nursery:
            task_status.started()
            while True:
                message = await self.mailbox.take()
                before = self._moving.get(message.guild)
                if before is not None and not message.forced:
                    refusal = RuntimeRefusedError("ALREADY_MOVING", f"guild {message.guild} is being moved already")
                    message.reply.answer(refusal)
                    continue
                over = self._moving[message.guild] = trio.Event()
                nursery.start_soon(self._move, message, before, over)

    def close(self) -> None:
        """After its end: refuse who still asks."""
        for message in self.mailbox.close():
            message.reply.refuse()

    async def _move(self, message: Migrate, before: trio.Event | None, over: trio.Event) -> None:
        refusal: Refusable = RuntimeRefusedError("UNAVAILABLE", "flora is stopping")
        try:
            if before is not None:
                await before.wait()  # its worker has to go, and the guild may have just been on its way there
            async with self._turns:
                refusal = await self._attempt(message)
        except ActorGoneError as error:
            refusal = RuntimeRefusedError("UNAVAILABLE", str(error))
        except Exception:  # noqa: BLE001  a mistake of ours in one move must not end the others
            _log.exception("The move of guild %d failed", message.guild, extra={"guild": message.guild})
            refusal = RuntimeRefusedError("INTERNAL", "flora failed to move the guild; its log says more")
        finally:
            if self._moving.get(message.guild) is over:
                del self._moving[message.guild]
            over.set()
            message.reply.answer(refusal)

    async def _attempt(self, message: Migrate) -> Refusable:
        def plan_move(reply: Reply[MovePlan | Exception]) -> PlanMove:
            return PlanMove(message.guild, message.target, reply)

        plan = await self._router.ask(plan_move)
        if isinstance(plan, RuntimeRefusedError):
            return plan
        assert isinstance(plan, MovePlan)
        lane, target = plan.lane, plan.target
        if lane.owner is target:
            return None
        if lane.owner is None:
            return RuntimeRefusedError("UNAVAILABLE", f"guild {message.guild} is between two workers")
        move = Move(lane, lane.owner, target, message.forced, self._around)
        try:
            refusal = await move.run()
        finally:
            move.settle(self._router)
        outcome = "ok" if refusal is None else "timeout" if refusal.code == "MIGRATION_TIMEOUT" else "failed"
        self._around.observer.migrated(outcome, move.quiesced_s, move.paused_s)
        told = f"moved to worker {target.worker}" if refusal is None else f"was not moved: {refusal}"
        self._around.logs.append(message.guild, "info", told, lane.book.revision)
        return refusal


class Move:
    """One guild on its way."""

    def __init__(self, lane: Lane, source: Owner, target: Owner, forced: bool, around: Surroundings) -> None:  # noqa: FBT001
        self.state = Handover.QUIESCING
        self.quiesced_s: float | None = None
        """How long its handlers took to end; None unless it was released."""
        self._lane = lane
        self._source = source
        self._target = target
        self._forced = forced
        self._around = around

    def __repr__(self) -> str:
        return f"<Move of {self._lane.guild}: {self.state.value}>"

    @property
    def paused_s(self) -> float | None:
        """For how long its events have waited by now; None unless it was released."""
        return None if self.quiesced_s is None else trio.current_time() - self._lane.book.held_at

    async def run(self) -> Refusable:
        """Answers None when it has moved, or why it stayed."""
        refusal = await self._take()
        if refusal is not None:
            self._note(Happened.REFUSED)
            return refusal
        self._note(Happened.RELEASED)
        boot = self._lane.book.phase is GuildPhase.MIGRATING
        # One whose worker has to go goes, and does not come back for failing to start elsewhere.
        refusal = await self._give(self._target, boot=boot, tentative=not self._forced)
        if self._lane.owner is self._target:
            self._note(Happened.LOADED)
            return None
        self._note(Happened.FAILED)
        back = await self._give(self._source, boot=boot, tentative=False)
        self._note(Happened.LOADED if back is None else Happened.FAILED)
        return refusal

    def _note(self, happened: Happened) -> None:
        self.state = after(self.state, happened)

    async def _take(self) -> Refusable:
        limits = self._around.limits
        quiesce_s = limits.drain_s if self._forced else limits.quiesce_s
        refusal = await _ask_lane(self._lane, quiesce_s, forced=self._forced)
        if refusal is None:
            self.quiesced_s = trio.current_time() - self._lane.book.held_at
            await _disown(self._source, self._lane)
        return refusal

    async def _give(self, owner: Owner, *, boot: bool, tentative: bool) -> Refusable:
        """Afterwards it is the owner's, unless the answer says why not and it is nobody's."""

        def adopt(reply: Reply[Refusable]) -> Adopt:
            if owner is self._target:
                self._note(Happened.ADOPTED)
            return Adopt(self._lane, boot, tentative, reply)

        if owner.leaving and owner is self._target:
            # It was not when this was planned. Once it has been told, whoever drains it sees that nobody has the lane.
            return RuntimeRefusedError("WORKER_GONE", f"worker {owner.worker} takes no guilds any more")
        try:
            refusal: Refusable = await owner.mailbox.ask(adopt)
        except ActorGoneError as error:
            refusal = RuntimeRefusedError("WORKER_GONE", str(error))
        if self._lane.owner is None:
            await _disown(owner, self._lane)
        return refusal

    def settle(self, router: Mailbox[RouterMessage]) -> None:
        """However it ended: somebody has the guild."""
        if self.state not in ENDS:
            self._note(Happened.GIVEN_UP)
        if self._lane.owner is None:
            router.tell_nowait(Rehome(self._lane))


async def _ask_lane(lane: Lane, quiesce_s: float, *, forced: bool) -> Refusable:
    send, receive = trio.open_memory_channel[Refusable](1)
    reply = Reply(send)
    lane.command(Release(quiesce_s, forced, reply))
    with receive:
        try:
            return await receive.receive()
        except trio.EndOfChannel:
            return RuntimeRefusedError("UNAVAILABLE", "the guild's actor failed")


async def _disown(owner: Owner, lane: Lane) -> None:
    def disowning(reply: Reply[Refusable]) -> Disown:
        return Disown(lane, reply)

    try:
        await owner.mailbox.ask(disowning)
    except ActorGoneError:
        return
