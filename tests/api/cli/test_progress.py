"""What takes long says so, to people; what it draws is gone at the end."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli.progress import Progress
from tests.api.cli.conftest import Flora, Terminal
from tests.api.cli.stand_in import StandIn

GUILD = ("--guild", "7")
ERASED = "\r\x1b[K"


def _a_project(daemon: StandIn, project: Path) -> None:
    (project / "main.ts").write_text('on("x", () => 0);')
    daemon.says("POST /api/deployments/7", {"revision": "1"})


def _two_workers(daemon: StandIn, _project: Path) -> None:
    workers: list[list[dict[str, Any]]] = [[{"worker": "2", "guilds": count}] for count in (5, 3)]
    daemon.says("GET /api/workers", *workers)
    daemon.says("POST /api/workers/2/drain", {"success": True})


def _a_guild(daemon: StandIn, _project: Path) -> None:
    daemon.says("POST /api/guilds/7/migrate", {"success": True})


def _a_store(daemon: StandIn, project: Path) -> None:
    daemon.says("GET /api/kv/stores", [{"store_name": "s", "keys": 1}])
    daemon.says("GET /api/kv/export/7", '{"format":"flora-kv"}\n{"store":"s","key":"a","json":1}\n{"entries":1}\n')
    lines = [json.dumps({"key": key, "value": 1}) for key in "ab"]
    (project / "s.jsonl").write_text("\n".join(lines))
    for key in "ab":
        daemon.says(f"PUT /api/kv/7/s/{key}", {"success": True})


def _revisions(daemon: StandIn, _project: Path) -> None:
    daemon.says("GET /api/deployments/7/revisions/4", {"id": "4", "deployed_at": "then"})
    daemon.says("POST /api/deployments/7/rollback/4", {"id": "6"})


@pytest.mark.parametrize(
    ("prepare", "arguments", "held", "shown"),
    [
        (_a_project, ("deploy", "main.ts"), "POST /api/deployments/7", "sending 1 files, and starting them"),
        (_revisions, ("rollback", "4", "--yes"), "POST /api/deployments/7/rollback/4", "starting revision 4"),
        (_two_workers, ("drain", "2", "--yes"), "POST /api/workers/2/drain", "moving guilds off worker 2"),
        (_two_workers, ("drain", "2", "--yes"), "POST /api/workers/2/drain", "40% (2 of 5)"),
        (_a_guild, ("migrate", "2"), "POST /api/guilds/7/migrate", "moving guild 7 to worker 2"),
        (_a_store, ("kv", "import", "-s", "s", "s.jsonl"), "PUT /api/kv/7/s/b", "50% (1 of 2)"),
        (_a_store, ("kv", "export", "-s", "s", "-o", "o.jsonl"), "GET /api/kv/export/7", "0% (0 of 1)"),
    ],
)
def test_what_takes_long_is_shown_and_goes(  # noqa: PLR0917
    terminal: Terminal, daemon: StandIn, project: Path, prepare: Any, arguments: tuple[str, ...], held: str, shown: str
) -> None:
    prepare(daemon, project)
    release = daemon.hold(held).set
    more = () if arguments[0] == "drain" else GUILD

    code, seen = terminal(*arguments, *more, url=daemon.url, asks=shown, then=release)

    assert code == 0, seen
    drawn = seen.rindex(shown)
    assert ERASED in seen[drawn:], "it is taken away"
    assert "\x1b[90m" in seen


def test_no_colour_when_none_is_wanted(terminal: Terminal, daemon: StandIn, project: Path) -> None:
    _a_guild(daemon, project)
    release = daemon.hold("POST /api/guilds/7/migrate").set

    code, seen = terminal("migrate", "2", *GUILD, url=daemon.url, asks="moving guild", then=release, NO_COLOR="1")

    assert code == 0
    assert "\x1b[9" not in seen
    assert seen.endswith("guild 7 runs on worker 2\r\n")


def test_ctrl_c_while_it_is_shown_leaves_a_clean_line(terminal: Terminal, daemon: StandIn, project: Path) -> None:
    _a_store(daemon, project)
    daemon.hold("PUT /api/kv/7/s/b")

    code, seen = terminal("kv", "import", "-s", "s", "s.jsonl", *GUILD, url=daemon.url, asks="50%", types="\x03")
    daemon.held["PUT /api/kv/7/s/b"].set()

    assert code == 130
    assert "broken off: 1 of 2 keys are written; the same import again completes it" in seen
    assert "Traceback" not in seen


def test_nothing_of_it_in_a_pipe(run: Flora, daemon: StandIn, project: Path) -> None:
    _a_store(daemon, project)

    told = run("kv", "import", "-s", "s", "s.jsonl", *GUILD, url=daemon.url)

    assert (told.stdout, told.stderr) == ("2 keys are written\n", "")


def test_a_line_says_how_far_it_is_and_fits() -> None:
    half = Progress("packing", 2_000, 1_000)

    assert half.line(3, 80) == "⠋ packing ████████████░░░░░░░░░░░░ 50% (1,000 of 2,000) 3 s"
    assert half.line(3, 20) == half.line(3, 80)[:19]
    assert Progress("waiting").line(0.1, 80) == "⠙ waiting 0 s"
    assert "100% (5 of 4)" in Progress("more than was said", 4, 5).line(1, 80)
