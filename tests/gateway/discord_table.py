"""Discord's operations, as far as tests hold requests and answers to them. `derive_operations.py` makes the table."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

Row = Mapping[str, Any]
TABLE: Final[Mapping[str, Row]] = json.loads((Path(__file__).parent / "discord_operations.json").read_text())
BY_ROUTE: Final = {(row["method"], row["route"]): name for name, row in TABLE.items()}
_LETTERS: Final[tuple[tuple[type, str], ...]] = ((str, "s"), (bool, "b"), (dict, "o"), (list, "a"), (type(None), "n"))


def find(method: str, path: str) -> tuple[str, Row] | None:
    """The operation that a path is of. Fixed parts go before parameters: `@original` is no message's id."""
    parts = path.strip("/").split("/")
    best: tuple[int, str] | None = None
    for (other, route), name in BY_ROUTE.items():
        pattern = route.strip("/").split("/")
        if other != method or len(pattern) != len(parts):
            continue
        if all(one == part or one.startswith("{") for one, part in zip(pattern, parts, strict=True)):
            fixed = sum(not one.startswith("{") for one in pattern)
            best = max(best or (-1, ""), (fixed, name))
    return None if best is None else (best[1], TABLE[best[1]])


def request_faults(method: str, path: str, query: Mapping[str, str], body: object) -> list[str]:
    """What Discord's document does not know of a request, or misses in it."""
    found = find(method, path)
    if found is None:
        return [f"{method} {path} is no operation"]
    name, row = found
    faults = [f"{name}: the query {one} is not known" for one in query if one not in row.get("query", {})]
    if body is not None:
        faults += [f"{name}: {fault}" for fault in shape_faults(row.get("body"), body, closed=True)]
    return faults


def answer_faults(name: str, body: object) -> list[str]:
    """What is missing in an answer, or of another kind than it should be."""
    shape = TABLE[name].get("answer")
    return [f"{name}: {fault}" for fault in shape_faults(shape, body, closed=False)] if shape else []


def shape_faults(shape: Row | None, value: object, *, closed: bool) -> Iterator[str]:
    """`closed`: nothing may be there that is not known."""
    if shape is None:
        yield "it has no body"
    elif "each" in shape:
        if not isinstance(value, list):
            yield f"a list is wanted, not {type(value).__name__}"
            return
        for one in cast("list[object]", value):
            yield from shape_faults(shape["each"], one, closed=closed)
    elif isinstance(value, dict):
        yield from _object_faults(shape, cast("dict[str, object]", value), closed=closed)
    elif shape["has"]:
        yield f"an object is wanted, not {type(value).__name__}"


def _object_faults(shape: Row, value: Mapping[str, object], *, closed: bool) -> Iterator[str]:
    has: Mapping[str, str] = shape["has"]
    for name in shape["needs"]:
        if name not in value:
            yield f"{name} is missing"
    for name, one in value.items():
        if name not in has:
            if closed and has:
                yield f"{name} is not known"
        elif not _is_of(one, has[name]):
            yield f"{name} is {one!r:.60}, and should be one of {has[name]}"


def _is_of(value: object, kinds: str) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return bool({"i", "f"} & set(kinds))
    return next(letter for kind, letter in _LETTERS if isinstance(value, kind)) in kinds
