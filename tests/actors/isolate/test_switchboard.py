"""Whoever takes little is served first, and nobody keeps the others waiting."""

import os
import time
from collections.abc import Generator

import pytest

from actors.isolate import switchboard
from actors.isolate.switchboard import Switchboard


class Party:
    """Ready for ever, and busy for some time whenever it is called."""

    def __init__(self, board: Switchboard, served: list[str], name: str, busy_s: float) -> None:
        self.descriptor, self._other_end = os.pipe()
        os.write(self._other_end, b"ready")
        self._served, self._name, self._busy_s = served, name, busy_s
        board.connect(self.descriptor, self)

    def close(self) -> None:
        os.close(self.descriptor)
        os.close(self._other_end)

    def on_readable(self) -> None:
        self._served.append(self._name)
        until = time.perf_counter() + self._busy_s
        while time.perf_counter() < until:
            pass

    def on_writable(self) -> None: ...


@pytest.fixture
def board() -> Generator[Switchboard]:
    board = Switchboard()
    yield board
    board.close()


def turn(board: Switchboard, served: list[str]) -> list[str]:
    served.clear()
    board._serve(board._epoll.poll(0, 512))
    return list(served)


def test_the_quiet_come_before_the_busy_and_a_turn_ends_in_time(board: Switchboard) -> None:
    served: list[str] = []
    parties = [Party(board, served, f"busy {number}", switchboard._TURN_S * 1.1) for number in range(3)]
    parties += [Party(board, served, "quiet", 0.0)]
    first = [turn(board, served) for _ in range(4)]
    assert {name for served_then in first for name in served_then} == {"busy 0", "busy 1", "busy 2", "quiet"}
    for _ in range(6):
        names = turn(board, served)
        assert (names[0], len(names)) == ("quiet", 2)
    for party in parties:
        board.disconnect(party.descriptor)
        party.close()
    assert not board._taken_s


def test_what_somebody_took_is_forgotten_in_time(board: Switchboard) -> None:
    party = Party(board, [], "it", 0.0)
    board._taken_s[party.descriptor] = 1.0
    for _ in range(25):
        board._forget(0.0)
    assert not board._taken_s
    party.close()
