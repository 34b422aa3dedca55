"""docs/benchmarks.md and its pictures, written from the results that are kept.

What a bench's figures mean is written by hand in `bench/words/NAME.md`; figures stand there by their paths, as in
`{peers/deno/p50_ms:.1f}`, so words and results cannot disagree. A line there of the form

    @bars Title | unit | label = path | label = path

becomes a picture, and

    @table corner | column = path | column = path
    row | {rest/of/the/path} and whatever else stands in the cell

up to an empty line a table, whose cells take their figures below the path of their column. A bench without words is
shown by its figures alone, which stand folded under every section.
"""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

from bench import plots
from bench.harness import HERE, RESULTS, Result, module_of

PAGE: Final = HERE.parent / "docs" / "benchmarks.md"
WORDS: Final = HERE / "words"
_FIRST: Final = ("race", "coldstart", "density", "dispatch", "neighbour", "scale", "handover")
_FIGURE: Final = re.compile(r"\{([^{}:]+)(?::([^{}]*))?\}")
_MISSING: Final = "(not measured)"


def write_page(results: Path = RESULTS, page: Path = PAGE) -> Path:
    """The page, and beside it the pictures that it shows."""
    made = pages(results)
    images = page.parent / "images"
    images.mkdir(parents=True, exist_ok=True)
    for old in images.glob("bench-*.svg"):
        old.unlink()
    for name, text in made.items():
        (page if name == "page" else images / name).write_text(text)
    return page


def pages(results: Path = RESULTS) -> dict[str, str]:
    """What is written, by name: `page`, and each picture's file name."""
    made: dict[str, str] = {}
    kept = [cast("Result", json.loads(path.read_text())) for path in sorted(results.glob("*.json"))]
    kept.sort(key=lambda result: (_FIRST.index(result["bench"]) if result["bench"] in _FIRST else 99, result["bench"]))
    sections = [_section(result, made) for result in kept]
    made["page"] = "\n".join([(WORDS / "README.md").read_text(), *sections])
    return made


def _section(result: Result, made: dict[str, str]) -> str:
    name = result["bench"]
    words = WORDS / f"{name}.md"
    body = told(words.read_text(), result, made) if words.exists() else _docstring(name)
    figures = {key: value for key, value in result.items() if key not in {"bench", "quick", "machine"}}
    rows = [f"| {figure} | {value} |" for figure, value in _rows(figures)]
    machine = cast("Result", result["machine"])
    place = "{cpus} x {model}, Linux {kernel}, Python {python}, load {load} at the end, {at}".format_map(machine)
    if "took_s" in machine:
        place += ". It took {took_s:.0f} s, and {cpu_s:.0f} s of CPU in all its processes".format_map(machine)
    if "memory_mb" in machine:
        place += ", of which there were {processes} when they took most memory, {memory_mb:.0f} MB".format_map(machine)
    folded = ["<details><summary>All figures</summary>\n", "| figure | value |", "|---|---|", *rows, "\n</details>\n"]
    return "\n".join([f"## {name}\n", f"`python -m bench {name}` on {place}.\n", body, *folded])


def told(words: str, result: Result, made: dict[str, str]) -> str:
    lines: list[str] = []
    columns: dict[str, str] | None = None
    for line in words.splitlines():
        if line.startswith("@bars "):
            lines.append(_picture(line.removeprefix("@bars "), result, made))
        elif line.startswith("@table "):
            corner, *parts = (part.strip() for part in line.removeprefix("@table ").split("|"))
            columns = _named(parts)
            lines += [f"| {' | '.join([corner, *columns])} |", "|---" * (1 + len(columns)) + "|"]
        elif columns and line:
            label, _, cell = line.partition(" | ")
            lines.append(f"| {' | '.join([label, *(_filled(cell, result, below) for below in columns.values())])} |")
        else:
            columns = None
            lines.append(_filled(line, result))
    return "\n".join([*lines, ""])


def _picture(line: str, result: Result, made: dict[str, str]) -> str:
    title, unit, *parts = (part.strip() for part in line.split("|"))
    prefix = f"bench-{result['bench']}-"
    file = f"{prefix}{1 + sum(name.startswith(prefix) for name in made)}.svg"
    made[file] = plots.bars(title, unit, _heights(result, _named(parts)))
    return f"![{title}](images/{file})"


def _named(parts: list[str]) -> dict[str, str]:
    """Paths by their labels."""
    return {label.strip(): path.strip() for label, _, path in (part.partition("=") for part in parts)}


def _filled(text: str, result: Result, below: str = "") -> str:
    start = f"{below}/" if below else ""
    return _FIGURE.sub(lambda found: _figure(result, start + found[1], found[2]), text)


def _heights(result: Result, named: dict[str, str]) -> dict[str, float]:
    """Those that were measured."""
    values = {label: at(result, path) for label, path in named.items()}
    return {label: value for label, value in values.items() if isinstance(value, int | float)}


def _figure(result: Result, path: str, form: str | None) -> str:
    value = at(result, path)
    return _MISSING if value is None else format(value, form or "")


def at(result: Mapping[str, Any], path: str) -> Any:
    """The figure at a path with slashes; None where there is none."""
    value: Any = result
    for step in path.split("/"):
        value = cast("Mapping[str, Any]", value).get(step) if isinstance(value, dict) else None
    return value


def _docstring(name: str) -> str:
    """A bench's own, up to what it says of its inner parts."""
    path = module_of(name)
    text = ast.get_docstring(ast.parse(path.read_text())) if path.exists() else None
    return f"{text or ''}\n"


def _rows(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, inner in cast("Result", value).items():
            yield from _rows(inner, f"{name} / {key}" if name else key)
    else:
        yield name, value
