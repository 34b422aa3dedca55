"""A whole daemon for tests: real stores, isolates and sockets, and the local Discord."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.config import load_config
from api.daemon import Daemon, Discord, open_daemon
from api.deployer import DeployAsked, DeployDone
from gateway.local.discord import LocalDiscord
from storage.ids import GuildId
from storage.records import SYSTEM
from tests.api.members import Members


@dataclass(frozen=True)
class Evening:
    """A daemon, and a guild of people who talk to it."""

    daemon: Daemon
    members: Members

    @property
    def guild(self) -> GuildId:
        return GuildId(int(self.members.local.guild_id))

    async def deploy(self, source: str, **more: Any) -> DeployDone:
        asked = DeployAsked(entry="main.ts", files={"main.ts": source}, actor=SYSTEM, **more)
        return await self.daemon.api.deployer.deploy(self.guild, asked)


@asynccontextmanager
async def evening(data: Path, local: LocalDiscord, **environ: str) -> AsyncGenerator[Evening]:
    config = load_config(None, {"DATA_DIR": str(data), "API_PORT": "0", "RUNTIME_MAX_WORKERS": "1"} | environ)
    async with open_daemon(config, Discord(local.token, local.api_url, local.gateway_url)) as daemon:
        await daemon.gateway.shards.wait_live()
        yield Evening(daemon, Members(local))
