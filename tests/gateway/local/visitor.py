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
PATIENCE_MS = 30_000
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


def use(page: Page, begun: str, command: str) -> None:
    """Choose a command as it stands in the picker."""
    page.get_by_label("Message", exact=True).fill(begun)
    page.get_by_role("option", name=command).click()


def everything(browser: Browser, url: str, folder: Path) -> None:
    """Words, a command, a button, a modal, an ephemeral answer, and another persona who may not see it."""
    page = connected(browser, url)
    messages = page.locator("#messages")
    say(page, "!ping")
    expect(messages).to_contain_text("pong!")
    use(page, "/hel", "/hello greets")
    page.locator("#options input").fill("moon")
    page.keyboard.press("Enter")
    expect(messages).to_contain_text("hello moon")
    expect(messages).to_contain_text("Ada used /hello")
    page.get_by_role("button", name="Press me").click()
    modal = page.get_by_role("dialog", name="A wish")
    modal.get_by_label("Wish", exact=True).fill("rain")
    modal.get_by_label("Flower", exact=True).select_option(label="Tulip")
    modal.get_by_label("Later").check()
    modal.get_by_label("Sure").check()
    page.get_by_role("button", name="Submit").click()
    expect(messages).to_contain_text("wished ['rain', ['tulip'], 'later', True]")
    expect(messages).to_contain_text("Only you can see this.")
    page.get_by_label("Act as").select_option(label="Ben")
    expect(messages).not_to_contain_text("wished")
    expect(messages).to_contain_text("hello moon")
    page.get_by_label("Act as").select_option(label="Ada")
    page.get_by_role("button", name="Dismiss message").click()
    expect(messages).not_to_contain_text("wished")


def options(browser: Browser, url: str, folder: Path) -> None:
    """Every kind of option, by keyboard alone where that is how one types; proposals of the bot."""
    page = connected(browser, url)
    messages = page.locator("#messages")
    use(page, "/all", "/all every kind of option")
    form = page.locator("#options")
    form.get_by_label("text", exact=True).fill("words")
    form.get_by_label("whole").fill("7")
    form.get_by_label("yes").select_option(label="True")
    form.get_by_label("user").select_option(label="Ben")
    form.get_by_label("channel").select_option(label="#bots")
    form.get_by_label("role").select_option(label="@gardener")
    form.get_by_label("any").select_option(label="Cleo")
    form.get_by_label("number").fill("2.5")
    form.get_by_label("file").set_input_files({"name": "leaf.txt", "mimeType": "text/plain", "buffer": b"green"})
    page.get_by_role("button", name="Send", exact=True).click()
    expect(messages).to_contain_text("all ['words', 7, True, 2.5] ['ben', 'cleo'] ['leaf.txt']")
    page.get_by_label("Message", exact=True).fill("/tag")
    page.keyboard.press("Enter")
    expect(page.get_by_role("option", name="The rules")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(messages).to_contain_text("tag faq")


def components(browser: Browser, url: str, folder: Path) -> None:
    """Menus of every sort, and a message laid out by components."""
    page = connected(browser, url)
    messages = page.locator("#messages")
    use(page, "/hel", "/hello greets")
    page.locator("#options input").fill("moon")
    page.keyboard.press("Enter")
    page.get_by_label("Choose a flower").select_option(label="Rose")
    expect(messages).to_contain_text("chose rose []")
    page.get_by_text("Who helps (choose 1 to 2)").click()
    page.get_by_role("group", name="Who helps").get_by_label("Ben").check()
    page.get_by_role("group", name="Who helps").get_by_label("Cleo").check()
    expect(page.get_by_role("group", name="Who helps").get_by_label("Ada")).to_be_disabled()
    page.get_by_role("button", name="Choose").click()
    expect(messages).to_contain_text("['members', 'users']")
    say(page, "!report")
    expect(messages.locator(".container .h2")).to_have_text("Report")
    expect(messages.locator(".container strong")).to_have_text("grew")
    page.get_by_role("button", name="Water").click()
    expect(page.get_by_role("dialog", name="A wish")).to_be_visible()


def messages(browser: Browser, url: str, folder: Path) -> None:
    """Written, marked up, edited, answered, reacted to, pinned, sent with a file, deleted."""
    page = connected(browser, url)
    listed = page.locator("#messages")
    say(page, "**bold** <script>alert(1)</script> @ben #bots")
    expect(listed.locator("strong")).to_have_text("bold")
    expect(listed.locator(".pill")).to_have_text(["@Ben", "#bots"])
    expect(listed).to_contain_text("<script>alert(1)</script>")
    page.keyboard.press("ArrowUp")
    page.get_by_label("Edit the message").fill("plain")
    page.keyboard.press("Enter")
    expect(listed).to_contain_text("(edited)")
    first = listed.locator(".message").first
    first.hover()
    first.get_by_label("React to Ada").click()
    page.get_by_role("menuitem", name="🌸").click()
    expect(first.get_by_role("button", name="🌸 1")).to_have_attribute("aria-pressed", "true")
    first.hover()
    first.get_by_label("Reply to Ada").click()
    say(page, "indeed")
    expect(listed.locator(".answered")).to_contain_text("Ada plain")
    page.locator("#chosen").set_input_files({"name": "leaf.txt", "mimeType": "text/plain", "buffer": b"green"})
    say(page, "see")
    expect(listed.get_by_role("link", name="leaf.txt")).to_be_visible()
    for entry, seen in {"Pin": "Ada pinned a message", "Apps: Translate": "Translate on 1"}.items():
        first.hover()
        first.get_by_label("More for the message").click()
        page.get_by_role("menuitem", name=entry, exact=True).click()
        expect(listed).to_contain_text(seen)
    first.hover()
    first.get_by_label("More for the message").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(listed).to_contain_text("the message was deleted")


def places(browser: Browser, url: str, folder: Path) -> None:
    """A voice channel, a thread, the channel with the bot alone; the guild's own emoji and stickers."""
    page = connected(browser, url)
    listed = page.locator("#messages")
    voice = page.locator("#channels").get_by_role("button", name="greenhouse")
    for entry, heard in {"Join": "in voice, muted False", "Mute": "in voice, muted True", "Leave": "nowhere"}.items():
        voice.click()
        page.get_by_role("menuitem", name=entry, exact=True).click()
        expect(listed).to_contain_text(heard)
        if entry == "Mute":
            expect(page.get_by_label("In greenhouse")).to_contain_text("Ada")
            expect(page.get_by_label("In greenhouse").get_by_label("muted")).to_be_visible()
    expect(page.get_by_label("In greenhouse")).to_have_count(0)
    page.get_by_role("button", name="Emoji and stickers").click()
    page.get_by_role("menuitem", name="Sticker oak").click()
    expect(listed.get_by_alt_text("Sticker: oak")).to_be_visible()
    assert listed.get_by_alt_text("Sticker: oak").evaluate("(one) => one.complete && one.naturalWidth") == 1
    page.get_by_role("button", name="Emoji and stickers").click()
    page.get_by_role("menuitem", name=":leaf:").click()
    page.keyboard.press("Enter")
    expect(listed.get_by_alt_text(":leaf:")).to_be_visible()
    last = listed.locator(".message").last
    last.hover()
    last.get_by_label("More for the message").click()
    page.get_by_role("menuitem", name="Start a thread").click()
    page.get_by_label("Name of the thread").fill("about leaves")
    page.keyboard.press("Enter")
    page.locator("#channels").get_by_role("button", name="about leaves").click()
    expect(page.locator("#channel")).to_have_text("🧵 about leaves")
    expect(listed).to_contain_text("a thread!")
    page.locator("#channels").get_by_role("button", name="flora, directly").click()
    expect(page.locator("#topic")).to_contain_text("Between the two of you")
    say(page, "a secret")
    expect(listed).to_contain_text("a secret")
    page.get_by_label("Act as").select_option(label="Ben")
    page.locator("#channels").get_by_role("button", name="flora, directly").click()
    expect(page.locator("#topic")).to_contain_text("Between the two of you")
    expect(listed).not_to_contain_text("a secret")


def pressed(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def keyboard(browser: Browser, url: str, folder: Path) -> None:
    """Everything that matters, and never a mouse."""
    page = connected(browser, url)
    listed = page.locator("#messages")
    pressed(page, "/")
    page.keyboard.type("hel")
    expect(page.get_by_role("option", name="/hello greets")).to_have_attribute("aria-selected", "true")
    pressed(page, "Enter")
    expect(page.locator("#options input")).to_be_focused()
    page.keyboard.type("moon")
    pressed(page, "Enter")
    expect(listed).to_contain_text("hello moon")
    press = page.get_by_role("button", name="Press me")
    while not press.evaluate("(one) => one === document.activeElement"):
        pressed(page, "Shift+Tab")
    pressed(page, "Enter")
    expect(page.get_by_label("Wish", exact=True)).to_be_focused()
    page.keyboard.type("rain")
    pressed(page, "Tab", "ArrowDown", "ArrowDown", "Tab", "Space", "Tab", "Space", "Enter")
    expect(listed).to_contain_text("wished ['rain', ['tulip'], 'now', True]")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_label("Message", exact=True).focus()
    pressed(page, "F6")
    expect(page.get_by_role("tab", name="Log")).to_be_focused()
    pressed(page, "ArrowRight")
    expect(page.get_by_role("tab", name="Script")).to_be_focused()
    pressed(page, "F6")
    expect(page.locator("#channels [aria-current]")).to_be_focused()
    pressed(page, "Alt+ArrowDown")
    expect(page.locator("#channel")).to_have_text("# bots")
    page.locator("body").evaluate("(body) => document.activeElement.blur()")
    pressed(page, "?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    pressed(page, "Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def people(browser: Browser, url: str, folder: Path) -> None:
    """Somebody joins, is given a role, is acted as, and leaves; an event is sent by hand."""
    page = connected(browser, url)
    listed = page.locator("#messages")
    page.get_by_label("Name of somebody new").fill("Dora")
    page.keyboard.press("Enter")
    expect(listed).to_contain_text("welcome dora")
    expect(listed).to_contain_text("Dora came into the guild.")
    members = page.locator("#members")
    members.get_by_role("button", name="Dora").click()
    page.get_by_label("Role: gardener").check()
    page.keyboard.press("Escape")
    members.get_by_role("button", name="Dora").click()
    expect(page.get_by_label("Role: gardener")).to_be_checked()
    page.get_by_role("button", name="Act as this person").click()
    expect(page.get_by_label("Act as")).to_have_value(re.compile(r"\d+"))
    members.get_by_role("button", name="Ben").click()
    page.get_by_role("button", name="Apps: Greet").click()
    expect(listed).to_contain_text("Greet on 2")
    page.get_by_label("Act as").select_option(label="Ada")
    members.get_by_role("button", name="Dora").click()
    page.get_by_role("button", name="Leaves the guild").click()
    expect(members).to_contain_text("Dora (left)")
    page.get_by_role("tab", name="Events").click()
    page.get_by_label("Body of the event").fill('{"user": {"id": "1", "username": "zoe"}}')
    page.get_by_role("button", name="Send to the bot").click()
    expect(listed).to_contain_text("welcome zoe")
    expect(page.locator("#heard")).to_contain_text("GUILD_MEMBER_REMOVE")


def panel(browser: Browser, url: str, folder: Path) -> None:
    """The log with a stack, why the script failed, its crons, data and examples; an outage."""
    page = connected(browser, url)
    page.locator("#log").get_by_text("TypeError: tag is undefined").click()
    expect(page.locator("#log")).to_contain_text("at main.ts:2:7")
    page.locator("#log").get_by_role("button", name="main.ts:2:7").click()
    expect(page.locator("#panel code.meant")).to_have_text("two\n")
    expect(page.locator("#running")).to_have_text("main.ts failed")
    expect(page.locator("#broken")).to_contain_text("TypeError: tag is undefined")
    page.get_by_role("tab", name="Log").click()
    page.get_by_label("Filter the log").fill("nothing like it")
    expect(page.locator("#log li")).to_have_count(0)
    page.get_by_role("tab", name="Script").click()
    expect(page.locator("#tab-log")).not_to_have_class(re.compile("alarm"))
    expect(page.locator("#tab-script")).to_have_class(re.compile("alarm"))
    side = page.locator("#panel")
    expect(side.get_by_role("alert")).to_contain_text("main.ts:2:7")
    expect(side.locator(".numbered").last).to_contain_text("two")
    page.get_by_role("button", name="Run roses now").click()
    expect(page.locator("#problem")).to_have_text("The cron roses is running already.")
    page.get_by_role("button", name="Try Ping").click()
    expect(page.get_by_label("Message", exact=True)).to_have_value("!ping")
    page.get_by_role("tab", name="Data").click()
    expect(side).to_contain_text("tags: 2 keys")
    page.get_by_role("tab", name="Faults").click()
    page.get_by_role("button", name="Begin an outage now").click()
    expect(page.locator("#connected")).to_have_text("Discord is down")
    page.get_by_role("button", name="End the outage now").click()
    expect(page.locator("#connected")).to_have_text("flora is connected")


def phone(browser: Browser, url: str, folder: Path) -> None:
    """On a small screen the sides are drawers, and nothing is wider than the screen."""
    page = connected(browser, url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.get_by_role("button", name="Channels and members").click()
    page.get_by_role("button", name="bots").click()
    expect(page.locator("#channel")).to_have_text("# bots")
    say(page, "!ping")
    expect(page.locator("#messages")).to_contain_text("pong!")
    page.get_by_role("button", name="Log and script").click()
    page.get_by_role("tab", name="Script").click()
    expect(page.get_by_role("button", name="Try Ping")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def save(script: Path, text: str) -> None:
    """At once, as editors do: a file that is written piece by piece may be deployed half."""
    new = script.parent.parent / "new"
    new.write_text(text)
    new.replace(script)


def author(browser: Browser, url: str, folder: Path) -> None:
    """`flora dev` behind the page: a script is used, edited on disk, broken, and mended."""
    page = connected(browser, url)
    listed, script = page.locator("#messages"), folder / "project" / "main.ts"
    say(page, "!ping")
    expect(listed).to_contain_text("pong!")
    page.get_by_label("Message", exact=True).fill("/hel")
    page.get_by_role("option", name="/hello greets").click()
    page.locator("#options input").fill("moon")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Press me").click()
    page.get_by_role("dialog", name="A wish").get_by_label("Wish", exact=True).fill("rain")
    page.get_by_role("button", name="Submit").click()
    expect(listed).to_contain_text("wished rain")
    expect(listed).to_contain_text("Only you can see this.")
    page.get_by_role("tab", name="Script").click()
    page.get_by_role("button", name="Run morning now").click()
    expect(page.locator("#panel .cards").first).to_contain_text(re.compile("next .*, last .*: ok"))
    page.get_by_role("tab", name="Data").click()
    expect(page.locator("#panel")).to_contain_text("rounds: 1 key")
    page.get_by_role("tab", name="Log").click()
    expect(page.locator("#log")).to_contain_text("looked around 1")
    source = script.read_text()
    marks = page.locator("#log .deploy")
    before = marks.count()
    save(script, source.replace("pong!", "peng!"))
    expect(marks).to_have_count(before + 1)
    say(page, "!ping")
    expect(listed).to_contain_text("peng!")
    save(script, "// broken\nnope();\n" + source)
    expect(page.locator("#log .deploy.error")).to_have_count(1)
    page.get_by_role("tab", name="Script").click()
    expect(page.locator("#panel").get_by_role("alert")).to_contain_text("main.ts:2:1")
    say(page, "!ping")
    expect(listed.get_by_text("peng!")).to_have_count(2)
    save(script, source)
    expect(page.locator("#panel .state")).to_have_text("live")
    say(page, "!ping")
    expect(listed.get_by_text("pong!")).to_have_count(2)
    for title in ("Ping", "Polls", "Trivia"):
        expect(page.get_by_role("button", name=f"Try {title}")).to_be_visible()
    page.locator(".cards li", has_text="The smallest bot").get_by_text("Source").click()
    expect(page.locator(".cards li", has_text="The smallest bot").locator("pre")).to_contain_text("The smallest bot:")
    page.get_by_role("button", name="Try Polls").click()
    expect(page.locator("#running")).to_have_text("polls.ts live")
    expect(page.get_by_label("Message", exact=True)).to_have_value("/poll")
    expect(page.get_by_role("option", name="/poll")).to_be_visible()


def serious(page: Page) -> list[Any]:
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text())
    violations: list[dict[str, Any]] = page.evaluate("() => axe.run().then((result) => result.violations)")
    return [(one["id"], one["nodes"]) for one in violations if one["impact"] in {"serious", "critical"}]


def accessible(browser: Browser, url: str, scheme: Literal["light", "dark"]) -> None:
    """With messages of every sort, each tab, a form and a modal open."""
    page = connected(browser, url, color_scheme=scheme)
    say(page, "!ping")
    say(page, "!report")
    expect(page.locator("#messages")).to_contain_text("Things grew.")
    use(page, "/hel", "/hello greets")
    page.locator("#options input").fill("moon")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("hello moon")
    use(page, "/all", "/all every kind of option")
    for tab in ("Log", "Script", "Data", "Events", "Faults"):
        page.get_by_role("tab", name=tab).click()
        assert serious(page) == [], tab
    page.locator("#channels").get_by_role("button", name="greenhouse").click()
    assert serious(page) == [], "voice"
    page.get_by_role("menuitem", name="Join").click()
    expect(page.get_by_label("In greenhouse")).to_contain_text("Ada")
    page.get_by_role("button", name="Emoji and stickers").click()
    assert serious(page) == [], "emoji"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keys").click()
    assert serious(page) == [], "keys"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Press me").click()
    expect(page.get_by_role("dialog", name="A wish")).to_be_visible()
    assert serious(page) == []


def accessible_light(browser: Browser, url: str, folder: Path) -> None:
    accessible(browser, url, "light")


def accessible_dark(browser: Browser, url: str, folder: Path) -> None:
    accessible(browser, url, "dark")


def without_javascript(browser: Browser, url: str, folder: Path) -> None:
    page = opened(browser, url, java_script_enabled=False)
    expect(page.locator("body")).to_contain_text(re.compile("needs JavaScript"))


Scenario = Callable[[Browser, str, Path], None]
SCENARIOS: dict[str, Scenario] = {
    scenario.__name__: scenario
    for scenario in (
        everything, options, components, messages, places, people, panel, keyboard, phone, author,
        accessible_light, accessible_dark, without_javascript,
    )
}  # fmt: skip


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
            SCENARIOS[scenario](browser, url, folder)
        except Exception:  # noqa: BLE001  - whatever it is, the test shows it
            traceback.print_exc()
            describe(browser, folder)
            return 1
        finally:
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
