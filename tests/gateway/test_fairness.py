"""Days of traffic from 500 guilds against a model of Discord's limiter: never refused, fair, and hardly held back."""

import heapq
import itertools
import math
import random
from collections import Counter
from contextlib import suppress

import httpx2
import msgspec
import pytest
import trio
from trio.testing import MockClock

from gateway.fair_turns import FairTurns
from gateway.rate_limits import RateLimits, RouteKey
from gateway.rest import DiscordError, Priority, RestCall
from storage.ids import GuildId
from tests.gateway.discord_limiter import GLOBAL_PER_S, RULES, Limiter
from tests.gateway.scripted_http import scripted_rest

GUILDS = 500
DAY_S = 86_400.0


async def _hold(turns: FairTurns, guild: int, order: list[str], name: str, *, urgent: bool = False) -> None:
    async with turns.turn_of(guild, urgent=urgent):
        order.append(name)
        await trio.sleep(1)


async def test_the_turn_goes_to_whose_was_the_longest_ago(autojump_clock: MockClock) -> None:
    turns, order = FairTurns(), list[str]()
    async with trio.open_nursery() as nursery:
        for number in range(3):
            nursery.start_soon(_hold, turns, 1, order, f"loud {number}")
            await trio.testing.wait_all_tasks_blocked()
        nursery.start_soon(_hold, turns, 2, order, "quiet")
        await trio.testing.wait_all_tasks_blocked()
        nursery.start_soon(lambda: _hold(turns, 1, order, "urgent", urgent=True))
    assert order == ["loud 0", "urgent", "quiet", "loud 1", "loud 2"]


async def test_who_gives_up_keeps_nobody(autojump_clock: MockClock) -> None:
    turns, order = FairTurns(), list[str]()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_hold, turns, 1, order, "first")
        await trio.testing.wait_all_tasks_blocked()
        for guild in (2, 3):
            with trio.move_on_after(0.1):
                await _hold(turns, guild, order, "gave up")
        nursery.start_soon(_hold, turns, 2, order, "second")
    await _hold(turns, 3, order, "third")
    assert order == ["first", "second", "third"]
    assert "0 of 0" in repr(turns)


class Traffic:
    """Who asks for what. By day ten times as much as by night, sometimes a raid in one guild."""

    def __init__(self, seed: int, mean_per_s: float) -> None:
        self.random = random.Random(seed)
        self.mean = mean_per_s
        self.routes = list(RULES)

    def gap(self, now: float) -> float:
        day = 1 - 0.9 * math.cos(2 * math.pi * now / DAY_S)
        return self.random.expovariate(self.mean * day)

    def ask(self, now: float) -> tuple[int, RouteKey]:
        raid = int(now / 600) % 7 == 0 and self.random.random() < 0.6
        guild = int(now / 600) % GUILDS if raid else min(int(self.random.paretovariate(0.6)) % GUILDS, GUILDS - 1)
        route = self.random.choice(self.routes)
        method, _, path = route.partition(" ")
        channel = self.random.randrange(3)
        return guild, RouteKey(method, path, f"{guild}-{channel}/", exempt=False)


def simulate(days: float, mean_per_s: float, seed: int = 1) -> tuple[Limiter, RateLimits, list[float]]:
    """Everything that is asked, sent as soon as the limits allow; gives how long each waited."""
    traffic = Traffic(seed, mean_per_s)
    model, limits, waits = Limiter(random.Random(seed)), RateLimits(), list[float]()
    counter = itertools.count()
    agenda: list[tuple[float, int, str, RouteKey, float, dict[str, str], int]] = []

    def plan(at: float, what: str, key: RouteKey, asked: float, headers: dict[str, str], status: int) -> None:
        heapq.heappush(agenda, (at, next(counter), what, key, asked, headers, status))

    now, end = 0.0, days * DAY_S
    plan(0.0, "ask", traffic.ask(0.0)[1], 0.0, {}, 0)
    while agenda:
        now, _, what, key, asked, headers, status = heapq.heappop(agenda)
        if what == "ask":
            if (following := now + traffic.gap(now)) < end:
                plan(following, "ask", traffic.ask(following)[1], following, {}, 0)
            what = "try"
        if what == "try":
            wait = limits.take(key, now)
            if wait > 0:
                plan(now + wait, "try", key, asked, {}, 0)
            else:
                waits.append(now - asked)
                plan(now + model.way(), "arrive", key, asked, {}, 0)
        elif what == "arrive":
            status, headers = model.arrive(f"{key.method} {key.route}", key.major, now)
            plan(now + model.way_back(), "answer", key, asked, headers, status)
        else:
            limits.answered(key, status, headers, now)
            if status == 429:
                plan(now, "try", key, asked, {}, 0)
    return model, limits, waits


def _judge(model: Limiter, limits: RateLimits) -> None:
    assert model.answers["global"] == 0, model.answers
    assert model.answers["bucket"] == 0, model.answers
    assert model.answers["shared"] > 0
    assert limits.refused == 0


def test_a_day_of_five_hundred_guilds_is_never_refused() -> None:
    model, limits, waits = simulate(1.0, 4.0)
    _judge(model, limits)
    assert model.answers["done"] > 300_000
    waits.sort()
    assert waits[len(waits) // 2] < 0.05, "half of all hardly wait"


@pytest.mark.soak
@pytest.mark.parametrize("mean_per_s", [6.0, 14.0])
def test_days_of_five_hundred_guilds_are_never_refused(mean_per_s: float) -> None:
    model, limits, _ = simulate(2.0, mean_per_s, seed=2)
    _judge(model, limits)


class Discord:
    """The model behind the client's transport."""

    def __init__(self) -> None:
        self.limiter = Limiter(random.Random(3))
        self.done: Counter[int] = Counter()

    async def __call__(self, request: httpx2.Request) -> httpx2.Response:
        await trio.sleep(self.limiter.way())
        guild = int(msgspec.json.decode(request.content)["guild"])
        major = request.url.path.split("/")[2]
        status, headers = self.limiter.arrive("POST /channels/{channel_id}/messages", major, trio.current_time())
        self.done[guild] += status == 200
        await trio.sleep(self.limiter.way_back())
        return httpx2.Response(status, headers=headers, json={})


async def test_when_more_is_asked_than_may_be_sent_each_guild_gets_its_share(autojump_clock: MockClock) -> None:
    """60 guilds ask without end, in ever new channels; 440 ask now and then. For one minute."""
    discord = Discord()
    rest = scripted_rest(discord)
    channels = itertools.count()
    quiet: list[float] = []
    urgent: list[float] = []

    async def send(guild: int, priority: Priority = Priority.NORMAL) -> float:
        began = trio.current_time()
        call = RestCall(
            "POST", "/channels/{channel_id}/messages", {"channel_id": str(next(channels))},
            json={"guild": guild}, guild=GuildId(guild), priority=priority,
        )  # fmt: skip
        await rest.request(call)
        return trio.current_time() - began

    async def loud(guild: int) -> None:
        while True:
            with suppress(DiscordError):  # nobody waits for longer than 8 s
                await send(guild)

    async def now_and_then(guild: int) -> None:
        await trio.sleep(guild % 60)
        quiet.append(await send(guild))
        if guild % 10 == 0:
            urgent.append(await send(guild, Priority.INTERACTION))

    with trio.move_on_after(60):
        async with trio.open_nursery() as nursery:
            for guild in range(60):
                for _ in range(6):
                    nursery.start_soon(loud, guild)
            for guild in range(60, GUILDS):
                nursery.start_soon(now_and_then, guild)
    assert (discord.limiter.answers["global"], discord.limiter.answers["bucket"]) == (0, 0)
    assert discord.done.total() >= 0.95 * GLOBAL_PER_S * 59
    shares = [discord.done[guild] for guild in range(60)]
    assert sum(shares) ** 2 / (len(shares) * sum(one * one for one in shares)) > 0.99, "Jain's index"
    assert len(quiet) > 430
    # Once around the loud guilds takes 1.3 s, all that they have queued more than 5. A shared 429 costs another round.
    assert max(quiet) < 4.0, "who asks seldom does not queue behind the loud"
    assert max(urgent) < 4.0


async def test_a_storm_of_cancels_leaves_the_client_whole(autojump_clock: MockClock) -> None:
    """Requests are given up at every stage of their waiting; what comes after goes through."""
    discord = Discord()
    rest = scripted_rest(discord)

    def call(channel: int, guild: int) -> RestCall:
        return RestCall(
            "POST",
            "/channels/{channel_id}/messages",
            {"channel_id": str(channel)},
            json={"guild": 1},
            guild=GuildId(guild),
        )

    async def give_up(number: int) -> None:
        with trio.move_on_after(number * 0.01), suppress(DiscordError):
            await rest.request(call(number % 7, number % 5))

    async with trio.open_nursery() as nursery:
        for number in range(1, 400):
            nursery.start_soon(give_up, number)
    await trio.sleep(10)
    before = discord.done[1]
    for number in range(20):
        try:
            await rest.request(call(number % 7, number % 5))
        except DiscordError as error:  # pragma: no cover - said in full when it happens
            pytest.fail(f"{number}: {error}")
    assert discord.done[1] == before + 20
    assert (discord.limiter.answers["global"], discord.limiter.answers["bucket"]) == (0, 0)
