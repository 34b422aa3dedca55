"""Samples are shared out among the stages, and none is lost."""

from pathlib import Path

import pytest

from bench import stages

_MAIN = "_run_module_as_main (<frozen runpy>);run (trio/_core/_run.py);unrolled_run (trio/_core/_run.py)"


def test_the_innermost_line_of_floras_own_has_the_sample() -> None:
    found = stages.shares(
        [
            f"{_MAIN};run (gateway/connection.py:1);inflate (gateway/inflate.py:9) 30",
            f"{_MAIN};request (gateway/rest.py:1);send (httpx2/_client.py:9);write (trio/_socket.py:9) 40",
            f"{_MAIN};get_events (trio/_core/_io_epoll.py:7) 20",
            f"{_MAIN};_message_create (gateway/inbound.py:7) 10",
            "_bootstrap (threading.py:1);wait (threading.py:2) 500",
        ]
    )

    assert found == {
        "answers to Discord": 0.4,
        "inflate": 0.3,
        "trio's loop": 0.2,
        "whose it is, old messages": pytest.approx(0.1),
    }


def test_every_stage_is_a_part_of_the_house() -> None:
    root = Path(stages.__file__).parent.parent

    for beginnings in stages.STAGES.values():
        for beginning in beginnings:
            assert list(root.glob(f"{beginning}*")), beginning
