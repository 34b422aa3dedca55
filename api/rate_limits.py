"""How many requests one caller may make in a minute: counted here, and now and then added up with the other daemons.

A request never waits for the cache. What was counted is shared once a second (`share`), so what several daemons allow
together is exact but for the last second; while the cache is away each counts for itself.
"""

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from api.problems import Problem
from storage.errors import CacheUnavailable
from storage.redis.client import Cache
from storage.redis.values import count_hits

WINDOW_S: Final = 60.0
_CALLERS: Final = 20_000
"""Beyond, those seen longest ago are forgotten: an attacker with many addresses costs no memory."""
_SHARED_AT_ONCE: Final = 500


@dataclass(slots=True)
class _Window:
    since: float
    count: int = 0
    """Of all daemons, as far as is known here."""
    untold: int = 0
    """Of this one, not shared yet."""


class RateLimit:
    """So many within a minute, by name of the caller; the minute begins with the first."""

    def __init__(self, name: str, most: int, clock: Callable[[], float]) -> None:
        self.most = most
        self._name = name
        self._clock = clock
        self._seen: OrderedDict[str, _Window] = OrderedDict()
        self._untold: dict[str, None] = {}

    def __repr__(self) -> str:
        return f"<RateLimit of {self.most} {self._name}, {len(self._seen)} callers>"

    def take(self, caller: str) -> int:
        """How many are left; raises Problem 429."""
        now = self._clock()
        window = self._seen.get(caller)
        if window is None or now - window.since >= WINDOW_S:
            window = self._seen[caller] = _Window(now)
        window.count += 1
        window.untold += 1
        self._untold[caller] = None
        self._seen.move_to_end(caller)
        while len(self._seen) > _CALLERS:
            self._untold.pop(self._seen.popitem(last=False)[0], None)
        if window.count > self.most:
            self._refuse(window.since + WINDOW_S - now)
        return self.most - window.count

    def check(self, caller: str) -> None:
        """Without counting."""
        window = self._seen.get(caller)
        if window is None:
            return
        left = window.since + WINDOW_S - self._clock()
        if window.count >= self.most and left > 0:
            self._refuse(left)

    async def share(self, cache: Cache) -> None:
        """Tell what was counted here, and learn what all counted."""
        windows = {caller: self._seen[caller] for caller in islice(self._untold, _SHARED_AT_ONCE)}
        if not windows:
            return
        told = {caller: window.untold for caller, window in windows.items()}
        for caller, window in windows.items():
            window.untold = 0
            del self._untold[caller]
        try:
            found = await count_hits(cache, {f"{self._name} {one}": count for one, count in told.items()}, WINDOW_S)
        except CacheUnavailable:  # the next time tells it all
            for caller, window in windows.items():
                if self._seen.get(caller) is window:
                    window.untold += told[caller]
                    self._untold[caller] = None
            return
        for window, hits in zip(windows.values(), found.values(), strict=True):
            window.count = hits.count + window.untold
            window.since = self._clock() - WINDOW_S + hits.seconds_left

    def _refuse(self, left: float) -> None:
        seconds = max(1, math.ceil(left))
        raise Problem(
            429, "rate_limited", f"too many requests; again in {seconds} s", headers={"Retry-After": str(seconds)}
        )
