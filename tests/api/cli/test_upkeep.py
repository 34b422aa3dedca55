"""A backup taken by the command, restored by the command into another directory; a key rotated."""

import json
import subprocess
import sys
import time
from pathlib import Path

import trio

from storage.bridge import open_bridge
from storage.embedded import open_servers
from storage.embedded.directory import open_data_directory
from storage.kv import KvLimits, open_kv
from storage.limits import StorageLimits
from storage.postgres.database import open_database
from storage.postgres.settings import read_settings
from tests.api.cli.conftest import Flora
from tests.api.cli.flora_that_holds import GUILD

ROOT = Path(__file__).parents[3]


def test_backup_restore_and_rotation_of_a_data_directory(run: Flora, tmp_path: Path) -> None:
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "flora.zip"
    old.mkdir()
    old.chmod(0o700)

    rotated = run("rotate-key", "--data", str(old), "--yes", "--json")
    taken = run("backup", str(file), "--data", str(old), "--with-keys", "--json")
    again = run("backup", str(file), "--data", str(old))
    restored = run("restore", str(file), "--data", str(new), "--yes", "--json")

    assert rotated.returncode == 0, rotated.stderr
    assert json.loads(rotated.stdout) == {"rotated": 0, "failed": 0}
    assert taken.returncode == 0, taken.stderr
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert restored.returncode == 0, restored.stderr
    assert json.loads(restored.stdout)["takenAt"] == json.loads(taken.stdout)["takenAt"]


def test_a_backup_is_taken_while_flora_runs_and_a_restore_is_refused_then(run: Flora, tmp_path: Path) -> None:
    """A stand-in holds the data directory, its servers and its key-value data, as flora does."""
    data, new, file = tmp_path / "data", tmp_path / "new", tmp_path / "flora.zip"
    config = tmp_path / "config.toml"
    config.write_text(f'data_dir = "{data}"\n')
    command = [sys.executable, "-m", "tests.api.cli.flora_that_holds", str(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as flora:
        assert flora.stdout is not None
        assert flora.stdout.readline() == b"ready\n"

        taken = run("backup", str(file), "--config", str(config), "--with-keys", "--json")
        looked = run("doctor", "--config", str(config), "--json")
        refused = run("restore", str(file), "--data", str(data), "--yes")
        flora.communicate()
    restored = run("restore", str(file), "--data", str(new), "--yes", "--json")

    assert taken.returncode == 0, taken.stderr
    assert refused.returncode == 1
    assert "flora runs on" in refused.stderr
    levels = {one["name"]: one["level"] for one in json.loads(looked.stdout)}
    assert levels["PostgreSQL"] == levels["Valkey"] == "ok", looked.stdout
    assert restored.returncode == 0, restored.stderr
    assert trio.run(read_back, new) == ({"colour": "green"}, "durable")


async def read_back(data: Path) -> tuple[object, object]:
    limits = StorageLimits()
    with open_data_directory(data) as held:
        async with (
            open_servers(held, limits) as urls,
            open_bridge() as bridge,
            open_database(bridge, urls.database, limits) as database,
            open_kv(data / "kv", KvLimits(), time.time) as kv,  # noqa: TID251
        ):
            settings = await database.run(read_settings, GUILD)
            entry = await kv.get(GUILD, "s", "k")
            return settings.settings, entry.value if entry else None


def test_a_file_that_is_no_backup_changes_nothing(run: Flora, project: Path, tmp_path: Path) -> None:
    (project / "x.zip").write_bytes(b"no archive")
    (tmp_path / "data").mkdir(mode=0o700)

    told = run("restore", "x.zip", "--data", str(tmp_path / "data"), "--yes")

    assert told.returncode == 1
    assert told.stderr.startswith("error: ")
    assert "Traceback" not in told.stderr
