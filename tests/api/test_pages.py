"""The pages, in a real Chromium: log in at the local Discord, make tokens, look at a guild, let the command in."""

import json
import os
import pty
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import trio

from api.directory import DiscordDirectory
from gateway.local.discord import LocalConfig, LocalDiscord, open_local_discord
from gateway.rest import RestConfig, open_rest
from storage.ids import GuildId
from tests import browser
from tests.api.cli.conftest import environment
from tests.api.conftest import World

ROOT = Path(__file__).parents[2]


pytestmark = browser.needed


@asynccontextmanager
async def a_flora_with_a_login(opener: Any) -> AsyncGenerator[tuple[World, LocalDiscord]]:
    """At an address that Discord, the local one, sends people back to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    async with (
        open_local_discord(LocalConfig(bucket_limit=None)) as local,
        open_rest(RestConfig(token=local.token, api_url=local.api_url)) as rest,
    ):
        environ = {
            "DISCORD_CLIENT_ID": "80351110224678912",
            "DISCORD_CLIENT_SECRET": "hush",
            "DISCORD_API_URL": local.api_url,
            "API_PUBLIC_URL": f"http://127.0.0.1:{port}",
        }
        more = {
            "directory": DiscordDirectory(rest, trio.current_time),
            "authorize_url": f"{local.page_url}oauth2/authorize",
        }
        async with opener(environ, port, **more) as world:
            yield world, local


async def _visited(script: str, *arguments: str) -> None:
    told: subprocess.CompletedProcess[bytes] = await trio.run_process(
        [sys.executable, "-m", script, *arguments], capture_stderr=True, check=False, cwd=ROOT
    )
    if told.returncode:  # said here: a group of groups would hide it
        sys.stderr.write(told.stderr.decode())
    assert told.returncode == 0


async def test_a_person_logs_in_and_makes_a_token(opener: Any) -> None:
    async with a_flora_with_a_login(opener) as (world, _):
        await _visited("tests.api.visitor", world.url)


async def _until(happened: Callable[[], bool]) -> None:
    """What a browser does has no event here."""
    while not happened():  # noqa: ASYNC110
        await trio.sleep(0.05)


async def test_an_author_looks_at_her_guild_and_its_log_as_it_comes(opener: Any) -> None:
    async with a_flora_with_a_login(opener) as (world, local):
        guild = GuildId(int(local.world.guild_id))
        await world.deploy(await world.operator(), guild=guild)
        world.logs.append(guild, "warn", "mind this <b>")
        await world.flush()

        async with trio.open_nursery() as nursery:
            nursery.start_soon(_visited, "tests.api.watcher", f"{world.url}/guilds/{guild}")
            await _until(lambda: world.api.streams.count > 0)
            world.logs.append(guild, "info", "this came later")


def _login(folder: Path, url: str, answer: str) -> "subprocess.CompletedProcess[str]":
    """`flora login` of somebody at a terminal, whose browser is told what to press."""
    ours, theirs = pty.openpty()
    try:
        return subprocess.run(
            [sys.executable, "-m", "api.main", "login", "--api", url],
            cwd=ROOT,
            env=environment(folder) | {"BROWSER": f"{sys.executable} -m tests.api.authorizer {answer} %s"},
            stdin=theirs,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        os.close(ours)
        os.close(theirs)


async def test_the_command_is_let_in_by_its_persons_browser(opener: Any, tmp_path: Path) -> None:
    async with a_flora_with_a_login(opener) as (world, _):

        def flora(*arguments: str) -> "subprocess.CompletedProcess[str]":
            command = [sys.executable, "-m", "api.main", *arguments]
            return subprocess.run(
                command, cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, check=False
            )

        refused = await trio.to_thread.run_sync(_login, tmp_path, world.url, "Refuse")
        sys.stderr.write(refused.stderr)
        assert (refused.returncode, refused.stdout) == (4, "")
        assert "you refused it in the browser; nothing was changed" in refused.stderr
        assert not (tmp_path / "config/flora").exists()

        let_in = await trio.to_thread.run_sync(_login, tmp_path, world.url, "Allow")
        sys.stderr.write(let_in.stderr)
        assert let_in.returncode == 0
        assert f"logged in to {world.url} as ada" in let_in.stdout
        kept = json.loads((tmp_path / "config/flora/credentials.json").read_text())
        (token,) = kept.values()
        (listed,) = (await world.ask("GET", "/api/tokens", token)).json()
        assert (listed["label"].partition(" on ")[0], listed["scopes"]) == ("flora", ["full"])
        assert listed["expires_at"] is not None

        assert "flora on " in (await trio.to_thread.run_sync(flora, "whoami")).stdout
        assert "is forgotten" in (await trio.to_thread.run_sync(flora, "logout")).stdout
        assert (await world.ask("GET", "/api/auth/me", token)).status_code == 401
