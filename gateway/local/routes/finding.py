"""What is searched for: members, messages, threads, votes."""

from typing import Any, Final

from simcord.backend import serializers
from simcord.backend.access import channel_accessible
from simcord.backend.errors import BackendError
from simcord.backend.models import Channel, Message
from simcord.http.router import RequestContext
from simcord.http.routes.application import application_info

from gateway.local.routes.asked import guild_of, number, route, unfit

_PAGE: Final = 25
_MOST: Final = 1000
_EVERY_INTENT: Final = (1 << 13) | (1 << 15) | (1 << 19)
"""The switches of a small bot, all on: this Discord sends what is asked for."""


@route("GET", "/applications/@me")
def application(context: RequestContext) -> Any:
    return {**application_info(context), "flags": _EVERY_INTENT}


@route("GET", "/guilds/{guild_id}/members/search")
def search_members(context: RequestContext) -> Any:
    guild, begun = guild_of(context), str(context.params.get("query", "")).lower()
    if not begun:
        raise unfit("query", "This field is required")
    limit = number(context, "limit", 1, _MOST)
    found = [
        member
        for member in guild.members.values()
        if (member.nick or "").lower().startswith(begun)
        or context.backend.get_user(member.user_id).name.lower().startswith(begun)
    ]
    return [serializers.member_payload(context.backend, guild, member) for member in found[:limit]]


@route("GET", "/guilds/{guild_id}/roles/member-counts")
def role_member_counts(context: RequestContext) -> Any:
    guild = guild_of(context)
    held = [role for member in guild.members.values() for role in member.role_ids]
    return {str(role): held.count(role) for role in guild.roles if role != guild.id}


@route("GET", "/channels/{channel_id}/polls/{message_id}/answers/{answer_id}")
def answer_voters(context: RequestContext) -> Any:
    message = context.require_message(context.int_arg("channel_id"), context.int_arg("message_id"))
    if message.poll is None or message.poll.answer(context.int_arg("answer_id")) is None:
        raise BackendError(404, 10109, "Unknown poll answer")
    after = int(str(context.params.get("after", "0")))
    voters = sorted(one for one in message.poll.votes.get(context.int_arg("answer_id"), set()) if one > after)
    limit = number(context, "limit", _PAGE, 100)
    return {"users": [serializers.user_payload(context.backend.get_user(one)) for one in voters[:limit]]}


@route("GET", "/guilds/{guild_id}/messages/search")
def search_messages(context: RequestContext) -> Any:
    """By content, author and channel."""
    guild, asked = guild_of(context), context.params
    wanted, author = str(asked.get("content", "")).lower(), asked.get("author_id")
    channels = [int(asked["channel_id"])] if "channel_id" in asked else [*guild.channel_ids, *guild.thread_ids]

    def fits(message: Message) -> bool:
        told = author is None or str(message.author_id) == str(author)
        return told and not message.is_ephemeral and wanted in (message.content or "").lower()

    found = [one for channel in channels for one in context.backend.messages.get(channel, {}).values() if fits(one)]
    found.sort(key=lambda message: -message.id)
    shown = found[: number(context, "limit", _PAGE, 25)]
    return {
        "messages": [[{**serializers.message_payload(context.backend, one), "hit": True}] for one in shown],
        "total_results": len(found), "doing_deep_historical_index": False, "documents_indexed": len(found),
        "analytics_id": "local", "threads": [], "members": [],
    }  # fmt: skip


@route("GET", "/channels/{channel_id}/threads/search")
def search_threads(context: RequestContext) -> Any:
    """By name and state, the newest first."""
    backend, asked = context.backend, context.params
    parent = context.require_channel_permissions(context.int_arg("channel_id"), "read_message_history")
    name, archived = str(asked.get("name", "")).lower(), asked.get("archived")

    def fits(thread: Channel) -> bool:
        state = thread.thread_metadata is not None and thread.thread_metadata.archived
        return (
            thread.parent_id == parent.id
            and name in (thread.name or "").lower()
            and (archived is None or state == (str(archived).lower() in {"1", "true"}))
            and channel_accessible(backend, thread.id, backend.bot_user.id)
        )

    found = sorted(filter(fits, backend.channels.values()), key=lambda thread: -thread.id)
    begin = int(str(asked.get("offset", 0)))
    shown = found[begin : begin + number(context, "limit", _PAGE, 25)]
    listed = serializers.thread_list_payload(backend, shown, has_more=begin + len(shown) < len(found))
    return listed | {"total_results": len(found)}
