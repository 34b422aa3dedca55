"""Killed in the middle of load: what was acknowledged is there, nothing is torn, and all counters agree."""

import random
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

import pytest

from storage.kv import KvLimits, open_kv
from storage.kv.check import check_path
from storage.kv.errors import SnapshotRefused
from storage.kv.snapshot import write_snapshot_beside
from tests.storage.kv.conftest import problems
from tests.storage.kv.crash_child import TASKS, padded

ROOT = Path(__file__).parents[3]


def _run_and_kill(folder: Path, acknowledgements: int) -> dict[int, int]:
    """What the child said before, and while, it died."""
    command = [sys.executable, "-m", "tests.storage.kv.crash_child", str(folder)]
    acknowledged: dict[int, int] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdout is not None
        for count, line in enumerate(child.stdout, 1):
            task, number = map(int, line.split()) if line.endswith(b"\n") else (0, 0)
            acknowledged[task] = max(number, acknowledged.get(task, 0))
            if count == acknowledgements:
                child.kill()
    return acknowledged


async def _must_hold(folder: Path, acknowledged: dict[int, int]) -> None:
    """All that was acknowledged is there, nothing is torn, and all counters agree."""
    assert check_path(folder) == []
    async with open_kv(folder, KvLimits(map_bytes=1 << 30, journal_bytes=1 << 20), time.time) as kv:  # noqa: TID251
        assert await problems(kv) == []
        for task in range(TASKS):
            guild = kv.guild(task % 4)
            found = await guild.store("counts").get(f"task{task}")
            number = int(str(found.value).split(":")[0]) if found else 0
            assert number >= acknowledged.get(task, 0)
            assert found is None or found.value == padded(number)
            pair = [await guild.store(name).get(f"pair{task}") for name in ("left", "right")]
            left, right = (entry.value if entry else None for entry in pair)
            assert left == right


async def _kill_repeatedly(folder: Path, rounds: int) -> None:
    chance = random.Random(rounds)
    for _ in range(rounds):
        acknowledged = _run_and_kill(folder, chance.randrange(1, 1_500))

        await _must_hold(folder, acknowledged)


async def test_no_acknowledged_write_is_lost_by_a_kill(tmp_path: Path) -> None:
    await _kill_repeatedly(tmp_path / "kv", 5)


@pytest.mark.soak
@pytest.mark.timeout(1_800)
async def test_no_acknowledged_write_is_lost_by_a_hundred_kills(tmp_path: Path) -> None:
    await _kill_repeatedly(tmp_path / "kv", 100)


async def test_another_process_copies_a_store_that_is_written_to(tmp_path: Path) -> None:
    """What was acknowledged before the copy began is in it, whether LMDB has it or the journal still does."""
    folder = tmp_path / "kv"
    command = [sys.executable, "-m", "tests.storage.kv.crash_child", str(folder)]
    acknowledged: dict[int, int] = {}

    def listen(lines: IO[bytes], begun: threading.Event) -> None:
        """All the time, or the writer would wait for us."""
        for line in lines:
            if line.endswith(b"\n"):
                task, number = map(int, line.split())
                acknowledged[task] = number
                begun.set()

    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as child:  # noqa: ASYNC220  a test waits for it
        assert child.stdout is not None
        begun = threading.Event()
        listener = threading.Thread(target=listen, args=(child.stdout, begun))
        listener.start()
        try:
            begun.wait()
            for number in range(10):
                before = dict(acknowledged)
                write_snapshot_beside(folder, tmp_path / f"copy{number}")
                await _must_hold(tmp_path / f"copy{number}", before)
            with pytest.raises(SnapshotRefused):
                write_snapshot_beside(folder, tmp_path / "copy0")
        finally:
            child.kill()
            listener.join()
