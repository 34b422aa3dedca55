"""What others' programs and libraries flora is measured beside: fetched from their registries at the pinned versions.

Each kind lives in a folder of its own, which names the versions. Nothing is fetched that is there already; what is
there at another version is fetched anew, and what is said to have been measured is what lies there.
"""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Final, cast

from bench.harness import say

_PATIENCE_S: Final = 300


def fetch_node(folder: Path) -> str:
    """The packages that its package.json names; why not, if they cannot be had."""
    if node_versions(folder) == _pinned_node(folder):
        return ""
    # No install script is run: nothing here needs its own. Not `npm ci`: it refuses a lock that does not name the
    # packages of every other platform too.
    return _fetch(["npm", "install", "--no-save", "--ignore-scripts", "--no-fund", "--no-audit"], folder)


def node_versions(folder: Path) -> dict[str, str]:
    """Of the packages that its package.json names, those that are there."""
    places = {name: folder / "node_modules" / name / "package.json" for name in _pinned_node(folder)}
    return {name: str(json.loads(place.read_text())["version"]) for name, place in places.items() if place.exists()}


def _pinned_node(folder: Path) -> dict[str, str]:
    return cast("dict[str, str]", json.loads((folder / "package.json").read_text())["dependencies"])


def node_version() -> str:
    """Of Node itself; empty where there is none."""
    try:
        return subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def fetch_python(lock: Path, environment: Path, names: Sequence[str]) -> str:
    """What the lock names into an environment, which is made where there is none. `names` are what it is for."""
    if python_versions(environment, names) == _pinned_python(lock, names):
        return ""
    python = environment / "bin" / "python"
    made = "" if python.exists() else _fetch([sys.executable, "-m", "venv", str(environment)], lock.parent)
    install = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)]
    return made or _fetch(install, lock.parent)


def python_versions(environment: Path, names: Sequence[str]) -> dict[str, str]:
    """Of these, those that are there."""
    places = [str(place) for place in environment.glob("lib/python*/site-packages")]
    found = {_normal(one.name): one.version for one in metadata.distributions(path=places)}
    return {name: found[_normal(name)] for name in names if _normal(name) in found}


def _pinned_python(lock: Path, names: Sequence[str]) -> dict[str, str]:
    pins = (line.split()[0].partition("==") for line in lock.read_text().splitlines() if "==" in line)
    found = {_normal(name): version for name, _, version in pins}
    return {name: found[_normal(name)] for name in names}


def _normal(name: str) -> str:
    """An index knows `discord.py` as `discord-py`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _fetch(command: Sequence[str], folder: Path) -> str:
    say(f"fetching into {folder.name}: {' '.join(command[:3])} ...")
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_PATIENCE_S, check=False)
    except FileNotFoundError:
        return f"there is no {command[0]} on this machine"
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["it failed"])[-1]
