"""Decides whether a cache that failed is asked again. Pure: the caller brings the time.

Rules: after a failure every call fails at once until a pause is over; then one call goes through as the
probe. When it succeeds all do again; when it fails, the pause doubles. So a dead cache costs each request
nothing, and a revived one is noticed by itself.
"""

from dataclasses import dataclass
from typing import Final

FIRST_PAUSE: Final = 0.1
LONGEST_PAUSE: Final = 5.0


@dataclass(slots=True)
class Breaker:
    failing_since: float | None = None
    """None while all is well."""
    next_probe: float = 0.0
    pause: float = FIRST_PAUSE
    probing: bool = False

    def may_try(self, now: float) -> bool:
        """Whether to ask now. A True while failing makes the caller the probe: others wait out another
        pause."""
        if self.failing_since is None:
            return True
        if now < self.next_probe:
            return False
        self.probing = True
        self.next_probe = now + self.pause
        return True

    def succeeded(self) -> bool:
        """Whether this ended an outage."""
        recovered = self.failing_since is not None
        self.failing_since = None
        self.probing = False
        self.pause = FIRST_PAUSE
        return recovered

    def failed(self, now: float) -> bool:
        """Whether this began an outage. Calls that were under way when it began do not lengthen the pause."""
        began = self.failing_since is None
        if began:
            self.failing_since = now
            self.next_probe = now + self.pause
        elif self.probing:
            self.pause = min(2 * self.pause, LONGEST_PAUSE)
            self.next_probe = now + self.pause
        self.probing = False
        return began
