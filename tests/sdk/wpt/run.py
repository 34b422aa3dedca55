"""Runs pages of web-platform-tests, each in an isolate of its own with the built prelude and production's limits."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import msgspec
import trio

from actors.isolate.isolate import Isolate, Load
from actors.isolate.process import Zygote, open_zygote
from actors.isolate.records import Operation, Record
from actors.limits import IsolateLimits
from actors.outcomes import LoadOutcome
from tests.sdk.wpt.suite import AREAS, Page, pages

_HERE: Final = Path(__file__).parent
_ORIGIN: Final = "http://web-platform.test"
_PATIENCE_S: Final = 20.0
"""For the tests of one page; what has not ended then counts as failed."""
_AT_ONCE: Final = 2
_PASSED, _PRECONDITION_FAILED = 0, 4
"""Numbers of the suite's harness. The last is of what a platform may leave away; it counts as nothing."""
_ENDED: Final = {LoadOutcome.LOADED, LoadOutcome.REGISTERED_NOTHING}


@dataclass(frozen=True, slots=True)
class Failure:
    page: str
    subtest: str
    message: str


@dataclass(slots=True)
class Tally:
    """How the subtests of an area went."""

    pages: int = 0
    passed: int = 0
    failures: list[Failure] = field(default_factory=list[Failure])

    @property
    def total(self) -> int:
        return self.passed + len(self.failures)


async def run_areas(folder: Path, areas: Iterable[str] = AREAS) -> dict[str, Tally]:
    """Runs what the checkout has of these areas. An area of which it has nothing has no pages."""
    tallies = {area: Tally() for area in areas}
    slots = trio.CapacityLimiter(_AT_ONCE)
    limits = IsolateLimits(load_s=_PATIENCE_S + 10)
    async with open_zygote(limits=limits) as zygote, trio.open_nursery() as nursery:
        for area, tally in tallies.items():
            for page in pages(folder, area):
                nursery.start_soon(_run_page, zygote, folder, page, tally, slots)
    for tally in tallies.values():
        tally.failures.sort(key=lambda failure: (failure.page, failure.subtest))
    return tallies


async def _run_page(zygote: Zygote, folder: Path, page: Page, tally: Tally, slots: trio.CapacityLimiter) -> None:
    async with slots:
        isolate = await zygote.fork()
        host = _Host(folder)
        isolate.listener = host.hear
        load = await isolate.load(_source(folder, page), page.path)
        await isolate.close()
    tally.pages += 1
    if load.outcome not in _ENDED:
        tally.failures.append(Failure(page.name, "(the file)", _why(load)))
    for name, status, message in host.results:
        if status == _PRECONDITION_FAILED or not page.counts(name):
            continue
        if status == _PASSED:
            tally.passed += 1
        else:
            tally.failures.append(Failure(page.name, name, message or "did not end"))


def _why(load: Load) -> str:
    return load.error.message if load.error else load.outcome.value


def _source(folder: Path, page: Page) -> str:
    """All scripts of the page as one, in the order in which a browser would run them.

    As the body of a function of its own: a bundle is strict code, and the suite is written for scripts that are not.
    """
    own = {name: (_HERE / f"{name}.js").read_text() for name in ("before", "between", "after")}
    before = own["before"].replace("PLACE", json.dumps(f"{_ORIGIN}/{page.name}"))
    after = own["after"].replace("PATIENCE_MS", str(int(_PATIENCE_S * 1000)))
    theirs = [(folder / path).read_text(encoding="utf-8") for path in (*page.scripts, page.path)]
    harness = (folder / "resources" / "testharness.js").read_text(encoding="utf-8")
    body = "\n".join((before, harness, own["between"], *theirs, after))
    return f"await (async () => {{}}).constructor({json.dumps(body)})();"


class _Host:
    """Answers what a page asks for: the suite's files, and to be rid of its results."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.results: list[tuple[str, int, str | None]] = []

    def hear(self, isolate: Isolate, records: list[Record]) -> None:
        for record in records:
            if isinstance(record, Operation):
                self._answer(isolate, record)

    def _answer(self, isolate: Isolate, asked: Operation) -> None:
        arguments = msgspec.json.decode(asked.arguments)
        if asked.name == "wpt.results":
            self.results.extend((name, status, message) for name, status, message in arguments)
            isolate.answer(asked.id, b"null")
        elif asked.name == "fetch":
            isolate.answer(asked.id, msgspec.json.encode(self._file(arguments["url"])))
        else:
            isolate.refuse(asked.id, f"no {asked.name} here", "UNKNOWN_OPERATION")

    def _file(self, url: str) -> dict[str, Any]:
        """A file of the suite, as its server would send it."""
        file = self._folder / unquote(urlsplit(url).path).lstrip("/")
        found = file.is_file() and file.resolve().is_relative_to(self._folder.resolve())
        return {
            "status": 200 if found else 404,
            "statusText": "OK" if found else "Not Found",
            "headers": [],
            "body": base64.b64encode(file.read_bytes() if found else b"").decode(),
            "url": url,
            "redirected": False,
        }
