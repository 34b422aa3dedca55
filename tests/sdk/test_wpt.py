"""The runner of web-platform-tests, on a suite of our own: the real one is no part of this repository."""

from pathlib import Path
from typing import Final

import pytest

from tests.sdk.wpt.run import Tally, run_areas
from tests.sdk.wpt.suite import AREAS, pages

PAGE: Final = Path(__file__).parents[2] / "docs" / "web-platform.md"

HARNESS: Final = """
(() => {
  const all = [];
  let tell;
  const harness = { status: 0, ERROR: 1, message: null };
  const ends = () => all.every((one) => one.status !== 3) && tell(all, harness);
  const begin = (name, run) => {
    const one = { name, status: 3, message: null };
    all.push(one);
    const over = (status, message) => { one.status = status; one.message = message; setTimeout(ends); };
    try {
      Promise.resolve(run()).then(() => over(0, null), (error) => over(1, error.message));
    } catch (error) {
      over(1, error.message);
    }
  };
  Object.assign(self, {
    test: (run, name) => begin(name, run),
    promise_test: (run, name) => begin(name, run),
    add_completion_callback: (callback) => { tell = callback; },
    fail_the_harness: (message) => { harness.status = 1; harness.message = message; },
    timeout: () => { for (const one of all) if (one.status === 3) one.status = 2; ends(); },
  });
})();
"""
"""As much of the suite's own harness as the pages below use."""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    write(tmp_path, "resources/testharness.js", HARNESS)
    return tmp_path


def write(suite: Path, path: str, source: str) -> None:
    file = suite / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source)


async def run(suite: Path, area: str = "abort") -> Tally:
    return (await run_areas(suite, [area]))[area]


async def test_it_counts_what_passes_and_says_what_does_not(suite: Path) -> None:
    write(
        suite,
        "dom/abort/some.any.js",
        """
        test(() => new AbortController().abort(), "one that passes");
        test(() => { throw new Error("no good"); }, "one that fails");
        promise_test(async () => { await null; }, "a promise");
        promise_test(async () => { throw new Error("later"); }, "another promise");
        """,
    )

    tally = await run(suite)

    assert (tally.pages, tally.passed, tally.total) == (1, 2, 4)
    assert [(one.page, one.subtest, one.message) for one in tally.failures] == [
        ("dom/abort/some.any.js", "another promise", "later"),
        ("dom/abort/some.any.js", "one that fails", "no good"),
    ]


async def test_a_file_that_throws_is_a_failure_of_its_own(suite: Path) -> None:
    write(suite, "dom/abort/broken.any.js", "test(() => {}, 'never told'); nowhere();")
    write(suite, "dom/abort/harness.any.js", "test(() => {}, 'fine'); fail_the_harness('bad setup');")

    tally = await run(suite)

    assert (tally.pages, tally.passed) == (2, 1)
    assert [(one.subtest, one.message) for one in tally.failures] == [
        ("(the file)", "nowhere is not defined"),
        ("(the harness)", "bad setup"),
    ]


async def test_scripts_variants_and_files_of_the_suite_are_there(suite: Path) -> None:
    write(suite, "common/near.js", "const near = 1; undeclared = 2;")
    write(suite, "url/resources/far.js", "function far() { return near + undeclared; }")
    write(suite, "url/resources/data.json", '{"three": 3}')
    write(
        suite,
        "url/meta.any.js",
        "// META: title=what stands at the top\n// META: script=/common/near.js\n// META: script=resources/far.js\n"
        "// META: variant=?first\n// META: variant=?second\n"
        """
        promise_test(async () => {
          const { three } = await (await fetch("resources/data.json")).json();
          if (far() !== three) throw new Error("the scripts");
        }, "scripts and data");
        promise_test(async () => {
          if ((await fetch("/../outside.json")).status !== 404) throw new Error("outside");
        }, "nothing else");
        test(() => { if (location.search !== "?second") throw new Error(location.search); }, "the second variant");
        """,
    )
    write(suite.parent, "outside.json", "{}")

    tally = await run(suite, "URL")

    assert (tally.pages, tally.passed) == (2, 5)
    assert [(one.page, one.message) for one in tally.failures] == [("url/meta.any.js?first", "?first")]


def test_a_page_for_other_places_is_left_out(suite: Path) -> None:
    write(suite, "dom/abort/service.any.js", "// META: global=serviceworker\n")
    write(suite, "dom/abort/both.any.js", "// META: global=window,serviceworker\n")
    write(suite, "dom/abort/idlharness.any.js", "")
    write(suite, "dom/abort/page.window.js", "")

    assert [page.path for page in pages(suite, "abort")] == ["dom/abort/both.any.js"]


def test_the_page_has_every_area() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [area for area in AREAS if f"\n| {area} |" not in text] == []
