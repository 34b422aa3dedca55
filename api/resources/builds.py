"""Builds: a zip is uploaded, becomes a bundle, and can be deployed by its id."""

import io
from collections.abc import Sequence
from datetime import datetime

import msgspec
import trio
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from api.access import P, authorize
from api.builds import Build
from api.parts import ApiParts
from api.problems import Problem, invalid, not_found
from api.resources.common import identity, seen
from api.streams import HEARTBEAT, HEARTBEAT_S, Sink, event
from api.table import Answer, Call, Route
from storage.ids import GuildId

UPLOAD_BYTES = 32 * 1024 * 1024
_PARTS = 16


class BuildStarted(msgspec.Struct):
    build_id: str
    status: str


class Artifact(msgspec.Struct):
    bundle: str
    source_map: str


class BuildInfo(msgspec.Struct, omit_defaults=True):
    build_id: str
    guild_id: str
    entry: str
    status: str
    logs: list[str]
    started_at: datetime | None = None
    finished_at: datetime | None = None
    artifact: Artifact | None = None
    error: str | None = None


class BuildForm(msgspec.Struct):
    """Fields of multipart/form-data; `project_zip` is a file."""

    guild_id: str
    entry: str
    project_zip: bytes


def routes(parts: ApiParts) -> Sequence[Route]:
    async def start(call: Call) -> BuildStarted:
        form = await trio.to_thread.run_sync(_form, call.headers["content-type"], call.body_as(bytes))
        guild = GuildId(identity(form.guild_id, "a guild"))
        await authorize(P.DEPLOYMENTS_WRITE, call.who, guild, parts.directory)
        if not form.entry.strip():
            raise invalid("entry", "must name a file")
        build = parts.builds.start(guild, form.entry, form.project_zip)
        return BuildStarted(build.id, build.status)

    async def find(call: Call) -> Build:
        build = parts.builds.find(call.names["build"])
        if build is None:
            raise not_found("there is no such build of yours; builds are kept for an hour")
        try:
            await authorize(P.DEPLOYMENTS_READ, call.who, build.guild, parts.directory)
        except Problem:  # whose it is, is nobody's business
            raise not_found("there is no such build of yours; builds are kept for an hour") from None
        return build

    async def get(call: Call) -> BuildInfo:
        build = await find(call)
        made = build.bundled
        return BuildInfo(
            build.id,
            str(build.guild),
            build.entry,
            build.status,
            list(build.logs),
            build.started_at,
            build.finished_at,
            None if made is None else Artifact(made.source, made.source_map),
            build.error,
        )

    async def logs(call: Call) -> Answer:
        build = await find(call)
        after = seen(call, None, "a line")

        async def push(sink: Sink) -> None:
            with parts.streams.one_more():
                await _tell(sink, build, after or 0, parts.streams.closing)

        parts.streams.refuse_when_full(build.guild)
        return Answer(media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}, push=push)

    return [
        Route(method="POST", path="/builds", handler=start, permission=P.DEPLOYMENTS_WRITE, body=bytes,
              body_types=("multipart/form-data",), body_bytes=UPLOAD_BYTES, answers=BuildStarted,
              refuses=(400, 429), tells="bundle a project out of a zip"),
        Route(method="GET", path="/builds/{build}", handler=get, permission=P.DEPLOYMENTS_READ, answers=BuildInfo,
              refuses=(404,), tells="how a build is, and what it made"),
        Route(method="GET", path="/builds/{build}/logs", handler=logs, permission=P.DEPLOYMENTS_READ,
              media_type="text/event-stream", timeout_s=None, refuses=(404, 503),
              tells="a build's lines, as they come"),
    ]  # fmt: skip


async def _tell(sink: Sink, build: Build, after: int, closing: trio.Event) -> None:
    """Its lines from behind this one, each with its number, until it is over."""
    said = after
    while not closing.is_set():
        if len(build.logs) > said:
            lines = enumerate(build.logs[said:], said + 1)
            said = len(build.logs)
            await sink.write(sink.frame(b"".join(event(line, name="log", number=number) for number, line in lines)))
        elif build.over:
            await sink.write(sink.frame(event({"status": build.status}, name="done")))
            return
        elif not await _either(build.changed, closing):
            await sink.write(sink.frame(HEARTBEAT))


async def _either(one: trio.Event, other: trio.Event) -> bool:
    """Until one of them; False when it is time for a sign of life."""
    happened = False
    with trio.move_on_after(HEARTBEAT_S):
        async with trio.open_nursery() as nursery:

            async def wait(event: trio.Event) -> None:
                nonlocal happened
                await event.wait()
                happened = True
                nursery.cancel_scope.cancel()

            nursery.start_soon(wait, one)
            nursery.start_soon(wait, other)
    return happened


def _form(content_type: str, data: bytes) -> BuildForm:
    media, options = parse_options_header(content_type)
    parser = FormDataParser(max_form_memory_size=64 * 1024, max_form_parts=_PARTS, silent=False)
    try:
        _, fields, files = parser.parse(io.BytesIO(data), media, len(data), options)
    except Exception as error:  # noqa: BLE001 -- it raises what its parts happen to raise
        raise Problem(400, "bad_form", f"the form cannot be read ({type(error).__name__})") from None
    try:
        for name in ("guild_id", "entry", "project_zip"):
            if name not in fields and name not in files:
                raise Problem(400, "field_missing", f"`{name}` is required")
        if "project_zip" not in files:
            raise Problem(400, "field_missing", "`project_zip` is a file")
        return BuildForm(str(fields.get("guild_id", "")), str(fields.get("entry", "")), files["project_zip"].read())
    finally:
        for file in files.values():
            file.close()
