"""Tokens: made by their user, shown once, for some purposes, some guilds and some time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from api.access import SCOPES, P
from api.auth import Authenticator, beyond, token_key
from api.parts import ApiParts
from api.problems import Problem, forbidden, invalid, not_found
from api.resources.common import audit, identity
from api.table import Answer, Call, Route
from storage.ids import GuildId, TokenId
from storage.postgres.token_create import NewToken, TooManyTokens, create_token
from storage.postgres.token_read import list_tokens, revoke_token
from storage.records import ApiToken

_LONGEST_DAYS = 3_650


class TokenBody(msgspec.Struct, forbid_unknown_fields=True):
    """Without scopes: all that its user may do in guilds. Without guilds: all that its user administrates."""

    label: str | None = None
    scopes: list[str] | None = None
    guilds: list[str] | None = None
    expires_at: datetime | None = None
    expires_in_days: float | None = None


class TokenInfo(msgspec.Struct):
    token_id: str
    label: str
    scopes: list[str]
    guilds: list[str] | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class NewTokenInfo(TokenInfo):
    """`token` is shown this once only."""

    token: str


def routes(parts: ApiParts, authenticator: Authenticator) -> Sequence[Route]:
    async def create(call: Call) -> NewTokenInfo:
        body, who = call.body_as(TokenBody), call.who
        scopes = frozenset(["full"] if body.scopes is None else body.scopes)
        unknown = scopes - set(SCOPES)
        if unknown or not scopes:
            raise invalid("scopes", f"are some of {', '.join(SCOPES)}")
        if too_much := beyond(who, scopes):
            raise forbidden("scope_too_wide", f"you may not hand on {', '.join(sorted(too_much))}")
        guilds = (
            who.guilds if body.guilds is None else frozenset(GuildId(identity(one, "a guild")) for one in body.guilds)
        )
        if who.guilds is not None and guilds is not None and not guilds <= who.guilds:
            raise forbidden("guild_forbidden", "this token may not hand on guilds that it does not have")
        new = NewToken(who.user, body.label or "token", sorted(scopes), guilds, _expiry(parts, body))
        made = await parts.database.run(create_token, new, parts.database.limits)
        if isinstance(made, TooManyTokens):
            raise Problem(409, "too_many_tokens", f"a user has at most {made.limit:g} tokens; revoke one")
        await audit(parts, call, "token.create", str(made.token.id), {"scopes": sorted(scopes)})
        return NewTokenInfo(**msgspec.structs.asdict(_info(made.token)), token=made.text.reveal())

    async def list_all(call: Call) -> list[TokenInfo]:
        return [_info(one) for one in await parts.database.run(list_tokens, call.who.user)]

    async def revoke(call: Call) -> Answer:
        token = TokenId(identity(call.names["token_id"], "a token"))
        if not await parts.database.run(revoke_token, call.who.user, token):
            raise not_found("Token not found")
        authenticator.forget(token)
        parts.streams.recheck(token_key(token))
        await audit(parts, call, "token.revoke", str(token))
        return Answer(status=204)

    return [
        Route(method="GET", path="/tokens", handler=list_all, permission=P.TOKENS, answers=list[TokenInfo],
              tells="your tokens, newest first"),
        Route(method="POST", path="/tokens", handler=create, permission=P.TOKENS, body=TokenBody,
              answers=NewTokenInfo, refuses=(400, 409), tells="make a token that may at most what you may"),
        Route(method="DELETE", path="/tokens/{token_id}", handler=revoke, permission=P.TOKENS, status=204,
              refuses=(400, 404), tells="end a token at once"),
    ]  # fmt: skip


def _expiry(parts: ApiParts, body: TokenBody) -> datetime | None:
    now = parts.clocks.now()
    expires_at = body.expires_at
    if body.expires_in_days is not None:
        if not 0 < body.expires_in_days <= _LONGEST_DAYS:
            raise invalid("expires_in_days", f"lies above 0, up to {_LONGEST_DAYS}")
        expires_at = now + timedelta(days=body.expires_in_days)
    if expires_at is None:
        return None
    if expires_at.tzinfo is None or expires_at <= now:
        raise invalid("expires_at", "must have a time zone and lie in the future")
    return expires_at


def _info(token: ApiToken) -> TokenInfo:
    guilds = None if token.guilds is None else sorted(map(str, token.guilds))
    return TokenInfo(
        str(token.id),
        token.label,
        sorted(token.scopes),
        guilds,
        token.created_at,
        token.expires_at,
        token.last_used_at,
    )
