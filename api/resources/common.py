"""What resources share: ids, pages, who did it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from api.parts import ApiParts
from api.problems import Problem, invalid
from api.table import Answer, Call
from storage.postgres.audit import Deed, append_audit
from storage.records import DeploySource


class Page(msgspec.Struct, forbid_unknown_fields=True):
    """Newest first. `cursor` is what `X-Next-Cursor` of the page before said."""

    limit: int = 25
    cursor: str | None = None


class Done(msgspec.Struct):
    """It is done."""

    success: bool = True


def identity(text: str, what: str) -> int:
    """A number of ours out of a path or a cursor."""
    if not text.isascii() or not text.isdecimal() or not 0 < int(text[:20]) < 2**63 or len(text) > 19:
        raise Problem(400, "bad_id", f"this is not the id of {what}")
    return int(text)


def seen(call: Call, after: str | None, what: str) -> int | None:
    """The number of the last event that a reader had, when it comes back; None when it is new."""
    said = call.headers.get("last-event-id") or after
    return None if not said else 0 if said == "0" else identity(said, what)


def size(limit: int, most: int) -> int:
    if limit < 1:
        raise invalid("limit", "must be at least 1")
    return min(limit, most)


def page(call: Call, entries: Sequence[Any], cursor: int | None) -> Answer:
    """A list; where it goes on is said in headers, so that the body stays the list that clients know."""
    if cursor is None:
        return Answer(entries)
    link = f'<{call.path}?cursor={cursor}>; rel="next"'
    return Answer(entries, headers={"X-Next-Cursor": str(cursor), "Link": link})


def source_of(call: Call) -> DeploySource:
    """As the first version's header says it."""
    said = call.headers.get("x-flora-deploy-source", "unknown").lower()
    if said == "unknown":
        return DeploySource.API
    try:
        return DeploySource(said)
    except ValueError:
        known = ", ".join([*(one.value for one in DeploySource), "unknown"])
        raise Problem(400, "bad_source", f"x-flora-deploy-source is one of {known}") from None


async def audit(parts: ApiParts, call: Call, action: str, target: str = "", detail: Any = None) -> None:
    deed = Deed(call.guild, call.who.actor, action, target[:200], detail)
    await parts.database.run(append_audit, deed, parts.database.limits)


def utc(text: str | None, field: str) -> datetime | None:
    """A moment: RFC 3339, or Unix milliseconds."""
    if text is None:
        return None
    try:
        return msgspec.convert(float(text) / 1000 if text.lstrip("-").isdecimal() else text, datetime, strict=False)
    except (msgspec.ValidationError, ValueError, OverflowError):
        raise invalid(field, "must be a moment like 2026-11-27T10:00:00Z") from None
