"""The wall clock as expiry needs it: small steps back do not bring the dead to life."""

import logging
from collections.abc import Callable
from typing import Final

_log = logging.getLogger(__name__)

_TOLERATED_MS: Final = 60_000
"""A step back that time servers make. Time then stands still until the clock has caught up."""


class SteadyClock:
    """Milliseconds since 1970 that do not go back, unless the clock was plainly wrong before.

    A larger step back is a correction: the store follows it, says so once, and keys that expired by the wrong
    clock and were not swept yet are there again. Standing still until a clock that was years ahead has caught
    up would be worse: nothing would expire meanwhile.
    """

    def __init__(self, read: Callable[[], float]) -> None:
        self._read = read
        self._latest = 0
        self.corrections = 0

    def now_ms(self) -> int:
        """Now, for everything that expires."""
        reading = int(self._read() * 1000)
        behind = self._latest - reading
        if behind > _TOLERATED_MS:
            self.corrections += 1
            _log.warning("The clock was set back by %.0f s; expiry follows it", behind / 1000)
        elif behind > 0:
            return self._latest
        self._latest = reading
        return reading
