"""The interactions that are open: whose each is, and whether it was answered.

A token lets its holder answer a member for fifteen minutes, so a script may only use those that its own guild was
given. And a member who typed a command waits: when a script's handling fails and nothing was answered, flora says so
in its place (`gateway/unanswered.py`). Pure: the caller brings the time.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import Final

from storage.ids import GuildId

TOKEN_LIFE_S: Final = 15 * 60.0
OPEN_PER_GUILD: Final = 10_000
"""More than a guild can cause within the life of a token; the oldest is forgotten, as if it had expired."""
AUTOCOMPLETE: Final = 4


@dataclass(slots=True)
class Interaction:
    """One that a guild was given."""

    id: int
    token: str
    kind: int
    """Discord's type: 2 a command, 3 a component, 4 autocomplete, 5 a modal."""
    guild: GuildId
    given_at: float
    answered: bool = False


class OpenInteractions:
    """Of all guilds of this process."""

    def __init__(self) -> None:
        self._by_id: OrderedDict[int, Interaction] = OrderedDict()
        self._by_token: dict[str, Interaction] = {}
        self._of_guild: dict[GuildId, deque[Interaction]] = {}

    def __repr__(self) -> str:
        return f"<OpenInteractions: {len(self._by_id)}>"

    def __len__(self) -> int:
        return len(self._by_id)

    def given(self, interaction: Interaction) -> bool:
        """Whether it is new: the HTTP endpoint may be told the same one twice."""
        self._forget_expired(interaction.given_at)
        if interaction.id in self._by_id:
            return False
        self._by_id[interaction.id] = interaction
        self._by_token[interaction.token] = interaction
        own = self._of_guild.setdefault(interaction.guild, deque())
        own.append(interaction)
        if len(own) > OPEN_PER_GUILD:
            self._forget(own[0])
        return True

    def answered(self, interaction: int) -> None:
        """An answer was sent; a deferred one counts."""
        known = self._by_id.get(interaction)
        if known is not None:
            known.answered = True

    def find(self, value: str, now: float) -> Interaction | None:
        """By id or by token."""
        self._forget_expired(now)
        found = self._by_token.get(value)
        if found is None and value.isascii() and value.isdigit() and len(value) < 21:
            found = self._by_id.get(int(value))
        return found

    def take_unanswered(self, interaction: int, now: float) -> Interaction | None:
        """The interaction if it waits for an answer that can still be given; it then counts as answered."""
        found = self.find(str(interaction), now)
        if found is None or found.answered or found.kind == AUTOCOMPLETE:
            return None
        found.answered = True
        return found

    def _forget_expired(self, now: float) -> None:
        while self._by_id:
            oldest = next(iter(self._by_id.values()))
            if oldest.given_at + TOKEN_LIFE_S > now:
                return
            self._forget(oldest)

    def _forget(self, interaction: Interaction) -> None:
        del self._by_id[interaction.id]
        self._by_token.pop(interaction.token, None)
        own = self._of_guild[interaction.guild]
        own.remove(interaction)
        if not own:
            del self._of_guild[interaction.guild]
