"""Scheduled events: who comes, and days on which one that recurs is another than else."""

from datetime import UTC, datetime
from typing import Any, Final

from simcord.backend import serializers
from simcord.backend.models import ScheduledEvent
from simcord.http.router import RequestContext

from gateway.local.backend import Told
from gateway.local.routes.asked import backend_of, beyond_of, changed, guild_of, known, page_of, route, text, unfit

_EPOCH_MS: Final = 1_420_070_400_000
_PATH: Final = "/guilds/{guild_id}/scheduled-events/{event_id}"
_TIMES: Final = ("scheduled_start_time", "scheduled_end_time")


def _event(context: RequestContext, *, change: bool = False) -> ScheduledEvent:
    guild = guild_of(context)
    if change:
        context.require_guild_permissions(guild.id, "manage_events")
    return backend_of(context).get_scheduled_event(guild.id, context.int_arg("event_id"))


def _moment(value: str) -> datetime:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise unfit("original_scheduled_start_time", "Could not parse") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _tell(context: RequestContext, what: str, exception: Told) -> Told:
    told = {"guild_id": context.args["guild_id"], **exception}
    backend_of(context).emit(f"GUILD_SCHEDULED_EVENT_EXCEPTION_{what}", told)
    return exception


@route("POST", f"{_PATH}/exceptions")
def create(context: RequestContext) -> Any:
    """Its id is a snowflake of the time at which the event would have begun."""
    event, body = _event(context, change=True), context.body()
    begins = _moment(text(body, "original_scheduled_start_time", 1, 64))
    identity = str((int(begins.timestamp() * 1000) - _EPOCH_MS) << 22)
    exceptions = beyond_of(context).exceptions
    if identity in exceptions:
        raise unfit("original_scheduled_start_time", "There is an exception for this time")
    exceptions[identity] = {
        "event_id": str(event.id), "event_exception_id": identity, "is_canceled": bool(body.get("is_canceled")),
        **{name: body.get(name) for name in _TIMES},
    }  # fmt: skip
    return _tell(context, "CREATE", exceptions[identity])


@route("PATCH", f"{_PATH}/exceptions/{{exception_id}}")
def edit(context: RequestContext) -> Any:
    _event(context, change=True)
    exceptions, identity = beyond_of(context).exceptions, context.args["exception_id"]
    exception = changed(context.body(), known(exceptions, identity, "exception"), _TIMES)
    if "is_canceled" in context.body():
        exception["is_canceled"] = bool(context.body()["is_canceled"])
    exceptions[identity] = exception
    return _tell(context, "UPDATE", exception)


@route("DELETE", f"{_PATH}/exceptions/{{exception_id}}")
def delete(context: RequestContext) -> None:
    _event(context, change=True)
    exceptions, identity = beyond_of(context).exceptions, context.args["exception_id"]
    _tell(context, "DELETE", known(exceptions, identity, "exception"))
    del exceptions[identity]


@route("GET", f"{_PATH}/users/counts")
def counts(context: RequestContext) -> Any:
    event = _event(context)
    asked = str(context.params.get("guild_scheduled_event_exception_ids", ""))
    return {
        "guild_scheduled_event_count": len(event.user_ids),
        "guild_scheduled_event_exception_counts": {one: 0 for one in asked.split(",") if one},
    }


@route("GET", f"{_PATH}/users")
def users(context: RequestContext) -> Any:
    event = _event(context)
    return [_user(context, event, one) for one in page_of(context, list(event.user_ids), int)]


@route("GET", f"{_PATH}/{{exception_id}}/users")
def exception_users(context: RequestContext) -> Any:
    """People say that they come to the event; of single days nobody does."""
    _event(context)
    known(beyond_of(context).exceptions, context.args["exception_id"], "exception")
    return list[Any]()


def _user(context: RequestContext, event: ScheduledEvent, person: int) -> Told:
    backend, guild = backend_of(context), guild_of(context)
    told: Told = {
        "guild_scheduled_event_id": str(event.id), "user_id": str(person), "response": 1,
        "user": serializers.user_payload(backend.get_user(person)),
    }  # fmt: skip
    with_member = str(context.params.get("with_member", "")).lower() in {"1", "true"}
    if with_member and person in guild.members:
        told["member"] = serializers.member_payload(backend, guild, guild.members[person])
    return told
