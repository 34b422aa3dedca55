"""What the gateway asks Discord over HTTP: a port, so that nothing here depends on how requests are made."""

from typing import Protocol

import msgspec

from storage.ids import GuildId


class DiscordAwayError(Exception):
    """Discord did not answer, or not with what was asked for. Trying again later may help."""


class DiscordRefusesError(Exception):
    """Discord refuses the bot itself (401): the token is wrong."""


class SessionStartLimit(msgspec.Struct):
    total: int
    remaining: int
    reset_after: float
    """In milliseconds."""
    max_concurrency: int = 1


class GatewayAdvice(msgspec.Struct):
    """The answer to GET /gateway/bot."""

    url: str
    shards: int
    session_start_limit: SessionStartLimit


class DiscordApi(Protocol):
    """`gateway/asks.py` does it with the REST client."""

    async def gateway_advice(self) -> GatewayAdvice:
        """Raises DiscordAwayError and DiscordRefusesError."""
        ...

    async def application_flags(self) -> int:
        """Raises the same."""
        ...

    async def guild_of_channel(self, channel: int, asker: GuildId) -> int | None:
        """None when there is no such channel for us. Raises LookUpError of gateway/scope.py."""
        ...

    async def guild_of_webhook(self, webhook: int, asker: GuildId) -> int | None: ...
    async def say_it_failed(self, interaction: int, token: str, text: str) -> None:
        """Answer an interaction with a sentence that only its member sees. Raises DiscordAwayError."""
        ...
