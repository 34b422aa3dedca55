"""A disk that is full: one sentence, and nothing half-written; what was there before stays."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests.api.cli.conftest import Flora, environment
from tests.api.cli.stand_in import StandIn
from tests.storage.full_disk import MIB, small_disk

GUILD = ("--guild", "7")
FULL = "No space left on device"
EXPORTED = '{"format":"flora-kv"}\n{"store":"s","key":"a","json":1}\n{"entries":1}\n'


@pytest.fixture
def disk(tmp_path: Path) -> Generator[tuple[Path, Callable[[], None]]]:
    """A small file system, and what fills it."""
    home = tmp_path / "small"
    home.mkdir()
    with small_disk(home, MIB) as opened:
        if not opened.is_of_its_own:
            pytest.skip("file systems cannot be mounted here")
        yield opened.path, lambda: opened.fill(os.getpid())


Disk = tuple[Path, Callable[[], None]]


def test_a_project_is_not_begun(run: Flora, disk: Disk) -> None:
    folder, fill = disk
    fill()

    told = run("init", "bot", cwd=folder)

    assert told.returncode == 1
    assert told.stderr == f"error: bot cannot be written: {FULL}\n  nothing was left there\n"
    assert [path.name for path in folder.iterdir()] == ["ballast"]


def test_a_login_is_not_kept_and_the_one_before_is(run: Flora, daemon: StandIn, disk: Disk, tmp_path: Path) -> None:
    folder, fill = disk
    (tmp_path / "config").symlink_to(folder)
    daemon.says("GET /api/auth/me", {"user": {"id": "1", "username": "ada"}})
    assert run("login", "--token-stdin", "--api", daemon.url, stdin="old").returncode == 0
    fill()

    told = run("login", "--token-stdin", "--api", daemon.url, stdin="new")

    assert told.returncode == 1
    assert told.stderr.endswith(f"cannot be written: {FULL}\n")
    assert sorted(path.name for path in (folder / "flora").iterdir()) == ["credentials.json", "profiles.json"]
    assert run("whoami").returncode == 0
    assert daemon.asked[-1].headers["authorization"] == "Bearer old"


def test_an_export_leaves_the_one_before(run: Flora, daemon: StandIn, disk: Disk) -> None:
    folder, fill = disk
    daemon.says("GET /api/kv/stores", [{"store_name": "s", "keys": 1}])
    daemon.says("GET /api/kv/export/7", EXPORTED)
    (folder / "s.jsonl").write_text("before")
    fill()

    told = run("kv", "export", "-s", "s", "-o", "s.jsonl", *GUILD, url=daemon.url, cwd=folder)

    assert told.returncode == 1
    assert told.stderr == f"error: s.jsonl cannot be written: {FULL}\n"
    assert (folder / "s.jsonl").read_text() == "before"
    assert sorted(path.name for path in folder.iterdir()) == ["ballast", "s.jsonl"]


@pytest.mark.parametrize(
    "arguments", [("logs", "--json", *GUILD), ("completion", "bash"), ("help",), ("secrets", "list", *GUILD)]
)
def test_what_goes_to_a_file_says_that_it_is_not_there(
    daemon: StandIn, disk: Disk, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    folder, fill = disk
    daemon.says("GET /api/logs/7", [{"id": "1", "level": "info", "message": "x" * 9_000, "timestamp": 0}])
    daemon.says("GET /api/secrets/7", [{"name": "KEY", "allowed_hosts": []}])
    with (folder / "out").open("w") as out:
        fill()
        told = subprocess.run(
            [sys.executable, "-m", "api.main", *arguments],
            env=environment(tmp_path, daemon.url), stdout=out, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip

    assert told.returncode == 1
    assert told.stderr == f"error: the output cannot be written: {FULL}\n"


def test_man_pages_and_the_data_of_a_development(run: Flora, disk: Disk, project: Path) -> None:
    folder, fill = disk
    (project / "main.ts").write_text('on("messageCreate", () => 0);')
    fill()

    pages = run("help", "--man-pages", str(folder))
    dev = run("dev", "main.ts", "--data", str(folder / "data"))

    assert (pages.returncode, dev.returncode) == (1, 1)
    assert FULL in pages.stderr
    assert FULL in dev.stderr
    assert "Traceback" not in pages.stderr + dev.stderr


@pytest.mark.parametrize(("variable", "code"), [("TMPDIR", 0), ("HOME", 1)])
def test_a_deploy_needs_no_room_but_for_its_compiler_once(
    daemon: StandIn, disk: Disk, project: Path, tmp_path: Path, variable: str, code: int
) -> None:
    folder, fill = disk
    (project / "main.ts").write_text('on("messageCreate", () => 0);')
    daemon.says("POST /api/deployments/7", {"revision": "1"})
    fill()

    told = subprocess.run(
        [sys.executable, "-m", "api.main", "deploy", "main.ts", "--json", *GUILD],
        cwd=project, env=environment(tmp_path, daemon.url) | {variable: str(folder)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert told.returncode == code, told.stderr
    if code == 0:
        assert json.loads(told.stdout)["revision"] == "1"
    else:
        assert told.stderr.startswith("error: esbuild cannot be unpacked into ")
        assert f"{FULL}\n" in told.stderr
    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["ballast"]


def test_a_backup_is_not_begun(run: Flora, disk: Disk, tmp_path: Path) -> None:
    folder, fill = disk
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    fill()

    told = run("backup", str(folder / "flora.zip"), "--data", str(data))

    assert told.returncode == 1
    assert told.stderr.startswith(f"error: The snapshot could not be written to {folder}")
    assert told.stderr.endswith(f"{FULL}\n  flora doctor says more\n")
    assert [path.name for path in folder.iterdir()] == ["ballast"]
