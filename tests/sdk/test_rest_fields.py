"""What sdk/src/declarations/rest_fields.d.ts says of each operation is what Discord's document knows."""

import re
from collections.abc import Iterator
from typing import Any, Final

from sdk.build import DECLARATIONS, SOURCES
from sdk.build.operations import MESSAGES, declared_fields, path_names, rest_operations
from tests.gateway.discord_table import SHAPES, TABLE

DECLARED: Final = (SOURCES / "declarations" / "rest_fields.d.ts").read_text(encoding="utf-8")
BY_OTHERS: Final = {*MESSAGES, "createInteractionResponse"}
"""Their bodies are messages, or made by contexts."""


def declared() -> dict[str, set[str]]:
    """By operation its fields; a `!` behind those that are needed."""
    return {
        name: {f"{field}!" if needed else field for field, needed in fields.items()}
        for name, fields in declared_fields(DECLARED).items()
    }


def known(name: str, method: str) -> set[str]:
    row = TABLE[name]
    if method == "GET":
        return {_camel(one) for one in row.get("query", {})}
    bodies = list(_objects(row.get("body", "")))
    whole: set[str] = {field for one in bodies for field in one["has"]}
    always = {field for field in whole if all(field in one.get("needs", ()) for one in bodies)}
    return {f"{_camel(field)}!" if field in always else _camel(field) for field in whole}


def _objects(shape: Any) -> Iterator[dict[str, Any]]:
    """The objects that a body may be."""
    while isinstance(shape, str) and shape.startswith("@"):
        shape = SHAPES.named(shape[1:])
    match shape:
        case {"has": _}:
            yield shape
        case {"each": _}:
            yield {"has": {"body": shape}, "needs": ["body"]}
        case {"one": shapes}:
            for one in shapes:
                yield from _objects(one)
        case _:
            return


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def test_each_operation_has_the_fields_that_discord_knows() -> None:
    ours = declared()
    theirs = {name: known(name, method) for name, method, _ in rest_operations() if name not in BY_OTHERS}
    theirs = {name: fields for name, fields in theirs.items() if fields}
    assert ours.keys() == theirs.keys()
    assert {name: ours[name] ^ theirs[name] for name in ours if ours[name] != theirs[name]} == {}


def test_no_field_is_in_the_way_of_a_name_in_the_path() -> None:
    twice = {
        name: clash
        for name, _, route in rest_operations()
        if (clash := set(path_names(route)) & {field.rstrip("!") for field in declared().get(name, set())})
    }
    assert twice == {}


def test_nothing_of_rest_is_typed_as_anything() -> None:
    rest = (
        DECLARATIONS.read_text(encoding="utf-8")
        .split("\n// -- what rest.* is given", 1)[1]
        .split("\n// -- the web", 1)[0]
    )
    loose = [
        line
        for line in rest.splitlines()
        if re.search(r"\bany\b", line) and not line.lstrip().startswith(("//", "*", "/*"))
    ]
    assert [line for line in loose if "SlashCommand<any>" not in line] == []
