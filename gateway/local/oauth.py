"""OAuth2 as the local Discord plays it: who logs in is chosen by a click; the rest is as strict as the real one.

A code is good for once and, when it was asked for with a challenge, for whoever knows its verifier. A refresh token is
good for once too, and everything of a login ends when any of its tokens is revoked.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from gateway.local.wire import Answer, Asked, json_answer, problem
from gateway.local.world import World

LIFE_S: Final = 604_800
_SCOPES: Final = "identify guilds"
_LOCAL: Final = ("http://127.0.0.1", "http://localhost")


@dataclass(frozen=True, slots=True)
class _Code:
    person: int
    challenge: str | None
    back: str


@dataclass(frozen=True, slots=True)
class _Login:
    person: int
    bearer: str
    refresh: str


class OAuth:
    """All logins of one local Discord."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._codes: dict[str, _Code] = {}
        self._by_bearer: dict[str, _Login] = {}
        self._by_refresh: dict[str, _Login] = {}

    def authorize(self, asked: Asked) -> Answer:
        """The page on which one chooses who one is, and the way back."""
        back, person = asked.query.get("redirect_uri", ""), asked.query.get("as")
        if not back.startswith(_LOCAL):
            return Answer(400, b"redirect_uri must be an address of this machine.", "text/plain")
        if person is None:
            return Answer(200, self._page(asked).encode(), "text/html; charset=utf-8")
        code = secrets.token_urlsafe(16)
        self._codes[code] = _Code(int(person), asked.query.get("code_challenge"), back)
        query = {"code": code} | ({"state": asked.query["state"]} if "state" in asked.query else {})
        return Answer(302, headers={"Location": f"{back}{'&' if '?' in back else '?'}{urlencode(query)}"})

    def answer(self, asked: Asked, path: str) -> Answer:
        """What an application asks: for tokens, or for their end."""
        fields, _ = asked.form()
        if path == "/oauth2/token":
            return self._token(fields)
        return self._revoke(fields.get("token", "")) if path == "/oauth2/token/revoke" else problem(404, 0, "404")

    def _token(self, fields: dict[str, str]) -> Answer:
        if fields.get("grant_type") == "refresh_token":
            login = self._by_refresh.get(fields.get("refresh_token", ""))
            if login is None:
                return _refused('Invalid "refresh_token" in request.')
            self._end(login)
            return self._begin(login.person)
        code = self._codes.pop(fields.get("code", ""), None)
        if code is None or fields.get("redirect_uri", code.back) != code.back or not _knows(code, fields):
            return _refused('Invalid "code" in request.')
        return self._begin(code.person)

    def _revoke(self, token: str) -> Answer:
        """As its RFC has it: a token that is unknown is of no use either."""
        login = self._by_bearer.get(token) or self._by_refresh.get(token)
        if login is not None:
            self._end(login)
        return json_answer({})

    def bearer(self, bearer: str, path: str) -> Answer:
        """What somebody may ask about himself."""
        backend = self._world.backend
        person = backend.bearers.get(bearer)
        if person is None:
            return problem(401, 0, "401: Unauthorized")
        if path == "/users/@me":
            user = backend.get_user(person)
            return json_answer({"id": str(user.id), "username": user.name, "global_name": user.global_name,
                          "discriminator": "0", "avatar": None})  # fmt: skip
        if path == "/users/@me/guilds":
            mine = [guild for guild in backend.guilds.values() if person in guild.members]
            return json_answer(
                [{"id": str(guild.id), "name": guild.name, "icon": None, "owner": guild.owner_id == person,
                  "permissions": str(backend.compute_permissions(guild.id, person)), "features": []} for guild in mine]
            )  # fmt: skip
        return problem(403, 50001, "Missing Access")

    def _page(self, asked: Asked) -> str:
        links = "".join(
            f'<li><a href="?{urlencode(asked.query | {"as": str(one)}).replace("&", "&amp;")}">'
            f"{self._world.backend.get_user(one).name}</a></li>"
            for one in self._world.people
        )
        return f'<!doctype html><html lang="en"><title>Authorize</title><h1>Log in as</h1><ul>{links}</ul></html>'

    def _begin(self, person: int) -> Answer:
        login = _Login(person, secrets.token_urlsafe(24), secrets.token_urlsafe(24))
        self._by_bearer[login.bearer] = self._by_refresh[login.refresh] = login
        self._world.backend.bearers[login.bearer] = person
        return json_answer(
            {"access_token": login.bearer, "token_type": "Bearer", "expires_in": LIFE_S,
             "refresh_token": login.refresh, "scope": _SCOPES}
        )  # fmt: skip

    def _end(self, login: _Login) -> None:
        del self._by_bearer[login.bearer], self._by_refresh[login.refresh]
        del self._world.backend.bearers[login.bearer]


def _knows(code: _Code, fields: dict[str, str]) -> bool:
    """The verifier of the challenge, if there was one."""
    if code.challenge is None:
        return True
    digest = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).decode().rstrip("="), code.challenge)


def _refused(why: str) -> Answer:
    return json_answer({"error": "invalid_grant", "error_description": why}, 400)
