"""Routes as data: method, path, who may, what comes in, what goes out. The router, the checks, the OpenAPI document and
the tests all read this one table."""

import gzip
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, TypeVar
from urllib.parse import unquote_to_bytes

from api.access import Permission, Principal
from api.problems import Problem
from api.streams.sinks import Push
from storage.ids import GuildId

Typed = TypeVar("Typed")
JSON: Final = "application/json"
MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a handler gives when plain JSON with 200 is not enough."""

    value: Any = None
    """Encoded as JSON, unless it is bytes."""
    status: int = 200
    media_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    cookies: Sequence[str] = ()
    """Whole Set-Cookie headers."""
    stream: AsyncIterator[bytes] | None = None
    packed: bytes | None = None
    """The value compressed with gzip, where it was made once for all."""
    push: Push | None = None
    """Writes its body itself: a log, to a thousand readers."""


def packed(body: bytes) -> bytes:
    return gzip.compress(body, 5, mtime=0)


@dataclass(slots=True)
class Call:
    """One request, after everything about it was checked."""

    method: str
    path: str
    names: Mapping[str, str]
    """What stands in the path's braces, decoded."""
    headers: Mapping[str, str]
    """By small names; the last of each."""
    address: str
    request_id: str
    principal: Principal | None = None
    guild: GuildId | None = None
    query: Any = None
    body: Any = None
    cookies: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def who(self) -> Principal:
        assert self.principal is not None
        return self.principal

    @property
    def of_guild(self) -> GuildId:
        assert self.guild is not None
        return self.guild

    def query_as(self, kind: type[Typed]) -> Typed:
        assert isinstance(self.query, kind)
        return self.query

    def body_as(self, kind: type[Typed]) -> Typed:
        assert isinstance(self.body, kind)
        return self.body


Handler: TypeAlias = Callable[[Call], Awaitable[Any] | Any]
"""Gives an Answer, or what its JSON is made of; asynchronous where it waits for something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """See the module."""

    method: str
    path: str
    handler: Handler
    permission: Permission
    tells: str
    """One line for the documentation."""
    answers: Any = None
    """The type of the answer's JSON; None: nothing, or no JSON."""
    status: int = 200
    media_type: str = JSON
    query: type[Any] | None = None
    body: type[Any] | None = None
    """A msgspec Struct, or `bytes` for what is not JSON."""
    body_types: Sequence[str] = (JSON,)
    body_bytes: int | None = None
    """Instead of the configured limit."""
    body_optional: bool = False
    timeout_s: float | None = 30.0
    refuses: Sequence[int] = ()
    """Statuses beside those that every such route has."""
    in_the_open: bool = False
    """Not under /api."""

    @property
    def full_path(self) -> str:
        return self.path if self.in_the_open else f"/api{self.path}"

    @property
    def changes(self) -> bool:
        return self.method not in {"GET", "HEAD"}


@dataclass(slots=True)
class _Node:
    literal: "dict[str, _Node]" = field(default_factory=dict[str, "_Node"])
    variable: "_Node | None" = None
    routes: dict[str, tuple[Route, tuple[str, ...]]] = field(default_factory=dict[str, tuple[Route, tuple[str, ...]]])


@dataclass(frozen=True, slots=True)
class Found:
    route: Route
    names: Mapping[str, str]


class Router:
    """Finds routes by the path as it was sent, so that a name may hold an encoded slash."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self.routes = tuple(routes)
        self._root = _Node()
        for route in routes:
            self._add(route)

    def _add(self, route: Route) -> None:
        node = self._root
        names: list[str] = []
        for part in route.full_path.strip("/").split("/"):
            if part.startswith("{"):
                names.append(part[1:-1])
                node.variable = node.variable or _Node()
                node = node.variable
            else:
                node = node.literal.setdefault(part, _Node())
        assert route.method not in node.routes, f"{route.method} {route.full_path} is there twice"
        node.routes[route.method] = (route, tuple(names))

    def find(self, method: str, raw_path: bytes) -> Found:
        """Raises Problem 404 and 405. HEAD is GET."""
        parts = [_decoded(part) for part in raw_path.removeprefix(b"/").split(b"/")]
        nodes = list(_walk(self._root, parts, ()))
        wanted = "GET" if method == "HEAD" else method
        allowed: set[str] = set()
        for node, values in nodes:
            found = node.routes.get(wanted)
            if found is not None:
                route, names = found
                return Found(route, dict(zip(names, values, strict=True)))
            allowed |= set(node.routes)
        if not allowed:
            raise Problem(404, "no_route", "there is nothing here", hint="/api-docs lists what there is")
        names_allowed = ", ".join(sorted(allowed | ({"HEAD"} if "GET" in allowed else set())))
        raise Problem(405, "method_not_allowed", f"this takes {names_allowed}", headers={"Allow": names_allowed})


def _walk(node: _Node, parts: list[str], values: tuple[str, ...]) -> "list[tuple[_Node, tuple[str, ...]]]":
    """All nodes that a path leads to, those with more words of their own first."""
    if not parts:
        return [(node, values)] if node.routes else []
    found: list[tuple[_Node, tuple[str, ...]]] = []
    if parts[0] in node.literal:
        found += _walk(node.literal[parts[0]], parts[1:], values)
    if node.variable is not None and parts[0]:
        found += _walk(node.variable, parts[1:], (*values, parts[0]))
    return found


def _decoded(part: bytes) -> str:
    try:
        return unquote_to_bytes(part).decode()
    except UnicodeDecodeError:
        raise Problem(400, "bad_path", "the path is not UTF-8") from None
