"""Logging in with the `flora` command: its person says yes in a browser, and it gets a token of its own.

The command, which nobody knows yet, asks with a port on which it listens and the challenge of a secret that it keeps.
Its person opens /authorize, logs in, sees who asks, and allows it: the browser is sent to that port of its own machine,
with a code. Code and secret make a token; the code alone is of no use to whoever sees an address.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from api.access import P
from api.auth import Authenticator
from api.discord_login import no_login
from api.parts import ApiParts
from api.problems import Problem, forbidden, invalid, not_found, unauthorized
from api.resources.common import audit
from api.table import Call, Route
from storage.ids import UserId
from storage.postgres.token_create import NewToken, TooManyTokens, create_token
from storage.redis.values import TimedValues

ASKED_S: Final = 600.0
_CODE_S: Final = 120.0
_TOKEN_LIFE: Final = timedelta(days=90)
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")


class CommandBody(msgspec.Struct, forbid_unknown_fields=True):
    """`challenge` is the SHA-256 of a secret, as base64url; `name` is the machine, for its person to know it by."""

    port: int
    challenge: str
    name: str


class CommandAsked(msgspec.Struct):
    """`request` goes to /authorize?request=..."""

    request: str
    expires_in: float


class CommandInfo(msgspec.Struct):
    name: str


class AllowBody(msgspec.Struct, forbid_unknown_fields=True):
    allow: bool


class Allowed(msgspec.Struct):
    """Where the browser goes next: back to the command."""

    location: str


class CodeBody(msgspec.Struct, forbid_unknown_fields=True):
    code: str
    verifier: str


class CommandToken(msgspec.Struct):
    token: str
    token_id: str
    user: str
    expires_in: float


def routes(parts: ApiParts, authenticator: Authenticator) -> Sequence[Route]:
    asked = TimedValues(parts.cache, "command-login", ASKED_S)
    codes = TimedValues(parts.cache, "command-code", _CODE_S)

    async def ask(call: Call) -> CommandAsked:
        if parts.login is None:
            raise no_login()
        authenticator.refused.take(call.address)
        body = call.body_as(CommandBody)
        if not 0 < body.port < 1 << 16:
            raise invalid("port", "is one, of 1 to 65535")
        if not _CHALLENGE.fullmatch(body.challenge):
            raise invalid("challenge", "is a SHA-256 as base64url, without padding")
        if not body.name.isprintable() or not 0 < len(body.name) <= 100:
            raise invalid("name", "has 1 to 100 printable characters")
        request = secrets.token_urlsafe(24)
        await asked.put(request, {"port": body.port, "challenge": body.challenge, "name": body.name})
        return CommandAsked(request, ASKED_S)

    async def info(call: Call) -> CommandInfo:
        kept: Any = await asked.get(call.names["request"])
        if kept is None:
            raise _over()
        return CommandInfo(str(kept["name"]))

    async def answer(call: Call) -> Allowed:
        if call.who.session is None:
            raise forbidden("session_needed", "only who is logged in here may say yes, no token")
        kept: Any = await asked.take(call.names["request"])
        if kept is None:
            raise _over()
        back = f"http://127.0.0.1:{int(kept['port'])}/"
        if not call.body_as(AllowBody).allow:
            return Allowed(f"{back}?{urlencode({'error': 'refused'})}")
        code = secrets.token_urlsafe(32)
        scope = "operator" if call.who.operator else "full"
        grant = {"challenge": kept["challenge"], "name": kept["name"], "user": str(call.who.user), "scope": scope}
        await codes.put(code, grant | {"who": call.who.name})
        await audit(parts, call, "token.allow", str(kept["name"]))
        return Allowed(f"{back}?{urlencode({'code': code})}")

    async def redeem(call: Call) -> CommandToken:
        authenticator.refused.check(call.address)
        body = call.body_as(CodeBody)
        kept: Any = await codes.take(body.code)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(body.verifier.encode()).digest()).decode().rstrip("=")
        if kept is None or not hmac.compare_digest(challenge, str(kept["challenge"])):
            authenticator.refused.take(call.address)
            raise unauthorized("login_refused", "this login is not known, or was used before; begin again")
        until = parts.clocks.now() + _TOKEN_LIFE
        new = NewToken(UserId(int(kept["user"])), f"flora on {kept['name']}", (str(kept["scope"]),), None, until)
        made = await parts.database.run(create_token, new, parts.database.limits)
        if isinstance(made, TooManyTokens):
            raise Problem(409, "too_many_tokens", f"a user has at most {made.limit:g} tokens; revoke one")
        life = _TOKEN_LIFE.total_seconds()
        return CommandToken(made.text.reveal(), str(made.token.id), str(kept["who"]), life)

    one = "/auth/command/{request}"
    return [
        Route(method="POST", path="/auth/command", handler=ask, permission=P.OPEN, body=CommandBody,
              answers=CommandAsked, refuses=(404,), tells="the flora command asks to be let in"),
        Route(method="GET", path=one, handler=info, permission=P.IDENTITY, answers=CommandInfo, refuses=(404,),
              tells="which machine's command asks"),
        Route(method="POST", path=f"{one}/answer", handler=answer, permission=P.TOKENS, body=AllowBody,
              answers=Allowed, refuses=(404,), tells="let it in, or not; for who is logged in"),
        Route(method="POST", path="/auth/command-token", handler=redeem, permission=P.OPEN, body=CodeBody,
              answers=CommandToken, refuses=(401, 409), tells="a token, for a code and the secret of its challenge"),
    ]  # fmt: skip


def _over() -> Problem:
    return not_found("this login is over; begin again with `flora login`")
