"""A visitor of a guild's page: `python -m tests.api.watcher ADDRESS`."""

import sys

from playwright.sync_api import Page, expect, sync_playwright

from tests import browser as machine
from tests.gateway.local.visitor import FLAGS, PATIENCE_MS, serious


def visit(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Log in with Discord").click()
    page.get_by_role("link", name="ada").click()
    expect(page.locator("#who")).to_have_text("You are ada.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Flower garden")
    expect(page.locator("#state")).to_contain_text("of main.ts, since")
    expect(page.locator("#history")).to_contain_text("success")
    expect(page.locator("#log")).to_contain_text("WARN  mind this <b>")
    expect(page.locator("#log")).to_contain_text("INFO  this came later")
    assert not serious(page)


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.found(), args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE_MS)
        try:
            visit(page, sys.argv[1])
        finally:
            browser.close()


if __name__ == "__main__":
    main()
