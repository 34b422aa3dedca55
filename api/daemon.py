"""The composition root: opens every part of the daemon and joins them.

    async with open_daemon(load_config(None, os.environ)) as daemon:
        await daemon.ended()

From the inside outwards: stores, Discord's REST client, the runtime, what stands around it (clocks, secrets, the way
out), the API, and last the gateway, so that whoever takes events finds everything behind it.
"""

import gc
import logging
import os
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import trio

from actors.guild.surroundings import GuildLogSink, Surroundings
from actors.metrics import Metrics, of_mailboxes, of_workers
from actors.ops import OpTable
from actors.outcomes import RunOutcome
from actors.refs import GuildEvent
from actors.services import Needs, Services, open_services
from actors.system import System, open_runtime
from api.assembly import DISCORD_AUTHORIZE, Api, ApiNeeds, open_api
from api.bootstrap import api_secret, first_operator_token
from api.config import Config
from api.deployed import DatabaseBundles, Greet, Keeper
from api.deployer import DeployAsked
from api.directory import DiscordDirectory
from api.problems import Problem
from api.server import Serving, serve_app
from api.stores import Stores, now, open_stores, unix_now
from gateway.asks import DiscordAsks
from gateway.commands import CommandSync
from gateway.gateway import Gateway, GatewayParts, GatewayState, open_gateway
from gateway.gateway_metrics import of_gateway
from gateway.intents import intents_of
from gateway.interactions_endpoint import InteractionsEndpoint
from gateway.operations import RestOperations
from gateway.rest import RestClient, RestConfig, open_rest
from gateway.session import State
from gateway.session_store import CachedSessions
from gateway.shards import ShardConfig
from sdk.bundler import Bundler, open_bundler
from storage.ids import GuildId, NodeId
from storage.records import SYSTEM, DeploySource

_log = logging.getLogger("flora.runtime")
_NODE_BYTES: Final = 8
_LIVE: Final = State.LIVE.value


@dataclass(frozen=True, slots=True)
class Discord:
    """How Discord is reached: the real one, or the local one."""

    token: str
    api_url: str
    gateway_url: str | None
    authorize_url: str = DISCORD_AUTHORIZE


@dataclass(frozen=True, slots=True)
class Daemon:
    """All of it, running."""

    config: Config
    stores: Stores
    runtime: System
    services: Services
    gateway: Gateway
    api: Api
    bundler: Bundler
    addresses: list[str]
    welcome: str | None
    """How the operator of a fresh data directory gets in; None when there is nothing to say."""


@asynccontextmanager
async def open_daemon(
    config: Config, discord: Discord, *, mirror: GuildLogSink | None = None
) -> AsyncGenerator[Daemon]:
    """Everything, joined and serving. `mirror` hears every line of the guilds' logs too."""
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(open_stores(config))
        rest = await stack.enter_async_context(
            open_rest(
                RestConfig(
                    token=discord.token,
                    api_url=discord.api_url,
                    timeout_s=config.discord.rest_timeout_s,
                    per_guild=config.discord.rest_per_guild,
                )
            )
        )
        state = GatewayState(DiscordAsks(rest.plain))

        def on_outcome(events: Sequence[GuildEvent], outcome: RunOutcome) -> None:
            if outcome is not RunOutcome.OK:
                for event in events:
                    state.unanswered.on_outcome(event.guild, event.name, event.payload, outcome)

        table, metrics = OpTable(), Metrics()
        RestOperations(rest, state.scopes, state.cache, state.interactions).register(table)
        runtime = await stack.enter_async_context(
            open_runtime(
                Surroundings(
                    ops=table,
                    scopes=state.scopes,
                    logs=stores.logs if mirror is None else _Both(stores.logs, mirror),
                    bundles=DatabaseBundles(stores.database),
                    observer=metrics,
                    limits=config.runtime,
                    isolate_limits=config.isolate,
                    on_outcome=on_outcome,
                )
            )
        )
        metrics.add(of_workers(runtime.workers, runtime.zygote_restarts, runtime.computing))
        metrics.add(of_mailboxes(runtime.mailboxes))
        services = await stack.enter_async_context(
            open_services(
                Needs(
                    table=table,
                    database=stores.database,
                    kv=stores.kv,
                    logs=stores.logs,
                    runtime=runtime,
                    ring=stores.ring,
                    node=NodeId(os.urandom(_NODE_BYTES).hex()),
                    now=now,
                    egress=config.egress,
                    cron_timeout_s=config.runtime.cron_s,
                    drain_s=config.runtime.drain_s,
                )
            )
        )
        metrics.add(services.metrics)
        tasks = await stack.enter_async_context(trio.open_nursery())
        stack.callback(tasks.cancel_scope.cancel)
        commands = CommandSync(rest, lambda: state.cache.application, stores.logs.append)
        tasks.start_soon(commands.run)
        bundler = await stack.enter_async_context(open_bundler(limits=config.bundle))
        tasks.start_soon(bundler.end_idle)
        joined = _Parts(config, stores, rest, runtime, services, metrics, bundler, commands)

        async def greet(guild: GuildId) -> None:  # by when a guild joins, the API is there
            await _deploy_welcome(api, config, guild)

        gateway = _gateway(joined, state, discord, greet if config.discord.welcome_script else None)
        metrics.add(of_gateway(gateway))
        api, addresses = await _open_api(stack, joined, gateway, discord)
        welcome = await first_operator_token(stores.database, stores.directory)
        count = await api.deployer.restore()
        _log.info("%d guilds are deployed here", count)
        await stack.enter_async_context(open_gateway(gateway))
        yield Daemon(config, stores, runtime, services, gateway, api, bundler, addresses, welcome)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the outer half is made of."""

    config: Config
    stores: Stores
    rest: RestClient
    runtime: System
    services: Services
    metrics: Metrics
    bundler: Bundler
    commands: CommandSync


class _Both:
    """Lines that go to the guild's log, and to who mirrors it."""

    def __init__(self, *sinks: GuildLogSink) -> None:
        self._sinks = sinks

    def append(self, guild: GuildId, level: str, text: str, revision: str = "") -> None:
        for sink in self._sinks:
            sink.append(guild, level, text, revision)


async def _open_api(stack: AsyncExitStack, parts: _Parts, gateway: Gateway, discord: Discord) -> tuple[Api, list[str]]:
    config, stores, services = parts.config, parts.stores, parts.services

    def deployed(guild: GuildId, registrations: Any) -> None:
        parts.commands.wish(guild, registrations.get("commands", ()))

    async def connected() -> str:  # noqa: ASYNC124  as a Check is
        away = [shard.shard for shard in gateway.statistics().shards if shard.state != _LIVE]
        return f"shards {away} are not connected" if away else ""

    key = config.discord.public_key
    inbound = gateway.inbound
    needs = ApiNeeds(
        config=config,
        secret=await api_secret(config, stores.directory),
        runtime=parts.runtime,
        database=stores.database,
        cache=stores.cache,
        kv=stores.kv,
        ring=stores.ring,
        logs=stores.logs,
        metrics=parts.metrics,
        vault=services.vault,
        crons=services.crons,
        timers=services.timers,
        bundler=parts.bundler,
        now=now,
        directory=DiscordDirectory(parts.rest, trio.current_time, gateway.roster.has),
        deployed=deployed,
        interactions=None
        if key is None
        else InteractionsEndpoint(key, inbound.interaction, parts.runtime.deliver, unix_now),
        checks={"discord": connected},
        authorize_url=discord.authorize_url,
    )
    api = await stack.enter_async_context(open_api(needs))
    server = await stack.enter_async_context(trio.open_nursery())
    stop = trio.Event()
    stack.callback(stop.set)
    chosen = config.api
    bind = f"unix:{chosen.unix_socket}" if chosen.unix_socket else f"{chosen.address}:{chosen.port}"
    serving = Serving(binds=(bind,), certificate=chosen.tls_certificate, key=chosen.tls_key)
    addresses: list[str] = await server.start(serve_app, api.app, serving, stop)
    return api, addresses


def _gateway(parts: _Parts, state: GatewayState, discord: Discord, greet: Greet | None) -> Gateway:
    """Made before it is opened: the API asks it, and it is opened last."""
    chosen = parts.config.discord
    shards = ShardConfig(
        token=discord.token,
        intents=intents_of(chosen.intents),
        count=chosen.shard_count,
        shards=chosen.shards,
        gateway_url=discord.gateway_url,
    )
    application = f"{discord.token.partition('.')[0]}@{discord.gateway_url or 'discord'}"
    return Gateway(
        state,
        GatewayParts(
            state.api,
            CachedSessions(parts.stores.cache, application),
            Keeper(parts.stores.database, parts.runtime, greet),
        ),
        shards,
        parts.runtime,
    )


async def _deploy_welcome(api: Api, config: Config, guild: GuildId) -> None:
    """What is wrong with the operator's script is the operator's to hear, and no reason to try again."""
    path = config.discord.welcome_script
    assert path is not None
    try:
        text = await trio.Path(path).read_text(encoding="utf-8")
        asked = DeployAsked(entry=path.name, files={path.name: text}, actor=SYSTEM, source=DeploySource.BOOTSTRAP)
        await api.deployer.deploy(guild, asked)
    except (OSError, UnicodeDecodeError, Problem) as error:
        _log.error("guild %d got no welcome script: %s", guild, error)


def keep_what_is_loaded() -> None:
    """Code and everything made at the start stays for good: looking through it for garbage again and again would stop
    the whole daemon for tens of milliseconds each time."""
    gc.collect()
    gc.freeze()
