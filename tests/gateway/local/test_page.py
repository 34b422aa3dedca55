"""The chat page in a real Chromium, with a small bot behind it that speaks through the same doors as flora."""

import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest
import trio

from gateway.local.discord import LocalConfig, LocalDiscord, open_local_discord
from gateway.local.panel import CronLine, Example, PanelError, PanelView, StoreLine
from gateway.websocket import Socket, open_line_socket
from tests import browser

SCENARIOS = [
    "everything", "options", "components", "messages", "places", "people", "panel", "keyboard", "phone",
    "accessible_light", "accessible_dark", "without_javascript",
]  # fmt: skip
ROOT = Path(__file__).parents[3]
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
ROWS = [
    {"type": 1, "components": [{"type": 2, "style": 1, "label": "Press me", "custom_id": "press"}]},
    {"type": 1, "components": [{"type": 3, "custom_id": "flower", "placeholder": "Choose a flower", "options": [
        {"label": "Rose", "value": "rose"}, {"label": "Tulip", "value": "tulip"}]}]},
    {"type": 1, "components": [{"type": 5, "custom_id": "helpers", "placeholder": "Who helps", "max_values": 2}]},
]  # fmt: skip
REPORT = {"flags": 1 << 15, "components": [{"type": 17, "accent_color": 0x3BA55D, "components": [
    {"type": 10, "content": "## Report\nThings **grew**."},
    {"type": 9, "components": [{"type": 10, "content": "Roses"}],
     "accessory": {"type": 2, "style": 2, "label": "Water", "custom_id": "press"}},
    {"type": 14},
]}]}  # fmt: skip
WISH = {"title": "A wish", "custom_id": "wishes", "components": [
    {"type": 10, "content": "Tell us **what** you need."},
    {"type": 18, "label": "Wish", "component": {"type": 4, "style": 1, "custom_id": "wish"}},
    {"type": 18, "label": "Flower", "component": {"type": 3, "custom_id": "flower", "options": [
        {"label": "Rose", "value": "rose"}, {"label": "Tulip", "value": "tulip"}]}},
    {"type": 18, "label": "When", "component": {"type": 21, "custom_id": "when", "options": [
        {"label": "Now", "value": "now"}, {"label": "Later", "value": "later"}]}},
    {"type": 18, "label": "Sure", "component": {"type": 23, "custom_id": "sure"}},
]}  # fmt: skip
COMMANDS = [
    {"name": "hello", "description": "greets", "options": [
        {"type": 3, "name": "who", "description": "whom", "required": True}]},
    {"name": "tag", "description": "tags", "options": [{"type": 1, "name": "get", "description": "one", "options": [
        {"type": 3, "name": "name", "description": "which", "required": True, "autocomplete": True}]}]},
    {"name": "all", "description": "every kind of option", "options": [
        {"type": kind, "name": name, "description": name}
        for kind, name in {3: "text", 4: "whole", 5: "yes", 6: "user", 7: "channel", 8: "role", 9: "any", 10: "number",
                           11: "file"}.items()]},
    {"name": "Greet", "type": 2},
    {"name": "Translate", "type": 3},
]  # fmt: skip


def reply(event: dict[str, Any]) -> dict[str, Any]:  # noqa: PLR0911  - a bot in one place
    """What the bot answers an interaction."""
    data = event["data"]
    match event["type"], data.get("name") or data.get("custom_id"):
        case 4, _:
            return {"type": 8, "data": {"choices": [{"name": f"The {one}", "value": one} for one in ("rules", "faq")]}}
        case 2, "hello":
            return {"type": 4, "data": {"content": f"hello {data['options'][0]['value']}", "components": ROWS}}
        case 2, "all":
            found = {one["name"]: one["value"] for one in data["options"]}
            files = [one["filename"] for one in data["resolved"]["attachments"].values()]
            said = [found[name] for name in ("text", "whole", "yes", "number")]
            people = [one["username"] for one in data["resolved"]["users"].values()]
            return {"type": 4, "data": {"content": f"all {said} {people} {files}"}}
        case 2, "tag":
            return {"type": 4, "data": {"content": f"tag {data['options'][0]['options'][0]['value']}"}}
        case 2, _:
            return {"type": 4, "data": {"content": f"{data['name']} on {len(data['resolved'])}", "flags": 64}}
        case 3, "press":
            return {"type": 9, "data": WISH}
        case 3, _:
            return {
                "type": 4,
                "data": {"content": f"chose {' '.join(data['values'])} {sorted(data.get('resolved', {}))}"},
            }
        case _:
            fields = [one["component"] for one in data["components"] if one["type"] == 18]
            wished = [one.get("value", one.get("values")) for one in fields]
            return {"type": 4, "data": {"content": f"wished {wished}", "flags": 64}}


class Script:
    """Stands for the runtime, as the page sees it."""

    def __init__(self) -> None:
        self.tried = ""

    async def view(self, _guild: int) -> PanelView:
        return PanelView(
            project="main.ts",
            state="failed",
            problem="TypeError: tag is undefined\n    at main.ts:2:7",
            sources={"main.ts": "one\ntwo\n"},
            crons=[CronLine("roses", "0 9 * * *", "tomorrow")],
            stores=[StoreLine("tags", 2, 64, [("rules", '"Be kind."')])],
            examples=[Example("ping", "Ping", "Answers !ping", "on(...)", "!ping")],
        )

    async def run_cron(self, _guild: int, name: str) -> None:
        raise PanelError(f"The cron {name} is running already.")

    async def try_example(self, _guild: int, name: str) -> None:
        self.tried = name


def first_of(local: LocalDiscord) -> int:
    return local.world.backend.get_guild(local.world.guild_id).channel_ids[0]


def heard(local: LocalDiscord, name: str, d: dict[str, Any]) -> tuple[str, Any] | None:
    """What the bot does about an event: a request to make."""
    where, said = first_of(local), None
    match name, d.get("content"):
        case "MESSAGE_CREATE", "!ping":
            where, said = d["channel_id"], "pong!"
        case "MESSAGE_CREATE", "!report":
            return f"/channels/{d['channel_id']}/messages", REPORT
        case "INTERACTION_CREATE", _:
            return f"/interactions/{d['id']}/{d['token']}/callback", reply(d)
        case "VOICE_STATE_UPDATE", _:
            said = f"{'nowhere' if d['channel_id'] is None else 'in voice'}, muted {d['self_mute']}"
        case "THREAD_CREATE", _:
            where, said = d["id"], "a thread!"
        case "GUILD_MEMBER_ADD", _:
            said = f"welcome {d['user']['username']}"
        case _:
            pass
    return None if said is None else (f"/channels/{where}/messages", {"content": said})


async def beat(socket: Socket) -> None:
    """As every client does, so that the server keeps the session."""
    while True:
        await trio.sleep(20)
        await socket.send(b'{"op":1,"d":null}')


async def run(local: LocalDiscord, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
    """The bot."""
    headers = {"Authorization": f"Bot {local.token}"}
    async with (
        httpx2.AsyncClient(base_url=local.api_url, headers=headers) as rest,
        open_line_socket(local.gateway_url) as socket,
        trio.open_nursery() as nursery,
    ):
        nursery.start_soon(beat, socket)
        picture = {"name": "leaf", "image": f"data:image/png;base64,{PIXEL}"}
        await rest.post(f"/guilds/{local.guild_id}/emojis", json=picture)
        about, file = {"name": "oak", "description": "a tree", "tags": "tree"}, ("oak.png", b64decode(PIXEL))
        await rest.post(f"/guilds/{local.guild_id}/stickers", data=about, files={"file": file})
        await rest.put(f"/applications/{local.application_id}/guilds/{local.guild_id}/commands", json=COMMANDS)
        await socket.send(msgspec.json.encode({"op": 2, "d": {"token": local.token, "intents": (1 << 26) - 1}}))
        while True:
            for message in await socket.receive():
                found = msgspec.json.decode(message)
                d = found["d"]
                if found["t"] == "READY":
                    task_status.started()
                elif (doing := heard(local, str(found["t"]), d or {})) is not None:
                    await rest.post(doing[0], json=doing[1])


async def visited(scenario: str, folder: Path) -> None:
    """A visitor does what the scenario says, in a process of its own."""
    async with open_local_discord(LocalConfig()) as local, trio.open_nursery() as nursery:
        local.show(Script())
        local.note("error", "TypeError: tag is undefined", detail="    at main.ts:2:7")
        await nursery.start(run, local)
        words = [sys.executable, "-m", "tests.gateway.local.visitor", scenario, local.page_url, str(folder)]
        done = await trio.run_process(words, cwd=ROOT, stderr=subprocess.STDOUT, capture_stdout=True, check=False)
        assert done.returncode == 0, done.stdout.decode(errors="replace")
        nursery.cancel_scope.cancel()


@browser.needed
@pytest.mark.parametrize("scenario", SCENARIOS)
async def test_a_visitor_meets_what_the_scenario_tells(scenario: str, tmp_path: Path) -> None:
    await visited(scenario, tmp_path)
