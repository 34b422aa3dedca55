"""The HTTP API: one pipeline through which every request goes, and what it needs of the daemon.

    app = make_app(parts)

In this order: route, rate limit, who asks, CSRF, may they, query, body, handler. Each step may refuse with a Problem;
what else is raised becomes one, or a 500 whose reason only the daemon's log knows.
"""

import ipaddress
import logging
import re
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from inspect import isawaitable
from typing import Any, Final

import trio
from quart import Response

from actors import daemon_log
from api import problems
from api.access import Permission, authorize
from api.answers import response_of
from api.asked import body_of, query_of
from api.auth import Authenticator, Operators
from api.http import HttpApp
from api.parts import ApiParts
from api.problems import Problem, Unexpected, from_error
from api.rate_limits import RateLimit
from api.resources import all_routes
from api.table import Answer, Call, Found, Router
from storage.ids import UserId, guild_id

_log = logging.getLogger("api.app")
_LONGEST_TARGET: Final = 8_192
_ID: Final = re.compile(r"[0-9]{1,20}")


class App(HttpApp):
    """Made by `make_app`."""

    def __init__(self, parts: ApiParts) -> None:
        super().__init__(self._respond)
        api = parts.config.api
        steady = parts.clocks.steady
        self.parts = parts
        self.authenticator = Authenticator(
            parts.database,
            parts.sessions,
            parts.login,
            parts.clocks,
            Operators(frozenset(map(UserId, api.operators)), api.operator_secret),
            RateLimit("logins", api.logins_per_minute, steady),
        )
        self.router = Router(all_routes(parts, self.authenticator))
        self.answered: Counter[str] = Counter()
        """Requests by what became of them: 2xx, 4xx, ...; for metrics."""
        self._rate = RateLimit("requests", api.requests_per_minute, steady)
        self._origins = frozenset({parts.config.public_url, *api.allowed_origins})

    def close_streams(self) -> None:
        """Before connections are waited for."""
        self.parts.streams.close()

    async def share_counts(self) -> None:
        """With the other daemons of this cache, for limits that hold for all of them together."""
        await self._rate.share(self.parts.cache)
        await self.authenticator.refused.share(self.parts.cache)

    async def _respond(self, request: Any) -> Response:
        request_id = uuid.uuid4().hex
        daemon_log.request.set(request_id)
        method, path = str(request.method), request.scope["raw_path"].decode("latin-1")
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in request.scope["headers"]}
        answer = self._refused(Problem(504, "timeout", "this took too long"), path, request_id)
        try:
            with trio.CancelScope() as scope:
                answer = await self._answer(request, method, headers, request_id, scope)
        except (Exception, BaseExceptionGroup) as error:  # noqa: BLE001 -- every one ends as a problem
            answer = self._refused(self._problem(error, request_id, method, path), path, request_id)
        self.answered[f"{answer.status // 100}xx"] += 1
        _log.debug("%s %s answered %d", method, path[:200], answer.status)
        return await response_of(self.parts.config, answer, method, headers, request_id)

    async def _answer(
        self, request: Any, method: str, headers: Mapping[str, str], request_id: str, scope: trio.CancelScope
    ) -> Answer:
        raw_path: bytes = request.scope["raw_path"]
        if len(raw_path) + len(request.scope["query_string"]) > _LONGEST_TARGET:
            raise Problem(414, "uri_too_long", f"an address has at most {_LONGEST_TARGET} bytes")
        if method == "OPTIONS":
            return self._preflight(headers)
        found = self.router.find(method, raw_path)
        call = Call(
            method=method,
            path=raw_path.decode("latin-1"),
            names=found.names,
            headers=headers,
            address=self._address(request.scope, headers),
            request_id=request_id,
            cookies=_cookies(headers.get("cookie", "")),
        )
        await self._check(found, call)
        route = found.route
        call.query = query_of(route, request.scope["query_string"])
        if route.body is not None:
            call.body = await body_of(route, call, request, self.parts.config.api.body_bytes)
        if route.timeout_s is not None:
            scope.deadline = trio.current_time() + route.timeout_s
        given = route.handler(call)
        if isawaitable(given):
            given = await given
        scope.deadline = float("inf")
        return given if isinstance(given, Answer) else Answer(given, route.status, route.media_type)

    async def _check(self, found: Found, call: Call) -> None:
        """Who asks, how often, and whether they may."""
        route = found.route
        if route.permission is Permission.OPEN:
            self._rate.take(call.address)
            return
        call.principal = await self.authenticator.principal(call.headers, call.cookies, call.address)
        self._rate.take(call.principal.key)
        if route.changes:
            self.authenticator.check_csrf(call.principal, call.headers, self._origins)
        if "guild" in found.names:
            call.guild = _guild(found.names["guild"])
        await authorize(route.permission, call.principal, call.guild, self.parts.directory)

    def _address(self, scope: Any, headers: Mapping[str, str]) -> str:
        """Of the client; proxies are believed only when they are ours."""
        proxies = self.parts.config.api.trusted_proxies
        client = scope.get("client")
        peer = str(client[0]) if client else "local"
        if not proxies or "x-forwarded-for" not in headers:
            return peer
        for hop in [peer, *reversed(headers["x-forwarded-for"].split(","))]:
            try:
                address = ipaddress.ip_address(hop.strip())
            except ValueError:
                if hop == peer:  # a unix socket: whoever may connect to it is ours
                    continue
                return peer
            if not any(address in network for network in proxies):
                return str(address)
        return peer

    def _preflight(self, headers: Mapping[str, str]) -> Answer:
        allowed = {
            "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
            "Access-Control-Allow-Headers": "authorization, content-type, idempotency-key, last-event-id",
            "Access-Control-Max-Age": "600",
        }
        return Answer(status=204, headers=allowed if headers.get("origin") in self._origins else {})

    def _problem(self, error: BaseException, request_id: str, method: str, path: str) -> Problem:
        found = from_error(_reason(error))
        if isinstance(found, Unexpected):
            _log.error("%s %s of request %s failed", method, path[:200], request_id, exc_info=error)
            return Problem(
                500, "internal", "something went wrong here; the daemon's log has more under this request's id"
            )
        return found

    def _refused(self, problem: Problem, path: str, request_id: str) -> Answer:
        return Answer(problem.body(path, request_id), problem.status, problems.MEDIA_TYPE, problem.headers)


def make_app(parts: ApiParts) -> App:
    return App(parts)


def _cookies(header: str) -> dict[str, str]:
    """Ours have no quotes and no spaces; others' may be anything."""
    pairs = (part.partition("=") for part in header.split(";", 100)[:100])
    return {name.strip(): value.strip() for name, _, value in pairs}


def _reason(error: BaseException) -> BaseException:
    """What is in a nursery's group, when it is one thing."""
    inside: Sequence[BaseException] = getattr(error, "exceptions", ())
    return _reason(inside[0]) if len(inside) == 1 else error


def _guild(text: str) -> Any:
    if not _ID.fullmatch(text) or not 0 < int(text) < 2**63:
        raise Problem(400, "bad_guild", "this is not the id of a guild: it is a number, as Discord shows it")
    return guild_id(int(text))
