"""The isolates of one guild: the one that it lives in, those that end what they began, and the start that is planned.

The guild's actor decides what is to happen; this keeps it true while isolates come, end and take each other's place.
"""

import logging
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Protocol

import trio

from actors.corral import Corral
from actors.guild import words
from actors.guild.berth import Berth
from actors.guild.lane import Item, Lane
from actors.guild.surroundings import Surroundings
from actors.isolate.isolate import Load, Run
from actors.isolate.process import Zygote
from actors.isolate.records import ScriptError
from actors.messages import Boot
from actors.outcomes import EndReason, RunOutcome
from actors.refs import Bundle, GuildPhase

_log = logging.getLogger("flora.runtime")
_FIRST_RETRY_S = 0.5
_LONGEST_RETRY_S = 30.0


class Host(Protocol):
    """What of the worker its guilds use."""

    @property
    def zygote(self) -> Zygote: ...
    @property
    def starts(self) -> trio.CapacityLimiter: ...
    @property
    def corral(self) -> Corral: ...
    def make_room(self) -> None:
        """An isolate is about to start: let another sleep if there are too many."""
        ...

    def keep(self, lane: Lane) -> None:
        """It was to leave, but nobody takes it."""
        ...


class Residence:
    """Of a guild's actor, which gives it its nursery."""

    def __init__(self, lane: Lane, host: Host, around: Surroundings) -> None:
        self.nursery: trio.Nursery | None = None
        self.berth: Berth | None = None
        """Where events go."""
        self.retiring: set[Berth] = set()
        self.returning: trio.CancelScope | None = None
        """A start is planned for later."""
        self.holding = False
        """Events wait, for the guild is about to move, or its next isolate to take over."""
        self.leaving = False
        """The guild goes elsewhere: what ends here now is not started again."""
        self._lane = lane
        self._book = lane.book
        self._patience = lane.patience
        self._host = host
        self._around = around
        self._retry_s = _FIRST_RETRY_S

    def __repr__(self) -> str:
        return f"<Residence of {self._book.guild}: {self.berth}, {len(self.retiring)} retiring>"

    # -- what is told ---------------------------------------------------------------------------------------------

    def ended(self, berth: Berth, item: Item, run: Run) -> None:
        """For the berth, as the next four are."""
        try:
            self._tell_end(item, run, trio.current_time() - item.began, berth.revision)
        except Exception:  # noqa: BLE001  we are called from where all isolates of the worker are heard
            self._could_not_tell([item])
        self._look(berth)

    def ended_well(self, berth: Berth, items: Sequence[Item], cpu_us: Sequence[int]) -> None:
        """Those that began together are told in one go; mostly they all did."""
        if items[0].began == items[-1].began:
            self._tell_together(items, cpu_us)
        else:
            at = 0
            for _, together in groupby(items, attrgetter("began")):
                ended = list(together)
                self._tell_together(ended, cpu_us[at : at + len(ended)])
                at += len(ended)
        self._look(berth)

    def _tell_together(self, items: Sequence[Item], cpu_us: Sequence[int]) -> None:
        try:
            self._tell_well(items, cpu_us, trio.current_time() - items[0].began)
        except Exception:  # noqa: BLE001  as above
            self._could_not_tell(items)

    def heard(self, berth: Berth) -> None:
        if berth is self.berth and self._lane.waiting:
            self._lane.start()

    def registered(self, berth: Berth) -> None:
        if berth is self.berth and berth.isolate is not None:
            self._lane.register(berth.isolate.registrations)

    def operated(self, name: str) -> None:
        self._book.note_op(name)

    def _look(self, berth: Berth) -> None:
        if berth is self.berth:
            self._book.in_flight = berth.in_flight
            if self.holding:
                self._lane.wake()

    def _could_not_tell(self, items: Sequence[Item]) -> None:
        names = ", ".join({item.event.name for item in items})
        _log.exception("guild %d: the end of %s could not be told", self._book.guild, names, extra=self._book.fields)

    def _tell_well(self, items: Sequence[Item], cpu_us: Sequence[int], wall_s: float) -> None:
        total_us = sum(cpu_us)
        self._book.note_runs(RunOutcome.OK, len(items), total_us, wall_s)
        self._around.observer.ended_well(len(items), total_us, wall_s)
        asked = [(item.asked, cpu) for item, cpu in zip(items, cpu_us, strict=True) if item.asked is not None]
        for question, cpu in asked:
            question.reply.answer(Run(RunOutcome.OK, cpu_us=cpu))
        self._around.on_outcome([item.event for item in items if item.asked is None], RunOutcome.OK)

    def _tell_end(self, item: Item, run: Run, wall_s: float, revision: str) -> None:
        event = item.event
        self._book.note_runs(run.outcome, 1, run.cpu_us, wall_s)
        self._around.observer.dispatched(run, wall_s)
        if run.outcome is not RunOutcome.OK:
            self.say(*words.run_text(event.name, run, item.timeout_s), revision)
        if item.asked is not None:
            item.asked.reply.answer(run)
        else:
            self._around.on_outcome([event], run.outcome)

    def expire(self, item: Item) -> None:
        """It has waited for so long that nobody would hear its answer."""
        late = ScriptError("", "it waited for an isolate all the while")
        self._tell_end(item, Run(RunOutcome.WALL_TIME, late), item.timeout_s, self._book.revision)

    def say(self, level: str, text: str, revision: str | None = None) -> None:
        self._around.logs.append(self._book.guild, level, text, self._book.revision if revision is None else revision)

    # -- isolates ------------------------------------------------------------------------------------------------

    async def start(self, bundle: Bundle) -> tuple[Berth, Load]:
        """A berth with the script loaded, or not: then nothing of it is left."""
        assert self.nursery is not None
        self._host.make_room()
        berth = Berth(self._book.guild, bundle, self._around, self)
        load: Load = await self.nursery.start(self._live, berth)
        return berth, load

    async def _live(self, berth: Berth, task_status: trio.TaskStatus[Load]) -> None:  # noqa: ASYNC114, ASYNC128  the berth starts
        """The life of a berth, and what follows from its end."""
        ended = False
        try:
            await berth.run(self._host.zygote, self._host.starts, self._host.corral, task_status)
            ended = True
        finally:
            self.retiring.discard(berth)
            if ended and berth is self.berth:  # else this actor is being ended itself
                self._after_end(berth)
            self._lane.wake()

    def _after_end(self, berth: Berth) -> None:
        """The isolate that should live does not any more."""
        self.berth = None
        self._book.isolate = None
        self._book.in_flight = 0
        ending = berth.ending
        if ending is None or self.leaving:
            return
        self._book.restarts += 1
        self._around.observer.restarted()
        told = words.ending_text(ending)
        self.say("error", f"{told}; it is started again")
        self._book.enter(GuildPhase.COLD, f"its isolate ended: {ending.reason.value}", told)
        if ending.reason is EndReason.ZYGOTE_LOST:
            self._lane.command_first(Boot())
            return
        pause_s = self._patience.killed(trio.current_time())
        if pause_s:
            self.pause_for(pause_s, f"its isolate ended {self._around.limits.kills} times in short order; {told}")
        else:
            self._lane.command_first(Boot())

    def pause_for(self, seconds: float, why: str) -> None:
        """Take no events for a while: it would only go wrong again."""
        self._book.pausing = why
        self._book.enter(GuildPhase.PAUSED, "its isolate ended too often", why)
        self.say("error", f"paused for {seconds:g} s: {why}. A deploy ends the pause")
        self._lane.drop_all("paused")
        self.boot_later(seconds)

    def give_up_for_now(self, told: str) -> None:
        """It is the script's doing: another start would go as wrong, until somebody mends what it needs."""
        self._book.pausing = told
        self._lane.drop_all("not_loaded")
        self._book.enter(GuildPhase.DEAD, "its script cannot be loaded", told)
        self.boot_later(self._patience.killed(trio.current_time()) or self._around.limits.first_pause_s)

    def try_again(self, why: str) -> None:
        """It is not the script's doing: its events wait."""
        self._book.enter(GuildPhase.COLD, "no isolate could be started", why)
        _log.warning(
            "guild %d could not be started, which is tried again in %.1f s: %s",
            *(self._book.guild, self._retry_s, why),
            extra=self._book.fields,
        )
        self.boot_later(self._retry_s)
        self._retry_s = min(_LONGEST_RETRY_S, self._retry_s * 2)

    def boot_later(self, seconds: float) -> None:
        assert self.nursery is not None
        if self.returning is not None:
            self.returning.cancel()
        self.returning = trio.CancelScope()
        self._book.paused_until = trio.current_time() + seconds
        self.nursery.start_soon(self._return_at, self._book.paused_until, self.returning)

    async def _return_at(self, until: float, scope: trio.CancelScope) -> None:
        with scope:
            await trio.sleep_until(until)
            self.go_on()
            self._lane.command(Boot())

    def go_on(self) -> None:
        """No pause any more, and no start that is planned for its end."""
        self._book.go_on()
        if self.returning is not None:
            self.returning.cancel()
            self.returning = None

    def adopt(self, berth: Berth, load: Load, reason: str) -> Berth | None:
        """Let events go to this berth from now on; answers the one before."""
        before, self.berth = self.berth, berth
        self._retry_s = _FIRST_RETRY_S
        book = self._book
        book.isolate = berth.isolate
        book.in_flight = berth.in_flight
        self._lane.register(load.registrations)
        book.revision = berth.revision
        self.go_on()
        book.last_used = trio.current_time()
        book.enter(GuildPhase.LIVE, reason)
        if berth.ending is not None:
            self._after_end(berth)
        self._lane.wake()
        return before

    async def swap(self, berth: Berth, load: Load, reason: str) -> None:
        """From one isolate to the next: not before the old one has begun all that it was given, for what comes after
        must not begin before it there."""
        before = self.berth
        if before is not None:
            self.holding = True
            with trio.move_on_after(self._around.limits.quiesce_s):
                await before.caught_up()
            self.holding = False
        self.retire(self.adopt(berth, load, reason))

    def retire(self, berth: Berth | None) -> None:
        """Let it end what it began, apart from everything else."""
        if berth is None:
            return
        assert self.nursery is not None
        self.retiring.add(berth)
        if berth is self.berth:
            self.berth = None
            self._book.isolate = None
            self._book.in_flight = 0
        self.nursery.start_soon(self._drain, berth, self._around.limits.drain_s)

    async def _drain(self, berth: Berth, seconds: float) -> None:
        with trio.move_on_after(seconds):
            await berth.quiet()
        await berth.close()

    def berths(self) -> list[Berth]:
        return [*self.retiring, *([] if self.berth is None else [self.berth])]

    async def end_all(self) -> None:
        """Now, whatever they are at."""
        berths = self.berths()
        self.retiring.update(berths)
        self.berth = None
        async with trio.open_nursery() as nursery:
            for berth in berths:
                nursery.start_soon(berth.close)
