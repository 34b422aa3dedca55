"""docs/api.md, made from the table of routes and the table of who may do what."""

from typing import Any, Final

from api.access import FOR_OPERATORS, OF_GUILDS, SCOPES, Permission
from api.resources import all_routes
from api.table import Route


class _Unopened:
    """Stands behind the routes where nothing is asked of them."""

    def __getattr__(self, name: str) -> "_Unopened":
        return self

    def keys(self) -> tuple[str, ...]:
        return ()


def described_routes() -> list[Route]:
    """The table, without a daemon behind it."""
    nothing: Any = _Unopened()
    return list(all_routes(nothing, nothing))


def page() -> str:
    """The whole page."""
    lines = [_HEAD, _SCOPES_HEAD]
    for permission in Permission:
        if permission is Permission.OPEN:
            continue
        scopes = ", ".join(f"`{name}`" for name, granted in SCOPES.items() if permission in granted)
        lines.append(f"| `{permission.value}` | {_who(permission)} | {scopes} |")
    section = ""
    for route in sorted(described_routes(), key=_place):
        tag = _place(route)[0]
        if tag != section:
            section = tag
            lines += [f"\n## {tag}\n", "| what | needs | |", "|---|---|---|"]
        lines.append(f"| `{route.method} {route.full_path}` | `{route.permission.value}` | {route.tells} |")
    return "\n".join(lines) + "\n"


def _who(permission: Permission) -> str:
    if permission in FOR_OPERATORS:
        return "operators"
    return "administrators of the guild, operators" if permission in OF_GUILDS else "who is logged in"


def _place(route: Route) -> tuple[str, str, str]:
    words = route.full_path.strip("/").split("/")
    return (words[1] if words[0] == "api" and len(words) > 1 else words[0], route.full_path, route.method)


_SCOPES_HEAD: Final = """
## Who may do what

One table (`api/access.py`), asked in one place for every request. An administrator of a guild has ADMINISTRATOR or
MANAGE_GUILD there. A token acts for its user, within its own scopes and guilds; a token made with a token may no more.

| permission | who | scopes of tokens that have it |
|---|---|---|"""

_HEAD: Final = """# The HTTP API

Written by `make docs` from `api/route_page.py` and the table of routes; `make test` fails when it is out of date.
A running flora shows the same with every field at `/api-docs`, and as OpenAPI 3.1 at `/api-docs/openapi.json`.

    curl -H "Authorization: Bearer flora_..." https://flora.example.com/api/deployments/81384788765712384

**The first token.** A fresh data directory gets `operator.token`, which only flora's user reads; the first start says
so in one line. `flora login --token-stdin < data/operator.token`, then `flora tokens create` for everything else. With
`DISCORD_CLIENT_ID` and `DISCORD_CLIENT_SECRET` set, people log in at `/api/auth/login` with Discord.

**Refusals** are RFC 9457 problem details (`application/problem+json`) with a stable `code`, a sentence in `detail`, and
`message` as the first version had it. A wrong field is named in `errors[].path`. Quote `request_id` when you ask: the
daemon's log has it too.

**Deploys** are all or nothing and one at a time for each guild; `?wait=false` refuses with `deploy_in_progress` rather
than wait. With an `Idempotency-Key` the same deploy can be asked for again after a broken connection: it is made once,
and the answer says `Idempotency-Replayed: true`. Who goes away in the middle leaves the old script or the new one.

**Streams** (`text/event-stream`): every line has an id; reconnect with `Last-Event-ID` (or `?after=`) and nothing is
missed or said twice. Besides lines there are the events `deploy`, `deploy_failed`, `undeploy`, `pause`, `resume`,
`restart`, and `dropped` with how many lines are gone for good. A comment comes every 15 s when nothing else does.
A stream ends when the token that opened it is revoked; one guild has at most half of `API_STREAMS`.

**Pages**: a list that goes on says so in `X-Next-Cursor` (and `Link`); pass it as `cursor` (logs: `before`).

**Pages of browsers** send the `csrf_token` of `/api/auth/me` as `X-CSRF-Token` with whatever changes something. Other
origins are refused unless `API_ALLOWED_ORIGINS` names them.

**Limits**: 8 MiB for a body (builds 32 MiB, imports 64 MiB), refused before it is read; requests by token and logins by
address in a minute ([configuration.md](configuration.md)); `Retry-After` says when to come again.

**Guild ids, revisions and versions are texts**: JavaScript's numbers end before they do."""
