"""How commands talk to a server: what they ask, what they print, and how each refusal ends."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.api.cli.conftest import Flora, environment
from tests.api.cli.stand_in import StandIn

GUILD = ("--guild", "7")
REVISIONS: list[dict[str, Any]] = [
    {"id": "12", "status": "success", "deployed_at": "2026-11-27T10:00:00Z", "actor": {"username": "ada"}},
    {"id": "11", "status": "success", "deployed_at": "2026-11-26T10:00:00Z", "actor": {}},
]


def test_a_deploy_sends_the_files_that_count_and_says_what_changed(run: Flora, daemon: StandIn, project: Path) -> None:
    run("init", *GUILD)
    daemon.says(
        "GET /api/deployments/7",
        {"files": [{"path": "src/main.ts", "contents": "old"}, {"path": "gone.ts", "contents": "x"}]},
    )
    daemon.says("POST /api/deployments/7", {"revision": "r2", "warnings": ["mind this"]})

    told = run("deploy", "-m", "why", url=daemon.url)

    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[:3] == ["  + package.json", "  + src/greeting.ts", "  ~ src/main.ts"]
    assert "  - gone.ts" in told.stdout
    assert "warning: mind this" in told.stderr
    sent = daemon.asked[-1]
    assert (sent.body["entry"], sent.body["message"]) == ("src/main.ts", "why")
    assert {file["path"] for file in sent.body["files"]} == {"src/main.ts", "src/greeting.ts", "package.json"}
    assert sent.headers["x-flora-deploy-source"] == "cli"


def test_a_dry_run_changes_nothing(run: Flora, daemon: StandIn) -> None:
    run("init", *GUILD)

    told = run("deploy", "--dry-run", url=daemon.url)

    assert told.returncode == 0, told.stderr
    assert "nothing was changed" in told.stdout
    assert {asked.method for asked in daemon.asked} == {"GET"}


def test_a_broken_project_is_not_sent(run: Flora, daemon: StandIn, project: Path) -> None:
    run("init", *GUILD)
    (project / "src/main.ts").write_text("const a = ;")

    assert run("deploy", url=daemon.url).returncode == 1
    assert daemon.asked == []


def test_history_and_rollback_to_the_one_before(run: Flora, daemon: StandIn) -> None:
    daemon.says("GET /api/deployments/7/history", REVISIONS)
    daemon.says("POST /api/deployments/7/rollback/11", {"id": "13"})

    history = run("history", *GUILD, url=daemon.url)
    asked = run("rollback", *GUILD, url=daemon.url)
    agreed = run("rollback", *GUILD, "--yes", url=daemon.url)

    assert [line.split()[0] for line in history.stdout.splitlines()] == ["12", "11"]
    assert (asked.returncode, agreed.returncode) == (2, 0)
    assert "say --yes" in asked.stderr
    assert [one.path for one in daemon.asked if one.method == "POST"] == ["/api/deployments/7/rollback/11"]


def test_a_diff_of_two_revisions(run: Flora, daemon: StandIn) -> None:
    daemon.says("GET /api/deployments/7/history", REVISIONS)
    for revision, text in (("11", "one\ntwo"), ("12", "one\n2")):
        answer = {"id": revision, "files": [{"path": "a.ts", "contents": text}]}
        daemon.says(f"GET /api/deployments/7/revisions/{revision}", answer)

    told = run("diff", *GUILD, url=daemon.url)

    assert told.stdout.splitlines() == ["--- a/a.ts", "+++ b/a.ts", "@@ -1,2 +1,2 @@", " one", "-two", "+2"]


def test_values_go_through_any_key_and_store(run: Flora, daemon: StandIn) -> None:
    daemon.says("PUT /api/kv/7/a%20b/x%2Fy", {"success": True})
    daemon.says("GET /api/kv/7/a%20b/x%2Fy", {"value": "v"}, {"value": None})

    written = run(
        "kv", "set", "-", "-k", "x/y", "-s", "a b", "--metadata", '{"n": 1}', *GUILD, url=daemon.url, stdin="v"
    )
    read = run("kv", "get", "x/y", "-s", "a b", *GUILD, url=daemon.url)
    missing = run("kv", "get", "x/y", "-s", "a b", *GUILD, url=daemon.url)

    assert written.returncode == 0, written.stderr
    assert daemon.asked[0].body == {"value": "v", "metadata": {"n": 1}}
    assert read.stdout == "v\n"
    assert missing.returncode == 5


def test_an_import_with_a_bad_line_writes_nothing(run: Flora, daemon: StandIn) -> None:
    lines = '{"key": "a", "value": "1"}\n{"key": "b"}\n'

    told = run("kv", "import", "-", "-s", "s", *GUILD, url=daemon.url, stdin=lines)

    assert told.returncode == 1
    assert "line 2 has no key and value; nothing was written" in told.stderr
    assert daemon.asked == []


def test_a_secret_comes_from_stdin_and_is_not_shown(run: Flora, daemon: StandIn) -> None:
    daemon.says("PUT /api/secrets/7/KEY", {"name": "KEY"})

    told = run("secrets", "set", "KEY", "--host", "a.b", *GUILD, url=daemon.url, stdin="hush\n")

    assert daemon.asked[0].body == {"value": "hush", "allowed_hosts": ["a.b"]}
    assert "hush" not in told.stdout + told.stderr


def test_a_login_is_tried_kept_for_nobody_else_and_forgotten(run: Flora, daemon: StandIn, tmp_path: Path) -> None:
    daemon.says("GET /api/auth/me", {"user": {"id": "1", "username": "ada"}})

    assert "as ada" in run("login", "--token-stdin", "--api", f"{daemon.url}/api", stdin="secret\n").stdout
    kept = tmp_path / "config/flora/credentials.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert run("whoami").returncode == 0
    assert daemon.asked[-1].headers["authorization"] == "Bearer secret"
    assert run("logout").returncode == 0
    assert json.loads(kept.read_text()) == {}


def test_a_token_that_is_refused_is_not_kept(run: Flora, daemon: StandIn, tmp_path: Path) -> None:
    daemon.says("GET /api/auth/me", {"message": "Unauthorized: Login required"}, status=401)

    told = run("login", "--token-stdin", url=daemon.url, stdin="old")

    assert told.returncode == 4
    assert told.stderr == "error: Unauthorized: Login required\n  log in with: flora login\n"
    assert not (tmp_path / "config/flora/credentials.json").exists()


def follow(daemon: StandIn, tmp_path: Path, project: Path, count: int) -> list[str]:
    """The first lines of `flora logs -f`, which is then ended by Ctrl-C."""
    command = [sys.executable, "-m", "api.main", "logs", "-f", *GUILD]
    with subprocess.Popen(
        command,
        cwd=project,
        env=environment(tmp_path, daemon.url),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(count)]
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
    return lines


def test_following_goes_on_after_a_break_where_it_was(daemon: StandIn, tmp_path: Path, project: Path) -> None:
    daemon.says("GET /api/logs/7", [])
    daemon.says("GET /api/logs/7/stream", _event(1) + _event(2), _event(3), ": nothing\n\n")
    lines = follow(daemon, tmp_path, project, count=3)

    assert [line.split()[-1] for line in lines] == ["1", "2", "3"]
    assert [one.headers.get("last-event-id") for one in daemon.asked[1:3]] == [None, "2"]


def test_a_server_that_goes_before_the_stream_begins_is_waited_for(
    daemon: StandIn, tmp_path: Path, project: Path
) -> None:
    daemon.says("GET /api/logs/7", [{"id": "4", "level": "info", "message": "kept", "timestamp": 0}])
    refused = (503, {"detail": "flora is stopping"})
    daemon.answers["GET /api/logs/7/stream"] = [refused, (200, _event(5)), (200, ": nothing\n\n")]
    lines = follow(daemon, tmp_path, project, count=2)

    assert [line.split()[-1:] for line in lines] == [["kept"], ["5"]]
    assert [parse_qs(one.query)["after"] for one in daemon.asked[1:3]] == [["4"], ["4"]]


def _event(number: int) -> str:
    return f'id: {number}\ndata: {{"level": "info", "message": "line {number}", "timestamp": 0}}\n\n'


@pytest.mark.parametrize(
    ("status", "code"), [(400, 1), (401, 4), (403, 4), (404, 5), (409, 1), (413, 1), (429, 1), (500, 1), (503, 1)]
)
def test_every_refusal_is_one_sentence_and_a_code(run: Flora, daemon: StandIn, status: int, code: int) -> None:
    daemon.says("GET /api/deployments/7", {"detail": "because"}, status=status)

    told = run("get", *GUILD, url=daemon.url)

    assert told.returncode == code
    assert told.stderr.startswith("error: because\n")
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("status", *GUILD, "--api", "http://127.0.0.1:1"), 3, "no flora answers at http://127.0.0.1:1"),
        (("status", "--guild", "seven"), 2, "'seven' is not the id of a guild"),
        (("status", "--guild", "0"), 2, "not the id of a guild"),
        (("status", "--guild", str(2**64)), 2, "not the id of a guild"),
        (("status",), 2, "which guild?"),
        (("status", *GUILD, "--api", "ftp://x"), 2, "not the address of a server"),
        (("status", *GUILD, "--profile", "none"), 2, "there is no profile none"),
        (("logs", *GUILD, "--since", "yesterday"), 2, "'yesterday' is no time"),
        (("kv", "set", "v", "-k", "k", "-s", "s", *GUILD, "--metadata", "{"), 2, "--metadata is not JSON"),
        (("kv", "import", "none.jsonl", "-s", "s", *GUILD), 2, "none.jsonl cannot be read"),
        (("backup", "x.zip", "--data", "nothing"), 2, "there is no data directory nothing"),
        (("restore", "x.zip"), 2, "there is no backup x.zip"),
        (("deploy", "--root", "nowhere", *GUILD), 2, "nowhere: No such file"),
    ],
)
def test_bad_input_is_one_sentence_and_a_code(run: Flora, arguments: tuple[str, ...], code: int, said: str) -> None:
    told = run(*arguments)

    assert told.returncode == code, told.stderr
    assert said in told.stderr
    assert "Traceback" not in told.stderr
