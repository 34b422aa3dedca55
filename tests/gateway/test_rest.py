"""The REST client: paced, fair, bounded. Discord is a scripted transport, its limiter a model of its rules."""

import httpx2
import msgspec
import pytest
import trio

from gateway.multipart import File
from gateway.rate_limits import GLOBAL_PER_S, INVALID_MOST, RateLimits, RouteKey
from gateway.rest import DiscordError, RestCall
from storage.ids import GuildId
from tests.gateway.scripted_http import scripted_rest

KEY = RouteKey("POST", "/channels/{channel_id}/messages", "1/", exempt=False)
CALL = RestCall("POST", "/channels/{channel_id}/messages", {"channel_id": "1"}, json={"content": "hi"})


def headers(remaining: int, reset_after: float = 5.0, limit: int = 5) -> dict[str, str]:
    return {
        "x-ratelimit-bucket": "b1",
        "x-ratelimit-limit": str(limit),
        "x-ratelimit-remaining": str(remaining),
        "x-ratelimit-reset-after": str(reset_after),
    }


def test_a_bucket_never_seen_sends_one_and_waits() -> None:
    limits = RateLimits()
    assert limits.take(KEY, 0) == 0
    assert limits.take(KEY, 0) > 0
    limits.answered(KEY, 200, headers(4), 0.1)
    assert [limits.take(KEY, 0.2) == 0 for _ in range(5)] == [True] * 4 + [False]


def test_a_bucket_fills_at_its_reset() -> None:
    limits = RateLimits()
    limits.take(KEY, 0)
    limits.answered(KEY, 200, headers(0), 0)
    wait = limits.take(KEY, 1)
    assert 4 <= wait <= 4.2
    assert limits.take(KEY, 1 + wait) == 0


def test_the_bot_sends_fifty_a_second_and_interactions_beside() -> None:
    limits = RateLimits()
    sent = sum(limits.take(RouteKey("GET", "/x", str(n), exempt=False), 0) == 0 for n in range(100))
    assert sent == GLOBAL_PER_S
    assert limits.take(RouteKey("POST", "/interactions/x", "n", exempt=True), 0) == 0


def test_invalid_requests_stop_everything_but_interactions_long_before_a_ban() -> None:
    limits = RateLimits()
    for number in range(INVALID_MOST):
        key = RouteKey("GET", "/x", str(number), exempt=True)
        limits.take(key, 0)
        limits.answered(key, 403, {}, 0)
    assert limits.take(KEY, 1) > 500
    assert limits.take(KEY, 700) == 0


def test_a_shared_limit_is_waited_for_and_not_our_fault() -> None:
    limits = RateLimits()
    limits.take(KEY, 0)
    wait = limits.answered(KEY, 429, {"retry-after": "3", "x-ratelimit-scope": "shared"}, 0)
    assert wait > 3
    assert limits.refused == 0
    assert limits.take(KEY, 1) > 2


async def test_what_is_sent() -> None:
    seen: list[httpx2.Request] = []

    async def discord(request: httpx2.Request) -> httpx2.Response:
        await trio.lowlevel.checkpoint()
        seen.append(request)
        return httpx2.Response(200, json={"id": "5"})

    rest = scripted_rest(discord)
    answer = await rest.request(
        RestCall(
            "PUT",
            "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
            {"channel_id": "1", "message_id": "2/../3", "emoji_name": "🌸"},
            reason="spring ü",
        )
    )
    assert answer.body == b'{"id":"5"}'
    assert str(seen[0].url).endswith("/channels/1/messages/2%2F..%2F3/reactions/%F0%9F%8C%B8/@me")
    assert seen[0].headers["x-audit-log-reason"] == "spring %C3%BC"
    await rest.request(RestCall("POST", "/x", json={"a": 1}, files=[File("a.txt", b"text", "text/plain")]))
    assert b'name="payload_json"' in seen[1].content
    assert b'name="files[0]"; filename="a.txt"' in seen[1].content


async def test_a_path_that_would_climb_is_refused() -> None:
    async def discord(request: httpx2.Request) -> httpx2.Response:
        await trio.lowlevel.checkpoint()
        raise AssertionError(request.url)

    for part in ("", ".", ".."):
        with pytest.raises(DiscordError):
            await scripted_rest(discord).request(RestCall("GET", "/channels/{channel_id}", {"channel_id": part}))


async def test_errors_say_what_discord_said() -> None:
    async def discord(request: httpx2.Request) -> httpx2.Response:
        await trio.lowlevel.checkpoint()
        return httpx2.Response(400, json={"code": 50035, "message": "Invalid Form Body", "errors": {"content": {}}})

    with pytest.raises(DiscordError) as caught:
        await scripted_rest(discord).request(CALL)
    assert (caught.value.status, caught.value.code, caught.value.errors) == (400, 50035, {"content": {}})
    assert caught.value.route == "POST /channels/{channel_id}/messages"


@pytest.mark.parametrize(("method", "tries"), [("GET", 3), ("POST", 1), ("DELETE", 1)])
async def test_only_what_reads_is_tried_again(method: str, tries: int, autojump_clock: trio.testing.MockClock) -> None:
    count = 0

    async def discord(request: httpx2.Request) -> httpx2.Response:
        nonlocal count
        count += 1
        await trio.lowlevel.checkpoint()
        return httpx2.Response(502, text="<html>")

    with pytest.raises(DiscordError):
        await scripted_rest(discord).request(RestCall(method, "/x"))
    assert count == tries
    assert autojump_clock.current_time() < 8


async def test_a_429_is_waited_for(autojump_clock: trio.testing.MockClock) -> None:
    answers = [httpx2.Response(429, headers={"retry-after": "2"}, json={}), httpx2.Response(200, json={})]

    async def discord(request: httpx2.Request) -> httpx2.Response:
        await trio.lowlevel.checkpoint()
        return answers.pop(0)

    assert (await scripted_rest(discord).request(CALL)).status == 200
    assert autojump_clock.current_time() > 2


async def test_nobody_waits_without_a_bound(autojump_clock: trio.testing.MockClock) -> None:
    async def discord(request: httpx2.Request) -> httpx2.Response:
        await trio.sleep_forever()
        raise AssertionError(request)

    rest = scripted_rest(discord)
    with pytest.raises(DiscordError, match="within 8 s"):
        await rest.request(CALL)
    assert autojump_clock.current_time() == 8
    assert not rest.limits.take(KEY, 9), "the place in the bucket was given back"


async def test_a_loud_guild_waits_for_itself(autojump_clock: trio.testing.MockClock) -> None:
    under_way: dict[str, int] = {}
    most: dict[str, int] = {}

    async def discord(request: httpx2.Request) -> httpx2.Response:
        guild = msgspec.json.decode(request.content)["guild"]
        under_way[guild] = under_way.get(guild, 0) + 1
        most[guild] = max(most.get(guild, 0), under_way[guild])
        await trio.sleep(0.1)
        under_way[guild] -= 1
        return httpx2.Response(200, json={})

    rest = scripted_rest(discord)
    async with trio.open_nursery() as nursery:
        for number in range(40):
            guild = GuildId(1 if number else 2)
            call = RestCall(
                "POST", "/x/{channel_id}", {"channel_id": str(number)}, json={"guild": str(guild)}, guild=guild
            )
            nursery.start_soon(rest.request, call)
    assert most == {"1": 4, "2": 1}
    assert autojump_clock.current_time() < 3
