"""A visitor of the chat page: `python visitor.py SCENARIO URL FOLDER`, in an interpreter of its own.

Playwright's synchronous side runs an asyncio loop under greenlets. Nothing of that may live in the process of the
tests, where every leftover of it is another test's warning. What goes wrong here is told on stderr, with the text of
the page and the place of a screenshot; the exit status is then 1.
"""

import re
import sys
import traceback
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import browser as machine

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
PATIENCE_MS = 60_000
"""Below the suite's own timeout, so that the page can still be described; far above what a loaded machine needs."""


def opened(browser: Browser, url: str, **how: Any) -> Page:
    page = browser.new_page(**how)
    page.set_default_timeout(PATIENCE_MS)
    page.goto(url)
    return page


def connected(browser: Browser, url: str, **how: Any) -> Page:
    page = opened(browser, url, **how)
    expect(page.locator("#connected")).to_have_text("flora is connected")
    return page


def say(page: Page, text: str) -> None:
    page.get_by_label("Message", exact=True).fill(text)
    page.keyboard.press("Enter")


def everything(browser: Browser, url: str) -> None:
    """Words, a command, a button, a modal, an ephemeral answer, and another persona who may not see it."""
    page = connected(browser, url)
    messages = page.locator("#messages")
    say(page, "!ping")
    expect(messages).to_contain_text("pong!")
    page.get_by_label("Message", exact=True).fill("/hel")
    page.get_by_role("option", name="/hello: greets").click()
    page.locator("#options input").fill("moon")
    page.keyboard.press("Enter")
    expect(messages).to_contain_text("hello moon")
    page.get_by_role("button", name="Press me").click()
    page.locator("dialog input").fill("rain")
    page.get_by_role("button", name="Submit").click()
    expect(messages).to_contain_text("wished rain")
    expect(messages).to_contain_text("Only you can see this.")
    page.get_by_label("Act as").select_option(label="Ben")
    expect(messages).not_to_contain_text("wished rain")
    expect(messages).to_contain_text("hello moon")


def accessible(browser: Browser, url: str, scheme: Literal["light", "dark"]) -> None:
    page = connected(browser, url, color_scheme=scheme)
    say(page, "!ping")
    expect(page.locator("#messages")).to_contain_text("pong!")
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text())
    violations: list[dict[str, Any]] = page.evaluate("() => axe.run().then((result) => result.violations)")
    found = [(one["id"], one["nodes"]) for one in violations if one["impact"] in {"serious", "critical"}]
    assert found == [], found


def accessible_light(browser: Browser, url: str) -> None:
    accessible(browser, url, "light")


def accessible_dark(browser: Browser, url: str) -> None:
    accessible(browser, url, "dark")


def without_javascript(browser: Browser, url: str) -> None:
    page = opened(browser, url, java_script_enabled=False)
    expect(page.locator("body")).to_contain_text(re.compile("needs JavaScript"))


SCENARIOS: dict[str, Callable[[Browser, str], None]] = {
    scenario.__name__: scenario for scenario in (everything, accessible_light, accessible_dark, without_javascript)
}


def describe(browser: Browser, folder: Path) -> None:
    """What every open page shows."""
    for number, page in enumerate(page for context in browser.contexts for page in context.pages):
        picture = folder / f"page-{number}.png"
        page.screenshot(path=str(picture))
        sys.stderr.write(f"\nThe page {page.url}, screenshot {picture}, says:\n{page.inner_text('body')}\n")


def main(scenario: str, url: str, folder: Path) -> int:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=machine.found(), args=FLAGS)
        try:
            SCENARIOS[scenario](browser, url)
        except Exception:  # noqa: BLE001  - whatever it is, the test shows it
            traceback.print_exc()
            describe(browser, folder)
            return 1
        finally:
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
