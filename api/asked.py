"""What came with a request: its query and its body, as the types that its route has for them, or a refusal.

A body is read only when everything else was checked, and no further than it may be long.
"""

import re
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec
import trio

from api.http import WANTED
from api.problems import Problem
from api.table import Call, Route
from storage.checks import why_not_json

BODY_S: Final = 30.0
_AT: Final = re.compile(r"(.*) - at `\$\.?(.*)`", re.DOTALL)


def query_of(route: Route, text: bytes) -> Any:
    if route.query is None:
        return None
    try:
        pairs = dict(parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=50))
        return msgspec.convert(pairs, route.query, strict=False)
    except msgspec.ValidationError as error:
        raise _unfit(error, "the query") from None
    except ValueError:
        raise Problem(400, "bad_query", "the query is not UTF-8, or has too many fields") from None


async def body_of(route: Route, call: Call, request: Any, usual_limit: int) -> Any:
    limit = route.body_bytes or usual_limit
    length = call.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        raise _too_large(limit)
    has_body = (length.isdecimal() and int(length) > 0) or "transfer-encoding" in call.headers
    media = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_expected = has_body or not route.body_optional
    if is_expected and media not in route.body_types and (media or has_body):
        raise Problem(415, "unsupported_media_type", f"send {' or '.join(route.body_types)}")
    data = await _read(request, limit)
    if route.body is bytes:
        return data
    if not data and route.body_optional:
        return route.body() if route.body is not None else None
    return _decoded(route, data)


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


def _decoded(route: Route, data: bytes) -> Any:
    assert route.body is not None
    try:
        return msgspec.json.decode(data, type=route.body)
    except msgspec.ValidationError as error:
        raise _unfit(error, "the body") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem(400, "bad_json", f"the body is not JSON: {why_not_json(data, error)}") from None


def _too_large(limit: int) -> Problem:
    return Problem(413, "too_large", f"a body may have at most {limit:,} bytes here")


def _unfit(error: msgspec.ValidationError, where: str) -> Problem:
    """Names the field by its path."""
    found = _AT.fullmatch(str(error))
    why, path = (found[1], found[2]) if found else (str(error), "")
    return Problem(
        422, "invalid", f"{path or where}: {why}", more={"errors": [{"path": path or where, "message": why}]}
    )
