"""Create or replace a guild's secret."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storage.checks import check_count, check_name, check_text
from storage.confidential import Secret
from storage.encryption import KeyRing
from storage.errors import InvalidInput
from storage.ids import GuildId, check_snowflake
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.rows import lock_guild
from storage.postgres.secret_read import summary_of
from storage.records import SecretSummary

_others = "SELECT count(*) FROM guild_secret WHERE guild_id = $1 AND name <> $2"
_put = """
INSERT INTO guild_secret (guild_id, name, key_id, nonce, ciphertext, allowed_hosts) VALUES ($1, $2, $3, $4,
$5, $6) ON CONFLICT (guild_id, name) DO UPDATE
SET key_id = excluded.key_id, nonce = excluded.nonce, ciphertext = excluded.ciphertext,
    allowed_hosts = excluded.allowed_hosts, updated_at = now()
RETURNING id, name, allowed_hosts, created_at, updated_at
"""

HOST: Final = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
"""A host name, or `*.` and a host name for it and all below."""


@dataclass(frozen=True, slots=True)
class TooManySecrets:
    limit: float


@dataclass(frozen=True, slots=True)
class NewSecret:
    """Without allowed hosts it may be sent to any."""

    guild: GuildId
    name: str
    value: Secret
    allowed_hosts: Sequence[str] = ()


async def put_secret(
    connection: Connection, new: NewSecret, ring: KeyRing, limits: StorageLimits
) -> SecretSummary | TooManySecrets:
    check_snowflake("guild id", new.guild)
    check_name("secret name", new.name, limits.name_bytes)
    check_text("secret value", new.value.reveal(), limits.secret_bytes)
    hosts = _checked_hosts(new.allowed_hosts, limits)
    sealed = ring.seal(new.guild, new.name, new.value)
    await lock_guild(connection, "guild_secret", new.guild)
    if await connection.fetchval(_others, new.guild, new.name) >= limits.secrets_per_guild:
        return TooManySecrets(limits.secrets_per_guild)
    row = await connection.fetchrow(_put, new.guild, new.name, sealed.key_id, sealed.nonce, sealed.ciphertext, hosts)
    assert row is not None
    return summary_of(row)


def _checked_hosts(hosts: Sequence[str], limits: StorageLimits) -> list[str]:
    check_count("allowed hosts", len(hosts), limits.allowed_hosts)
    checked: list[str] = []
    for host in hosts:
        lower = check_name("allowed host", host, limits.host_bytes).lower()
        if HOST.fullmatch(lower) is None:
            raise InvalidInput(
                "allowed host", "must be a host name, or *. and a host name, without scheme, port or path"
            )
        checked.append(lower)
    return checked
