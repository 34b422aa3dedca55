"""How many requests one caller may make in a minute. In memory, bounded; each daemon counts for itself."""

import math
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from api.problems import Problem

_WINDOW_S: Final = 60.0
_CALLERS: Final = 20_000
"""Beyond, those seen longest ago are forgotten: an attacker with many addresses costs no memory."""


class RateLimit:
    """So many within a minute, by name of the caller; the minute begins with the first."""

    def __init__(self, most: int, clock: Callable[[], float]) -> None:
        self.most = most
        self._clock = clock
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def __repr__(self) -> str:
        return f"<RateLimit of {self.most}, {len(self._seen)} callers>"

    def take(self, caller: str) -> int:
        """How many are left; raises Problem 429."""
        now = self._clock()
        since, count = self._seen.get(caller, (now, 0))
        if now - since >= _WINDOW_S:
            since, count = now, 0
        self._seen[caller] = (since, count + 1)
        self._seen.move_to_end(caller)
        while len(self._seen) > _CALLERS:
            self._seen.popitem(last=False)
        if count >= self.most:
            self._refuse(since + _WINDOW_S - now)
        return self.most - count - 1

    def check(self, caller: str) -> None:
        """Without counting."""
        since, count = self._seen.get(caller, (0.0, 0))
        left = since + _WINDOW_S - self._clock()
        if count >= self.most and left > 0:
            self._refuse(left)

    def _refuse(self, left: float) -> None:
        seconds = max(1, math.ceil(left))
        raise Problem(
            429, "rate_limited", f"too many requests; again in {seconds} s", headers={"Retry-After": str(seconds)}
        )
