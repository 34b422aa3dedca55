"""Where the time goes: two flame graphs of a bench, of its daemon and of its isolates.

    python -m bench profile NAME

A bench may have a `profiled` beside its `run`; else it is run as with --quick.

build/profile-NAME.svg is of the process in which flora's daemon runs: the bench itself, or the daemon that it starts.
py-spy, which is installed with the other tools, looks at it from outside, and must be allowed to: as root, or with
kernel.yama.ptrace_scope 0.

build/profile-NAME-isolates.svg is of the isolates, Python and JavaScript in one picture. Nothing can look into one from
outside: the files that a profiler would read are gone from where it runs. So isolates look at themselves, as
`_sampled_isolates.py` tells. That needs no rights and no tool.
"""

import argparse
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench import _flame, _sampled_isolates, harness

_FOLDER: Final = harness.HERE.parent / "build"
_PER_S: Final = 200
_DAEMON: Final = "flora_bot"
_START_AND_END: Final = ("_find_and_load", "rmtree")


def main(words: list[str]) -> int:
    """The exit status says whether the bench ran."""
    parser = argparse.ArgumentParser(prog="python -m bench profile", description=__doc__)
    parser.add_argument("name", choices=harness.names())
    parser.add_argument("--full", action="store_true", help="the whole bench, not what it has for profiles")
    options = parser.parse_args(words)
    _FOLDER.mkdir(exist_ok=True)
    return record(options.name, _FOLDER, "--not-kept" if options.full else "--profiled")


def record(name: str, into: Path, flag: str) -> int:
    """Run a bench, and write what there is to draw."""
    with TemporaryDirectory() as folder:
        stacks = Path(folder, "stacks")
        spy = [str(Path(sys.executable).parent / "py-spy"), "record", "--subprocesses", "--rate", str(_PER_S)]
        bench = [sys.executable, "-m", "bench", name, flag]
        environ = {**os.environ, _sampled_isolates.FOLDER: folder}
        done = subprocess.run(
            [*spy, "--format", "raw", "--output", str(stacks), "--", *bench], env=environ, check=False
        )
        found = _flame.counted(stacks.read_text().splitlines()) if stacks.exists() else Counter[str]()
        _draw(into / f"profile-{name}.svg", f"{name}: the daemon", of_the_daemon(found))
        isolates = _sampled_isolates.counts(Path(folder))
        _draw(into / f"profile-{name}-isolates.svg", f"{name}: the isolates", isolates)
    return done.returncode


def _draw(path: Path, title: str, stacks: Mapping[str, int]) -> None:
    if not stacks:
        harness.say(f"{path.name}: nothing was seen")
        return
    path.write_text(_flame.flame_graph(title, stacks))
    harness.say(f"wrote {path}")


def of_the_daemon(stacks: Mapping[str, int]) -> Counter[str]:
    """Each stack begins with its processes, of which the last counts. What is imported and cleared away is left out."""
    split = {stack: _processes(stack) for stack in stacks}
    started = any(_DAEMON in processes[-1] for processes, _ in split.values() if processes)
    found: Counter[str] = Counter()
    for stack, (processes, frames) in split.items():
        ours = not processes or (_DAEMON in processes[-1] if started else len(processes) == 1)
        if ours and frames and not any(name in frames for name in _START_AND_END):
            found[frames] += stacks[stack]
    return found


def _processes(stack: str) -> tuple[list[str], str]:
    frames = stack.split(";")
    count = next((at for at, frame in enumerate(frames) if not frame.startswith("process ")), len(frames))
    return frames[:count], ";".join(frames[count:])
