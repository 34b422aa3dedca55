"""Makes `discord_operations.json` from Discord's OpenAPI document, which is this script's only argument.

The document itself is large and Discord's; what tests need of it is small. For each operation that flora knows: its
name, method and route, the names and kinds of its query, and the top level of its body and of its answer.
A kind is the JSON types that a value may have, by their first letters: `sn` is a string or null.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "discord_operations.json"
OWN_SCOPE = ("/channels/", "/guilds/{guild_id}", "/interactions/", "/stage-instances/", "/webhooks/")
ALSO = {"/gateway/bot", "/applications/@me", "/applications/{application_id}/guilds/{guild_id}/commands"}
METHODS = ("get", "post", "put", "patch", "delete")
LETTERS = {"string": "s", "integer": "i", "number": "f", "boolean": "b", "object": "o", "array": "a", "null": "n"}
Schema = dict[str, Any]


class Document:
    """Looks things up."""

    def __init__(self, document: Schema) -> None:
        self._document = document

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

    def resolved(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            found: Any = self._document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            schema = found
        return schema

    def variants(self, schema: Schema) -> list[Schema]:
        """What a schema may be, without its `oneOf`s; an `allOf` is merged."""
        schema = self.resolved(schema)
        if types_of(schema) and "object" not in types_of(schema):
            return [schema]  # an enumeration names its values one by one
        for name in ("oneOf", "anyOf"):
            if name in schema:
                return [variant for each in schema[name] for variant in self.variants(each)]
        if "allOf" in schema:
            parts = [variant for each in schema["allOf"] for variant in self.variants(each)]
            if not any("properties" in part for part in parts):
                return parts
            merged: Schema = {"type": "object", "properties": {}, "required": []}
            for part in parts:
                merged["properties"] |= part.get("properties", {})
                merged["required"] = [*merged["required"], *part.get("required", [])]
            return [merged]
        return [schema]

    def kind(self, schema: Schema) -> str:
        letters: set[str] = set()
        for variant in self.variants(schema):
            types = types_of(variant)
            letters.update(LETTERS[each] for each in types)
            if not types:
                return ""  # anything
        return "".join(sorted(letters))

    def shape(self, schema: Schema) -> Schema:
        """The properties of all variants, and those that each of them requires."""
        variants = [one for one in self.variants(schema) if types_of(one) != ["null"]]
        arrays = [one for one in variants if "array" in types_of(one)]
        if arrays:
            return {"each": self.shape(arrays[0].get("items", {}))}
        objects = [one for one in variants if "properties" in one]
        properties: dict[str, set[str]] = {}
        for one in objects:
            for name, value in one["properties"].items():
                properties.setdefault(name, set()).update(self.kind(value) or "abfinos")
        needed: list[set[str]] = [set(one.get("required", [])) for one in objects]
        required = needed[0].intersection(*needed[1:]) if needed else set[str]()
        return {
            "has": {name: "".join(sorted(letters)) for name, letters in sorted(properties.items())},
            "needs": sorted(required),
        }

    def content(self, holder: Schema) -> Schema | None:
        schema = self.resolved(holder).get("content", {}).get("application/json", {}).get("schema")
        return None if schema is None else self.shape(schema)


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
            "query": {one["name"]: document.kind(one["schema"]) for one in found if one["in"] == "query"},
            "body": document.content(operation["requestBody"]) if "requestBody" in operation else None,
            "answer": answers[0] if answers else None,
        }
        table[camel(operation["operationId"])] = {name: value for name, value in row.items() if value}
    return table


if __name__ == "__main__":
    derived = derive(Document(json.loads(Path(sys.argv[1]).read_text())))
    lines = (f"{json.dumps(name)}: {json.dumps(row, separators=(',', ':'))}" for name, row in sorted(derived.items()))
    TABLE.write_text("{\n" + ",\n".join(lines) + "\n}\n")
