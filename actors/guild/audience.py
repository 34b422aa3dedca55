"""What the scripts of all guilds hear of, taken together: an event of which none hears concerns nobody here."""

from collections import Counter
from typing import Any, Final, cast

NOTHING: Final = frozenset[str]()
_MOST: Final = 256
"""Discord has some eighty events. A script that says more is taken for one that does not say."""


def heard_of(registrations: dict[str, Any]) -> frozenset[str] | None:
    """What a script listens to; None when it does not say. It is a stranger's word."""
    told = registrations.get("events")
    if not isinstance(told, list):
        return None
    names = cast("list[object]", told)
    return None if len(names) > _MOST else frozenset(name for name in names if isinstance(name, str))


class Audience:
    """Kept up to date by the lanes, so that asking it costs nothing however many guilds there are."""

    def __init__(self) -> None:
        self._hearers: Counter[str] = Counter()
        self._silent = 0
        """Scripts that do not say, and so may hear of anything."""
        self._names: frozenset[str] | None = None

    def __repr__(self) -> str:
        return f"<Audience of {len(self._hearers)} events, {self._silent} do not say>"

    @property
    def names(self) -> frozenset[str] | None:
        """None while some script does not say. The same object as long as nothing changes."""
        if self._silent:
            return None
        if self._names is None:
            self._names = frozenset(self._hearers)
        return self._names

    def change(self, before: frozenset[str] | None, after: frozenset[str] | None) -> None:
        """One guild hears of something else from now on."""
        self._names = None
        self._count(after, 1)
        self._count(before, -1)

    def _count(self, heard: frozenset[str] | None, step: int) -> None:
        if heard is None:
            self._silent += step
            return
        for name in heard:
            self._hearers[name] += step
            if not self._hearers[name]:
                del self._hearers[name]
