"""What the API needs of the daemon, and what it makes of that for itself."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from actors.cron import CronClock
from actors.loghub import LogHub
from actors.metrics import Metrics
from actors.refs import Runtime
from actors.timers import TimerClock
from actors.vault import Vault
from api.access import Directory
from api.auth import Clocks
from api.builds import Builds
from api.config import Config
from api.deployer import Deployer
from api.directory import NobodyDirectory
from api.discord_login import DiscordLogin
from api.sessions import Sessions
from api.streams import Streams
from gateway.interactions_endpoint import InteractionsEndpoint
from sdk.bundler import Bundler
from storage.confidential import Secret
from storage.encryption import KeyRing
from storage.ids import GuildId
from storage.kv import KeyValueStore
from storage.postgres.database import Database
from storage.redis.client import Cache

DISCORD_AUTHORIZE: Final = "https://discord.com/oauth2/authorize"
Check = Callable[[], Awaitable[str]]
"""Why something is not ready yet; nothing when it is. Must not wait long."""


@dataclass(frozen=True, kw_only=True)
class ApiNeeds:
    """What has to be there before."""

    config: Config
    secret: Secret
    """Of `api/bootstrap.py`."""
    runtime: Runtime
    database: Database
    cache: Cache
    kv: KeyValueStore
    ring: KeyRing
    logs: LogHub
    metrics: Metrics
    vault: Vault
    crons: CronClock
    timers: TimerClock
    bundler: Bundler
    now: Callable[[], datetime]
    directory: Directory = field(default_factory=NobodyDirectory)
    deployed: Callable[[GuildId, Mapping[str, Any]], None] = lambda _guild, _registrations: None
    """Told what a guild's script registers from now on: slash commands follow."""
    interactions: InteractionsEndpoint | None = None
    checks: Mapping[str, Check] = field(default_factory=dict[str, Check])
    authorize_url: str = DISCORD_AUTHORIZE
    """Where one logs in: the local Discord's page when there is one."""


@dataclass(frozen=True, kw_only=True)
class ApiParts(ApiNeeds):
    """With what `api/assembly.py` opened."""

    deployer: Deployer
    builds: Builds
    streams: Streams
    sessions: Sessions
    login: DiscordLogin | None
    clocks: Clocks
