"""Takes the pictures of docs/images anew: `python -m tests.gateway.local.pictures`.

The real `flora dev` with the script in showcase/, and a Chromium that does what the scenes say.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import browser as machine
from tests.gateway.local.visitor import FLAGS, PATIENCE_MS, connected, say, use

ROOT = Path(__file__).parents[3]
IMAGES = ROOT / "docs" / "images"
WIDE = {"width": 1360, "height": 820}


def shot(page: Page, name: str) -> None:
    page.wait_for_function("document.getAnimations().length === 0")
    page.screenshot(path=str(IMAGES / f"local-discord{name}.png"))


def plant(page: Page, flower: str, count: int) -> None:
    use(page, "/plant", "/plant Puts flowers into a bed")
    page.get_by_label("flower", exact=True).fill(flower)
    page.get_by_label("count", exact=True).fill(str(count))
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#messages")).to_contain_text(f"more of {flower}")


def chat(page: Page) -> None:
    """People, a voice channel, what the bot says in all its ways; an error in the log."""
    messages = page.locator("#messages")
    for flower, count in {"lavender": 3, "rose": 5}.items():
        plant(page, flower, count)
    page.locator("#channels").get_by_role("button", name="greenhouse").click()
    page.get_by_role("menuitem", name="Join").click()
    say(page, "!prune")
    expect(page.locator("#log")).to_contain_text("there is no rose to prune")
    say(page, "!embed")
    expect(messages).to_contain_text("Blooms from June")
    page.get_by_label("Act as").select_option(label="Ben")
    say(page, "!garden")
    expect(messages).to_contain_text("The garden today")
    page.get_by_label("Act as").select_option(label="Ada")
    messages.get_by_role("button", name="💧 Water").click()
    expect(messages).to_contain_text("Only you can see this.")
    page.get_by_text("there is no rose to prune").click()
    shot(page, "")


def command(page: Page) -> None:
    """A form with proposals of the bot's; the script beside it."""
    page.get_by_role("tab", name="Script").click()
    use(page, "/plant", "/plant Puts flowers into a bed")
    page.get_by_label("flower", exact=True).fill("")
    expect(page.get_by_role("option", name="lavender")).to_be_visible()
    shot(page, "-command")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def modal(page: Page) -> None:
    """In the dark, with the data beside it."""
    page.emulate_media(color_scheme="dark")
    page.get_by_role("tab", name="Data").click()
    page.get_by_role("button", name="Make a wish").last.click()
    page.get_by_label("What is missing?").fill("A bench")
    shot(page, "-dark")
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Cancel").click()


def phone(browser: Browser, url: str) -> None:
    page = connected(
        browser, url, viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True, color_scheme="dark"
    )
    expect(page.locator("#messages")).to_contain_text("The garden today")
    page.wait_for_function("document.getElementById('scroll').scrollTop > 0")
    shot(page, "-phone")


def scenes(url: str) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=machine.found(), args=FLAGS)
        page = connected(browser, url, viewport=WIDE)
        chat(page)
        command(page)
        modal(page)
        phone(browser, url)
        browser.close()


def main() -> None:
    with TemporaryDirectory() as folder:
        project = Path(folder) / "garden"
        shutil.copytree(Path(__file__).parent / "showcase", project)
        words = [sys.executable, "-m", "api.main", "dev", "main.ts", "--port", "0"]
        environ = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(words, cwd=project, env=environ, stdout=subprocess.PIPE, text=True) as flora:
            assert flora.stdout is not None
            try:
                line = next(line for line in flora.stdout if line.startswith("open "))
                scenes(line.split()[1])
            finally:
                flora.send_signal(signal.SIGINT)


if __name__ == "__main__":
    main()
