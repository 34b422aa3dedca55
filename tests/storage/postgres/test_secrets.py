"""Secrets and variables."""

from dataclasses import replace
from typing import Any

import pytest
import trio

from storage.cipher import KEY_BYTES
from storage.confidential import Secret
from storage.encryption import KeyRing
from storage.errors import InvalidInput
from storage.ids import GuildId, guild_id
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.database import Database
from storage.postgres.secret_put import NewSecret, TooManySecrets, put_secret
from storage.postgres.secret_read import delete_secret, list_secrets, load_secrets
from storage.postgres.secret_rotate import rotate_secrets
from storage.postgres.variables import TooManyVariables, delete_variable, list_variables, put_variable
from storage.records import SecretSummary

GUILD = guild_id(5)
OTHER = guild_id(6)
OLD_KEY, NEW_KEY = b"o" * KEY_BYTES, b"n" * KEY_BYTES
OLD, BOTH, NEW_ONLY = KeyRing([OLD_KEY]), KeyRing([NEW_KEY, OLD_KEY]), KeyRing([NEW_KEY])
API = NewSecret(GUILD, "API_KEY", Secret("s3cret 🎉 value"), ["api.example.com", "*.Example.org"])


async def put(database: Database, new: NewSecret = API, ring: KeyRing = OLD) -> SecretSummary:
    summary = await database.run(put_secret, new, ring, database.limits)
    assert isinstance(summary, SecretSummary)
    return summary


async def opened(database: Database, ring: KeyRing, guild: GuildId = GUILD) -> dict[str, str]:
    loaded = await database.run(load_secrets, guild, ring)
    assert loaded.problems == []
    return {secret.name: secret.value.reveal() for secret in loaded.secrets}


async def test_a_secret_reads_back_for_its_guild_alone_and_is_listed_without_its_value(
    database: Database,
) -> None:
    summary = await put(database)

    assert await opened(database, OLD) == {"API_KEY": "s3cret 🎉 value"}
    assert await opened(database, OLD, OTHER) == {}
    assert await database.run(list_secrets, GUILD) == [summary]
    assert summary.allowed_hosts == ["api.example.com", "*.example.org"]
    loaded = await database.run(load_secrets, GUILD, OLD)
    assert "s3cret" not in repr(loaded)


async def test_replacing_the_value_keeps_the_id(database: Database) -> None:
    first = await put(database)
    second = await put(database, replace(API, value=Secret("two"), allowed_hosts=[]))

    assert first.id == second.id
    assert await opened(database, OLD) == {"API_KEY": "two"}


async def test_a_row_moved_to_another_guild_or_name_does_not_open(database: Database) -> None:
    await put(database)

    async def move(connection: Connection) -> None:
        await connection.execute("UPDATE guild_secret SET guild_id = $1", OTHER)

    async def rename(connection: Connection) -> None:
        await connection.execute("UPDATE guild_secret SET guild_id = $1, name = 'X'", GUILD)

    await database.run(move)
    moved = await database.run(load_secrets, OTHER, OLD)
    await database.run(rename)
    renamed = await database.run(load_secrets, GUILD, OLD)

    assert moved.secrets == renamed.secrets == []
    assert "altered" in moved.problems[0]
    assert "altered" in renamed.problems[0]


async def test_one_damaged_secret_does_not_silence_the_others(database: Database) -> None:
    await put(database)
    await put(database, replace(API, name="OTHER"), BOTH)

    loaded = await database.run(load_secrets, GUILD, OLD)

    assert [secret.name for secret in loaded.secrets] == ["API_KEY"]
    assert "needs key" in loaded.problems[0]


async def test_rotation_moves_all_to_the_new_key_in_slices_while_serving(database: Database) -> None:
    for number in range(25):
        await put(database, replace(API, name=f"S{number}", value=Secret(str(number))))
    expected = {f"S{number}": str(number) for number in range(25)}
    rotated, cursor = 0, None
    while True:
        part = await database.run(rotate_secrets, BOTH, cursor=cursor, slice_size=10)
        rotated += part.rotated
        assert await opened(database, BOTH) == expected
        cursor = part.next_cursor
        if cursor is None:
            break
    assert rotated == 25
    assert await opened(database, NEW_ONLY) == expected
    assert (await database.run(rotate_secrets, BOTH)).rotated == 0


async def test_rotation_passes_over_what_no_key_opens(database: Database) -> None:
    await put(database)
    stranger = KeyRing([b"x" * KEY_BYTES])

    part = await database.run(rotate_secrets, stranger)

    assert (part.rotated, part.failed, part.next_cursor) == (0, 1, None)
    assert await opened(database, OLD) == {"API_KEY": "s3cret 🎉 value"}


async def test_the_number_of_secrets_and_variables_is_limited_but_replacing_is_not(
    database: Database,
) -> None:
    limits = StorageLimits(secrets_per_guild=2, variables_per_guild=2)

    async def ask(number: int) -> None:
        await database.run(put_secret, replace(API, name=f"S{number}"), OLD, limits)
        await database.run(put_variable, GUILD, f"V{number}", "x", limits)

    async with trio.open_nursery() as nursery:
        for number in range(6):
            nursery.start_soon(ask, number)

    names = [secret.name for secret in await database.run(list_secrets, GUILD)]
    variables = await database.run(list_variables, GUILD)
    assert len(names) == len(variables) == 2
    assert await database.run(put_secret, replace(API, name="more"), OLD, limits) == TooManySecrets(2)
    assert await database.run(put_variable, GUILD, "more", "x", limits) == TooManyVariables(2)
    assert isinstance(await database.run(put_secret, replace(API, name=names[0]), OLD, limits), SecretSummary)
    assert await database.run(put_variable, GUILD, next(iter(variables)), "new", limits) is None


async def test_deleting_says_whether_there_was_one(database: Database) -> None:
    await put(database)
    await database.run(put_variable, GUILD, "V", "", database.limits)

    assert await database.run(list_variables, GUILD) == {"V": ""}
    assert not await database.run(delete_secret, OTHER, "API_KEY")
    assert await database.run(delete_secret, GUILD, "API_KEY")
    assert await database.run(delete_variable, GUILD, "V")
    assert not await database.run(delete_variable, GUILD, "V")


async def test_bad_input_is_refused_by_name(database: Database) -> None:
    bad: list[tuple[str, dict[str, Any]]] = [
        ("guild id", {"guild": GuildId(-1)}),
        ("secret name", {"name": "\0"}),
        ("secret name", {"name": "x" * 65}),
        ("secret value", {"value": Secret("")}),
        ("secret value", {"value": Secret("\ud800")}),
        ("secret value", {"value": Secret("x" * (16 * 1024 + 1))}),
        ("allowed host", {"allowed_hosts": ["https://example.com"]}),
        ("allowed host", {"allowed_hosts": ["*"]}),
        ("allowed host", {"allowed_hosts": ["a..b"]}),
        ("allowed host", {"allowed_hosts": ["*.*.com"]}),
        ("allowed hosts", {"allowed_hosts": ["a.b"] * 33}),
    ]
    for field, fault in bad:
        with pytest.raises(InvalidInput) as refused:
            await database.run(put_secret, replace(API, **fault), OLD, database.limits)
        assert refused.value.field == field
        assert "xxxx" not in str(refused.value)
    assert await database.run(list_secrets, GUILD) == []
