"""Routes of Discord that simcord does not have, for scripts that use them. Importing this registers them."""

from collections.abc import Callable
from typing import Any, Final, cast

from simcord.backend import serializers
from simcord.backend.errors import BackendError
from simcord.backend.models import Guild, Message
from simcord.http.router import RequestContext, route
from simcord.http.routes.application import application_info

_PAGE: Final = 25
_MOST: Final = 1000


def _guild(context: RequestContext) -> Guild:
    return context.backend.get_guild(context.int_arg("guild_id"))


def _number(context: RequestContext, name: str, default: int, most: int) -> int:
    given = str(context.params.get(name, default))
    if not given.isdigit() or not 1 <= int(given) <= most:
        raise BackendError(400, 50035, f"Invalid Form Body: {name}: Must be between 1 and {most}")
    return int(given)


@route("GET", "/applications/@me")
def application(context: RequestContext) -> Any:
    return application_info(context)


@route("GET", "/guilds/{guild_id}/members/search")
def search_members(context: RequestContext) -> Any:
    guild, begun = _guild(context), str(context.params.get("query", "")).lower()
    if not begun:
        raise BackendError(400, 50035, "Invalid Form Body: query: This field is required")
    limit = _number(context, "limit", 1, _MOST)
    found = [
        member
        for member in guild.members.values()
        if (member.nick or "").lower().startswith(begun)
        or context.backend.get_user(member.user_id).name.lower().startswith(begun)
    ]
    return [serializers.member_payload(context.backend, guild, member) for member in found[:limit]]


@route("GET", "/guilds/{guild_id}/roles/member-counts")
def role_member_counts(context: RequestContext) -> Any:
    guild = _guild(context)
    held = [role for member in guild.members.values() for role in member.role_ids]
    return {str(role): held.count(role) for role in guild.roles if role != guild.id}


@route("GET", "/channels/{channel_id}/polls/{message_id}/answers/{answer_id}")
def answer_voters(context: RequestContext) -> Any:
    message = context.require_message(context.int_arg("channel_id"), context.int_arg("message_id"))
    if message.poll is None or message.poll.answer(context.int_arg("answer_id")) is None:
        raise BackendError(404, 10109, "Unknown poll answer")
    after = int(str(context.params.get("after", "0")))
    voters = sorted(one for one in message.poll.votes.get(context.int_arg("answer_id"), set()) if one > after)
    limit = _number(context, "limit", _PAGE, 100)
    return {"users": [serializers.user_payload(context.backend.get_user(one)) for one in voters[:limit]]}


@route("GET", "/guilds/{guild_id}/messages/search")
def search_messages(context: RequestContext) -> Any:
    """By content, author and channel."""
    guild, asked = _guild(context), context.params
    wanted, author = str(asked.get("content", "")).lower(), asked.get("author_id")
    channels = [int(asked["channel_id"])] if "channel_id" in asked else [*guild.channel_ids, *guild.thread_ids]

    def fits(message: Message) -> bool:
        told = author is None or str(message.author_id) == str(author)
        return told and not message.is_ephemeral and wanted in (message.content or "").lower()

    found = [one for channel in channels for one in context.backend.messages.get(channel, {}).values() if fits(one)]
    found.sort(key=lambda message: -message.id)
    shown = found[: _number(context, "limit", _PAGE, 25)]
    return {
        "messages": [[serializers.message_payload(context.backend, one)] for one in shown],
        "total_results": len(found), "doing_deep_historical_index": False, "documents_indexed": len(found),
        "analytics_id": "local", "threads": [], "members": [],
    }  # fmt: skip


@route("GET", "/guilds/{guild_id}/preview")
def preview(context: RequestContext) -> Any:
    guild = _guild(context)
    whole = cast("dict[str, Any]", serializers.guild_create_payload(context.backend, guild))
    shown = ("id", "name", "icon", "splash", "discovery_splash", "emojis", "stickers", "features", "description")
    counts = {"approximate_member_count": len(guild.members), "approximate_presence_count": len(guild.members)}
    return {name: whole[name] for name in shown} | {"home_header": None} | counts


@route("GET", "/guilds/{guild_id}/widget")
def widget_settings(context: RequestContext) -> Any:
    _guild(context)
    return {"enabled": False, "channel_id": None}


@route("GET", "/guilds/{guild_id}/welcome-screen")
def welcome_screen(context: RequestContext) -> Any:
    _guild(context)
    return {"description": None, "welcome_channels": []}


@route("GET", "/guilds/{guild_id}/onboarding")
def onboarding(context: RequestContext) -> Any:
    guild = _guild(context)
    return {
        "guild_id": str(guild.id), "prompts": [], "default_channel_ids": [], "enabled": False, "mode": 0,
        "responses": [], "below_requirements": True,
    }  # fmt: skip


@route("GET", "/guilds/{guild_id}/soundboard-sounds")
def sounds(context: RequestContext) -> Any:
    _guild(context)
    return {"items": []}


def _nothing(context: RequestContext) -> Any:
    _guild(context)
    return list[Any]()


_register: Callable[..., Any] = route
for _path in ("integrations", "regions", "templates"):
    _register("GET", f"/guilds/{{guild_id}}/{_path}")(_nothing)
