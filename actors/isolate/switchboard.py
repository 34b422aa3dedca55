"""One task that reads and writes the doors of all isolates of a zygote.

A trio task for each door would cost a wake-up each; here one epoll holds all doors, and is itself waited for. What
the kernel has ready is read in one go and handed on synchronously, so that a busy wake-up costs each door little.

Whoever took least of our time lately comes first, and a turn is short: so a door that floods us waits for the quiet
ones, and never they for it.
"""

import select
import time
from collections import defaultdict
from typing import Final, Protocol

import trio


class Party(Protocol):
    """Who is called when the descriptor under its name is ready. Neither may block, nor raise."""

    def on_readable(self) -> None: ...

    def on_writable(self) -> None: ...


_TURN_S: Final = 0.002
"""After so long, whoever is not served yet waits for the next turn, and everything else in the daemon gets its own."""
_MOUTHFUL_S: Final = 0.0004
"""Nor does anybody wait for more than one who had so much to say: a thousand lines at once are some of these."""
_FORGETS_S: Final = 0.25
"""So often what each has taken is halved."""


class Switchboard:
    """Calls whoever registered a descriptor when it is ready."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._parties: dict[int, Party] = {}
        self._taken_s: defaultdict[int, float] = defaultdict(float)
        self._forget_at = 0.0

    def __repr__(self) -> str:
        return f"<Switchboard of {len(self._parties)}>"

    def connect(self, descriptor: int, party: Party) -> None:
        self._parties[descriptor] = party
        self._epoll.register(descriptor, select.EPOLLIN)

    def watch(self, descriptor: int, *, reading: bool, writing: bool) -> None:
        """Change what is waited for; neither means that the descriptor rests."""
        events = (select.EPOLLIN if reading else 0) | (select.EPOLLOUT if writing else 0)
        if descriptor in self._parties:
            self._epoll.modify(descriptor, events)

    def disconnect(self, descriptor: int) -> None:
        self._taken_s.pop(descriptor, None)
        if self._parties.pop(descriptor, None) is not None:
            self._epoll.unregister(descriptor)

    async def run(self) -> None:
        while True:
            await trio.lowlevel.wait_readable(self._epoll.fileno())
            self._serve(self._epoll.poll(0, 512))

    def _serve(self, ready: list[tuple[int, int]]) -> None:
        if len(ready) == 1:
            self._call(*ready[0])  # nobody competes with it
            return
        taken_s = self._taken_s
        ready.sort(key=lambda one: taken_s.get(one[0], 0.0))
        now = time.perf_counter()
        until = now + _TURN_S
        for descriptor, events in ready:
            self._call(descriptor, events)
            before, now = now, time.perf_counter()
            if descriptor in self._parties:
                taken_s[descriptor] += now - before
            if now > until or now - before > _MOUTHFUL_S:
                break  # what is ready stays ready
        if now > self._forget_at:
            self._forget(now)

    def _forget(self, now: float) -> None:
        self._forget_at = now + _FORGETS_S
        self._taken_s = defaultdict(float, {one: taken / 2 for one, taken in self._taken_s.items() if taken > 1e-6})

    def close(self) -> None:
        self._epoll.close()

    def _call(self, descriptor: int, events: int) -> None:
        # A party may have been disconnected by what another of this wake-up did.
        party = self._parties.get(descriptor)
        if party is None:
            return
        if events & select.EPOLLOUT:
            party.on_writable()
        if events & (select.EPOLLIN | select.EPOLLHUP | select.EPOLLERR) and descriptor in self._parties:
            party.on_readable()
