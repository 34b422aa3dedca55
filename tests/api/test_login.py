"""Logging in with the local Discord, as a browser does; what a session may, and how it ends."""

from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
import trio

from api.access import MANAGE_GUILD, administrates
from api.directory import IN_VAIN, DiscordDirectory
from api.discord_login import open_login, safe_path
from api.sessions import COOKIE, CSRF_COOKIE, STATE_COOKIE, Session
from gateway.local.discord import LocalConfig, LocalDiscord, open_local_discord
from gateway.rest import RestConfig, open_rest
from storage.ids import GuildId, UserId, guild_id
from tests.api.conftest import World

PUBLIC = "http://127.0.0.1:9"


@pytest.fixture
async def local() -> AsyncGenerator[LocalDiscord]:
    async with open_local_discord(LocalConfig(bucket_limit=None)) as opened:
        yield opened


@pytest.fixture
async def world(opener: Any, local: LocalDiscord) -> AsyncGenerator[World]:
    environ = {
        "DISCORD_CLIENT_ID": "80351110224678912",
        "DISCORD_CLIENT_SECRET": "hush",
        "DISCORD_API_URL": local.api_url,
        "API_PUBLIC_URL": PUBLIC,
    }
    async with open_rest(RestConfig(token=local.token, api_url=local.api_url)) as rest:
        directory = DiscordDirectory(rest, trio.current_time)
        more = {"directory": directory, "authorize_url": f"{local.page_url}oauth2/authorize"}
        async with opener(environ, **more) as opened:
            yield opened


def _cookies(told: httpx2.Response) -> dict[str, str]:
    return dict(one.partition(";")[0].split("=", 1) for one in told.headers.get_list("set-cookie"))


async def _begin(world: World, path: str = "/api/auth/login") -> tuple[str, dict[str, str]]:
    told = await world.ask("GET", path)
    assert told.status_code == 303
    return told.headers["location"], _cookies(told)


async def _agree(local: LocalDiscord, where: str, person: int = 0) -> str:
    """What Discord sends the browser back to."""
    who = list(local.world.people)[person]
    async with httpx2.AsyncClient(trust_env=False) as browser:
        told = await browser.get(where, params={**_query(where), "as": str(who)})
    assert told.status_code == 302, told.text
    return str(told.headers["location"])


def _query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def _cookie(cookies: dict[str, str]) -> dict[str, str]:
    return {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}


async def _login(world: World, local: LocalDiscord, person: int = 0) -> dict[str, str]:
    where, state = await _begin(world)
    back = await _agree(local, where, person)
    told = await world.ask("GET", back.removeprefix(PUBLIC), headers=_cookie(state))
    assert told.status_code == 303, told.text
    world.client.cookies.clear()
    return {name: value for name, value in _cookies(told).items() if value}


async def test_a_login_goes_to_discord_and_back_and_is_a_session(world: World, local: LocalDiscord) -> None:
    where, state = await _begin(world, "/api/auth/login?next=/guilds/7")
    asked = _query(where)
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"{PUBLIC}/api/auth/callback"
    assert asked["state"] == state[STATE_COOKIE]

    told = await world.ask("GET", (await _agree(local, where)).removeprefix(PUBLIC), headers=_cookie(state))
    world.client.cookies.clear()
    cookies = _cookies(told)
    me = (await world.ask("GET", "/api/auth/me", headers=_cookie(cookies))).json()

    assert (told.status_code, told.headers["location"]) == (303, "/guilds/7")
    assert cookies[STATE_COOKIE] == ""
    written = {one.partition("=")[0]: one for one in told.headers.get_list("set-cookie")}
    assert "HttpOnly" in written[COOKIE]
    assert "SameSite=Lax" in written[COOKIE]
    assert "HttpOnly" not in written[CSRF_COOKIE]
    assert me["user"]["username"] == "ada"
    assert me["csrf_token"] == cookies[CSRF_COOKIE]


async def test_what_changes_something_needs_the_pages_token_and_origin(world: World, local: LocalDiscord) -> None:
    cookies = await _login(world, local)
    headers = _cookie(cookies)
    right = headers | {"x-csrf-token": cookies[CSRF_COOKIE]}

    without = await world.ask("POST", "/api/tokens", json={}, headers=headers)
    wrong = await world.ask("POST", "/api/tokens", json={}, headers=headers | {"x-csrf-token": "x"})
    elsewhere = await world.ask("POST", "/api/tokens", json={}, headers=right | {"origin": "https://evil.example"})
    good = await world.ask("POST", "/api/tokens", json={}, headers=right | {"origin": PUBLIC})

    assert [told.json()["code"] for told in (without, wrong, elsewhere)] == ["csrf_token", "csrf_token", "csrf_origin"]
    assert good.status_code == 200
    by_token = await world.ask("GET", "/api/auth/me", good.json()["token"])
    assert by_token.json()["user"]["id"] == str(next(iter(local.world.people)))


async def test_a_session_sees_the_guilds_it_administrates(world: World, local: LocalDiscord) -> None:
    ada, cleo = await _login(world, local), await _login(world, local, 2)
    guild = local.guild_id

    hers = (await world.ask("GET", "/api/guilds", headers=_cookie(ada))).json()
    theirs = (await world.ask("GET", "/api/guilds", headers=_cookie(cleo))).json()

    assert [one["id"] for one in hers] == [str(guild)]
    assert hers[0]["permissions"] & (MANAGE_GUILD | 8)
    assert theirs == []
    assert (await world.ask("GET", f"/api/logs/{guild}", headers=_cookie(ada))).status_code == 200
    assert (await world.ask("GET", f"/api/logs/{guild}", headers=_cookie(cleo))).status_code == 403
    assert (await world.ask("GET", "/api/logs/7", headers=_cookie(ada))).status_code == 403
    assert (await world.ask("GET", "/api/deployments", headers=_cookie(ada))).json() == []


async def test_logging_out_ends_it_everywhere(world: World, local: LocalDiscord) -> None:
    cookies = await _login(world, local)
    headers = _cookie(cookies) | {"x-csrf-token": cookies[CSRF_COOKIE]}
    session = await world.api.app.parts.sessions.read(cookies[COOKIE].partition(".")[0])
    assert session is not None

    assert (await world.ask("POST", "/api/auth/logout", headers=headers)).status_code == 204
    told = await world.ask("GET", "/api/auth/me", headers=headers)
    token = await world.ask("POST", "/api/auth/logout", await world.token())

    assert (told.status_code, told.json()["code"]) == (401, "session_expired")
    bearer = {"authorization": f"Bearer {session.access_token}"}
    assert (await world.client.get(f"{local.api_url}/users/@me", headers=bearer)).status_code == 401
    assert (token.status_code, token.json()["code"]) == (400, "no_session")


@pytest.mark.parametrize("broken", ["no cookie", "other state", "twice", "no code", "bad code", "refused"])
async def test_a_login_that_is_not_whole_is_refused(world: World, local: LocalDiscord, broken: str) -> None:
    where, state = await _begin(world)
    path = (await _agree(local, where)).removeprefix(PUBLIC)
    headers = _cookie(state)
    if broken == "no cookie":
        headers = {}
    elif broken == "other state":
        headers = _cookie({STATE_COOKIE: "other"})
    elif broken == "twice":
        assert (await world.ask("GET", path, headers=headers)).status_code == 303
    elif broken == "no code":
        path = f"/api/auth/callback?state={state[STATE_COOKIE]}"
    elif broken == "bad code":
        path = f"/api/auth/callback?code=guess&state={state[STATE_COOKIE]}"
    else:
        path = "/api/auth/callback?error=access_denied"
    world.client.cookies.clear()

    told = await world.ask("GET", path, headers=headers)

    assert (told.status_code, told.json()["code"]) in {(401, "login_state"), (401, "login_refused")}
    assert COOKIE not in _cookies(told)


async def test_logins_of_one_address_have_an_end(world: World) -> None:
    world.api.app.authenticator.refused.most = 2

    answers = [(await world.ask("GET", "/api/auth/login")).status_code for _ in range(3)]

    assert answers == [303, 303, 429]
    assert (await world.ask("GET", "/api/auth/callback?code=x&state=y")).status_code == 429


async def test_a_cookie_that_was_made_up_is_no_session(world: World, local: LocalDiscord) -> None:
    cookies = await _login(world, local)
    name = cookies[COOKIE].partition(".")[0]

    for value in ("", "x", f"{name}.", f"{name}.x", "%ff.%ff", "a" * 5_000):
        told = await world.ask("GET", "/api/auth/me", headers=_cookie({COOKIE: value}))
        assert told.status_code == 401, value


async def test_requests_at_once_and_daemons_at_once_renew_a_session_once(world: World, local: LocalDiscord) -> None:
    """Discord ends a grant whose refresh token is used twice."""
    parts = world.api.app.parts
    cookies = await _login(world, local)
    name = cookies[COOKIE].partition(".")[0]
    old = await parts.sessions.read(name)
    assert old is not None
    old.expires_at = 0.0
    await parts.sessions.write(name, old)
    statuses: list[int] = []

    async def ask(asked: World) -> None:
        statuses.append((await world.ask("GET", f"{asked.url}/api/auth/me", headers=_cookie(cookies))).status_code)

    assert parts.login is not None
    async with open_login(parts.login._oauth, parts.cache, parts.sessions, parts.login._now) as elsewhere:
        found: list[Session | None] = []

        async def renew() -> None:
            found.append(await elsewhere.renewed(name, old))

        async with trio.open_nursery() as nursery:
            for _ in range(3):
                nursery.start_soon(ask, world)
                nursery.start_soon(renew)

    new = await parts.sessions.read(name)
    assert new is not None
    assert statuses == [200, 200, 200]
    assert {one.access_token for one in found if one is not None} == {new.access_token}
    assert len(found) == 3
    assert new.access_token != old.access_token


async def test_two_requests_at_once_ask_for_one_grant(world: World) -> None:
    login = world.api.app.parts.login
    sessions = world.api.app.parts.sessions
    assert login is not None
    asked: list[Any] = []

    async def grant(fields: Any) -> Any:
        asked.append(fields["refresh_token"])
        await trio.lowlevel.checkpoint()
        return type("Grant", (), {"access_token": "new", "refresh_token": "next", "expires_in": 3600.0})

    login._grant = grant  # type: ignore[method-assign]  # Discord's answer at the moment that matters
    old = Session(7, "ada", None, None, "old", "once", 0.0)
    name = (await sessions.begin(old)).partition(".")[0]
    found: list[Any] = []

    async def renew() -> None:
        found.append(await login.renewed(name, old))

    async with trio.open_nursery() as nursery:
        for _ in range(5):
            nursery.start_soon(renew)

    assert asked == ["once"]
    assert {one.access_token for one in found} == {"new"}


async def test_discords_guilds_members_and_owners(local: LocalDiscord) -> None:
    async with open_rest(RestConfig(token=local.token, api_url=local.api_url)) as rest:
        directory = DiscordDirectory(rest, trio.current_time)
        ada, ben, cleo = [UserId(one) for one in local.world.people]
        guild = guild_id(int(local.guild_id))

        assert (await directory.permissions(guild, ada) or 0) & MANAGE_GUILD
        assert administrates(await directory.permissions(guild, ben))  # by a role
        assert not administrates(await directory.permissions(guild, cleo))
        assert await directory.permissions(guild, UserId(12345)) is None
        assert await directory.permissions(guild_id(7), ada) is None
        assert await directory.name_of(guild) == "Flower garden"
        assert await directory.guilds() == {guild: "Flower garden"}


async def test_a_bot_of_many_guilds_lists_them_page_by_page_and_not_again_at_once(local: LocalDiscord) -> None:
    asked: list[str] = []
    now = [0.0]
    async with open_rest(RestConfig(token=local.token, api_url=local.api_url)) as rest:
        directory = DiscordDirectory(rest, lambda: now[0])
        get = directory._get

        async def noted(route: str, path: dict[str, str], kind: Any, query: Any = None) -> Any:
            asked.append(query["after"])
            return await get(route, path, kind, query)

        directory._get = noted  # type: ignore[method-assign]  # the real one, and a note of what it was asked
        for number in range(249):
            local.world.add_guild(f"number {number}")
        found = await directory.guilds()
        assert len(found) == 250
        assert asked == ["0", str(sorted(found)[199])]
        await directory.guilds()
        assert len(asked) == 2
        now[0] = 31.0
        await directory.guilds()
        assert len(asked) == 4


async def test_discord_is_not_asked_again_and_again_for_guilds_that_it_refuses(local: LocalDiscord) -> None:
    asked: list[str] = []
    here: set[GuildId] = set()
    now = [0.0]
    async with open_rest(RestConfig(token=local.token, api_url=local.api_url)) as rest:
        directory = DiscordDirectory(rest, lambda: now[0], here.__contains__)
        get = directory._get

        async def noted(route: str, path: dict[str, str], kind: Any, query: Any = None) -> Any:
            asked.append(path["guild_id"])
            return await get(route, path, kind, query)

        directory._get = noted  # type: ignore[method-assign]  # the real one, and a note of what it was asked
        for _ in range(2):
            assert await directory.name_of(guild_id(7)) is None
        now[0] = 60.0
        assert await directory.name_of(guild_id(7)) is None
        assert asked == ["7"]
        here.add(guild_id(7))  # the bot was invited
        await directory.name_of(guild_id(7))
        assert asked == ["7", "7"]

        for number in range(1_000, 1_000 + 2 * IN_VAIN):
            assert await directory.permissions(guild_id(number), UserId(1)) is None
        assert len(asked) == IN_VAIN + 1
        own = guild_id(int(local.guild_id))
        here.add(own)
        assert await directory.name_of(own) == "Flower garden"
        assert await directory.is_in(own)


async def test_a_token_lists_what_its_user_had_at_the_last_login_and_asks_for_nothing_else(
    world: World, local: LocalDiscord
) -> None:
    await _login(world, local)
    ada = UserId(next(iter(local.world.people)))
    own = GuildId(int(local.guild_id))
    operator = await world.operator()
    for guild in (own, guild_id(7), guild_id(8)):
        await world.deploy(operator, guild=guild)
    asked: list[int] = []
    permissions = world.api.app.parts.directory.permissions

    async def noted(guild: GuildId, user: UserId) -> int | None:
        asked.append(guild)
        return await permissions(guild, user)

    world.api.app.parts.directory.permissions = noted  # type: ignore[method-assign]
    token = await world.token(ada)
    listed = (await world.ask("GET", "/api/deployments", token)).json()
    mine = (await world.ask("GET", "/api/guilds", token)).json()
    theirs = (await world.ask("GET", "/api/deployments", await world.token(UserId(5)))).json()

    assert [one["guild_id"] for one in listed] == [one["id"] for one in mine] == [str(own)]
    assert theirs == []
    assert set(asked) == {own}


@pytest.mark.parametrize(
    ("then", "where"),
    [("/guilds/7?a=1", "/guilds/7?a=1"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil", "/"),
     ("/a\r\nSet-Cookie: x", "/"), ("", "/"), ("/" + "x" * 600, "/")],
)  # fmt: skip
def test_a_login_leads_to_a_page_of_ours(then: str, where: str) -> None:
    assert safe_path(then) == where


async def test_a_code_is_of_no_use_without_its_verifier(world: World, local: LocalDiscord) -> None:
    where, _state = await _begin(world)
    code = _query(await _agree(local, where))["code"]
    stolen = {"grant_type": "authorization_code", "code": code, "code_verifier": "guessed"}

    told = await world.client.post(f"{local.api_url}/oauth2/token", data=stolen)

    assert (told.status_code, told.json()["error"]) == (400, "invalid_grant")


async def test_cookies_are_for_tls_only_where_there_is_tls(opener: Any, local: LocalDiscord) -> None:
    environ = {"DISCORD_CLIENT_ID": "1", "DISCORD_CLIENT_SECRET": "hush", "API_PUBLIC_URL": "https://flora.example"}
    async with opener(environ) as world:
        told = await world.ask("GET", "/api/auth/login")

    (cookie,) = told.headers.get_list("set-cookie")
    assert {"HttpOnly", "Secure", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "max-age" in told.headers["strict-transport-security"]


async def test_without_a_client_there_is_no_login(opener: Any) -> None:
    async with opener({}) as world:
        told = await world.ask("GET", "/api/auth/login")

        assert (told.status_code, told.json()["code"]) == (404, "login_unavailable")
