"""The nouns at the bottom: every identifier has a type of its own, so that one cannot stand in for
another."""

from typing import Final, NewType

from storage.errors import InvalidInput

GuildId = NewType("GuildId", int)
UserId = NewType("UserId", int)
RevisionId = NewType("RevisionId", int)
TokenId = NewType("TokenId", int)
RunId = NewType("RunId", int)
AuditId = NewType("AuditId", int)
NodeId = NewType("NodeId", str)
"""Names one start of one daemon: a node that starts again has a new one, so its old claims are seen as
orphaned."""
Epoch = NewType("Epoch", int)
"""Grows with every change of a guild's owner among the nodes; what an older owner writes is refused."""

SNOWFLAKE_END: Final = 2**63
"""A snowflake has 64 bits of which the first is never set; PostgreSQL's bigint holds exactly these."""


def check_snowflake(field: str, value: int) -> int:
    """The value itself; raises InvalidInput unless it can be a Discord id."""
    if not 0 < value < SNOWFLAKE_END:
        raise InvalidInput(field, f"must lie above 0 and below 2^63, and is {value}")
    return value


def guild_id(value: int) -> GuildId:
    return GuildId(check_snowflake("guild id", value))


def user_id(value: int) -> UserId:
    return UserId(check_snowflake("user id", value))
