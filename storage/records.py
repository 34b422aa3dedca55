"""What the database holds, as frozen dataclasses. Times are aware datetimes; ids have their own types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from storage.checks import Json
from storage.confidential import Secret
from storage.ids import AuditId, Epoch, GuildId, NodeId, RevisionId, RunId, TokenId, UserId


class ActorKind(StrEnum):
    SESSION = "session"
    TOKEN = "token"  # noqa: S105 (the word, not one)
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something. The id is None for flora itself."""

    kind: ActorKind
    name: str
    id: UserId | None = None


SYSTEM = Actor(ActorKind.SYSTEM, "flora")


# Deployments


class DeploySource(StrEnum):
    CLI = "cli"
    WEBUI = "webui"
    BOOTSTRAP = "bootstrap"
    API = "api"


class RevisionStatus(StrEnum):
    SUCCESS = "success"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A deploy that has ended, one way or the other: with a bundle it succeeded, with an error it failed."""

    guild: GuildId
    entry: str
    files: Mapping[str, str]
    source: DeploySource
    actor: Actor
    bundle: str | None = None
    source_map: str | None = None
    error: str | None = None
    base_revision: RevisionId | None = None
    change_summary: Json = None


@dataclass(frozen=True, slots=True)
class RevisionSummary:
    """A revision as a history shows it."""

    id: RevisionId
    guild: GuildId
    status: RevisionStatus
    entry: str
    source: DeploySource
    actor: Actor
    error: str | None
    base_revision: RevisionId | None
    change_summary: Json
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision with its sources; never changed once written."""

    summary: RevisionSummary
    files: Mapping[str, str]
    bundle: str | None
    source_map: str | None


@dataclass(frozen=True, slots=True)
class Deployment:
    """What runs in a guild: a pointer to a revision, and the epoch of the owner who set it."""

    guild: GuildId
    revision: RevisionId
    epoch: Epoch
    updated_at: datetime


# API tokens


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token without its text, which is shown once and never stored."""

    id: TokenId
    user: UserId
    label: str
    scopes: frozenset[str]
    guilds: frozenset[GuildId] | None
    """None: every guild its user may reach."""
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


# Secrets and variables


@dataclass(frozen=True, slots=True)
class SecretSummary:
    """A secret as its owners see it: everything but the value."""

    id: str
    """Stays the same when the value is replaced: what scripts hold in place of the value is made from it."""
    name: str
    allowed_hosts: Sequence[str]
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class OpenSecret:
    """A decrypted secret, on its way to the one place that puts it into requests."""

    id: str
    name: str
    value: Secret
    allowed_hosts: Sequence[str]


# Schedules


class Overlap(StrEnum):
    """What a cron does whose last run has not ended."""

    SKIP = "skip"
    QUEUE = "queue"
    ALLOW = "allow"


class CatchUp(StrEnum):
    """What a cron does about moments that passed while nobody ran it."""

    SKIP = "skip"
    ONCE = "once"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class CronDefinition:
    """A cron as its script registers it."""

    name: str
    schedule: str
    next_run: datetime | None
    time_zone: str = "UTC"
    overlap: Overlap = Overlap.SKIP
    catch_up: CatchUp = CatchUp.SKIP


@dataclass(frozen=True, slots=True)
class CronJob:
    """A cron as it is kept: its definition, and whether an operator has paused it."""

    guild: GuildId
    definition: CronDefinition
    paused: bool


@dataclass(frozen=True, slots=True)
class Timer:
    """One call at one moment."""

    guild: GuildId
    name: str
    fire_at: datetime
    payload: Json = None


class RunKind(StrEnum):
    CRON = "cron"
    TIMER = "timer"


@dataclass(frozen=True, slots=True)
class ScheduledRun:
    """A claimed moment of a cron or timer. Without an outcome it is under way, or its node has died."""

    id: RunId
    guild: GuildId
    kind: RunKind
    name: str
    scheduled_for: datetime
    payload: Json
    node: NodeId
    claimed_at: datetime
    finished_at: datetime | None
    outcome: str | None
    error: str | None
    tries: int = 0
    """How often a timer's handler was begun before and cut short."""


# Settings, audit


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """A guild's settings; the version is 0 as long as nobody has set any."""

    settings: Mapping[str, Json] = field(default_factory=dict[str, Json])
    version: int = 0


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to which guild."""

    id: AuditId
    at: datetime
    guild: GuildId | None
    actor: Actor
    action: str
    target: str
    detail: Json
