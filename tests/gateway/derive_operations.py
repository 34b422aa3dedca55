"""Makes `discord_operations.json` from Discord's OpenAPI document, which is this script's only argument.

The document itself is large and Discord's; what tests need of it is small: for each operation that flora knows its
name, method, route, query, body and answer, and the shapes that these are made of; `discord_shapes.py` says what a
shape is.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

TABLE = Path(__file__).parent / "discord_operations.json"
OWN_SCOPE = ("/channels/", "/guilds/{guild_id}", "/interactions/", "/stage-instances/", "/webhooks/")
COMMANDS = "/applications/{application_id}/guilds/{guild_id}/commands"
ALSO = {
    "/gateway/bot", "/applications/@me", "/stage-instances", COMMANDS, f"{COMMANDS}/permissions",
    f"{COMMANDS}/{{command_id}}", f"{COMMANDS}/{{command_id}}/permissions",
}  # fmt: skip
METHODS = ("get", "post", "put", "patch", "delete")
LETTERS = {"string": "s", "integer": "i", "number": "f", "boolean": "b", "object": "o", "array": "a", "null": "n"}
BOUNDS = {
    "minLength": "least", "maxLength": "most", "minimum": "least", "maximum": "most", "minItems": "least",
    "maxItems": "most", "minProperties": "least", "maxProperties": "most",
}  # fmt: skip
FORMS = {"snowflake", "date-time", "uri"}
WIDEST = 1 << 53
"""A bound beyond this is that of the number's kind, which nobody meets."""
Schema = dict[str, Any]


class Document:
    """Looks things up, and keeps the shapes that were needed."""

    def __init__(self, document: Schema) -> None:
        self._document = document
        self.shapes: dict[str, Any] = {}

    def operations(self) -> Iterator[tuple[str, str, Schema, list[Schema]]]:
        for route, methods in self._document["paths"].items():
            if not route.startswith(OWN_SCOPE) and route not in ALSO:
                continue
            for method in METHODS:
                if method in methods:
                    operation = methods[method]
                    yield method.upper(), route, operation, [
                        *methods.get("parameters", []), *operation.get("parameters", [])
                    ]  # fmt: skip

    def _found(self, reference: str) -> Schema:
        found: Any = self._document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        return dict(found)

    def resolved(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            schema = self._found(schema["$ref"])
        return schema

    def shape(self, schema: Schema) -> Any:
        if "$ref" in schema:
            return self._named(schema["$ref"])
        types = types_of(schema)
        if schema.get("enum"):
            return {"is": schema["enum"]}
        if "const" in schema:
            return {"is": [schema["const"]]}
        variants: list[Schema] = schema.get("oneOf") or schema.get("anyOf") or []
        if variants:
            found = [self.shape(one) for one in variants] + (["n"] if "null" in types else [])
            return one_of(found)
        if "allOf" in schema:
            return self._merged(schema["allOf"])
        return one_of([self._of_type(one, schema) for one in types]) if types else ""

    def _named(self, reference: str) -> Any:
        """Small ones stand where they are used; the others are told once."""
        name = reference.rpartition("/")[2]
        if name not in self.shapes:
            self.shapes[name] = ""  # it may hold itself
            self.shapes[name] = self.shape(self._found(reference))
        found = self.shapes[name]
        return found if found and isinstance(found, str) else f"@{name}"

    def _merged(self, parts: list[Schema]) -> Any:
        if len(parts) == 1:
            return self.shape(parts[0])
        merged: Schema = {"type": "object", "properties": {}, "required": []}
        for part in map(self.resolved, parts):
            merged["properties"] |= part.get("properties", {})
            merged["required"] = [*merged["required"], *part.get("required", [])]
        return self.shape(merged)

    def _of_type(self, type_name: str, schema: Schema) -> Any:
        bounds = {BOUNDS[name]: value for name, value in schema.items() if name in BOUNDS and abs(value) < WIDEST}
        if type_name == "array":
            return {"each": self.shape(schema.get("items", {})), **bounds}
        if type_name == "object":
            return self._object(schema, bounds)
        if schema.get("format") in FORMS and type_name == "string":
            bounds["form"] = schema["format"]
        letter = LETTERS[type_name]
        return {"kind": letter, **bounds} if bounds and letter in "sif" else letter

    def _object(self, schema: Schema, bounds: Schema) -> Any:
        has = {name: self.shape(value) for name, value in sorted(schema.get("properties", {}).items())}
        shape: Schema = {"has": has, **bounds} | ({"needs": sorted(schema["required"])} if "required" in schema else {})
        more = schema.get("additionalProperties")
        if isinstance(more, dict):
            shape["rest"] = self.shape(cast("Schema", more))
        return shape if has or "rest" in shape else "o"

    def content(self, holder: Schema) -> Any:
        schema = self.resolved(holder).get("content", {}).get("application/json", {}).get("schema")
        return None if schema is None else self.shape(schema)


def one_of(shapes: list[Any]) -> Any:
    """A union; of plain kinds, and of listed values, it is again one."""
    flat: list[Any] = [inner for one in shapes for inner in _variants(one)]
    letters = {letter for one in flat if isinstance(one, str) and not one.startswith("@") for letter in one}
    values = [value for one in flat if "is" in _node(one) for value in one["is"]]
    others = [one for one in flat if (_node(one) and "is" not in one) or str(one).startswith("@")]
    found: list[Any] = [
        *others,
        *([{"is": values}] if values else []),
        *(["".join(sorted(letters))] if letters else []),
    ]
    return found[0] if len(found) == 1 else {"one": found}


def _variants(shape: Any) -> list[Any]:
    return list(_node(shape).get("one", [shape]))


def _node(shape: Any) -> Schema:
    return cast("Schema", shape) if isinstance(shape, dict) else {}


def types_of(schema: Schema) -> list[str]:
    found = schema.get("type", [])
    return [found] if isinstance(found, str) else list(found)


def camel(operation: str) -> str:
    first, *rest = operation.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)


def derive(document: Document) -> Schema:
    table: Schema = {}
    for method, route, operation, parameters in document.operations():
        found = [document.resolved(one) for one in parameters]
        good = {code: one for code, one in operation["responses"].items() if code.startswith("2")}
        answers = [shape for one in good.values() if (shape := document.content(one)) is not None]
        row: Schema = {
            "method": method,
            "route": route,
            "query": {one["name"]: document.shape(one["schema"]) for one in found if one["in"] == "query"},
            "body": document.content(operation["requestBody"]) if "requestBody" in operation else None,
            "answer": one_of(answers) if answers else None,
            "good": sorted(map(int, good)),
        }
        table[camel(operation["operationId"])] = {name: value for name, value in row.items() if value}
    return table


def needed(roots: Any, shapes: Schema) -> Schema:
    """The shapes that these lead to."""
    found: Schema = {}
    waiting: list[Any] = [roots]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif str(one).startswith("@") and one[1:] not in found:
            found[one[1:]] = shapes[one[1:]]
            waiting.append(shapes[one[1:]])
        waiting += [inner for key, inner in _node(one).items() if key != "is"]
    return dict(sorted(found.items()))


def text_of(table: Schema) -> str:
    """One line for each, so that a newer document is a diff that can be read."""
    lines = (f"{json.dumps(name)}: {json.dumps(row, separators=(',', ':'))}" for name, row in sorted(table.items()))
    return "{\n" + ",\n".join(lines) + "\n}"


if __name__ == "__main__":
    source = Document(json.loads(Path(sys.argv[1]).read_text()))
    derived = derive(source)
    shapes = needed(list(derived.values()), source.shapes)
    TABLE.write_text(f'{{"operations": {text_of(derived)},\n"shapes": {text_of(shapes)}}}\n')
