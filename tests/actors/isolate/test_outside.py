"""Outside of a pid namespace waits a process that has become next to nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
import trio

from tests.hostile.arena import until

_PROGRAM = """
import os, sys
from actors.isolate import outside
pid = os.fork()
if pid == 0:
    os.execv("/bin/sh", ["sh", "-c", "read line; " + sys.argv[1]])
outside.wait_for(pid)
"""


@pytest.mark.parametrize(
    ("end", "code"), [("exit 0", 0), ("exit 7", 7), ("kill -KILL $$", 256 - 9), ("kill -TERM $$", 256 - 15)]
)
async def test_it_holds_next_to_no_memory_and_ends_as_the_one_inside(end: str, code: int) -> None:
    process = await trio.lowlevel.open_process([sys.executable, "-c", _PROGRAM, end], stdin=subprocess.PIPE)
    assert process.stdin is not None
    await until(lambda: _proportional_kb(process.pid) > 1500)
    await until(lambda: _proportional_kb(process.pid) < 500)
    await process.stdin.aclose()

    assert await process.wait() == code


def _proportional_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), sys.maxsize)
