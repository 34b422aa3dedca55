"""A task's wait for another, at half of what `trio.lowlevel.wait_task_rescheduled` costs.

That one makes, for each wait, two coroutines and a message to trio's loop that says how to give the wait up. Who waits
again and again with the same way of giving up can send the same message each time. It is taken from trio's own
function, so it is what trio understands whatever that is.
"""

import types
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Final, cast

import trio

if TYPE_CHECKING:
    import outcome


def message_of(give_up: Callable[[object], trio.lowlevel.Abort]) -> object:
    """What tells trio's loop that the task waits, and how it gives up when it is cancelled; for `park`."""
    waiting = trio.lowlevel.wait_task_rescheduled(give_up)  # noqa: ASYNC105 -- nobody waits: what it says is taken
    message: object = waiting.send(None)
    waiting.close()
    return message


@types.coroutine
def park(message: object) -> "Generator[object, outcome.Error | None, None]":
    """Wait for `wake`; raises what cancelled the task."""
    error = yield message
    if error is not None:
        error.unwrap()


wake: Final = cast("Callable[[trio.lowlevel.Task, None], None]", trio.lowlevel.reschedule)
"""Let a parked task go on."""
