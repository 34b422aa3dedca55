"""The architecture, tested: the packages are ours alone, and the map in the README is the tree."""

import subprocess
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ["actors", "api", "gateway", "sdk", "storage"]
LARGE_BYTES = 600_000
LARGE_FILES = {
    "sdk/bundler/esbuild-linux-x64.xz",  # a compiler that no registry of Python packages has; docs/decisions/bundler.md
}
"""Each with its reason beside it."""


@pytest.mark.parametrize("name", PACKAGES)
def test_the_name_is_ours_alone(name: str) -> None:
    assert packages_distributions().get(name, ["flora-runtime"]) == ["flora-runtime"]
    module_file = import_module(name).__file__
    assert module_file is not None
    assert Path(module_file).is_relative_to(ROOT)


@pytest.mark.parametrize("name", [*PACKAGES, "bench", "docs", "tests"])
def test_the_readme_maps_every_top_level_folder(name: str) -> None:
    assert f"{name}/" in (ROOT / "README.md").read_text()


def test_the_lock_records_no_index_address() -> None:
    for lock in ROOT.glob("*.lock"):
        text = lock.read_text()
        assert "://" not in text, lock
        assert [line for line in text.splitlines() if line.startswith("-")] == [], lock  # pip's options name indexes


def test_no_large_file_is_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    large = [name for name in listed.split("\0") if name and (ROOT / name).exists() and _size(name) > LARGE_BYTES]
    assert set(large) <= LARGE_FILES, "keep what a script can make again out of the repository"


def _size(name: str) -> int:
    return (ROOT / name).stat().st_size
