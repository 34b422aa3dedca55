"""The runtime, opened: its nurseries, and who may reach whom.

    async with open_runtime(surroundings, workers=4) as system:
        await system.deploy(guild, bundle, commit)
        system.deliver([GuildEvent(guild, "messageCreate", payload)])

`System` is the only thing that the layers above hold; it turns calls into messages and waits for the answers.
Leaving the block lets what is in flight end, up to its deadline; `hurry` cuts that short.
"""

import logging
import re
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final, TypeVar

import trio

from actors.actor import ActorGoneError, MailboxFullError, Reply
from actors.corral import Corral
from actors.guild.lane import Lane
from actors.guild.surroundings import Surroundings
from actors.isolate.isolate import Run
from actors.isolate.process import Prelude, ZygoteError
from actors.messages import (
    Deliver,
    Deploy,
    Dispatch,
    GuildCommand,
    Migrate,
    Pause,
    Refusable,
    Rehome,
    Release,
    Restart,
    Restore,
    Resume,
    RouterMessage,
    ToGuild,
    Undeploy,
    WorkerJoined,
    WorkerLeaves,
    WorkerLeft,
)
from actors.migration import MigrationCoordinator
from actors.placement import WorkerId
from actors.refs import Bundle, Commit, Deployed, GuildEvent, GuildStatus, RuntimeRefusedError, WorkerStatus
from actors.router import Router
from actors.worker import Worker
from storage.ids import GuildId

_log = logging.getLogger("flora.runtime")
_MOST_WORKERS: Final = 64
_BEYOND_DRAIN_S: Final = 1.0
_EVENT_NAME: Final = re.compile(r"[~\w.:/-]{1,100}", re.ASCII)
Answer = TypeVar("Answer")


class System:
    """Implements `actors.refs.Runtime`. Made by `open_runtime`."""

    def __init__(self, around: Surroundings, prelude: Prelude | None, nursery: trio.Nursery) -> None:
        self._around = around
        self._prelude = prelude
        self._nursery = nursery
        self._router = Router(around)
        self._coordinator = MigrationCoordinator(self._router.mailbox, around)
        self._workers: dict[WorkerId, tuple[Worker, trio.CancelScope]] = {}
        self._corral = Corral()
        self._next_worker = 0
        self._restarts_of_left = 0
        self._draining = trio.CancelScope(shield=True)
        self._coordinating = trio.CancelScope()
        self._coordinated = trio.Event()
        self._stopping = False

    def __repr__(self) -> str:
        return f"<System of {len(self._workers)} workers, {len(self._router.lanes)} guilds>"

    # -- events -------------------------------------------------------------------------------------------------

    def deliver(self, events: Sequence[GuildEvent]) -> None:
        try:
            self._router.mailbox.tell_nowait(Deliver(events))
        except (MailboxFullError, ActorGoneError) as error:
            self._router.drop(events, "router" if isinstance(error, MailboxFullError) else "shutdown")
            _log.warning("%d events were dropped: %s", len(events), error)

    def hears(self, guild: GuildId) -> frozenset[str] | None:
        lane = self._router.lanes.get(guild)
        return None if lane is None else lane.hears

    def heard(self) -> frozenset[str] | None:
        return self._router.audience.names

    async def dispatch(self, guild: GuildId, name: str, payload: bytes, timeout_s: float | None = None) -> Run:
        if not _EVENT_NAME.fullmatch(name):
            raise RuntimeRefusedError("BAD_EVENT", f"no event has a name like {name[:100]!r}")
        limits = self._around.isolate_limits
        seconds = timeout_s or limits.dispatch_s
        longest_s = seconds + limits.boot_s + limits.load_s  # it may have to wait for an isolate
        gave_up = trio.CancelScope()
        try:
            with trio.move_on_after(longest_s):
                return await self._ask(
                    lambda reply: Dispatch(GuildEvent(guild, name, payload), seconds, gave_up, reply)
                )
        finally:
            gave_up.cancel()
        raise RuntimeRefusedError("UNAVAILABLE", f"guild {guild} had no isolate within {longest_s:g} s")

    # -- guilds -------------------------------------------------------------------------------------------------

    async def deploy(self, guild: GuildId, bundle: Bundle, commit: Commit) -> Deployed:
        gave_up = trio.CancelScope()
        try:
            return await self._ask(lambda reply: ToGuild(guild, Deploy(bundle, commit, gave_up, reply), creates=True))
        finally:
            gave_up.cancel()

    async def undeploy(self, guild: GuildId) -> None:
        await self._command(guild, Undeploy)

    async def pause(self, guild: GuildId, reason: str) -> None:
        await self._command(guild, lambda reply: Pause(reason, reply))

    async def resume(self, guild: GuildId) -> None:
        await self._command(guild, Resume)

    async def restart(self, guild: GuildId) -> None:
        await self._command(guild, Restart)

    async def restore(self, guilds: Mapping[GuildId, str]) -> None:
        await self._done(lambda reply: Restore(guilds, reply))

    def status(self, guild: GuildId) -> GuildStatus | None:
        lane = self._router.lane(guild)
        return None if lane is None or lane.gone else lane.book.status(lane.waiting)

    def guilds(self) -> Sequence[GuildId]:
        return [guild for guild, lane in self._router.lanes.items() if not lane.gone]

    # -- workers ------------------------------------------------------------------------------------------------

    def workers(self) -> Sequence[WorkerStatus]:
        return [worker.status() for worker, _ in self._workers.values()]

    def zygote_restarts(self) -> int:
        """Of all workers, those that have left too: it never falls."""
        return self._restarts_of_left + sum(worker.zygote_restarts for worker, _ in self._workers.values())

    def computing(self) -> int:
        """How many guilds' scripts compute without end at present."""
        return self._corral.kept

    def mailboxes(self) -> Mapping[str, tuple[int, int]]:
        """What waits now, and the most that ever waited: capacities are chosen by it. Of many, the fullest."""
        lanes = self._router.lanes.values()
        workers = [worker for worker, _ in self._workers.values()]
        return {
            "router": (self._router.mailbox.waiting, self._router.mailbox.peak),
            "coordinator": (self._coordinator.mailbox.waiting, self._coordinator.mailbox.peak),
            "worker": _fullest((worker.mailbox.waiting, worker.mailbox.peak) for worker in workers),
            "worker_backlog": _fullest((worker.backlog.waiting, worker.backlog.peak) for worker in workers),
            "guild": _fullest((lane.waiting, lane.peak) for lane in lanes),
            "guild_commands": _fullest((lane.commands_waiting, lane.commands_peak) for lane in lanes),
        }

    async def migrate(self, guild: GuildId, target: WorkerId) -> None:
        await self._move(guild, target, forced=False)

    async def add_worker(self) -> WorkerId:
        if len(self._workers) >= _MOST_WORKERS:
            raise RuntimeRefusedError("TOO_MANY_WORKERS", f"there may be up to {_MOST_WORKERS} workers")
        number = WorkerId(self._next_worker)
        self._next_worker += 1
        worker = Worker(number, self._around, self._prelude, self._resident_each, self._corral)
        self._workers[number] = worker, trio.CancelScope()
        try:
            await self._nursery.start(self._run_worker, worker)
            belonging: Sequence[GuildId] = await self._ask(lambda reply: WorkerJoined(worker, reply))
        except BaseException:
            self._end_worker(number)
            raise
        for guild in belonging:
            self._nursery.start_soon(self._move_quietly, guild, number)
        return number

    async def drain(self, worker: WorkerId) -> None:
        """Every guild moves elsewhere; no guild comes here any more."""
        while guilds := await self._leavers(worker):
            if worker in self._workers:
                self._workers[worker][0].state = "draining"
            failures: list[RuntimeRefusedError] = []
            async with trio.open_nursery() as nursery:
                for guild in guilds:
                    nursery.start_soon(self._move_away, guild, failures)
            if failures:
                raise RuntimeRefusedError("DRAIN_FAILED", f"{len(failures)} guilds stayed; the first: {failures[0]}")
        if worker in self._workers:
            self._workers[worker][0].state = "drained"

    async def _leavers(self, worker: WorkerId) -> Sequence[GuildId]:
        return await self._ask(lambda reply: WorkerLeaves(worker, reply))

    async def remove_worker(self, worker: WorkerId) -> None:
        """Drain it, then end it and its zygote."""
        await self.drain(worker)
        await self._done(lambda reply: WorkerLeft(worker, reply))
        self._end_worker(worker)

    def _end_worker(self, worker: WorkerId) -> None:
        if worker in self._workers:
            left, scope = self._workers.pop(worker)
            self._restarts_of_left += left.zygote_restarts
            scope.cancel()

    def _resident_each(self) -> int:
        return max(1, self._around.limits.max_resident // max(1, len(self._workers)))

    async def _run_worker(self, worker: Worker, task_status: trio.TaskStatus[None]) -> None:  # noqa: ASYNC114, ASYNC128  the worker starts
        try:
            with self._workers[worker.worker][1] as ending:
                await worker.run(task_status)
            if not ending.cancelled_caught:
                await self._replace(worker)
        finally:
            worker.refuse_all()

    async def _replace(self, failed: Worker) -> None:
        """It has crashed too often. A fresh one takes its place, and its guilds go on with all that waits."""
        self._end_worker(failed.worker)
        evicted = _evict(failed, self._router.lanes.values())
        try:
            await self.add_worker()
        except (ZygoteError, RuntimeRefusedError) as error:
            if self._stopping:
                return
            if not self._workers:
                raise
            _log.error("no fresh worker could be started: %s", error)
        await self._done(lambda reply: WorkerLeft(failed.worker, reply))
        for lane in {**evicted, **_evict(failed, self._router.lanes.values())}:  # some may have come meanwhile
            await self._router.mailbox.tell(Rehome(lane))

    async def _move_quietly(self, guild: GuildId, target: WorkerId) -> None:
        try:
            await self._move(guild, target, forced=False)
        except RuntimeRefusedError as error:
            # Its log is told the text, which may be the script's own.
            _log.info("guild %d stays where it is: %s", guild, error.code, extra={"guild": guild})

    async def _move_away(self, guild: GuildId, failures: list[RuntimeRefusedError]) -> None:
        try:
            await self._move(guild, None, forced=True)
        except RuntimeRefusedError as error:
            if error.code != "NOT_DEPLOYED":
                failures.append(error)

    async def _move(self, guild: GuildId, target: WorkerId | None, *, forced: bool) -> None:
        try:
            refusal: Refusable = await self._coordinator.mailbox.ask(
                lambda reply: Migrate(guild, target, forced, reply)
            )
        except ActorGoneError as error:
            raise RuntimeRefusedError("UNAVAILABLE", str(error)) from error
        if refusal is not None:
            raise refusal

    # -- asking -------------------------------------------------------------------------------------------------

    async def _command(self, guild: GuildId, command: Callable[[Reply[Refusable]], GuildCommand]) -> None:
        await self._done(lambda reply: ToGuild(guild, command(reply)))

    async def _done(self, question: Callable[[Reply[Refusable]], RouterMessage]) -> None:
        refusal = await self._answer(question)
        if refusal is not None:
            raise refusal

    async def _ask(self, question: Callable[[Reply[Answer | Exception]], RouterMessage]) -> Answer:
        answer = await self._answer(question)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _answer(self, question: Callable[[Reply[Answer]], RouterMessage]) -> Answer:
        try:
            return await self._router.mailbox.ask(question)
        except ActorGoneError as error:
            raise RuntimeRefusedError("UNAVAILABLE", str(error)) from error

    # -- the end ------------------------------------------------------------------------------------------------

    def hurry(self) -> None:
        """Do not wait for what is in flight."""
        self._draining.cancel()

    async def open(self) -> None:
        """For `open_runtime`."""
        self._nursery.start_soon(self._router.run)
        self._nursery.start_soon(self._corral.run)
        await self._nursery.start(self._coordinate)

    async def _coordinate(self, task_status: trio.TaskStatus[None]) -> None:  # noqa: ASYNC114, ASYNC128  it starts
        try:
            with self._coordinating:
                await self._coordinator.run(task_status)
        finally:
            self._coordinator.close()
            self._coordinated.set()

    async def close(self) -> None:
        """Take no more, let what is in flight end, then say what was never begun."""
        self._stopping = True
        self._router.stop()
        self._coordinating.cancel()
        lanes = list(self._router.lanes.values())
        with self._draining, trio.move_on_after(self._around.limits.drain_s + _BEYOND_DRAIN_S):
            await self._coordinated.wait()
            async with trio.open_nursery() as nursery:
                for lane in lanes:
                    if lane.has_actor:
                        nursery.start_soon(_release, lane, self._around.limits.drain_s)
        stopping = RuntimeRefusedError("UNAVAILABLE", "flora is stopping")
        for lane in lanes:
            lane.drop_all("shutdown")
            lane.refuse_commands(stopping)
            lane.tell_drops()


def _evict(worker: Worker, lanes: Iterable[Lane]) -> dict[Lane, None]:
    """From now on nobody has them, and what comes for them waits."""
    evicted = {lane: None for lane in lanes if lane.owner is worker}
    for lane in evicted:
        lane.detach()
    return evicted


def _fullest(found: Iterable[tuple[int, int]]) -> tuple[int, int]:
    pairs = list(found)
    return max((now for now, _ in pairs), default=0), max((peak for _, peak in pairs), default=0)


async def _release(lane: Lane, drain_s: float) -> None:
    send, receive = trio.open_memory_channel[Refusable](1)
    lane.command(Release(drain_s, True, Reply(send)))  # noqa: FBT003
    with receive:
        try:
            await receive.receive()
        except trio.EndOfChannel:
            return


@asynccontextmanager
async def open_runtime(
    around: Surroundings, *, workers: int | None = None, prelude: Prelude | None = None
) -> AsyncGenerator[System]:
    """A running runtime. Raises ZygoteError when isolates cannot run here."""
    async with trio.open_nursery() as nursery:
        system = System(around, prelude, nursery)
        await system.open()
        for _ in range(workers or around.limits.workers):
            await system.add_worker()
        try:
            yield system
        finally:
            await system.close()  # noqa: ASYNC102  bounded, and shielded inside
            nursery.cancel_scope.cancel()
