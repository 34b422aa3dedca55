"""Which worker a guild belongs to: rendezvous hashing, pure.

Every worker draws a number for the guild, and the highest has it. A worker that comes takes only the guilds for which
it draws highest; one that goes leaves its guilds to whoever drew second; no other guild moves. Nothing is stored:
whoever knows the workers knows the place.
"""

import hashlib
from collections.abc import Iterable
from typing import NewType

from storage.ids import GuildId

WorkerId = NewType("WorkerId", int)


class NoWorkersError(Exception):
    """There is no live worker to place a guild on."""


def place(guild: GuildId, workers: Iterable[WorkerId]) -> WorkerId:
    """The worker of a guild among those that live."""
    highest = max(workers, key=lambda worker: _draw(guild, worker), default=None)
    if highest is None:
        raise NoWorkersError(f"guild {guild} has no worker: none is live")
    return highest


def _draw(guild: GuildId, worker: WorkerId) -> tuple[bytes, WorkerId]:
    # Python's own hash differs from one process to the next; a place must not.
    digest = hashlib.blake2b(f"{guild}@{worker}".encode(), digest_size=8).digest()
    return digest, worker
