"""A guild is forgotten in every store, and nobody else loses anything."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.confidential import Secret
from storage.encryption import KeyRing
from storage.errors import InvalidInput
from storage.forget import forget
from storage.guild_logs import GuildLogLimits, Level, open_guild_logs
from storage.ids import GuildId, NodeId, UserId, guild_id
from storage.kv import KvLimits, open_kv
from storage.postgres.audit import list_audit
from storage.postgres.connection import Connection
from storage.postgres.cron_jobs import replace_crons
from storage.postgres.database import Database
from storage.postgres.guild_forget import TABLES
from storage.postgres.revision_commit import commit_revision
from storage.postgres.secret_put import NewSecret, put_secret
from storage.postgres.settings import write_settings
from storage.postgres.timers import Lease, claim_timers, schedule_timer
from storage.postgres.token_create import NewToken, create_token
from storage.postgres.token_read import list_tokens
from storage.postgres.variables import put_variable
from storage.records import SYSTEM, CronDefinition, DeploySource, NewRevision, Timer

GUILD, OTHER = guild_id(5), guild_id(6)
USER = UserId(11)
NOW = datetime(2026, 11, 21, tzinfo=UTC)


async def fill(database: Database, guild: GuildId) -> None:
    limits = database.limits
    new = NewRevision(guild, "main.ts", {"main.ts": "1"}, DeploySource.API, SYSTEM, bundle="1")
    await database.run(commit_revision, new, limits)
    await database.run(put_secret, NewSecret(guild, "KEY", Secret("value")), KeyRing([bytes(32)]), limits)
    await database.run(put_variable, guild, "COLOUR", "green", limits)
    await database.run(replace_crons, guild, [CronDefinition("tick", "* * * * *", NOW)], limits)
    await database.run(schedule_timer, Timer(guild, "one", NOW), limits)
    await database.run(claim_timers, NOW, Lease(NodeId("n")))
    await database.run(schedule_timer, Timer(guild, "two", NOW + timedelta(days=1)), limits)
    await database.run(write_settings, guild, {"a": 1}, 0, limits)


async def rows_of(connection: Connection, guild: GuildId) -> dict[str, int]:
    return {
        table: await connection.fetchval(f"SELECT count(*) FROM {table} WHERE guild_id = $1", guild) for table in TABLES
    }


async def tables_about_guilds(connection: Connection) -> set[str]:
    rows = await connection.fetch(
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'guild_id' AND table_schema = 'public'"
    )
    return {row["table_name"] for row in rows}


async def test_a_guild_is_forgotten_everywhere_and_nobody_else_is(database: Database, tmp_path: Path) -> None:
    for guild in (GUILD, OTHER):
        await fill(database, guild)
    for label, guilds in (("alone", [GUILD]), ("both", [GUILD, OTHER]), ("all", None), ("none", [])):
        await database.run(create_token, NewToken(USER, label, {"deploy"}, guilds, None), database.limits)
    before = await database.run(rows_of, OTHER)
    assert set(before.values()) == {1}
    async with (
        open_kv(tmp_path / "kv", KvLimits(map_bytes=1 << 30, journal_bytes=1 << 20), NOW.timestamp) as kv,
        open_guild_logs(tmp_path / "logs", GuildLogLimits(map_bytes=1 << 30), NOW.timestamp) as logs,
    ):
        for guild in (GUILD, OTHER):
            await kv.guild(guild).store("s").set("k", 1)
            logs.append(guild, Level.INFO, "hello")
        await logs.flush()

        forgotten = await forget(GUILD, SYSTEM, database, kv, logs)
        again = await forget(GUILD, SYSTEM, database, kv, logs)

        assert forgotten.had_values
        assert not again.had_values
        assert set(forgotten.rows.values()) == {1}
        assert set(again.rows.values()) == {0}
        assert await kv.get(GUILD, "s", "k") is None
        assert await kv.get(OTHER, "s", "k") is not None
        assert (await logs.search(GUILD)).lines == ()
        assert len((await logs.search(OTHER)).lines) == 1
        with pytest.raises(InvalidInput):
            await forget(GuildId(-1), SYSTEM, database, kv, logs)
    assert set((await database.run(rows_of, GUILD)).values()) == {0}
    assert await database.run(rows_of, OTHER) == before
    tokens = {token.label: token.guilds for token in await database.run(list_tokens, USER)}
    assert tokens == {"both": frozenset({OTHER}), "all": None, "none": frozenset()}
    entries = (await database.run(list_audit, GUILD)).entries
    assert [entry.action for entry in entries] == ["guild.forget"] * 2


async def test_no_table_about_guilds_is_left_out(database: Database) -> None:
    assert await database.run(tables_about_guilds) == {*TABLES, "audit_entry"}
