"""Whether flora lives, whether it is ready and if not why, and its numbers; and Discord's interactions over HTTP."""

from collections.abc import Sequence
from typing import Any

import msgspec
import trio

from actors.metrics import CONTENT_TYPE
from api.access import P
from api.parts import ApiParts, Check
from api.problems import Problem
from api.table import JSON, Answer, Call, Route
from gateway.interactions_endpoint import BODY_BYTES, SIGNATURE_HEADER, TIMESTAMP_HEADER
from storage.errors import StorageError
from storage.postgres.connection import Connection

_CHECK_S = 2.0


class CheckResult(msgspec.Struct):
    name: str
    ok: bool
    reason: str


class Readiness(msgspec.Struct):
    """Ready: every part does its work. Degraded parts that scripts can do without are not counted."""

    ready: bool
    checks: list[CheckResult]


async def _ping(connection: Connection) -> int:
    found: int = await connection.fetchval("SELECT 1")
    return found


def routes(parts: ApiParts) -> Sequence[Route]:
    async def database() -> str:
        await parts.database.run(_ping)
        return ""

    async def cache() -> str:
        await parts.cache.ping()
        return ""

    async def values() -> str:  # noqa: ASYNC124  as a Check is
        behind = parts.kv.statistics().is_behind
        return (
            "data.mdb cannot be written; what was acknowledged is in the journal: is the disk full?" if behind else ""
        )

    async def workers() -> str:  # noqa: ASYNC124  as a Check is
        return "" if any(one.state == "live" for one in parts.runtime.workers()) else "no worker runs"

    checks: dict[str, Check] = {
        "database": database,
        "cache": cache,
        "values": values,
        "workers": workers,
        **parts.checks,
    }

    def health(_call: Call) -> Answer:
        return Answer(b"ok", media_type="text/plain; charset=utf-8")

    async def ready(_call: Call) -> Answer:
        results: dict[str, CheckResult] = {}
        async with trio.open_nursery() as nursery:
            for name, check in checks.items():
                nursery.start_soon(_look, name, check, results)
        found = [results[name] for name in checks]
        told = Readiness(all(one.ok for one in found), found)
        return Answer(told, 200 if told.ready else 503)

    async def metrics(_call: Call) -> Answer:
        return Answer(await parts.metrics.render(), media_type=CONTENT_TYPE)

    def metrics_json(_call: Call) -> Any:
        live = sum(worker.live for worker in parts.runtime.workers())
        return {"isolate_count": live, **parts.metrics.snapshot()}

    def interaction(call: Call) -> Answer:
        if parts.interactions is None:
            raise Problem(404, "no_interactions", "interactions over HTTP are not configured; set DISCORD_PUBLIC_KEY")
        signature, timestamp = (call.headers.get(name.lower()) for name in (SIGNATURE_HEADER, TIMESTAMP_HEADER))
        given = parts.interactions.answer(signature, timestamp, call.body_as(bytes))
        if given.status >= 400:
            raise Problem(given.status, "bad_interaction", "this is no interaction that Discord signed")
        return Answer(given.body, given.status, JSON)

    text = "text/plain"
    return [
        Route(method="GET", path="/health", handler=health, permission=P.OPEN, media_type=text,
              tells="whether flora lives"),
        Route(method="GET", path="/health/ready", handler=ready, permission=P.OPEN, answers=Readiness,
              refuses=(503,), tells="whether it can do its work, and if not why"),
        Route(method="GET", path="/metrics", handler=metrics, permission=P.METRICS, media_type=text,
              tells="numbers, for Prometheus"),
        Route(method="GET", path="/metrics", handler=metrics, permission=P.METRICS, media_type=text,
              in_the_open=True, tells="the same, where scrapers look for it"),
        Route(method="GET", path="/metrics/json", handler=metrics_json, permission=P.METRICS,
              answers=dict[str, float], tells="numbers, as the first version gave them"),
        Route(method="POST", path="/interactions", handler=interaction, permission=P.OPEN, body=bytes,
              body_bytes=BODY_BYTES, answers=dict[str, Any], refuses=(401, 404),
              tells="interactions that Discord sends over HTTP, signed"),
    ]  # fmt: skip


async def _look(name: str, check: Check, results: dict[str, CheckResult]) -> None:
    reason = f"no answer within {_CHECK_S:g} s"
    with trio.move_on_after(_CHECK_S):
        try:
            reason = await check()
        except StorageError as error:
            reason = str(error)
    results[name] = CheckResult(name, not reason, reason)
