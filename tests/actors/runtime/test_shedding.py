"""Lanes and backlogs without any isolate: whatever is put in, taken, given back, dropped and moved, counts hold, and
every event is told of once."""

import contextlib
from collections import Counter, defaultdict, deque

import pytest
import trio
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from actors.actor import Mailbox, Reply
from actors.guild.audience import Audience
from actors.guild.lane import Item, Lane
from actors.guild.shedding import DROPPABLE, Backlog
from actors.guild.surroundings import Surroundings
from actors.isolate.isolate import Run
from actors.limits import RuntimeLimits
from actors.messages import Boot, Dispatch, Recycle, Restart, Resume, Sleep, Wake, WorkerMessage
from actors.ops import OpTable
from actors.placement import WorkerId
from actors.refs import GuildEvent, RuntimeRefusedError
from storage.ids import GuildId
from tests.actors.runtime.playbook import Anywhere, Record

LIMITS = RuntimeLimits(mailbox=6, mailbox_never_shed=8, mailbox_reserve=3, commands=4, backlog=10)
CHATTER, OTHER_KIND = "messageCreate", "guildMemberAdd"


class Owner:
    """A worker, as lanes see it."""

    def __init__(self, number: int = 0, backlog: int = LIMITS.backlog) -> None:
        self.worker = WorkerId(number)
        self.mailbox: Mailbox[WorkerMessage] = Mailbox(f"worker {number}", 10_000)
        self.backlog = Backlog(backlog)
        self.leaving = False

    def leave(self) -> None:
        self.leaving = True

    def told(self) -> list[WorkerMessage]:
        told: list[WorkerMessage] = []
        with contextlib.suppress(trio.WouldBlock):
            while True:
                told.append(self.mailbox.take_nowait())
        return told


def surroundings(record: Record, limits: RuntimeLimits = LIMITS) -> Surroundings:
    return Surroundings(
        ops=OpTable(),
        scopes=Anywhere(),
        logs=record,
        bundles=record,
        observer=record,
        on_outcome=record.on_outcome,
        limits=limits,
    )


def make_lane(record: Record, owner: Owner | None = None, guild: int = 1, limits: RuntimeLimits = LIMITS) -> Lane:
    lane = Lane(GuildId(guild), surroundings(record, limits), Audience())
    lane.gone = False
    if owner is not None:
        lane.attach(owner)
    return lane


def event(number: int, name: str = CHATTER, guild: int = 1) -> GuildEvent:
    return GuildEvent(GuildId(guild), name, b"%d" % number)


def numbers(items: list[Item]) -> list[int]:
    return [int(item.event.payload) for item in items]


# -- a lane ---------------------------------------------------------------------------------------------------------


def test_a_lane_without_an_actor_asks_its_worker_for_one_once() -> None:
    owner = Owner()
    lane = make_lane(Record(), owner)
    lane.put([event(1)])
    lane.put([event(2)])
    assert owner.told() == [Wake(lane)]
    lane.begin_actor()
    lane.put([event(3)])
    assert owner.told() == []
    lane.end_actor()
    assert owner.told() == [Wake(lane)]


def test_a_lane_that_nobody_has_keeps_what_comes_and_tells_its_next_worker() -> None:
    lane = make_lane(Record())
    lane.put([event(1), event(2)])
    owner = Owner()
    lane.attach(owner)
    lane.wake()
    assert (owner.told(), numbers(lane.take(9)), owner.backlog.waiting) == ([Wake(lane)], [1, 2], 0)


def test_a_worker_that_is_ending_is_not_woken_and_its_lane_can_be_woken_later() -> None:
    owner, successor = Owner(), Owner(1)
    lane = make_lane(Record(), owner)
    owner.mailbox.close()
    lane.put([event(1)])
    lane.detach()
    lane.attach(successor)
    lane.wake()
    assert successor.told() == [Wake(lane)]


def test_of_chatter_the_oldest_goes_when_the_mailbox_is_full_and_what_is_never_shed_stays() -> None:
    record = Record()
    lane = make_lane(record, Owner())
    lane.put([event(number) for number in range(6)])
    lane.put([event(number, OTHER_KIND) for number in range(6, 14)])
    lane.put([event(14, OTHER_KIND), event(15)])
    assert numbers(lane.take(20)) == list(range(6, 14))
    assert record.drops == {"shed": 7, "mailbox_full": 1}
    assert [int(payload) for payload, _ in record.outcomes[GuildId(1)]] == [*range(6), 14, 15]


@pytest.mark.parametrize(
    ("gone", "pausing", "waiting", "code"),
    [(True, "", 0, "NOT_DEPLOYED"), (False, "by its owner", 0, "PAUSED"), (False, "", 8, "GUILD_BUSY")],
)
async def test_who_asks_where_nothing_can_run_is_refused(gone: bool, pausing: str, waiting: int, code: str) -> None:  # noqa: FBT001
    lane = make_lane(Record(), Owner())
    lane.put([event(number, OTHER_KIND) for number in range(waiting)])
    lane.gone, lane.book.pausing = gone, pausing
    send, receive = trio.open_memory_channel[Run | Exception](1)
    lane.ask(Dispatch(event(9), 1.0, trio.CancelScope(), Reply(send)))
    refusal = await receive.receive()
    assert isinstance(refusal, RuntimeRefusedError)
    assert (refusal.code, lane.waiting) == (code, waiting)


async def test_who_asked_for_what_is_dropped_hears_of_it() -> None:
    lane = make_lane(Record(), Owner())
    send, receive = trio.open_memory_channel[Run | Exception](1)
    lane.ask(Dispatch(event(9), 1.0, trio.CancelScope(), Reply(send)))
    lane.drop_all("undeployed")
    refusal = await receive.receive()
    assert isinstance(refusal, RuntimeRefusedError)
    assert refusal.code == "UNDEPLOYED"


async def test_commands_that_nobody_will_obey_are_refused() -> None:
    lane = make_lane(Record(), Owner())
    send, receive = trio.open_memory_channel[RuntimeRefusedError | None](1)
    lane.command(Resume(Reply(send)))
    lane.refuse_commands(RuntimeRefusedError("UNAVAILABLE", "flora is stopping"))
    assert str(await receive.receive()) == "flora is stopping"
    assert lane.idle


async def test_reactions_leave_interactions_their_room() -> None:  # noqa: ASYNC124  a lane tells the time by trio
    record = Record()
    lane = make_lane(record, Owner())
    lane.put([event(number, "messageReactionAdd") for number in range(20)])
    lane.put([event(number, "interactionCreate") for number in range(20, 24)])
    assert numbers(lane.take(99)) == [*range(8), 20, 21, 22]
    assert record.drops == {"mailbox_full": 13}


def test_a_cron_finds_room_where_chatter_would_not() -> None:
    record = Record()
    lane = make_lane(record, Owner())
    lane.put([event(number, OTHER_KIND) for number in range(7)])
    send, _receive = trio.open_memory_channel[Run | Exception](1)
    lane.ask(Dispatch(event(7, "__cron"), 1.0, trio.CancelScope(), Reply(send)))
    assert numbers(lane.take(99)) == list(range(8))


async def test_commands_are_bounded_and_the_houses_own_wait_once() -> None:
    lane = make_lane(Record(), Owner())
    replies = [trio.open_memory_channel[RuntimeRefusedError | None](1) for _ in range(6)]
    for send, _receive in replies:
        lane.command(Restart(Reply(send)))
    for _ in range(3):
        lane.command(Boot())
        lane.command(Sleep())
        lane.command_first(Recycle())
    assert (lane.commands_waiting, lane.commands_peak) == (7, 7)
    for _send, receive in replies[4:]:
        refusal = await receive.receive()
        assert refusal is not None
        assert refusal.code == "GUILD_BUSY"
    taken = [lane.next_command() for _ in range(7)]
    assert taken[0] == Recycle()
    assert taken[5:] == [Boot(), Sleep()]


def test_drops_are_told_once() -> None:
    record = Record()
    lane = make_lane(record, Owner())
    lane.put([event(number) for number in range(9)])
    lane.tell_drops()
    lane.tell_drops()
    assert record.lines[GuildId(1)] == ["warn: dropped 3 events: 3 because too many waited"]


# -- a backlog ------------------------------------------------------------------------------------------------------


def test_the_noisiest_loses_and_a_quiet_one_nothing() -> None:
    record, owner = Record(), Owner()
    quiet, loud = make_lane(record, owner, 1), make_lane(record, owner, 2, RuntimeLimits(mailbox=100))
    quiet.put([event(number) for number in range(4)])
    loud.put([event(number, guild=2) for number in range(50)])
    quiet.put([event(4), event(5)])
    assert (quiet.waiting, loud.waiting) == (6, 4)
    assert (quiet.book.drops, loud.book.drops) == ({}, {"shed": 46})


def test_a_noisy_guild_that_moved_away_is_not_blamed_for_what_waits_here() -> None:
    record, here, there = Record(), Owner(0), Owner(1, backlog=1000)
    limits = RuntimeLimits(mailbox=100)
    moved, stayed = make_lane(record, here, 1, limits), make_lane(record, here, 2, limits)
    moved.put([event(number) for number in range(11)])  # it is known as the noisiest
    moved.detach()
    moved.attach(there)
    stayed.put([event(number, guild=2) for number in range(11)])
    assert (moved.waiting, stayed.waiting, here.backlog.waiting, there.backlog.waiting) == (10, 10, 10, 10)


def test_a_worker_that_is_given_too_much_sheds_at_once() -> None:
    lane = make_lane(Record(), limits=RuntimeLimits(mailbox=100))
    lane.put([event(number) for number in range(30)])
    owner = Owner()
    lane.attach(owner)
    assert (owner.backlog.waiting, lane.waiting) == (10, 10)


class Lanes(RuleBasedStateMachine):
    """Four guilds, two workers, and everything that may be done to a lane."""

    def __init__(self) -> None:
        super().__init__()
        self.record = Record()
        self.owners = [Owner(0), Owner(1)]
        self.lanes: dict[int, Lane] = {}
        self.next_number = 0
        self.taken: dict[int, deque[Item]] = defaultdict(deque)
        self.ended: Counter[int] = Counter()
        self.started: dict[int, list[int]] = defaultdict(list)

    guilds = st.integers(1, 4)

    @initialize()
    def guilds_come(self) -> None:
        for guild in range(1, 5):
            self.lanes[guild] = make_lane(self.record, self.owners[guild % 2], guild)

    @rule(guild=guilds, names=st.lists(st.sampled_from([CHATTER, "typingStart", OTHER_KIND]), max_size=9))
    def put(self, guild: int, names: list[str]) -> None:
        first = self.next_number
        self.next_number += len(names)
        self.lanes[guild].put([event(first + at, name, guild) for at, name in enumerate(names)])

    @rule(guild=guilds, most=st.integers(0, 5))
    def take(self, guild: int, most: int) -> None:
        self.taken[guild].extend(self.lanes[guild].take(most))

    @rule(guild=guilds)
    def give_back(self, guild: int) -> None:
        self.lanes[guild].give_back(list(self.taken.pop(guild, ())))

    @rule(guild=guilds)
    def start(self, guild: int) -> None:
        for number in numbers(list(self.taken.pop(guild, ()))):
            self.started[guild].append(number)

    @rule(guild=guilds, to=st.sampled_from([None, 0, 1]))
    def move(self, guild: int, to: int | None) -> None:
        lane = self.lanes[guild]
        lane.detach()
        if to is not None:
            lane.attach(self.owners[to])

    @rule(guild=guilds, pausing=st.booleans())
    def pause_or_go_on(self, guild: int, pausing: bool) -> None:  # noqa: FBT001
        lane = self.lanes[guild]
        lane.book.pausing = "why not" if pausing else ""
        if pausing:
            lane.drop_all("paused")

    @invariant()
    def counts_hold(self) -> None:
        for owner in self.owners:
            there = [lane for lane in self.lanes.values() if lane.owner is owner]
            assert owner.backlog.waiting == sum(lane.droppable for lane in there)
            assert owner.backlog.peak >= owner.backlog.waiting
            assert set(owner.backlog._noisy) == {lane for lane in there if lane.droppable}
        for lane in self.lanes.values():
            assert lane.droppable == sum(item.event.name in DROPPABLE for item in lane._items)
            assert lane.book.drops.keys() <= {"shed", "paused", "mailbox_full"}

    @invariant()
    def every_event_is_somewhere_once(self) -> None:
        places: Counter[int] = Counter()
        for guild, lane in self.lanes.items():
            waiting = numbers(list(lane._items))
            assert waiting == sorted(waiting)
            assert self.started[guild] == sorted(self.started[guild])
            places.update(waiting)
            places.update(numbers(list(self.taken[guild])))
            places.update(self.started[guild])
            places.update(int(payload) for payload, _ in self.record.outcomes[GuildId(guild)])
        assert places == Counter(range(self.next_number))


TestLanes = Lanes.TestCase
TestLanes.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
