"""`fetch`: what the SDK's fetch asks of the host (actors/egress.py has the rules)."""

from typing import Any

import msgspec

from actors.egress import Egress, FetchAsked
from actors.operations.refusals import STORED
from actors.operations.row import Arguments, own_guild
from actors.ops import Caller, OpTable


class Fetch(Arguments, kw_only=True):
    url: str
    method: str = "GET"
    headers: list[tuple[str, str]] = msgspec.field(default_factory=list)
    body: bytes | None = None
    redirect: str = "follow"


def register_fetch(table: OpTable, egress: Egress) -> None:
    """Puts `fetch` into the table."""

    async def fetch(caller: Caller, asked: Fetch) -> Any:
        request = FetchAsked(asked.url, asked.method, asked.headers, asked.body, asked.redirect)
        answer = await egress.fetch(caller.guild, request)
        return {
            "status": answer.status,
            "statusText": answer.status_text,
            "headers": answer.headers,
            "body": answer.body,
            "url": answer.url,
            "redirected": answer.redirected,
        }

    table.register(
        own_guild(
            "fetch",
            Fetch,
            fetch,
            doc="Send an HTTP request to the public internet; the guild's secrets stand in it as placeholders.",
            result=(
                "{ status: number; statusText: string; headers: [string, string][]; body: string; "
                "url: string; redirected: boolean }"
            ),
            errors=(
                *STORED,
                "FETCH_FAILED",
                "FETCH_FORBIDDEN",
                "FETCH_REDIRECTED",
                "FETCH_TIMEOUT",
                "FETCH_TOO_LARGE",
                "SECRET_NOT_ALLOWED",
            ),
        )
    )
