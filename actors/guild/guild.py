"""The actor of one guild: starts its events in their order, and obeys one command after another.

Two loops share its state, both in its nursery. One hands what waits in the lane to the live isolate, as far as there is
room. The other obeys commands, each to its end: start, deploy, pause, sleep, move. So deploys of a guild are one after
another, and events go on while one is prepared.

It exists while there is something to do. A guild that sleeps has a lane and a book, and no actor.
"""

import logging

import trio

from actors.actor import Reply, reply_of
from actors.guild import words
from actors.guild.berth import Berth
from actors.guild.lane import Item, Lane
from actors.guild.residence import Host, Residence
from actors.guild.surroundings import Surroundings
from actors.isolate import recycling
from actors.isolate.isolate import IsolateGoneError, Load
from actors.messages import (
    Boot,
    Deploy,
    GuildCommand,
    Pause,
    Recycle,
    Refusable,
    Release,
    Restart,
    Resume,
    Sleep,
    Undeploy,
)
from actors.outcomes import LoadOutcome, RunOutcome
from actors.refs import Deployed, GuildPhase, RuntimeRefusedError

_log = logging.getLogger("flora.runtime")


class GuildActor:
    """Made by the worker when something waits in the lane."""

    def __init__(self, lane: Lane, host: Host, around: Surroundings) -> None:
        self._lane = lane
        self._book = lane.book
        self._patience = lane.patience
        self._host = host
        self._around = around
        self._home = Residence(lane, host, around)
        self._look = trio.Event()
        self._released: Reply[Refusable] | None = None
        """It has let go of the lane, and who is to hear of it once this has ended."""
        self._release_answer: Refusable = None
        self._coming_up = trio.CancelScope()
        """Of the last start of the script that counts: what somebody commands meanwhile may end it."""

    def __repr__(self) -> str:
        return f"<GuildActor of {self._book.guild}: {self._book.phase.value}>"

    # -- life ---------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Until there is nothing to do: no isolate, and nothing that waits."""
        self._lane.begin_actor(self._pump)
        cut = True
        try:
            async with trio.open_nursery() as nursery:
                self._home.nursery = nursery
                if self._book.paused_until is not None:
                    self._home.boot_later(self._book.paused_until - trio.current_time())
                nursery.start_soon(self._pump_for_ever)
                await self._obey_all()
                cut = False
                nursery.cancel_scope.cancel()
        except Exception:
            cut = False  # the worker says when another may try
            raise
        finally:
            self._leave(cut=cut)

    def _leave(self, *, cut: bool) -> None:
        """The isolate is gone. Others may look at the lane from now on."""
        book, lane, released = self._book, self._lane, self._released
        book.isolate = None
        book.in_flight = 0
        if cut and lane.owner is not None and book.phase in _UNDER_WAY:
            book.enter(GuildPhase.COLD, "its actor was ended")
            lane.command_first(Boot())  # for whoever comes next
        lane.end_actor()
        if released is not None and released.wanted and lane.owner is None:
            released.answer(self._release_answer)
            return
        if released is not None:
            released.refuse()
        if lane.owner is None:  # whoever wanted to move it is gone
            if book.phase is GuildPhase.MIGRATING:
                lane.command_first(Boot())
            self._host.keep(lane)

    async def _obey_all(self) -> None:
        while not self._done():
            command = None if self._released is not None else self._lane.next_command()
            if command is not None:
                await self._obey(command)
            else:
                self._look = trio.Event()
                await self._look.wait()

    def _done(self) -> bool:
        if self._released is not None:
            return not self._home.retiring
        return self._lane.idle and self._home.berth is None and not self._home.retiring and self._home.returning is None

    async def _pump_for_ever(self) -> None:
        while True:
            self._pump()
            await self._lane.changed()
            if self._lane.commanded_otherwise:
                self._coming_up.cancel()
            if self._home.berth is None or self._lane.commanded:
                self._look.set()

    def _pump(self) -> None:
        """Start what waits, as far as there is room."""
        if self._home.holding or not self._lane.waiting:
            return
        berth = self._home.berth
        if berth is None:
            if self._home.returning is None and self._book.phase is not GuildPhase.BOOTING:
                self._book.enter(GuildPhase.BOOTING, "events wait")
                self._lane.command_first(Boot())
                self._look.set()  # this is the task that else would
            return
        items = self._next_items(berth.room)
        if not items:
            return
        self._book.last_used = trio.current_time()
        try:
            berth.start(items)
        except IsolateGoneError:
            self._lane.give_back(items)  # another isolate will come
        self._book.in_flight = berth.in_flight

    def _next_items(self, room: int) -> list[Item]:
        items: list[Item] = []
        while len(items) < room and self._lane.waiting:
            taken = self._lane.take(room - len(items))
            items += [item for item in taken if item.patient or self._is_wanted(item)]
        return items

    def _is_wanted(self, item: Item) -> bool:
        if item.seconds_left(trio.current_time()) <= 0:
            self._home.expire(item)
            return False
        return not self._was_given_up(item)

    def _was_given_up(self, item: Item) -> bool:
        if item.asked is None or not item.asked.gave_up.cancel_called:
            return False
        self._book.note_runs(RunOutcome.CANCELLED, 1, 0, 0.0)
        return True

    # -- commands -----------------------------------------------------------------------------------------------

    async def _obey(self, command: GuildCommand) -> None:
        reply = reply_of(command)
        try:
            await self._do(command)
        finally:
            if reply is not None and reply is not self._released:
                reply.refuse()  # unless it was answered

    async def _do(self, command: GuildCommand) -> None:
        match command:
            case Deploy():
                command.reply.answer(await self._deploy(command))
            case Sleep():
                self._sleep()
            case Recycle():
                await self._recycle()
            case Release():
                if (refusal := await self._release(command)) is not None:
                    command.reply.answer(refusal)
            case Boot(tentative=True):
                await self._try_to_boot(command)
            case Boot() | Undeploy() | Pause() | Resume() | Restart():
                refusal = await self._obey_operator(command)
                if command.reply is not None:
                    command.reply.answer(refusal)

    async def _obey_operator(self, command: Boot | Undeploy | Pause | Resume | Restart) -> Refusable:
        match command:
            case Boot():
                return await self._boot()
            case Undeploy():
                self._undeploy()
            case Pause():
                self._pause(command.reason)
            case Resume():
                return await self._resume()
            case Restart():
                return await self._replace("restarted")
        return None

    async def _boot(self) -> Refusable:
        """Start the script that counts, unless it runs, and see to it when it does not start."""
        refusal = await self._come_up()
        match refusal and refusal.code:
            case "NOT_DEPLOYED":
                self._undeploy()
            case "UNAVAILABLE":
                self._home.try_again(str(refusal))
            case "LOAD_FAILED":
                self._home.give_up_for_now(str(refusal))
            case _:
                pass
        return refusal

    async def _try_to_boot(self, command: Boot) -> None:
        """Start it here, or leave it with what waits to whoever asks: he has somewhere else to try."""
        assert command.reply is not None
        refusal = await self._come_up()
        if refusal is not None and refusal.code in {"UNAVAILABLE", "LOAD_FAILED"} and command.reply.wanted:
            self._let_go(command.reply, refusal)
            self._book.enter(GuildPhase.MIGRATING, "it does not start here")
        elif refusal is not None and refusal.code != _SUPERSEDED:
            command.reply.answer(await self._boot())
        else:
            command.reply.answer(None)

    async def _come_up(self) -> Refusable:
        if self._lane.gone:
            return RuntimeRefusedError("NOT_DEPLOYED", f"guild {self._book.guild} has no script")
        if self._book.pausing:
            return RuntimeRefusedError("PAUSED", self._book.pausing)
        if self._home.berth is not None:
            return None
        if self._book.phase is not GuildPhase.BOOTING:
            self._book.enter(GuildPhase.BOOTING, "it is to be awake")
        # A top level may wait for half a minute; whoever pauses, moves or replaces that script does not.
        if not self._lane.commanded_otherwise:
            with trio.CancelScope() as self._coming_up:
                return await self._start_what_counts()
        self._lane.command(Boot())  # what was commanded may fail, and leave this script the one that counts
        return RuntimeRefusedError(_SUPERSEDED, "something else was commanded while its script was being started")

    async def _start_what_counts(self) -> Refusable:
        try:
            bundle = await self._around.bundles.load(self._book.guild)
        except Exception as error:  # noqa: BLE001  a store that is away must not cost a guild its events
            return RuntimeRefusedError("UNAVAILABLE", f"its script cannot be read: {error}")
        if bundle is None:
            return RuntimeRefusedError("NOT_DEPLOYED", f"guild {self._book.guild} has no script")
        berth, load = await self._home.start(bundle)
        if load.outcome is LoadOutcome.LOADED:
            self._home.adopt(berth, load, "started")
            return None
        if berth.unborn:
            return RuntimeRefusedError("UNAVAILABLE", f"no isolate could be started: {berth.unborn}")
        told = words.load_text(load)
        self._home.say("error", told, bundle.revision)
        return RuntimeRefusedError("LOAD_FAILED", told)

    async def _deploy(self, command: Deploy) -> Deployed | Exception:
        began = trio.current_time()
        started: tuple[Berth, Load] | None = None
        with command.gave_up:
            await trio.lowlevel.checkpoint_if_cancelled()  # it may have waited long, and make nobody sleep for nothing
            started = await self._home.start(command.bundle)
        if started is None:
            return RuntimeRefusedError("CANCELLED", "the deploy was given up before its script was there")
        berth, load = started
        if load.outcome is not LoadOutcome.LOADED:
            return self._deploy_failed(berth, load)
        try:
            with trio.CancelScope(shield=True):  # bounded by the stores' own limits: old or new, never neither
                berth.revision = await command.commit(load)
        except Exception as error:  # noqa: BLE001  it is told to whoever deploys
            self._home.retire(berth)
            return error
        self._patience.forgive()
        self._lane.gone = False
        self._home.say("info", f"deployed revision {berth.revision}", berth.revision)
        await self._home.swap(berth, load, f"revision {berth.revision} was deployed")
        return Deployed(load, berth.revision, (trio.current_time() - began) * 1000)

    def _deploy_failed(self, berth: Berth, load: Load) -> Deployed | Exception:
        if berth.unborn:
            return RuntimeRefusedError("UNAVAILABLE", f"no isolate could be started: {berth.unborn}")
        self._home.say("error", f"a deploy failed and changed nothing: {words.load_text(load)}")
        return Deployed(load, "")

    def _undeploy(self) -> None:
        self._lane.gone = True
        self._home.go_on()
        self._lane.drop_all("undeployed")
        self._home.retire(self._home.berth)
        self._lane.register({})
        self._book.enter(GuildPhase.RETIRED, "its script was taken away")

    def _pause(self, reason: str) -> None:
        self._home.go_on()
        self._book.pausing = reason
        self._lane.drop_all("paused")
        self._home.retire(self._home.berth)
        self._book.enter(GuildPhase.PAUSED, "somebody asked for it", reason)
        self._home.say("warn", f"paused: {reason}")

    async def _resume(self) -> Refusable:
        self._home.go_on()
        self._patience.forgive()
        self._home.say("info", "resumed")
        return await self._boot()

    async def _replace(self, reason: str) -> Refusable:
        """A fresh isolate with the same script; the old one stays if that fails."""
        before = self._home.berth
        if before is None:
            return await self._boot()
        berth, load = await self._home.start(before.bundle)
        if load.outcome is not LoadOutcome.LOADED:
            return RuntimeRefusedError("LOAD_FAILED", berth.unborn or words.load_text(load))
        berth.revision = before.revision
        await self._home.swap(berth, load, reason)
        return None

    def _sleep(self) -> None:
        if self._home.berth is None or self._home.berth.busy or self._lane.waiting:
            return
        self._home.retire(self._home.berth)
        self._book.enter(GuildPhase.SLEEPING, "nothing happened for a while")

    async def _recycle(self) -> None:
        berth = self._home.berth
        if berth is None or berth.isolate is None or berth.busy:
            return
        # A script that is large from the start would else be replaced again and again.
        cap_bytes = max(self._around.limits.soft_cap_bytes, berth.fresh_bytes * 3 // 2)
        if not recycling.is_due(berth.isolate, cap_bytes):
            return
        refusal = await self._replace("its isolate had grown")
        if refusal is not None:
            _log.info("guild %d could not be given a fresh isolate: %s", self._book.guild, refusal.code,
                      extra=self._book.fields)  # fmt: skip
            self._home.say("warn", f"could not be given a fresh isolate: {refusal}")
        elif self._home.berth is not None and self._home.berth.isolate is not None:
            self._home.berth.fresh_bytes = recycling.private_bytes(self._home.berth.isolate) or 0

    async def _release(self, command: Release) -> Refusable:
        """Answers only why not: whoever waits hears of success when this actor has ended."""
        self._home.holding = True
        self._book.held_at = trio.current_time()
        before = self._book.standing
        self._book.enter(GuildPhase.QUIESCING, "it is moving")
        with trio.move_on_after(command.quiesce_s) as patience:
            for berth in self._home.berths():
                await berth.quiet()
        if self._book.phase is not GuildPhase.QUIESCING:
            before = self._book.standing  # its isolate ended meanwhile
        if (patience.cancelled_caught and not command.forced) or not command.reply.wanted:
            self._home.holding = False
            self._book.enter(*before)
            self._lane.wake()
            return RuntimeRefusedError("MIGRATION_TIMEOUT", f"handlers did not end within {command.quiesce_s:g} s")
        await self._home.end_all()
        self._let_go(command.reply, None)
        if before[0] in _AT_WORK:
            self._book.enter(GuildPhase.MIGRATING, "its worker has let go of it")
        else:
            self._book.enter(*before)
        return None

    def _let_go(self, reply: Reply[Refusable], answer: Refusable) -> None:
        """The lane is nobody's; who asked for it hears so when this actor has ended."""
        self._home.holding = True
        self._home.leaving = True
        self._released, self._release_answer = reply, answer
        self._lane.detach()


_SUPERSEDED = "SUPERSEDED"
_AT_WORK = frozenset({GuildPhase.LIVE, GuildPhase.BOOTING})
_UNDER_WAY = _AT_WORK | {GuildPhase.QUIESCING, GuildPhase.MIGRATING}
