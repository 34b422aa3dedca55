"""Anything may happen to a guild at any time. What holds all the same:

- events of a guild begin in the order in which they were sent;
- each event that was taken ends in exactly one outcome, and each question is answered once or refused;
- outside of a deploy a guild has at most one isolate;
- in the end every guild works again, and no process is left.

A *plan* is a list of steps, made by hypothesis. Steps are begun one after another and not waited for, so that they meet
in the middle of each other; `Settle` waits for all of them and looks.
"""

import os
import signal
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Never

import trio
from hypothesis import strategies as st

from actors.guild.lane import Lane
from actors.isolate.isolate import Load
from actors.refs import Bundle, GuildEvent, GuildPhase, RuntimeRefusedError
from actors.worker import Worker
from storage.ids import GuildId
from tests.actors.runtime.playbook import Play, eventually, playing

GUILDS: Final = tuple(GuildId(number) for number in range(1, 5))
SCRIPT: Final = """
note('up');
on('messageCreate', async (m) => {
    note(m.id);
    if (m.act === 'throw') throw new Error('no');
    if (m.act === 'hold') await hold('h' + m.id);
    if (m.act === 'spin') for (;;) {}
});
"""
LOADS: Final = {
    "good": SCRIPT,
    "throws": "throw new Error('no')",
    "empty": "1 + 1",
    "hangs": "await hold('load'); " + SCRIPT,
    "uncommitted": SCRIPT,
}
_LIMITS: Final = {
    "in_flight": 4,
    "mailbox": 30,
    "mailbox_never_shed": 40,
    "backlog": 60,
    "max_resident": 4,
    "quiesce_s": 5.0,
    "drain_s": 0.5,
    "kills": 3,
    "first_pause_s": 0.02,
    "longest_pause_s": 0.05,
    "sweep_s": 0.05,
    "soft_cap_bytes": 1,  # whoever is idle is recycled
    "start_turn_s": 0.02,
}
_ISOLATES: Final = {"dispatch_s": 0.2, "load_s": 0.3}
_MOST_WORKERS: Final = 3
_MOST_CRASHES: Final = 12
"""Of workers, in one plan: one that crashes six times is replaced, which takes the start of a zygote."""
_LONGEST_S: Final = 60.0
_RESTS_FOR: Final = 10


@dataclass(frozen=True)
class Step:
    """`do` names a method of the model; not every one has use for every field."""

    do: str
    guild: GuildId
    act: str
    count: int
    turns: int
    """How many turns of the loop pass before the next step."""


_ACTS: Final = {
    "send": ("ok", "ok", "ok", "throw", "hold", "spin"),
    "ask": ("ok", "throw", "hold"),
    "ask_and_give_up": ("ok", "hold"),
    "deploy": tuple(LOADS),
    "deploy_and_give_up": ("good", "hangs"),
}
_DOES: Final = (
    *("send",) * 8, "ask", "ask", "ask_and_give_up", *("deploy",) * 3, "deploy_and_give_up", "undeploy", "restart",
    "pause", "resume", "kill_isolate", "kill_isolate", "kill_zygote", "crash_worker", "migrate", "migrate",
    "remove_worker", "add_worker", "let_go", "let_go", "settle",
)  # fmt: skip


@st.composite
def steps(draw: st.DrawFn) -> Step:
    do = draw(st.sampled_from(_DOES))
    return Step(
        do,
        draw(st.sampled_from(GUILDS)),
        draw(st.sampled_from(_ACTS.get(do, ("",)))),
        draw(st.integers(1, 12)),
        draw(st.sampled_from([0, 0, 1, 3, 20, 200])),
    )


class Model:
    """What was asked of the runtime, and what must be true of it."""

    def __init__(self, play: Play, nursery: trio.Nursery) -> None:
        self._play = play
        self._nursery = nursery
        self._number = 0
        self._revision = 0
        self._crashes = 0
        self._under_way = 0
        self.sent: dict[GuildId, list[int]] = {guild: [] for guild in GUILDS}
        self.perhaps_deaf: set[GuildId] = set()
        """Undeployed at some time: some of its events concerned nobody."""

    @property
    def _lanes(self) -> list[Lane]:
        return list(self._play.system._router.lanes.values())

    @property
    def _workers(self) -> list[Worker]:
        return [worker for worker, _ in self._play.system._workers.values()]

    async def begin(self) -> None:
        for guild in GUILDS:
            await self._deploy("good", guild)

    async def run(self, plan: list[Step]) -> None:
        await self.begin()
        for step in plan:
            do: Callable[[Step], None] | None = getattr(self, f"_do_{step.do}", None)
            if do is None:
                await self.settle()
            else:
                do(step)
            for _ in range(step.turns):
                await trio.lowlevel.checkpoint()
        await self.settle()
        await self.end()

    # -- steps --------------------------------------------------------------------------------------------------

    def _background(self, work: Callable[[], Awaitable[object]], give_up_after: int | None = None) -> None:
        self._under_way += 1

        async def attempt() -> None:
            scope = trio.CancelScope()
            if give_up_after is not None:
                self._nursery.start_soon(self._cancel_after, scope, give_up_after)
            try:
                with scope:
                    await work()
            except (RuntimeRefusedError, UncommittedError):
                pass  # it says so; whether it may is not the question here
            finally:
                self._under_way -= 1

        self._nursery.start_soon(attempt)

    async def _cancel_after(self, scope: trio.CancelScope, turns: int) -> None:
        for _ in range(turns):
            await trio.lowlevel.checkpoint()
        scope.cancel()

    def _next_number(self) -> int:
        self._number += 1
        return self._number

    def _payload(self, number: int, act: str) -> bytes:
        return b'{"id":%d,"act":"%s"}' % (number, act.encode())

    def _do_send(self, step: Step) -> None:
        count = 1 if step.act == "spin" else step.count
        numbers = [self._next_number() for _ in range(count)]
        self.sent[step.guild] += numbers
        self._play.system.deliver(
            [GuildEvent(step.guild, "messageCreate", self._payload(number, step.act)) for number in numbers]
        )

    def _do_ask(self, step: Step) -> None:
        self._background(partial(self._ask, step))

    def _do_ask_and_give_up(self, step: Step) -> None:
        self._background(partial(self._ask, step), step.count * 5)

    async def _ask(self, step: Step) -> None:
        payload = self._payload(self._next_number(), step.act)  # numbered when it is sent, not when it was thought of
        await self._play.system.dispatch(step.guild, "messageCreate", payload)

    def _do_deploy(self, step: Step) -> None:
        self._background(partial(self._deploy, step.act, step.guild))

    def _do_deploy_and_give_up(self, step: Step) -> None:
        self._background(partial(self._deploy, step.act, step.guild), step.count * 5)

    async def _deploy(self, kind: str, guild: GuildId) -> None:
        self._revision += 1
        bundle = Bundle(LOADS[kind], revision=f"r{self._revision}")

        async def commit(_: Load) -> str:
            await trio.lowlevel.checkpoint()
            if kind == "uncommitted":
                raise UncommittedError
            self._play.record.bundles[guild] = bundle
            return bundle.revision

        await self._play.system.deploy(guild, bundle, commit)

    def _do_undeploy(self, step: Step) -> None:
        self.perhaps_deaf.add(step.guild)
        self._background(partial(self._play.system.undeploy, step.guild))

    def _do_restart(self, step: Step) -> None:
        self._background(partial(self._play.system.restart, step.guild))

    def _do_pause(self, step: Step) -> None:
        self._background(partial(self._play.system.pause, step.guild, "why not"))

    def _do_resume(self, step: Step) -> None:
        self._background(partial(self._play.system.resume, step.guild))

    def _do_kill_isolate(self, step: Step) -> None:
        lane = self._play.system._router.lanes.get(step.guild)
        if lane is not None and lane.book.isolate is not None:
            lane.book.isolate._signal(signal.SIGKILL)

    def _do_kill_zygote(self, step: Step) -> None:
        worker = self._workers[step.count % len(self._workers)]
        if worker.state != "starting" and (process := worker.zygote._process) is not None:
            process.kill()

    def _do_crash_worker(self, step: Step) -> None:
        worker = self._workers[step.count % len(self._workers)]
        nursery = worker._nursery
        if nursery is not None and not nursery.cancel_scope.cancel_called and self._crashes < _MOST_CRASHES:
            self._crashes += 1
            nursery.start_soon(_fail)

    def _do_migrate(self, step: Step) -> None:
        target = self._workers[step.count % len(self._workers)].worker
        self._background(partial(self._play.system.migrate, step.guild, target))

    def _do_remove_worker(self, step: Step) -> None:
        worker = self._workers[step.count % len(self._workers)].worker
        self._background(partial(self._play.system.remove_worker, worker))

    def _do_add_worker(self, _step: Step) -> None:
        if len(self._workers) < _MOST_WORKERS:
            self._background(self._play.system.add_worker)

    def _do_let_go(self, _step: Step) -> None:
        for event in self._play.record.held.values():
            event.set()

    # -- what must hold -----------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Wait for all that was asked, then look."""
        with trio.move_on_after(_LONGEST_S) as patience:
            await self._rest()
        assert not patience.cancelled_caught, f"it does not come to rest: {self._describe()}"
        self.check()

    async def _rest(self) -> None:
        """A message that somebody waited for is in no mailbox and nowhere else either: so for some turns."""
        turns = 0
        while turns < _RESTS_FOR:
            turns = turns + 1 if self._is_quiet() else 0
            await trio.lowlevel.checkpoint()

    def _describe(self) -> str:
        guilds = [
            f"{lane}, {lane.book.phase.value} ({lane.book.reason}), worker {lane.book.worker}, actor {lane.has_actor}, "
            f"gone {lane.gone}, in flight {lane.book.in_flight}, isolate {lane.book.isolate}"
            for lane in self._lanes
        ]
        workers = [f"{worker}, {worker._zygote}, {worker.mailbox}" for worker in self._workers]
        return "\n".join([f"{self._under_way} questions", *guilds, *workers])

    def _is_quiet(self) -> bool:
        """Nothing waits, and every isolate is one that a guild has."""
        self._do_let_go(_NOTHING)
        if (
            self._under_way
            or self._play.system._router.mailbox.waiting
            or any(worker.mailbox.waiting for worker in self._workers)
        ):
            return False
        lanes = self._lanes
        if any((not lane.gone and not lane.idle) or lane.book.in_flight or lane.owner is None for lane in lanes):
            return False
        running = sum(len(worker.zygote.isolates) for worker in self._workers)
        return running == sum(lane.book.isolate is not None for lane in lanes)

    def check(self) -> None:
        record = self._play.record
        for guild in GUILDS:
            begun = [int(note) for note in record.notes[guild] if note.isdecimal()]
            assert begun == sorted(set(begun)), f"guild {guild} began its events out of order: {begun}"
            told = Counter(int(payload[6 : payload.index(b",")]) for payload, _ in record.outcomes[guild])
            assert max(told.values(), default=1) == 1, f"guild {guild}: told twice: {told.most_common(3)}"
            untold = set(self.sent[guild]) - told.keys()
            assert not untold or guild in self.perhaps_deaf, f"guild {guild}: never told: {sorted(untold)}"
        for worker in self._workers:
            there = [lane for lane in worker.lanes if lane.owner is worker]
            assert worker.backlog.waiting == sum(lane.droppable for lane in there)

    async def end(self) -> None:
        """Whatever happened: a good deploy, and each guild works."""
        with trio.fail_after(_LONGEST_S):
            for guild in GUILDS:
                await self._deploy("good", guild)
                await eventually(partial(self._is_live, guild))
            for guild in GUILDS:
                await self._works(guild)

    def _is_live(self, guild: GuildId) -> bool:
        status = self._play.system.status(guild)
        return status is not None and status.phase in {GuildPhase.LIVE, GuildPhase.SLEEPING}

    async def _works(self, guild: GuildId) -> None:
        number = self._next_number()
        self._play.system.deliver([GuildEvent(guild, "messageCreate", self._payload(number, "ok"))])
        ended = (self._payload(number, "ok"), "ok")
        await self._play.record.until(lambda: ended in self._play.record.outcomes[guild])


class UncommittedError(Exception):
    """A commit that fails."""


async def _fail() -> Never:  # noqa: ASYNC124
    raise ValueError("a mistake of ours")


_NOTHING: Final = Step("let_go", GUILDS[0], "", 1, 0)


def descendants() -> set[int]:
    """Every process below this one."""
    found: set[int] = set()
    waiting = [os.getpid()]
    while waiting:
        for task in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            children = {int(child) for child in task.read_text().split()}
            found |= children
            waiting.extend(children)
    return found


@asynccontextmanager
async def _nobody_left() -> AsyncGenerator[None]:
    before = descendants()
    yield
    assert descendants() <= before, "processes are left"


async def play_out(plan: list[Step]) -> None:
    """Do all of it with a runtime of its own, and look."""
    async with (
        _nobody_left(),
        playing(_LIMITS, _ISOLATES, workers=2) as play,
        trio.open_nursery() as nursery,
    ):
        await Model(play, nursery).run(plan)
