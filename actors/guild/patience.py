"""How often a script may be killed before it is paused. Pure.

Kills within a window are counted; at the limit the guild is paused, and each pause is twice as long as the one before.
A window without any kill after a pause makes good again.
"""

from collections import deque

from actors.limits import RuntimeLimits


class Patience:
    """Of one guild."""

    def __init__(self, limits: RuntimeLimits) -> None:
        self._limits = limits
        self._kills: deque[float] = deque()
        self._pauses = 0
        self._resumed = 0.0

    def __repr__(self) -> str:
        return f"<Patience: {len(self._kills)} kills, {self._pauses} pauses>"

    def killed(self, now: float) -> float:
        """Count a kill. Answers for how long to pause; 0 when it may be started again at once."""
        window_s = self._limits.kills_window_s
        if self._pauses and not self._kills and now - self._resumed > window_s:
            self._pauses = 0
        self._kills.append(now)
        while self._kills[0] <= now - window_s:
            self._kills.popleft()
        if len(self._kills) < self._limits.kills:
            return 0.0
        pause_s = min(self._limits.longest_pause_s, self._limits.first_pause_s * 2.0**self._pauses)
        self._pauses += 1
        self._kills.clear()
        self._resumed = now + pause_s
        return pause_s

    def forgive(self) -> None:
        """There is a new script, or somebody resumed it by hand."""
        self._kills.clear()
        self._pauses = 0
