"""`flora dev` as an author meets it: the real command, its page in a real Chromium, a script that is edited on disk."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
import trio

from api.cli.dev import concerns, port_of
from api.cli.faults import Exit
from tests import browser
from tests.api.cli.conftest import ROOT, Flora, environment
from tests.storage.servers import reachable_directory

SCRIPT = """\
on("messageCreate", async (ctx) => {
  if (ctx.msg.content === "!ping") await ctx.reply("pong!");
});

slash({
  name: "hello",
  description: "greets",
  options: [{ type: 3, name: "who", description: "whom", required: true }],
  run: (ctx) => ctx.reply({
    content: `hello ${ctx.options.who}`,
    components: [{ type: 1, components: [{ type: 2, style: 1, label: "Press me", custom_id: "press" }] }],
  }),
});

onButton("press", (ctx) =>
  ctx.showModal(modal("wishes", "A wish").addComponents(label("Wish", inputText("wish")))),
);

cron("morning", "0 7 * * *", async () => {
  console.log("looked around", await kv.store("rounds").increment("made"));
});

onModal("wishes", (ctx) => ctx.reply({ content: `wished ${ctx.fields.wish}`, ephemeral: true }));
"""


@pytest.fixture
def place() -> Generator[Path]:
    with reachable_directory() as folder:
        yield folder


@asynccontextmanager
async def dev(folder: Path) -> AsyncGenerator[tuple[str, list[str]]]:
    """The command, running; gives the page's address, and what was said so far."""
    command = [sys.executable, "-m", "api.main", "dev", "main.ts", "--port", "0"]
    said: list[str] = []
    opened = trio.Event()
    process = await trio.lowlevel.open_process(
        command, cwd=folder / "project", env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout is not None
    stdout = process.stdout

    async def listen() -> None:
        async for piece in stdout:
            said.append(bytes(piece).decode(errors="replace"))
            if "open http" in "".join(said):
                opened.set()
        opened.set()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(listen)
        try:
            await opened.wait()
            everything = "".join(said)
            assert "open http" in everything, everything
            yield everything.partition("open ")[2].split()[0], said
        finally:
            with trio.CancelScope(shield=True):
                if process.poll() is None:
                    os.kill(process.pid, signal.SIGINT)
                await process.wait()


@browser.needed
async def test_an_author_sees_what_is_saved_and_what_is_wrong_with_it(place: Path) -> None:
    project = place / "project"
    project.mkdir()
    (project / "main.ts").write_text(SCRIPT)
    async with dev(place) as (url, said):
        words = [sys.executable, "-m", "tests.gateway.local.visitor", "author", url, str(place)]
        done = await trio.run_process(words, cwd=ROOT, stderr=subprocess.STDOUT, capture_stdout=True, check=False)
        assert done.returncode == 0, f"{done.stdout.decode(errors='replace')}\nflora said:\n{''.join(said)}"
    told = "".join(said)
    assert "main.ts:2:" in told
    assert told.count("deployed main.ts") == 3
    async with dev(place) as (url, _), httpx2.AsyncClient() as client:
        again = (await client.get(f"{url}local/state")).json()
    assert "peng!" in [message["content"] for message in again["messages"]], "the evening is remembered"


async def test_a_script_that_fails_at_once_is_told_on_the_page_that_opens(place: Path) -> None:
    project = place / "project"
    project.mkdir()
    (project / "main.ts").write_text('// the moon\nthrow new Error("moon");\n')
    async with dev(place) as (url, said), httpx2.AsyncClient() as client:
        panel = (await client.get(f"{url}local/state")).json()["panel"]
    assert panel["state"] == "failed"
    assert "Error: moon" in panel["problem"]
    assert "main.ts:2:7" in panel["problem"]
    assert "not deployed: deployment failed: Error: moon" in "".join(said)


def test_what_cannot_be_is_told_in_a_sentence(run: Flora, project: Path) -> None:
    (project / "main.ts").write_text(SCRIPT)
    (project / "file").touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = {
            "port": run("dev", "main.ts", "--port", port),
            "data": run("dev", "main.ts", "--data", "file/data"),
            "entry": run("dev", ".", "--entry", "none.ts"),
            "place": run("dev", "nowhere"),
        }
        (project / "data" / "kv").mkdir(parents=True)
        (project / "data" / "kv" / "data.mdb").write_bytes(b"none of ours" * 1_000)
        damaged = run("dev", "main.ts", "--data", "data")
    said = {name: done.stderr.splitlines()[-2:] for name, done in told.items()}
    assert said["port"][0].startswith(f"error: flora cannot run: The local Discord cannot listen on 127.0.0.1:{port}")
    unusable = f"error: the data directory {project}/file/data cannot be used: Not a directory"
    assert said["data"] == [unusable, "  choose another with --data DIR"]
    assert said["entry"] == ["error: there is no entry file none.ts", "  flora init makes a project with one"]
    assert said["place"] == ["error: nowhere: No such file or directory", "  flora init makes a project"]
    assert {name: len(done.stderr.splitlines()) for name, done in told.items()} == dict.fromkeys(told, 2)
    assert all(done.returncode != 0 for done in told.values())
    assert damaged.returncode == Exit.DAMAGED
    assert damaged.stderr.splitlines()[-2].startswith(
        f"error: flora cannot run: The data in {project}/data/kv cannot be"
    )
    assert "Traceback" not in damaged.stderr


def test_its_own_data_is_no_reason_to_deploy(tmp_path: Path) -> None:
    project, data = tmp_path / "project", tmp_path / "project" / "data"
    assert concerns(str(project / "main.ts"), project, data)
    for other in (
        data / "kv" / "journal",
        project / ".git" / "HEAD",
        project / "node_modules" / "x.js",
        tmp_path / "x.ts",
    ):
        assert not concerns(str(other), project, data)


def test_the_page_is_where_it_was_if_that_is_free(tmp_path: Path) -> None:
    kept = tmp_path / "page-port"
    assert port_of(tmp_path, None) == 0
    kept.write_text("a port")
    assert port_of(tmp_path, None) == 0
    with socket.socket() as mine:  # bound, so that nobody else gets it, and nobody listens
        mine.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        mine.bind(("127.0.0.1", 0))
        port = mine.getsockname()[1]
        kept.write_text(str(port))
        assert port_of(tmp_path, None) == port
        assert port_of(tmp_path, 5) == 5
        mine.listen()
        assert port_of(tmp_path, None) == 0
