"""The guilds that one may see, what each uses of its limits, and who did what there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from actors.refs import Usage
from api.access import P, administrates
from api.parts import ApiParts
from api.resources.common import Page, identity, page, size
from api.resources.whose import candidates
from api.table import Answer, Call, Route
from storage.ids import AuditId, GuildId
from storage.postgres.audit import list_audit


class GuildInfo(msgspec.Struct):
    id: str
    name: str
    icon: str | None
    permissions: int


class UsageInfo(msgspec.Struct):
    """Since the daemon started; `limits` is what each may come to."""

    guild_id: str
    phase: str
    cpu_ms: float
    wall_ms: float
    events: dict[str, int]
    drops: dict[str, int]
    rest_calls: int
    kv_calls: int
    fetch_calls: int
    restarts: int
    in_flight: int
    waiting: int
    private_bytes: int | None
    kv_bytes: int
    crons: int
    limits: dict[str, float]


class AuditInfo(msgspec.Struct):
    id: str
    at: datetime
    actor_type: str
    user_id: str | None
    username: str
    action: str
    target: str
    detail: Any


def routes(parts: ApiParts) -> Sequence[Route]:
    async def list_guilds(call: Call) -> list[GuildInfo]:
        who = call.who
        if who.session is not None and parts.login is not None:
            session = await parts.sessions.read(who.session)
            listed = [] if session is None else await parts.login.guilds(session)
            return [
                GuildInfo(one.id, one.name, one.icon, one.bits)
                for one in listed
                if administrates(one.bits) and await parts.directory.is_in(GuildId(int(one.id)))
            ]
        if who.everywhere and who.guilds is None:
            names = dict.fromkeys(parts.runtime.guilds(), "") | dict(await parts.directory.guilds())
            return [GuildInfo(str(guild), names[guild], None, 0) for guild in sorted(names)]
        found: list[GuildInfo] = []
        for guild in await candidates(parts, who):
            bits = await parts.directory.permissions(guild, who.user)
            if who.everywhere or administrates(bits):
                found.append(GuildInfo(str(guild), await _name(guild), None, bits or 0))
        return found

    async def _name(guild: GuildId) -> str:
        return await parts.directory.name_of(guild) or ""

    async def usage(call: Call) -> UsageInfo:
        status = parts.runtime.status(call.of_guild)
        used = Usage() if status is None else status.usage
        config = parts.config
        stored = await parts.kv.usage(call.of_guild)
        crons = await parts.crons.list(call.of_guild)
        limits = {
            "private_bytes": float(config.isolate.process_bytes),
            "kv_bytes": float(config.kv.guild_bytes),
            "crons": config.storage.crons_per_guild,
            "in_flight": float(config.runtime.in_flight),
            "waiting": float(config.runtime.mailbox),
        }
        return UsageInfo(
            guild_id=str(call.of_guild),
            phase="cold" if status is None else status.phase.value,
            cpu_ms=used.cpu_us / 1000,
            wall_ms=used.wall_us / 1000,
            events=dict(used.events),
            drops=dict(used.drops),
            rest_calls=used.ops.get("rest", 0),
            kv_calls=used.ops.get("kv", 0),
            fetch_calls=used.ops.get("fetch", 0),
            restarts=used.restarts,
            in_flight=0 if status is None else status.in_flight,
            waiting=0 if status is None else status.waiting,
            private_bytes=None if status is None else status.private_bytes,
            kv_bytes=stored.size,
            crons=len(crons),
            limits={name: limit for name, limit in limits.items() if limit != float("inf")},
        )

    async def audit(call: Call) -> Answer:
        query = call.query_as(Page)
        cursor = None if query.cursor is None else AuditId(identity(query.cursor, "an entry"))
        limit = size(query.limit, 100)
        found = await parts.database.run(list_audit, call.guild, cursor=cursor, limit=limit)
        entries = [
            AuditInfo(
                str(one.id),
                one.at,
                one.actor.kind.value,
                None if one.actor.id is None else str(one.actor.id),
                one.actor.name,
                one.action,
                one.target,
                one.detail,
            )
            for one in found.entries
        ]
        return page(call, entries, found.next_cursor)

    return [
        Route(method="GET", path="/guilds", handler=list_guilds, permission=P.IDENTITY, answers=list[GuildInfo],
              refuses=(502,),
              tells="the guilds that you administrate and flora is in; for operators, all it is in or runs in"),
        Route(method="GET", path="/guilds/{guild}/usage", handler=usage, permission=P.USAGE_READ,
              answers=UsageInfo, tells="what a guild has used of its limits"),
        Route(method="GET", path="/audit/{guild}", handler=audit, permission=P.AUDIT_READ, query=Page,
              answers=list[AuditInfo], tells="who did what in a guild, newest first"),
        Route(method="GET", path="/audit", handler=audit, permission=P.OPERATE, query=Page,
              answers=list[AuditInfo], tells="who did what that concerns no guild: tokens, workers"),
    ]  # fmt: skip
