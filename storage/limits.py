"""Every limit of what is stored (the key-value data has its own): unit, default, reason."""

import math
from dataclasses import dataclass, fields
from typing import Final

SECONDS: Final = 1.0
DAYS: Final = 86_400 * SECONDS
BYTES: Final = 1
KIB: Final = 1024 * BYTES
MIB: Final = 1024 * KIB


@dataclass(frozen=True, slots=True)
class StorageLimits:
    """`math.inf` turns a limit off; zero and less are refused, so that nobody means "off" by 0."""

    # Waiting for servers
    acquire_wait: float = 5 * SECONDS
    """For a free connection, a restarting server included. Longer, and callers pile up behind a dead
    server."""
    operation_wait: float = 10 * SECONDS
    """For one unit of work, from its first statement to its commit."""
    cache_wait: float = 1 * SECONDS
    """For one answer of the cache. A cache that is slower than this is no cache."""
    server_start_wait: float = 60 * SECONDS
    """For a server of our own to answer; PostgreSQL replays its log first when it was killed."""
    server_stop_wait: float = 20 * SECONDS
    """For a server of our own to write out and leave, before it is killed."""
    database_connections: int = 8
    """For each daemon. PostgreSQL's default allows 100 in all, and a core serves about 1,300 units of work a
    second."""

    # Deployments
    bundle_bytes: int = 8 * MIB
    source_map_bytes: int = 16 * MIB
    """A map is about twice its bundle."""
    files: int = 200
    """In one revision: keeps a listing readable and a commit one statement."""
    files_bytes: int = 1 * MIB
    """All sources of a revision together."""
    file_name_bytes: int = 255 * BYTES
    """What any file system takes, so that a revision can be written out again."""
    error_bytes: int = 16 * KIB
    """Of a failed deploy: a stack and its message; longer ones are cut, since they come from the engine."""
    summary_bytes: int = 64 * KIB
    """A change summary, as JSON: names and counts of 200 files."""
    kept_successes: int = 50
    """Successful revisions kept for each guild: what one can roll back to."""
    kept_failures: int = 20
    """Failed revisions kept for each guild: what one may still ask about."""
    page: int = 100
    """Rows in one page of any listing."""

    # People and their tokens
    tokens_per_user: int = 25
    """A leaked session cannot mint thousands of doors."""
    label_bytes: int = 100 * BYTES
    token_guilds: int = 100
    """In one token's restriction; Discord lets a user join 200."""
    token_scopes: int = 32

    # Secrets and variables
    secrets_per_guild: int = 100
    """All of a guild's secrets are decrypted when its script starts."""
    secret_bytes: int = 16 * KIB
    """A PEM key with its chain fits."""
    name_bytes: int = 64 * BYTES
    """Of a secret, a variable, a cron, a timer."""
    allowed_hosts: int = 32
    host_bytes: int = 253 * BYTES
    """The longest name the domain system has."""
    variables_per_guild: int = 200
    variable_bytes: int = 4 * KIB

    # Schedules
    crons_per_guild: int = 32
    schedule_bytes: int = 200 * BYTES
    timers_per_guild: int = 1_000
    """Each is a row and an index entry for as long as it waits: a script in a loop must not fill the disk."""
    timer_payload_bytes: int = 8 * KIB
    kept_runs: int = 1_000
    """Finished runs kept for each guild."""

    # Settings, audit
    settings_bytes: int = 64 * KIB
    audit_detail_bytes: int = 8 * KIB
    kept_audit: float = 365 * DAYS
    """Who did what is asked within a year, or never."""

    # Cache
    session_bytes: int = 16 * KIB
    session_life: float = 7 * DAYS
    oauth_state_life: float = 600 * SECONDS
    """Somebody who needs longer for Discord's consent page starts over."""
    permission_life: float = 30 * SECONDS
    """How long a revoked permission may still be honoured."""
    scope_life: float = 6 * 3600 * SECONDS
    """A channel never moves to another guild; this only bounds the memory."""

    def __post_init__(self) -> None:
        for limit in fields(self):
            value = getattr(self, limit.name)
            if not value > 0:
                raise ValueError(f"limit {limit.name} must be above 0, or {math.inf} for none; it is {value}")
