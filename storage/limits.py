"""Every limit of what is stored (the key-value data has its own): unit, default, reason."""

import math
from dataclasses import dataclass, fields
from typing import Final

SECONDS: Final = 1.0
DAYS: Final = 86_400 * SECONDS
BYTES: Final = 1
KIB: Final = 1024 * BYTES
MIB: Final = 1024 * KIB
FINITE: Final = ("_wait", "_life", "_connections")
"""Endings of the names of limits that cannot be turned off."""


@dataclass(frozen=True, slots=True)
class StorageLimits:
    """`math.inf` turns a limit off, but for waits and lives, which must end. Zero and less are refused: 0
    never means "off"."""

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
    bundle_bytes: float = 8 * MIB
    source_map_bytes: float = 16 * MIB
    """A map is about twice its bundle."""
    files: float = 200
    """In one revision: keeps a listing readable and a commit one statement."""
    files_bytes: float = 1 * MIB
    """All sources of a revision together."""
    file_name_bytes: float = 255 * BYTES
    """What any file system takes, so that a revision can be written out again."""
    error_bytes: float = 16 * KIB
    """Of a failed deploy: a stack and its message; longer ones are cut, since they come from the engine."""
    summary_bytes: float = 64 * KIB
    """A change summary, as JSON: names and counts of 200 files."""
    kept_successes: float = 50
    """Successful revisions kept for each guild: what one can roll back to."""
    kept_failures: float = 20
    """Failed revisions kept for each guild: what one may still ask about."""

    # People and their tokens
    tokens_per_user: float = 25
    """A leaked session cannot mint thousands of doors."""
    label_bytes: float = 100 * BYTES
    token_guilds: float = 100
    """In one token's restriction; Discord lets a user join 200."""
    token_scopes: float = 32

    # Secrets and variables
    secrets_per_guild: float = 100
    """All of a guild's secrets are decrypted when its script starts."""
    secret_bytes: float = 16 * KIB
    """A PEM key with its chain fits."""
    name_bytes: float = 64 * BYTES
    """Of a secret, a variable, a cron, a timer."""
    allowed_hosts: float = 32
    host_bytes: float = 253 * BYTES
    """The longest name the domain system has."""
    variables_per_guild: float = 200
    variable_bytes: float = 4 * KIB

    # Schedules
    crons_per_guild: float = 32
    schedule_bytes: float = 200 * BYTES
    timers_per_guild: float = 1_000
    """Each is a row and an index entry for as long as it waits: a script in a loop must not fill the disk."""
    timer_payload_bytes: float = 8 * KIB
    kept_runs: float = 1_000
    """Finished runs kept for each guild."""

    # Settings, audit
    settings_bytes: float = 64 * KIB
    audit_detail_bytes: float = 8 * KIB
    kept_audit: float = 365 * DAYS
    """Who did what is asked within a year, or never."""

    # Cache
    session_bytes: float = 16 * KIB
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
            if value == math.inf and limit.name.endswith(FINITE):
                raise ValueError(f"limit {limit.name} must be finite")


def as_count(limit: float) -> int:
    """A limit as a number that SQL can compare with."""
    return 2**62 if limit == math.inf else int(limit)
