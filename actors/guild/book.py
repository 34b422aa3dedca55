"""What is known of a guild, whether or not an actor runs for it: small, since ten thousand sleep."""

import logging
from datetime import UTC, datetime
from typing import Any

from actors.isolate.isolate import Isolate
from actors.isolate.recycling import private_bytes
from actors.outcomes import RunOutcome
from actors.placement import WorkerId
from actors.refs import GuildPhase, GuildStatus, Usage
from storage.ids import GuildId

_log = logging.getLogger("flora.runtime")


class GuildBook:
    """Written by the guild's actor and its lane; read by whoever asks for a status."""

    __slots__ = (
        "cpu_us", "drops", "events", "guild", "held_at", "in_flight", "isolate", "last_used", "ops", "paused_until",
        "pausing", "phase", "reason", "registrations", "restarts", "revision", "since", "told", "untold", "wall_us",
        "worker",
    )  # fmt: skip

    def __init__(self, guild: GuildId) -> None:
        self.guild = guild
        self.phase = GuildPhase.COLD
        self.reason = "not started yet"
        """Always words of ours."""
        self.told = ""
        """The reason as its author is told it, where that says more: it may be the script's own text."""
        self.revision = ""
        self.worker: WorkerId | None = None
        self.since = datetime.now(UTC)
        self.registrations: dict[str, Any] = {}
        self.in_flight = 0
        self.last_used = 0.0
        self.held_at = 0.0
        """When its events began to wait for its last move."""
        self.pausing = ""
        """Why it takes no events: an operator's or the runtime's words."""
        self.paused_until: float | None = None
        """When the runtime's own pause ends; an operator's has no end."""
        self.isolate: Isolate | None = None
        """The live one, to be measured."""
        self.cpu_us = 0
        self.wall_us = 0
        self.restarts = 0
        self.events: dict[str, int] = {}
        self.drops: dict[str, int] = {}
        self.ops: dict[str, int] = {}
        self.untold: dict[str, int] | None = None
        """Drops that the guild's log has not been told yet."""

    def __repr__(self) -> str:
        return f"<GuildBook of {self.guild}: {self.phase.value}, {self.reason}>"

    def enter(self, phase: GuildPhase, reason: str, told: str = "") -> None:
        """Every transition is made here, and so is its line in the daemon's log, which is not for scripts' texts."""
        self.phase = phase
        self.reason = reason
        self.told = told
        self.since = datetime.now(UTC)
        _log.debug("guild %d is %s: %s", self.guild, phase.value, reason, extra=self.fields)

    @property
    def fields(self) -> dict[str, object]:
        """What a line of the daemon's log about it carries."""
        return {"guild": self.guild, "worker": self.worker, "revision": self.revision}

    @property
    def standing(self) -> tuple[GuildPhase, str, str]:
        """To be entered again."""
        return self.phase, self.reason, self.told

    def go_on(self) -> None:
        """No pause any more."""
        self.pausing = ""
        self.paused_until = None

    def note_runs(self, outcome: RunOutcome, count: int, cpu_us: int, wall_s: float) -> None:
        """So many ended like this, after as long each; CPU time is of all together."""
        self.events[outcome.value] = self.events.get(outcome.value, 0) + count
        self.cpu_us += cpu_us
        self.wall_us += int(wall_s * 1e6) * count

    def note_drop(self, reason: str) -> None:
        self.drops[reason] = self.drops.get(reason, 0) + 1
        if self.untold is None:
            self.untold = {}
        self.untold[reason] = self.untold.get(reason, 0) + 1

    def note_op(self, name: str) -> None:
        family = name.partition(".")[0]
        self.ops[family] = self.ops.get(family, 0) + 1

    def status(self, waiting: int) -> GuildStatus:
        """Costs a look into the kernel's books when it is live."""
        return GuildStatus(
            guild=self.guild,
            phase=self.phase,
            reason=self.told or self.reason,
            revision=self.revision,
            worker=self.worker,
            in_flight=self.in_flight,
            waiting=waiting,
            registrations=self.registrations,
            private_bytes=None if self.isolate is None else private_bytes(self.isolate),
            usage=Usage(self.cpu_us, self.wall_us, dict(self.events), dict(self.drops), dict(self.ops), self.restarts),
            since=self.since,
        )
