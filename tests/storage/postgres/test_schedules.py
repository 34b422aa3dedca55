"""Crons, timers and their claimed runs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import trio

from storage.errors import InvalidInput
from storage.ids import Epoch, NodeId, RunId, guild_id
from storage.limits import StorageLimits
from storage.postgres.connection import Connection
from storage.postgres.cron_claim import CronMoment, NotClaimed, StillRunning, claim_cron, skip_cron
from storage.postgres.cron_jobs import (
    TooManyCrons,
    due_crons,
    list_crons,
    next_cron_moment,
    pause_cron,
    replace_crons,
    resume_cron,
)
from storage.postgres.database import Database
from storage.postgres.revision_commit import commit_revision
from storage.postgres.runs import abandon_runs, finish_run, list_runs, prune_runs
from storage.postgres.timers import (
    CutShort,
    Lease,
    TooManyTimers,
    cancel_timer,
    cancel_timers,
    claim_timers,
    list_timers,
    next_timer_moment,
    postpone_timers,
    put_back_timer,
    revive_timers,
    schedule_timer,
)
from storage.records import (
    SYSTEM,
    CatchUp,
    CronDefinition,
    DeploySource,
    NewRevision,
    Overlap,
    RunKind,
    Timer,
)

GUILD = guild_id(5)
NODE, OTHER_NODE = NodeId("a-1"), NodeId("b-1")
ZERO = Epoch(0)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAILY = CronDefinition("daily", "0 12 * * *", NOW, "Europe/Berlin", Overlap.SKIP, CatchUp.ONCE)
MOMENT = CronMoment(GUILD, "daily", NOW, NOW + MINUTE)


async def keep(database: Database, *definitions: CronDefinition) -> None:
    assert await database.run(replace_crons, GUILD, definitions, database.limits) is None


async def claim(database: Database, moment: CronMoment = MOMENT, epoch: Epoch = ZERO) -> RunId:
    run = await database.run(claim_cron, moment, NODE, epoch)
    assert isinstance(run, int)
    return run


async def test_a_deploy_replaces_the_crons_and_keeps_pauses_and_moments_of_those_that_stay(
    database: Database,
) -> None:
    weekly = replace(DAILY, name="weekly", schedule="0 0 * * 0", next_run=NOW + MINUTE)
    await keep(database, DAILY, weekly)
    await database.run(pause_cron, GUILD, "daily")

    await keep(database, replace(DAILY, next_run=NOW + 5 * MINUTE), replace(weekly, name="other"))

    daily, other = await database.run(list_crons, GUILD)
    assert daily.paused
    assert daily.definition == DAILY
    assert other.definition.name == "other"
    await keep(database, replace(DAILY, schedule="1 1 * * *", next_run=NOW + 9 * MINUTE))
    (changed,) = await database.run(list_crons, GUILD)
    assert changed.definition.next_run == NOW + 9 * MINUTE


async def test_a_moment_is_claimed_once_however_many_ask(database: Database) -> None:
    await keep(database, replace(DAILY, overlap=Overlap.ALLOW))
    answers: list[RunId | StillRunning | NotClaimed] = []

    async def ask(node: NodeId) -> None:
        answers.append(await database.run(claim_cron, MOMENT, node, ZERO))

    async with trio.open_nursery() as nursery:
        for number in range(8):
            nursery.start_soon(ask, NodeId(str(number)))

    assert answers.count(NotClaimed.TAKEN) == 7
    assert await database.run(next_cron_moment) == NOW + MINUTE
    assert len((await database.run(list_runs, GUILD)).runs) == 1


async def test_a_crash_between_claim_and_outcome_neither_repeats_nor_hides_the_run(
    database: Database,
) -> None:
    await keep(database, DAILY)
    run = await claim(database)

    assert await database.run(due_crons, NOW) == []
    (lost,) = await database.run(abandon_runs, [OTHER_NODE])
    assert (lost.id, lost.outcome) == (run, "lost")
    assert await database.run(abandon_runs, [OTHER_NODE]) == []
    assert not await database.run(finish_run, run, "ok", None, database.limits)
    (shown,) = (await database.run(list_runs, GUILD)).runs
    assert shown.outcome == "lost"


async def test_a_living_nodes_run_is_not_abandoned_and_its_outcome_is_kept(database: Database) -> None:
    await keep(database, DAILY)
    run = await claim(database)

    assert await database.run(abandon_runs, [NODE]) == []
    assert await database.run(finish_run, run, "threw", "Error: \0", database.limits)
    (shown,) = (await database.run(list_runs, GUILD, name="daily")).runs
    assert (shown.kind, shown.outcome, shown.error, shown.scheduled_for) == (
        RunKind.CRON,
        "threw",
        "Error: \ufffd",
        NOW,
    )


@pytest.mark.parametrize("overlap", Overlap)
async def test_a_cron_whose_last_run_goes_on_does_what_its_policy_says(database: Database, overlap: Overlap) -> None:
    await keep(database, replace(DAILY, overlap=overlap))
    first = await claim(database)
    second = CronMoment(GUILD, "daily", NOW + MINUTE, NOW + 2 * MINUTE)

    answer = await database.run(claim_cron, second, NODE, ZERO)

    moment = await database.run(next_cron_moment)
    outcomes = [run.outcome for run in (await database.run(list_runs, GUILD)).runs]
    match overlap:
        case Overlap.ALLOW:
            assert isinstance(answer, int)
            assert (moment, outcomes) == (NOW + 2 * MINUTE, [None, None])
        case Overlap.SKIP:
            assert answer == StillRunning(first, overlap)
            assert (moment, outcomes) == (NOW + 2 * MINUTE, ["skipped", None])
        case Overlap.QUEUE:
            assert answer == StillRunning(first, overlap)
            assert (moment, outcomes) == (NOW + MINUTE, [None])
            await database.run(finish_run, first, "ok", None, database.limits)
            await claim(database, second)


async def test_what_is_paused_gone_or_of_another_owner_is_not_claimed(database: Database) -> None:
    assert await database.run(claim_cron, MOMENT, NODE, ZERO) is NotClaimed.GONE
    await keep(database, DAILY)
    await database.run(pause_cron, GUILD, "daily")
    assert await database.run(claim_cron, MOMENT, NODE, ZERO) is NotClaimed.PAUSED
    assert await database.run(due_crons, NOW) == []
    assert await database.run(resume_cron, GUILD, "daily", NOW + 3 * MINUTE)
    assert await database.run(claim_cron, MOMENT, NODE, ZERO) is NotClaimed.TAKEN
    late = CronMoment(GUILD, "daily", NOW + 4 * MINUTE, None)
    assert await database.run(claim_cron, late, NODE, ZERO) is NotClaimed.GONE

    new = NewRevision(GUILD, "main.ts", {}, DeploySource.API, SYSTEM, bundle="1")
    await database.run(commit_revision, new, database.limits, epoch=Epoch(3))
    moment = CronMoment(GUILD, "daily", NOW + 3 * MINUTE, None)
    assert await database.run(claim_cron, moment, NODE, Epoch(2)) is NotClaimed.STALE_EPOCH
    await claim(database, moment, Epoch(3))


async def test_due_crons_come_oldest_first_in_slices(database: Database) -> None:
    await keep(database, *(replace(DAILY, name=f"c{number}", next_run=NOW - number * MINUTE) for number in range(5)))

    first = await database.run(due_crons, NOW, limit=3)
    rest = await database.run(due_crons, NOW, after=first[-1], limit=3)

    assert [job.definition.name for job in [*first, *rest]] == ["c4", "c3", "c2", "c1", "c0"]


async def test_a_missed_moment_can_be_passed_over(database: Database) -> None:
    await keep(database, DAILY)
    await database.run(skip_cron, MOMENT)
    assert await database.run(next_cron_moment) == NOW + MINUTE
    await database.run(skip_cron, MOMENT)
    assert await database.run(next_cron_moment) == NOW + MINUTE


async def test_crons_are_limited_and_named_once(database: Database) -> None:
    many = [replace(DAILY, name=str(number)) for number in range(33)]
    assert await database.run(replace_crons, GUILD, many, database.limits) == TooManyCrons(32)
    with pytest.raises(InvalidInput, match="cron name"):
        await keep(database, DAILY, DAILY)
    assert await database.run(list_crons, GUILD) == []


async def test_a_timer_fires_once_with_its_payload(database: Database) -> None:
    timer = Timer(GUILD, "remind", NOW, {"text": "🎉"})
    await database.run(schedule_timer, timer, database.limits)

    assert await database.run(next_timer_moment) == NOW
    assert await database.run(claim_timers, NOW - MINUTE, Lease(NODE)) == []
    (run,) = await database.run(claim_timers, NOW, Lease(NODE))

    assert (run.kind, run.name, run.payload, run.scheduled_for) == (
        RunKind.TIMER,
        "remind",
        {"text": "🎉"},
        NOW,
    )
    assert await database.run(claim_timers, NOW, Lease(NODE)) == []
    assert not await database.run(cancel_timer, GUILD, "remind")
    assert await database.run(abandon_runs, []) == []
    assert await database.run(revive_timers, []) == 1


async def test_a_timer_is_replaced_by_name_and_cancelled(database: Database) -> None:
    await database.run(schedule_timer, Timer(GUILD, "t", NOW, 1), database.limits)
    await database.run(schedule_timer, Timer(GUILD, "t", NOW + MINUTE, 2), database.limits)

    assert await database.run(list_timers, GUILD) == [Timer(GUILD, "t", NOW + MINUTE, 2)]
    assert await database.run(cancel_timer, GUILD, "t")
    assert await database.run(next_timer_moment) is None


async def test_concurrent_claims_share_the_due_timers_without_a_double(database: Database) -> None:
    async def fill(connection: Connection) -> None:
        await connection.execute(
            "INSERT INTO timer (guild_id, name, fire_at, try_at, payload)"
            " SELECT 5, 't' || n, $1, $1, 'null' FROM generate_series(1, 200) n",
            NOW,
        )

    await database.run(fill)
    claimed: list[str] = []

    async def take(node: NodeId) -> None:
        while runs := await database.run(claim_timers, NOW, Lease(node), limit=17):
            claimed.extend(run.name for run in runs)

    async with trio.open_nursery() as nursery:
        for number in range(4):
            nursery.start_soon(take, NodeId(str(number)))

    assert sorted(claimed) == sorted(f"t{number}" for number in range(1, 201))


async def test_a_slice_of_many_timers_is_found_by_the_index(database: Database) -> None:
    async def fill_and_explain(connection: Connection) -> str:
        await connection.execute(
            "INSERT INTO timer (guild_id, name, fire_at, try_at, payload)"
            " SELECT n % 50 + 1, 't' || n, $1, $1::timestamptz + n * interval '1 s', 'null'"
            " FROM generate_series(1, 20000) n",
            NOW,
        )
        await connection.execute("ANALYZE timer")
        plan = await connection.fetch(
            "EXPLAIN SELECT guild_id, name FROM timer WHERE try_at <= $1"
            " ORDER BY try_at, guild_id, name LIMIT 500 FOR UPDATE SKIP LOCKED",
            NOW + timedelta(days=1),
        )
        return "\n".join(row["QUERY PLAN"] for row in plan)

    plan = await database.run(fill_and_explain)
    assert "timer_due" in plan
    assert "Sort" not in plan


async def test_timers_are_limited_and_checked(database: Database) -> None:
    limits = StorageLimits(timers_per_guild=1)
    assert await database.run(schedule_timer, Timer(GUILD, "a", NOW), limits) is None
    assert await database.run(schedule_timer, Timer(GUILD, "b", NOW), limits) == TooManyTimers(1)
    assert await database.run(schedule_timer, Timer(GUILD, "a", NOW), limits) is None
    with pytest.raises(InvalidInput, match="timer payload"):
        await database.run(schedule_timer, Timer(GUILD, "a", NOW, "x" * 9000), limits)
    with pytest.raises(InvalidInput, match="timer moment"):
        await database.run(schedule_timer, Timer(GUILD, "a", datetime(2026, 1, 1)), limits)  # noqa: DTZ001


async def test_only_the_newest_finished_runs_are_kept(database: Database) -> None:
    for number in range(4):
        await database.run(schedule_timer, Timer(GUILD, str(number), NOW), database.limits)
    runs = await database.run(claim_timers, NOW, Lease(NODE))
    for run in runs[:3]:
        await database.run(finish_run, run.id, "ok", None, database.limits)

    assert await database.run(prune_runs, GUILD, StorageLimits(kept_runs=1)) == 2
    left = await database.run(list_runs, GUILD, limit=1)
    assert left.next_cursor is not None
    rest = await database.run(list_runs, GUILD, cursor=left.next_cursor)
    assert [run.id for run in [*left.runs, *rest.runs]] == [runs[3].id, runs[2].id]


async def test_each_guild_is_claimed_under_its_own_lease_and_busy_ones_wait(database: Database) -> None:
    led, lost, busy = guild_id(21), guild_id(22), guild_id(23)
    for guild in (led, lost, busy):
        new = NewRevision(guild, "main.ts", {"main.ts": ""}, DeploySource.API, SYSTEM, bundle="1")
        await database.run(commit_revision, new, database.limits, epoch=Epoch(7))
        await database.run(schedule_timer, Timer(guild, "t", NOW), database.limits)
    lease = Lease(NODE, epochs={led: Epoch(7), lost: Epoch(6), busy: Epoch(9)})

    (run,) = await database.run(claim_timers, NOW, lease, without=[busy])
    assert run.guild == led
    assert [run.guild for run in await database.run(claim_timers, NOW, lease)] == [busy]
    assert [timer.name for timer in await database.run(list_timers, lost)] == ["t"]


async def test_a_timer_that_was_put_back_or_revived_yields_to_one_scheduled_anew(database: Database) -> None:
    for name in ("kept", "anew"):
        await database.run(schedule_timer, Timer(GUILD, name, NOW, name), database.limits)
    runs = await database.run(claim_timers, NOW, Lease(NODE))
    assert await database.run(revive_timers, [NODE]) == 0
    await database.run(schedule_timer, Timer(GUILD, "anew", NOW + MINUTE, "newer"), database.limits)

    assert await database.run(revive_timers, [OTHER_NODE]) == 2

    waiting = await database.run(list_timers, GUILD)
    assert [(timer.name, timer.fire_at, timer.payload) for timer in waiting] == [
        ("anew", NOW + MINUTE, "newer"),
        ("kept", NOW, "kept"),
    ]
    cut = CutShort("crashed", "its isolate died", NOW + MINUTE)
    assert not await database.run(put_back_timer, runs[0].id, cut, database.limits)
    (kept,) = await database.run(claim_timers, NOW, Lease(NODE))
    assert await database.run(put_back_timer, kept.id, cut, database.limits)
    shown = (await database.run(list_runs, GUILD)).runs[0]
    assert (shown.outcome, shown.error) == ("crashed", "its isolate died")
    assert await database.run(claim_timers, NOW, Lease(NODE)) == []
    (again, anew) = await database.run(claim_timers, NOW + MINUTE, Lease(NODE))
    assert (again.name, again.scheduled_for, again.tries) == ("kept", NOW, 1)
    await database.run(postpone_timers, GUILD, anew.id, NOW + 2 * MINUTE)
    await database.run(postpone_timers, GUILD, again.id, NOW + 2 * MINUTE)
    assert len((await database.run(list_runs, GUILD)).runs) == 3
    assert await database.run(next_timer_moment) == NOW + 2 * MINUTE
    assert await database.run(cancel_timers, GUILD) == 2
