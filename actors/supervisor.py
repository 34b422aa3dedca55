"""Start again what crashes, within reason.

A supervised task that raises is started again after a pause; pauses grow and are drawn from the whole span up to their
bound ("full jitter"), so that many that crash together do not return together. One that has run well for a while begins
anew with the shortest pause. One that crashes too often within a window is given up: the error that ended it last is
raised, and whoever supervises the supervisor hears of it.
"""

import enum
import math
import random
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import trio


class Restart(enum.Enum):
    """When a task is started again."""

    ALWAYS = "always"
    """Also when it returns: it is meant to run for ever."""
    AFTER_CRASH = "after_crash"
    """A task that returns has done its work."""


@dataclass(frozen=True, slots=True)
class Intensity:
    """How much crashing is borne. Times in seconds."""

    crashes: int = 5
    window_s: float = 60.0
    first_pause_s: float = 0.05
    longest_pause_s: float = 10.0
    healthy_s: float = 60.0
    """So long a task must run for its crashes before to be forgotten."""


class GaveUpError(Exception):
    """A task crashed too often; the last crash is its cause."""


Told = Callable[[BaseException, int], None]
"""Is told of each crash, and the how manieth within the window it is."""


async def supervise(
    name: str,
    start: Callable[[], Awaitable[None]],
    restart: Restart = Restart.ALWAYS,
    intensity: Intensity = Intensity(),
    on_crash: Told | None = None,
) -> None:
    """Run `start()` again and again. Cancelling this cancels it. Raises GaveUpError."""
    crashes: deque[float] = deque()
    while True:
        began = trio.current_time()
        crash = await _run_once(start)
        if crash is None and restart is Restart.AFTER_CRASH:
            return
        now = trio.current_time()
        if now - began >= intensity.healthy_s:
            crashes.clear()
        if crash is not None:
            _count(crashes, now, intensity.window_s)
            if on_crash is not None:
                on_crash(crash, len(crashes))
            if len(crashes) > intensity.crashes:
                raise GaveUpError(f"{name} crashed {len(crashes)} times in {intensity.window_s:g} s") from crash
        await trio.sleep(_pause(len(crashes), intensity))


async def _run_once(start: Callable[[], Awaitable[None]]) -> Exception | None:
    try:
        await start()
    except Exception as crash:  # noqa: BLE001  this is the place where crashes are caught
        return crash
    except BaseExceptionGroup as group:
        _, cancelled = group.split(Exception)
        assert cancelled is not None
        raise cancelled from None  # it crashed while it was being ended: that is its end
    return None


def _count(crashes: deque[float], now: float, window_s: float) -> None:
    crashes.append(now)
    while crashes[0] <= now - window_s:
        crashes.popleft()


def _pause(crashes: int, intensity: Intensity) -> float:
    bound = min(intensity.longest_pause_s, intensity.first_pause_s * math.pow(2, max(0, crashes - 1)))
    return random.uniform(0, bound)  # noqa: S311  spreads restarts in time, nothing more
