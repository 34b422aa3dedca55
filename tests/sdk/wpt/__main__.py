"""`python -m tests.sdk.wpt FOLDER`: how much of web-platform-tests passes in flora's isolates.

FOLDER is a checkout of the suite, or a part of one with the same layout and its `resources/testharness.js`. The suite
is no part of this repository; docs/web-platform.md has the numbers of the last run.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import trio

from tests.sdk.wpt.run import Tally, run_areas
from tests.sdk.wpt.suite import AREAS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.sdk.wpt", description=__doc__)
    parser.add_argument("folder", type=Path, help="a checkout of web-platform-tests")
    parser.add_argument("--area", action="append", choices=AREAS, help="only this area; may be given again")
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    asked = parser.parse_args()
    if not (asked.folder / "resources" / "testharness.js").is_file():
        parser.error(f"{asked.folder} has no resources/testharness.js: it is no checkout of web-platform-tests")
    tallies = trio.run(run_areas, asked.folder, asked.area or AREAS)
    print(_as_json(tallies) if asked.json else _as_text(tallies))  # noqa: T201  a command's answer


def _as_json(tallies: dict[str, Tally]) -> str:
    return json.dumps({area: {**asdict(tally), "total": tally.total} for area, tally in tallies.items()}, indent=1)


def _as_text(tallies: dict[str, Tally]) -> str:
    failed = [
        " ".join(f"{area}: {one.page}: {one.subtest}: {one.message}".split())
        for area, tally in tallies.items()
        for one in tally.failures
    ]
    table = [
        f"| {area} | {tally.pages} | {tally.passed} of {tally.total} |"
        for area, tally in tallies.items()
        if tally.pages
    ]
    return "\n".join((*failed, "", "| area | pages | subtests that pass |", "|---|---|---|", *table))


if __name__ == "__main__":
    main()
