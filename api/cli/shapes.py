"""JSON from elsewhere, taken as what it should be, or as nothing."""

from collections.abc import Iterable
from typing import Any, cast


def as_map(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def as_maps(value: object) -> list[dict[str, Any]]:
    """The objects of a list."""
    return [as_map(item) for item in as_list(value)]


def as_list(value: object) -> list[Any]:
    return list(cast("Iterable[Any]", value)) if isinstance(value, list) else []


def name_of(entry: object) -> str:
    """Of an object with a name, or of what is a name itself."""
    return str(as_map(entry).get("name", "") or entry)


def page_of(answer: object, *names: str) -> list[dict[str, Any]]:
    """The entries of an answer that is a list, or an object with a list under one of the names."""
    if isinstance(answer, list):
        return as_maps(cast("object", answer))
    found = as_map(answer)
    for name in names:
        if found.get(name):
            return as_maps(found[name])
    return []
