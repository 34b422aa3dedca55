"""What a guild shows to those who come: its widget, welcome screen, onboarding; and its locks on a bad day."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from simcord.backend import serializers
from simcord.backend.errors import BackendError
from simcord.backend.models import Guild
from simcord.http.router import RequestContext

from gateway.local.backend import Told
from gateway.local.routes.asked import backend_of, beyond_of, changed, guild_of, route, text, unfit

_BEGINNING: Final[Mapping[str, Told]] = {
    "widget": {"enabled": False, "channel_id": None},
    "welcome screen": {"description": None, "welcome_channels": []},
    "onboarding": {"prompts": [], "default_channel_ids": [], "enabled": False, "mode": 0},
    "incidents": {"invites_disabled_until": None, "dms_disabled_until": None},
}
_PREVIEWED: Final = (
    "id", "name", "icon", "splash", "discovery_splash", "emojis", "stickers", "features", "description",
)  # fmt: skip


def _kept(context: RequestContext, name: str) -> Told:
    return beyond_of(context).settings.get(name, _BEGINNING[name])


def _set(context: RequestContext, name: str, value: Told) -> Told:
    beyond_of(context).settings[name] = value
    return value


def _may(context: RequestContext, permission: str = "manage_guild") -> Guild:
    guild = guild_of(context)
    context.require_guild_permissions(guild.id, permission)
    return guild


def _listed(value: object) -> Sequence[Told]:
    return cast("list[Told]", value) if isinstance(value, list) else []


# Widget


@route("GET", "/guilds/{guild_id}/widget")
def widget_settings(context: RequestContext) -> Any:
    _may(context)
    return _kept(context, "widget")


@route("PATCH", "/guilds/{guild_id}/widget")
def edit_widget(context: RequestContext) -> Any:
    _may(context)
    return _set(context, "widget", changed(context.body(), _kept(context, "widget"), ("enabled", "channel_id")))


@route("GET", "/guilds/{guild_id}/widget.json")
def widget(context: RequestContext) -> Any:
    """Ids in it are no real ones, and names are all that it tells of people."""
    guild, backend = guild_of(context), backend_of(context)
    if not _kept(context, "widget")["enabled"]:
        raise BackendError(403, 50004, "Widget Disabled")
    members = [
        {"id": str(place), "username": backend.get_user(user).name, "discriminator": "0000", "avatar": None,
         "status": "online", "avatar_url": f"https://cdn.discordapp.com/embed/avatars/{place % 5}.png"}
        for place, user in enumerate(guild.members)
    ]  # fmt: skip
    voice = [one for channel in guild.channel_ids if (one := backend.channels[channel]).type in {2, 13}]
    return {
        "id": str(guild.id), "name": guild.name, "instant_invite": None, "presence_count": len(members),
        "channels": [{"id": str(one.id), "name": one.name, "position": one.position} for one in voice],
        "members": members,
    }  # fmt: skip


@route("GET", "/guilds/{guild_id}/preview")
def preview(context: RequestContext) -> Any:
    guild = guild_of(context)
    whole = guild_payload(context, guild)
    counts = {"approximate_member_count": len(guild.members), "approximate_presence_count": len(guild.members)}
    return {name: whole[name] for name in _PREVIEWED} | {"home_header": None} | counts


def guild_payload(context: RequestContext, guild: Guild) -> Told:
    return cast("Told", serializers.guild_create_payload(context.backend, guild))


# Welcome screen, onboarding


@route("GET", "/guilds/{guild_id}/welcome-screen")
def welcome_screen(context: RequestContext) -> Any:
    guild_of(context)
    return _kept(context, "welcome screen")


@route("PATCH", "/guilds/{guild_id}/welcome-screen")
def edit_welcome_screen(context: RequestContext) -> Any:
    _may(context)
    given = context.body()
    screen = changed(given, _kept(context, "welcome screen"), ("description",))
    if "welcome_channels" in given:
        channels = _listed(given["welcome_channels"])
        if len(channels) > 5:
            raise unfit("welcome_channels", "Must be 5 or fewer in length.")
        screen["welcome_channels"] = [
            {"channel_id": str(one["channel_id"]), "description": text(one, "description", 1, 50),
             "emoji_id": one.get("emoji_id"), "emoji_name": one.get("emoji_name")} for one in channels
        ]  # fmt: skip
    return _set(context, "welcome screen", screen)


@route("GET", "/guilds/{guild_id}/new-member-welcome")
def new_member_welcome(context: RequestContext) -> Any:
    """Nothing can set it through the API: there is none."""
    guild_of(context)


@route("GET", "/guilds/{guild_id}/onboarding")
def onboarding(context: RequestContext) -> Any:
    return {"guild_id": str(guild_of(context).id)} | _kept(context, "onboarding")


@route("PUT", "/guilds/{guild_id}/onboarding")
def edit_onboarding(context: RequestContext) -> Any:
    guild = _may(context)
    context.require_guild_permissions(guild.id, "manage_roles")
    given = context.body()
    kept = changed(given, _kept(context, "onboarding"), ("default_channel_ids", "enabled", "mode"))
    if "prompts" in given:
        kept["prompts"] = [_prompt(context, one) for one in _listed(given["prompts"])]
    return {"guild_id": str(guild.id)} | _set(context, "onboarding", kept)


def _prompt(context: RequestContext, given: Told) -> Told:
    """A new one comes with an id of the client's, and gets a real one."""
    return {
        "id": str(backend_of(context).snowflake()), "title": text(given, "title", 1, 100),
        "type": given.get("type") or 0, "single_select": bool(given.get("single_select")),
        "required": bool(given.get("required")), "in_onboarding": bool(given.get("in_onboarding")),
        "options": [_option(context, one) for one in _listed(given.get("options"))],
    }  # fmt: skip


def _option(context: RequestContext, given: Told) -> Told:
    emoji = {
        "id": given.get("emoji_id"),
        "name": given.get("emoji_name"),
        "animated": bool(given.get("emoji_animated")),
    }
    return {
        "id": str(backend_of(context).snowflake()), "title": text(given, "title", 1, 50),
        "description": given.get("description") or "", "emoji": emoji,
        "role_ids": given.get("role_ids") or [], "channel_ids": given.get("channel_ids") or [],
    }  # fmt: skip


# Locks, voice


@route("PUT", "/guilds/{guild_id}/incident-actions")
def incident_actions(context: RequestContext) -> Any:
    guild = _may(context)
    names = ("invites_disabled_until", "dms_disabled_until")
    incidents = _set(context, "incidents", changed(context.body(), _kept(context, "incidents"), names))
    backend_of(context).emit("GUILD_UPDATE", guild_payload(context, guild) | {"incidents_data": incidents})
    return incidents


@route("PUT", "/channels/{channel_id}/voice-status")
def voice_status(context: RequestContext) -> None:
    channel = context.require_channel_permissions(context.int_arg("channel_id"), "set_voice_channel_status")
    if channel.type != 2:
        raise BackendError(400, 50024, "Cannot execute action on this channel type")
    status = context.body().get("status")
    told = {"id": str(channel.id), "guild_id": str(channel.guild_id), "status": status}
    backend_of(context).emit("VOICE_CHANNEL_STATUS_UPDATE", told)


@route("GET", "/guilds/{guild_id}/regions")
def regions(context: RequestContext) -> Any:
    guild_of(context)
    return [{"id": "local", "name": "This machine", "optimal": True, "deprecated": False, "custom": False}]
