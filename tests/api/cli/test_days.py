"""Whole days: the real command, a real daemon in a process of its own, and the local Discord.

Each test is one person's day, told from top to bottom.
"""

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import trio

from gateway.local.discord import LocalConfig, LocalDiscord, open_local_discord
from tests.api.cli.conftest import ROOT, environment
from tests.api.members import Members

MAIN = """
const counts = kv.store("counts");
on("messageCreate", async (ctx) => {
  if (ctx.msg.content === "!ping") await ctx.reply("pong!");
  if (ctx.msg.content === "!count") await ctx.reply(`count ${await counts.increment("it")}`);
  if (ctx.msg.content === "!secret") await ctx.reply(`${(await secrets.get("KEY")) !== "swordfish"}`);
  if (ctx.msg.content === "!oops") throw new Error("the moon is wrong");
});
cron("digest", "0 6 * * *", () => console.log("the digest ran"));
"""


@dataclass
class Machine:
    """A machine with flora on it: commands run there, and one daemon at most."""

    home: Path
    local: LocalDiscord
    daemon: trio.Process | None = None
    url: str = ""
    port: int = 0
    told: list[str] = field(default_factory=list[str])

    @property
    def data(self) -> Path:
        return self.home / "data"

    def environ(self) -> dict[str, str]:
        return environment(self.home, self.url) | {
            "DISCORD_TOKEN": self.local.token,
            "DISCORD_API_URL": self.local.api_url,
            "DISCORD_GATEWAY_URL": self.local.gateway_url,
            "DATA_DIR": str(self.data),
            "API_PORT": str(self.port),
            "RUNTIME_MAX_WORKERS": "2",
        }

    async def start(self) -> None:
        """`flora serve`, until it says where it serves."""
        command = [sys.executable, "-m", "api.main", "serve"]
        with (self.home / "daemon.log").open("ab") as log:
            self.daemon = await trio.lowlevel.open_process(
                command, env=self.environ(), cwd=self.home, stdout=subprocess.PIPE, stderr=log
            )
        self.told = []
        assert self.daemon.stdout is not None
        text = b""
        while b"connected to Discord\n" not in text:
            more = await self.daemon.stdout.receive_some()
            assert more, f"flora serve ended: {text.decode()}"
            text += more
        self.told = text.decode().splitlines()
        self.url = re.findall(r"http://\S+", text.decode())[0]

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        assert self.daemon is not None
        self.daemon.send_signal(number)
        daemon, self.daemon = self.daemon, None
        code = await daemon.wait()
        assert daemon.stdout is not None
        await daemon.stdout.aclose()
        return code

    async def flora(self, *arguments: str, stdin: str = "", code: int = 0, folder: str = "", **environ: str) -> str:
        """Run one command in the project's folder; answers what it printed."""
        command = [sys.executable, "-m", "api.main", *arguments]
        wanted = self.environ() | environ
        run = partial(
            subprocess.run, command, cwd=self.home / folder, env=wanted, input=stdin, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        done: subprocess.CompletedProcess[str] = await trio.to_thread.run_sync(run)
        assert done.returncode == code, f"{arguments} ended with {done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    @asynccontextmanager
    async def following(self) -> AsyncGenerator["Following"]:
        """`flora logs -f`, until the block is left by Ctrl-C."""
        command = [sys.executable, "-m", "api.main", "logs", "-f", "--json"]
        process = await trio.lowlevel.open_process(
            command, cwd=self.home, env=self.environ(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        following = Following(process.stdout)
        try:
            yield following
        finally:
            process.send_signal(signal.SIGINT)
            with trio.CancelScope(shield=True):
                following.code = await process.wait()
                following.complaints = await _all_of(process.stderr)
                await process.stdout.aclose()

    async def metrics(self) -> set[str]:
        """The names of what a scrape tells."""
        token = (self.data / "operator.token").read_text().strip()
        async with httpx2.AsyncClient(base_url=self.url) as prometheus:
            told = await prometheus.get("/metrics", headers={"authorization": f"Bearer {token}"})
        kinds = re.findall(r"^# TYPE (\w+) (\w+)$", told.text, flags=re.MULTILINE)
        return {name for name, _ in kinds} | {f"{name}_bucket" for name, kind in kinds if kind == "histogram"}

    async def json(self, *arguments: str) -> Any:
        return json.loads(await self.flora(*arguments, "--json"))

    @property
    def members(self) -> Members:
        return Members(self.local)


class Following:
    """What a log that is followed has shown so far."""

    def __init__(self, stdout: trio.abc.ReceiveStream) -> None:
        self._stdout = stdout
        self._begun = b""
        self.lines: list[dict[str, Any]] = []
        self.code = 0
        self.complaints = ""

    async def until(self, text: str) -> None:
        """A line says it."""
        while not any(text in line["message"] for line in self.lines):
            more = await self._stdout.receive_some()
            assert more, self.lines
            *whole, self._begun = (self._begun + more).split(b"\n")
            self.lines += map(json.loads, whole)


async def _all_of(stream: trio.abc.ReceiveStream | None) -> str:
    assert stream is not None
    async with stream:
        return b"".join([bytes(piece) async for piece in stream]).decode()


@asynccontextmanager
async def machine(home: Path) -> AsyncGenerator[Machine]:
    async with open_local_discord(LocalConfig(token="a-token-of-the-local-discord")) as local:
        place = Machine(home, local)
        try:
            yield place
        finally:
            if place.daemon is not None:  # in order, so that its servers end too
                with trio.CancelScope(shield=True):
                    await place.stop()


async def logged_in(place: Machine) -> str:
    """As the operator, by the token that the first start made; answers the guild."""
    await place.start()
    token = (place.data / "operator.token").read_text()
    await place.flora("login", "--token-stdin", stdin=token)
    guild = str(place.local.world.guild_id)
    (place.home / "flora.toml").write_text(f'entry = "main.ts"\nguild = "{guild}"\n')
    (place.home / "main.ts").write_text(MAIN)
    return guild


async def named_metrics() -> set[str]:
    """Those that operators are told to watch."""
    pages = [await trio.Path(ROOT / "docs" / name).read_text() for name in ("operations.md", "deploy/alerts.yml")]
    return set(re.findall(r"\bflora_\w+", "".join(pages)))


async def test_a_log_that_is_followed_goes_on_when_the_daemon_starts_again(tmp_path: Path) -> None:
    async with machine(tmp_path) as place:
        with socket.create_server(("127.0.0.1", 0)) as free:
            place.port = int(free.getsockname()[1])
        await logged_in(place)
        await place.flora("deploy")
        async with place.following() as following:
            for ending in (signal.SIGTERM, signal.SIGKILL):
                place.members.say("!oops")
                await following.until("the moon is wrong")
                await place.stop(ending)
                await place.start()
                await place.members.ask("!ping", "pong!")
            await place.flora("cron", "run", "digest")
            await following.until("the digest ran")

        ids = [int(line["id"]) for line in following.lines]
        assert ids == list(range(ids[0], ids[0] + len(ids))), "without a gap, and nothing twice"
        assert following.code == 130
        assert "went away; waiting for it" in following.complaints
        assert following.complaints.endswith("is back\n")


async def test_an_authors_day(tmp_path: Path) -> None:
    async with machine(tmp_path) as place:
        guild = await logged_in(place)
        assert "src/main.test.ts" in await place.flora("init", "my-bot", "--guild", guild)
        assert "1 passed, 0 failed" in await place.flora("test", folder="my-bot")
        assert "ready to deploy" in await place.flora("check", "--no-types", folder="my-bot")
        assert "live in guild" in await place.flora("deploy", folder="my-bot")

        deployed = await place.flora("deploy", "-m", "the first")
        assert "live in guild" in deployed
        assert {"  + main.ts", "  - src/main.ts", "  + cron digest", "  - command hello"} <= set(deployed.splitlines())
        await place.members.ask("!ping", "pong!")
        await place.members.ask("!count", "count 1")

        (place.home / "main.ts").write_text(MAIN.replace("pong!", "pong again!"))
        assert "~ main.ts" in await place.flora("deploy")
        await place.members.ask("!ping", "pong again!")

        (place.home / "main.ts").write_text("on('messageCreate', () => {")
        assert "main.ts" in await place.flora("deploy", code=1)
        await place.members.ask("!ping", "pong again!")

        assert len((await place.flora("history")).splitlines()) >= 2
        await place.flora("rollback", "--yes")
        await place.members.ask("!ping", "pong!")

        await place.flora("kv", "incr", "it", "40", "--store", "counts")
        await place.members.ask("!count", "count 42")
        assert "42" in await place.flora("kv", "get", "it", "--store", "counts")
        await place.flora("secrets", "set", "KEY", "--host", "example.com", stdin="swordfish\n")
        await place.members.ask("!secret", "true")
        assert "swordfish" not in await place.flora("secrets", "list")

        await place.flora("cron", "run", "digest")
        assert "digest" in await place.flora("cron", "list")
        assert "ok" in await place.flora("cron", "history", "digest")
        assert "the digest ran" in await place.flora("logs", "-n", "50")
        async with place.following() as following:
            await following.until("the digest ran")
            place.members.say("!oops")
            await following.until("the moon is wrong")
        assert following.code == 130
        assert "live" in await place.flora("status")


async def test_an_operators_day(tmp_path: Path) -> None:
    async with machine(tmp_path) as place:
        guild = await logged_in(place)
        looked_at = {one["name"]: one["level"] for one in await place.json("doctor")}
        assert looked_at["Discord"] == looked_at["intents"] == looked_at["PostgreSQL"] == "ok"
        await place.flora("deploy")
        assert await named_metrics() - await place.metrics() == set()
        assert len(await place.json("workers")) == 2
        at = next(one["worker"] for one in await place.json("workers") if one["guilds"])
        await place.flora("migrate", str(1 - int(at)), "--guild", guild)
        await place.members.ask("!ping", "pong!")
        await place.flora("drain", str(1 - int(at)), "--yes")
        await place.members.ask("!count", "count 1")

        await place.stop(signal.SIGKILL)
        await place.start()
        await place.members.ask("!ping", "pong!")
        await place.flora("login", "--token-stdin", stdin=(place.data / "operator.token").read_text())
        kept = await place.flora("kv", "get", "it", "--store", "counts")  # what was under way may have been done again
        assert int(kept) >= 1

        assert await place.stop() == 0
        saved = place.home / "saved.zip"
        await place.flora("backup", str(saved))
        place.data.rename(place.home / "gone")
        await place.flora("restore", str(saved), "--yes")
        await place.start()
        await place.members.ask("!count", f"count {int(kept) + 1}")
        assert await place.stop(signal.SIGINT) == 0


async def test_a_start_that_cannot_be_says_why_and_what_to_do(tmp_path: Path) -> None:
    async with machine(tmp_path) as place:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            told = await place.flora("serve", code=1, API_PORT=str(port))
            assert f"cannot listen on 127.0.0.1:{port} (Address already in use)" in told
        told = await place.flora("serve", code=1, DISCORD_TOKEN="one-that-Discord-never-gave")
        assert "Discord refuses the bot's token" in told
        (tmp_path / "file").touch()
        told = await place.flora("serve", "--data", str(tmp_path / "file" / "data"), code=1)
        assert "cannot be used (Not a directory)" in told
        await place.start()
        assert "is held by another flora" in await place.flora("serve", code=1)
        assert await place.stop() == 0
