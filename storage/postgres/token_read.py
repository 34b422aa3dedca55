"""Find, list, use and revoke API tokens."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum, auto

from storage.ids import TokenId, UserId, check_snowflake
from storage.postgres.connection import Connection, Row
from storage.postgres.rows import changed_rows
from storage.records import ApiToken

_columns = "id, user_id, label, scopes, guild_ids, created_at, expires_at, last_used_at"
_find = f"SELECT {_columns} FROM api_token WHERE token_hash = $1"
_list = f"SELECT {_columns} FROM api_token WHERE user_id = $1 ORDER BY id DESC"
_revoke = "DELETE FROM api_token WHERE user_id = $1 AND id = $2"
_touch = """
UPDATE api_token SET last_used_at = greatest(last_used_at, used.at)
FROM unnest($1::bigint[], $2::timestamptz[]) AS used (id, at) WHERE api_token.id = used.id
"""


class TokenRefused(Enum):
    UNKNOWN = auto()
    EXPIRED = auto()


async def find_token(connection: Connection, token_hash: bytes, now: datetime) -> ApiToken | TokenRefused:
    """The token with this hash, while it is valid. Its use is recorded later, by touch_tokens."""
    row = await connection.fetchrow(_find, token_hash)
    if row is None:
        return TokenRefused.UNKNOWN
    if row["expires_at"] is not None and row["expires_at"] <= now:
        return TokenRefused.EXPIRED
    return token_of(row)


async def list_tokens(connection: Connection, user: UserId) -> Sequence[ApiToken]:
    """Newest first; their number is limited."""
    return [token_of(row) for row in await connection.fetch(_list, check_snowflake("user id", user))]


async def revoke_token(connection: Connection, user: UserId, token: TokenId) -> bool:
    """Whether this user had it."""
    check_snowflake("token id", token)
    return changed_rows(await connection.execute(_revoke, check_snowflake("user id", user), token)) == 1


async def touch_tokens(connection: Connection, uses: Mapping[TokenId, datetime]) -> None:
    """Record last uses, many at once: a write for each request would cost more than the request."""
    await connection.execute(_touch, list(uses), list(uses.values()))


def token_of(row: Row) -> ApiToken:
    guilds = row["guild_ids"]
    return ApiToken(
        row["id"],
        row["user_id"],
        row["label"],
        frozenset(row["scopes"]),
        None if guilds is None else frozenset(guilds),
        row["created_at"],
        row["expires_at"],
        row["last_used_at"],
    )
