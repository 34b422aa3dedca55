"""The soundboard's sounds."""

import binascii
from base64 import b64decode
from typing import Any, Final

from simcord.backend import serializers
from simcord.backend.cdn import CDN_BASE
from simcord.http.router import RequestContext

from gateway.local.backend import Told
from gateway.local.routes.asked import backend_of, beyond_of, changed, guild_of, known, route, text, unfit

_LARGEST: Final = 512 * 1024
_FIELDS: Final = ("name", "volume", "emoji_id", "emoji_name")


def _tell(context: RequestContext, what: str, sound: Told) -> Told:
    backend_of(context).emit(f"GUILD_SOUNDBOARD_SOUND_{what}", {"guild_id": context.args["guild_id"], **sound})
    return sound


def _may(context: RequestContext) -> None:
    context.require_guild_permissions(guild_of(context).id, "manage_expressions")


def _volume(context: RequestContext) -> float:
    volume = context.body().get("volume")
    if volume is None:
        return 1.0
    if not isinstance(volume, int | float) or not 0 <= volume <= 1:
        raise unfit("volume", "Must be between 0 and 1")
    return float(volume)


def _decoded(given: object) -> bytes:
    if not isinstance(given, str) or not given.startswith("data:audio/"):
        raise unfit("sound", "Invalid audio data")
    try:
        data = b64decode(given.partition(",")[2], validate=True)
    except binascii.Error:
        raise unfit("sound", "Invalid audio data") from None
    if not 0 < len(data) <= _LARGEST:
        raise unfit("sound", f"Must be at most {_LARGEST} bytes")
    return data


@route("GET", "/guilds/{guild_id}/soundboard-sounds")
def listed(context: RequestContext) -> Any:
    return {"items": list(beyond_of(context).sounds.values())}


@route("POST", "/guilds/{guild_id}/soundboard-sounds")
def create(context: RequestContext) -> Any:
    _may(context)
    backend, body = backend_of(context), context.body()
    sound_id = str(backend.snowflake())
    sound = {
        "sound_id": sound_id, "name": text(body, "name", 2, 32), "volume": _volume(context),
        "emoji_id": body.get("emoji_id"), "emoji_name": body.get("emoji_name"), "guild_id": context.args["guild_id"],
        "available": True, "user": serializers.user_payload(backend.bot_user),
    }  # fmt: skip
    backend.cdn._blobs[f"{CDN_BASE}/soundboard-sounds/{sound_id}"] = _decoded(body.get("sound"))  # noqa: SLF001
    beyond_of(context).sounds[sound_id] = sound
    return _tell(context, "CREATE", sound)


@route("GET", "/guilds/{guild_id}/soundboard-sounds/{sound_id}")
def one(context: RequestContext) -> Any:
    return known(beyond_of(context).sounds, context.args["sound_id"], "sound")


@route("PATCH", "/guilds/{guild_id}/soundboard-sounds/{sound_id}")
def edit(context: RequestContext) -> Any:
    _may(context)
    sounds, sound_id, body = beyond_of(context).sounds, context.args["sound_id"], context.body()
    sound = changed(body, known(sounds, sound_id, "sound"), _FIELDS)
    text(sound, "name", 2, 32)
    sounds[sound_id] = sound | ({"volume": _volume(context)} if "volume" in body else {})
    return _tell(context, "UPDATE", sounds[sound_id])


@route("DELETE", "/guilds/{guild_id}/soundboard-sounds/{sound_id}")
def delete(context: RequestContext) -> None:
    _may(context)
    sounds, sound_id = beyond_of(context).sounds, context.args["sound_id"]
    known(sounds, sound_id, "sound")
    del sounds[sound_id]
    _tell(context, "DELETE", {"sound_id": sound_id})
