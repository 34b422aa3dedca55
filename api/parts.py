"""What the API needs of the daemon."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

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
from api.discord_login import DiscordLogin
from api.sessions import Sessions
from api.sse import Streams
from gateway.interactions_endpoint import InteractionsEndpoint
from storage.encryption import KeyRing
from storage.kv import KeyValueStore
from storage.postgres.database import Database
from storage.redis.client import Cache

Check = Callable[[], Awaitable[str]]
"""Why something is not ready yet; nothing when it is. Must not wait long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfTheDaemon:
    """What the daemon has and the API uses as it is."""

    config: Config
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiParts(OfTheDaemon):
    """Made by `api/assembly.py`, which the daemon calls."""

    deployer: Deployer
    builds: Builds
    streams: Streams
    sessions: Sessions
    login: DiscordLogin | None
    directory: Directory
    clocks: Clocks
    interactions: InteractionsEndpoint | None = None
    checks: Mapping[str, Check] = field(default_factory=dict[str, Check])
