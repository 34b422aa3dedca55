"""Ctrl-C for commands that must not be left half-done: it cancels, and what is shielded comes to its end first."""

import signal
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager

import trio

from api.cli.console import note
from api.cli.faults import Interrupted


@asynccontextmanager
async def interruptible(left: str) -> AsyncGenerator[Callable[[], None]]:
    """SIGINT and SIGTERM end the block as a cancel does, and the command with what that left. The block calls what it
    is given once its work is done: from then on it is too late, and nothing is said."""
    is_done = False

    def done() -> None:
        nonlocal is_done
        is_done = True

    work = trio.CancelScope()
    with trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_cancel, work, signals)
            with work:
                yield done
                await trio.lowlevel.checkpoint()
            nursery.cancel_scope.cancel()
    if work.cancelled_caught and not is_done:
        raise Interrupted(left)


async def _cancel(work: trio.CancelScope, signals: AsyncIterator[int]) -> None:
    async for _ in signals:
        note("\nstopping; what must not be left half-done is finished first")
        work.cancel()
