"""Guild settings and the audit log."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import trio

from storage.errors import InvalidInput
from storage.ids import AuditId, GuildId, UserId, guild_id
from storage.postgres.audit import Deed, append_audit, list_audit, prune_audit
from storage.postgres.database import Database
from storage.postgres.settings import SettingsChanged, read_settings, write_settings
from storage.records import SYSTEM, Actor, ActorKind, GuildSettings

GUILD = guild_id(5)


async def test_settings_are_written_over_the_version_that_was_read(database: Database) -> None:
    assert await database.run(read_settings, GUILD) == GuildSettings({}, 0)
    written = await database.run(write_settings, GUILD, {"a": [1, {"ü": None}]}, 0, database.limits)
    assert isinstance(written, GuildSettings)
    assert written == GuildSettings({"a": [1, {"ü": None}]}, 1)
    assert await database.run(read_settings, GUILD) == written
    assert await database.run(write_settings, GUILD, {}, 0, database.limits) == SettingsChanged(written)


async def test_of_many_editors_at_once_one_wins(database: Database) -> None:
    answers: list[GuildSettings | SettingsChanged] = []

    async def edit(number: int) -> None:
        answers.append(await database.run(write_settings, GUILD, {"by": number}, 0, database.limits))

    async with trio.open_nursery() as nursery:
        for number in range(8):
            nursery.start_soon(edit, number)

    (winner,) = [answer for answer in answers if isinstance(answer, GuildSettings)]
    assert await database.run(read_settings, GUILD) == winner


async def test_settings_that_are_no_json_are_refused(database: Database) -> None:
    cyclic: dict[str, Any] = {}
    cyclic["self"] = cyclic
    bad: list[Any] = [
        {"a": {1, 2}},
        {"a": float("nan")},
        {"a": "\0"},
        {"\ud800": 1},
        {1: 1},
        cyclic,
        {"a": "x" * 70_000},
    ]
    for settings in bad:
        with pytest.raises(InvalidInput, match="settings"):
            await database.run(write_settings, GUILD, settings, 0, database.limits)
    assert (await database.run(read_settings, GUILD)).version == 0


async def test_the_audit_log_tells_who_did_what_newest_first(database: Database) -> None:
    actor = Actor(ActorKind.TOKEN, "ann's laptop", UserId(9))
    for number in range(5):
        await database.run(append_audit, Deed(GUILD, actor, "secret.put", "API_KEY", {"n": number}), database.limits)
    await database.run(append_audit, Deed(guild_id(6), SYSTEM, "prune"), database.limits)
    await database.run(append_audit, Deed(None, SYSTEM, "start"), database.limits)

    first = await database.run(list_audit, GUILD, limit=3)
    assert first.next_cursor is not None
    rest = await database.run(list_audit, GUILD, cursor=first.next_cursor, limit=3)

    assert [entry.detail for entry in [*first.entries, *rest.entries]] == [{"n": number} for number in (4, 3, 2, 1, 0)]
    assert rest.next_cursor is None
    assert (first.entries[0].actor, first.entries[0].action, first.entries[0].target) == (
        actor,
        "secret.put",
        "API_KEY",
    )


async def test_the_audit_log_is_pruned_by_age_in_slices(database: Database) -> None:
    for _ in range(5):
        await database.run(append_audit, Deed(GUILD, SYSTEM, "x"), database.limits)
    assert await database.run(prune_audit, datetime.now(UTC) - timedelta(days=1)) == 0
    assert await database.run(prune_audit, datetime.now(UTC) + timedelta(days=1), 3) == 3
    assert len((await database.run(list_audit, GUILD)).entries) == 2


async def test_a_deed_that_cannot_be_written_is_refused_by_name(database: Database) -> None:
    for field, deed in [
        ("action", Deed(GUILD, SYSTEM, "")),
        ("target", Deed(GUILD, SYSTEM, "x", "\0")),
        ("detail", Deed(GUILD, SYSTEM, "x", detail="x" * (10 << 20))),
        ("guild id", Deed(GuildId(0), SYSTEM, "x")),
    ]:
        with pytest.raises(InvalidInput) as refused:
            await database.run(append_audit, deed, database.limits)
        assert refused.value.field == field
    with pytest.raises(InvalidInput, match="cursor"):
        await database.run(list_audit, GUILD, cursor=AuditId(0))
