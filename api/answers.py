"""What goes back: an Answer with the headers that all have, compressed for who asks, or not at all for who has it."""

from collections.abc import Mapping
from typing import Final

import msgspec
import trio
from quart import Response

from api.config import Config
from api.http import PushedResponse
from api.table import JSON, Answer, packed

_COMPRESSED_FROM: Final = 1_400
_IN_THREAD_FROM: Final = 64 * 1024
_BODILESS: Final = {204, 304}
_BASE_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


async def response_of(
    config: Config, answer: Answer, method: str, asked: Mapping[str, str], request_id: str
) -> Response:
    """`asked` are the headers of the request."""
    if _is_known(answer, asked):
        answer = Answer(status=304, headers=answer.headers)
    response = await _with_body(answer, method, asked)
    headers = {**_BASE_HEADERS, "X-Request-ID": request_id, **answer.headers}
    if config.cookie_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    response.headers.update(headers)
    origin = asked.get("origin")
    if origin is not None and origin in config.api.allowed_origins:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Link, X-Next-Cursor, X-Request-ID, Retry-After"
        response.vary.add("Origin")
    for cookie in answer.cookies:
        response.headers.add("Set-Cookie", cookie)
    return response


async def _with_body(answer: Answer, method: str, asked: Mapping[str, str]) -> Response:
    if answer.push is not None and method != "HEAD":
        pushed = PushedResponse(b"", answer.status, content_type=answer.media_type)
        pushed.push = answer.push
        pushed.headers.pop("Content-Length")  # of the body that Quart knows of: none
        return pushed
    if answer.stream is not None:
        streamed = Response(answer.stream, answer.status, content_type=answer.media_type)
        streamed.timeout = None
        return streamed
    body, is_packed = _encoded(answer), False
    if _is_worth_packing(answer, body, asked):
        body, is_packed = await _packed(answer, body), True
    if answer.status in _BODILESS:
        response = Response(b"", answer.status)
        response.headers.pop("Content-Type")
        response.headers.pop("Content-Length")
        return response
    response = Response(b"" if method == "HEAD" else body, answer.status, content_type=answer.media_type)
    response.headers["Content-Length"] = str(len(body))
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
    return response


def _is_known(answer: Answer, asked: Mapping[str, str]) -> bool:
    """Whether the client has it already, by the tag that it was given with it."""
    tag, known = answer.headers.get("ETag"), asked.get("if-none-match", "")
    return tag is not None and tag in [one.strip().removeprefix("W/") for one in known.split(",")]


def _encoded(answer: Answer) -> bytes:
    if isinstance(answer.value, bytes):
        return answer.value
    if answer.status in _BODILESS or (answer.value is None and answer.media_type != JSON):
        return b""
    return msgspec.json.encode(answer.value)


def _is_worth_packing(answer: Answer, body: bytes, asked: Mapping[str, str]) -> bool:
    if len(body) < _COMPRESSED_FROM or answer.cookies or "Content-Encoding" in answer.headers:
        return False
    textual = answer.media_type.startswith(("text/", "application/json"))
    return textual and "gzip" in asked.get("accept-encoding", "")


async def _packed(answer: Answer, body: bytes) -> bytes:
    if answer.packed is not None:
        return answer.packed
    return packed(body) if len(body) < _IN_THREAD_FROM else await trio.to_thread.run_sync(packed, body)
