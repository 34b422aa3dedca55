"""The one door between trio and the libraries that speak asyncio.

A unit of work is ONE asyncio function, run as a whole: when its trio caller is cancelled, that function is
cancelled inside asyncio, and its own cleanup (roll back, give the connection back) still runs there. Stepping
through an asyncio library from trio instead, call by call, would run that cleanup under a cancelled scope and
leave a connection "idle in transaction".
"""

import logging
from collections.abc import AsyncGenerator, Coroutine, Iterable
from contextlib import asynccontextmanager
from typing import Any, Final, Protocol, TypeVar, cast

import trio
import trio_asyncio  # pyright: ignore[reportMissingTypeStubs] (it ships none; _Loop below is what is used of it)

Result = TypeVar("Result")
CLOSE_WAIT: Final = 1.0
logger = logging.getLogger(__name__)


class _Loop(Protocol):
    async def run_aio_coroutine(self, coro: Coroutine[Any, Any, Result]) -> Result: ...
    def set_exception_handler(self, handler: object) -> None: ...
    async def synchronize(self) -> None: ...


class _Transport(Protocol):
    def abort(self) -> None: ...


class Bridge:
    """Runs asyncio functions for trio tasks; made by open_bridge()."""

    def __init__(self, loop: _Loop) -> None:
        self._loop = loop

    async def run(self, unit: Coroutine[Any, Any, Result]) -> Result:
        """Run one unit of work to its end. What it raises is raised here; a cancel reaches into it."""
        return await self._loop.run_aio_coroutine(unit)


@asynccontextmanager
async def open_bridge() -> AsyncGenerator[Bridge]:
    async with trio_asyncio.open_loop() as loop:  # pyright: ignore[reportUnknownMemberType] (untyped, as above)
        bridged = cast("_Loop", loop)
        # Without a handler of ours, an exception in any callback of a library ends the loop, and flora with
        # it.
        bridged.set_exception_handler(_log_stray)
        try:
            yield Bridge(bridged)
        finally:
            with trio.CancelScope(shield=True, deadline=trio.current_time() + CLOSE_WAIT):
                await _abandon_connections(bridged)


async def _abandon_connections(loop: _Loop) -> None:
    """Cut what is still saying goodbye: TLS does so over several rounds of the loop, which ends now."""
    transports: Iterable[_Transport] = list(getattr(loop, "_transports", {}).values())
    for transport in transports:
        transport.abort()
    for _ in range(2):  # what abort() asks for, and what that asks for
        await loop.synchronize()


def _log_stray(_: object, context: dict[str, object]) -> None:
    """The class of the error only: its text may hold what was sent to a server."""
    error = context.get("exception")
    logger.error("stray failure in a storage library: %s (%s)", context.get("message"), type(error).__name__)
