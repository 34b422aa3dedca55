"""Backup and restore."""

import errno
import os
import shutil
import zipfile
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
import trio

from storage import archive
from storage.backup import restore_backup, write_backup
from storage.bridge import Bridge
from storage.confidential import Secret
from storage.embedded import ServerUrls
from storage.encryption import KEY_FILE, ring_from_file
from storage.errors import BackupRefused, MigrationRefused
from storage.ids import UserId, guild_id
from storage.kv.backup import RunningValues, ValuesAtRest
from storage.kv.limits import KvLimits
from storage.kv.store import open_kv
from storage.limits import StorageLimits
from storage.postgres.audit import Deed, append_audit, list_audit
from storage.postgres.connection import Connection
from storage.postgres.database import Database, open_database
from storage.postgres.dump import NUMBERED, TABLES, dump_tables
from storage.postgres.migrate import DIRECTORY, migrate, read_migrations
from storage.postgres.revision_commit import commit_revision
from storage.postgres.revision_read import read_deployment, read_history
from storage.postgres.secret_put import NewSecret, put_secret
from storage.postgres.secret_read import load_secrets
from storage.postgres.settings import write_settings
from storage.postgres.timers import list_timers, schedule_timer
from storage.postgres.token_create import NewToken, create_token
from storage.postgres.variables import put_variable
from storage.records import SYSTEM, DeploySource, NewRevision, Timer
from tests.storage.conftest import fresh_database

GUILD = guild_id(5)
NOW = datetime(2026, 11, 21, tzinfo=UTC)


class Values:
    """Key-value data as a backup knows it: something that writes and reads a directory."""

    place = Path("/where/the/data/is")

    def __init__(self, content: bytes, *, is_full: bool = False) -> None:
        self.content = content
        self.is_full = is_full

    async def write_snapshot(self, directory: Path) -> None:
        (directory / "deep").mkdir()
        (directory / "deep" / "data.mdb").write_bytes(self.content)

    async def what_would_be_lost(self, directory: Path) -> str:  # noqa: ARG002 (another test's matter)
        return ""

    @asynccontextmanager
    async def staged(self, directory: Path) -> AsyncGenerator[Callable[[], None]]:
        content = (directory / "deep" / "data.mdb").read_bytes()
        if self.is_full:
            raise OSError(errno.ENOSPC, "No space left on device", str(directory), None, str(self.place))

        def take_place() -> None:
            self.content = content

        yield take_place


@pytest.fixture
async def database(bridge: Bridge, embedded: ServerUrls, limits: StorageLimits) -> AsyncGenerator[Database]:
    async with open_database(bridge, await fresh_database(bridge, embedded.database, limits), limits) as opened:
        yield opened


@pytest.fixture
async def other(bridge: Bridge, embedded: ServerUrls, limits: StorageLimits) -> AsyncGenerator[Database]:
    """An empty database on another machine, so to speak."""
    url = await fresh_database(bridge, embedded.database, limits, migrated=False)
    async with open_database(bridge, url, limits) as opened:
        yield opened


async def fill(database: Database, keys: Path) -> None:
    ring = ring_from_file(keys)
    new = NewRevision(GUILD, "main.ts", {"main.ts": "a\tb\\n\n🎉"}, DeploySource.CLI, SYSTEM, bundle="\\N\t\\.\n")
    first = await database.run(commit_revision, new, database.limits)
    assert isinstance(first, int)
    await database.run(commit_revision, replace(new, base_revision=first), database.limits)
    await database.run(put_secret, NewSecret(GUILD, "KEY", Secret("value"), ["a.b"]), ring, database.limits)
    await database.run(put_variable, GUILD, "V", "", database.limits)
    await database.run(create_token, NewToken(UserId(1), "t", ["x"]), database.limits)
    await database.run(schedule_timer, Timer(GUILD, "t", NOW, {"a": None}), database.limits)
    await database.run(write_settings, GUILD, {"s": 1}, 0, database.limits)
    await database.run(append_audit, Deed(GUILD, SYSTEM, "x"), database.limits)


async def everything(connection: Connection) -> dict[str, list[str]]:
    return {
        table: [str(tuple(row.values())) for row in await connection.fetch(f"SELECT * FROM {table} ORDER BY 1, 2")]
        for table in TABLES
    }


async def test_everything_comes_back_as_it_was(database: Database, other: Database, tmp_path: Path) -> None:
    await fill(database, tmp_path)
    target = tmp_path / "backup.zip"
    written = await write_backup(target, database, Values(b"values"), keys_from=tmp_path)
    values, elsewhere = Values(b""), tmp_path / "elsewhere"
    elsewhere.mkdir()

    restored = await restore_backup(target, other, values, keys_to=elsewhere)

    assert restored == written
    assert await other.run(everything) == await database.run(everything)
    assert values.content == b"values"
    loaded = await other.run(load_secrets, GUILD, ring_from_file(elsewhere))
    assert [secret.value.reveal() for secret in loaded.secrets] == ["value"]
    assert written.key_ids == [ring_from_file(tmp_path).active]
    assert target.stat().st_mode & 0o777 == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"backup.zip", KEY_FILE, "elsewhere"}


async def test_after_a_restore_new_rows_get_new_numbers(database: Database, other: Database, tmp_path: Path) -> None:
    await fill(database, tmp_path)
    await write_backup(tmp_path / "b", database, Values(b""))
    await restore_backup(tmp_path / "b", other, Values(b""))

    before = (await other.run(read_history, GUILD)).revisions[0].id
    new = NewRevision(GUILD, "main.ts", {}, DeploySource.CLI, SYSTEM, bundle="1")
    after = await other.run(commit_revision, new, other.limits)

    assert isinstance(after, int)
    assert after > before
    assert await other.migrate() == []


async def test_without_the_keys_the_archive_opens_no_secret(database: Database, tmp_path: Path) -> None:
    await fill(database, tmp_path)
    await write_backup(tmp_path / "b", database, Values(b""))
    key = (tmp_path / KEY_FILE).read_text().strip()
    with zipfile.ZipFile(tmp_path / "b") as packed:
        assert not [name for name in packed.namelist() if KEY_FILE in name]
        assert all(key.encode() not in packed.read(name) for name in packed.namelist())


async def test_a_dump_under_load_is_of_one_moment(database: Database, tmp_path: Path) -> None:
    """Writers keep two tables in step; in every dump they are."""

    async def step(connection: Connection, name: str) -> None:
        await append_audit(connection, Deed(GUILD, SYSTEM, name), database.limits)
        await schedule_timer(connection, Timer(guild_id(hash(name) % 1000 + 1), name, NOW), database.limits)

    async def write_on(writer: int) -> None:
        for number in range(100_000):
            await database.run(step, f"w{writer}-{number}")

    counts: list[tuple[int, int]] = []
    async with trio.open_nursery() as nursery:
        for writer in range(4):
            nursery.start_soon(write_on, writer)
        while not counts or counts[-1][0] < 100:
            await database.run_alone(dump_tables, 60, tmp_path)
            lines = [len((tmp_path / f"{table}.txt").read_bytes().splitlines()) for table in ("timer", "audit_entry")]
            counts.append((lines[0], lines[1]))
        nursery.cancel_scope.cancel()

    assert all(timers == entries for timers, entries in counts)


async def test_newer_data_is_kept_unless_told(database: Database, tmp_path: Path) -> None:
    await fill(database, tmp_path)
    await write_backup(tmp_path / "b", database, Values(b"old"))
    values = Values(b"new")
    await database.run(append_audit, Deed(GUILD, SYSTEM, "later"), database.limits)

    with pytest.raises(BackupRefused, match="what is newer would be lost"):
        await restore_backup(tmp_path / "b", database, values)
    assert values.content == b"new"
    assert (await database.run(list_audit, GUILD)).entries[0].action == "later"

    await restore_backup(tmp_path / "b", database, values, force=True)
    assert values.content == b"old"
    assert [entry.action for entry in (await database.run(list_audit, GUILD)).entries] == ["x"]


def flip(path: Path) -> None:
    """One bit, in the middle of a part."""
    with zipfile.ZipFile(path) as packed:
        part = packed.getinfo("postgres/revision.txt")
    data = bytearray(path.read_bytes())
    data[part.header_offset + 30 + len(part.filename) + part.compress_size // 2] ^= 1
    path.write_bytes(data)


def reseal(change: Callable[[archive.Manifest], archive.Manifest]) -> Callable[[Path], None]:
    """The archive with another manifest."""

    def rewrite(path: Path) -> None:
        with zipfile.ZipFile(path) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        manifest = change(msgspec.json.decode(parts[archive.MANIFEST], type=archive.Manifest))
        parts[archive.MANIFEST] = msgspec.json.encode(manifest)
        with zipfile.ZipFile(path, "w") as packed:
            for name, data in parts.items():
                packed.writestr(name, data)

    return rewrite


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-200]),
    "a bit flipped": flip,
    "another sum": reseal(
        lambda manifest: msgspec.structs.replace(
            manifest,
            parts={name: archive.Part(part.bytes, "0" * 64) for name, part in manifest.parts.items()},
        )
    ),
    "a part missing": reseal(
        lambda manifest: msgspec.structs.replace(manifest, parts={**manifest.parts, "x": archive.Part(0, "")})
    ),
    "another format": reseal(lambda manifest: msgspec.structs.replace(manifest, format=2)),
}


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_damaged_archive_is_refused_and_nothing_is_touched(
    database: Database, tmp_path: Path, damage: str
) -> None:
    await fill(database, tmp_path)
    await write_backup(tmp_path / "b", database, Values(b"values"))
    DAMAGES[damage](tmp_path / "b")
    before, values = await database.run(everything), Values(b"untouched")

    with pytest.raises(BackupRefused):
        await restore_backup(tmp_path / "b", database, values, force=True)

    assert await database.run(everything) == before
    assert values.content == b"untouched"
    assert not list(tmp_path.glob(".flora-*"))


async def test_a_backup_of_a_newer_flora_is_refused_and_nothing_is_touched(database: Database, tmp_path: Path) -> None:
    await fill(database, tmp_path)
    await write_backup(tmp_path / "b", database, Values(b""))
    reseal(
        lambda manifest: msgspec.structs.replace(
            manifest, migrations=[*manifest.migrations, (9999, "9999_from_the_future.sql", "")]
        )
    )(tmp_path / "b")

    with pytest.raises(MigrationRefused, match="9999_from_the_future"):
        await restore_backup(tmp_path / "b", database, Values(b""), force=True)
    assert await database.run(read_deployment, GUILD) is not None


async def test_an_archive_cannot_write_outside(database: Database, tmp_path: Path) -> None:
    await write_backup(tmp_path / "b", database, Values(b""))
    with zipfile.ZipFile(tmp_path / "b", "a") as packed:
        packed.writestr("../evil", "x")
    reseal(
        lambda manifest: msgspec.structs.replace(manifest, parts={**manifest.parts, "../evil": archive.Part(1, "")})
    )(tmp_path / "b")
    with pytest.raises(BackupRefused, match="leave its directory"):
        await restore_backup(tmp_path / "b", database, Values(b""))
    assert not (tmp_path / "evil").exists()


async def test_a_backup_that_finds_no_room_leaves_the_one_before(database: Database, tmp_path: Path) -> None:
    await write_backup(tmp_path / "b", database, Values(b"first"))
    before = (tmp_path / "b").read_bytes()

    class Full(Values):
        async def write_snapshot(self, directory: Path) -> None:  # noqa: ARG002 (it finds no room there)
            with Path("/dev/full").open("wb", buffering=0) as full:
                full.write(b"x")

    with pytest.raises(BackupRefused, match=r"No space left.*free space"):
        await write_backup(tmp_path / "b", database, Full(b""))
    with pytest.raises(BackupRefused, match="choose a place"):
        await write_backup(tmp_path / "nowhere" / "b", database, Values(b""))

    assert (tmp_path / "b").read_bytes() == before
    assert os.listdir(tmp_path) == ["b"]  # noqa: PTH208 (hidden files too)


async def test_a_restore_that_finds_no_room_for_the_values_leaves_the_tables_too(
    database: Database, other: Database, tmp_path: Path
) -> None:
    await fill(database, tmp_path)
    await write_backup(tmp_path / "backup.zip", database, Values(b"values"))
    await other.migrate()
    before = await other.run(everything)

    with pytest.raises(BackupRefused, match=r"^/where/the/data/is: No space left on device: free space there"):
        await restore_backup(tmp_path / "backup.zip", other, Values(b"", is_full=True))

    assert await other.run(everything) == before
    assert not list(tmp_path.glob(".flora-restore-*"))


@pytest.mark.parametrize("moment", ["verifying", "restoring the tables"])
async def test_a_restore_that_is_given_up_is_whole_or_nothing(
    database: Database, other: Database, tmp_path: Path, moment: str
) -> None:
    await fill(database, tmp_path)
    await write_backup(tmp_path / "backup.zip", database, Values(b"values"))
    await other.migrate()
    values, before = Values(b"before"), await other.run(everything)

    with trio.CancelScope() as scope:

        def told(what: str, _done: int, _total: int) -> None:
            if what == moment:
                trio.from_thread.run_sync(scope.cancel) if moment == "verifying" else scope.cancel()

        await restore_backup(tmp_path / "backup.zip", other, values, told=told)

    rows = await other.run(everything)
    if moment == "verifying":
        assert (values.content, rows) == (b"before", before)
    else:
        assert (values.content, rows) == (b"values", await database.run(everything))


async def test_a_backup_of_an_older_schema_is_brought_up_to_date(
    bridge: Bridge, other: Database, embedded: ServerUrls, limits: StorageLimits, tmp_path: Path
) -> None:
    """As far as there are older schemas: one without the newest migration has the tables that the others
    make."""
    newest = read_migrations()[-1]
    assert newest.name.startswith("0006")
    await other.run_alone(migrate, 60, DIRECTORY, newest.version - 1)

    async def add(connection: Connection) -> None:
        await connection.execute("INSERT INTO timer VALUES (5, 't', now(), 'null')")

    await other.run(add)
    written = await write_backup(tmp_path / "b", other, Values(b""))
    assert len(written.migrations) == newest.version - 1
    await restore_backup(tmp_path / "b", other, Values(b""))
    assert [timer.name for timer in await other.run(list_timers, GUILD)] == ["t"]
    assert (await other.run(list_audit, GUILD)).entries == []


async def test_the_backup_names_every_table_and_every_sequence(database: Database) -> None:
    async def names(connection: Connection) -> tuple[set[str], set[str]]:
        tables = await connection.fetch(
            "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = current_schema()"
        )
        numbered = await connection.fetch(
            "SELECT table_name::text AS name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND is_identity = 'YES'"
        )
        return {row["name"] for row in tables}, {row["name"] for row in numbered}

    tables, numbered = await database.run(names)
    assert tables == {*TABLES, "schema_migration"}
    assert numbered == set(NUMBERED)


async def test_what_the_future_wrote_counts_as_newer(database: Database, tmp_path: Path) -> None:
    await write_backup(tmp_path / "b", database, Values(b""))

    async def from_the_future(connection: Connection) -> None:
        await append_audit(connection, Deed(GUILD, SYSTEM, "x"), database.limits)
        await connection.execute("UPDATE audit_entry SET at = $1", datetime.now(UTC) + timedelta(days=1))

    await database.run(from_the_future)
    with pytest.raises(BackupRefused, match="newer"):
        await restore_backup(tmp_path / "b", database, Values(b""))


async def test_the_guilds_own_data_comes_back_too(database: Database, other: Database, tmp_path: Path) -> None:
    await fill(database, tmp_path)
    async with open_kv(tmp_path / "kv", KvLimits(), NOW.timestamp) as kv:
        await kv.guild(GUILD).store("tags").set("greeting", {"text": "héllo 🎉"})
        await write_backup(tmp_path / "b", database, RunningValues(kv))
        await kv.guild(GUILD).store("tags").set("greeting", "changed since")

    await restore_backup(tmp_path / "b", other, ValuesAtRest(tmp_path / "restored"))

    async with open_kv(tmp_path / "restored", KvLimits(), NOW.timestamp) as kv:
        entry = await kv.guild(GUILD).store("tags").get("greeting")

    assert entry is not None
    assert entry.value == {"text": "héllo 🎉"}


@dataclass(frozen=True)
class Backed:
    """Key-value data and a backup of it."""

    file: Path
    folder: Path

    async def write(self, text: str) -> None:
        async with open_kv(self.folder, KvLimits(), NOW.timestamp) as kv:
            await kv.guild(GUILD).store("tags").set("greeting", text)

    async def read(self) -> object:
        async with open_kv(self.folder, KvLimits(), NOW.timestamp) as kv:
            entry = await kv.guild(GUILD).store("tags").get("greeting")
        return entry.value if entry else None


@pytest.fixture(name="backed")
async def _backed(database: Database, tmp_path: Path) -> Backed:
    backed = Backed(tmp_path / "b", tmp_path / "kv")
    await backed.write("old")
    async with open_kv(backed.folder, KvLimits(), NOW.timestamp) as kv:
        await write_backup(backed.file, database, RunningValues(kv))
    return backed


async def test_key_value_data_that_is_newer_is_kept_unless_told(database: Database, backed: Backed) -> None:
    """The database was not written since: a guild's data alone is reason enough."""
    await restore_backup(backed.file, database, ValuesAtRest(backed.folder))
    await backed.write("new")
    with pytest.raises(BackupRefused, match="key-value data was written since"):
        await restore_backup(backed.file, database, ValuesAtRest(backed.folder))
    assert await backed.read() == "new"

    await restore_backup(backed.file, database, ValuesAtRest(backed.folder), force=True)
    assert await backed.read() == "old"


async def test_key_value_data_that_the_journal_alone_has_is_newer_too(
    database: Database, backed: Backed, tmp_path: Path
) -> None:
    killed = tmp_path / "killed"
    async with open_kv(backed.folder, KvLimits(), NOW.timestamp) as kv:
        await kv.guild(GUILD).store("tags").set("greeting", "new")
        shutil.copytree(backed.folder, killed)

    with pytest.raises(BackupRefused, match="key-value data was written since"):
        await restore_backup(backed.file, database, ValuesAtRest(killed))


async def test_key_value_data_of_another_flora_or_that_nobody_can_read_is_kept_unless_told(
    database: Database, backed: Backed, tmp_path: Path
) -> None:
    strange = Backed(backed.file, tmp_path / "strange")
    async with open_kv(strange.folder, KvLimits(), NOW.timestamp):
        pass
    await restore_backup(backed.file, database, ValuesAtRest(strange.folder))
    assert await strange.read() == "old"

    shutil.rmtree(strange.folder)
    await strange.write("theirs")
    with pytest.raises(BackupRefused, match="of another origin"):
        await restore_backup(backed.file, database, ValuesAtRest(strange.folder))
    (strange.folder / "journal").unlink()
    with pytest.raises(BackupRefused, match="nobody can say"):
        await restore_backup(backed.file, database, ValuesAtRest(strange.folder))
