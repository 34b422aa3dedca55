"""A worker: a failure domain. A zygote of its own, the isolates forked from it, and the guilds that live there.

Its zygote may end, and then every guild's isolate is started again; an actor may fail, and then that guild's alone is
started again; the worker itself may fail, and then its supervisor starts it again. What waits in the lanes stays.
"""

import logging
import math
from collections.abc import Callable, Iterator
from typing import Final

import trio

from actors.actor import Mailbox, reply_of
from actors.corral import Corral
from actors.guild.guild import GuildActor
from actors.guild.lane import Lane
from actors.guild.shedding import Backlog
from actors.guild.surroundings import Surroundings
from actors.isolate.process import Prelude, Zygote, ZygoteError, open_zygote
from actors.isolate.recycling import is_due
from actors.messages import WORKER_TAKES, Adopt, Boot, Disown, Recycle, Sleep, Wake, WorkerMessage
from actors.placement import WorkerId
from actors.refs import GuildPhase, RuntimeRefusedError, WorkerStatus
from actors.supervisor import GaveUpError, supervise

_log = logging.getLogger("flora.runtime")
_MAILBOX: Final = 1 << 17
"""Every lane of a hundred thousand guilds may ask to be woken at once, each once."""
_AFTER_FAILURE_S: Final = 0.5


class Worker:
    """Made by the system; `run` is its life."""

    def __init__(
        self,
        worker: WorkerId,
        around: Surroundings,
        prelude: Prelude | None,
        resident: Callable[[], int],
        corral: Corral,
    ) -> None:
        self.worker = worker
        self.mailbox: Mailbox[WorkerMessage] = Mailbox(f"worker {worker}", _MAILBOX, WORKER_TAKES)
        self.backlog = Backlog(around.limits.backlog)
        self.starts = trio.CapacityLimiter(around.limits.starts_at_once)
        self.corral = corral
        self.state = "starting"
        self.leaving = False
        self.lanes: dict[Lane, None] = {}
        self._around = around
        self._prelude = prelude
        self._resident = resident
        self._zygote: Zygote | None = None
        self._nursery: trio.Nursery | None = None

    def __repr__(self) -> str:
        return f"<Worker {self.worker} {self.state}, {len(self.lanes)} guilds>"

    def leave(self) -> None:
        self.leaving = True

    @property
    def zygote(self) -> Zygote:
        if self._zygote is None:
            raise ZygoteError(f"worker {self.worker} has no zygote")
        return self._zygote

    @property
    def zygote_restarts(self) -> int:
        return 0 if self._zygote is None else self._zygote.restarts

    def status(self) -> WorkerStatus:
        zygote = self._zygote
        return WorkerStatus(
            worker=self.worker,
            state=self.state,
            guilds=len(self.lanes),
            live=sum(1 for _ in self._live()),
            backlog=self.backlog.waiting,
            zygote_warm=zygote is not None and zygote.status.warm,
            zygote_restarts=self.zygote_restarts,
        )

    # -- life ---------------------------------------------------------------------------------------------------

    async def run(self, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Started once its first zygote is; raises ZygoteError when that cannot be. Begins anew after a crash; returns
        when it crashes too often."""
        async with open_zygote(self._prelude, self._around.isolate_limits) as zygote:
            self._zygote = zygote
            task_status.started()
            try:
                await supervise(f"worker {self.worker}", self._serve, on_crash=self._tell_crash)
            except GaveUpError as error:
                self.state = "failed"
                _log.error("%s", error)  # each crash was told with its traceback

    def _tell_crash(self, crash: BaseException, count: int) -> None:
        _log.error("Worker %d crashed (%d)", self.worker, count, exc_info=crash, extra={"worker": self.worker})

    async def _serve(self) -> None:
        async with trio.open_nursery() as nursery:
            self._nursery = nursery
            try:
                await self._serve_in(nursery)
            finally:
                self._nursery = None

    async def _serve_in(self, nursery: trio.Nursery) -> None:
        self.state = "live" if self.state == "starting" else self.state
        nursery.start_soon(self._sweep)
        for lane in self.lanes:
            lane.wake_anew()
        while True:
            self._on_message(await self.mailbox.take())

    def _on_message(self, message: WorkerMessage) -> None:
        match message:
            case Adopt():
                self._adopt(message)
            case Wake(lane):
                self._start_actor(lane)
            case Disown(lane, reply):
                self.lanes.pop(lane, None)
                reply.answer(None)

    def _adopt(self, message: Adopt) -> None:
        lane = message.lane
        if lane.owner not in {None, self}:
            return  # it has moved on before we came to read this
        self.lanes[lane] = None
        lane.attach(self)
        if message.boot:
            lane.command_first(Boot(message.tentative, message.reply))
        elif message.reply is not None:
            message.reply.answer(None)
        lane.wake()

    def keep(self, lane: Lane) -> None:
        self.lanes[lane] = None
        lane.attach(self)
        lane.wake()

    def _start_actor(self, lane: Lane) -> None:
        if lane.owner is self and not lane.has_actor:
            assert self._nursery is not None
            lane.has_actor = True  # from now on, not only once its task runs
            self._nursery.start_soon(self._run_actor, lane)

    async def _run_actor(self, lane: Lane) -> None:
        try:
            await GuildActor(lane, self, self._around).run()
        except Exception:  # noqa: BLE001
            # A mistake of ours. What it was doing is refused; its events wait, and another actor takes over.
            _log.exception("The actor of guild %d failed", lane.guild, extra=lane.book.fields)
            lane.book.enter(GuildPhase.COLD, "its actor failed")
            now = trio.current_time()
            lane.book.paused_until = now + (lane.patience.killed(now) or _AFTER_FAILURE_S)
        finally:
            lane.end_actor()

    # -- isolates that are not needed ----------------------------------------------------------------------------

    def _live(self) -> Iterator[Lane]:
        return (lane for lane in self.lanes if lane.book.isolate is not None)

    def make_room(self) -> None:
        """Let those sleep that were idle for longest, when another isolate is about to start."""
        self._send_to_sleep(list(self._live()), coming=1)

    def _send_to_sleep(self, live: list[Lane], coming: int) -> None:
        surplus = len(live) + coming - self._resident()
        if surplus > 0:
            idle = sorted(filter(_is_idle, live), key=lambda lane: lane.book.last_used)
            for lane in idle[:surplus]:
                lane.command(Sleep())

    async def _sweep(self) -> None:
        looked = -math.inf
        while True:
            await trio.sleep(self._around.limits.sweep_s)
            for lane in list(self.lanes):
                if lane.book.untold:
                    lane.tell_drops()
                if lane.gone and lane.idle and not lane.has_actor:
                    del self.lanes[lane]
            live = list(self._live())
            self._send_to_sleep(live, coming=0)  # some may have been at work when there was to be room
            since, looked = looked, trio.current_time()
            await self._replace_grown([lane for lane in live if lane.book.last_used >= since])

    async def _replace_grown(self, lanes: list[Lane]) -> None:
        """Of those that did something since the last look. Each look takes the kernel a fraction of a millisecond, for
        which nobody's events go on; so they are not taken one right after another."""
        for lane in lanes:
            await trio.sleep(self._around.limits.sweep_s / len(lanes) / 2)
            isolate = lane.book.isolate
            if isolate is not None and _is_idle(lane) and is_due(isolate, self._around.limits.soft_cap_bytes):
                lane.command(Recycle())

    # -- the end ------------------------------------------------------------------------------------------------

    def refuse_all(self) -> None:
        """After its end: whoever still asks is told."""
        for message in self.mailbox.close():
            reply = reply_of(message)
            if reply is not None:
                reply.answer(RuntimeRefusedError("UNAVAILABLE", f"worker {self.worker} has left"))


def _is_idle(lane: Lane) -> bool:
    isolate = lane.book.isolate
    return isolate is not None and not isolate.has_timers and not lane.book.in_flight and lane.idle
