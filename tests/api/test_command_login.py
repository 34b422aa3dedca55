"""Letting the `flora` command in: who is logged in says yes, and the command gets a token that nobody else could."""

import base64
import hashlib
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from api.sessions import CSRF_COOKIE
from gateway.local.discord import LocalDiscord
from storage.ids import UserId
from tests.api.conftest import World
from tests.api.test_login import _cookie, _login, local, world

__all__ = ["local", "world"]
VERIFIER = "a secret that the command keeps"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
ASK = "/api/auth/command"


async def _asked(world: World) -> str:
    told = await world.ask("POST", ASK, json={"port": 4711, "challenge": CHALLENGE, "name": "ada's laptop"})
    assert told.status_code == 200, told.text
    return str(told.json()["request"])


async def _allowed(world: World, local: LocalDiscord, *, allow: bool = True) -> dict[str, list[str]]:
    """What the browser is sent back with."""
    request, cookies = await _asked(world), await _login(world, local)
    headers = _cookie(cookies) | {"x-csrf-token": cookies[CSRF_COOKIE]}
    assert (await world.ask("GET", f"{ASK}/{request}", headers=headers)).json() == {"name": "ada's laptop"}
    told = await world.ask("POST", f"{ASK}/{request}/answer", json={"allow": allow}, headers=headers)
    again = await world.ask("POST", f"{ASK}/{request}/answer", json={"allow": allow}, headers=headers)
    assert (again.status_code, again.json()["code"]) == (404, "not_found")
    location = str(told.json()["location"])
    assert location.startswith("http://127.0.0.1:4711/?")
    return parse_qs(urlsplit(location).query)


async def _redeemed(world: World, code: str, verifier: str = VERIFIER) -> Any:
    return await world.ask("POST", "/api/auth/command-token", json={"code": code, "verifier": verifier})


async def test_a_person_says_yes_and_the_command_has_a_token_of_its_own(world: World, local: LocalDiscord) -> None:
    code = (await _allowed(world, local))["code"][0]

    made = (await _redeemed(world, code)).json()

    me = (await world.ask("GET", "/api/auth/me", made["token"])).json()
    assert (me["user"]["id"], me["operator"]) == (str(next(iter(local.world.people))), False)
    listed = (await world.ask("GET", "/api/tokens", made["token"])).json()
    assert [(one["token_id"], one["label"]) for one in listed] == [(made["token_id"], "flora on ada's laptop")]
    assert listed[0]["expires_at"] is not None


async def test_a_code_is_good_for_once_and_only_for_who_asked(world: World, local: LocalDiscord) -> None:
    seen = (await _allowed(world, local))["code"][0]
    stolen = await _redeemed(world, seen, "guessed")
    late = await _redeemed(world, seen)
    used = (await _allowed(world, local))["code"][0]
    assert (await _redeemed(world, used)).status_code == 200
    again = await _redeemed(world, used)

    for told in (stolen, late, again):
        assert (told.status_code, told.json()["code"]) == (401, "login_refused")


async def test_who_says_no_gives_nothing(world: World, local: LocalDiscord) -> None:
    assert await _allowed(world, local, allow=False) == {"error": ["refused"]}


async def test_a_token_says_yes_to_nobody(world: World) -> None:
    request = await _asked(world)

    told = await world.ask("POST", f"{ASK}/{request}/answer", await world.token(), json={"allow": True})

    assert (told.status_code, told.json()["code"]) == (403, "session_needed")


@pytest.mark.parametrize(
    "wrong", [{"port": 0}, {"port": 65_536}, {"challenge": "short"}, {"name": ""}, {"name": "a\nb"}, {"more": 1}]
)
async def test_a_command_that_cannot_be_is_refused(world: World, wrong: dict[str, Any]) -> None:
    body = {"port": 1, "challenge": CHALLENGE, "name": "x", **wrong}

    told = await world.ask("POST", ASK, json=body)

    assert (told.status_code, told.json()["code"]) == (422, "invalid")


async def test_asking_and_guessing_have_an_end(world: World) -> None:
    world.api.app.authenticator.refused.most = 3

    guesses = [(await _redeemed(world, "guess")).status_code for _ in range(2)]
    await _asked(world)

    assert guesses == [401, 401]
    assert (await _redeemed(world, "guess")).status_code == 429
    told = await world.ask("POST", ASK, json={"port": 1, "challenge": CHALLENGE, "name": "x"})
    assert told.status_code == 429


async def test_a_user_with_too_many_tokens_gets_no_more(world: World, local: LocalDiscord) -> None:
    code = (await _allowed(world, local))["code"][0]
    await world.token(UserId(next(iter(local.world.people))))
    world.database.limits = replace(world.database.limits, tokens_per_user=1)

    told = await _redeemed(world, code)

    assert (told.status_code, told.json()["code"]) == (409, "too_many_tokens")
