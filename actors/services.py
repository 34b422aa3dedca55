"""Everything around the runtime that needs stores, opened together: the clocks, the secrets' vault, the way out to the
internet, and the rows of the table through which scripts reach them.

    async with open_services(needs) as services:
        ...

The runtime comes first (it is what the clocks dispatch to) with a table that is still short; nothing is dispatched
before this has filled it.
"""

from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import trio

from actors.alone import stay_alone
from actors.clockwork import Clockwork, Dispatcher
from actors.cron import CronClock
from actors.egress import Egress, EgressRules, open_egress
from actors.exposition import Family, Kind
from actors.loghub import LogHub
from actors.metrics import Source, by_label, count, gauge
from actors.operations.cron import register_cron
from actors.operations.fetch import register_fetch
from actors.operations.kv import register_kv
from actors.operations.secrets import register_secrets, register_variables
from actors.operations.timers import register_timers
from actors.ops import OpTable
from actors.timers import TimerClock
from actors.vault import Vault
from storage.encryption import KeyRing
from storage.ids import NodeId
from storage.kv import KeyValueStore
from storage.postgres.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What has to be there before."""

    table: OpTable
    database: Database
    kv: KeyValueStore
    logs: LogHub
    runtime: Dispatcher
    ring: KeyRing
    node: NodeId
    now: Callable[[], datetime]
    egress: EgressRules = field(default_factory=EgressRules)
    cron_timeout_s: float = 5.0
    drain_s: float = 5.0
    """For what the clocks have under way at the end."""
    patience_s: float = 5.0
    """For a daemon that is just leaving the database."""


@dataclass(frozen=True, slots=True)
class Services:
    """What others hold: the API asks the clocks, and tells the vault what has changed."""

    vault: Vault
    crons: CronClock
    timers: TimerClock
    egress: Egress
    metrics: Source


@asynccontextmanager
async def open_services(needs: Needs) -> AsyncGenerator[Services]:
    """Runs both clocks until it is left. Raises DatabaseInUse when another daemon does so on this database.

    What the clocks have under way at the end may end, as long as a cron may take and the end may be delayed, unless
    this is cancelled: who cancels it does not want to wait. What is cut is recorded: a cron as cancelled, and a timer
    waits for the next start.
    """
    work = Clockwork(
        database=needs.database,
        runtime=needs.runtime,
        logs=needs.logs,
        now=needs.now,
        node=needs.node,
        timeout_s=needs.cron_timeout_s,
    )
    crons, timers = CronClock(work), TimerClock(work)
    vault = Vault(needs.database, needs.ring, trio.current_time)
    async with open_egress(vault, needs.egress) as egress, trio.open_nursery() as nursery:
        register_kv(needs.table, needs.kv)
        register_secrets(needs.table, vault)
        register_variables(needs.table, needs.database)
        register_cron(needs.table, crons)
        register_timers(needs.table, timers)
        register_fetch(needs.table, egress)
        await nursery.start(stay_alone, needs.database, needs.patience_s)
        await nursery.start(crons.run)
        await nursery.start(timers.run)
        try:
            yield Services(vault, crons, timers, egress, _metrics(needs, work, timers, egress))
        finally:
            with trio.move_on_after(min(needs.cron_timeout_s, needs.drain_s)):
                await _stop(crons, timers)  # noqa: ASYNC102  bounded; whoever cancels wants no waiting
            nursery.cancel_scope.cancel()


async def _stop(*clocks: CronClock | TimerClock) -> None:
    async with trio.open_nursery() as nursery:
        for clock in clocks:
            nursery.start_soon(clock.stop)


def _metrics(needs: Needs, work: Clockwork, timers: TimerClock, egress: Egress) -> Source:
    def source() -> Iterable[Family]:
        runs = Family("flora_scheduled_runs", "Runs by kind and outcome", Kind.COUNTER, ["kind", "outcome"])
        for (kind, outcome), number in work.outcomes.items():
            runs.add([kind, outcome], number)
        yield runs
        yield gauge("flora_timers_in_flight", "Timers that are being delivered", timers.in_flight)
        yield by_label("flora_fetch", "Requests of scripts, by outcome", "outcome", egress.outcomes)
        yield by_label("flora_guild_log_lines", "Lines of guilds' logs, by level", "level", needs.logs.lines)
        yield count("flora_guild_log_dropped", "Lines that were never written", needs.logs.dropped)
        yield gauge("flora_guild_log_followers", "Who follows a guild's log", needs.logs.followers)
        values = needs.kv.statistics()
        yield gauge("flora_kv_queued", "Writes that wait", values.queued)
        yield count("flora_kv_commits", "Commits since the start", values.commits)
        yield count("flora_kv_operations", "Writes since the start", values.operations)
        yield gauge("flora_kv_used_bytes", "On disk", values.used_bytes)
        size, idle = needs.database.statistics()
        yield gauge("flora_database_connections", "Open", size)
        yield gauge("flora_database_connections_idle", "Open and idle", idle)

    return source
