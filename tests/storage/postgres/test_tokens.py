"""API tokens."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import trio

from storage.confidential import Secret
from storage.errors import InvalidInput
from storage.ids import GuildId, UserId
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.database import Database
from storage.postgres.token_create import CreatedToken, NewToken, TooManyTokens, create_token, hash_token
from storage.postgres.token_read import TokenRefused, find_token, list_tokens, revoke_token, touch_tokens

USER = UserId(11)
NOW = datetime(2026, 11, 21, tzinfo=UTC)
NEW = NewToken(USER, "laptop", {"deploy", "logs"}, [GuildId(5), GuildId(4)], NOW + timedelta(days=1))


async def create(database: Database, new: NewToken = NEW) -> CreatedToken:
    created = await database.run(create_token, new, database.limits)
    assert isinstance(created, CreatedToken)
    return created


async def test_a_token_is_found_by_its_text_while_it_is_valid(database: Database) -> None:
    created = await create(database)
    digest = hash_token(created.text)

    assert created.token.scopes == {"deploy", "logs"}
    assert created.token.guilds == frozenset({GuildId(4), GuildId(5)})
    assert await database.run(find_token, digest, NOW) == created.token
    assert await database.run(find_token, digest, NOW + timedelta(days=1)) is TokenRefused.EXPIRED
    assert await database.run(find_token, hash_token(Secret("flora_guess")), NOW) is TokenRefused.UNKNOWN


async def test_the_database_never_holds_the_text(database: Database) -> None:
    created = await create(database)

    async def everything(connection: Connection) -> str:
        return str([dict(row) for row in await connection.fetch("SELECT * FROM api_token")])

    stored = await database.run(everything)
    assert created.text.reveal() not in stored
    assert created.text.reveal() not in repr(created)
    assert hashlib.sha256(created.text.reveal().encode()).digest() == hash_token(created.text)


async def test_a_token_without_guilds_reaches_all_and_with_none_reaches_none(database: Database) -> None:
    assert (await create(database, replace(NEW, guilds=None))).token.guilds is None
    assert (await create(database, replace(NEW, guilds=[]))).token.guilds == frozenset()


async def test_a_user_revokes_only_tokens_of_her_own(database: Database) -> None:
    created = await create(database)

    assert not await database.run(revoke_token, UserId(12), created.token.id)
    assert await database.run(revoke_token, USER, created.token.id)
    assert not await database.run(revoke_token, USER, created.token.id)
    assert await database.run(find_token, hash_token(created.text), NOW) is TokenRefused.UNKNOWN


async def test_last_uses_are_written_many_at_once_and_never_go_back(database: Database) -> None:
    tokens = [(await create(database)).token.id for _ in range(3)]

    await database.run(touch_tokens, {tokens[0]: NOW, tokens[1]: NOW})
    await database.run(touch_tokens, {tokens[0]: NOW - timedelta(hours=1), tokens[1]: NOW + timedelta(hours=1)})
    await database.run(touch_tokens, {})

    used = {token.id: token.last_used_at for token in await database.run(list_tokens, USER)}
    assert used == {tokens[0]: NOW, tokens[1]: NOW + timedelta(hours=1), tokens[2]: None}


async def test_the_limit_for_a_user_holds_when_all_ask_at_once(database: Database) -> None:
    limits = StorageLimits(tokens_per_user=3)
    answers: list[CreatedToken | TooManyTokens] = []

    async def ask() -> None:
        answers.append(await database.run(create_token, NEW, limits))

    async with trio.open_nursery() as nursery:
        for _ in range(10):
            nursery.start_soon(ask)

    assert answers.count(TooManyTokens(3)) == 7
    assert len(await database.run(list_tokens, USER)) == 3


@pytest.mark.parametrize("label", ["'); DROP TABLE api_token; --", "🎉 лаптоп", "%s $1 \\ \" '"])
async def test_a_label_is_only_ever_text(database: Database, label: str) -> None:
    created = await create(database, replace(NEW, label=label))

    assert created.token.label == label
    assert [token.label for token in await database.run(list_tokens, USER)] == [label]


async def test_bad_input_is_refused_by_name(database: Database) -> None:
    bad: list[tuple[str, dict[str, Any]]] = [
        ("user id", {"user": UserId(2**63)}),
        ("label", {"label": ""}),
        ("label", {"label": "a\0"}),
        ("label", {"label": "\ud800"}),
        ("label", {"label": "🎉" * 26}),
        ("label", {"label": " x"}),
        ("scope", {"scopes": {""}}),
        ("scopes", {"scopes": {str(number) for number in range(33)}}),
        ("guild id", {"guilds": [GuildId(0)]}),
        ("guilds", {"guilds": [GuildId(1)] * 101}),
        ("expiry", {"expires_at": datetime(2026, 1, 1)}),  # noqa: DTZ001 (that is the fault)
    ]
    for field, fault in bad:
        with pytest.raises(InvalidInput) as refused:
            await database.run(create_token, replace(NEW, **fault), database.limits)
        assert refused.value.field == field
    assert await database.run(list_tokens, USER) == []
