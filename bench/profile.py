"""Where the time goes: a flame graph of a bench and what it starts.

    python -m bench profile NAME

py-spy looks at Python processes from outside, and must be allowed to: as root, or with kernel.yama.ptrace_scope 0.
An isolate's own time is in JavaScript, of which py-spy sees the call into the engine only.
"""

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Final

from bench import harness

_FOLDER: Final = harness.HERE.parent / "build"
_PER_S: Final = 200


def main(words: list[str]) -> int:
    """The exit status is py-spy's."""
    parser = argparse.ArgumentParser(prog="python -m bench profile", description=__doc__)
    parser.add_argument("name", choices=harness.names())
    parser.add_argument("--full", action="store_true", help="the whole bench, not the quick one")
    options = parser.parse_args(words)
    _FOLDER.mkdir(exist_ok=True)
    path = _FOLDER / f"profile-{options.name}.svg"
    return _record(path, [options.name, "--not-kept", *([] if options.full else ["--quick"])])


def _record(path: Path, bench: list[str]) -> int:
    spy = str(Path(sys.executable).parent / "py-spy")
    command = [spy, "record", "--subprocesses", "--rate", str(_PER_S), "--output", str(path)]
    done = subprocess.run([*command, "--", sys.executable, "-m", "bench", *bench], check=False)
    harness.say(f"wrote {path}" if path.exists() else "py-spy wrote nothing")
    return done.returncode
