"""Who may do what in a guild, from Discord: a member's roles, asked for with the bot's token and kept half a minute.

One answer serves sessions and tokens alike, and a guild that the bot is not in has no members here.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

import msgspec

from gateway.discord_api import DiscordAwayError
from gateway.rest import DiscordError, RestCall, RestClient
from storage.ids import GuildId, UserId

Body = TypeVar("Body")
_KEPT_S: Final = 30.0
"""How long a revoked permission may still be honoured."""
_KEPT: Final = 10_000
_ALL: Final = (1 << 64) - 1


class _Role(msgspec.Struct):
    id: str
    permissions: str = "0"


class _Guild(msgspec.Struct):
    id: str
    name: str = ""
    owner_id: str = ""
    roles: list[_Role] = []


class _Member(msgspec.Struct):
    roles: list[str] = []


@dataclass(frozen=True, slots=True)
class _Kept:
    until: float
    value: int | None


class DiscordDirectory:
    """The Directory of `api/access.py`, over the REST client."""

    def __init__(self, rest: RestClient, clock: Callable[[], float]) -> None:
        self._rest = rest
        self._clock = clock
        self._members: OrderedDict[tuple[GuildId, UserId], _Kept] = OrderedDict()
        self._guilds: OrderedDict[GuildId, tuple[float, _Guild | None]] = OrderedDict()

    def __repr__(self) -> str:
        return f"<DiscordDirectory with {len(self._members)} members>"

    async def permissions(self, guild: GuildId, user: UserId) -> int | None:
        kept = self._members.get((guild, user))
        if kept is not None and self._clock() < kept.until:
            return kept.value
        value = await self._ask(guild, user)
        self._members[guild, user] = _Kept(self._clock() + _KEPT_S, value)
        self._members.move_to_end((guild, user))
        while len(self._members) > _KEPT:
            self._members.popitem(last=False)
        return value

    async def name_of(self, guild: GuildId) -> str | None:
        found = await self._guild(guild)
        return None if found is None else found.name

    async def _ask(self, guild: GuildId, user: UserId) -> int | None:
        body = await self._guild(guild)
        if body is None:
            return None
        if body.owner_id == str(user):
            return _ALL
        path = {"guild_id": str(guild), "user_id": str(user)}
        member = await self._get("/guilds/{guild_id}/members/{user_id}", path, _Member)
        if member is None:
            return None
        theirs = {*member.roles, str(guild)}  # the role of everyone has the guild's id
        bits = 0
        for role in body.roles:
            if role.id in theirs:
                bits |= int(role.permissions)
        return bits

    async def _guild(self, guild: GuildId) -> _Guild | None:
        until, body = self._guilds.get(guild, (0.0, None))
        if self._clock() < until:
            return body
        body = await self._get("/guilds/{guild_id}", {"guild_id": str(guild)}, _Guild)
        self._guilds[guild] = (self._clock() + _KEPT_S, body)
        self._guilds.move_to_end(guild)
        while len(self._guilds) > _KEPT:
            self._guilds.popitem(last=False)
        return body

    async def _get(self, route: str, path: dict[str, str], kind: type[Body]) -> Body | None:
        """None when Discord says that it is not there, or not for us."""
        try:
            answer = await self._rest.request(RestCall("GET", route, path))
            return msgspec.json.decode(answer.body, type=kind)
        except DiscordError as error:
            if error.status in (403, 404):
                return None
            raise DiscordAwayError(str(error)) from None
        except msgspec.MsgspecError as error:
            raise DiscordAwayError(f"the answer makes no sense: {error}") from None


class NobodyDirectory:
    """Without a connection to Discord nobody administrates anything; operators still operate."""

    async def permissions(self, guild: GuildId, user: UserId) -> int | None:  # noqa: ARG002
        return None

    async def name_of(self, guild: GuildId) -> str | None:  # noqa: ARG002
        return None
