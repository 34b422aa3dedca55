"""Puts the API together from what the daemon has: `open_api` is what the composition root calls.

async with open_api(needs) as api:
    await nursery.start(serve_app, api.app, serving, stop)
    await api.deployer.restore()
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import trio

from actors.metrics import gauge
from api.access import Directory
from api.app import App, make_app
from api.auth import Clocks
from api.builds import open_builds
from api.deployer import Deployer, DeployerParts, open_deployer
from api.directory import NobodyDirectory
from api.discord_login import OAuth, open_login
from api.parts import ApiParts, Check, OfTheDaemon
from api.sessions import Sessions
from api.sse import Streams, open_streams
from gateway.interactions_endpoint import InteractionsEndpoint
from sdk.bundler import Bundler
from storage.confidential import Secret
from storage.errors import StorageError
from storage.ids import GuildId
from storage.postgres.database import Database
from storage.postgres.token_read import touch_tokens

_TOUCH_S: Final = 30.0
DISCORD_AUTHORIZE: Final = "https://discord.com/oauth2/authorize"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiNeeds(OfTheDaemon):
    """What has to be there before. `authorize_url` is the local Discord's page when there is one."""

    secret: Secret
    """Of `api/bootstrap.py`."""
    bundler: Bundler
    now: Callable[[], datetime]
    directory: Directory = field(default_factory=NobodyDirectory)
    deployed: Callable[[GuildId, Mapping[str, Any]], None] = lambda _guild, _registrations: None
    interactions: InteractionsEndpoint | None = None
    checks: Mapping[str, Check] = field(default_factory=dict[str, Check])
    authorize_url: str = DISCORD_AUTHORIZE


@dataclass(frozen=True, slots=True)
class Api:
    app: App
    deployer: Deployer
    streams: Streams


@asynccontextmanager
async def open_api(needs: ApiNeeds) -> AsyncGenerator[Api]:
    """The app, ready to be served, and the deployer, which `make run` uses too."""
    config = needs.config
    clocks = Clocks(needs.now, trio.current_time)
    sessions = Sessions(needs.cache, needs.secret)
    async with AsyncExitStack() as stack:
        streams = await stack.enter_async_context(open_streams(needs.logs, config.api.streams))
        builds = await stack.enter_async_context(open_builds(needs.bundler, needs.now))
        deployer = await stack.enter_async_context(
            open_deployer(
                DeployerParts(
                    runtime=needs.runtime,
                    database=needs.database,
                    crons=needs.crons,
                    bundler=needs.bundler,
                    logs=needs.logs,
                    deployed=needs.deployed,
                    announce=streams.announce,
                )
            )
        )
        login = None
        if config.discord.client_id is not None and config.discord.client_secret is not None:
            oauth = OAuth(
                client_id=config.discord.client_id,
                client_secret=config.discord.client_secret,
                redirect_uri=config.redirect_uri,
                api_url=config.discord.api_url,
                authorize_url=needs.authorize_url,
            )
            wall = needs.now
            login = await stack.enter_async_context(
                open_login(oauth, needs.cache, sessions, lambda: wall().timestamp())
            )
        app = make_app(
            ApiParts(
                config=config,
                runtime=needs.runtime,
                database=needs.database,
                cache=needs.cache,
                kv=needs.kv,
                ring=needs.ring,
                logs=needs.logs,
                metrics=needs.metrics,
                vault=needs.vault,
                crons=needs.crons,
                timers=needs.timers,
                deployer=deployer,
                builds=builds,
                streams=streams,
                sessions=sessions,
                login=login,
                directory=needs.directory,
                clocks=clocks,
                interactions=needs.interactions,
                checks=needs.checks,
            )
        )
        needs.metrics.add(lambda: [gauge("flora_api_streams", "Log streams that are open", streams.count)])
        nursery = await stack.enter_async_context(trio.open_nursery())
        nursery.start_soon(_touch, app, needs.database)
        try:
            yield Api(app, deployer, streams)
        finally:
            nursery.cancel_scope.cancel()


async def _touch(app: App, database: Database) -> None:
    """Write down now and then when tokens were last used."""
    while True:
        await trio.sleep(_TOUCH_S)
        uses = app.authenticator.uses.drain()
        if uses:
            try:
                await database.run(touch_tokens, uses)
            except StorageError:  # nobody relies on it to the minute
                continue
