"""One task that reads and writes the doors of all isolates of a zygote.

A trio task for each door would cost a wake-up each; here one epoll holds all doors, and is itself waited for. What
the kernel has ready is read in one go and handed on synchronously, so that a busy wake-up costs each door little.
"""

import select
from typing import Protocol

import trio


class Party(Protocol):
    """Who is called when the descriptor under its name is ready. Neither may block, nor raise."""

    def on_readable(self) -> None: ...

    def on_writable(self) -> None: ...


class Switchboard:
    """Calls whoever registered a descriptor when it is ready."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._parties: dict[int, Party] = {}

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
        if self._parties.pop(descriptor, None) is not None:
            self._epoll.unregister(descriptor)

    async def run(self) -> None:
        while True:
            await trio.lowlevel.wait_readable(self._epoll.fileno())
            for descriptor, events in self._epoll.poll(0, 512):
                self._call(descriptor, events)

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
