"""Refusals: RFC 9457 problem details with a stable `code`, and the `message` that clients of the first version read.

Everything that a request can end with, but success, is a `Problem`; what other layers raise is made one here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from actors.cron_plan import BadCronError
from actors.refs import RuntimeRefusedError
from gateway.discord_api import DiscordAwayError
from gateway.rest import DiscordError
from storage.errors import CacheUnavailable, InvalidInput, StorageUnavailable
from storage.kv.errors import (
    GuildNotEmpty,
    GuildQuotaExceeded,
    KeyNotFound,
    KvError,
    KvRefused,
    StoreQuotaExceeded,
    ValueTooLarge,
)

MEDIA_TYPE: Final = "application/problem+json"
TITLES: Final = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Resource not found",
    405: "Method not allowed",
    408: "Request timeout",
    409: "Conflict",
    413: "Payload too large",
    414: "URI too long",
    415: "Unsupported media type",
    422: "Unprocessable content",
    429: "Too many requests",
    500: "Internal server error",
    502: "Bad gateway",
    503: "Service unavailable",
    504: "Gateway timeout",
}


class Problem(Exception):  # noqa: N818  as its RFC names it
    """How a request is refused. `code` never changes its meaning; `detail` is a sentence for people."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        hint: str = "",
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.hint = hint
        self.headers = dict(headers or {})
        self.more = dict(more or {})

    def body(self, instance: str, request_id: str) -> bytes:
        title = TITLES.get(self.status, "Problem")
        told = {
            "type": f"/api-docs#problem-{self.code}",
            "title": title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            "code": self.code,
            "message": title if self.status == 500 else f"{title}: {self.detail}",
            "request_id": request_id,
        }
        if self.hint:
            told["hint"] = self.hint
        return msgspec.json.encode({**self.more, **told})


class ProblemDetails(msgspec.Struct):
    """A refusal, as RFC 9457 has it. `code` is stable."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    message: str
    request_id: str
    hint: str | msgspec.UnsetType = msgspec.UNSET


def not_found(what: str) -> Problem:
    return Problem(404, "not_found", what)


def invalid(path: str, why: str) -> Problem:
    """422: which field, and what is wrong with it."""
    return Problem(422, "invalid", f"{path} {why}", more={"errors": [{"path": path, "message": why}]})


def forbidden(code: str, why: str, hint: str = "") -> Problem:
    return Problem(403, code, why, hint=hint)


def unauthorized(code: str, why: str) -> Problem:
    return Problem(401, code, why, headers={"WWW-Authenticate": 'Bearer realm="flora"'})


def unavailable(code: str, why: str) -> Problem:
    return Problem(503, code, why, headers={"Retry-After": "5"})


_KV_STATUS: Final[tuple[tuple[type[KvRefused], int], ...]] = (
    (KeyNotFound, 404),
    (GuildNotEmpty, 409),
    (ValueTooLarge, 413),
    (StoreQuotaExceeded, 409),
    (GuildQuotaExceeded, 409),
)
_RUNTIME_STATUS: Final = {
    "not_deployed": 404,
    "no_such_worker": 404,
    "no_workers": 503,
    "unavailable": 503,
    "internal": 500,
}
"""Other codes of the runtime are conflicts: what was asked cannot be now."""


@dataclass(frozen=True, slots=True)
class Unexpected:
    """A bug, or a full disk: told to the log, not to the caller."""

    error: BaseException


def from_error(error: BaseException) -> Problem | Unexpected:
    """What another layer raised, as a refusal."""
    match error:
        case Problem():
            return error
        case InvalidInput():
            return invalid(error.field, error.reason)
        case BadCronError():
            return Problem(400, "bad_cron", str(error))
        case KvError():
            return _of_kv(error)
        case RuntimeRefusedError():
            code = error.code.lower()
            status = _RUNTIME_STATUS.get(code, 409)
            return Problem(status, code, str(error), headers={"Retry-After": "5"} if status == 503 else {})
        case _:
            return _AWAY.get(type(error)) or Unexpected(error)


def _of_kv(error: KvError) -> Problem:
    if not isinstance(error, KvRefused):
        return unavailable(error.code, "the key-value store cannot do this now")
    status = next((status for kind, status in _KV_STATUS if isinstance(error, kind)), 422)
    return Problem(status, error.code, str(error) or error.code)


_DISCORD: Final = Problem(502, "discord_failed", "Discord did not answer as it should; try again")
_AWAY: Final[dict[type[BaseException], Problem]] = {
    StorageUnavailable: unavailable(
        "database_unavailable", "the database does not answer; ask again to see what was done"
    ),
    CacheUnavailable: unavailable("cache_unavailable", "the cache does not answer"),
    DiscordAwayError: _DISCORD,
    DiscordError: _DISCORD,
}
