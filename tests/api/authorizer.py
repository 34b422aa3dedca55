"""A person's browser at `flora login`: `python -m tests.api.authorizer WHAT ADDRESS` logs in and allows it, or not."""

import sys

from playwright.sync_api import Page, expect, sync_playwright

from tests import browser as machine
from tests.gateway.local.visitor import FLAGS, PATIENCE_MS, serious


def visit(page: Page, what: str, address: str) -> None:
    page.goto(address)
    expect(page.locator("#who")).to_have_text("You are not logged in.")
    page.get_by_role("link", name="Log in with Discord").click()
    page.get_by_role("link", name="ada").click()
    expect(page.locator("#who")).to_have_text("You are ada.")
    expect(page.locator("#asks")).to_contain_text("asks to act for you")
    assert not serious(page)
    page.get_by_role("button", name=what).click()
    told = "The flora command is logged in" if what == "Allow" else "The flora command was not let in"
    expect(page.get_by_role("heading")).to_have_text(told)
    page.goto(address)
    expect(page.locator("#said")).to_have_text("this login is over; begin again with `flora login`")


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.found(), args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE_MS)
        try:
            visit(page, *sys.argv[1:])
        finally:
            browser.close()


if __name__ == "__main__":
    main()
