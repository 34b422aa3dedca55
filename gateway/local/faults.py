"""Faults on demand: what Discord does on its worse days, for tests and for `flora dev --chaos`."""

import fnmatch
from dataclasses import dataclass

from gateway.local.sessions import Hub


@dataclass
class Fault:
    """What a request that matches gets instead of an answer, or before it."""

    path: str = "*"
    method: str = "*"
    status: int | None = None
    times: int = 1
    delay: float = 0.0
    retry_after: float = 1.0
    drop: bool = False


class Faults:
    """What is wrong right now."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.rest: list[Fault] = []
        self.outage = False

    def add(self, fault: Fault) -> None:
        self.rest.append(fault)

    def take(self, method: str, path: str) -> Fault | None:
        for fault in self.rest:
            if fault.method in {method, "*"} and fnmatch.fnmatch(path, fault.path):
                fault.times -= 1
                if fault.times <= 0:
                    self.rest.remove(fault)
                return fault
        return None

    def drop_connections(self) -> None:
        """Every gateway connection falls without a goodbye; sessions stay and may resume."""
        for link in list(self._hub.links):
            link.drop()

    def freeze_connections(self) -> None:
        """Half-open: the connections stay, and nothing passes any more."""
        for link in self._hub.links:
            link.frozen = True

    def reconnect(self) -> None:
        """Op 7."""
        for link in self._hub.links:
            link.say(7)

    def invalidate(self, *, resumable: bool) -> None:
        """Op 9."""
        for link in self._hub.links:
            if not resumable and link.session is not None:
                self._hub.sessions.pop(link.session.id, None)
            link.say(9, resumable)
