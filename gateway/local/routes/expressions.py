"""A guild's emoji with their pictures, which simcord throws away."""

import binascii
import re
from base64 import b64decode
from typing import Any, Final

from simcord.backend.cdn import CDN_BASE
from simcord.http.router import RequestContext
from simcord.http.routes import expressions

from gateway.local.routes.asked import backend_of, guild_of, route, text, unfit

_DATA: Final = re.compile(r"data:image/(png|jpe?g|gif|webp|avif);base64,(.+)", re.DOTALL)
_LARGEST: Final = 256 * 1024


@route("POST", "/guilds/{guild_id}/emojis")
def create_emoji(context: RequestContext) -> Any:
    kind, data = _picture(context.body().get("image"))
    text(context.body(), "name", 2, 32)
    told = dict(expressions.create_emoji(context))
    told["animated"] = backend_of(context).get_emoji(guild_of(context).id, int(told["id"])).animated = kind == "gif"
    context.backend.cdn._blobs[f"{CDN_BASE}/emojis/{told['id']}.{'gif' if kind == 'gif' else 'png'}"] = data  # noqa: SLF001
    return told


def _picture(given: object) -> tuple[str, bytes]:
    found = _DATA.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        raise unfit("image", "Invalid image data")
    try:
        data = b64decode(found[2], validate=True)
    except binascii.Error:
        raise unfit("image", "Invalid image data") from None
    if len(data) > _LARGEST:
        raise unfit("image", f"File cannot be larger than {_LARGEST // 1024}.0 kb.")
    return found[1], data
