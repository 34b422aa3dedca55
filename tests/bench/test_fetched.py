"""What others is measured is what is there, at the versions that are pinned; and without a registry that is said."""

import json
import sys
from pathlib import Path

import pytest

from bench import _fetched, _peers
from bench.race import entrants


def _pin(folder: Path, version: str) -> None:
    (folder / "package.json").write_text(json.dumps({"dependencies": {"thing": version}}))


def test_what_is_there_at_its_version_is_not_fetched_and_another_version_is_not_taken_for_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # there is no npm
    place = tmp_path / "node_modules" / "thing"
    place.mkdir(parents=True)
    (place / "package.json").write_text('{"version": "1.0.0"}')

    _pin(tmp_path, "1.0.0")
    assert _fetched.fetch_node(tmp_path) == ""

    _pin(tmp_path, "2.0.0")
    assert "npm" in _fetched.fetch_node(tmp_path)
    assert _fetched.node_versions(tmp_path) == {"thing": "1.0.0"}, "what lies there, not what should"


def test_python_packages_are_known_by_any_spelling_and_held_to_the_lock(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment, lock, asked = tmp_path / "environment", tmp_path / "lock", list[list[str]]()
    facts = environment / "lib" / "python3.11" / "site-packages" / "some_thing-1.0.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text("Name: some-thing\nVersion: 1.0\n")

    def fetch(command: list[str], _folder: Path) -> str:
        asked.append(command)
        return "the index is silent"

    monkeypatch.setattr(_fetched, "_fetch", fetch)
    lock.write_text("some-thing==1.0 \\\n    --hash=sha256:00\n")
    assert _fetched.python_versions(environment, ["some.thing"]) == {"some.thing": "1.0"}
    assert _fetched.fetch_python(lock, environment, ["some.thing"]) == ""
    assert asked == []

    lock.write_text("some-thing==2.0 \\\n    --hash=sha256:00\n")
    assert _fetched.fetch_python(lock, environment, ["some.thing"]) == "the index is silent"
    assert asked[0][:3] == [sys.executable, "-m", "venv"]


def test_without_node_and_registries_it_is_said_what_is_missing_and_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("package.json", "requirements.lock"):
        (tmp_path / name).write_text((entrants.FOLDER / name).read_text())
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setattr(entrants, "FOLDER", tmp_path)
    monkeypatch.setattr(entrants, "_ENVIRONMENT", tmp_path / ".venv")

    reasons = entrants.install(entrants.NAMES)

    assert set(reasons) == {"discord.js", "discord.py", "hikari"}
    assert reasons["discord.js"] == "there is no npm on this machine"
    assert "No matching distribution" in reasons["hikari"]
    assert entrants.versions() == {"node": ""}
    assert _peers.versions()["node"] == ""
