"""Clients that others wrote accept the local Discord. Each runs in a process of its own.

Those that must be fetched first run with `make soak`.
"""

import shutil
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


async def visit(*words: str | Path) -> None:
    async with open_local_discord(LocalConfig()) as local:
        command = [*map(str, words), local.api_url, local.gateway_url, local.token, local.page_url]
        done = await trio.run_process(command, stderr=subprocess.STDOUT, capture_stdout=True, check=False)
    assert done.stdout.decode().splitlines() == LINES, done.stdout.decode()


async def test_discord_py_does_everything() -> None:
    """It comes with simcord."""
    await visit(sys.executable, CLIENTS / "discord_py.py")


@pytest.mark.soak
async def test_hikari_does_everything(tmp_path: Path) -> None:
    """In an environment of its own: it wants older packages than the rest of the house."""
    python = tmp_path / "venv" / "bin" / "python"
    await trio.run_process([sys.executable, "-m", "venv", tmp_path / "venv"])
    lock = ["-r", str(CLIENTS / "requirements.lock")]
    await trio.run_process([python, "-m", "pip", "install", "--quiet", "--require-hashes", *lock])
    await visit(python, CLIENTS / "hikari_py.py")


@pytest.mark.soak
async def test_discord_js_does_everything(tmp_path: Path) -> None:
    for name in ("package.json", "package-lock.json", "discord_js.mjs"):
        shutil.copy(CLIENTS / name, tmp_path)
    install = ["npm", "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"]
    await trio.run_process(install, cwd=tmp_path)
    await visit("node", tmp_path / "discord_js.mjs")
