"""What simcord leaves out of its answers and events, or has in another shape than Discord.

Discord's document requires it, and typed clients rely on it. An object is known by a field that only its kind has.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from simcord.backend import Backend

from gateway.shapes import is_list

Told = dict[str, Any]
_FREE: Final = frozenset({"embeds", "components", "changes", "trigger_metadata", "options"})
"""What scripts wrote themselves: no field in it tells a kind."""
_MISSING: Final[Mapping[str, Mapping[str, Any]]] = {
    "verification_level": {  # a guild
        "home_header": None, "incidents_data": None, "max_stage_video_channel_users": 50, "nsfw": False,
        "max_video_channel_users": 25, "nsfw_level": 0, "region": "local", "safety_alerts_channel_id": None,
        "widget_channel_id": None, "widget_enabled": False,
    },
    "scheduled_start_time": {"guild_scheduled_event_exceptions": [], "recurrence_rule": None},
    "verify_key": {  # an application
        "type": None, "flags_new": "0", "redirect_uris": [], "interactions_endpoint_url": None,
        "role_connections_verification_url": None, "approximate_guild_count": 1, "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0, "explicit_content_filter": 0, "eligible_oauth2_scopes": [],
    },
    "dm_permission": {"version": "1", "nsfw": False, "name_localizations": None, "description_localizations": None},
    "max_uses": {"type": 0},
    "mention_everyone": {"components": [], "flags": 0},  # a message
    "thread_metadata": {"flags": 0},
    "permission_overwrites": {"flags": 0},
    "joined_at": {"banner": None},
    "public_flags": {"primary_guild": None},  # a user
    "threads": {"has_more": False},
    "code": {"uses": 0},
}  # fmt: skip
"""What is always there, by the field that tells the kind."""


_OF_TRIGGERS: Final[Mapping[int, Mapping[str, Any]]] = {
    1: {"keyword_filter": [], "regex_patterns": [], "allow_list": []},
    4: {"presets": [], "allow_list": []},
    5: {"mention_total_limit": 20, "mention_raid_protection_enabled": False},
    6: {"keyword_filter": [], "regex_patterns": [], "allow_list": []},
}
"""What the metadata of a rule always has, by its trigger."""


_RANGE: Final = {"min_values": 1, "max_values": 1}
_OF_COMPONENTS: Final[Mapping[int, Mapping[str, Any]]] = {
    **dict.fromkeys((3, 5, 6, 7, 8), _RANGE),
    11: {"description": None, "spoiler": False},
    13: {"name": "", "size": 0, "spoiler": False},
    14: {"divider": True, "spacing": 1},
    17: {"accent_color": None, "spoiler": False},
}
"""What a component of a message always has, by its type."""


def completed(backend: Backend, told: Any) -> Any:
    """The same with what Discord always sends, down to the last object in it."""
    if is_list(told):
        return [completed(backend, one) for one in told]
    if not isinstance(told, dict):
        return told
    found = cast("Told", told)
    whole = {name: value if name in _FREE else completed(backend, value) for name, value in found.items()}
    for mark in _MISSING.keys() & found.keys():
        whole = {**_MISSING[mark], **whole}
    for mark in _MENDED.keys() & found.keys():
        _MENDED[mark](backend, whole)
    return whole


def _message(_backend: Backend, message: Told) -> None:
    """What is not there is left out, not null."""
    if message.get("nonce", "") is None:
        del message["nonce"]
    message["attachments"] = [_attachment(one) for one in _listed(message.get("attachments"))]
    message["embeds"] = [_embed(one) for one in _listed(message.get("embeds"))]
    message["components"] = [_component(one) for one in _listed(message.get("components"))]
    if "message_reference" in message:
        message["message_reference"] = {"type": 0, **message["message_reference"]}


def _listed(value: object) -> list[Told]:
    return cast("list[Told]", value) if isinstance(value, list) else []


def _attachment(attachment: Told) -> Told:
    return {name: value for name, value in attachment.items() if value is not None}


def _embed(embed: Told) -> Told:
    whole = {"type": "rich", **embed}
    if "fields" in embed:
        whole["fields"] = [{"inline": False, **one} for one in embed["fields"]]
    return whole


def _component(component: Told) -> Told:
    whole = {**_OF_COMPONENTS.get(component.get("type", 0), {}), **component}
    if "components" in whole:
        whole["components"] = [_component(one) for one in whole["components"]]
    if "accessory" in whole:
        whole["accessory"] = _component(whole["accessory"])
    if "items" in whole:
        whole["items"] = [
            {"description": None, "spoiler": False, **one, "media": _media(one["media"])} for one in whole["items"]
        ]
    for name in ("media", "file"):
        if name in whole:
            whole[name] = _media(whole[name])
    return whole


def _media(media: Told) -> Told:
    return {"id": "0", "proxy_url": media["url"], **media}


def _invite(backend: Backend, invite: Told) -> None:
    guild = backend.guilds.get(int(invite.get("guild_id") or 0))
    if guild is not None:
        invite.setdefault("guild", {
            "id": str(guild.id), "name": guild.name, "description": guild.description, "banner": None, "icon": None,
            "splash": None, "features": [], "nsfw": False, "nsfw_level": 0, "premium_subscription_count": 0,
            "vanity_url_code": guild.vanity_url_code, "verification_level": guild.verification_level,
        })  # fmt: skip


def _rule(_backend: Backend, rule: Told) -> None:
    rule["trigger_metadata"] = {**_OF_TRIGGERS.get(rule["trigger_type"], {}), **rule["trigger_metadata"]}
    rule["actions"] = [{"metadata": {}, **one} for one in _listed(rule.get("actions"))]


def _audit(_backend: Backend, entry: Told) -> None:
    """Roles that were given and taken are changes; simcord has them among the options."""
    options: Told = dict(entry.get("options") or {})
    moved = [{"key": name, "new_value": options.pop(name)} for name in ("$add", "$remove") if name in options]
    entry["changes"] = [*(entry.get("changes") or []), *moved]
    entry["options"] = options
    if not options:
        del entry["options"]


_MENDED: Final[Mapping[str, Callable[[Backend, Told], None]]] = {
    "mention_everyone": _message,
    "max_uses": _invite,
    "trigger_metadata": _rule,
    "action_type": _audit,
}
