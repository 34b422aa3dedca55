"""Standard output, input and arguments as shells and pipes leave them: closed, full, and in any encoding."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.api.cli.conftest import Flora, environment
from tests.api.cli.stand_in import StandIn

GUILD = ("--guild", "7")


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


def flora(arguments: str, tmp_path: Path, url: str = "", *, shell: str = "", **more: str) -> tuple[int, bytes, str]:
    """In a shell, with what it does to the streams."""
    command = f"{sys.executable} -m api.main {arguments} {shell}"
    environ = environment(tmp_path, url) | more
    told = subprocess.run(["bash", "-c", command], cwd=tmp_path, env=environ, capture_output=True, check=False)
    return told.returncode, told.stdout, told.stderr.decode()


ENCODINGS: list[dict[str, str]] = [
    {"LC_ALL": "C"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "utf-8"},
]


@pytest.mark.parametrize("environ", ENCODINGS, ids=" ".join)
def test_json_is_whole_in_every_encoding(daemon: StandIn, tmp_path: Path, environ: dict[str, str]) -> None:
    value: Any = {"value": "a moon 🌙, an é, half a character \ud83d"}
    daemon.says("GET /api/kv/7/s/k", value)

    code, out, complaints = flora("kv get k -s s --json --guild 7", tmp_path, daemon.url, **environ)

    assert (code, complaints) == (0, "")
    encoding = environ.get("PYTHONIOENCODING", "utf-8")
    assert json.loads(out.decode(encoding)) == value


@pytest.mark.parametrize("environ", ENCODINGS, ids=" ".join)
def test_text_is_shown_in_every_encoding(daemon: StandIn, tmp_path: Path, environ: dict[str, str]) -> None:
    daemon.says("GET /api/kv/7/s/k", {"value": "a moon 🌙 \ud83d"})

    code, out, complaints = flora("kv get k -s s --guild 7", tmp_path, daemon.url, **environ)

    assert (code, complaints) == (0, "")
    assert out.startswith(b"a moon ")
    assert out.decode(environ.get("PYTHONIOENCODING", "utf-8")).endswith("\\ud83d\n")


def test_what_is_exported_comes_back_with_half_characters(run: Flora, daemon: StandIn, project: Path) -> None:
    daemon.says("GET /api/kv/stores", [{"store_name": "s", "keys": 1}])
    exported = '{"format":"flora-kv"}\n{"store":"s","key":"a","json":"\\ud83d é"}\n{"entries":1}\n'
    daemon.says("GET /api/kv/export/7", exported)
    daemon.says("PUT /api/kv/7/s/a", {})

    out = run("kv", "export", "-s", "s", "-o", "s.jsonl", *GUILD, url=daemon.url)
    back = run("kv", "import", "-s", "s", "s.jsonl", *GUILD, url=daemon.url)

    assert (out.returncode, back.returncode) == (0, 0), out.stderr + back.stderr
    assert daemon.asked[-1].body == {"value": "\ud83d é"}


@pytest.mark.parametrize(
    "arguments", [r"kv set $'\xff' -k a -s s --guild 7", r"deploy -m $'caf\xe9' --guild 7", r"$'\xff'", r"init $'\xff'"]
)
def test_an_argument_that_is_not_utf_8(tmp_path: Path, arguments: str) -> None:
    code, out, complaints = flora(arguments, tmp_path)

    assert (code, out) == (2, b"")
    assert complaints.startswith("error: '")
    assert complaints.endswith("' is not UTF-8\n  arguments are text in UTF-8\n")
    assert list(tmp_path.iterdir()) == []


def test_a_file_whose_name_is_not_utf_8(run: Flora, project: Path) -> None:
    (project / "main.ts").write_text("on('messageCreate', () => 0)")
    Path(os.fsdecode(os.fsencode(project) + b"/caf\xe9.ts")).touch()

    told = run("check", "main.ts", "--no-types")

    assert told.returncode == 1
    assert told.stderr == "error: the name of 'caf\\udce9.ts' is not UTF-8\n  give it another name\n"


@pytest.mark.parametrize(
    "environ",
    [
        {"FLORA_TOKEN": "tökèn"},
        {"FLORA_TOKEN": "two\nlines"},
        {"FLORA_API_URL": "http://a b"},
        {"FLORA_API_URL": "http://x:99999"},
        {"FLORA_API_URL": "http://[::1"},
        {"FLORA_API_URL": "https://"},
        {"FLORA_GUILD": "sieben"},
    ],
)
def test_an_environment_that_makes_no_sense(tmp_path: Path, environ: dict[str, str]) -> None:
    code, _, complaints = flora("kv stores", tmp_path, **{"FLORA_GUILD": "7", **environ})

    assert code == 2, complaints
    assert complaints.startswith("error: ")
    assert "Traceback" not in complaints


@pytest.mark.parametrize(
    ("shell", "code", "said"),
    [
        ("| head -n 1", 0, ""),
        (">&-", 1, "error: the output cannot be written: Bad file descriptor\n"),
        ("<&-", 0, ""),
        ("2>&-", 0, ""),
        ("<&- >&- 2>&-", 1, ""),
    ],
)
def test_streams_that_are_closed(daemon: StandIn, tmp_path: Path, shell: str, code: int, said: str) -> None:
    lines = [{"id": str(n), "level": "info", "message": "x" * 100, "timestamp": n} for n in range(2000)]
    daemon.says("GET /api/logs/7", lines)

    ended, _, complaints = flora("logs --guild 7", tmp_path, daemon.url, shell=shell)

    assert (ended, complaints) == (code, said)


def test_a_value_from_a_closed_input_is_refused(daemon: StandIn, tmp_path: Path) -> None:
    code, _, complaints = flora("secrets set KEY --guild 7", tmp_path, daemon.url, shell="<&-")

    assert code == 2
    assert "the value of KEY is empty; nothing was changed" in complaints
    assert daemon.asked == []
