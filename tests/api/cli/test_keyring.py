"""Tokens in a real keyring, by its own protocol: kept there and nowhere else, found again, forgotten, and locked."""

import json
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from tests import secret_service
from tests.api.cli.conftest import environment
from tests.api.cli.stand_in import StandIn

pytestmark = secret_service.needed


def flora(
    keyring: dict[str, str], tmp_path: Path, *arguments: str, stdin: str = ""
) -> "subprocess.CompletedProcess[str]":
    environ = {name: value for name, value in environment(tmp_path).items() if name != "PYTHON_KEYRING_BACKEND"}
    command = [sys.executable, "-m", "api.main", *arguments]
    return subprocess.run(
        command, cwd=tmp_path, env=environ | keyring, input=stdin, capture_output=True, text=True, check=False
    )


@pytest.fixture
def keyring(tmp_path: Path) -> Generator[dict[str, str]]:
    with secret_service.open_keyring(tmp_path / "keyring") as opened:
        yield opened


@pytest.fixture
def known(daemon: StandIn) -> StandIn:
    daemon.says("GET /api/auth/me", {"user": {"id": "1", "username": "ada"}})
    return daemon


def test_a_token_lies_in_the_keyring_until_it_is_forgotten(
    keyring: dict[str, str], known: StandIn, tmp_path: Path
) -> None:
    url = known.url

    kept = flora(keyring, tmp_path, "login", "--token-stdin", "--api", url, stdin="hush-hush\n")
    used = flora(keyring, tmp_path, "whoami")
    files = [path.read_text() for path in (tmp_path / "config").rglob("*") if path.is_file()]
    forgotten = flora(keyring, tmp_path, "logout", "--json")
    after = flora(keyring, tmp_path, "whoami")

    assert kept.stdout == f"logged in to {url} as ada; the token is in the keyring\n", kept.stderr
    assert used.returncode == after.returncode == 0
    assert [one.headers.get("authorization") for one in known.asked[1:]] == ["Bearer hush-hush", None]
    assert files
    assert not any("hush-hush" in text for text in files)
    assert json.loads(forgotten.stdout)["forgotten"] is True


def test_each_profile_has_its_own_and_a_new_one_takes_the_place_of_one_in_a_file(
    keyring: dict[str, str], known: StandIn, tmp_path: Path
) -> None:
    none = keyring | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    for ring, name, token in ((none, "a", "in-a-file"), (keyring, "a", "new"), (keyring, "b", "other")):
        told = flora(ring, tmp_path, "login", "--token-stdin", "--profile", name, "--api", known.url, stdin=token)
        assert told.returncode == 0, told.stderr
    known.asked.clear()

    for name in "ab":
        flora(keyring, tmp_path, "whoami", "--profile", name)

    assert [one.headers["authorization"] for one in known.asked] == ["Bearer new", "Bearer other"]
    assert json.loads((tmp_path / "config/flora/credentials.json").read_text()) == {}


def test_a_keyring_that_is_locked_later_is_told_and_one_that_is_locked_at_a_login_is_not_used(
    known: StandIn, tmp_path: Path
) -> None:
    with secret_service.open_keyring(tmp_path / "keyring") as keyring:
        flora(keyring, tmp_path, "login", "--token-stdin", "--api", known.url, stdin="hush-hush")
    gone = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/nobody"}

    told = flora(gone, tmp_path, "whoami")
    again = flora(gone, tmp_path, "login", "--token-stdin", stdin="new")
    used = flora(gone, tmp_path, "whoami")

    assert told.returncode == 4
    assert told.stderr == (
        f"error: the keyring that holds the token of {known.url.partition('://')[2]} does not answer\n"
        "  unlock it, or say flora login again\n"
    )
    assert again.returncode == used.returncode == 0, again.stderr
    assert known.asked[-1].headers["authorization"] == "Bearer new"
