"""`flora dev` as an author meets it: the real command, its page in a real Chromium, a script that is edited on disk."""

import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
import trio

from tests import browser
from tests.api.cli.conftest import ROOT, environment
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


async def test_an_author_sees_what_is_saved_and_what_is_wrong_with_it(place: Path) -> None:
    if browser.left_out():
        pytest.skip(f"{browser.LEFT_OUT} is set")
    assert browser.found(), browser.HOW
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
