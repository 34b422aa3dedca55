"""Killed in the middle of load: what was acknowledged is there, nothing is torn, and all counters agree."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage.kv import KvLimits, open_kv
from storage.kv.check import check_path
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


async def _kill_repeatedly(folder: Path, rounds: int) -> None:
    chance = random.Random(rounds)
    for _ in range(rounds):
        acknowledged = _run_and_kill(folder, chance.randrange(1, 1_500))

        assert check_path(folder) == []
        async with open_kv(folder, KvLimits(map_bytes=1 << 30), time.time) as kv:  # noqa: TID251
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


async def test_no_acknowledged_write_is_lost_by_a_kill(tmp_path: Path) -> None:
    await _kill_repeatedly(tmp_path / "kv", 5)


@pytest.mark.soak
@pytest.mark.timeout(1_800)
async def test_no_acknowledged_write_is_lost_by_a_hundred_kills(tmp_path: Path) -> None:
    await _kill_repeatedly(tmp_path / "kv", 100)
