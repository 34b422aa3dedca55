"""The API's own description: OpenAPI 3.1, made from the table of routes and its types, and a page that shows it."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, Final

import msgspec
import trio

from api.access import P
from api.problems import TITLES, ProblemDetails
from api.table import JSON, Answer, Call, Route, packed

_SNOWFLAKE: Final = {"type": "string", "pattern": "^[1-9][0-9]{0,18}$"}
_ALWAYS: Final = (429, 500)
_PAGE_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"
)
_HTML: Final = "text/html; charset=utf-8"
_SCRIPT: Final = "text/javascript; charset=utf-8"
ASSETS: Final = {
    "/": ("home.html", _HTML, "where to go from here"),
    "/tokens": ("tokens.html", _HTML, "a page that makes and ends tokens, for who is logged in"),
    "/tokens/page.js": ("tokens.js", _SCRIPT, "its script"),
    "/authorize": ("authorize.html", _HTML, "a page on which one lets the `flora` command in"),
    "/authorize/page.js": ("authorize.js", _SCRIPT, "its script"),
    "/guilds/page.js": ("guild.js", _SCRIPT, "its script"),
    "/guilds/{guild}": ("guild.html", _HTML, "a page that shows how a guild is, and its log as it comes"),
    "/page/ask.js": ("ask.js", _SCRIPT, "what the pages' scripts share"),
    "/api-docs": ("page.html", _HTML, "this description, to read"),
    "/api-docs/page.js": ("page.js", _SCRIPT, "its script"),
    "/api-docs/page.css": ("page.css", "text/css; charset=utf-8", "the look of these pages"),
}


class Documents:
    """Serves what `describe` made."""

    def __init__(self) -> None:
        self._described: Sequence[Route] = ()
        self._document: Answer | None = None
        folder = files("api") / "page"
        self._assets = {path: (folder / name).read_bytes() for path, (name, _kind, _tells) in ASSETS.items()}

    def __repr__(self) -> str:
        return f"<Documents: {len(self._assets)} assets>"

    def describe(self, routes: Sequence[Route]) -> None:
        """What the description is of. It is made when somebody asks for it, which hardly anybody does."""
        self._described, self._document = routes, None

    def routes(self) -> Sequence[Route]:
        async def document(_call: Call) -> Answer:
            if self._document is None:
                self._document = await trio.to_thread.run_sync(_description, self._described)
            return self._document

        made = [
            Route(method="GET", path=path, handler=document, permission=P.OPEN, answers=dict[str, Any],
                  in_the_open=True, tells="this description, as OpenAPI 3.1")
            for path in ("/api-docs/openapi.json", "/api/openapi.json")
        ]  # fmt: skip
        return [*made, *map(self._asset, ASSETS)]

    def _asset(self, path: str) -> Route:
        _name, kind, tells = ASSETS[path]
        answer = _kept(self._assets[path], kind, {"Content-Security-Policy": _PAGE_POLICY})

        def asset(_call: Call) -> Answer:
            return answer

        return Route(
            method="GET", path=path, handler=asset, permission=P.OPEN, media_type=kind.partition(";")[0],
            in_the_open=True, tells=tells,
        )  # fmt: skip


def _kept(body: bytes, kind: str, headers: Mapping[str, str]) -> Answer:
    """For clients to keep for a while, and then to ask whether it is another."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    kept = {"Cache-Control": "public, max-age=300", "ETag": tag, **headers}
    return Answer(body, media_type=kind, headers=kept, packed=packed(body))


def _description(routes: Sequence[Route]) -> Answer:
    return _kept(msgspec.json.encode(document_of(routes)), JSON, {})


def document_of(routes: Sequence[Route]) -> dict[str, Any]:
    types = {ProblemDetails}
    for route in routes:
        types |= {kind for kind in (route.answers, route.body) if kind is not None and kind is not bytes}
    ordered = sorted(types, key=repr)
    schemas, components = msgspec.json.schema_components(ordered, ref_template="#/components/schemas/{name}")
    by_type = dict(zip(ordered, schemas, strict=True))
    paths: dict[str, Any] = {}
    for route in routes:
        paths.setdefault(route.full_path, {})[route.method.lower()] = _operation(route, by_type)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "flora",
            "version": "1",
            "description": "Deploy scripts to guilds and look after them. Refusals are RFC 9457 problem details with a "
            "stable `code`.",
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "flora_session"},
            },
        },
    }


def _operation(route: Route, types: dict[Any, Any]) -> dict[str, Any]:
    words = re.findall(r"[a-z0-9]+", route.full_path)
    operation: dict[str, Any] = {
        "operationId": "_".join([route.method.lower(), *(words or ["home"])]),
        "summary": route.tells,
        "tags": [next((word for word in words if word != "api"), "api")],
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": _responses(route, types),
    }
    if route.permission is not P.OPEN:
        operation["security"] = [{"token": []}, {"session": []}]
        operation["description"] = f"Needs `{route.permission.value}`."
    if route.body is not None:
        schema = types.get(route.body, {})
        operation["requestBody"] = {
            "required": not route.body_optional,
            "content": {kind: {"schema": _form() if "multipart" in kind else schema} for kind in route.body_types},
        }
    return operation


def _form() -> dict[str, Any]:
    properties = {
        "guild_id": _SNOWFLAKE,
        "entry": {"type": "string"},
        "project_zip": {"type": "string", "format": "binary"},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    names = re.findall(r"\{(\w+)\}", route.full_path)
    numbers = {"guild", "revision", "token_id"}
    text = {"type": "string", "minLength": 1}
    return [
        {"name": name, "in": "path", "required": True, "schema": _SNOWFLAKE if name in numbers else text}
        for name in names
    ]


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    schema: dict[str, Any] = msgspec.json.schema(route.query)
    told = schema["$defs"][route.query.__name__]
    required = set(told.get("required", ()))
    return [
        {"name": name, "in": "query", "required": name in required, "schema": _without_null(one)}
        for name, one in told["properties"].items()
    ]


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter that is not there is left out, not null."""
    kinds = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    found = {**kinds[0]} if len(kinds) == 1 else schema
    return {name: value for name, value in found.items() if value is not None and name != "default"}


def _responses(route: Route, types: dict[Any, Any]) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "It is done."}
    if route.answers is not None:
        success["content"] = {JSON: {"schema": types[route.answers]}}
    elif route.media_type != JSON:
        success["content"] = {route.media_type: {"schema": {"type": "string"}}}
    responses: dict[str, Any] = {str(route.status): success}
    if route.body is bytes and route.permission is P.OPEN:
        responses["202"] = {"description": "It is taken."}
    for status in sorted({*_ALWAYS, *route.refuses, *_usual(route)}):
        problem = {"application/problem+json": {"schema": types[ProblemDetails]}}
        if status == 503 and route.answers is not None and route.answers.__name__ == "Readiness":
            problem = {JSON: {"schema": types[route.answers]}}
        responses.setdefault(str(status), {"description": TITLES[status], "content": problem})
    return responses


def _usual(route: Route) -> set[int]:
    """What the pipeline may answer before a handler is asked."""
    usual = {400, 503} if route.path.count("{") or route.query is not None or route.body is not None else {503}
    if route.permission is not P.OPEN:
        usual |= {401, 403, 502}
    if route.query is not None or route.body is not None or "{" in route.path:
        usual.add(422)
    if route.body is not None:
        usual |= {408, 413, 415}
    if route.timeout_s is not None:
        usual.add(504)
    return usual
