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
from urllib.parse import parse_qsl

import msgspec
import trio
from quart import Response

from actors import daemon_log
from api import problems
from api.access import Permission, authorize
from api.auth import Authenticator, Operators
from api.http import WANTED, HttpApp, PushedResponse
from api.parts import ApiParts
from api.problems import Problem, Unexpected, from_error
from api.rate_limits import RateLimit
from api.resources import all_routes
from api.table import JSON, Answer, Call, Found, Route, Router, packed
from storage.ids import UserId, guild_id

_log = logging.getLogger("api.app")
BODY_S: Final = 30.0
_LONGEST_TARGET: Final = 8_192
_COMPRESSED_FROM: Final = 1_400
_IN_THREAD_FROM: Final = 64 * 1024
_BODILESS: Final = {204, 304}
_ID: Final = re.compile(r"[0-9]{1,20}")
_BASE_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


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
        return await self._response(answer, method, headers, request_id)

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
        call.query = _query(route, request.scope["query_string"])
        if route.body is not None:
            call.body = await self._body(route, call, request)
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

    async def _body(self, route: Route, call: Call, request: Any) -> Any:
        limit = route.body_bytes or self.parts.config.api.body_bytes
        length = call.headers.get("content-length", "")
        if length.isdecimal() and int(length) > limit:
            raise _too_large(limit)
        has_body = (length.isdecimal() and int(length) > 0) or "transfer-encoding" in call.headers
        media = call.headers.get("content-type", "").partition(";")[0].strip().lower()
        if (
            (has_body or not route.body_optional)
            and media not in route.body_types
            and not (media == "" and not has_body)
        ):
            raise Problem(415, "unsupported_media_type", f"send {' or '.join(route.body_types)}")
        data = await _read(request, limit)
        if route.body is bytes:
            return data
        if not data and route.body_optional:
            return route.body() if route.body is not None else None
        return _decoded(route, data)

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

    async def _response(self, answer: Answer, method: str, asked: Mapping[str, str], request_id: str) -> Response:
        if _is_known(answer, asked):
            answer = Answer(status=304, headers=answer.headers)
        headers = {**_BASE_HEADERS, "X-Request-ID": request_id, **answer.headers}
        if self.parts.config.cookie_secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        origin = asked.get("origin")
        if origin is not None and origin in self.parts.config.api.allowed_origins:
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = "Link, X-Next-Cursor, X-Request-ID, Retry-After"
            headers["Vary"] = "Origin"
        response: Response
        if answer.push is not None and method != "HEAD":
            response = pushed = PushedResponse(b"", answer.status, headers, content_type=answer.media_type)
            pushed.push = answer.push
            pushed.headers.pop("Content-Length")  # of the body that Quart knows of: none
        elif answer.stream is not None:
            response = Response(answer.stream, answer.status, headers, content_type=answer.media_type)
            response.timeout = None
        else:
            body = _encoded(answer)
            if self._worth_compressing(answer, body, asked):
                body = await _compressed(body) if answer.packed is None else answer.packed
                headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            bodiless = answer.status in _BODILESS
            empty = bodiless or method == "HEAD"
            response = Response(b"" if empty else body, answer.status, content_type=answer.media_type)
            response.headers.update(headers)
            response.headers["Content-Length"] = str(len(body))
            for name in ("Content-Type", "Content-Length") if bodiless else ():
                response.headers.pop(name, None)
        for cookie in answer.cookies:
            response.headers.add("Set-Cookie", cookie)
        return response

    @staticmethod
    def _worth_compressing(answer: Answer, body: bytes, asked: Mapping[str, str]) -> bool:
        if len(body) < _COMPRESSED_FROM or answer.cookies or "Content-Encoding" in answer.headers:
            return False
        textual = answer.media_type.startswith(("text/", "application/json"))
        return textual and "gzip" in asked.get("accept-encoding", "")


def make_app(parts: ApiParts) -> App:
    return App(parts)


def _is_known(answer: Answer, asked: Mapping[str, str]) -> bool:
    """Whether the client has it already, by the tag that it was given with it."""
    tag, known = answer.headers.get("ETag"), asked.get("if-none-match", "")
    return tag is not None and tag in [one.strip().removeprefix("W/") for one in known.split(",")]


def _cookies(header: str) -> dict[str, str]:
    """Ours have no quotes and no spaces; others' may be anything."""
    pairs = (part.partition("=") for part in header.split(";", 100)[:100])
    return {name.strip(): value.strip() for name, _, value in pairs}


def _encoded(answer: Answer) -> bytes:
    if isinstance(answer.value, bytes):
        return answer.value
    if answer.status in _BODILESS or (answer.value is None and answer.media_type != JSON):
        return b""
    return msgspec.json.encode(answer.value)


async def _compressed(body: bytes) -> bytes:
    return packed(body) if len(body) < _IN_THREAD_FROM else await trio.to_thread.run_sync(packed, body)


def _reason(error: BaseException) -> BaseException:
    """What is in a nursery's group, when it is one thing."""
    inside: Sequence[BaseException] = getattr(error, "exceptions", ())
    return _reason(inside[0]) if len(inside) == 1 else error


def _guild(text: str) -> Any:
    if not _ID.fullmatch(text) or not 0 < int(text) < 2**63:
        raise Problem(400, "bad_guild", "this is not the id of a guild: it is a number, as Discord shows it")
    return guild_id(int(text))


def _too_large(limit: int) -> Problem:
    return Problem(413, "too_large", f"a body may have at most {limit:,} bytes here")


async def _read(request: Any, limit: int) -> bytes:
    request.scope[WANTED].set()
    data = bytearray()
    with trio.move_on_after(BODY_S) as scope:
        async for piece in request.body:
            data += piece
            if len(data) > limit:
                raise _too_large(limit)
    if scope.cancelled_caught:
        raise Problem(408, "body_timeout", f"the body did not come within {BODY_S:g} s")
    return bytes(data)


_AT: Final = re.compile(r"(.*) - at `\$\.?(.*)`", re.DOTALL)


def _unfit(error: msgspec.ValidationError, where: str) -> Problem:
    found = _AT.fullmatch(str(error))
    why, path = (found[1], found[2]) if found else (str(error), "")
    return Problem(
        422, "invalid", f"{path or where}: {why}", more={"errors": [{"path": path or where, "message": why}]}
    )


def _decoded(route: Route, data: bytes) -> Any:
    assert route.body is not None
    try:
        return msgspec.json.decode(data, type=route.body)
    except msgspec.ValidationError as error:
        raise _unfit(error, "the body") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem(400, "bad_json", f"the body is not JSON: {error}") from None


def _query(route: Route, text: bytes) -> Any:
    if route.query is None:
        return None
    try:
        pairs = dict(parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=50))
        return msgspec.convert(pairs, route.query, strict=False)
    except msgspec.ValidationError as error:
        raise _unfit(error, "the query") from None
    except ValueError:
        raise Problem(400, "bad_query", "the query is not UTF-8, or has too many fields") from None
