"""Making a script a guild's, and taking it away: all of it or nothing, one at a time for each guild.

    async with open_deployer(parts) as deployer:
        done = await deployer.deploy(guild, DeployAsked(entry="main.ts", files={...}, actor=SYSTEM))

The work is done by a task of its own: whoever asked may go away in the middle, and leaves the old script or the new
one, never something between. A candidate is loaded beside what runs; when it has loaded, its revision, the pointer and
its crons are written in one transaction, and only then does the route switch.
"""

import hashlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, TypeVar

import msgspec
import trio

from actors.cron import CronClock
from actors.guild.words import error_text, load_text
from actors.isolate.isolate import Load
from actors.loghub import LogHub
from actors.outcomes import LoadOutcome
from actors.refs import Bundle, Deployed, Runtime, RuntimeRefusedError
from actors.timers import TimerClock
from api.problems import Problem, not_found, unavailable
from sdk.bundler import Bundler, BundleRefused, Diagnostic
from storage.errors import StorageError
from storage.ids import GuildId, RevisionId
from storage.postgres.audit import Deed, append_audit
from storage.postgres.database import Database
from storage.postgres.deploy import (
    commit_deploy,
    find_deploy,
    read_deployed,
    record_failure,
    remove_deployment,
    set_pause,
)
from storage.postgres.revision_commit import BaseChanged, StaleEpoch
from storage.postgres.revision_read import read_deployment, read_revision, read_revision_files
from storage.records import Actor, DeploySource, NewRevision, Revision

_log = logging.getLogger("api.deploy")
Result = TypeVar("Result")
_WAITING: Final = 8
"""Deploys of one guild that may wait for their turn."""
_SLICE: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployAsked:
    """What is to run: files to be bundled, or a bundle as it is (files are then kept for showing only)."""

    entry: str
    actor: Actor
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    bundle: str | None = None
    source_map: str | None = None
    source: DeploySource = DeploySource.API
    message: str = ""
    build: str | None = None
    key: str | None = None
    """The same key and content again is the same deploy: it is made once."""
    wait: bool = True
    """For the deploy of this guild that is under way; otherwise this one is refused."""

    @property
    def fingerprint(self) -> str:
        content = (self.entry, sorted(self.files.items()), self.bundle, self.source_map)
        return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployDone:
    """How it went, when it went well."""

    guild: GuildId
    revision: RevisionId
    entry: str
    warnings: Sequence[str] = ()
    registrations: Mapping[str, Any] = field(default_factory=dict[str, Any])
    timings_ms: Mapping[str, float] = field(default_factory=dict[str, float])
    replayed: bool = False
    """It was made before, with the same key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployerParts:
    runtime: Runtime
    database: Database
    crons: CronClock
    timers: TimerClock
    bundler: Bundler
    logs: LogHub
    deployed: Callable[[GuildId, Mapping[str, Any]], None] = lambda _guild, _registrations: None
    """Told what a guild's script registers from now on (nothing, when it has none): slash commands follow."""
    announce: Callable[[GuildId, str, Any], None] = lambda _guild, _name, _data: None
    """Tells those who read the guild's log."""


@dataclass(slots=True)
class _Turn:
    lock: trio.Lock = field(default_factory=trio.Lock)
    users: int = 0


@dataclass(slots=True)
class _Job(Generic[Result]):
    work: Callable[[], Awaitable[Result]]
    ended: trio.Event = field(default_factory=trio.Event)
    result: Result | None = None
    error: Exception | None = None


class Deployer:
    """See `open_deployer`. What is refused is raised as a Problem, or as what storage and the runtime raise."""

    def __init__(self, parts: DeployerParts, nursery: trio.Nursery) -> None:
        self._parts = parts
        self._nursery = nursery
        self._turns: dict[GuildId, _Turn] = {}

    def __repr__(self) -> str:
        return f"<Deployer: {len(self._turns)} guilds have their turn>"

    async def deploy(self, guild: GuildId, asked: DeployAsked) -> DeployDone:
        return await self._in_turn(guild, lambda: self._deploy(guild, asked), wait=asked.wait)

    async def rollback(self, guild: GuildId, revision: RevisionId, asked: DeployAsked) -> DeployDone:
        """Make an earlier revision's script the guild's again, as a new revision. Of `asked` only who and how count."""
        return await self._in_turn(guild, lambda: self._rollback(guild, revision, asked), wait=asked.wait)

    async def undeploy(self, guild: GuildId, actor: Actor) -> None:
        """Take the script away; its revisions, data and log stay."""
        await self._in_turn(guild, lambda: self._undeploy(guild, actor), wait=True)

    async def pause(self, guild: GuildId, reason: str, actor: Actor) -> None:
        """Until it is resumed or deployed anew, also after the next start."""

        async def work() -> bool:
            await self._parts.runtime.pause(guild, reason)
            await self._parts.database.run(set_pause, guild, reason, actor, self._parts.database.limits)
            self._parts.announce(guild, "pause", {"by": actor.name, "reason": reason})
            return True

        await self._in_turn(guild, work, wait=True)

    async def resume(self, guild: GuildId, actor: Actor) -> None:
        async def work() -> bool:
            await self._parts.runtime.resume(guild)
            await self._parts.database.run(set_pause, guild, None, actor, self._parts.database.limits)
            await self._hasten_timers(guild)
            self._parts.announce(guild, "resume", {"by": actor.name})
            return True

        await self._in_turn(guild, work, wait=True)

    async def _hasten_timers(self, guild: GuildId) -> None:
        with suppress(
            StorageError
        ):  # the guild takes events all the same, and its timers come by themselves, only later
            await self._parts.timers.go_on(guild)

    async def restart(self, guild: GuildId, actor: Actor) -> None:
        async def work() -> bool:
            await self._parts.runtime.restart(guild)
            deed = Deed(guild, actor, "deployment.restart")
            await self._parts.database.run(append_audit, deed, self._parts.database.limits)
            self._parts.announce(guild, "restart", {"by": actor.name})
            return True

        await self._in_turn(guild, work, wait=True)

    async def restore(self) -> int:
        """After a start: the guilds that run something are the runtime's again, paused as they were. How many."""
        guilds: dict[GuildId, str] = {}
        while slice_ := await self._parts.database.run(read_deployed, max(guilds, default=0), _SLICE):
            guilds |= slice_
        await self._parts.runtime.restore(guilds)
        return len(guilds)

    # -- turns

    async def _in_turn(self, guild: GuildId, work: Callable[[], Awaitable[Result]], *, wait: bool) -> Result:
        turn = self._turns.setdefault(guild, _Turn())
        if turn.users and (not wait or turn.users > _WAITING):
            raise Problem(409, "deploy_in_progress", "another deploy of this guild is under way")
        turn.users += 1
        job = _Job(work)
        try:
            self._nursery.start_soon(self._run, guild, turn, job)
        except BaseException:
            turn.users -= 1
            raise
        await job.ended.wait()
        if job.error is not None:
            raise job.error
        assert job.result is not None
        return job.result

    async def _run(self, guild: GuildId, turn: _Turn, job: _Job[Any]) -> None:
        try:
            async with turn.lock:
                job.result = await job.work()
        except trio.Cancelled:
            job.error = unavailable("closing", "flora is stopping; the old script is still the guild's")
            raise
        except Exception as error:  # noqa: BLE001 -- belongs to whoever asked, who may be gone
            job.error = error
        finally:
            turn.users -= 1
            if not turn.users:
                self._turns.pop(guild, None)
            job.ended.set()

    # -- the work

    async def _deploy(self, guild: GuildId, asked: DeployAsked) -> DeployDone:
        before = None if asked.key is None else await self._made_before(guild, asked, asked.key)
        if before is not None:
            return before
        started = trio.current_time()
        warnings: list[Diagnostic] = []
        source, source_map = asked.bundle, asked.source_map
        if source is None:
            try:
                bundled = await self._parts.bundler.bundle(asked.files, asked.entry)
            except BundleRefused as refused:
                raise _not_bundled(refused) from None
            source, source_map, warnings = bundled.source or "\n", bundled.source_map, bundled.warnings
        bundled_at = trio.current_time()
        new = await self._new_revision(guild, asked, source, source_map)
        deployed, revision = await self._switch(guild, new, "deployment.create")
        timings = {
            "bundle": _ms(bundled_at - started),
            "load_cpu": deployed.load.cpu_us / 1000,
            "swap": round(deployed.swap_ms, 2),
            "total": _ms(trio.current_time() - started),
        }
        return DeployDone(
            guild=guild,
            revision=revision,
            entry=asked.entry,
            warnings=[*map(str, warnings), *deployed.warnings],
            registrations=deployed.load.registrations,
            timings_ms=timings,
        )

    async def _made_before(self, guild: GuildId, asked: DeployAsked, key: str) -> DeployDone | None:
        made = await self._parts.database.run(find_deploy, guild, key)
        if made is None:
            return None
        if made.fingerprint != asked.fingerprint:
            raise Problem(422, "idempotency_mismatch", "this Idempotency-Key was used for another deploy")
        status = self._parts.runtime.status(guild)
        current = status is not None and status.revision == str(made.revision)
        registrations: Mapping[str, Any] = status.registrations if current and status is not None else {}
        return DeployDone(
            guild=guild, revision=made.revision, entry=asked.entry, registrations=registrations, replayed=True
        )

    async def _new_revision(
        self, guild: GuildId, asked: DeployAsked, source: str, source_map: str | None
    ) -> NewRevision:
        base = await self._current(guild)
        summary: dict[str, Any] = _changes({} if base is None else base.files, asked.files)
        told = {"message": asked.message, "build_id": asked.build, "key": asked.key}
        summary |= {name: value for name, value in told.items() if value}
        if asked.key is not None:
            summary["fingerprint"] = asked.fingerprint
        return NewRevision(
            guild=guild,
            entry=asked.entry,
            files=asked.files,
            source=asked.source,
            actor=asked.actor,
            bundle=source,
            source_map=source_map,
            base_revision=None if base is None else base.summary.id,
            change_summary=summary,
        )

    async def _current(self, guild: GuildId) -> Revision | None:
        deployment = await self._parts.database.run(read_deployment, guild)
        if deployment is None:
            return None
        return await self._parts.database.run(read_revision_files, guild, deployment.revision)

    async def _switch(self, guild: GuildId, new: NewRevision, deed: str) -> tuple[Deployed, RevisionId]:
        """Load it beside what runs, write it, and let it be what runs."""
        parts = self._parts
        assert new.bundle is not None

        async def commit(load: Load) -> str:
            definitions = parts.crons.definitions(load.registrations)
            written = await parts.database.run(commit_deploy, new, definitions, deed, parts.database.limits)
            if isinstance(written, StaleEpoch | BaseChanged):
                raise Problem(409, "guild_moved", "another node of flora owns this guild by now; try again")
            return str(written)

        deployed = await parts.runtime.deploy(guild, Bundle(new.bundle, new.source_map, new.entry), commit)
        if deployed.load.outcome is not LoadOutcome.LOADED:
            raise await self._failed(new, deployed.load)
        parts.crons.changed()
        await self._hasten_timers(guild)
        parts.deployed(guild, deployed.load.registrations)
        parts.announce(guild, "deploy", {"revision": deployed.revision, "entry": new.entry, "by": new.actor.name})
        fields = {"guild": guild, "revision": deployed.revision}
        _log.info("guild %s runs revision %s, from %s", guild, deployed.revision, new.source.value, extra=fields)
        return deployed, RevisionId(int(deployed.revision))

    async def _failed(self, new: NewRevision, load: Load) -> Problem:
        """Kept in the history, told in the guild's log, and answered."""
        told = _told(load)
        failure = replace(new, bundle=None, source_map=None, error=told)
        limits = self._parts.database.limits
        revision = await self._parts.database.run(record_failure, failure, "deployment.fail", limits)
        self._parts.logs.append(new.guild, "error", f"deploy failed: {told}")
        self._parts.announce(new.guild, "deploy_failed", {"revision": str(revision), "entry": new.entry})
        error = None if load.error is None else msgspec.to_builtins(load.error)
        more = {"outcome": load.outcome.value, "error": error, "revision": str(revision)}
        return Problem(400, "script_failed", f"deployment failed: {told}", more=more)

    async def _rollback(self, guild: GuildId, revision: RevisionId, asked: DeployAsked) -> DeployDone:
        wanted = await self._parts.database.run(read_revision, guild, revision)
        if wanted is None:
            raise not_found("there is no such revision of this guild")
        if wanted.bundle is None:
            raise Problem(400, "revision_failed", "this revision never ran; only those that did can be rolled back to")
        again = DeployAsked(
            entry=wanted.summary.entry,
            actor=asked.actor,
            files=wanted.files,
            bundle=wanted.bundle,
            source_map=wanted.source_map,
            source=asked.source,
            message=f"rollback to {revision}",
        )
        started = trio.current_time()
        new = await self._new_revision(guild, again, wanted.bundle, wanted.source_map)
        deployed, made = await self._switch(guild, new, "deployment.rollback")
        return DeployDone(
            guild=guild,
            revision=made,
            entry=again.entry,
            warnings=list(deployed.warnings),
            registrations=deployed.load.registrations,
            timings_ms={"swap": round(deployed.swap_ms, 2), "total": _ms(trio.current_time() - started)},
        )

    async def _undeploy(self, guild: GuildId, actor: Actor) -> bool:
        parts = self._parts
        if not await parts.database.run(remove_deployment, guild, actor, parts.database.limits):
            raise not_found("nothing is deployed in this guild")
        try:
            await parts.runtime.undeploy(guild)
        except RuntimeRefusedError as refused:  # it did not run, which is what was wanted
            _log.info("guild %s had nothing running: %s", guild, refused.code, extra={"guild": guild})
        parts.crons.changed()
        parts.deployed(guild, {})
        parts.announce(guild, "undeploy", {"by": actor.name})
        return True


def _not_bundled(refused: BundleRefused) -> Problem:
    diagnostics = [
        {
            "text": one.text,
            "file": one.file,
            "line": one.line,
            "column": one.column,
            "frame": one.frame,
            "hint": one.hint,
        }
        for one in refused.diagnostics
    ]
    return Problem(400, "bundle_refused", str(refused), more={"diagnostics": diagnostics})


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, Any]:
    return {
        "added_files": sorted(set(after) - set(before)),
        "removed_files": sorted(set(before) - set(after)),
        "modified_files": sorted(path for path in set(before) & set(after) if before[path] != after[path]),
    }


def _told(load: Load) -> str:
    """An error of a script with its frames, or what else kept it from loading."""
    return load_text(load) if load.error is None else error_text(load.error)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)


@asynccontextmanager
async def open_deployer(parts: DeployerParts) -> AsyncGenerator[Deployer]:
    """Deploys that are under way when the block is left are cut: what was committed counts, the rest never was."""
    async with trio.open_nursery() as nursery:
        yield Deployer(parts, nursery)
        nursery.cancel_scope.cancel()
