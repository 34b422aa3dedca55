"""Logging in with Discord, and who one is."""

import contextlib
from collections.abc import Sequence

import msgspec

from api.access import SCOPES, P
from api.auth import Authenticator
from api.discord_login import no_login
from api.parts import ApiParts
from api.problems import Problem, unauthorized
from api.sessions import COOKIE, CSRF_COOKIE, STATE_COOKIE, Cookies
from api.table import Answer, Call, Route
from gateway.discord_api import DiscordAwayError

_STATE_PATH = "/api/auth"


class LoginQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`next` is a path of this site to go to afterwards."""

    next: str = "/"


class CallbackQuery(msgspec.Struct):
    code: str = ""
    state: str = ""
    error: str = ""


class User(msgspec.Struct):
    id: str
    username: str
    global_name: str | None = None
    avatar: str | None = None


class Me(msgspec.Struct, omit_defaults=True):
    """`csrf_token` goes into the header X-CSRF-Token of whatever a page changes."""

    user: User
    operator: bool
    scopes: list[str]
    guilds: list[str] | None = None
    csrf_token: str | None = None


def routes(parts: ApiParts, authenticator: Authenticator) -> Sequence[Route]:
    cookies = Cookies(parts.config.cookie_secure, parts.config.storage.session_life)

    async def login(call: Call) -> Answer:
        if parts.login is None:
            raise no_login()
        authenticator.refused.take(call.address)
        where, state = await parts.login.begin(call.query_as(LoginQuery).next)
        cookie = cookies.make(STATE_COOKIE, state, path=_STATE_PATH, life_s=parts.config.storage.oauth_state_life)
        return _redirect(where, [cookie])

    async def callback(call: Call) -> Answer:
        if parts.login is None:
            raise no_login()
        authenticator.refused.check(call.address)
        query = call.query_as(CallbackQuery)
        if query.error or not query.code or not query.state:
            raise unauthorized("login_refused", "Discord did not let you in; begin again")
        session, then = await parts.login.finish(query.code, query.state, call.cookies.get(STATE_COOKIE, ""))
        with contextlib.suppress(DiscordAwayError, Problem):  # for what his tokens ask later
            await parts.login.guilds(session)
        value = await parts.sessions.begin(session)
        name = parts.sessions.name_in(value)
        assert name is not None
        csrf = cookies.make(CSRF_COOKIE, parts.sessions.csrf_token(name), readable=True)
        return _redirect(then, [cookies.make(COOKIE, value), csrf, cookies.drop(STATE_COOKIE, _STATE_PATH)])

    async def logout(call: Call) -> Answer:
        name = call.who.session
        if name is None:
            raise Problem(400, "no_session", "this is a token, not a login; DELETE /api/tokens/{id} ends it")
        session = await parts.sessions.read(name)
        await parts.sessions.end(name)
        parts.streams.recheck(call.who.key)
        if session is not None and parts.login is not None:
            await parts.login.revoke(session)
        return Answer(status=204, cookies=[cookies.drop(COOKIE), cookies.drop(CSRF_COOKIE)])

    async def me(call: Call) -> Me:
        who = call.who
        user = User(str(who.user), who.name)
        csrf = None
        if who.session is not None:
            session = await parts.sessions.read(who.session)
            if session is not None:
                user = User(str(who.user), session.username, session.global_name, session.avatar)
            csrf = parts.sessions.csrf_token(who.session)
        scopes = sorted(name for name, granted in SCOPES.items() if granted <= who.permissions)
        guilds = None if who.guilds is None else sorted(map(str, who.guilds))
        return Me(user, who.operator, scopes, guilds, csrf)

    return [
        Route(method="GET", path="/auth/login", handler=login, permission=P.OPEN, query=LoginQuery, status=303,
              refuses=(404, 502, 503), tells="to Discord, to log in"),
        Route(method="GET", path="/auth/callback", handler=callback, permission=P.OPEN, query=CallbackQuery,
              status=303, refuses=(401, 404, 502, 503), tells="back from Discord"),
        Route(method="POST", path="/auth/logout", handler=logout, permission=P.IDENTITY, status=204,
              refuses=(400, 503), tells="end this login, here and at Discord"),
        Route(method="GET", path="/auth/me", handler=me, permission=P.IDENTITY, answers=Me, refuses=(503,),
              tells="who this is, and what it may do"),
    ]  # fmt: skip


def _redirect(where: str, cookies: Sequence[str]) -> Answer:
    return Answer(b"", 303, "text/plain", {"Location": where}, cookies)
