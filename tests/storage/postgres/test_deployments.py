"""Revisions, the pointer to the one that runs, history, pruning."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from storage.errors import InvalidInput
from storage.ids import Epoch, GuildId, RevisionId, UserId, guild_id
from storage.limits import StorageLimits
from storage.postgres.database import Database
from storage.postgres.revision_commit import (
    BaseChanged,
    StaleEpoch,
    UnknownRevision,
    commit_revision,
    point_at,
)
from storage.postgres.revision_prune import prune_revisions
from storage.postgres.revision_read import read_deployment, read_deployments, read_history, read_revision
from storage.records import SYSTEM, Actor, ActorKind, DeploySource, NewRevision, RevisionStatus

GUILD = guild_id(1 << 62)
OTHER = guild_id(7)
AUTHOR = Actor(ActorKind.SESSION, "ann", UserId(42))
NEW = NewRevision(
    GUILD,
    "main.ts",
    {"main.ts": "on('ready')", "lib/ünï.ts": "// 🎉"},
    DeploySource.CLI,
    AUTHOR,
    bundle="(()=>{})()",
    source_map="{}",
    change_summary={"changed": ["main.ts"]},
)
FAILED = replace(NEW, bundle=None, source_map=None, error="SyntaxError")


async def commit(database: Database, new: NewRevision) -> RevisionId:
    revision = await database.run(commit_revision, new, database.limits)
    assert isinstance(revision, int)
    return revision


async def test_a_successful_deploy_is_what_runs_and_reads_back_whole(database: Database) -> None:
    revision = await commit(database, NEW)

    deployment = await database.run(read_deployment, GUILD)
    stored = await database.run(read_revision, GUILD, revision)

    assert deployment is not None
    assert deployment.revision == revision
    assert stored is not None
    assert stored.files == NEW.files
    assert (stored.bundle, stored.source_map) == (NEW.bundle, NEW.source_map)
    assert stored.summary.actor == AUTHOR
    assert stored.summary.change_summary == NEW.change_summary
    assert stored.summary.status is RevisionStatus.SUCCESS


async def test_a_failed_deploy_is_remembered_and_changes_nothing_that_runs(database: Database) -> None:
    first = await commit(database, NEW)
    failed = await commit(database, replace(FAILED, error="bad \0 \ud800" + "x" * 100_000, base_revision=first))

    deployment = await database.run(read_deployment, GUILD)
    stored = await database.run(read_revision, GUILD, failed)

    assert deployment is not None
    assert deployment.revision == first
    assert stored is not None
    assert stored.summary.base_revision == first
    assert stored.summary.error is not None
    assert stored.summary.error.startswith("bad \ufffd ?")
    assert len(stored.summary.error.encode()) <= database.limits.error_bytes


async def test_another_guilds_revision_is_as_if_it_did_not_exist(database: Database) -> None:
    revision = await commit(database, NEW)

    assert await database.run(read_revision, OTHER, revision) is None
    assert await database.run(point_at, OTHER, revision) == UnknownRevision()
    assert await database.run(read_deployment, OTHER) is None
    theirs = await commit(database, replace(NEW, guild=OTHER, base_revision=revision))
    stored = await database.run(read_revision, OTHER, theirs)
    assert stored is not None
    assert stored.summary.base_revision is None


async def test_a_rollback_points_at_an_older_revision_but_never_at_a_failed_one(database: Database) -> None:
    first = await commit(database, NEW)
    await commit(database, NEW)
    failed = await commit(database, FAILED)

    assert await database.run(point_at, GUILD, first) == first
    assert await database.run(point_at, GUILD, failed) == UnknownRevision()
    deployment = await database.run(read_deployment, GUILD)
    assert deployment is not None
    assert deployment.revision == first


async def test_an_owner_of_an_older_epoch_can_no_longer_move_the_pointer(database: Database) -> None:
    first = await database.run(commit_revision, NEW, database.limits, epoch=Epoch(5))
    assert isinstance(first, int)

    assert await database.run(commit_revision, NEW, database.limits, epoch=Epoch(4)) == StaleEpoch(Epoch(5))
    assert await database.run(point_at, GUILD, first, epoch=Epoch(4)) == StaleEpoch(Epoch(5))

    page = await database.run(read_history, GUILD)
    assert [revision.id for revision in page.revisions] == [first]
    assert isinstance(await database.run(commit_revision, NEW, database.limits, epoch=Epoch(6)), int)


async def test_a_deploy_over_a_base_that_is_no_longer_current_writes_nothing(database: Database) -> None:
    first = await commit(database, NEW)
    second = await commit(database, NEW)

    stale = await database.run(commit_revision, NEW, database.limits, only_over=first)

    assert stale == BaseChanged(second)
    assert len((await database.run(read_history, GUILD)).revisions) == 2
    assert await database.run(
        commit_revision, replace(NEW, guild=OTHER), database.limits, only_over=first
    ) == BaseChanged(None)


async def test_history_pages_neither_repeat_nor_skip_while_others_deploy(database: Database) -> None:
    written = [await commit(database, NEW if turn % 2 else FAILED) for turn in range(7)]
    seen: list[RevisionId] = []
    cursor: RevisionId | None = None
    while True:
        page = await database.run(read_history, GUILD, cursor=cursor, limit=2)
        seen += [revision.id for revision in page.revisions]
        await commit(database, NEW)
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == written[::-1]

    failed = await database.run(read_history, GUILD, status=RevisionStatus.FAILED)
    assert [revision.id for revision in failed.revisions] == written[::2][::-1]


async def test_pruning_keeps_the_newest_and_always_what_runs(database: Database) -> None:
    limits = StorageLimits(kept_successes=2, kept_failures=1)
    oldest = await commit(database, NEW)
    later = [await commit(database, NEW) for _ in range(3)]
    failures = [await commit(database, FAILED) for _ in range(3)]
    theirs = await commit(database, replace(NEW, guild=OTHER))
    await database.run(point_at, GUILD, oldest)

    assert await database.run(prune_revisions, GUILD, limits) == 3

    left = {revision.id for revision in (await database.run(read_history, GUILD)).revisions}
    assert left == {oldest, *later[1:], failures[-1]}
    assert await database.run(read_revision, OTHER, theirs) is not None


async def test_all_that_runs_is_listed_in_slices(database: Database) -> None:
    guilds = [guild_id(number) for number in (3, 1, 2)]
    for guild in guilds:
        await commit(database, replace(NEW, guild=guild))

    first = await database.run(read_deployments, 0, 2)
    rest = await database.run(read_deployments, first[-1].guild, 2)

    assert [deployment.guild for deployment in [*first, *rest]] == sorted(guilds)


BAD: list[tuple[str, Callable[[NewRevision], NewRevision]]] = [
    ("guild id", lambda new: replace(new, guild=GuildId(0))),
    ("guild id", lambda new: replace(new, guild=GuildId(2**63))),
    ("entry", lambda new: replace(new, entry="")),
    ("entry", lambda new: replace(new, entry="a\nb")),
    ("bundle", lambda new: replace(new, bundle="a\0b")),
    ("bundle", lambda new: replace(new, bundle="\ud800")),
    ("bundle", lambda new: replace(new, bundle="é" * (4 << 20) + "x")),
    ("source map", lambda new: replace(new, source_map="\0")),
    ("file name", lambda new: replace(new, files={"\0": ""})),
    ("files", lambda new: replace(new, files={str(number): "" for number in range(201)})),
    ("files", lambda new: replace(new, files={"a": "x" * 600_000, "b": "x" * 600_000})),
    ("file a.ts", lambda new: replace(new, files={"a.ts": "\ud800"})),
    ("change summary", lambda new: replace(new, change_summary="x" * 70_000)),
    ("change summary", lambda new: replace(new, change_summary=["a\0"])),
    ("base revision", lambda new: replace(new, base_revision=RevisionId(-1))),
    ("actor name", lambda new: replace(new, actor=Actor(ActorKind.TOKEN, "\ud800"))),
    ("actor id", lambda new: replace(new, actor=replace(SYSTEM, id=UserId(0)))),
    ("revision", lambda new: replace(new, error="both")),
    ("revision", lambda new: replace(new, bundle=None)),
]


async def test_bad_input_is_refused_by_name_and_nothing_is_written(database: Database) -> None:
    for field, spoil in BAD:
        with pytest.raises(InvalidInput) as refused:
            await database.run(commit_revision, spoil(NEW), database.limits)
        assert refused.value.field == field

    assert (await database.run(read_history, GUILD)).revisions == []


async def test_a_cursor_that_is_made_up_is_refused_or_finds_nothing(database: Database) -> None:
    await commit(database, NEW)
    made_up: list[Any] = [-1, 0, 2**63]
    for cursor in made_up:
        with pytest.raises(InvalidInput, match="cursor"):
            await database.run(read_history, GUILD, cursor=cursor)
    assert len((await database.run(read_history, GUILD, cursor=RevisionId(2**63 - 1))).revisions) == 1
    with pytest.raises(InvalidInput, match="page size"):
        await database.run(read_history, GUILD, limit=0)
