"""Puts the API together from what the daemon has: `open_api` is what the composition root calls.

async with open_api(needs) as api:
    await nursery.start(serve_app, api.app, serving, stop)
    await api.deployer.restore()
"""

from collections.abc import AsyncGenerator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, fields
from typing import Any, Final

import trio

from actors.exposition import Family
from actors.metrics import Source, by_label, gauge
from api.app import App, make_app
from api.auth import Clocks
from api.builds import open_builds
from api.deployer import Deployer, DeployerParts, open_deployer
from api.discord_login import OAuth, open_login
from api.parts import DISCORD_AUTHORIZE, ApiNeeds, ApiParts
from api.sessions import Sessions
from api.streams import Streams, open_streams
from storage.errors import StorageError
from storage.postgres.database import Database
from storage.postgres.token_read import touch_tokens

__all__ = ["DISCORD_AUTHORIZE", "Api", "ApiNeeds", "open_api"]
_TOUCH_S: Final = 30.0
_SHARE_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Api:
    app: App
    deployer: Deployer
    streams: Streams


@asynccontextmanager
async def open_api(needs: ApiNeeds) -> AsyncGenerator[Api]:
    """The app, ready to be served, and the deployer, which `make run` uses too."""
    sessions = Sessions(needs.cache, needs.secret)
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        streams = await enter(open_streams(needs.logs, needs.config.api.streams))
        builds = await enter(open_builds(needs.bundler, needs.now))
        deployer = await enter(open_deployer(_deployer_parts(needs, streams)))
        oauth = _oauth(needs)
        login = None
        if oauth is not None:
            login = await enter(open_login(oauth, needs.cache, sessions, lambda: needs.now().timestamp()))
        given: dict[str, Any] = {one.name: getattr(needs, one.name) for one in fields(ApiNeeds)}
        parts = ApiParts(
            **given,
            deployer=deployer,
            builds=builds,
            streams=streams,
            sessions=sessions,
            login=login,
            clocks=Clocks(needs.now, trio.current_time),
        )
        app = make_app(parts)
        needs.metrics.add(_metrics(app, streams))
        nursery = await enter(trio.open_nursery())
        nursery.start_soon(_touch, app, needs.database)
        nursery.start_soon(_share, app)
        try:
            yield Api(app, deployer, streams)
        finally:
            nursery.cancel_scope.cancel()


def _deployer_parts(needs: ApiNeeds, streams: Streams) -> DeployerParts:
    return DeployerParts(
        runtime=needs.runtime,
        database=needs.database,
        crons=needs.crons,
        timers=needs.timers,
        bundler=needs.bundler,
        logs=needs.logs,
        deployed=needs.deployed,
        announce=streams.announce,
    )


def _oauth(needs: ApiNeeds) -> OAuth | None:
    discord = needs.config.discord
    if discord.client_id is None or discord.client_secret is None:
        return None
    return OAuth(
        client_id=discord.client_id,
        client_secret=discord.client_secret,
        redirect_uri=needs.config.redirect_uri,
        api_url=discord.api_url,
        authorize_url=needs.authorize_url,
    )


def _metrics(app: App, streams: Streams) -> Source:
    def source() -> Iterable[Family]:
        yield by_label("flora_api_requests", "Requests to the API, by what became of them", "status", app.answered)
        yield gauge("flora_api_streams", "Log streams that are open", streams.count)

    return source


async def _share(app: App) -> None:
    while True:
        await trio.sleep(_SHARE_S)
        await app.share_counts()


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
