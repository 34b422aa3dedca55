"""Who asks: a bearer token, a browser's session, or the operator's secret for metrics.

A token is looked up by its hash, so nothing of it can be found out by measuring; the one secret that is compared is
compared in constant time. Tokens that were refused are counted by address.
"""

import hmac
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from api.access import OWNER, SCOPES, Permission, Principal
from api.discord_login import DiscordLogin
from api.problems import forbidden, unauthorized
from api.rate_limits import RateLimit
from api.sessions import COOKIE, CSRF_HEADER, Sessions
from storage.confidential import Secret
from storage.ids import TokenId, UserId
from storage.postgres.database import Database
from storage.postgres.token_create import hash_token
from storage.postgres.token_read import TokenRefused, find_token
from storage.records import ActorKind, ApiToken
from storage.token_uses import TokenUses

_KEPT_S: Final = 5.0
"""How long a token that another daemon revoked may still be honoured; this one's own are forgotten at once."""
_KEPT: Final = 2_000
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class _Kept:
    until: float
    token: ApiToken


@dataclass(frozen=True, slots=True)
class Operators:
    """Who operates this flora, and the secret that reads its metrics."""

    users: frozenset[UserId]
    secret: Secret | None


@dataclass(frozen=True, slots=True)
class Clocks:
    """The wall clock, for what others have written down, and one that only goes forward."""

    now: Callable[[], datetime]
    steady: Callable[[], float]


class Authenticator:
    """Finds the principal of a request."""

    def __init__(
        self,
        database: Database,
        sessions: Sessions,
        login: DiscordLogin | None,
        clocks: Clocks,
        operators: Operators,
        refused: RateLimit,
    ) -> None:
        self._database = database
        self._sessions = sessions
        self._login = login
        self._clocks = clocks
        self._operators = operators.users | {OWNER}
        self._operator_secret = operators.secret
        self.refused = refused
        self.uses = TokenUses()
        self._kept: OrderedDict[bytes, _Kept] = OrderedDict()

    def __repr__(self) -> str:
        return f"<Authenticator with {len(self._kept)} tokens>"

    async def principal(self, headers: Mapping[str, str], cookies: Mapping[str, str], address: str) -> Principal:
        """Raises Problem 401, or 429 for an address that tried too many."""
        self.refused.check(address)
        given = headers.get("authorization", "")
        scheme, _, text = given.partition(" ")
        if given:
            found = await self._by_bearer(text.strip()) if scheme.lower() == "bearer" else None
            if found is None:
                self.refused.take(address)
                raise unauthorized("token_unknown", "this token is unknown, expired or revoked")
            return found
        if COOKIE in cookies:
            return await self._by_session(cookies[COOKIE])
        raise unauthorized("login_required", "Login required")

    async def _by_bearer(self, text: str) -> Principal | None:
        if not text or len(text) > _LONGEST:
            return None
        wanted = self._operator_secret
        if wanted is not None and hmac.compare_digest(text.encode(), wanted.reveal().encode()):
            metrics = frozenset({Permission.METRICS})
            name = "operator secret"
            return Principal(ActorKind.TOKEN, OWNER, name, metrics, operator=True, everywhere=True, key=name)
        token = await self._token(hash_token(Secret(text)))
        if token is None:
            return None
        self.uses.note(token.id, self._clocks.now())
        return self._of_token(token)

    async def _token(self, hashed: bytes) -> ApiToken | None:
        kept = self._kept.get(hashed)
        if kept is not None and self._clocks.steady() < kept.until and not self._is_over(kept.token):
            return kept.token
        found = await self._database.run(find_token, hashed, self._clocks.now())
        if isinstance(found, TokenRefused):
            self._kept.pop(hashed, None)
            return None
        self._kept[hashed] = _Kept(self._clocks.steady() + _KEPT_S, found)
        self._kept.move_to_end(hashed)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found

    def _is_over(self, token: ApiToken) -> bool:
        return token.expires_at is not None and token.expires_at <= self._clocks.now()

    def _of_token(self, token: ApiToken) -> Principal:
        operates = "operator" in token.scopes and token.user in self._operators
        scopes = token.scopes if token.user in self._operators else token.scopes - {"operator", "metrics"}
        permissions = frozenset[Permission]().union(*(SCOPES.get(scope, frozenset()) for scope in scopes))
        name = "operator" if token.user == OWNER else token.label
        key = token_key(token.id)
        return Principal(
            ActorKind.TOKEN, token.user, name, permissions, token.guilds, operator=operates,
            everywhere=operates or token.user == OWNER, token=token.id, key=key,
        )  # fmt: skip

    def forget(self, token: TokenId) -> None:
        """It was revoked."""
        for hashed, kept in list(self._kept.items()):
            if kept.token.id == token:
                del self._kept[hashed]

    async def _by_session(self, cookie: str) -> Principal:
        name = self._sessions.name_in(cookie)
        session = None if name is None else await self._sessions.read(name)
        if session is not None and name is not None and self._login is not None:
            session = await self._login.renewed(name, session)
        if session is None or name is None:
            raise unauthorized("session_expired", "Session expired")
        user = UserId(session.user)
        operates = user in self._operators
        return Principal(
            ActorKind.SESSION, user, session.username, SCOPES["operator" if operates else "full"], operator=operates,
            everywhere=operates, session=name, key=f"user {user}",
        )  # fmt: skip

    def check_csrf(self, principal: Principal, headers: Mapping[str, str], origins: frozenset[str]) -> None:
        """For what changes something with a cookie: the page must be ours, and prove that it can read our cookies."""
        if principal.session is None:
            return
        origin = headers.get("origin")
        if origin is not None and origin not in origins:
            raise forbidden("csrf_origin", "this page may not do that with your login")
        wanted = self._sessions.csrf_token(principal.session)
        if not hmac.compare_digest(headers.get(CSRF_HEADER, "").encode(), wanted.encode()):
            raise forbidden("csrf_token", f"the header {CSRF_HEADER} is missing or wrong; /api/auth/me says it")


def token_key(token: TokenId) -> str:
    """What a token's requests and streams are known by."""
    return f"token {token}"


def beyond(principal: Principal, scopes: frozenset[str]) -> frozenset[str]:
    """Those of the wanted scopes that the caller does not have: nobody makes a token that may more than himself."""
    if principal.operator:
        return frozenset()
    return frozenset(scope for scope in scopes if not SCOPES[scope] <= principal.permissions)
