"""The gateway's events: what scripts call them, and whose they are.

A guild's id stands at the top of an event's body. A nested one (of a message that is quoted or forwarded, say) is
somebody else's: taking it for the event's own would hand one guild's business to another, so it is never searched for
as text. msgspec reads the one field and skips the rest, which costs half a microsecond for a message.
"""

from functools import lru_cache
from typing import Final, TypeAlias

import msgspec

from storage.ids import SNOWFLAKE_END, GuildId

Snowflake: TypeAlias = str | int | None
"""Discord writes ids as strings; a number is understood too."""


class Where(msgspec.Struct, gc=False):
    """Whose an event is, and which object it is about: a message, or the guild itself."""

    guild_id: Snowflake = None
    id: Snowflake = None


where: Final = msgspec.json.Decoder(Where).decode

GUILD_ITSELF: Final = frozenset({"GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE"})
"""Their body is the guild, so its id is the guild's."""

NOT_FOR_SCRIPTS: Final = frozenset({"READY", "RESUMED", "USER_UPDATE", "RATE_LIMITED"})
"""They concern the bot as a whole, or the gateway. Everything else that names no guild (direct messages, purchases by
users) is dropped too, and counted."""

_FEWEST: Final = 512
"""Discord has some eighty events; names beyond this many are not remembered."""


class ScriptNames(dict[str, str]):
    """`MESSAGE_REACTION_ADD` is `messageReactionAdd` to scripts. Names flora has never heard of follow the same rule,
    so that a new event of Discord's reaches scripts without a new flora."""

    def __missing__(self, name: str) -> str:
        script_name = camel_case(name)
        if len(self) < _FEWEST:
            self[name] = script_name
        return script_name


def camel_case(name: str) -> str:
    first, *rest = name.lower().split("_")
    return first + "".join(word.capitalize() for word in rest)


def guild_of(name: str, body: bytes | msgspec.Raw) -> GuildId | None:
    """The guild that an event belongs to, or None when it belongs to none. Raises msgspec.MsgspecError."""
    found = where(body)
    return as_guild(found.id if name in GUILD_ITSELF else found.guild_id)


@lru_cache(maxsize=4096)
def as_guild(value: Snowflake) -> GuildId | None:
    number = as_id(value)
    return None if number is None else GuildId(number)


def as_id(value: Snowflake) -> int | None:
    """None for what is no id. Called for every event: what an id is made of is checked without a loop of ours."""
    if value is None:
        return None
    if isinstance(value, str):
        if not (value.isascii() and value.isdigit()):
            return None
        value = int(value) if len(value) < 21 else 0
    return value if 0 < value < SNOWFLAKE_END else None
