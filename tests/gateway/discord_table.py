"""Discord's operations, as far as tests hold requests and answers to them. `derive_operations.py` makes the table."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tests.gateway.discord_shapes import Shapes

Row = Mapping[str, Any]
_WHOLE: Final[Mapping[str, Any]] = json.loads((Path(__file__).parent / "discord_operations.json").read_text())
TABLE: Final[Mapping[str, Row]] = _WHOLE["operations"]
SHAPES: Final = Shapes(_WHOLE["shapes"])
BY_ROUTE: Final = {(row["method"], row["route"]): name for name, row in TABLE.items()}


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


def request_faults(method: str, path: str, query: Mapping[str, object], body: object) -> list[str]:
    """What Discord's document does not know of a request, or misses in it."""
    found = find(method, path)
    return [f"{method} {path} is no operation"] if found is None else operation_faults(found[0], query, body)


def operation_faults(name: str, query: Mapping[str, object], body: object) -> list[str]:
    """The same, of an operation by its name."""
    row = TABLE[name]
    faults = [f"{name}: the query {one} is not known" for one in query if one not in row.get("query", {})]
    if body is None:
        return faults
    if "body" not in row:
        return [*faults, f"{name}: it has no body"]
    return faults + [f"{name}: {fault}" for fault in SHAPES.faults(row["body"], body, closed=True)]


def answer_faults(name: str, status: int, body: object) -> list[str]:
    """What is missing in an answer, or of another kind than it should be, at any depth."""
    row = TABLE[name]
    if status not in row["good"]:
        return [f"{name}: the status is {status}, and should be one of {row['good']}"]
    if status == 204:
        return [] if body is None else [f"{name}: there is a body"]
    return [f"{name}: {one}" for one in SHAPES.faults(row["answer"], body, closed=False)] if "answer" in row else []
