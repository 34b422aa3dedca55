"""The gateway's events: what scripts call them, and whose they are.

A guild's id stands at the top of an event's body. A nested one (of a message that is quoted or forwarded, say) is
somebody else's: taking it for the event's own would hand one guild's business to another, so it is never searched for
as text. Where it is the very last thing in the body it can be no other; else msgspec reads the one field and skips the
rest, which costs a microsecond for a message.
"""

import re
from collections.abc import Collection
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

TAIL_BYTES: Final = 36
"""As long as the longest id and its name, and the braces that close body and payload."""
_TAIL: Final = re.compile(rb',"guild_id":"([0-9]{1,20})"}}\Z')
_TAILS: Final = 8192


class OwnGuilds(dict[bytes, str]):
    """The guild's id that closes a body, by the last bytes of the payload; empty where none does.

    Those bytes tell for sure. A quote behind a comma can only begin a name, since no string ends before a letter; the
    brace behind the id closes the object that the name belongs to; and the brace behind that is the payload's. So the
    object is the body. They are few, for what stands before is mostly alike, and each is looked at once.
    """

    def __missing__(self, tail: bytes) -> str:
        found = _TAIL.search(tail)
        guild = "" if found is None else found[1].decode()
        if len(self) >= _TAILS:
            self.clear()
        self[tail] = guild
        return guild


GUILD_ITSELF: Final = frozenset({"GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE"})
"""Their body is the guild, so its id is the guild's."""

NOT_FOR_SCRIPTS: Final = frozenset({"READY", "RESUMED", "USER_UPDATE", "RATE_LIMITED"})
"""They concern the bot as a whole, or the gateway. Everything else that names no guild (direct messages, purchases by
users) is dropped too, and counted."""

WANT_OLD: Final = frozenset({"messageUpdate", "messageDelete"})
"""What a script hears of messages as they were with."""
OF_MESSAGES: Final = frozenset({"MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"})
"""They keep what scripts are told of messages as they were."""
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


class Wanted(dict[bytes, str]):
    """Names of events as they stand in a payload: the same as text, or nothing where the event concerns nobody.

    That is so when no script at all hears of it, nor of what would be told with its help. `heard` is what the scripts
    hear of, None when one does not say; `always` are the names that concern the gateway itself.
    """

    def __init__(self, heard: frozenset[str] | None, always: Collection[str]) -> None:
        super().__init__()
        self._heard = heard
        self._always = always

    def __missing__(self, written: bytes) -> str:
        name = written.decode()
        wanted = name if self._concerns_somebody(name) else ""
        if len(self) < _FEWEST:
            self[written] = wanted
        return wanted

    def _concerns_somebody(self, name: str) -> bool:
        if self._heard is None or name in self._always:
            return True
        return camel_case(name) in self._heard or (name in OF_MESSAGES and not self._heard.isdisjoint(WANT_OLD))


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
