"""What is deployed, as the runtime and the gateway ask for it."""

import logging

from actors.refs import Bundle, Runtime, RuntimeRefusedError
from storage.ids import GuildId
from storage.postgres.database import Database
from storage.postgres.revision_read import read_deployment, read_deployments, read_revision
from storage.postgres.settings import read_settings

_log = logging.getLogger("flora.deployments")
_SLICE = 500
PAUSED = "paused"
"""The setting of a guild that says why it is paused."""


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


async def restore_all(database: Database, runtime: Runtime) -> int:
    """After a start: every deployed guild takes events again, and its isolate starts in the background. How many."""
    count, after = 0, 0
    while deployments := await database.run(read_deployments, after, _SLICE):
        guilds: dict[GuildId, str] = {}
        for deployment in deployments:
            guilds[deployment.guild] = await _pausing(database, deployment.guild)
        await runtime.restore(guilds)
        count += len(guilds)
        after = deployments[-1].guild
    return count


async def _pausing(database: Database, guild: GuildId) -> str:
    settings = (await database.run(read_settings, guild)).settings
    return str(settings.get(PAUSED, ""))


class Keeper:
    """The gateway's GuildKeeper: guilds that the bot leaves, and to which it returns."""

    def __init__(self, database: Database, runtime: Runtime) -> None:
        self._database = database
        self._runtime = runtime

    async def archive(self, guild: GuildId) -> None:
        """Its script stops. Revisions, data, crons and log stay for the day when the bot returns."""
        try:
            await self._runtime.undeploy(guild)
        except RuntimeRefusedError as refused:
            _log.debug("guild %d had nothing to stop: %s", guild, refused)

    async def bring_back(self, guild: GuildId) -> bool:
        if await self._database.run(read_deployment, guild) is None:
            return False
        await self._runtime.restore({guild: await _pausing(self._database, guild)})
        return True

    async def welcome(self, guild: GuildId) -> None:
        """Newcomers begin without a script."""
        _log.info("guild %d has no script yet", guild)
