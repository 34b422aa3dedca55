"""Moving a guild from one worker to another, as a table. Pure: no clock, no actor, no I/O.

Each state says who is responsible for the guild while it lasts; each event leads to exactly one next state. Whatever
goes wrong, the last state is one in which exactly one worker has the guild, and what waited is still waiting there.
"""

import enum
from typing import Final


class Handover(enum.Enum):
    """Who has the guild."""

    QUIESCING = "quiescing"
    """Its source: events wait in its lane, handlers come to their end."""
    HELD = "held"
    """Nobody runs it; the coordinator holds its lane."""
    BOOTING = "booting"
    """Its target, which starts its isolate. What waits is replayed by the target as soon as that is live."""
    RETURNING = "returning"
    """Its source again, which starts its isolate anew."""
    MOVED = "moved"
    STAYED = "stayed"
    REHOMED = "rehomed"
    """Where the router places it: nobody had it, and nobody was left to decide."""


class Happened(enum.Enum):
    """What the coordinator hears."""

    RELEASED = "released"
    REFUSED = "refused"
    """Handlers did not end in time, or its actor failed."""
    ADOPTED = "adopted"
    LOADED = "loaded"
    FAILED = "failed"
    """The script does not load there, or the worker leaves or is gone."""
    GIVEN_UP = "given up"
    """The coordinator is ending."""


NEXT: Final[dict[tuple[Handover, Happened], Handover]] = {
    (Handover.QUIESCING, Happened.RELEASED): Handover.HELD,
    (Handover.QUIESCING, Happened.REFUSED): Handover.STAYED,
    (Handover.QUIESCING, Happened.GIVEN_UP): Handover.STAYED,
    (Handover.HELD, Happened.ADOPTED): Handover.BOOTING,
    (Handover.HELD, Happened.FAILED): Handover.RETURNING,
    (Handover.HELD, Happened.GIVEN_UP): Handover.REHOMED,
    (Handover.BOOTING, Happened.LOADED): Handover.MOVED,
    (Handover.BOOTING, Happened.FAILED): Handover.RETURNING,
    (Handover.BOOTING, Happened.GIVEN_UP): Handover.MOVED,
    (Handover.RETURNING, Happened.LOADED): Handover.STAYED,
    (Handover.RETURNING, Happened.FAILED): Handover.STAYED,
    (Handover.RETURNING, Happened.GIVEN_UP): Handover.STAYED,
}
"""A source that fails to start it again keeps it all the same: it is tried again there, as after any failed start."""
ENDS: Final = frozenset({Handover.MOVED, Handover.STAYED, Handover.REHOMED})


class BadHandoverError(Exception):
    """Something happened that cannot happen in this state."""


def after(state: Handover, happened: Happened) -> Handover:
    """The next state."""
    following = NEXT.get((state, happened))
    if following is None:
        raise BadHandoverError(f"{happened.value} while {state.value}")
    return following
