"""The guilds' secrets in use: opened when a script first asks, forgotten after a while, never shown.

What a script holds in a secret's place is made from the row's random id, which nobody but the script is told: a member
who types a placeholder into a message cannot guess one, and so cannot have a script send a secret for him. It stays the
same when the value is replaced.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from storage.encryption import KeyRing
from storage.ids import GuildId
from storage.postgres.database import Database
from storage.postgres.secret_read import load_secrets
from storage.records import OpenSecret

_log = logging.getLogger("flora.runtime")

_KEPT_S: Final = 60.0
"""How long a change made by another daemon may go unnoticed; this one's own changes are told by `forget`."""
_KEPT_GUILDS: Final = 256


def placeholder_of(secret: OpenSecret) -> str:
    """Letters, digits and underscores only: it survives URL encoding, JSON and forms as it is."""
    return f"__FLORA_SECRET_{secret.id.replace('-', '')}__"


@dataclass(frozen=True, slots=True, repr=False)
class GuildSecrets:
    """One guild's secrets, by what scripts hold in their place."""

    by_placeholder: Mapping[str, OpenSecret]

    def __repr__(self) -> str:
        return f"<GuildSecrets of {len(self.by_placeholder)}>"

    def placeholder(self, name: str) -> str | None:
        """What stands for the secret of this name."""
        for placeholder, secret in self.by_placeholder.items():
            if secret.name == name:
                return placeholder
        return None


class Vault:
    """Opens secrets and keeps those of the guilds that used them lately."""

    def __init__(self, database: Database, ring: KeyRing, clock: Callable[[], float]) -> None:
        self._database = database
        self._ring = ring
        self._clock = clock
        self._kept: OrderedDict[GuildId, tuple[float, GuildSecrets]] = OrderedDict()

    def __repr__(self) -> str:
        return f"<Vault with {len(self._kept)} guilds open>"

    async def of_guild(self, guild: GuildId) -> GuildSecrets:
        """The guild's secrets. A row that cannot be decrypted is left out, and the operator is told."""
        kept = self._kept.get(guild)
        if kept is not None and self._clock() < kept[0]:
            return kept[1]
        loaded = await self._database.run(load_secrets, guild, self._ring)
        for problem in loaded.problems:
            _log.warning("%s", problem)
        opened = GuildSecrets({placeholder_of(one): one for one in loaded.secrets})
        self._kept[guild] = (self._clock() + _KEPT_S, opened)
        self._kept.move_to_end(guild)
        while len(self._kept) > _KEPT_GUILDS:
            self._kept.popitem(last=False)
        return opened

    def forget(self, guild: GuildId) -> None:
        """After a change: the next use reads anew."""
        self._kept.pop(guild, None)

    def forget_all(self) -> None:
        """After the keys were rotated."""
        self._kept.clear()
