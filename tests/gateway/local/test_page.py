"""The chat page in a real Chromium, with a small bot behind it that speaks through the same doors as flora."""

import re
import shutil
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest
import trio
from playwright.sync_api import Browser, Page, expect, sync_playwright

from gateway.local.discord import LocalConfig, LocalDiscord, open_local_discord
from gateway.websocket import open_stream_socket

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
BUTTON = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Press me", "custom_id": "press"}]}
FIELD = {"type": 1, "components": [{"type": 4, "style": 1, "label": "Wish", "custom_id": "wish"}]}
HELLO = {"name": "hello", "description": "greets", "options": [
    {"type": 3, "name": "who", "description": "whom", "required": True}]}  # fmt: skip

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


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


def browse(visit: Callable[[Browser], None]) -> None:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            visit(browser)
        finally:
            browser.close()


async def visited(visit: Callable[[LocalDiscord, Browser], None]) -> None:
    async with open_local_discord(LocalConfig()) as local, trio.open_nursery() as nursery:
        await nursery.start(run, local)
        await trio.to_thread.run_sync(browse, partial(visit, local))
        nursery.cancel_scope.cancel()


def opened(local: LocalDiscord, browser: Browser) -> Page:
    page = browser.new_page()
    page.goto(local.page_url)
    expect(page.locator("#connected")).to_have_text("flora is connected")
    return page


@needs_chromium
async def test_a_visitor_says_ping_uses_a_command_a_button_and_a_modal(tmp_path: Path) -> None:
    def visit(local: LocalDiscord, browser: Browser) -> None:
        page = opened(local, browser)
        page.get_by_label("Message", exact=True).fill("!ping")
        page.keyboard.press("Enter")
        expect(page.locator("#messages")).to_contain_text("pong!")
        page.get_by_label("Message", exact=True).fill("/hel")
        page.get_by_role("option", name="/hello: greets").click()
        page.locator("#options input").fill("moon")
        page.keyboard.press("Enter")
        expect(page.locator("#messages")).to_contain_text("hello moon")
        page.get_by_role("button", name="Press me").click()
        page.locator("dialog input").fill("rain")
        page.get_by_role("button", name="Submit").click()
        expect(page.locator("#messages")).to_contain_text("wished rain")
        expect(page.locator("#messages")).to_contain_text("Only you can see this.")
        page.screenshot(path=str(tmp_path / "page.png"))
        page.get_by_label("Act as").select_option(label="Ben")
        expect(page.locator("#messages")).not_to_contain_text("wished rain")
        expect(page.locator("#messages")).to_contain_text("hello moon")

    await visited(visit)


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious(scheme: Any) -> None:
    def visit(local: LocalDiscord, browser: Browser) -> None:
        page = browser.new_page(color_scheme=scheme)
        page.goto(local.page_url)
        page.get_by_label("Message", exact=True).fill("!ping")
        page.keyboard.press("Enter")
        expect(page.locator("#messages")).to_contain_text("pong!")
        page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text())
        violations: list[dict[str, Any]] = page.evaluate("() => axe.run().then((result) => result.violations)")
        found = [(one["id"], one["nodes"]) for one in violations if one["impact"] in {"serious", "critical"}]
        assert found == []

    await visited(visit)


@needs_chromium
async def test_without_javascript_the_page_says_so() -> None:
    def visit(local: LocalDiscord, browser: Browser) -> None:
        page = browser.new_page(java_script_enabled=False)
        page.goto(local.page_url)
        expect(page.locator("body")).to_contain_text(re.compile("needs JavaScript"))

    await visited(visit)
