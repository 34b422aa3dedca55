"""Templates: a guild's roles and channels under a code. A guild has at most one."""

import secrets
from typing import Any, Final

from simcord.backend import Backend, serializers
from simcord.backend.errors import BackendError
from simcord.backend.models import Channel, Guild
from simcord.http.router import RequestContext

from gateway.local.backend import Told
from gateway.local.routes.asked import backend_of, beyond_of, changed, guild_of, known, route, text

_KINDS: Final = {0, 2, 4, 15}
"""Channels of other kinds are left out."""
_UNSET: Final = (
    "default_auto_archive_duration", "default_forum_layout", "default_reaction_emoji", "default_sort_order",
    "default_tag_setting", "default_thread_rate_limit_per_user", "theme_color",
)  # fmt: skip


def _snapshot(backend: Backend, guild: Guild) -> Told:
    """Ids in it count from 0, @everyone first, and mean nothing outside."""
    roles = sorted(guild.roles.values(), key=lambda role: (role.id != guild.id, role.position))
    channels = [one for channel in guild.channel_ids if (one := backend.channels[channel]).type in _KINDS]
    places = {channel.id: place for place, channel in enumerate(channels)}
    return {
        "name": guild.name, "description": guild.description, "region": None,
        "verification_level": guild.verification_level,
        "default_message_notifications": guild.default_message_notifications,
        "explicit_content_filter": guild.explicit_content_filter, "preferred_locale": guild.preferred_locale,
        "afk_timeout": guild.afk_timeout, "afk_channel_id": None, "system_channel_flags": 0,
        "system_channel_id": str(places[guild.system_channel_id]) if guild.system_channel_id in places else None,
        "roles": [
            {"id": place, "name": role.name, "permissions": str(role.permissions), "color": role.color, "colors": None,
             "hoist": role.hoist, "mentionable": role.mentionable, "icon": None, "unicode_emoji": None}
            for place, role in enumerate(roles) if not role.managed
        ],
        "channels": [_channel(channel, places) for channel in channels],
    }  # fmt: skip


def _channel(channel: Channel, places: dict[int, int]) -> Told:
    parent = places.get(channel.parent_id or 0)
    return dict.fromkeys(_UNSET) | {
        "id": places[channel.id], "type": channel.type, "name": channel.name, "position": channel.position,
        "topic": channel.topic, "bitrate": channel.bitrate, "user_limit": channel.user_limit, "nsfw": False,
        "rate_limit_per_user": channel.rate_limit_per_user, "parent_id": None if parent is None else str(parent),
        "available_tags": [], "permission_overwrites": [], "template": "",
    }  # fmt: skip


def _may(context: RequestContext) -> None:
    context.require_guild_permissions(guild_of(context).id, "manage_guild")


@route("GET", "/guilds/{guild_id}/templates")
def listed(context: RequestContext) -> Any:
    _may(context)
    return list(beyond_of(context).templates.values())


@route("POST", "/guilds/{guild_id}/templates")
def create(context: RequestContext) -> Any:
    _may(context)
    backend, guild, templates = backend_of(context), guild_of(context), beyond_of(context).templates
    if templates:
        raise BackendError(400, 30031, "Guild already has a template")
    code, now = secrets.token_urlsafe(9), backend.now_iso()
    templates[code] = {
        "code": code, "name": text(context.body(), "name", 1, 100), "description": context.body().get("description"),
        "usage_count": 0, "creator_id": str(backend.bot_user.id), "creator": serializers.user_payload(backend.bot_user),
        "created_at": now, "updated_at": now, "source_guild_id": str(guild.id), "is_dirty": None,
        "serialized_source_guild": _snapshot(backend, guild),
    }  # fmt: skip
    return templates[code]


@route("PUT", "/guilds/{guild_id}/templates/{code}")
def sync(context: RequestContext) -> Any:
    _may(context)
    backend = backend_of(context)
    template = known(beyond_of(context).templates, context.args["code"], "template")
    template["serialized_source_guild"] = _snapshot(backend, guild_of(context))
    template["updated_at"] = backend.now_iso()
    return template


@route("PATCH", "/guilds/{guild_id}/templates/{code}")
def edit(context: RequestContext) -> Any:
    _may(context)
    templates, code = beyond_of(context).templates, context.args["code"]
    template = changed(context.body(), known(templates, code, "template"), ("name", "description"))
    text(template, "name", 1, 100)
    templates[code] = template
    return template


@route("DELETE", "/guilds/{guild_id}/templates/{code}")
def delete(context: RequestContext) -> Any:
    _may(context)
    known(beyond_of(context).templates, context.args["code"], "template")
    return beyond_of(context).templates.pop(context.args["code"])
