"""What is deployed, as the runtime and the gateway ask for it."""

import logging
from collections.abc import Awaitable, Callable

from actors.refs import Bundle, Runtime, RuntimeRefusedError
from storage.ids import GuildId
from storage.postgres.database import Database
from storage.postgres.deploy import read_deployed
from storage.postgres.revision_read import read_deployment, read_revision

_log = logging.getLogger("flora.deployments")
Greet = Callable[[GuildId], Awaitable[None]]
"""Deploys the operator's script for newcomers."""


class DatabaseBundles:
    """The runtime's BundleStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, guild: GuildId) -> Bundle | None:
        deployment = await self._database.run(read_deployment, guild)
        if deployment is None:
            return None
        found = await self._database.run(read_revision, guild, deployment.revision)
        if found is None or found.bundle is None:
            return None
        return Bundle(found.bundle, found.source_map, found.summary.entry, str(found.summary.id))


class Keeper:
    """The gateway's GuildKeeper: guilds that the bot leaves, and to which it returns."""

    def __init__(self, database: Database, runtime: Runtime, greet: Greet | None = None) -> None:
        self._database = database
        self._runtime = runtime
        self._greet = greet

    async def archive(self, guild: GuildId) -> None:
        """Its script stops. Revisions, data, crons and log stay for the day when the bot returns."""
        try:
            await self._runtime.undeploy(guild)
        except RuntimeRefusedError as refused:
            _log.debug("guild %d had nothing to stop: %s", guild, refused.code, extra={"guild": guild})

    async def bring_back(self, guild: GuildId) -> bool:
        found = await self._database.run(read_deployed, guild - 1, 1)
        if guild not in found:
            return False
        await self._runtime.restore({guild: found[guild]})
        return True

    async def welcome(self, guild: GuildId) -> None:
        """Newcomers begin without a script, unless the operator chose one for them."""
        if self._greet is None:
            _log.info("guild %d has no script yet", guild, extra={"guild": guild})
        else:
            await self._greet(guild)
