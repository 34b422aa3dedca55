"""Sessions, OAuth state, caches; and what happens when the server is away."""

import os
import signal
from dataclasses import replace
from typing import Any

import pytest
import trio

from storage.bridge import Bridge
from storage.confidential import ServerUrl
from storage.embedded import ServerUrls, open_own
from storage.embedded.directory import open_data_directory
from storage.embedded.valkey import ValkeyServer
from storage.errors import CacheUnavailable, InvalidInput
from storage.limits import StorageLimits
from storage.redis.client import Cache, CacheHealth, Commands, open_cache
from storage.redis.values import TimedValues, count_hits, oauth_states, permissions, scopes, sessions
from tests.storage.servers import reachable_directory


async def test_a_session_is_kept_and_forgotten_when_told(cache: Cache) -> None:
    store = sessions(cache)
    await store.put("sid", {"user": "1", "name": "ünï 🎉"})

    assert await store.get("sid") == {"user": "1", "name": "ünï 🎉"}
    assert await store.get("other") is None
    assert await permissions(cache).get("sid") is None
    await store.remove("sid")
    assert await store.get("sid") is None


async def test_an_oauth_state_is_good_for_one_of_many_who_bring_it(cache: Cache) -> None:
    store = oauth_states(cache)
    await store.put("state", {"next": "/"})
    taken: list[object] = []

    async def take() -> None:
        taken.append(await store.take("state"))

    async with trio.open_nursery() as nursery:
        for _ in range(10):
            nursery.start_soon(take)

    assert taken.count(None) == 9
    assert {"next": "/"} in taken


async def test_values_have_the_life_they_were_given(cache: Cache) -> None:
    """The server's own clock says how long each lives; nobody has to wait for it."""
    for store, life in [
        (sessions(cache), cache.limits.session_life),
        (oauth_states(cache), cache.limits.oauth_state_life),
        (permissions(cache), cache.limits.permission_life),
        (scopes(cache), cache.limits.scope_life),
    ]:
        await store.put("life", 1)
        key = store.key("life")

        async def left(commands: Commands, key: str = key) -> int:
            return int(await commands.eval("return redis.call('PTTL', KEYS[1])", 1, key))

        assert 0 < await cache.run(left) <= life * 1000


async def test_the_cache_cannot_be_read_for_session_ids(cache: Cache) -> None:
    await sessions(cache).put("very-secret-id", 1)

    async def keys(commands: Commands) -> Any:
        return await commands.eval("return redis.call('KEYS', '*')", 0)

    assert b"very-secret-id" not in b"".join(await cache.run(keys))


async def test_what_somebody_else_wrote_is_as_if_it_were_not_there(cache: Cache) -> None:
    store = sessions(cache)

    async def scribble(commands: Commands) -> None:
        await commands.set(store.key("x"), b"{not json", px=60_000)

    await cache.run(scribble)
    assert await store.get("x") is None


async def test_hits_are_counted_within_a_window_for_all(cache: Cache) -> None:
    name = f"login {os.urandom(4).hex()}"
    counts = [(await count_hits(cache, {name: more}, 60))[name].count for more in (1, 1, 3)]
    assert counts == [1, 2, 5]
    both = await count_hits(cache, {name: 1, f"{name}x": 1}, 60)
    assert [one.count for one in both.values()] == [6, 1]
    assert all(0 < one.seconds_left <= 60 for one in both.values())


async def test_of_many_who_claim_one_gets_it(cache: Cache) -> None:
    values = TimedValues(cache, "claim", 60)
    name = os.urandom(4).hex()

    assert [await values.claim(name), await values.claim(name)] == [True, False]
    await values.remove(name)
    assert await values.claim(name)


async def test_bad_values_are_refused_and_odd_names_are_not(cache: Cache) -> None:
    store = sessions(cache)
    bad: list[Any] = ["\0", "\ud800", {1}, "x" * 20_000]
    for value in bad:
        with pytest.raises(InvalidInput, match="session"):
            await store.put("x", value)
    await store.put("\0\ud800 🎉\r\nFLUSHALL", 1)
    assert await store.get("\0\ud800 🎉\r\nFLUSHALL") == 1


async def test_cancelled_calls_never_cross_answers(cache: Cache) -> None:
    store = TimedValues(cache, "storm", 60)
    for number in range(8):
        await store.put(str(number), number)

    async def ask(number: int) -> None:
        for turn in range(40):
            with trio.move_on_after(0.0005 * (turn % 9)):
                assert await store.get(str(number)) == number

    async with trio.open_nursery() as nursery:
        for number in range(8):
            nursery.start_soon(ask, number)
    assert [await store.get(str(number)) for number in range(8)] == list(range(8))
    assert not cache.health().degraded


async def test_a_cache_that_goes_and_comes_back(bridge: Bridge, limits: StorageLimits) -> None:
    """Away: refused at once and called degraded. Back: used again without anybody doing anything."""
    with reachable_directory() as home, open_data_directory(home / "data") as data:
        server = ValkeyServer(data)
        async with open_cache(bridge, server.url, limits) as cache:
            store = sessions(cache)
            async with open_own(server, data, limits):
                await store.put("sid", 1)
                assert cache.health() == CacheHealth(degraded=False)
            with pytest.raises(CacheUnavailable):
                await store.get("sid")
            assert cache.health().degraded
            async with open_own(server, data, limits):
                assert await eventually_get(store, "sid") == 1
            assert not cache.health().degraded


async def test_sessions_survive_a_killed_server(bridge: Bridge, limits: StorageLimits) -> None:
    with reachable_directory() as home, open_data_directory(home / "data") as data:
        server = ValkeyServer(data)
        async with open_own(server, data, limits), open_cache(bridge, server.url, limits) as cache:
            store = sessions(cache)
            await store.put("sid", 1)
            pid = server.running_pid()
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            assert await eventually_get(store, "sid") == 1


async def eventually_get(store: TimedValues, name: str) -> object:
    """Ask until the cache answers; the suite's timeout is the clock."""
    while True:
        try:
            return await store.get(name)
        except CacheUnavailable:
            await trio.sleep(0.02)


async def test_a_frozen_cache_is_given_up_within_the_bound(bridge: Bridge, limits: StorageLimits) -> None:
    impatient = replace(limits, cache_wait=0.2)
    with reachable_directory() as home, open_data_directory(home / "data") as data:
        server = ValkeyServer(data)
        async with open_own(server, data, limits), open_cache(bridge, server.url, limits) as cache:
            await cache.ping()
            cache.limits = impatient
            pid = server.running_pid()
            assert pid is not None
            os.kill(pid, signal.SIGSTOP)
            try:
                with pytest.raises(CacheUnavailable):
                    await cache.ping()
            finally:
                os.kill(pid, signal.SIGCONT)


async def test_a_wrong_password_is_said_without_it(bridge: Bridge, by_url: ServerUrls, limits: StorageLimits) -> None:
    url = ServerUrl(by_url.cache.reveal().replace("p%40ss", "hunter2"))
    async with open_cache(bridge, url, limits) as cache:
        with pytest.raises(CacheUnavailable) as refused:
            await cache.ping()
    assert "hunter2" not in str(refused.value) + repr(url) + repr(cache)
    assert refused.value.__suppress_context__


async def test_a_url_that_is_none_is_refused(bridge: Bridge, limits: StorageLimits) -> None:
    with pytest.raises(CacheUnavailable, match="CACHE_URL") as refused:
        async with open_cache(bridge, ServerUrl("http://user:hunter2@host"), limits):
            pass
    assert "hunter2" not in str(refused.value)
