"""A visitor of the pages: `python visitor.py URL`, in an interpreter of its own, as tests/gateway/local says."""

import sys
import traceback

from playwright.sync_api import Page, expect, sync_playwright

from tests import browser as machine
from tests.gateway.local.visitor import FLAGS, PATIENCE_MS, serious


def visit(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("link", name="Tokens").click()
    expect(page.locator("#who")).to_have_text("You are not logged in.")
    page.get_by_role("link", name="Log in with Discord").click()
    page.get_by_role("link", name="ada").click()
    expect(page.locator("#who")).to_have_text("You are ada.")
    expect(page.locator("#tokens")).to_have_text("None yet.")
    page.get_by_label("What it is for").fill("CI <b>")
    page.get_by_label("What it may do").select_option("deploy")
    page.get_by_label("Days until it ends").fill("30")
    page.keyboard.press("Enter")
    expect(page.locator("#made code")).to_contain_text("flora_")
    expect(page.locator("#tokens li")).to_contain_text("CI <b>: deploy, until ")
    assert not serious(page)
    page.get_by_role("button", name="End CI <b>").click()
    expect(page.locator("#tokens")).to_have_text("None yet.")
    page.get_by_role("button", name="Log out").click()
    expect(page.locator("#who")).to_have_text("You are not logged in.")
    page.goto(f"{url}/api-docs")
    page.get_by_label("Filter").fill("rollback")
    expect(page.locator("summary")).to_have_count(1)
    page.locator("summary").click()
    expect(page.locator("details")).to_contain_text("deployments:write")
    assert not serious(page)


def main() -> int:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.found(), args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE_MS)
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        try:
            visit(page, sys.argv[1])
        except Exception:  # noqa: BLE001 -- told with what the page shows
            sys.stderr.write(f"{traceback.format_exc()}\n{page.inner_text('body')}\n{complaints}\n")
            return 1
        finally:
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
