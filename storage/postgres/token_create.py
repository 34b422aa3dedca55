"""Make an API token: 256 random bits, shown once, of which only a hash is kept."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from storage.checks import check_count, check_name
from storage.confidential import Secret
from storage.errors import InvalidInput
from storage.ids import GuildId, UserId, check_snowflake
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.rows import lock_guild
from storage.postgres.token_read import token_of
from storage.records import ApiToken

_count = "SELECT count(*) FROM api_token WHERE user_id = $1"
_insert = """
INSERT INTO api_token (user_id, label, token_hash, scopes, guild_ids, expires_at) VALUES ($1, $2, $3, $4, $5,
$6) RETURNING id, user_id, label, scopes, guild_ids, created_at, expires_at, last_used_at
"""

PREFIX: Final = "flora_"
"""So that scanners of leaked credentials, and people, recognise one."""


@dataclass(frozen=True, slots=True)
class CreatedToken:
    """The only time the text is known."""

    token: ApiToken
    text: Secret


@dataclass(frozen=True, slots=True)
class TooManyTokens:
    """The user has as many as a user may have."""

    limit: float


@dataclass(frozen=True, slots=True)
class NewToken:
    """What a user asks for. Without guilds: all that the user may reach. Without an expiry: until revoked."""

    user: UserId
    label: str
    scopes: Collection[str]
    guilds: Collection[GuildId] | None = None
    expires_at: datetime | None = None


async def create_token(connection: Connection, new: NewToken, limits: StorageLimits) -> CreatedToken | TooManyTokens:
    columns = _checked(new, limits)
    await lock_guild(connection, "api_token", new.user)
    if await connection.fetchval(_count, new.user) >= limits.tokens_per_user:
        return TooManyTokens(limits.tokens_per_user)
    text = Secret(PREFIX + secrets.token_urlsafe(32))
    user, label, scopes, guilds, expiry = columns
    row = await connection.fetchrow(_insert, user, label, hash_token(text), scopes, guilds, expiry)
    assert row is not None
    return CreatedToken(token_of(row), text)


def hash_token(text: Secret) -> bytes:
    """A plain hash is enough: there is nothing to guess in 256 random bits."""
    return hashlib.sha256(text.reveal().encode("utf-8", "replace")).digest()


def _checked(new: NewToken, limits: StorageLimits) -> tuple[int, str, list[str], list[int] | None, datetime | None]:
    if new.expires_at is not None and new.expires_at.tzinfo is None:
        raise InvalidInput("expiry", "must have a time zone")
    check_count("scopes", len(new.scopes), limits.token_scopes)
    guilds = None
    if new.guilds is not None:
        check_count("guilds", len(new.guilds), limits.token_guilds)
        guilds = sorted(check_snowflake("guild id", guild) for guild in new.guilds)
    return (
        check_snowflake("user id", new.user),
        check_name("label", new.label, limits.label_bytes),
        sorted(check_name("scope", scope, limits.name_bytes) for scope in new.scopes),
        guilds,
        new.expires_at,
    )
