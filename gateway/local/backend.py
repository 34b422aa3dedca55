"""simcord's backend with time that passes, and with what guilds have at Discord and not there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from simcord._clock import Clock
from simcord.backend import Backend

Told = dict[str, Any]
"""Something as it is told to clients."""


class RealClock(Clock):
    """Time as it passes: the deadlines of interactions hold."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class _Forgetful(list[Any]):
    """A record that simcord keeps for tests in one process; a server that runs for days keeps none."""

    def append(self, _value: Any) -> None:
        return


@dataclass
class Beyond:
    """What a guild has beyond simcord's model, each thing as it is told to clients."""

    settings: dict[str, Told] = field(default_factory=dict[str, Told])
    """The guild's widget, welcome screen and the like, by their names."""
    sounds: dict[str, Told] = field(default_factory=dict[str, Told])
    templates: dict[str, Told] = field(default_factory=dict[str, Told])
    exceptions: dict[str, Told] = field(default_factory=dict[str, Told])
    """Days on which a scheduled event is another than else."""
    requests: dict[str, Told] = field(default_factory=dict[str, Told])
    """Of people who ask to be let in."""
    integrations: dict[str, Told] = field(default_factory=dict[str, Told])


class LocalBackend(Backend):
    """The one that routes and the page work on."""

    def __init__(self) -> None:
        super().__init__(clock=RealClock())
        self.http_requests = _Forgetful()
        self.transcript = _Forgetful()
        self.beyond: dict[int, Beyond] = {}
        self.bearers: dict[str, int] = {}
        """Who is behind an OAuth2 token."""
        self._polls: set[tuple[int, int]] = set()
        """Where votes are open, as channel and message: there are too many messages to look through all."""
        self.subscribers.append(self._heard)

    def _heard(self, name: str, payload: Mapping[str, Any]) -> None:
        if name == "MESSAGE_CREATE" and "poll" in payload:
            self._polls.add((int(payload["channel_id"]), int(payload["id"])))

    def find_polls(self) -> None:
        """After messages were put there by other means than being sent."""
        found = (one for several in self.messages.values() for one in several.values() if one.poll is not None)
        self._polls = {(one.channel_id, one.id) for one in found}

    def pass_time(self) -> None:
        """What happens by itself: events begin and end, polls close, interactions are forgotten."""
        self.activate_due_scheduled_events()
        now = self.clock.now()
        for channel, message in list(self._polls):
            found = self.messages.get(channel, {}).get(message)
            poll = None if found is None else found.poll
            if poll is None or poll.finalized or datetime.fromisoformat(poll.expiry) <= now:
                self._polls.discard((channel, message))
                if poll is not None:
                    self.expire_poll(channel, message)
        for record in list(self.interactions.values()):
            if record.expires_at is not None and datetime.fromisoformat(record.expires_at) > now:
                break  # they lie in the order in which they began
            del self.interactions[record.id]
            self.interaction_tokens.pop(record.token, None)

    def beyond_of(self, guild_id: int) -> Beyond:
        """Raises BackendError where there is no such guild."""
        return self.beyond.setdefault(self.get_guild(guild_id).id, Beyond())
