"""Clients that others wrote accept the local Discord. Each runs in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest
import trio

from gateway.local.discord import LocalConfig, open_local_discord

CLIENTS = Path(__file__).parent / "clients"
LINES = [
    "ready",
    "guild Flower garden with 4 members, 4 roles",
    "sent",
    "edited",
    "reacted",
    "replied",
    "registered ['hello']",
    "answered an interaction",
    "history",
    "uploaded",
    "refused with 10008",
    "resumed and heard what was missed",
]


@pytest.mark.parametrize("client", ["discord_py", "hikari_py"])
async def test_a_client_of_others_does_everything(client: str) -> None:
    async with open_local_discord(LocalConfig()) as local:
        words = [sys.executable, str(CLIENTS / f"{client}.py"), local.api_url, local.gateway_url]
        words += [local.token, local.page_url]
        done = await trio.run_process(words, stderr=subprocess.STDOUT, capture_stdout=True, check=False)
    assert done.stdout.decode().splitlines() == LINES, done.stdout.decode()
