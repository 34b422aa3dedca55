"""Every message of the runtime, grouped by the mailbox that takes it.

All are frozen. A question carries the `Reply` through which its answer goes; when an actor leaves, what still waits in
its mailbox is refused, so nobody waits for ever.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, get_args

import trio

from actors.actor import Reply, Takes, reply_of
from actors.isolate.isolate import Run
from actors.placement import WorkerId
from actors.refs import Bundle, Commit, Deployed, GuildEvent, RuntimeRefusedError
from storage.ids import GuildId

if TYPE_CHECKING:
    from actors.guild.lane import Lane, Owner

_log = logging.getLogger("flora.runtime")

Refusable: TypeAlias = RuntimeRefusedError | None
"""The answer to a question that has none but whether it was done: None is yes."""


# -- to the router ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Deliver:
    """What one wake-up of the gateway read, in Discord's order."""

    events: Sequence[GuildEvent]


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Run one event, and tell its asker how it ended."""

    event: GuildEvent
    timeout_s: float
    gave_up: trio.CancelScope
    reply: Reply[Run | Exception]


@dataclass(frozen=True, slots=True)
class ToGuild:
    """A command for a guild, wherever it is. `creates` says that the guild may be new."""

    guild: GuildId
    command: "GuildCommand"
    creates: bool = False


@dataclass(frozen=True, slots=True)
class Restore:
    """Guilds that were deployed before this start, with why each is paused; empty when it is not."""

    guilds: Mapping[GuildId, str]
    reply: Reply[Refusable]


@dataclass(frozen=True, slots=True)
class WorkerJoined:
    """Answered with the guilds that belong there from now on."""

    worker: "Owner"
    reply: Reply[Sequence[GuildId] | Exception]


@dataclass(frozen=True, slots=True)
class WorkerLeaves:
    """Place no guild there any more. Answered with the guilds that still are there."""

    worker: WorkerId
    reply: Reply[Sequence[GuildId] | Exception]


@dataclass(frozen=True, slots=True)
class WorkerLeft:
    """It is empty, and about to end."""

    worker: WorkerId
    reply: Reply[Refusable]


@dataclass(frozen=True, slots=True)
class MovePlan:
    """An answer: what moves, and where to."""

    lane: "Lane"
    target: "Owner"


@dataclass(frozen=True, slots=True)
class PlanMove:
    """To this worker, or where the guild belongs."""

    guild: GuildId
    target: WorkerId | None
    reply: Reply[MovePlan | Exception]


@dataclass(frozen=True, slots=True)
class Rehome:
    """Nobody has this lane, for a move ended in the middle."""

    lane: "Lane"


RouterMessage: TypeAlias = (
    Deliver | Dispatch | ToGuild | Restore | WorkerJoined | WorkerLeaves | WorkerLeft | PlanMove | Rehome
)


# -- to a worker -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Adopt:
    """Take this guild: from now on its lane is this worker's. `boot` says to start its isolate at once and to answer
    only when it has been tried: the answer says why it did not come up. Tentatively, the lane is let go of again then,
    with all that waits in it, before the answer is given."""

    lane: "Lane"
    boot: bool = False
    tentative: bool = False
    reply: Reply[Refusable] | None = None


@dataclass(frozen=True, slots=True)
class Wake:
    """Something waits in a lane for which no actor runs."""

    lane: "Lane"


@dataclass(frozen=True, slots=True)
class Disown:
    """The lane has been given up by its actor and belongs to whoever asks."""

    lane: "Lane"
    reply: Reply[Refusable]


WorkerMessage: TypeAlias = Adopt | Wake | Disown


# -- to a guild ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Deploy:
    bundle: Bundle
    commit: Commit
    gave_up: trio.CancelScope
    reply: Reply[Deployed | Exception]


@dataclass(frozen=True, slots=True)
class Undeploy:
    reply: Reply[Refusable]


@dataclass(frozen=True, slots=True)
class Pause:
    reason: str
    reply: Reply[Refusable]


@dataclass(frozen=True, slots=True)
class Resume:
    reply: Reply[Refusable]


@dataclass(frozen=True, slots=True)
class Restart:
    reply: Reply[Refusable]


@dataclass(frozen=True, slots=True)
class Boot:
    """Start the isolate although nothing waits for it. Tentatively: or let go of the lane, and lose nothing."""

    tentative: bool = False
    reply: Reply[Refusable] | None = None


@dataclass(frozen=True, slots=True)
class Sleep:
    """Let the isolate go if it is idle still."""


@dataclass(frozen=True, slots=True)
class Recycle:
    """Replace the isolate by a fresh one if it has grown still."""


@dataclass(frozen=True, slots=True)
class Release:
    """Stop, and leave the lane with what waits in it to the asker. Unless forced, it is refused when handlers do not
    end within `quiesce_s`; forced, they are cut then."""

    quiesce_s: float
    forced: bool
    reply: Reply[Refusable] = field(compare=False)


GuildCommand: TypeAlias = Deploy | Undeploy | Pause | Resume | Restart | Boot | Sleep | Recycle | Release


# -- to the migration coordinator ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Migrate:
    """Move a guild. Forced when its worker has to go: handlers that do not end are cut."""

    guild: GuildId
    target: WorkerId | None
    """None: wherever the router places it now."""
    forced: bool
    reply: Reply[Refusable]


CoordinatorMessage: TypeAlias = Migrate


def _takes(*kinds: type) -> Takes:
    def takes(who: str, message: object) -> bool:
        if isinstance(message, kinds):
            return True
        error = RuntimeRefusedError("UNKNOWN_MESSAGE", f"{who} takes no {type(message).__name__}")
        _log.error("%s", error)
        if (reply := reply_of(message)) is not None:
            reply.answer(error)
        return False

    return takes


ROUTER_TAKES = _takes(*get_args(RouterMessage))
WORKER_TAKES = _takes(*get_args(WorkerMessage))
GUILD_TAKES = _takes(*get_args(GuildCommand))
COORDINATOR_TAKES = _takes(CoordinatorMessage)
