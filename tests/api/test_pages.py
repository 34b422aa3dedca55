"""The pages, in a real Chromium: log in at the local Discord, make a token, end it, read the API's description."""

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import trio

from api.directory import DiscordDirectory
from gateway.local.discord import LocalConfig, open_local_discord
from gateway.rest import RestConfig, open_rest
from tests import browser

ROOT = Path(__file__).parents[2]


@browser.needed
async def test_a_person_logs_in_and_makes_a_token(opener: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    async with (
        open_local_discord(LocalConfig(bucket_limit=None)) as local,
        open_rest(RestConfig(token=local.token, api_url=local.api_url)) as rest,
    ):
        url = f"http://127.0.0.1:{port}"
        environ = {
            "DISCORD_CLIENT_ID": "80351110224678912",
            "DISCORD_CLIENT_SECRET": "hush",
            "DISCORD_API_URL": local.api_url,
            "API_PUBLIC_URL": url,
        }
        more = {
            "directory": DiscordDirectory(rest, trio.current_time),
            "authorize_url": f"{local.page_url}oauth2/authorize",
        }
        async with opener(environ, port, **more):
            command = [sys.executable, "-m", "tests.api.visitor", url]
            told: subprocess.CompletedProcess[bytes] = await trio.run_process(
                command, capture_stderr=True, check=False, cwd=ROOT
            )

    assert told.returncode == 0, told.stderr.decode()
