"""SIGINT and SIGTERM for what serves: `flora serve` and `flora dev`."""

import logging
import signal
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager

import trio

from actors.system import System

_log = logging.getLogger("flora.runtime")


class Stopping:
    """What a signal does: before flora serves, it gives up; then the first ends what serves, part by part, from the
    outside inwards, each letting end what it has begun; and the next does not wait for that."""

    def __init__(self) -> None:
        self.scope = trio.CancelScope()
        self._serving: trio.CancelScope | None = None
        self._runtime: System | None = None

    @contextmanager
    def serving(self, runtime: System) -> Generator[None]:
        """The block is what the first signal ends."""
        self._runtime = runtime
        with trio.CancelScope() as self._serving:
            yield

    async def run(self, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        with trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
            task_status.started()
            async for number in signals:
                self._on_signal(signal.Signals(number))

    def _on_signal(self, number: signal.Signals) -> None:
        if self._serving is not None and not self._serving.cancel_called:
            _log.info("%s: flora stops, and what it has begun may end; another signal cuts it short", number.name)
            self._serving.cancel()
            return
        _log.info("%s: flora stops at once", number.name)
        self.scope.cancel()
        if self._runtime is not None:
            self._runtime.hurry()


@asynccontextmanager
async def stopping_on_signals() -> AsyncGenerator[Stopping]:
    """The block is ended by SIGTERM or SIGINT, and then left without an error."""
    stopping = Stopping()
    async with trio.open_nursery() as nursery:
        await nursery.start(stopping.run)
        with stopping.scope:
            yield stopping
        nursery.cancel_scope.cancel()
