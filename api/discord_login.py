"""Logging in with Discord: OAuth2 with PKCE and a state that is good for one return.

async with open_login(oauth, cache, sessions) as login:
    where, state = await login.begin("/")
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

import msgspec
import trio

from api.access import administrates
from api.problems import Problem, unauthorized
from api.sessions import Session, Sessions
from gateway.discord_api import DiscordAwayError
from gateway.http1 import HttpAnswer, HttpBrokenError
from gateway.http_client import Http, open_http
from gateway.rest import USER_AGENT
from storage.confidential import Secret
from storage.ids import GuildId, UserId
from storage.redis.client import Cache
from storage.redis.values import TimedValues, oauth_states

Body = TypeVar("Body")
SCOPES: Final = "identify guilds"
_TIMEOUT_S: Final = 10.0
_EARLY_S: Final = 60.0
"""An access token is renewed this long before it ends."""
_GUILDS_S: Final = 30.0
_LOOK_AGAIN_S: Final = 0.05
_REMEMBERED_S: Final = 90 * 24 * 3600.0
_MOST_REMEMBERED: Final = 200
"""As many as anybody can be in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuth:
    """The application at Discord."""

    client_id: int
    client_secret: Secret
    redirect_uri: str
    api_url: str
    authorize_url: str = "https://discord.com/oauth2/authorize"


class _Grant(msgspec.Struct):
    access_token: str
    expires_in: float
    refresh_token: str = ""


class _User(msgspec.Struct):
    id: str
    username: str
    global_name: str | None = None
    avatar: str | None = None


class UserGuild(msgspec.Struct):
    """A guild of somebody, as Discord lists it."""

    id: str
    name: str
    icon: str | None = None
    owner: bool = False
    permissions: str | int = "0"
    permissions_new: str | int | None = None

    @property
    def bits(self) -> int:
        found = self.permissions if self.permissions_new is None else self.permissions_new
        return (int(found) | (1 << 3)) if self.owner else int(found)


class DiscordLogin:
    """See `open_login`."""

    def __init__(self, oauth: OAuth, cache: Cache, sessions: Sessions, client: Http, now: Callable[[], float]) -> None:
        self._oauth = oauth
        self._states = oauth_states(cache)
        self._guilds = TimedValues(cache, "user-guilds", _GUILDS_S)
        self._sessions = sessions
        self._client = client
        self._now = now
        self._renewing = TimedValues(cache, "renewal", _TIMEOUT_S)
        self._remembered = TimedValues(cache, "guilds-of", _REMEMBERED_S)

    def __repr__(self) -> str:
        return f"<DiscordLogin for {self._oauth.client_id}>"

    async def begin(self, then: str) -> tuple[str, str]:
        """Where to send the browser, and the state to put into its cookie."""
        state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
        await self._states.put(state, {"verifier": verifier, "then": safe_path(then)})
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        query = {
            "client_id": str(self._oauth.client_id),
            "response_type": "code",
            "redirect_uri": self._oauth.redirect_uri,
            "scope": SCOPES,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "prompt": "none",
        }
        return f"{self._oauth.authorize_url}?{urlencode(query)}", state

    async def finish(self, code: str, state: str, cookie: str) -> tuple[Session, str]:
        """The session, and where the browser wanted to go. Raises Problem, DiscordAwayError."""
        if not cookie or not hmac.compare_digest(cookie.encode(), state.encode()):
            raise unauthorized("login_state", "this login was not begun in this browser; begin again")
        kept: Any = await self._states.take(state)
        if kept is None:
            raise unauthorized("login_state", "this login took too long, or was used before; begin again")
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._oauth.redirect_uri,
            "code_verifier": str(kept["verifier"]),
        }
        grant = await self._grant(fields)
        if grant is None:
            raise unauthorized("login_refused", "Discord does not accept this login; begin again")
        user = await self._get("/users/@me", grant.access_token, _User)
        expires_at = self._now() + grant.expires_in
        session = Session(
            int(user.id), user.username, user.global_name, user.avatar, grant.access_token, grant.refresh_token,
            expires_at,
        )  # fmt: skip
        return session, str(kept["then"])

    async def renewed(self, name: str, session: Session) -> Session | None:
        """The session with an access token that holds; None when Discord ended it. One at a time for a session, among
        all daemons of this cache: a second renewal with the same token would end both."""
        found: Session | None = session
        while found is not None and found.expires_at - self._now() <= _EARLY_S:
            if await self._renewing.claim(name):
                try:
                    return await self._renew(name)
                finally:
                    with trio.CancelScope(shield=True, deadline=trio.current_time() + _TIMEOUT_S):
                        await self._renewing.remove(name)
            await trio.sleep(_LOOK_AGAIN_S)
            found = await self._sessions.read(name)
        return found

    async def _renew(self, name: str) -> Session | None:
        session = await self._sessions.read(name)
        if session is None or session.expires_at - self._now() > _EARLY_S:
            return session
        grant = await self._grant({"grant_type": "refresh_token", "refresh_token": session.refresh_token})
        if grant is None:
            await self._sessions.end(name)
            return None
        session.access_token = grant.access_token
        session.refresh_token = grant.refresh_token or session.refresh_token
        session.expires_at = self._now() + grant.expires_in
        await self._sessions.write(name, session)
        return session

    async def revoke(self, session: Session) -> None:
        """Tell Discord that the tokens are of no use any more. Best effort: here the session is gone already."""
        with suppress(DiscordAwayError):
            await self._post("/oauth2/token/revoke", {"token": session.access_token, "token_type_hint": "access_token"})

    async def guilds(self, session: Session) -> list[UserGuild]:
        """Those that the user is in; asked at most every half minute."""
        key = str(session.user)
        kept = await self._guilds.get(key)
        if kept is not None:
            return msgspec.convert(kept, list[UserGuild])
        found = await self._get("/users/@me/guilds", session.access_token, list[UserGuild])
        plain: Any = msgspec.to_builtins(found)
        if len(msgspec.json.encode(plain)) < 16_000:
            await self._guilds.put(key, plain)
        await self._remembered.put(key, [one.id for one in found if administrates(one.bits)][:_MOST_REMEMBERED])
        return found

    async def remembered(self, user: UserId) -> list[GuildId]:
        """Those that this user administrated when last seen here: where to look on behalf of a token."""
        kept: Any = await self._remembered.get(str(user))
        return [GuildId(int(one)) for one in kept or ()]

    async def _grant(self, fields: Mapping[str, str]) -> _Grant | None:
        """None when Discord refuses it."""
        answer = await self._post("/oauth2/token", fields)
        if 400 <= answer.status < 500 and answer.status != 429:
            return None
        return _decoded(answer, _Grant)

    async def _post(self, path: str, fields: Mapping[str, str]) -> HttpAnswer:
        """A form, in our application's name."""
        application = {"client_id": str(self._oauth.client_id), "client_secret": self._oauth.client_secret.reveal()}
        form = urlencode({**fields, **application}).encode()
        return await self._exchange("POST", path, {"Content-Type": "application/x-www-form-urlencoded"}, form)

    async def _get(self, path: str, bearer: str, kind: type[Body]) -> Body:
        answer = await self._exchange("GET", path, {"Authorization": f"Bearer {bearer}"}, None)
        if answer.status == 401:
            raise unauthorized("session_expired", "Session expired")
        return _decoded(answer, kind)

    async def _exchange(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> HttpAnswer:
        try:
            with trio.fail_after(_TIMEOUT_S):
                return await self._client.exchange(method, path, headers, body)
        except (HttpBrokenError, ValueError, trio.TooSlowError) as error:  # a token that fits in no header is Discord's
            raise DiscordAwayError(type(error).__name__) from None


def _decoded(answer: HttpAnswer, kind: type[Body]) -> Body:
    if answer.status != 200:
        raise DiscordAwayError(f"HTTP {answer.status}")
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except msgspec.MsgspecError as error:
        raise DiscordAwayError(f"the answer makes no sense: {error}") from None


def safe_path(then: str) -> str:
    """A path of our own, or `/`: a login must not send anybody to another site."""
    fits = then.startswith("/") and not then.startswith(("//", "/\\")) and then.isprintable() and then.isascii()
    return then if fits and len(then) <= 500 else "/"


def no_login() -> Problem:
    return Problem(
        404, "login_unavailable", "logging in with Discord is not configured here",
        hint="the operator sets DISCORD_CLIENT_ID and DISCORD_CLIENT_SECRET",
    )  # fmt: skip


@asynccontextmanager
async def open_login(
    oauth: OAuth, cache: Cache, sessions: Sessions, now: Callable[[], float]
) -> AsyncGenerator[DiscordLogin]:
    async with open_http(oauth.api_url, {"User-Agent": USER_AGENT}) as client:
        yield DiscordLogin(oauth, cache, sessions, client, now)
