"""Answers a member for whose command nobody else did.

A command that is not answered within three seconds shows the member "The application did not respond", which tells
neither her nor the author anything. When a script's handling of an interaction ends badly and nothing was answered,
flora answers in its place, for her eyes only, and says what happened.
"""

import logging
from typing import Final

import msgspec
import trio

from actors.outcomes import RunOutcome
from gateway.discord_api import DiscordApi, DiscordAwayError
from gateway.events import Snowflake, as_id
from gateway.interactions import Interaction, OpenInteractions
from storage.ids import GuildId

logger = logging.getLogger(__name__)
AT_ONCE: Final = 64
"""Answers under way; a storm of failures must not fill the REST client."""


class _Head(msgspec.Struct, gc=False):
    id: Snowflake = None


class Unanswered:
    """Told of every outcome; `run` sends what follows from it."""

    def __init__(self, interactions: OpenInteractions, api: DiscordApi) -> None:
        self.given_up = 0
        """Not answered, for too many were under way."""
        self._interactions = interactions
        self._api = api
        self._send, self._receive = trio.open_memory_channel[tuple[Interaction, str]](AT_ONCE)

    def on_outcome(self, guild: GuildId, name: str, payload: bytes, outcome: RunOutcome) -> None:
        """The runtime's hook: how the handling of an event ended. Never waits, never raises."""
        if name != "interactionCreate" or outcome is RunOutcome.OK:
            return
        try:
            number = as_id(msgspec.json.decode(payload, type=_Head).id)
        except msgspec.MsgspecError:
            return
        if number is None:
            return
        interaction = self._interactions.take_unanswered(number, trio.current_time())
        if interaction is None or interaction.guild != guild:
            return
        try:
            self._send.send_nowait((interaction, sentence(outcome)))
        except trio.WouldBlock:
            self.given_up += 1

    async def run(self) -> None:
        """Until cancelled."""
        async for interaction, text in self._receive:
            try:
                await self._api.say_it_failed(interaction.id, interaction.token, text)
            except DiscordAwayError as error:
                guild = interaction.guild
                told = "guild %d: a failed interaction could not be answered: %s"
                logger.info(told, guild, error, extra={"guild": guild})


_SENTENCES: Final = {
    RunOutcome.THREW: "an error was thrown",
    RunOutcome.CPU: "it computed for too long",
    RunOutcome.WALL_TIME: "it took too long",
    RunOutcome.MEMORY: "it ran out of memory",
    RunOutcome.CANCELLED: "it was cancelled",
    RunOutcome.CRASHED: "its process ended",
}


def sentence(outcome: RunOutcome) -> str:
    """For the member: what happened, without what the script said, which may be meant for its author alone."""
    why = _SENTENCES.get(outcome, "it could not be handled")
    return f"This server's bot script failed: {why}. Whoever maintains the script finds more in its log."
