"""`rest.*`: what goes to Discord for a script, and what does not."""

from typing import Any

import httpx2
import msgspec
import pytest
import trio

from actors.ops import OpRefusedError, OpTable, ScopeRule
from gateway.guild_cache import Channel, Guild, GuildCache
from gateway.interactions import Interaction, OpenInteractions
from gateway.operations import OPERATIONS, RestOperations
from gateway.scope import Scopes
from tests.gateway.discord_table import SHAPES, TABLE, find, request_faults
from tests.gateway.scripted_http import scripted_rest
from tests.gateway.test_scope import OURS, THEIRS, Script
from tests.gateway.world import KeptApi


class Bench:
    """The table with everything behind it; Discord answers what `answer` is."""

    def __init__(self) -> None:
        self.requests: list[httpx2.Request] = []
        self.answer = httpx2.Response(200, content=b'{"id": "5"}')
        self.cache = cache = GuildCache()
        cache.application = 800
        for guild in (OURS, THEIRS):
            cache.guild_available(Guild(str(guild), channels=[Channel(str(guild + 1))]))
        self.interactions = OpenInteractions()
        self.scopes = Scopes(cache, self.interactions, KeptApi(webhooks={777: OURS, 778: THEIRS}))
        rest = scripted_rest(self._discord)
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
    assert msgspec.json.decode(request.content) == {"content": "ü"}


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


NOT_FOR_SCRIPTS = {
    "of the application": {"getBotGateway", "getMyApplication", "updateMyApplication"},
    "done by registration": {
        *("bulkSetGuildApplicationCommands", "createGuildApplicationCommand", "updateGuildApplicationCommand"),
        "deleteGuildApplicationCommand",
    },
    "refused to bots": {"setGuildApplicationCommandPermissions", "addGroupDmUser", "deleteGroupDmUser"},
    "there by another name": {"deprecatedCreatePin", "deprecatedDeletePin", "deprecatedListPins"},
    "of another guild": {"followChannel"},
    "of other programs": {"executeGithubCompatibleWebhook", "executeSlackCompatibleWebhook"},
    "only for those in a voice channel": {"sendSoundboardSound"},
    "a picture": {"getGuildWidgetPng"},
}


def test_every_operation_in_a_guild_is_there_or_left_out_for_a_reason() -> None:
    rows = {line.split()[0] for line in OPERATIONS.strip().splitlines()}
    assert TABLE.keys() - rows == set().union(*NOT_FOR_SCRIPTS.values())


BY_BODY = {"rest.createStageInstance"}
"""What they are of stands in their body, and is looked at there."""


async def test_what_a_body_names_is_the_guilds_own() -> None:
    bench = Bench()
    theirs, ours = str(THEIRS + 1), str(OURS + 1)
    for name, more in (
        ("createStageInstance", {"topic": "x"}),
        ("createGuildScheduledEvent", {"name": "x"}),
        ("updateGuildMember", {}),
    ):
        path = {"userId": "5"} if name == "updateGuildMember" else {}
        assert await bench.refused(name, **path, body={"channel_id": theirs, **more}) == "SCOPE_FORBIDDEN"
        await bench.ask(name, **path, body={"channel_id": ours, **more})
        bench.requests.clear()
    nothing: list[Any] = [{"topic": "x"}, {"channel_id": None}, [], None]
    for body in nothing:
        assert await bench.refused("createStageInstance", body=body) == "BAD_ARGUMENTS"


async def test_commands_are_looked_at_and_not_written() -> None:
    bench = Bench()
    await bench.ask("getGuildApplicationCommand", commandId="5")
    assert bench.requests[0].url.path == f"/applications/800/guilds/{OURS}/commands/5"
    bench.requests.clear()
    bench.cache.application = None
    assert await bench.refused("listGuildApplicationCommands") == "SCOPE_UNKNOWN"
    known = {(TABLE[op.name.removeprefix("rest.")]["method"], op.name) for op in bench.table if "/commands" in op.doc}
    assert {method for method, _ in known} == {"GET"}


def test_every_row_is_scoped() -> None:
    for op in Bench().table:
        assert op.scope is ScopeRule.OWN_GUILD or op.scope, op.name
        assert op.scope is not ScopeRule.OWN_GUILD or "guilds/{guild_id}" in op.doc or op.name in BY_BODY, op.name


def test_every_row_is_one_of_discords_operations() -> None:
    for line in OPERATIONS.strip().splitlines():
        name, method, route = line.split()
        assert (TABLE[name]["method"], TABLE[name]["route"]) == (method, route)


def _full(name: str) -> dict[str, Any]:
    """Arguments with everything that Discord's document has for an operation."""
    row = TABLE[name]
    arguments: dict[str, Any] = {}
    for part in row["route"].split("/"):
        if part.startswith("{") and part not in {"{guild_id}", "{application_id}"}:
            first, *rest = part[1:-1].split("_")
            arguments[first + "".join(word.capitalize() for word in rest)] = str(OURS + 1)
    if "query" in row:
        arguments["query"] = {query: SHAPES.example(shape) for query, shape in row["query"].items()}
    if "body" in row:
        arguments["body"] = SHAPES.example(row["body"])
    return arguments


NAMES = [line.split()[0] for line in OPERATIONS.strip().splitlines()]
THEIR_OWN = {
    ScopeRule.CHANNEL: str(THEIRS + 1),
    ScopeRule.WEBHOOK: "778",
    ScopeRule.INTERACTION: str(THEIRS + 1),
}


@pytest.mark.parametrize("name", NAMES)
async def test_a_script_of_another_guild_is_refused(name: str) -> None:
    """Whichever of the names in its path is another guild's; and no operation takes a guild."""
    bench = Bench()
    bench.cache.webhook_found(OURS + 1, OURS)
    now = trio.current_time()
    bench.interactions.given(Interaction(OURS + 1, str(OURS + 1), 2, OURS, now))
    bench.interactions.given(Interaction(THEIRS + 1, str(THEIRS + 1), 2, THEIRS, now))
    path = {key: value for key, value in _full(name).items() if key not in {"query", "body"}}
    scope = next(op.scope for op in bench.table if op.name == f"rest.{name}")
    for target in () if isinstance(scope, ScopeRule) else scope:
        if target.rule in THEIR_OWN:
            theirs = path | {target.argument: THEIR_OWN[target.rule]}
            assert await bench.refused(name, **theirs) == "SCOPE_FORBIDDEN", target
    assert await bench.refused(name, **path, guildId=str(THEIRS)) == "BAD_ARGUMENTS"


@pytest.mark.parametrize("name", NAMES)
async def test_a_request_is_what_discords_document_has(name: str) -> None:
    """With every query and field at once: nothing is renamed, left out or added on the way."""
    bench = Bench()
    bench.cache.webhook_found(OURS + 1, OURS)
    bench.interactions.given(Interaction(OURS + 1, str(OURS + 1), 2, OURS, trio.current_time()))
    arguments = _full(name)
    if "message_reference" in arguments.get("body", {}):
        arguments["body"]["message_reference"] = {"channel_id": str(OURS + 1), "message_id": "1"}
    if "channel_id" in arguments.get("body", {}):
        arguments["body"]["channel_id"] = str(OURS + 1)
    await bench.ask(name, **arguments)
    (request,) = bench.requests
    sent = msgspec.json.decode(request.content) if request.content else None
    path = request.url.path
    assert find(request.method, path) == (name, TABLE[name])
    assert request_faults(request.method, path, dict(request.url.params), sent) == []
    assert sent == arguments.get("body")
    assert set(request.url.params) == {key for key, value in arguments.get("query", {}).items() if value is not None}
