"""`rest.*`: what goes to Discord for a script, and what does not."""

import json
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest
import trio

from actors.ops import OpRefusedError, OpTable, ScopeRule
from gateway.guild_cache import Channel, Guild, GuildCache
from gateway.interactions import Interaction, OpenInteractions
from gateway.operations import OPERATIONS, RestOperations
from gateway.rest import RestClient, RestConfig
from gateway.scope import Scopes
from tests.gateway.test_scope import OURS, THEIRS, Script
from tests.gateway.world import KeptApi

SPECIFICATION = Path(__file__).parents[3] / "shared" / "discord-openapi.json"


class Bench:
    """The table with everything behind it; Discord answers what `answer` is."""

    def __init__(self) -> None:
        self.requests: list[httpx2.Request] = []
        self.answer = httpx2.Response(200, content=b'{"id": "5"}')
        cache = GuildCache()
        cache.application = 800
        for guild in (OURS, THEIRS):
            cache.guild_available(Guild(str(guild), channels=[Channel(str(guild + 1))]))
        self.interactions = OpenInteractions()
        self.scopes = Scopes(cache, self.interactions, KeptApi(webhooks={777: OURS, 778: THEIRS}))
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(self._discord))
        rest = RestClient(http, RestConfig(token="token", api_url="http://discord.test"))
        self.table = OpTable()
        RestOperations(rest, self.scopes, cache, self.interactions).register(self.table)

    async def _discord(self, request: httpx2.Request) -> httpx2.Response:
        await trio.lowlevel.checkpoint()
        self.requests.append(request)
        return self.answer

    async def ask(self, name: str, **arguments: Any) -> Any:
        encoded = msgspec.json.encode(arguments)
        return msgspec.json.decode(await self.table.answer(self.scopes, Script(), f"rest.{name}", encoded))

    async def refused(self, name: str, **arguments: Any) -> str:
        with pytest.raises(OpRefusedError) as caught:
            await self.ask(name, **arguments)
        assert self.requests == []
        return caught.value.code


async def test_a_message_goes_out_as_it_is() -> None:
    bench = Bench()
    assert await bench.ask("createMessage", channelId=str(OURS + 1), body={"content": "ü"}) == {"id": "5"}
    (request,) = bench.requests
    assert (request.method, request.url.path) == ("POST", f"/channels/{OURS + 1}/messages")
    assert json.loads(request.content) == {"content": "ü"}


async def test_the_guild_is_the_scripts_own() -> None:
    bench = Bench()
    await bench.ask("listGuildMembers", query={"limit": 5, "after": None, "x": True})
    assert str(bench.requests[0].url) == f"http://discord.test/guilds/{OURS}/members?limit=5&x=true"
    bench.requests.clear()
    assert await bench.refused("listGuildMembers", guildId=str(THEIRS)) == "BAD_ARGUMENTS"


async def test_nothing_of_another_guild_is_touched() -> None:
    bench = Bench()
    theirs = str(THEIRS + 1)
    assert await bench.refused("createMessage", channelId=theirs, body={}) == "SCOPE_FORBIDDEN"
    forward = {"message_reference": {"type": 1, "channel_id": theirs, "message_id": "1"}}
    assert await bench.refused("createMessage", channelId=str(OURS + 1), body=forward) == "SCOPE_FORBIDDEN"
    assert await bench.refused("executeWebhook", webhookId="778", webhookToken="x", body={}) == "SCOPE_FORBIDDEN"
    assert await bench.refused("getGuildMember", userId="../../" + theirs) == "BAD_ARGUMENTS"


async def test_interactions_are_answered_with_their_own_tokens_only() -> None:
    bench = Bench()
    now = trio.current_time()
    bench.interactions.given(Interaction(1, "ours", 2, OURS, now))
    bench.interactions.given(Interaction(2, "theirs", 2, THEIRS, now))
    for number, token in (("1", "theirs"), ("2", "theirs"), ("2", "ours")):
        asked = {"interactionId": number, "interactionToken": token, "body": {"type": 4}}
        assert await bench.refused("createInteractionResponse", **asked) == "SCOPE_FORBIDDEN"
    stolen: dict[str, Any] = {"webhookId": "800", "webhookToken": "theirs", "body": {}}
    assert await bench.refused("updateOriginalWebhookMessage", **stolen) == "SCOPE_FORBIDDEN"
    bench.answer = httpx2.Response(204)
    assert await bench.ask("createInteractionResponse", interactionId="1", interactionToken="ours", body={}) is None
    assert bench.interactions.take_unanswered(1, now) is None
    bench.answer = httpx2.Response(200, json={})
    await bench.ask("updateOriginalWebhookMessage", webhookId="800", webhookToken="ours", body={"content": "x"})
    await bench.ask("executeWebhook", webhookId="777", webhookToken="own", body={"content": "x"})


async def test_files_and_reasons() -> None:
    bench = Bench()
    files = [{"name": "a.txt", "data": "dGV4dA==", "contentType": "text/plain"}]
    await bench.ask("createMessage", channelId=str(OURS + 1), body={"content": "x"}, files=files, reason="why")
    (request,) = bench.requests
    assert b'{"content":"x"}' in request.content
    assert b"text" in request.content
    assert request.headers["x-audit-log-reason"] == "why"
    bench.requests.clear()
    bad = [{"name": "a", "data": "???"}]
    assert await bench.refused("createMessage", channelId=str(OURS + 1), files=bad) == "BAD_ARGUMENTS"


async def test_scripts_hear_what_discord_said() -> None:
    bench = Bench()
    bench.answer = httpx2.Response(403, json={"code": 50013, "message": "Missing Permissions"})
    with pytest.raises(OpRefusedError, match="Missing Permissions") as caught:
        await bench.ask("createMessage", channelId=str(OURS + 1), body={})
    assert caught.value.details["status"] == 403
    assert caught.value.details["discordCode"] == 50013


def test_every_row_is_scoped() -> None:
    for op in Bench().table:
        assert op.scope is ScopeRule.OWN_GUILD or op.scope, op.name
        assert op.scope is not ScopeRule.OWN_GUILD or "guilds/{guild_id}" in op.doc, op.name


@pytest.mark.skipif(not SPECIFICATION.exists(), reason="Discord's specification is not beside this folder")
def test_every_row_is_one_of_discords_operations() -> None:
    paths = json.loads(SPECIFICATION.read_text())["paths"]
    for line in OPERATIONS.strip().splitlines():
        name, method, route = line.split()
        words = paths[route][method.lower()]["operationId"].split("_")
        assert words[0] + "".join(word[:1].upper() + word[1:] for word in words[1:]) == name
