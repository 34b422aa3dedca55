"""Who comes in by another door: with an OAuth2 token, by asking, or as an integration."""

from typing import Any, Final, cast

from simcord.backend import serializers
from simcord.backend.errors import BackendError
from simcord.http.router import RequestContext

from gateway.local.backend import LocalBackend, Told
from gateway.local.routes.asked import backend_of, beyond_of, guild_of, known, number, route, unfit

_DECIDED: Final = ("APPROVED", "REJECTED")


@route("PUT", "/guilds/{guild_id}/members/{user_id}")
def add_member(context: RequestContext) -> Any:
    """With the token that the user gave by logging in."""
    backend, guild, user, body = backend_of(context), guild_of(context), context.int_arg("user_id"), context.body()
    context.require_guild_permissions(guild.id, "create_instant_invite")
    if backend.bearers.get(str(body.get("access_token"))) != user:
        raise BackendError(403, 50025, "Invalid OAuth2 access token")
    if user in guild.members:
        return None
    roles = [int(role) for role in cast("list[str]", body.get("roles") or [])]
    member = backend.add_member(guild.id, user, roles=roles, nick=body.get("nick"), announce=True)
    member.mute, member.deaf = bool(body.get("mute")), bool(body.get("deaf"))
    return serializers.member_payload(backend, guild, member)


def ask_to_join(backend: LocalBackend, guild_id: int, user_id: int) -> str:
    """Somebody wants to be let in; gives the request's id."""
    request = str(backend.snowflake())
    told = backend.beyond_of(guild_id).requests[request] = {
        "id": request, "guild_id": str(guild_id), "user_id": str(user_id), "application_status": "SUBMITTED",
        "user": serializers.user_payload(backend.get_user(user_id)), "created_at": backend.now_iso(),
        "rejection_reason": None, "reviewed_at": None, "form_responses": [],
    }  # fmt: skip
    backend.emit("GUILD_JOIN_REQUEST_CREATE", {"guild_id": str(guild_id), "request": told, "status": "SUBMITTED"})
    return request


@route("GET", "/guilds/{guild_id}/requests")
def join_requests(context: RequestContext) -> Any:
    context.require_guild_permissions(guild_of(context).id, "kick_members")
    status = context.params.get("status")
    found = [one for one in beyond_of(context).requests.values() if status in {None, one["application_status"]}]
    return {"guild_join_requests": found[: number(context, "limit", 100, 100)], "total": len(found)}


@route("PATCH", "/guilds/{guild_id}/requests/{request_id}")
def decide(context: RequestContext) -> Any:
    guild, backend, action = guild_of(context), backend_of(context), context.body().get("action")
    context.require_guild_permissions(guild.id, "kick_members")
    request = known(beyond_of(context).requests, context.args["request_id"], "request")
    if action not in _DECIDED:
        raise unfit("action", f"Value must be one of {_DECIDED}.")
    request |= {
        "application_status": action, "rejection_reason": context.body().get("rejection_reason"),
        "reviewed_at": backend.now_iso(), "actioned_by_user": serializers.user_payload(backend.bot_user),
    }  # fmt: skip
    if action == "APPROVED" and int(request["user_id"]) not in guild.members:
        backend.add_member(guild.id, int(request["user_id"]), announce=True)
    backend.emit("GUILD_JOIN_REQUEST_UPDATE", {"guild_id": str(guild.id), "request": request, "status": action})
    return request


def _own(context: RequestContext) -> Told:
    """The bot itself is one."""
    backend = backend_of(context)
    bot = serializers.user_payload(backend.bot_user)
    application = str(backend.application_id)
    return {
        "id": application, "type": "discord", "name": backend.bot_user.name, "enabled": True,
        "account": {"id": application, "name": backend.bot_user.name}, "scopes": ["bot", "applications.commands"],
        "application": {"id": application, "name": backend.bot_user.name, "icon": None, "description": "", "type": None,
                        "bot": bot},
    }  # fmt: skip


@route("GET", "/guilds/{guild_id}/integrations")
def integrations(context: RequestContext) -> Any:
    context.require_guild_permissions(guild_of(context).id, "manage_guild")
    return [_own(context), *beyond_of(context).integrations.values()]


@route("DELETE", "/guilds/{guild_id}/integrations/{integration_id}")
def delete_integration(context: RequestContext) -> None:
    guild, kept = guild_of(context), beyond_of(context).integrations
    context.require_guild_permissions(guild.id, "manage_guild")
    identity = context.args["integration_id"]
    if identity == _own(context)["id"]:
        raise BackendError(403, 50013, "Missing Permissions")
    known(kept, identity, "integration")
    del kept[identity]
    backend_of(context).emit("INTEGRATION_DELETE", {"id": identity, "guild_id": str(guild.id)})
