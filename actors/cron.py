"""The cron clock: one for all guilds.

Its heap is an index in PostgreSQL, so it survives everything and costs no memory. At each wake it reads the wall clock
anew and asks what is due: a clock that was set, or a machine that slept, is noticed within half a minute. A moment is
claimed before it is dispatched, so a crash neither repeats it nor hides it, and its outcome is recorded.

- **Late** moments (up to 90 s) are run. Moments **missed** before that are run as the job's catch-up policy says.
- **Overlap** is decided by the claim: whether the job's last run has been recorded as ended.
- A clock **set back** runs nothing twice: moments that were claimed stay claimed. So jobs can be derived anew after any
  step back, and none waits until a clock that was wrong is caught up with.
- A guild **without a script** (the bot has left it) has its jobs put off, without a row.

A task of its own attends to each job that is due. Only so many decide at a time, and none of them waits for anything
but the database meanwhile: whoever has much to catch up on holds up nobody else.
"""

import logging
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

import trio

from actors.clockwork import BUSY_PAUSE_S, LAST_WORDS_S, Clockwork, Ticker
from actors.cron_plan import BadCronError, Plan, definitions_of, derived, plan
from actors.operations.cron import moment as shown
from actors.outcomes import RunOutcome
from actors.refs import RuntimeRefusedError
from actors.schedule import BadScheduleError
from storage.errors import StorageError, StorageUnavailable
from storage.ids import GuildId, RunId
from storage.postgres.cron_claim import (
    CronMoment,
    NotClaimed,
    StillRunning,
    claim_cron,
    claim_cron_now,
    skip_cron,
    unclaim_cron,
)
from storage.postgres.cron_jobs import (
    TooManyCrons,
    due_crons,
    list_crons,
    move_cron,
    next_cron_moment,
    pause_cron,
    replace_crons,
    resume_cron,
    waiting_crons,
)
from storage.postgres.runs import RunPage, abandon_runs, list_runs
from storage.records import CronDefinition, CronJob, Overlap

_log = logging.getLogger("flora.runtime")

CATCH_UP_WINDOW: Final = timedelta(hours=24)
STEP_BACK: Final = timedelta(minutes=1)
"""No job can be due again within a smaller one."""
CATCH_UPS_OF_A_GUILD: Final = 4
"""Jobs of one guild that catch up at a time; the others of its jobs wait for their turn."""
PUT_OFF: Final = timedelta(minutes=15)
"""For so long nobody asks whether a guild has a script by now. A deploy does not wait for it."""
_SLICE: Final = 200
_DECIDING_AT_ONCE: Final = 200
_QUEUE_PATIENCE_S: Final = 30.0
_EVENT: Final = "__cron"

_Key = tuple[GuildId, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Due:
    """A job to which a task attends."""

    job: CronJob

    @property
    def key(self) -> _Key:
        return self.job.guild, self.job.definition.name


class CronClock:
    """Runs what is due, and answers what others ask about crons."""

    def __init__(self, clockwork: Clockwork, *, window: timedelta = CATCH_UP_WINDOW) -> None:
        self._work = clockwork
        self._window = window
        self._ticker = Ticker("Crons", self._prepare, self._turn)
        self._working: dict[_Key, _Due] = {}
        """Jobs about whose due moment a task decides, or which catch up: the turns pass them over."""
        self._deciding = trio.CapacityLimiter(_DECIDING_AT_ONCE)
        self._catching_up: dict[GuildId, trio.CapacityLimiter] = {}
        self._without_script: set[GuildId] = set()
        self._ends: dict[_Key, trio.Event] = {}
        """Set when the latest run of a job has ended."""
        self._read_at = (clockwork.now(), trio.current_time())

    def __repr__(self) -> str:
        return f"<CronClock: {len(self._ends)} runs, {len(self._working)} being decided>"

    # -- what others ask

    def definitions(self, registrations: Mapping[str, Any]) -> list[CronDefinition]:
        """The crons that a loaded script registers; raises BadCronError. For a deploy, which keeps them in the same
        transaction as its revision and then calls `changed`."""
        return definitions_of(registrations, self._work.now(), self._work.database.limits.crons_per_guild)

    async def replace(self, guild: GuildId, registrations: Mapping[str, Any]) -> None:
        """Make these the guild's crons, all of them or, when one is wrong (BadCronError), none."""
        definitions = self.definitions(registrations)
        if isinstance(
            await self._work.ask(replace_crons, guild, definitions, self._work.database.limits), TooManyCrons
        ):
            raise BadCronError("the guild has too many crons")
        self.changed()

    async def clear(self, guild: GuildId) -> None:
        """A guild without a script has no crons."""
        await self._work.ask(replace_crons, guild, (), self._work.database.limits)

    def changed(self) -> None:
        """Crons were written by somebody else: look again."""
        self._ticker.ring()

    async def list(self, guild: GuildId) -> list[CronJob]:
        return list(await self._work.ask(list_crons, guild))

    async def pause(self, guild: GuildId, name: str) -> bool:
        """Whether there is one of this name."""
        return await self._work.ask(pause_cron, guild, name)

    async def resume(self, guild: GuildId, name: str) -> bool:
        """Whether there is one of this name. What passed during the pause stays passed."""
        job = await self._job(guild, name)
        next_run = job and derived(job.definition, self._work.now())
        if job is None or next_run is None:
            return False
        resumed = await self._work.ask(resume_cron, guild, name, next_run)
        self._ticker.ring()
        return resumed

    async def run_now(self, guild: GuildId, name: str) -> RunId | None:
        """Begin a run, also of a paused cron; None when one is running and the job allows no second. Raises KeyError
        when there is no cron of this name, StorageUnavailable when the clock has stopped."""
        job = await self._job(guild, name)
        if job is None:
            raise KeyError(name)
        if not self._ticker.running:
            raise StorageUnavailable("flora is stopping: no cron is begun")
        now = self._work.now()
        claimed = await self._work.ask(claim_cron_now, guild, name, now, self._work.node, self._work.epoch_of(guild))
        if isinstance(claimed, NotClaimed | StillRunning):
            if claimed in {NotClaimed.GONE, NotClaimed.STALE_EPOCH}:
                raise KeyError(name)
            return None
        self._ticker.begin(self._run, claimed, job, None)
        return claimed

    async def runs(self, guild: GuildId, name: str | None, cursor: RunId | None, limit: int) -> RunPage:
        return await self._work.ask(list_runs, guild, name=name, cursor=cursor, limit=limit)

    async def _job(self, guild: GuildId, name: str) -> CronJob | None:
        jobs = await self.list(guild)
        return next((job for job in jobs if job.definition.name == name), None)

    # -- the clock

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:  # noqa: ASYNC128  the ticker starts
        """Until stopped or cancelled. Starts at once, also when the database is away."""
        await self._ticker.run(task_status)

    async def stop(self) -> None:
        """Begin nothing more; returns when what is under way has ended."""
        self._ticker.stop()
        await self._ticker.ended.wait()

    async def _prepare(self) -> None:
        await self._close_lost()
        await self._mend()

    async def _close_lost(self) -> None:
        """Runs that were under way when their daemon ended are recorded as lost, and their guilds are told."""
        while lost := await self._work.ask(abandon_runs, [self._work.node]):
            for run in lost:
                self._work.outcomes["cron", "lost"] += 1
                text = f"cron {run.name} was running when flora ended; whether it finished is not known"
                self._work.logs.append(run.guild, "warn", text)

    async def _turn(self) -> float:
        """Begin what is due; answers for how long there is nothing else to do."""
        await self._notice_step_back()
        now = self._work.now()
        last: CronJob | None = None
        while True:
            jobs: Sequence[CronJob] = await self._work.ask(due_crons, now, after=last, limit=_SLICE)
            for job in jobs:
                await self._begin(_Due(job))
            if len(jobs) < _SLICE:
                break
            last = jobs[-1]
        following = await self._work.ask(next_cron_moment)
        if following is None:
            return float("inf")
        left = (following - self._work.now()).total_seconds()
        return left if left > 0 else BUSY_PAUSE_S

    async def _begin(self, due: _Due) -> None:
        if due.key in self._working:
            return
        await self._deciding.acquire_on_behalf_of(due)
        self._working[due.key] = due
        self._ticker.begin(self._attend, due)

    async def _attend(self, due: _Due) -> None:
        """A job that is due: claim what it is to run, and run it."""
        guild, name = due.key
        try:
            with suppress(StorageError):  # it stays due; the next turn meets the same database and waits for it
                await self._follow(due)
        except BadScheduleError as error:
            _log.error("Cron %s of guild %s cannot be followed: %s", name, guild, error, extra={"guild": guild})
            with suppress(StorageError):
                await self._work.ask(move_cron, due.job, None)
        except Exception:  # noqa: BLE001  a mistake of ours about one job is no reason to stop the others
            _log.exception("Cron %s of guild %s could not be run", name, guild, extra={"guild": guild})
        finally:
            self._decided(due)
            self._leave(due)

    def _decided(self, due: _Due) -> None:
        """From here on it runs, or waits: another may decide."""
        with suppress(RuntimeError):  # it was said before
            self._deciding.release_on_behalf_of(due)

    def _leave(self, due: _Due) -> None:
        if self._working.get(due.key) is due:
            del self._working[due.key]

    async def _follow(self, due: _Due) -> None:
        planned = plan(due.job.definition, self._work.now(), self._window)
        await self._give_up(due.job, planned)
        if len(planned.moments) < 2:
            await self._run_all(due, planned)
            return
        self._decided(due)
        async with self._turn_to_catch_up(due.job.guild):
            await self._run_all(due, planned)

    async def _run_all(self, due: _Due, planned: Plan) -> None:
        """One after the other."""
        for scheduled_for, following in pairwise([*planned.moments, planned.following]):
            assert scheduled_for is not None
            claimed = await self._claim(due, scheduled_for, following)
            if claimed is None:
                continue
            self._decided(due)
            if scheduled_for == planned.moments[-1]:
                self._leave(due)  # while it runs the next moment may come; the claim decides what becomes of it
            await self._run(claimed, due.job, scheduled_for)

    @asynccontextmanager
    async def _turn_to_catch_up(self, guild: GuildId) -> AsyncGenerator[None]:
        turns = self._catching_up.setdefault(guild, trio.CapacityLimiter(CATCH_UPS_OF_A_GUILD))
        try:
            async with turns:
                yield
        finally:
            if not turns.borrowed_tokens and not turns.statistics().tasks_waiting:
                self._catching_up.pop(guild, None)

    async def _give_up(self, job: CronJob, planned: Plan) -> None:
        """Moments that were missed and are not made up for are passed over, and the guild is told."""
        due = job.definition.next_run
        if due is None or planned.first == due:
            return
        await self._work.ask(skip_cron, CronMoment(job.guild, job.definition.name, due, planned.first))
        self._work.outcomes["cron", "missed"] += 1
        made_up = f", {len(planned.moments)} made up for" if planned.moments else ""
        text = f"cron {job.definition.name} was missed at {shown(due)} and since, while flora was not running{made_up}"
        self._work.logs.append(job.guild, "warn", text)

    async def _claim(self, due: _Due, scheduled_for: datetime, following: datetime | None) -> RunId | None:
        """The run, when it is this node's to run now."""
        guild, name = due.key
        while not self._ticker.stopping:
            wanted = CronMoment(guild, name, scheduled_for, following)
            claimed = await self._work.ask(claim_cron, wanted, self._work.node, self._work.epoch_of(guild))
            match claimed:
                case NotClaimed():
                    return None
                case StillRunning(overlap=Overlap.QUEUE):
                    self._decided(due)
                    await self._until_ended(due.key)
                    following = max(filter(None, (following, await self._next(due.key))), default=None)
                case StillRunning():
                    self._work.outcomes["cron", "skipped"] += 1
                    self._work.logs.append(guild, "warn", f"cron {name} was skipped: its last run has not ended")
                    await self._work.prune(guild)
                    return None
                case run:
                    return run
        return None

    async def _next(self, key: _Key) -> datetime | None:
        """One run is queued, not one for each moment that passed while it waited."""
        job = await self._job(*key)
        return None if job is None else derived(job.definition, self._work.now())

    async def _until_ended(self, key: _Key) -> None:
        """Until the run of this node has ended; when it is another's, for a while."""
        running = self._ends.get(key)
        with trio.move_on_after(BUSY_PAUSE_S if running is None else _QUEUE_PATIENCE_S):
            await (trio.Event() if running is None else running).wait()

    async def _run(self, run: RunId, job: CronJob, scheduled_for: datetime | None) -> None:
        """One claimed run, to its end; somebody asked for it when it is not scheduled."""
        guild, name = job.guild, job.definition.name
        ended = self._ends[guild, name] = trio.Event()
        try:
            await self._run_to_its_end(run, job, scheduled_for)
        except Exception:  # noqa: BLE001  as in _attend; a run that was asked for begins here
            _log.exception("Run %s of cron %s of guild %s could not be ended", run, name, guild, extra={"guild": guild})
        finally:
            ended.set()
            if self._ends.get((guild, name)) is ended:
                del self._ends[guild, name]

    async def _run_to_its_end(self, run: RunId, job: CronJob, scheduled_for: datetime | None) -> None:
        guild, name = job.guild, job.definition.name
        payload: dict[str, Any] = {"name": name, "runId": str(run), "manual": scheduled_for is None}
        payload["scheduledFor"] = shown(scheduled_for or self._work.now())
        try:
            outcome, error = await self._work.dispatch("cron", guild, _EVENT, payload)
        except RuntimeRefusedError as refused:
            if refused.code == "NOT_DEPLOYED" and scheduled_for is not None:
                await self._put_off(run, job)
                return
            outcome, error = "refused", str(refused)
            self._work.outcomes["cron", "refused"] += 1
            self._work.logs.append(guild, "warn", f"cron {name} was not run: {refused}")
        except trio.Cancelled:
            with trio.CancelScope(shield=True, deadline=trio.current_time() + LAST_WORDS_S):
                await self._work.finish(guild, run, "cancelled", "flora stopped before it ended")
            raise
        except Exception:  # noqa: BLE001  ours too; the run is recorded all the same
            _log.exception("Cron %s of guild %s could not be dispatched", name, guild, extra={"guild": guild})
            outcome, error = RunOutcome.CRASHED.value, "flora failed to run it; its log says more"
        self._without_script.discard(guild)
        await self._work.finish(guild, run, outcome, error)

    async def _put_off(self, run: RunId, job: CronJob) -> None:
        """Its guild has no script: a row and a line for each minute of a year would tell nobody anything."""
        guild = job.guild
        self._work.outcomes["cron", "refused"] += 1
        if guild not in self._without_script:
            self._without_script.add(guild)
            self._work.logs.append(guild, "warn", "crons wait: the guild has no script here")
        await self._work.ask(unclaim_cron, run)
        waiting = await self._job(guild, job.definition.name)
        if waiting is not None:
            later = derived(waiting.definition, self._work.now() + PUT_OFF)
            await self._work.ask(move_cron, waiting, later)

    # -- a clock that is wrong

    async def _notice_step_back(self) -> None:
        wall, steady = self._read_at
        self._read_at = (self._work.now(), trio.current_time())
        expected = wall + timedelta(seconds=self._read_at[1] - steady)
        if expected - self._read_at[0] > STEP_BACK:
            _log.warning("The clock was set back by %s; crons are derived anew", expected - self._read_at[0])
            await self._mend()

    async def _mend(self) -> None:
        """No job may wait for a moment after the one that its schedule says: its clock was wrong when that was kept."""
        now = self._work.now()
        last: CronJob | None = None
        while jobs := await self._work.ask(waiting_crons, now, after=last, limit=_SLICE):
            for job in jobs:
                await self._mend_one(job, now)
            last = jobs[-1]

    async def _mend_one(self, job: CronJob, now: datetime) -> None:
        try:
            right = derived(job.definition, now)
        except BadScheduleError:
            return  # it is told when it is due
        if right is not None and job.definition.next_run is not None and right < job.definition.next_run:
            await self._work.ask(move_cron, job, right)
