"""Ctrl-C at every prompt, wait and stream: one sentence that says what it left, 130, and nothing half-done."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.api.cli.conftest import Terminal
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
        (("vars", "delete", "NAME", *GUILD), "[y/N]"),
        (("rollback", "4", *GUILD), "[y/N]"),
        (("restore", "saved.zip"), "[y/N]"),
        (("status",), "a part of its name)"),
    ],
)
@pytest.mark.parametrize("typed", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_at_every_prompt(
    terminal: Terminal, daemon: StandIn, project: Path, arguments: tuple[str, ...], asks: str, typed: str
) -> None:
    daemon.says("GET /api/guilds", [{"id": "7", "name": "Seven"}])
    daemon.says("GET /api/deployments/7/revisions/4", {"id": "4", "deployed_at": "then"})
    (project / "saved.zip").touch()

    code, seen = terminal(*arguments, url=daemon.url, asks=f"{asks}: ", types=typed)

    assert code == 130
    assert last_words(seen) == "nothing was changed"
    assert {asked.method for asked in daemon.asked} <= {"GET"}
    assert [path.name for path in project.iterdir()] == ["saved.zip"]


def last_words(seen: str) -> str:
    """The one sentence behind what was typed, without what draws it."""
    assert "Traceback" not in seen
    return re.sub(r"\x1b\[[0-9]*[mK]|\r", "", seen).rstrip().rpartition("\n")[2]


def a_script(_daemon: StandIn, project: Path) -> None:
    (project / "main.js").write_text('on("messageCreate", () => 0);')


def a_project(daemon: StandIn, project: Path) -> None:
    (project / "main.ts").write_text('on("messageCreate", () => 0);')
    daemon.says("POST /api/deployments/7", {"revision": "1"})


def two_tests(_daemon: StandIn, project: Path) -> None:
    (project / "a.test.ts").write_text('test("quick", () => 0);')
    (project / "b.test.ts").write_text('test("long", () => new Promise(() => 0));')


def a_log(daemon: StandIn, _project: Path) -> None:
    daemon.says("GET /api/logs/7", [])
    line = 'id: 1\ndata: {"level": "info", "message": "line 1", "timestamp": 0}\n\n'
    daemon.says("GET /api/logs/7/stream", line, ": nothing\n\n")


def a_browser(daemon: StandIn, _project: Path) -> None:
    daemon.says("POST /api/auth/command", {"request": "r", "expires_in": 600})


def a_data_directory(_daemon: StandIn, project: Path) -> None:
    (project / "data").mkdir(mode=0o700)
    (project / "saved.zip").touch()


def nothing(_daemon: StandIn, _project: Path) -> None:
    """Needs nothing."""


_BACKUP = ("backup", "new.zip", "--data", "data")
_RESTORE = ("restore", "saved.zip", "--data", "data", "--yes")


@pytest.mark.parametrize(
    ("prepare", "arguments", "when", "said"),
    [
        (a_script, ("try", "main.js"), "type an event", "interrupted"),
        (a_project, ("deploy", "main.ts", "--watch", *GUILD), "waiting for a save", "no longer watching; "),
        (a_log, ("logs", "-f", *GUILD), "line 1", "interrupted"),
        (a_browser, ("login",), "waiting for your browser", "interrupted"),
        (two_tests, ("test",), "quick", "interrupted"),
        (nothing, ("kv", "set", "-", "-k", "k", "-s", "s", *GUILD), "Ctrl-D", "interrupted"),
        (nothing, ("kv", "import", "-", "-s", "s", *GUILD), "Ctrl-D", "interrupted"),
        (a_data_directory, _BACKUP, "starting the stores", "broken off: no backup was written"),
        (a_data_directory, _RESTORE, "starting the stores", "broken off: nothing was changed"),
        (a_data_directory, ("rotate-key", "--data", "data", "--yes"), "starting the stores", "broken off: every"),
    ],
)
def test_while_it_waits(  # noqa: PLR0917
    terminal: Terminal, daemon: StandIn, project: Path, prepare: Any, arguments: tuple[str, ...], when: str, said: str
) -> None:
    prepare(daemon, project)
    before = {path.name for path in project.iterdir()}

    code, seen = terminal(*arguments, url=daemon.url, asks=when, types="\x03")

    assert code == 130, seen
    assert last_words(seen).startswith(said)
    assert {path.name for path in project.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "held", "when", "said"),
    [
        (("deploy", "main.ts", *GUILD), "POST /api/deployments/7", "sending 1 files", "broken off: the server makes"),
        (("deploy", "main.ts", "-w", *GUILD), "POST /api/deployments/7", "sending 1 files", "no longer watching"),
        (
            ("rollback", "4", "--yes", *GUILD),
            "POST /api/deployments/7/rollback/4",
            "starting",
            "broken off: the server",
        ),
        (("migrate", "2", *GUILD), "POST /api/guilds/7/migrate", "moving guild", "no longer waiting"),
        (("drain", "2", "--yes"), "POST /api/workers/2/drain", "moving guilds", "no longer waiting"),
        (("kv", "export", "-s", "s", "-o", "new", *GUILD), "GET /api/kv/export/7", "exporting", "broken off: nothing"),
    ],
)
def test_while_the_server_works(  # noqa: PLR0917
    terminal: Terminal, daemon: StandIn, project: Path, arguments: tuple[str, ...], held: str, when: str, said: str
) -> None:
    a_project(daemon, project)
    daemon.says("GET /api/deployments/7/revisions/4", {"id": "4", "deployed_at": "then"})
    daemon.says("GET /api/workers", [{"worker": "2", "guilds": 1}])
    daemon.says("GET /api/kv/stores", [{"store_name": "s", "keys": 1}])
    release = daemon.hold(held)

    code, seen = terminal(*arguments, url=daemon.url, asks=when, types="\x03")
    release.set()

    assert code == 130, seen
    assert last_words(seen).startswith(said)
    assert [path.name for path in project.iterdir()] == ["main.ts"]


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


@pytest.mark.parametrize("when", ["starting flora", "open http"])
def test_a_development_ends_in_order(terminal: Terminal, project: Path, daemon: StandIn, when: str) -> None:
    a_project(daemon, project)

    code, seen = terminal("dev", "main.ts", "--port", "0", asks=when, types="\x03")

    assert code == 0, seen
    assert last_words(seen) == "flora dev has ended; the guild and its data are there again at the next start"


def test_a_daemon_that_starts_says_so_and_gives_up_when_told(terminal: Terminal) -> None:
    environ = {"DISCORD_TOKEN": "a-token-of-nobody-at-all", "API_PORT": "0", "DISCORD_API_URL": "http://127.0.0.1:9"}

    code, seen = terminal("serve", "--data", "data", asks="starting flora", types="\x03", **environ)

    assert code == 0, seen
    assert "SIGINT: flora stops at once" in seen
    assert "Traceback" not in seen
