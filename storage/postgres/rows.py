"""Small things that several operations share: an actor's columns, a lock for a guild, JSON columns."""

from typing import Any

import msgspec

from storage.checks import check_name
from storage.ids import check_snowflake
from storage.limits import StorageLimits, as_count
from storage.postgres.connection import Connection, Row
from storage.records import Actor, ActorKind

_lock_guild = "SELECT pg_advisory_xact_lock(hashtextextended($1, $2))"


async def lock_guild(connection: Connection, noun: str, owner: int) -> None:
    """Until the transaction ends nobody else counts and adds to this owner's things: a limit holds under
    concurrency."""
    await connection.execute(_lock_guild, noun, owner)


def actor_columns(actor: Actor) -> tuple[str, int | None, str]:
    """Kind, id and name, checked."""
    identity = None if actor.id is None else check_snowflake("actor id", actor.id)
    return actor.kind.value, identity, check_name("actor name", actor.name, 100)


def actor_of(row: Row) -> Actor:
    return Actor(ActorKind(row["actor_kind"]), row["actor_name"], row["actor_id"])


def json_of(text: str | None) -> Any:
    return None if text is None else msgspec.json.decode(text)


def changed_rows(tag: str) -> int:
    """How many rows a statement touched, from PostgreSQL's command tag, like `DELETE 3`."""
    return int(tag.rpartition(" ")[2])


def storable_error(error: str | None, limits: StorageLimits) -> str | None:
    """An error comes from an engine that ran a stranger's script: what cannot be stored of it is replaced,
    never refused."""
    if error is None:
        return None
    clean = error.replace("\0", "�").encode("utf-8", "replace")[: as_count(limits.error_bytes)]
    return clean.decode("utf-8", "ignore") or "(no message)"
