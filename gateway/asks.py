"""The DiscordApi of `gateway/discord_api.py`, on whatever makes requests."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar

import msgspec

from gateway.discord_api import DiscordAwayError, DiscordRefusesError, GatewayAdvice
from gateway.events import Snowflake, as_id
from gateway.scope import LookUpError
from storage.ids import GuildId

Body = TypeVar("Body")
_EPHEMERAL: Final = 1 << 6
_ANSWER: Final = 4


@dataclass(frozen=True, slots=True)
class Answered:
    """What Discord said, whatever it was."""

    status: int
    body: bytes


class Request(Protocol):
    """Makes one request. Raises DiscordAwayError when there is no answer."""

    async def __call__(
        self, method: str, route: str, path: Mapping[str, str], json: Any = None, guild: GuildId | None = None
    ) -> Answered:
        """`route` has the names of `path` in braces, as rate limits know it."""
        ...


class _Application(msgspec.Struct):
    flags: int = 0


class _Owned(msgspec.Struct):
    guild_id: Snowflake = None


class DiscordAsks:
    """The few questions of the gateway itself."""

    def __init__(self, request: Request) -> None:
        self._request = request

    async def gateway_advice(self) -> GatewayAdvice:
        return _decoded(await self._own("/gateway/bot"), GatewayAdvice)

    async def application_flags(self) -> int:
        return _decoded(await self._own("/applications/@me"), _Application).flags

    async def guild_of_channel(self, channel: int, asker: GuildId) -> int | None:
        return await self._owner("/channels/{channel_id}", {"channel_id": str(channel)}, asker)

    async def guild_of_webhook(self, webhook: int, asker: GuildId) -> int | None:
        return await self._owner("/webhooks/{webhook_id}", {"webhook_id": str(webhook)}, asker)

    async def say_it_failed(self, interaction: int, token: str, text: str) -> None:
        route = "/interactions/{interaction_id}/{interaction_token}/callback"
        path = {"interaction_id": str(interaction), "interaction_token": token}
        json: dict[str, Any] = {
            "type": _ANSWER,
            "data": {"content": text, "flags": _EPHEMERAL, "allowed_mentions": {"parse": []}},
        }
        answered = await self._request("POST", route, path, json)
        if answered.status >= 300:
            raise DiscordAwayError(f"HTTP {answered.status}")

    async def _own(self, route: str) -> Answered:
        answered = await self._request("GET", route, {})
        if answered.status == 401:
            raise DiscordRefusesError("HTTP 401")
        return answered

    async def _owner(self, route: str, path: Mapping[str, str], asker: GuildId) -> int | None:
        """403 and 404 mean that it is not ours to know, so not this guild's."""
        try:
            answered = await self._request("GET", route, path, guild=asker)
            if answered.status in (403, 404):
                return None
            return as_id(_decoded(answered, _Owned).guild_id)
        except DiscordAwayError as error:
            raise LookUpError(str(error)) from None


def _decoded(answered: Answered, kind: type[Body]) -> Body:
    if answered.status != 200:
        raise DiscordAwayError(f"HTTP {answered.status}")
    try:
        return msgspec.json.decode(answered.body, type=kind)
    except msgspec.MsgspecError as error:
        raise DiscordAwayError(f"the answer makes no sense: {error}") from None
