"""What simcord leaves out of its answers and events: Discord's document requires it, and typed clients rely on it.

An object is known by a field that only its kind has.
"""

from collections.abc import Mapping
from typing import Any, Final, cast

from gateway.shapes import is_list

_MISSING: Final[tuple[tuple[str, Mapping[str, Any]], ...]] = (
    (
        "verification_level",
        {"home_header": None, "incidents_data": None, "max_stage_video_channel_users": 50, "nsfw": False,
         "max_video_channel_users": 25, "nsfw_level": 0, "region": "local", "safety_alerts_channel_id": None,
         "widget_channel_id": None, "widget_enabled": False},
    ),
    ("scheduled_start_time", {"guild_scheduled_event_exceptions": [], "recurrence_rule": None}),
    (
        "verify_key",
        {"type": None, "flags_new": "0", "redirect_uris": [], "interactions_endpoint_url": None,
         "role_connections_verification_url": None, "approximate_guild_count": 1, "approximate_user_install_count": 0,
         "approximate_user_authorization_count": 0, "explicit_content_filter": 0, "eligible_oauth2_scopes": []},
    ),
    ("dm_permission", {"version": "1", "nsfw": False, "name_localizations": None, "description_localizations": None}),
    ("max_age", {"type": 0}),
    ("author", {"components": [], "flags": 0}),
    ("thread_metadata", {"flags": 0}),
    ("permission_overwrites", {"flags": 0}),
    ("joined_at", {"banner": None}),
    ("global_name", {"primary_guild": None}),
    ("threads", {"has_more": False}),
    ("code", {"uses": 0, "type": 0}),
)  # fmt: skip


_OF_A_GUILD: Final = ("channels", "threads", "members")


def completed(answer: Any) -> Any:
    """The answer, or each of its list, with what Discord always sends."""
    if is_list(answer):
        return [_completed(one) for one in answer]
    return _completed(answer)


def _completed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    found = cast("dict[str, Any]", value)
    if "channels" in found:  # a guild as a new session is told of it
        found = found | {name: completed(found[name]) for name in _OF_A_GUILD if name in found}
    for mark, missing in _MISSING:
        if mark in found:
            whole = {**missing, **found}
            if whole.get("nonce", "") is None:
                del whole["nonce"]
            return whole
    return found
