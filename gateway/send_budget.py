"""How much may be sent on one gateway connection. Pure.

Discord closes a connection (4008) that sends more than 120 payloads in 60 s, heartbeats included. A log of the times
sent answers exactly, for any window Discord may have in mind; the window is a little longer than Discord's, for what is
delayed on the way and then arrives at once.
"""

from collections import deque
from typing import Final

WINDOW_S: Final = 62.0
MOST: Final = 120
KEPT_FOR_BEATS: Final = 4
"""Our own heartbeats: one in 41 s, and the first may come early."""
KEPT_FOR_ASKED: Final = 6
"""Heartbeats that Discord asks for."""


class SendBudget:
    """Of one connection."""

    def __init__(self) -> None:
        self._sent: deque[float] = deque()

    def __repr__(self) -> str:
        return f"<SendBudget: {len(self._sent)} of {MOST} sent>"

    def note(self, now: float) -> None:
        """Something was sent that had to be."""
        self._forget(now)
        self._sent.append(now)

    def take(self, now: float, *, asked: bool = False) -> float:
        """0 when it may be sent, which is then noted; else the seconds until it may."""
        self._forget(now)
        most = MOST - KEPT_FOR_BEATS - (0 if asked else KEPT_FOR_ASKED)
        if len(self._sent) < most:
            self._sent.append(now)
            return 0.0
        return self._sent[len(self._sent) - most] + WINDOW_S - now

    def _forget(self, now: float) -> None:
        while self._sent and self._sent[0] <= now - WINDOW_S:
            self._sent.popleft()
