"""Who may do what in a guild, from Discord: a member's roles, asked for with the bot's token and kept half a minute.

One answer serves sessions and tokens alike, and a guild that the bot is not in has no members here.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import msgspec

from gateway.discord_api import DiscordAwayError
from gateway.rest import DiscordError, RestCall, RestClient
from storage.ids import GuildId, UserId

Body = TypeVar("Body")
_KEPT_S: Final = 30.0
"""How long a revoked permission may still be honoured."""
_UNKNOWN_S: Final = 600.0
"""How long a guild that the bot is not in is not asked for again, unless the gateway hears of it."""
IN_VAIN: Final = 300
"""Questions a minute about guilds that the bot is not in; Discord shuts an address out at 1,000."""
_KEPT: Final = 10_000
_ALL: Final = (1 << 64) - 1
_PAGE: Final = 200
"""Of guilds, in one answer of Discord's."""


class _Role(msgspec.Struct):
    id: str
    permissions: str = "0"


class _Guild(msgspec.Struct):
    id: str
    name: str = ""
    owner_id: str = ""
    roles: list[_Role] = []


class _Listed(msgspec.Struct):
    id: str
    name: str = ""


class _Member(msgspec.Struct):
    roles: list[str] = []


@dataclass(frozen=True, slots=True)
class _Kept:
    until: float
    value: int | None


class DiscordDirectory:
    """The Directory of `api/access.py`, over the REST client."""

    def __init__(
        self, rest: RestClient, clock: Callable[[], float], here: Callable[[GuildId], bool] = lambda _: False
    ) -> None:
        """`here` says of which guilds the gateway knows for certain that the bot is in them."""
        self._rest = rest
        self._clock = clock
        self._here = here
        self._members: OrderedDict[tuple[GuildId, UserId], _Kept] = OrderedDict()
        self._guilds: OrderedDict[GuildId, tuple[float, _Guild | None]] = OrderedDict()
        """What was told last, and when."""
        self._in_vain: deque[float] = deque()
        self._listed: tuple[float, Mapping[GuildId, str]] = (-_KEPT_S, {})

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

    async def is_in(self, guild: GuildId) -> bool:
        return self._here(guild) or await self._guild(guild) is not None

    async def name_of(self, guild: GuildId) -> str | None:
        found = await self._guild(guild)
        return None if found is None else found.name

    async def guilds(self) -> Mapping[GuildId, str]:
        asked, names = self._listed
        if self._clock() - asked >= _KEPT_S:
            names = await self._all_guilds()
            self._listed = self._clock(), names
        return names

    async def _all_guilds(self) -> dict[GuildId, str]:
        """Page by page: one question for each two hundred of them."""
        names: dict[GuildId, str] = {}
        while True:
            query = {"limit": str(_PAGE), "after": str(max(names, default=0))}
            page = await self._get("/users/@me/guilds", {}, list[_Listed], query) or []
            names |= {GuildId(int(one.id)): one.name for one in page}
            if len(page) < _PAGE:
                return names

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
        asked, body = self._guilds.get(guild, (-_UNKNOWN_S, None))
        here = body is not None or self._here(guild)
        if self._clock() - asked < (_KEPT_S if here else _UNKNOWN_S):
            return body
        if not here and not self._may_ask_in_vain():
            return None
        body = await self._get("/guilds/{guild_id}", {"guild_id": str(guild)}, _Guild)
        if body is None:
            self._in_vain.append(self._clock())
        self._guilds[guild] = (self._clock(), body)
        self._guilds.move_to_end(guild)
        while len(self._guilds) > _KEPT:
            self._guilds.popitem(last=False)
        return body

    def _may_ask_in_vain(self) -> bool:
        """Discord shuts out who asks it too often for what it refuses; nobody must bring flora there by guessing."""
        while self._in_vain and self._clock() - self._in_vain[0] >= 60:
            self._in_vain.popleft()
        return len(self._in_vain) < IN_VAIN

    async def _get(
        self, route: str, path: dict[str, str], kind: type[Body], query: Mapping[str, str] | None = None
    ) -> Body | None:
        """None when Discord says that it is not there, or not for us."""
        try:
            answer = await self._rest.request(RestCall("GET", route, path, query or {}))
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

    async def is_in(self, guild: GuildId) -> bool:  # noqa: ARG002
        return False

    async def name_of(self, guild: GuildId) -> str | None:  # noqa: ARG002
        return None

    async def guilds(self) -> Mapping[GuildId, str]:
        return {}
