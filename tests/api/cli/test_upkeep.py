"""A backup taken by the command, restored by the command into another directory; a key rotated."""

import json
from pathlib import Path

from tests.api.cli.conftest import Flora


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


def test_a_file_that_is_no_backup_changes_nothing(run: Flora, project: Path, tmp_path: Path) -> None:
    (project / "x.zip").write_bytes(b"no archive")
    (tmp_path / "data").mkdir(mode=0o700)

    told = run("restore", "x.zip", "--data", str(tmp_path / "data"), "--yes")

    assert told.returncode == 1
    assert told.stderr.startswith("error: ")
    assert "Traceback" not in told.stderr
