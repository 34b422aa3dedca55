"""docs/benchmarks.md, written from the results that are kept."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast

from bench.harness import HERE, RESULTS, Result

PAGE: Final = HERE.parent / "docs" / "benchmarks.md"
_HEAD: Final = """# Benchmarks

Written by `make bench` from `bench/results/*.json`; do not edit. Repeat one with `python -m bench NAME`.
"""


def write_page(results: Path = RESULTS, page: Path = PAGE) -> Path:
    """One section for each result, each figure a row."""
    sections = [_section(cast("Result", json.loads(path.read_text()))) for path in sorted(results.glob("*.json"))]
    page.parent.mkdir(exist_ok=True)
    page.write_text("\n".join([_HEAD, *sections]))
    return page


def _section(result: Result) -> str:
    machine = cast("Result", result["machine"])
    figures = {key: value for key, value in result.items() if key not in {"bench", "quick", "machine"}}
    rows = [f"| {name} | {value} |" for name, value in _rows(figures)]
    parts = "{cpus} x {model}, Linux {kernel}, Python {python}, {at}"
    place = parts.format_map(machine)
    return "\n".join([f"## {result['bench']}\n", f"On {place}.\n", "| figure | value |", "|---|---|", *rows, ""])


def _rows(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, inner in cast("Result", value).items():
            yield from _rows(inner, f"{name} / {key}" if name else key)
    else:
        yield name, value
