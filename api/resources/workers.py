"""For operators: workers, which guild is where, and moving guilds."""

from collections.abc import Sequence

import msgspec

from actors.placement import WorkerId
from api.access import P
from api.parts import ApiParts
from api.problems import Problem
from api.resources.common import Done, audit
from api.table import Answer, Call, Route


class WorkerInfo(msgspec.Struct):
    worker: str
    state: str
    guilds: int
    live: int
    backlog: int
    zygote_warm: bool
    zygote_restarts: int


class Place(msgspec.Struct):
    guild: str
    worker: str | None
    phase: str


class MigrateBody(msgspec.Struct, forbid_unknown_fields=True):
    worker: str | int


class WorkerMade(msgspec.Struct):
    worker: str


def routes(parts: ApiParts) -> Sequence[Route]:
    runtime = parts.runtime

    def list_workers(_call: Call) -> list[WorkerInfo]:
        return [
            WorkerInfo(
                str(one.worker), one.state, one.guilds, one.live, one.backlog, one.zygote_warm, one.zygote_restarts
            )
            for one in runtime.workers()
        ]

    async def add(call: Call) -> WorkerMade:
        worker = await runtime.add_worker()
        await audit(parts, call, "worker.add", str(worker))
        return WorkerMade(str(worker))

    async def remove(call: Call) -> Answer:
        worker = _worker(call.names["worker"])
        await runtime.remove_worker(worker)
        await audit(parts, call, "worker.remove", str(worker))
        return Answer(status=204)

    async def drain(call: Call) -> Done:
        worker = _worker(call.names["worker"])
        await runtime.drain(worker)
        await audit(parts, call, "worker.drain", str(worker))
        return Done()

    def placement(_call: Call) -> list[Place]:
        found = [runtime.status(guild) for guild in runtime.guilds()]
        return [
            Place(str(one.guild), None if one.worker is None else str(one.worker), one.phase.value)
            for one in found
            if one is not None
        ]

    async def migrate(call: Call) -> Done:
        target = _worker(str(call.body_as(MigrateBody).worker))
        await runtime.migrate(call.of_guild, target)
        await audit(parts, call, "guild.migrate", str(target))
        return Done()

    def _worker(text: str) -> WorkerId:
        """By what `GET /workers` calls it."""
        for one in runtime.workers():
            if str(one.worker) == text:
                return one.worker
        raise Problem(404, "unknown_worker", f"there is no worker {text[:40]}")

    operate = P.OPERATE
    return [
        Route(method="GET", path="/workers", handler=list_workers, permission=operate, answers=list[WorkerInfo],
              tells="the workers and their load"),
        Route(method="POST", path="/workers", handler=add, permission=operate, answers=WorkerMade, refuses=(409,),
              timeout_s=60.0, tells="one more worker; it takes its share of the guilds"),
        Route(method="DELETE", path="/workers/{worker}", handler=remove, permission=operate, status=204,
              refuses=(404, 409), timeout_s=300.0, tells="move a worker's guilds away and end it"),
        Route(method="POST", path="/workers/{worker}/drain", handler=drain, permission=operate, answers=Done,
              refuses=(404, 409), timeout_s=300.0, tells="move every guild off a worker"),
        Route(method="GET", path="/placement", handler=placement, permission=operate, answers=list[Place],
              tells="which guild runs on which worker"),
        Route(method="POST", path="/guilds/{guild}/migrate", handler=migrate, permission=operate, body=MigrateBody,
              answers=Done, refuses=(404, 409), timeout_s=60.0, tells="move a guild; no event is lost"),
    ]  # fmt: skip
