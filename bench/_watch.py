"""How much memory a bench's whole tree of processes takes at most, seen from a process beside it.

    with watched() as most:
        ...
    most                        # {"memory_mb": 512.3, "processes": 118}

It looks now and then, so what is there for a moment only may be missed; and the more there is to look at, the less
often it does, for it may take a fiftieth of a processor and no more.
"""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from bench import _tree

_EVERY_S: Final = 0.5
_REST: Final = 50
"""Times as long as a look took."""


@contextmanager
def watched() -> Iterator[dict[str, float]]:
    """This process and all below it, as it was at its largest; filled in at the end."""
    most: dict[str, float] = {}
    command = [sys.executable, "-m", _tree.WATCH, str(os.getpid())]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield most
        finally:
            told, _ = process.communicate()
            most.update(json.loads(told))


def main() -> None:
    root, most, over = int(sys.argv[1]), _tree.measure(), False
    while True:
        began = time.perf_counter()
        found = _tree.measure(root)
        if found.memory_mb() > most.memory_mb():
            most = found
        if over:  # and that was the last look
            break
        took = time.perf_counter() - began
        over = bool(select.select([sys.stdin], [], [], max(_EVERY_S, _REST * took))[0])
    with suppress(BrokenPipeError):  # the bench was killed, and nobody wants to know
        print(json.dumps({"memory_mb": round(most.memory_mb(), 1), "processes": len(most.processes)}), flush=True)


if __name__ == "__main__":
    main()
