"""The commands do what their help says, and say in a sentence what is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent.parent


def flora(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "api.main", *arguments]
    return subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, text=True, check=False)


def test_the_doctor_names_every_layer_and_store_and_is_content(tmp_path: Path) -> None:
    told = flora("doctor", "--data", str(tmp_path))

    assert told.returncode == 0, told.stdout
    for name in ("limits", "system_calls", "no_new_privileges", "data directory", "lock", "PostgreSQL", "Valkey"):
        assert f" {name}: " in told.stdout


def test_the_doctor_says_what_is_wrong_with_the_data(tmp_path: Path) -> None:
    (tmp_path / "kv").mkdir()
    (tmp_path / "kv" / "data.mdb").write_bytes(b"not LMDB" * 4096)

    told = flora("doctor", "--data", str(tmp_path))

    assert told.returncode == 1
    assert "✗ key-value data: " in told.stdout
    assert "restore a backup" in told.stdout


def test_the_doctor_says_that_there_is_no_data_directory(tmp_path: Path) -> None:
    told = flora("doctor", "--data", str(tmp_path / "missing"))

    assert told.returncode == 1
    assert "missing: No such file or directory -> start flora once" in told.stdout


def test_trying_the_example_from_the_readme() -> None:
    told = flora("try", "examples/ping.js", "messageCreate", '{"content": "!ping"}')

    assert told.returncode == 0, told.stderr
    assert '[info] pong! {"content":"!ping"}' in told.stdout
    assert "messageCreate: ok" in told.stdout


def test_what_a_script_asks_for_is_shown_and_answered(tmp_path: Path) -> None:
    script = tmp_path / "main.js"
    script.write_text(
        'on("messageCreate", async (ctx) => {'
        '  const total = await kv.increment("asked");'
        '  const sent = await ctx.send("pong");'
        "  console.log(total, sent.content);"
        "});"
    )

    told = flora("try", str(script), "messageCreate", '{"channel_id": "7"}')

    assert told.returncode == 0, told.stderr
    lines = [line for line in told.stdout.splitlines() if line.startswith("[")]
    assert lines[0] == '[asks] kv.increment {"store":"default","key":"asked","amount":1}'
    assert lines[1].startswith('[asks] rest.createMessage {"channelId":"7","body":{"content":"pong",')
    assert lines[2] == "[info] 1 pong"


def test_events_are_read_from_standard_input(tmp_path: Path) -> None:
    script = tmp_path / "main.js"
    script.write_text('on("a", ({ msg }) => console.log(msg.n)); on("b", () => { throw new Error("no"); });')

    told = flora("try", str(script), stdin='a {"n": 1}\n\na {"n": 2}\nb\n')

    assert told.returncode == 1
    assert [line for line in told.stdout.splitlines() if "[info]" in line] == ["[info] 1", "[info] 2"]
    assert "Error: no\n    at (top level) (main.js:1:" in told.stdout


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("const a = ;", "SyntaxError: expected expression, got ';'\n    at (top level) (main.js:1:11)"),
        ("", "registered nothing"),
        ("throw 1", "threw"),
    ],
)
def test_a_script_that_cannot_be_loaded(tmp_path: Path, source: str, said: str) -> None:
    script = tmp_path / "main.js"
    script.write_text(source)

    told = flora("try", str(script), "event")

    assert told.returncode == 1
    assert said in told.stderr


def test_a_script_that_is_not_there() -> None:
    told = flora("try", "nothing.js", "event")

    assert told.returncode == 1
    assert told.stderr.startswith("error: nothing.js cannot be read: ")


def test_a_script_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "main.js").write_bytes(b"\xff\xfe")

    told = flora("try", str(tmp_path / "main.js"), "event")

    assert told.returncode == 1
    assert "main.js is not UTF-8 (byte 0)" in told.stderr
