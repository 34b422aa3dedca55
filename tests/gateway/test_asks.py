"""The gateway's own questions to Discord, on requests that are scripted."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
import trio

from gateway.asks import Answered, DiscordAsks
from gateway.discord_api import DiscordAwayError, DiscordRefusesError
from gateway.scope import LookUpError
from storage.ids import GuildId
from tests.gateway.discord_table import request_faults


class Scripted:
    """A Request that gives one answer and keeps what was asked."""

    def __init__(self, status: int, body: object = None) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self._answer = Answered(status, body if isinstance(body, bytes) else msgspec.json.encode(body))

    async def __call__(
        self, method: str, route: str, path: Mapping[str, str], json: Any = None, guild: GuildId | None = None
    ) -> Answered:
        await trio.lowlevel.checkpoint()
        del guild
        assert request_faults(method, route.format_map(path), {}, json) == []
        self.asked.append((method, route.format_map(path), json))
        return self._answer


ADVICE = {
    "url": "wss://gateway.example",
    "shards": 9,
    "session_start_limit": {"total": 1000, "remaining": 999, "reset_after": 14400000, "max_concurrency": 2},
}


async def test_where_the_gateway_is() -> None:
    advice = await DiscordAsks(Scripted(200, ADVICE)).gateway_advice()
    assert (advice.url, advice.shards, advice.session_start_limit.max_concurrency) == ("wss://gateway.example", 9, 2)


async def test_a_wrong_token_and_an_absent_discord_are_told_apart() -> None:
    with pytest.raises(DiscordRefusesError):
        await DiscordAsks(Scripted(401)).gateway_advice()
    for scripted in (Scripted(503), Scripted(200, b"<html>"), Scripted(200, {"url": 1})):
        with pytest.raises(DiscordAwayError):
            await DiscordAsks(scripted).gateway_advice()


@pytest.mark.parametrize(
    ("status", "body", "owner"),
    [(200, {"guild_id": "12"}, 12), (200, {"type": 1}, None), (403, {}, None), (404, {}, None)],
)
async def test_whose_a_channel_is(status: int, body: object, owner: int | None) -> None:
    scripted = Scripted(status, body)
    assert await DiscordAsks(scripted).guild_of_channel(5, GuildId(1)) == owner
    assert await DiscordAsks(scripted).guild_of_webhook(6, GuildId(1)) == owner
    assert [path for _, path, _ in scripted.asked] == ["/channels/5", "/webhooks/6"]


async def test_a_look_up_that_fails_is_no_answer() -> None:
    with pytest.raises(LookUpError):
        await DiscordAsks(Scripted(500)).guild_of_channel(5, GuildId(1))


async def test_a_failed_command_is_told_to_its_member_alone() -> None:
    scripted = Scripted(204)
    await DiscordAsks(scripted).say_it_failed(55, "secret", "It failed.")
    ((method, path, json),) = scripted.asked
    assert (method, path) == ("POST", "/interactions/55/secret/callback")
    assert json["type"] == 4
    assert json["data"]["flags"] == 64
    with pytest.raises(DiscordAwayError):
        await DiscordAsks(Scripted(404)).say_it_failed(55, "secret", "It failed.")
