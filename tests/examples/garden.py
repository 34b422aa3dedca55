"""A guild in the local Discord with a script: the real gateway and REST client, a sealed isolate, a real store."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
import trio

from actors.isolate.isolate import Isolate, Run
from actors.isolate.process import open_zygote
from actors.isolate.records import Operation, Record
from actors.operations.kv import register_kv
from actors.ops import OpRefusedError, OpTable
from actors.outcomes import LoadOutcome, RunOutcome
from actors.refs import GuildEvent
from gateway.asks import DiscordAsks
from gateway.gateway import Gateway, GatewayParts, GatewayState, open_gateway
from gateway.inflate import Compression
from gateway.intents import DEFAULT
from gateway.local.discord import LocalConfig, LocalDiscord, open_local_discord
from gateway.operations import RestOperations
from gateway.rest import RestCall, RestClient, RestConfig, open_rest
from gateway.session_store import NoSessions
from gateway.shards import ShardConfig
from sdk.bundler import open_bundler
from storage.ids import GuildId
from storage.kv import KvLimits, open_kv
from tests.actors.operations.conftest import DrivenClock, Script
from tests.gateway.world import KeptKeeper

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
_PATIENCE_S: Final = 60.0
_EVENT_S: Final = 20.0
"""Much more than in production: this is not about time."""


class _Told(msgspec.Struct):
    """What an event is about."""

    id: str | None = None
    message_id: str | None = None
    user_id: str | None = None
    user: "_Told | None" = None

    @property
    def key(self) -> str | None:
        """A message is reacted to by many, the bot among them."""
        if self.message_id is not None:
            return f"{self.message_id} {self.user_id}"
        return self.id or (None if self.user is None else self.user.id)


@dataclass
class Stage:
    """Where the gateway's events go, and the script's wishes."""

    table: OpTable
    state: GatewayState
    nursery: trio.Nursery
    guild: GuildId
    isolate: Isolate | None = None
    runs: dict[str, Run] = field(default_factory=dict[str, Run])
    """By the id of what happened: a message, an interaction."""
    changed: trio.Event = field(default_factory=trio.Event)

    def deliver(self, events: Sequence[GuildEvent]) -> None:
        for event in events:
            self.nursery.start_soon(self._dispatch, event)

    def hears(self, guild: GuildId) -> None: ...

    def heard(self) -> None: ...

    def guilds(self) -> Sequence[GuildId]:
        return []

    async def _dispatch(self, event: GuildEvent) -> None:
        if self.isolate is None:
            return
        name, payload = event.name, event.payload
        if event.old is not None:
            name, payload = f"~{name}", b"[%b,%b]" % (payload, event.old)
        run = await self.isolate.dispatch(name, payload, _EVENT_S)
        told = msgspec.json.decode(event.payload, type=_Told)
        self.runs[f"{event.name} {told.key}"] = run
        self.changed.set()
        self.changed = trio.Event()

    async def over(self, name: str, identity: int | str) -> Run:
        while (run := self.runs.pop(f"{name} {identity}", None)) is None:
            await self.changed.wait()
        return run

    def hear(self, isolate: Isolate, records: list[Record]) -> None:
        for record in records:
            if isinstance(record, Operation):
                self.nursery.start_soon(self._answer, isolate, record)

    async def _answer(self, isolate: Isolate, asked: Operation) -> None:
        caller = Script(self.guild)
        try:
            answer = await self.table.answer(self.state.scopes, caller, asked.name, bytes(asked.arguments))
        except OpRefusedError as refused:
            isolate.refuse(asked.id, refused.message, refused.code, **refused.details)
        else:
            isolate.answer(asked.id, answer)


@dataclass
class Garden:
    """What people do in it, and what they see. Whoever acts waits for the script's handler to end."""

    local: LocalDiscord
    rest: RestClient
    stage: Stage
    channel: int

    def person(self, name: str) -> int:
        return self.local.world.people[self.local.config.people.index(name)]

    async def _ended(self, name: str, identity: int | str) -> None:
        run = await self.stage.over(name, identity)
        assert run.outcome is RunOutcome.OK, run

    async def says(self, who: str, text: str) -> int:
        message = self.local.people.say(self.person(who), self.channel, text)
        await self._ended("messageCreate", message)
        return message

    async def reacts(self, who: str, message: int, emoji: str) -> None:
        self.local.people.react(self.person(who), self.channel, message, emoji)
        await self._ended("messageReactionAdd", f"{message} {self.person(who)}")

    async def edits(self, who: str, message: int, text: str) -> None:
        self.local.people.edit(self.person(who), self.channel, message, text)
        await self._ended("messageUpdate", message)

    async def joins(self, name: str) -> int:
        self.local.people.join(int(self.local.guild_id), name)
        backend = self.local.world.backend
        joined = max(backend.get_guild(int(self.local.guild_id)).members)
        await self._ended("guildMemberAdd", joined)
        return joined

    def roles(self, person: int) -> set[int]:
        return set(self.local.world.backend.get_guild(int(self.local.guild_id)).members[person].role_ids)

    def role(self, name: str) -> int:
        guild = self.local.world.backend.get_guild(int(self.local.guild_id))
        return next(role.id for role in guild.roles.values() if role.name == name)

    async def uses(self, who: str, words: str, **options: Any) -> Any:
        """`/tag show name: rules` is `uses("ada", "tag show", name="rules")`."""
        name, *inner = words.split(" ")
        given = [{"name": key, "type": _kind(value), "value": value} for key, value in options.items()]
        for part in reversed(inner):
            given = [{"name": part, "type": 1, "options": given}]
        record = self.local.people.command(self.person(who), self.channel, name, given, {})
        await self._ended("interactionCreate", record.id)
        return record

    async def presses(self, who: str, label: str) -> Any:
        """The newest button that says so."""
        for message in await self.messages():
            for part in _parts(message["components"]):
                if part.get("label") == label:
                    return await self._component(who, int(message["id"]), part["custom_id"])
        raise AssertionError(f"nobody sees a button {label!r}")

    async def _component(self, who: str, message: int, custom_id: str) -> Any:
        record = self.local.people.component(self.person(who), self.channel, message, custom_id, [])
        await self._ended("interactionCreate", record.id)
        return record

    async def fills(self, who: str, opened: Any, **values: Any) -> Any:
        assert opened.modal is not None, "no form was opened"
        record = self.local.people.modal(self.person(who), opened.id, values, {})
        await self._ended("interactionCreate", record.id)
        return record

    async def messages(self, channel: int | None = None) -> list[dict[str, Any]]:
        """The newest first, as the bot sees them."""
        path = {"channel_id": str(channel or self.channel)}
        answer = await self.rest.request(RestCall("GET", "/channels/{channel_id}/messages", path))
        return list(msgspec.json.decode(answer.body))


def _kind(value: object) -> int:
    return 5 if isinstance(value, bool) else 4 if isinstance(value, int) else 3


def _parts(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    inner = [[*one.get("components", []), *([one["accessory"]] if "accessory" in one else [])] for one in components]
    return [part for one, within in zip(components, inner, strict=True) for part in (one, *_parts(within))]


@asynccontextmanager
async def garden(
    example: str, tmp_path: Path, register: Callable[[OpTable, GuildId], None] = lambda _table, _guild: None
) -> AsyncGenerator[Garden]:
    """The example, deployed. `register` adds what it needs beside data and Discord."""
    table = OpTable()
    with trio.fail_after(_PATIENCE_S):
        async with (
            open_kv(tmp_path / "kv", KvLimits(map_bytes=1 << 30, journal_bytes=1 << 20), DrivenClock()) as kv,
            open_bundler(cache=tmp_path.parent / "esbuild") as bundler,
            open_local_discord(LocalConfig(bucket_limit=None)) as local,
            open_rest(RestConfig(token=local.token, api_url=local.api_url)) as rest,
            open_zygote() as zygote,
            trio.open_nursery() as nursery,
        ):
            asks = DiscordAsks(rest.plain)
            state = GatewayState(asks)
            stage = Stage(table, state, nursery, GuildId(int(local.guild_id)))
            register_kv(table, kv)
            register(table, stage.guild)
            RestOperations(rest, state.scopes, state.cache, state.interactions).register(table)
            config = ShardConfig(token=local.token, intents=DEFAULT, compression=Compression.ZSTD)
            gateway = Gateway(state, GatewayParts(asks, NoSessions(), KeptKeeper()), config, stage)
            async with open_gateway(gateway):
                await gateway.shards.wait_live()
                entry = f"{example}.ts"
                bundled = await bundler.bundle({entry: (EXAMPLES / entry).read_text()}, entry)
                isolate = await zygote.fork(stage.hear)
                loaded = await isolate.load(bundled.source, entry, bundled.source_map)
                assert loaded.outcome is LoadOutcome.LOADED, loaded
                await _register(rest, local, loaded.registrations.get("commands", []))
                stage.isolate = isolate
                channel = local.world.backend.get_guild(int(local.guild_id)).channel_ids[0]
                yield Garden(local, rest, stage, channel)
                stage.isolate = None
                await isolate.close()
            nursery.cancel_scope.cancel()


async def _register(rest: RestClient, local: LocalDiscord, commands: list[dict[str, Any]]) -> None:
    path = {"application_id": local.application_id, "guild_id": local.guild_id}
    await rest.request(
        RestCall("PUT", "/applications/{application_id}/guilds/{guild_id}/commands", path, json=commands)
    )
