"""How deployments and revisions are shown: their shapes, and how they are made of what is stored and what runs."""

from datetime import datetime
from typing import Any

import msgspec

from actors.refs import GuildStatus
from api.cli.shapes import as_map
from api.deployer import DeployDone
from storage.postgres.deploy import Running
from storage.records import Deployment, Revision, RevisionSummary


class File(msgspec.Struct, forbid_unknown_fields=True):
    path: str
    contents: str


class Who(msgspec.Struct):
    actor_type: str
    user_id: str | None
    username: str


class DeploymentEntry(msgspec.Struct):
    guild_id: str
    entry: str
    revision: str
    created_at: datetime
    updated_at: datetime
    phase: str


class DeploymentInfo(msgspec.Struct, omit_defaults=True):
    """What a guild runs, and how it is."""

    guild_id: str
    entry: str
    revision: str
    created_at: datetime
    updated_at: datetime
    phase: str
    reason: str
    worker: str | None
    in_flight: int
    waiting: int
    registrations: dict[str, Any]
    files: list[File]
    source_map: File | None = None
    bundle: str | None = None


class RevisionInfo(msgspec.Struct, omit_defaults=True):
    """A deploy, whether it succeeded or not. `files` come with a single revision only."""

    id: str
    guild_id: str
    entry: str
    status: str
    deployed_at: datetime
    deploy_source: str
    actor: Who
    error_message: str | None = None
    message: str | None = None
    build_id: str | None = None
    base_revision_id: str | None = None
    change_summary: dict[str, list[str]] | None = None
    files: list[File] | None = None
    source_map: File | None = None
    bundle: str | None = None


class DeployInfo(msgspec.Struct):
    """A deploy that succeeded: what it found, and where the time went."""

    id: str
    revision: str
    guild_id: str
    entry: str
    created_at: datetime
    updated_at: datetime
    warnings: list[str]
    registrations: dict[str, Any]
    timings_ms: dict[str, float]


def deploy_info(done: DeployDone, now: datetime) -> DeployInfo:
    return DeployInfo(
        str(done.revision),
        str(done.revision),
        str(done.guild),
        done.entry,
        now,
        now,
        list(done.warnings),
        dict(done.registrations),
        dict(done.timings_ms),
    )


def _phase(status: GuildStatus | None) -> str:
    return "cold" if status is None else status.phase.value


def entry_of(one: Running, status: GuildStatus | None) -> DeploymentEntry:
    phase = _phase(status)
    return DeploymentEntry(str(one.guild), one.entry, str(one.revision), one.created_at, one.updated_at, phase)


def deployment_info(
    deployment: Deployment, revision: Revision, status: GuildStatus | None, *, with_bundle: bool
) -> DeploymentInfo:
    return DeploymentInfo(
        guild_id=str(deployment.guild),
        entry=revision.summary.entry,
        revision=str(deployment.revision),
        created_at=revision.summary.created_at,
        updated_at=deployment.updated_at,
        phase=_phase(status),
        reason="" if status is None else status.reason,
        worker=None if status is None or status.worker is None else str(status.worker),
        in_flight=0 if status is None else status.in_flight,
        waiting=0 if status is None else status.waiting,
        registrations={} if status is None else dict(status.registrations),
        files=[File(path, contents) for path, contents in revision.files.items()],
        source_map=_map_of(revision) if with_bundle else None,
        bundle=revision.bundle if with_bundle else None,
    )


def _map_of(revision: Revision) -> File | None:
    return None if revision.source_map is None else File(f"{revision.summary.entry}.map", revision.source_map)


def revision_summary(summary: RevisionSummary) -> RevisionInfo:
    told = as_map(summary.change_summary)
    changes = {name: value for name, value in told.items() if name.endswith("_files")}
    actor = summary.actor
    return RevisionInfo(
        id=str(summary.id),
        guild_id=str(summary.guild),
        entry=summary.entry,
        status=summary.status.value,
        deployed_at=summary.created_at,
        deploy_source=summary.source.value,
        actor=Who(actor.kind.value, None if actor.id is None else str(actor.id), actor.name),
        error_message=summary.error,
        message=told.get("message"),
        build_id=told.get("build_id"),
        base_revision_id=None if summary.base_revision is None else str(summary.base_revision),
        change_summary=changes or None,
    )


def revision_info(revision: Revision, *, with_bundle: bool) -> RevisionInfo:
    info = revision_summary(revision.summary)
    info.files = [File(path, contents) for path, contents in revision.files.items()]
    if with_bundle:
        info.bundle, info.source_map = revision.bundle, _map_of(revision)
    return info
