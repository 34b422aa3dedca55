"""The chat page in a real Chromium, with a small bot behind it that speaks through the same doors as flora."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest
import trio

from gateway.local.discord import LocalConfig, LocalDiscord, open_local_discord
from gateway.websocket import open_stream_socket
from tests import browser

ROOT = Path(__file__).parents[3]
BUTTON = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Press me", "custom_id": "press"}]}
FIELD = {"type": 1, "components": [{"type": 4, "style": 1, "label": "Wish", "custom_id": "wish"}]}
HELLO = {"name": "hello", "description": "greets", "options": [
    {"type": 3, "name": "who", "description": "whom", "required": True}]}  # fmt: skip


def reply(event: dict[str, Any]) -> dict[str, Any]:
    """What the bot answers an interaction."""
    data = event["data"]
    if event["type"] == 2:
        text = f"hello {data['options'][0]['value']}"
        return {"type": 4, "data": {"content": text, "components": [BUTTON]}}
    if event["type"] == 3:
        return {"type": 9, "data": {"title": "A wish", "custom_id": "wishes", "components": [FIELD]}}
    return {"type": 4, "data": {"content": f"wished {data['components'][0]['components'][0]['value']}", "flags": 64}}


async def run(local: LocalDiscord, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
    """The bot."""
    headers = {"Authorization": f"Bot {local.token}"}
    async with (
        httpx2.AsyncClient(base_url=local.api_url, headers=headers) as rest,
        open_stream_socket(local.gateway_url) as socket,
    ):
        await rest.put(f"/applications/{local.application_id}/guilds/{local.guild_id}/commands", json=[HELLO])
        await socket.send(msgspec.json.encode({"op": 2, "d": {"token": local.token, "intents": (1 << 26) - 1}}))
        while True:
            for message in await socket.receive():
                found = msgspec.json.decode(message)
                d = found["d"]
                if found["t"] == "READY":
                    task_status.started()
                elif found["t"] == "MESSAGE_CREATE" and d["content"] == "!ping":
                    await rest.post(f"/channels/{d['channel_id']}/messages", json={"content": "pong!"})
                elif found["t"] == "INTERACTION_CREATE":
                    await rest.post(f"/interactions/{d['id']}/{d['token']}/callback", json=reply(d))


async def visited(scenario: str, folder: Path) -> None:
    """A visitor does what the scenario says, in a process of its own."""
    if browser.left_out():
        pytest.skip(f"{browser.LEFT_OUT} is set")
    assert browser.found(), browser.HOW
    async with open_local_discord(LocalConfig()) as local, trio.open_nursery() as nursery:
        await nursery.start(run, local)
        words = [sys.executable, "-m", "tests.gateway.local.visitor", scenario, local.page_url, str(folder)]
        done = await trio.run_process(words, cwd=ROOT, stderr=subprocess.STDOUT, capture_stdout=True, check=False)
        assert done.returncode == 0, done.stdout.decode(errors="replace")
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("scenario", ["everything", "accessible_light", "accessible_dark", "without_javascript"])
async def test_a_visitor_meets_what_the_scenario_tells(scenario: str, tmp_path: Path) -> None:
    await visited(scenario, tmp_path)
