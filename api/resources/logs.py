"""Logs: what is kept, by level, text and time; and what comes, as a stream."""

from collections.abc import Sequence

import msgspec

from api.access import P, authorize
from api.auth import Authenticator
from api.parts import ApiParts
from api.problems import Problem, invalid
from api.resources.common import identity, seen, size, utc
from api.streams import LogEntry, Sink, entry_of
from api.table import Answer, Call, Route
from gateway.discord_api import DiscordAwayError
from storage.errors import StorageError
from storage.guild_logs import LogQuery
from storage.guild_logs.lines import Level
from storage.ids import GuildId

_LEVELS = {"trace": Level.DEBUG, "debug": Level.DEBUG, "info": Level.INFO, "warn": Level.WARN, "error": Level.ERROR}
_MOST = 1_000


class Filter(msgspec.Struct, forbid_unknown_fields=True):
    """`level` and worse; `text` in any case; moments as RFC 3339 or Unix milliseconds."""

    level: str | None = None
    text: str | None = None
    since: str | None = None
    until: str | None = None
    revision: str | None = None


class LogsQuery(Filter, forbid_unknown_fields=True):
    """`before` is the id of the oldest line there was: the page before it. `order` of lines is oldest first."""

    limit: int = 100
    before: str | None = None


class StreamQuery(Filter, forbid_unknown_fields=True):
    """`after` is the id of the last line that was seen; the header Last-Event-ID counts before it."""

    after: str | None = None


class OldLogsQuery(LogsQuery, forbid_unknown_fields=True, kw_only=True):
    guild: str


class OldStreamQuery(StreamQuery, forbid_unknown_fields=True, kw_only=True):
    guild: str


def routes(parts: ApiParts, authenticator: Authenticator) -> Sequence[Route]:
    async def search(call: Call) -> Answer:
        query = call.query
        assert isinstance(query, LogsQuery)
        start = None if query.before is None else identity(query.before, "a line") - 1
        limit = size(query.limit, _MOST)
        if start == 0:
            return Answer([])
        guild = call.of_guild
        found = await parts.logs.search(guild, _wanted(query), start=start, limit=limit, newest_first=True)
        entries = [entry_of(guild, line) for line in reversed(found.lines)]
        headers = {} if found.next is None or found.next < 1 else {"X-Next-Cursor": str(found.next + 1)}
        return Answer(entries, headers=headers)

    def stream(call: Call) -> Answer:
        query = call.query
        assert isinstance(query, StreamQuery)
        guild = call.of_guild
        parts.streams.refuse_when_full(guild)
        after = seen(call, query.after, "a line")
        headers = {"X-Accel-Buffering": "no"}

        async def may() -> bool:
            try:
                principal = await authenticator.principal(call.headers, call.cookies, call.address)
                await authorize(P.LOGS_READ, principal, call.of_guild, parts.directory)
            except Problem:
                return False
            except (StorageError, DiscordAwayError):  # nobody can say: as it was
                return True
            return True

        wanted = _wanted(query)

        async def push(sink: Sink) -> None:
            await parts.streams.push(guild, wanted, after, sink, may=may, who=call.who.key)

        return Answer(media_type="text/event-stream", headers=headers, push=push)

    async def in_query(call: Call) -> None:
        """The documents' spelling has the guild in the query."""
        call.guild = GuildId(identity(call.query.guild, "a guild"))
        await authorize(P.LOGS_READ, call.who, call.guild, parts.directory)

    async def old_search(call: Call) -> Answer:
        await in_query(call)
        return await search(call)

    async def old_stream(call: Call) -> Answer:
        await in_query(call)
        return stream(call)

    events, read = "text/event-stream", P.LOGS_READ
    return [
        Route(method="GET", path="/logs/{guild}", handler=search, permission=read, query=LogsQuery,
              answers=list[LogEntry], tells="the newest lines that match, oldest first"),
        Route(method="GET", path="/logs/{guild}/stream", handler=stream, permission=read, query=StreamQuery,
              media_type=events, timeout_s=None, refuses=(503,),
              tells="lines as they come; goes on after Last-Event-ID without a gap"),
        Route(method="GET", path="/logs", handler=old_search, permission=read, query=OldLogsQuery,
              answers=list[LogEntry], in_the_open=True, tells="the same, as the first documents spell it"),
        Route(method="GET", path="/logs/stream", handler=old_stream, permission=read, query=OldStreamQuery,
              media_type=events, timeout_s=None, in_the_open=True, refuses=(503,),
              tells="the same, as the first documents spell it"),
    ]  # fmt: skip


def _wanted(given: Filter) -> LogQuery:
    if given.level is not None and given.level not in _LEVELS:
        raise invalid("level", f"is one of {', '.join(_LEVELS)}")
    if given.text is not None and len(given.text) > 500:
        raise Problem(422, "invalid", "text has at most 500 characters")
    since, until = utc(given.since, "since"), utc(given.until, "until")
    return LogQuery(
        _LEVELS.get(given.level or "", Level.DEBUG),
        given.text or "",
        given.revision,
        None if since is None else since.timestamp(),
        None if until is None else until.timestamp(),
    )
