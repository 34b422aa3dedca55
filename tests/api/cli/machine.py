"""A machine with flora on it: the real command, a real daemon in a process of its own, and the local Discord."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import trio
from watchfiles import awatch

from gateway.local.discord import LocalConfig, LocalDiscord, open_local_discord
from tests.api.cli.conftest import environment
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
    more: dict[str, str] = field(default_factory=dict[str, str])
    """Settings of the daemon's, beyond those that every machine has."""

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
            **self.more,
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

    async def until_log(self, words: str) -> None:
        """Until the daemon's own log has them."""
        log = self.home / "daemon.log"
        async with aclosing(awatch(log, rust_timeout=100, yield_on_timeout=True)) as looks:
            async for _ in looks:  # also without a change: it may have come before we watched
                if words in log.read_text():
                    return

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
