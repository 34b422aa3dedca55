"""Ctrl-C at a prompt ends the command with 130 and changes nothing; a disk that is full leaves nothing half-written."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.cli.conftest import Flora, Terminal, environment
from tests.api.cli.stand_in import StandIn

GUILD = ("--guild", "7")


@pytest.mark.parametrize(
    ("arguments", "asks"),
    [
        (("kv", "delete-store", "--name", "tags", *GUILD), "[y/N]"),
        (("secrets", "set", "KEY", *GUILD), "value of KEY"),
        (("secrets", "delete", "KEY", *GUILD), "[y/N]"),
        (("vars", "set", "NAME", *GUILD), "value of NAME"),
        (("tokens", "revoke", "abc"), "[y/N]"),
        (("drain", "1"), "[y/N]"),
        (("login", "--no-browser"), "token"),
        (("rotate-key", "--data", "."), "[y/N]"),
        (("status",), "which guild"),
    ],
)
def test_ctrl_c_at_every_prompt(terminal: Terminal, daemon: StandIn, arguments: tuple[str, ...], asks: str) -> None:
    daemon.says("GET /api/guilds", [{"id": "7", "name": "Seven"}])

    code, seen = terminal(*arguments, url=daemon.url, asks=asks, types="\x03")

    assert code == 130
    assert "Traceback" not in seen
    assert {asked.method for asked in daemon.asked} <= {"GET"}


def test_a_guild_is_chosen_from_a_list(terminal: Terminal, daemon: StandIn) -> None:
    daemon.says("GET /api/guilds", [{"id": "5", "name": "Five"}, {"id": "7", "name": "Seven"}])
    daemon.says("GET /api/secrets/7", [{"name": "KEY", "allowed_hosts": ["a.b"]}])

    code, seen = terminal("secrets", "list", url=daemon.url, asks="which guild", types="2\n")

    assert code == 0
    assert "Seven (7)" in seen
    assert "a.b" in seen


def test_saying_no_changes_nothing(terminal: Terminal, daemon: StandIn) -> None:
    arguments = ("secrets", "delete", "KEY", *GUILD)

    code, seen = terminal(*arguments, url=daemon.url, asks="[y/N]", types="n\n")

    assert code == 1
    assert "nothing was changed" in seen
    assert daemon.asked == []


def test_a_secret_is_not_echoed(terminal: Terminal, daemon: StandIn) -> None:
    daemon.says("PUT /api/secrets/7/KEY", {"name": "KEY"})

    code, seen = terminal("secrets", "set", "KEY", *GUILD, url=daemon.url, asks="value of KEY: ", types="hush\n")

    assert code == 0
    assert "hush" not in seen
    assert daemon.asked[0].body["value"] == "hush"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is Linux's")
def test_a_full_disk_under_stdout_is_one_sentence(daemon: StandIn, tmp_path: Path, project: Path) -> None:
    daemon.says("GET /api/secrets/7", [{"name": "KEY", "allowed_hosts": []}])
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(
            [sys.executable, "-m", "api.main", "secrets", "list", *GUILD],
            cwd=project,
            env=environment(tmp_path, daemon.url),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert told.returncode == 1
    assert "No space left on device" in told.stderr
    assert "Traceback" not in told.stderr


def test_an_export_that_cannot_be_written_leaves_no_part(run: Flora, daemon: StandIn, project: Path) -> None:
    daemon.says("GET /api/kv/stores", [{"store_name": "s", "keys": 1}])
    daemon.says("GET /api/kv/export/7", '{"format":"flora-kv"}\n{"store":"s","key":"a","json":1}\n{"entries":1}\n')

    told = run("kv", "export", "-s", "s", "-o", "no/where.jsonl", *GUILD, url=daemon.url)

    assert told.returncode == 1
    assert told.stderr.startswith("error: no/where.jsonl cannot be written: ")
    assert list(project.iterdir()) == []


def test_a_pipe_that_closes_is_no_error(daemon: StandIn, tmp_path: Path, project: Path) -> None:
    lines = [{"id": str(n), "level": "info", "message": "x" * 100, "timestamp": n} for n in range(5000)]
    daemon.says("GET /api/logs/7", lines)
    with subprocess.Popen(
        [sys.executable, "-m", "api.main", "logs", *GUILD],
        cwd=project,
        env=environment(tmp_path, daemon.url),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        code = process.wait()
        said = process.stderr.read()

    assert code in {0, -signal.SIGPIPE}
    assert said == ""
