"""simcord's backend with time that passes, and with what guilds have at Discord and not there."""

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

    def beyond_of(self, guild_id: int) -> Beyond:
        """Raises BackendError where there is no such guild."""
        return self.beyond.setdefault(self.get_guild(guild_id).id, Beyond())
