"""Who may do what: every route against every kind of caller, and the ways in which a caller is refused."""

from typing import Any

import pytest
import trio

from api.access import OF_GUILDS, OWNER, SCOPES, Permission
from api.problems import Problem
from api.rate_limits import RateLimit
from api.table import Route
from storage.errors import CacheUnavailable
from tests.api.conftest import ADA, BOB, GUILD, OTHER, World

P = Permission


def _path(route: Route) -> str:
    names = {
        "guild": str(GUILD),
        "revision": "1",
        "token_id": "999",
        "build": "b",
        "store": "s",
        "key": "k",
        "name": "n",
    }
    return route.full_path.format_map({**names, "worker": "9", "request": "r"})


async def _asked(world: World, route: Route, token: str | None) -> tuple[int, str]:
    """With a body that is refused after it was decided who may."""
    headers = {"content-type": "text/odd"} if route.body is not None else {}
    content = b"x" if route.body is not None else None
    if route.path.endswith("/stream"):
        headers["last-event-id"] = "odd"
    told = await world.ask(route.method, _path(route), token, headers=headers, content=content)
    is_problem = told.headers.get("content-type") == "application/problem+json"
    return told.status_code, told.json()["code"] if is_problem else ""


def _rows(world: World) -> list[Route]:
    return [route for route in world.api.app.router.routes if route.permission is not P.OPEN]


async def test_every_route_refuses_who_may_not(world: World) -> None:
    world.api.app._rate.most = 10_000
    nobody, ada, bob, kv = None, await world.token(), await world.token(BOB), await world.token(ADA, "kv")
    elsewhere = await world.token(ADA, "full", guilds=[OTHER])

    for route in _rows(world):
        named = f"{route.method} {route.path}"
        of_guild = "{guild}" in route.path
        assert await _asked(world, route, nobody) == (401, "login_required"), named
        if route.permission in {P.OPERATE, P.METRICS}:
            assert await _asked(world, route, ada) == (403, "permission_missing"), named
        elif of_guild:
            assert (await _asked(world, route, ada))[0] != 403, named
            assert await _asked(world, route, bob) == (403, "guild_forbidden"), named
            assert await _asked(world, route, elsewhere) == (403, "guild_forbidden"), named
        if route.permission in OF_GUILDS and not route.permission.value.startswith("kv:"):
            assert await _asked(world, route, kv) == (403, "permission_missing"), named


async def test_an_operator_may_all_of_it(world: World) -> None:
    world.api.app._rate.most = 10_000
    operator = await world.operator()

    for route in _rows(world):
        assert (await _asked(world, route, operator))[0] not in {401, 403, 500}, f"{route.method} {route.path}"


async def test_a_guild_that_does_not_exist_is_refused_in_the_same_words(world: World) -> None:
    token = await world.token(BOB)
    await world.deploy(await world.operator(), guild=OTHER)

    there, nowhere = [(await world.ask("GET", f"/api/deployments/{one}", token)).json() for one in (OTHER, 8)]

    assert there["detail"].replace(str(OTHER), "8") == nowhere["detail"]
    assert (there["code"], there["status"]) == (nowhere["code"], nowhere["status"]) == ("guild_forbidden", 403)


async def test_what_an_operator_hands_out_reaches_the_guilds_it_is_for_and_no_further(world: World) -> None:
    """The owner is nobody at Discord, so it is the token alone that says where it may go."""
    operator = await world.operator()
    terms = {"scopes": ["deploy"], "guilds": [str(GUILD)]}
    made = (await world.ask("POST", "/api/tokens", operator, json=terms)).json()["token"]
    wide = (await world.ask("POST", "/api/tokens", operator, json={"scopes": ["deploy"]})).json()["token"]

    assert (await world.deploy(made)).status_code == 200
    assert (await world.deploy(made, guild=OTHER)).status_code == 403
    assert (await world.deploy(wide, guild=OTHER)).status_code == 200
    for token in (made, wide):
        assert (await world.ask("GET", "/api/workers", token)).status_code == 403
        assert (await world.ask("GET", f"/api/secrets/{GUILD}", token)).status_code == 403
    assert [one["id"] for one in (await world.ask("GET", "/api/guilds", made)).json()] == [str(GUILD)]


async def test_operator_is_no_scope_that_somebody_can_give_himself(world: World) -> None:
    forged = await world.token(BOB, "operator")
    full = await world.token()

    assert (await world.ask("GET", "/api/workers", forged)).status_code == 403
    told = await world.ask("POST", "/api/tokens", full, json={"scopes": ["operator"]})
    assert (told.status_code, told.json()["code"]) == (403, "scope_too_wide")


async def test_tokens_are_made_shown_once_and_ended(world: World) -> None:
    full = await world.token()

    made = (
        await world.ask("POST", "/api/tokens", full, json={"label": "CI", "scopes": ["deploy"], "expires_in_days": 1})
    ).json()
    child = made["token"]

    assert (await world.ask("GET", f"/api/deployments/{GUILD}/history", child)).status_code == 200
    assert (await world.ask("GET", f"/api/secrets/{GUILD}", child)).status_code == 403
    assert (await world.ask("POST", "/api/tokens", child, json={})).status_code == 403
    listed = (await world.ask("GET", "/api/tokens", full)).json()
    assert [one["label"] for one in listed] == ["CI", "test"]
    assert "token" not in listed[0]
    assert (await world.ask("DELETE", f"/api/tokens/{made['token_id']}", full)).status_code == 204
    assert (await world.ask("GET", f"/api/deployments/{GUILD}/history", child)).status_code == 401
    assert (await world.ask("DELETE", f"/api/tokens/{made['token_id']}", full)).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"scopes": ["all of it"]}, 422),
        ({"scopes": []}, 422),
        ({"expires_in_days": 0}, 422),
        ({"expires_at": "2020-01-01T00:00:00Z"}, 422),
        ({"guilds": ["x"]}, 400),
        ({"label": "x" * 101}, 422),
        ({"label": "line\nbreak"}, 422),
        ({"nonsense": 1}, 422),
        ([], 422),
    ],
)
async def test_a_token_that_cannot_be_is_refused(world: World, body: Any, status: int) -> None:
    told = await world.ask("POST", "/api/tokens", await world.token(), json=body)

    assert told.status_code == status, told.text


async def test_a_token_for_some_guilds_hands_on_no_others(world: World) -> None:
    token = await world.token(ADA, "full", guilds=[GUILD])

    inherits = (await world.ask("POST", "/api/tokens", token, json={})).json()
    told = await world.ask("POST", "/api/tokens", token, json={"guilds": [str(OTHER)]})

    assert inherits["guilds"] == [str(GUILD)]
    assert told.status_code == 403


async def test_refused_tokens_are_counted_by_address(world: World) -> None:
    world.api.app.authenticator.refused.most = 3

    answers = [(await world.ask("GET", "/api/auth/me", f"flora_guess{number}")).status_code for number in range(5)]

    assert answers == [401, 401, 401, 429, 429]
    assert (await world.ask("GET", "/api/auth/me", await world.token())).status_code == 429


async def test_requests_are_counted_by_token(world: World) -> None:
    world.api.app._rate.most = 2
    one, other = await world.token(), await world.token(BOB)

    answers = [await world.ask("GET", "/api/auth/me", one) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2].headers["retry-after"]) > 0
    assert (await world.ask("GET", "/api/auth/me", other)).status_code == 200


async def test_daemons_of_one_cache_count_together(world: World) -> None:
    ours = world.api.app
    theirs = RateLimit("requests", 3, trio.current_time)
    ours._rate.most = 3
    token = await world.token()
    key = (await ours.authenticator.principal({"authorization": f"Bearer {token}"}, {}, "x")).key

    for _ in range(2):
        theirs.take(key)
    await theirs.share(ours.parts.cache)
    assert (await world.ask("GET", "/api/auth/me", token)).status_code == 200
    await ours.share_counts()
    told = await world.ask("GET", "/api/auth/me", token)
    assert told.status_code == 429
    assert 50 < int(told.headers["retry-after"]) <= 60
    theirs.take(key)
    await theirs.share(ours.parts.cache)
    with pytest.raises(Problem):
        theirs.take(key)


async def test_while_the_cache_is_away_each_counts_for_itself() -> None:
    class Away:
        async def run(self, _unit: Any) -> Any:  # noqa: ASYNC124  as a Cache's
            raise CacheUnavailable("away")

    away: Any = Away()
    limit = RateLimit("requests", 2, lambda: 0.0)

    for _ in range(2):
        limit.take("x")
        await limit.share(away)

    with pytest.raises(Problem):
        limit.take("x")


async def test_who_one_is(world: World) -> None:
    token, operator = await world.token(ADA, "deploy"), await world.operator()

    mine = (await world.ask("GET", "/api/auth/me", token)).json()
    theirs = (await world.ask("GET", "/api/auth/me", operator)).json()

    assert mine == {"user": {"id": str(ADA), "username": "test", "global_name": None, "avatar": None},
                    "operator": False, "scopes": ["deploy"]}  # fmt: skip
    assert (theirs["user"]["id"], theirs["operator"]) == (str(OWNER), True)


def test_every_permission_is_in_a_scope_and_reading_changes_nothing() -> None:
    granted = frozenset[Permission]().union(*SCOPES.values())

    assert granted == frozenset(Permission) - {P.OPEN}
    assert not any(one.value.endswith(":write") for one in SCOPES["read"])
    assert not {P.OPERATE, P.METRICS} & SCOPES["full"]
