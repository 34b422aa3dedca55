"""Deployments: what runs, making something else run, the history, and going back in it."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from api.access import P
from api.deployer import DeployAsked, DeployDone
from api.parts import ApiParts
from api.problems import Problem, invalid, not_found
from api.resources.common import Done, Page, identity, page, size, source_of
from api.resources.deployment_info import (
    DeployInfo,
    DeploymentEntry,
    DeploymentInfo,
    File,
    RevisionInfo,
    deploy_info,
    deployment_info,
    entry_of,
    revision_info,
    revision_summary,
)
from api.resources.whose import visible
from api.table import Answer, Call, Route
from gateway.discord_api import DiscordAwayError
from storage.ids import GuildId, RevisionId
from storage.postgres.deploy import read_running
from storage.postgres.revision_read import (
    read_deployment,
    read_history,
    read_revision,
    read_revision_files,
)
from storage.records import Revision

_DEPLOY_S = 120.0


class DeployBody(msgspec.Struct, forbid_unknown_fields=True):
    """Files to be bundled, a bundle as it is, or the id of a build."""

    entry: str
    files: list[File] | None = None
    bundle: str | None = None
    source_map: File | None = None
    build_id: str | None = None
    message: str | None = None


class DeployQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`wait=false` refuses when another deploy of the guild is under way."""

    wait: bool = True


class OneQuery(msgspec.Struct, forbid_unknown_fields=True):
    include_bundle: bool = False


class ListQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Operators page through all guilds with the last guild they saw."""

    cursor: str | None = None


class HistoryQuery(Page, forbid_unknown_fields=True):
    """`cursor_id` and `cursor_deployed_at` are the first version's; the second is not needed any more. Nor is
    `include_bundle`: files and bundles come with a single revision."""

    include_bundle: bool = False
    cursor_id: str | None = None
    cursor_deployed_at: str | None = None


class DiffQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Revisions; without `new` what runs, without `old` the one it was made on."""

    old: str | None = None
    new: str | None = None


class PauseBody(msgspec.Struct, forbid_unknown_fields=True):
    reason: str = ""


class DiffInfo(msgspec.Struct):
    """A unified diff of two revisions' files, line by line."""

    old: str
    new: str
    diff: list[str]


def routes(parts: ApiParts) -> Sequence[Route]:
    async def list_all(call: Call) -> Answer:
        cursor = call.query_as(ListQuery).cursor
        after = 0 if cursor is None else identity(cursor, "a guild")
        guilds, more = await visible(parts, call.who, after)
        found = await parts.database.run(read_running, guilds)
        return page(call, [entry_of(one, parts.runtime.status(one.guild)) for one in found], more)

    async def get(call: Call) -> DeploymentInfo:
        deployment = await parts.database.run(read_deployment, call.of_guild)
        if deployment is None:
            raise not_found("nothing is deployed in this guild")
        bundle = call.query_as(OneQuery).include_bundle
        revision = await _revision(parts, call.of_guild, str(deployment.revision), with_bundle=bundle)
        return deployment_info(deployment, revision, parts.runtime.status(call.of_guild), with_bundle=bundle)

    async def deploy(call: Call) -> Answer:
        asked = _asked(parts, call)
        done = await parts.deployer.deploy(call.of_guild, asked)
        return await _deployed(parts, done)

    async def history(call: Call) -> Answer:
        query = call.query_as(HistoryQuery)
        cursor = query.cursor or query.cursor_id
        before = None if cursor is None else RevisionId(identity(cursor, "a revision"))
        limit = size(query.limit, 100)
        found = await parts.database.run(read_history, call.of_guild, cursor=before, limit=limit)
        return page(call, [revision_summary(one) for one in found.revisions], found.next_cursor)

    async def revision(call: Call) -> RevisionInfo:
        bundle = call.query_as(OneQuery).include_bundle
        found = await _revision(parts, call.of_guild, call.names["revision"], with_bundle=bundle)
        return revision_info(found, with_bundle=bundle)

    async def diff(call: Call) -> DiffInfo:
        query = call.query_as(DiffQuery)
        new = await _newer(parts, call.of_guild, query.new)
        old_id = query.old or (None if new.summary.base_revision is None else str(new.summary.base_revision))
        old = None if old_id is None else await _revision(parts, call.of_guild, old_id)
        before: Mapping[str, str] = {} if old is None else old.files
        lines = [line for path in sorted({*before, *new.files}) for line in _file_diff(path, before, new.files)]
        return DiffInfo("" if old is None else str(old.summary.id), str(new.summary.id), lines)

    async def rollback(call: Call) -> Answer:
        wanted = RevisionId(identity(call.names["revision"], "a revision"))
        asked = DeployAsked(
            entry="", actor=call.who.actor, source=source_of(call), wait=call.query_as(DeployQuery).wait
        )
        return await _deployed(parts, await parts.deployer.rollback(call.of_guild, wanted, asked))

    async def undeploy(call: Call) -> Answer:
        await parts.deployer.undeploy(call.of_guild, call.who.actor)
        return Answer(status=204)

    async def pause(call: Call) -> Done:
        reason = call.body_as(PauseBody).reason[:500]
        await parts.deployer.pause(call.of_guild, reason or f"paused by {call.who.name}", call.who.actor)
        return Done()

    async def resume(call: Call) -> Done:
        await parts.deployer.resume(call.of_guild, call.who.actor)
        return Done()

    async def restart(call: Call) -> Done:
        await parts.deployer.restart(call.of_guild, call.who.actor)
        return Done()

    one, read, write = "/deployments/{guild}", P.DEPLOYMENTS_READ, P.DEPLOYMENTS_WRITE
    return [
        Route(method="GET", path="/deployments", handler=list_all, permission=P.IDENTITY, query=ListQuery,
              answers=list[DeploymentEntry], refuses=(400, 502), tells="what runs in the guilds that you may see"),
        Route(method="GET", path=one, handler=get, permission=read, query=OneQuery, answers=DeploymentInfo,
              refuses=(404,), tells="what runs in a guild, with its files"),
        Route(method="POST", path=one, handler=deploy, permission=write, query=DeployQuery, body=DeployBody,
              answers=DeployInfo, timeout_s=_DEPLOY_S, refuses=(404, 409),
              tells="deploy files or a bundle; send Idempotency-Key to be able to ask again"),
        Route(method="DELETE", path=one, handler=undeploy, permission=write, status=204, refuses=(404, 409),
              timeout_s=_DEPLOY_S, tells="take the script away; data, log and history stay"),
        Route(method="GET", path=f"{one}/history", handler=history, permission=read, query=HistoryQuery,
              answers=list[RevisionInfo], tells="deploys, newest first"),
        Route(method="GET", path=f"{one}/revisions/{{revision}}", handler=revision, permission=read,
              query=OneQuery, answers=RevisionInfo, refuses=(404,), tells="one deploy, with its files"),
        Route(method="GET", path=f"{one}/diff", handler=diff, permission=read, query=DiffQuery, answers=DiffInfo,
              refuses=(404,), tells="what changed between two revisions"),
        Route(method="POST", path=f"{one}/rollback/{{revision}}", handler=rollback, permission=write,
              query=DeployQuery, answers=DeployInfo, timeout_s=_DEPLOY_S, refuses=(404, 409),
              tells="let an earlier revision's script run again"),
        Route(method="POST", path=f"{one}/pause", handler=pause, permission=write, body=PauseBody,
              body_optional=True, answers=Done, refuses=(404, 409), tells="let the guild rest: no event reaches it"),
        Route(method="POST", path=f"{one}/resume", handler=resume, permission=write, answers=Done,
              refuses=(404, 409), tells="let it run again"),
        Route(method="POST", path=f"{one}/restart", handler=restart, permission=write, answers=Done,
              refuses=(404, 409), tells="a fresh isolate with the same script"),
    ]  # fmt: skip


def _asked(parts: ApiParts, call: Call) -> DeployAsked:
    body = call.body_as(DeployBody)
    if not body.entry.strip():
        raise invalid("entry", "must name a file")
    files = _files(body)
    bundle = body.bundle
    source_map = None if body.source_map is None else body.source_map.contents
    if bundle is None and not files and body.build_id is not None:
        build = parts.builds.find(body.build_id)
        if build is None or build.guild != call.guild:
            raise not_found("there is no such build of this guild; builds are kept for an hour")
        if build.bundled is None:
            raise Problem(409, "build_not_done", f"this build is {build.status}")
        files, bundle, source_map = dict(build.files), build.bundled.source, build.bundled.source_map
    if bundle is None and not files:
        raise invalid("files", "or a bundle must be there")
    if bundle is not None and not bundle.strip():
        raise invalid("bundle", "must not be empty")
    return DeployAsked(
        entry=body.entry,
        actor=call.who.actor,
        files=files,
        bundle=bundle,
        source_map=source_map,
        source=source_of(call),
        message=(body.message or "")[:1000],
        build=body.build_id,
        key=_key(call),
        wait=call.query_as(DeployQuery).wait,
    )


def _files(body: DeployBody) -> dict[str, str]:
    files: dict[str, str] = {}
    for index, file in enumerate(body.files or []):
        if not file.path.strip():
            raise invalid(f"files[{index}].path", "must not be empty")
        if file.path in files:
            raise invalid(f"files[{index}].path", f"is there twice: {file.path}")
        files[file.path] = file.contents
    return files


def _key(call: Call) -> str | None:
    key = call.headers.get("idempotency-key")
    if key is not None and (not 0 < len(key) <= 200 or not key.isprintable()):
        raise Problem(400, "bad_idempotency_key", "an Idempotency-Key has 1 to 200 printable characters")
    return key


async def _absence(parts: ApiParts, guild: GuildId) -> list[str]:
    """A warning when the bot is not in the guild. Operators may deploy there all the same: it is invited later, or
    an id was mistyped."""
    try:
        is_in = await parts.directory.is_in(guild)
    except DiscordAwayError:  # the deploy is done, and nobody knows better
        return []
    return [] if is_in else [f"the bot is not in guild {guild}: nothing happens there until it is invited"]


async def _deployed(parts: ApiParts, done: DeployDone) -> Answer:
    headers = {"Idempotency-Replayed": "true"} if done.replayed else {}
    told = replace(done, warnings=[*done.warnings, *await _absence(parts, done.guild)])
    return Answer(deploy_info(told, parts.clocks.now()), headers=headers)


async def _revision(parts: ApiParts, guild: GuildId, text: str, *, with_bundle: bool = False) -> Revision:
    read = read_revision if with_bundle else read_revision_files
    found = await parts.database.run(read, guild, RevisionId(identity(text, "a revision")))
    if found is None:
        raise not_found("there is no such revision of this guild")
    return found


async def _newer(parts: ApiParts, guild: GuildId, text: str | None) -> Revision:
    if text is not None:
        return await _revision(parts, guild, text)
    deployment = await parts.database.run(read_deployment, guild)
    if deployment is None:
        raise not_found("nothing is deployed in this guild")
    return await _revision(parts, guild, str(deployment.revision))


def _file_diff(path: str, before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    old, new = before.get(path, "").splitlines(), after.get(path, "").splitlines()
    return list(difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm=""))
