"""Crons and timers: what waits, what ran, and running, pausing and cancelling."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from api.access import P
from api.parts import ApiParts
from api.problems import Problem, not_found
from api.resources.common import Done, Page, audit, identity, page, size
from api.table import Answer, Call, Route
from storage.ids import RunId
from storage.records import CronJob, ScheduledRun


class CronInfo(msgspec.Struct):
    name: str
    schedule: str
    time_zone: str
    next_run: datetime | None
    paused: bool
    overlap: str
    catch_up: str


class RunInfo(msgspec.Struct):
    id: str
    name: str
    scheduled_for: datetime
    started_at: datetime
    finished_at: datetime | None
    outcome: str | None
    error: str | None


class RunStarted(msgspec.Struct):
    run_id: str


class TimersQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`after` is the name of the last timer of the page before."""

    limit: int = 100
    after: str = ""


class TimerInfo(msgspec.Struct):
    name: str
    fire_at: datetime
    payload: Any


def routes(parts: ApiParts) -> Sequence[Route]:
    crons = parts.crons

    async def list_crons(call: Call) -> list[CronInfo]:
        return [_info(job) for job in await crons.list(call.of_guild)]

    async def known(call: Call) -> str:
        name = call.names["name"]
        if name not in {job.definition.name for job in await crons.list(call.of_guild)}:
            raise _no_cron()
        return name

    async def history(call: Call) -> Answer:
        query = call.query_as(Page)
        cursor = None if query.cursor is None else RunId(identity(query.cursor, "a run"))
        found = await crons.runs(call.of_guild, await known(call), cursor, size(query.limit, 100))
        return page(call, [_run(one) for one in found.runs], found.next_cursor)

    async def run(call: Call) -> RunStarted:
        name = call.names["name"]
        try:
            started = await crons.run_now(call.of_guild, name)
        except KeyError:
            raise _no_cron() from None
        if started is None:
            raise Problem(409, "cron_running", "this cron is running, and allows no second run")
        await audit(parts, call, "cron.run", name)
        return RunStarted(str(started))

    async def pause(call: Call) -> Done:
        if not await crons.pause(call.of_guild, call.names["name"]):
            raise _no_cron()
        await audit(parts, call, "cron.pause", call.names["name"])
        return Done()

    async def resume(call: Call) -> Done:
        if not await crons.resume(call.of_guild, call.names["name"]):
            raise _no_cron()
        await audit(parts, call, "cron.resume", call.names["name"])
        return Done()

    async def list_timers(call: Call) -> list[TimerInfo]:
        query = call.query_as(TimersQuery)
        found = await parts.timers.list(call.of_guild, query.after, size(query.limit, 1_000))
        return [TimerInfo(one.name, one.fire_at, one.payload) for one in found]

    async def cancel_timer(call: Call) -> Answer:
        if not await parts.timers.cancel(call.of_guild, call.names["name"]):
            raise not_found("no timer of this name waits")
        await audit(parts, call, "timer.cancel", call.names["name"])
        return Answer(status=204)

    one, read, write = "/cron/{guild}/{name}", P.CRON_READ, P.CRON_WRITE
    return [
        Route(method="GET", path="/cron/{guild}", handler=list_crons, permission=read, answers=list[CronInfo],
              tells="a guild's crons"),
        Route(method="GET", path=f"{one}/history", handler=history, permission=read, query=Page,
              answers=list[RunInfo], refuses=(404,), tells="a cron's runs, newest first"),
        Route(method="POST", path=f"{one}/run", handler=run, permission=write, answers=RunStarted,
              refuses=(404, 409), tells="run a cron now"),
        Route(method="POST", path=f"{one}/pause", handler=pause, permission=write, answers=Done, refuses=(404,),
              tells="let a cron rest"),
        Route(method="POST", path=f"{one}/resume", handler=resume, permission=write, answers=Done,
              refuses=(404,), tells="let a cron run again"),
        Route(method="GET", path="/timers/{guild}", handler=list_timers, permission=read, query=TimersQuery,
              answers=list[TimerInfo], tells="timers that wait, by name"),
        Route(method="DELETE", path="/timers/{guild}/{name}", handler=cancel_timer, permission=write, status=204,
              refuses=(404,), tells="cancel a timer"),
    ]  # fmt: skip


def _no_cron() -> Problem:
    return not_found("there is no cron of this name")


def _info(job: CronJob) -> CronInfo:
    one = job.definition
    return CronInfo(
        one.name, one.schedule, one.time_zone, one.next_run, job.paused, one.overlap.value, one.catch_up.value
    )


def _run(run: ScheduledRun) -> RunInfo:
    return RunInfo(str(run.id), run.name, run.scheduled_for, run.claimed_at, run.finished_at, run.outcome, run.error)
