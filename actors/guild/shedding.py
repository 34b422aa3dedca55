"""Who loses an event when more wait than may. Pure.

Chatter goes first: messages created and edited, typing, presence. Of a worker's guilds the one in which most chatter
waits loses the oldest of it, so that a raid in one guild costs that guild its events and not its neighbours theirs.
Everything else is kept: interactions, the guild's life-cycle, members, moderation, deploys.
"""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from actors.guild.lane import Lane

DROPPABLE: Final = frozenset({"messageCreate", "messageUpdate", "typingStart", "presenceUpdate"})
FOREMOST: Final = frozenset({"interactionCreate", "guildCreate", "guildUpdate", "guildDelete"})
"""They have room of their own, when even what is never shed fills a mailbox: reactions of a raid cost no member his
answer."""
_LOOK_EVERY: Final = 32
"""Drops between two looks at who is noisiest; each look goes over all guilds where something waits."""


class Backlog:
    """What of the droppable waits in a worker, over all its guilds."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._noisy: dict[Lane, None] = {}
        self._noisiest: Lane | None = None
        self._until_look = 0
        self.waiting = 0
        self.peak = 0

    def __repr__(self) -> str:
        return f"<Backlog: {self.waiting} of {self._most} wait>"

    def came(self, lane: "Lane", count: int = 1) -> None:
        self.waiting += count
        self.peak = max(self.peak, self.waiting)
        self._noisy[lane] = None

    def went(self, lane: "Lane", count: int = 1) -> None:
        self.waiting -= count
        if lane.droppable == 0:
            self._noisy.pop(lane, None)

    def relieve(self) -> None:
        """Drop what is too much."""
        while self.waiting > self._most:
            self._find_noisiest().drop_oldest("shed")

    def _find_noisiest(self) -> "Lane":
        self._until_look -= 1
        noisiest = self._noisiest
        if noisiest is None or noisiest not in self._noisy or self._until_look <= 0:  # it may have moved, noise and all
            noisiest = self._noisiest = max(self._noisy, key=lambda lane: lane.droppable)
            self._until_look = _LOOK_EVERY
        return noisiest
