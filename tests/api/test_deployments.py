"""Deploying: what comes back, what is kept, what happens when it does not load, and who may."""

from datetime import UTC, datetime
from typing import Any

import pytest
import trio

from api.access import MANAGE_GUILD
from storage.postgres.connection import Connection
from storage.postgres.timers import next_timer_moment, schedule_timer
from storage.records import Timer
from tests.api.conftest import ADA, GUILD, OTHER, World

CRON = """globalThis.registers = '{"events":["messageCreate"],"crons":[{"name":"tick","schedule":"0 5 * * *"}]}';\n"""


async def test_a_deploy_answers_with_what_it_found_and_is_what_runs(world: World) -> None:
    token = await world.token()

    told = await world.deploy(token, CRON, body={"message": "why"}, headers={"x-flora-deploy-source": "cli"})

    assert told.status_code == 200, told.text
    body = told.json()
    assert body["registrations"]["events"] == ["messageCreate"]
    assert set(body["timings_ms"]) == {"bundle", "load_cpu", "swap", "total"}
    assert world.deployed == [(GUILD, body["registrations"])]
    live = (await world.ask("GET", f"/api/deployments/{GUILD}", token)).json()
    assert (live["revision"], live["phase"], live["entry"]) == (body["revision"], "live", "main.ts")
    assert live["files"] == [{"path": "main.ts", "contents": CRON}]
    assert "bundle" not in live
    with_bundle = (await world.ask("GET", f"/api/deployments/{GUILD}?include_bundle=true", token)).json()
    assert "registers" in with_bundle["bundle"]
    assert with_bundle["source_map"]["path"] == "main.ts.map"
    crons = (await world.ask("GET", f"/api/cron/{GUILD}", token)).json()
    assert [(one["name"], one["schedule"], one["paused"]) for one in crons] == [("tick", "0 5 * * *", False)]
    (revision,) = (await world.ask("GET", f"/api/deployments/{GUILD}/history", token)).json()
    assert (revision["status"], revision["deploy_source"], revision["message"]) == ("success", "cli", "why")
    assert revision["actor"] == {"actor_type": "token", "user_id": str(ADA), "username": "test"}
    assert revision["change_summary"]["added_files"] == ["main.ts"]
    (entry,) = (await world.ask("GET", f"/api/audit/{GUILD}", token)).json()
    assert (entry["action"], entry["target"]) == ("deployment.create", body["revision"])


async def test_a_script_that_does_not_load_changes_nothing_and_is_kept(world: World) -> None:
    token = await world.token()
    first = (await world.deploy(token, CRON)).json()

    told = await world.deploy(token, 'globalThis.fails = "no such thing";')

    assert told.status_code == 400
    problem = told.json()
    assert problem["code"] == "script_failed"
    assert problem["message"].startswith("Bad request: deployment failed: Error: no such thing")
    assert problem["error"]["stack"][0]["file"] == "main.ts"
    assert (await world.ask("GET", f"/api/deployments/{GUILD}", token)).json()["revision"] == first["revision"]
    assert len((await world.ask("GET", f"/api/cron/{GUILD}", token)).json()) == 1
    failed, good = (await world.ask("GET", f"/api/deployments/{GUILD}/history", token)).json()
    assert (failed["status"], good["status"]) == ("failed", "success")
    assert "no such thing" in failed["error_message"]
    refused = await world.ask("POST", f"/api/deployments/{GUILD}/rollback/{failed['id']}", token)
    assert (refused.status_code, refused.json()["code"]) == (400, "revision_failed")


async def test_bad_crons_and_bad_code_change_nothing(world: World) -> None:
    token = await world.token()
    wrong = """globalThis.registers = '{"crons":[{"name":"a","schedule":"every day"}]}';"""

    for source, code in ((wrong, "bad_cron"), ("const a = ;", "bundle_refused")):
        told = await world.deploy(token, source)
        assert (told.status_code, told.json()["code"]) == (400, code), told.text

    assert (await world.ask("GET", f"/api/deployments/{GUILD}", token)).status_code == 404
    assert world.fake.running == {}


async def test_history_goes_page_by_page_and_back_again(world: World) -> None:
    token = await world.token()
    made = [(await world.deploy(token, f"// {number}\n")).json()["revision"] for number in range(3)]

    page = await world.ask("GET", f"/api/deployments/{GUILD}/history?limit=2", token)
    rest = await world.ask(
        "GET", f"/api/deployments/{GUILD}/history?limit=2&cursor={page.headers['x-next-cursor']}", token
    )
    diff = await world.ask("GET", f"/api/deployments/{GUILD}/diff?old={made[0]}", token)
    back = await world.ask("POST", f"/api/deployments/{GUILD}/rollback/{made[0]}", token)

    assert [one["id"] for one in page.json() + rest.json()] == made[::-1]
    assert "x-next-cursor" not in rest.headers
    assert diff.json()["diff"][2:] == ["@@ -1 +1 @@", "-// 0", "+// 2"]
    assert back.status_code == 200
    live = (await world.ask("GET", f"/api/deployments/{GUILD}", token)).json()
    assert (live["revision"], live["files"][0]["contents"]) == (back.json()["revision"], "// 0\n")


async def test_the_same_key_is_the_same_deploy(world: World) -> None:
    token = await world.token()
    key = {"idempotency-key": "k-1"}

    first = await world.deploy(token, CRON, headers=key)
    again = await world.deploy(token, CRON, headers=key)
    other = await world.deploy(token, "// other\n", headers=key)

    assert first.json()["revision"] == again.json()["revision"]
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json()["registrations"] == first.json()["registrations"]
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
    assert len((await world.ask("GET", f"/api/deployments/{GUILD}/history", token)).json()) == 1


async def test_the_same_key_twice_at_once_is_one_deploy(world: World) -> None:
    token, answers = await world.token(), list[Any]()

    async def deploy() -> None:
        answers.append((await world.deploy(token, CRON, headers={"idempotency-key": "k"})).json()["revision"])

    async with trio.open_nursery() as nursery:
        for _ in range(3):
            nursery.start_soon(deploy)

    assert len(answers) == 3
    assert len(set(answers)) == 1


async def test_a_bundle_is_read_only_by_who_wants_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    token = await world.token()
    made = (await world.deploy(token)).json()["revision"]
    path = f"/api/deployments/{GUILD}"
    read: list[str] = []
    run = world.database.run

    async def noted(unit: Any, *arguments: Any) -> Any:
        read.append(unit.__name__)
        return await run(unit, *arguments)

    monkeypatch.setattr(world.database, "run", noted)
    for one in (path, f"{path}/revisions/{made}", f"{path}/diff"):
        assert "bundle" not in (await world.ask("GET", one, token)).json()
    assert "read_revision" not in read
    for one in (path, f"{path}/revisions/{made}"):
        told = (await world.ask("GET", one, token, params={"include_bundle": "true"})).json()
        assert "messageCreate" in told["bundle"]
        assert told["source_map"]["path"] == "main.ts.map"


async def test_one_deploy_of_a_guild_at_a_time(world: World) -> None:
    token = await world.token()
    answers: list[int] = []

    async def deploy(source: str, path: str = "") -> None:
        body = {"entry": "main.ts", "files": [{"path": "main.ts", "contents": source}]}
        answers.append((await world.ask("POST", f"/api/deployments/{GUILD}{path}", token, json=body)).status_code)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(deploy, "globalThis.waits = true;")
        await world.fake.loading.wait()
        refused = await world.deploy(token, "// no\n", params={"wait": "false"})
        nursery.start_soon(deploy, "// the next\n")
        world.fake.gate.set()

    assert (refused.status_code, refused.json()["code"]) == (409, "deploy_in_progress")
    assert answers == [200, 200]
    assert "the next" in world.fake.running[GUILD][0].source or len(world.deployed) == 2


async def test_two_rollbacks_at_once_are_one_after_the_other(world: World) -> None:
    token = await world.token()
    made = [(await world.deploy(token, f"on({number});")).json()["revision"] for number in range(2)]
    answers: list[str] = []

    async def rollback(revision: str) -> None:
        told = await world.ask("POST", f"/api/deployments/{GUILD}/rollback/{revision}", token)
        answers.append(told.json()["revision"])

    async with trio.open_nursery() as nursery:
        for revision in made:
            nursery.start_soon(rollback, revision)

    live = (await world.ask("GET", f"/api/deployments/{GUILD}", token)).json()
    assert len(set(answers)) == 2
    assert live["revision"] == max(answers, key=int) == world.fake.running[GUILD][1]


async def test_who_asks_may_go_away_in_the_middle(world: World) -> None:
    token = await world.token()
    with trio.move_on_after(60) as scope:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(world.deploy, token, "globalThis.waits = true;")
            await world.fake.loading.wait()
            nursery.cancel_scope.cancel()
    assert not scope.cancelled_caught

    world.fake.gate.set()
    after = await world.deploy(token, "// after it\n")

    assert after.status_code == 200
    history = (await world.ask("GET", f"/api/deployments/{GUILD}/history", token)).json()
    assert [one["status"] for one in history] == ["success", "success"]


async def test_pause_resume_restart_and_taking_it_away(world: World) -> None:
    token = await world.token()
    await world.deploy(token, CRON)
    path = f"/api/deployments/{GUILD}"

    assert (await world.ask("POST", f"{path}/pause", token, json={"reason": "tired"})).json() == {"success": True}
    paused = (await world.ask("GET", path, token)).json()
    assert (paused["phase"], paused["reason"]) == ("paused", "tired")
    assert (await world.ask("POST", f"{path}/resume", token)).status_code == 200
    assert (await world.ask("POST", f"{path}/restart", token)).status_code == 200
    assert (await world.ask("DELETE", path, token)).status_code == 204
    assert (await world.ask("DELETE", path, token)).status_code == 404
    assert (await world.ask("GET", path, token)).status_code == 404
    assert (await world.ask("POST", f"{path}/pause", token)).status_code == 404
    assert (await world.ask("GET", f"/api/cron/{GUILD}", token)).json() == []
    assert world.deployed[-1] == (GUILD, {})
    actions = [one["action"] for one in (await world.ask("GET", f"/api/audit/{GUILD}", token)).json()]
    assert actions[::-1] == [f"deployment.{verb}" for verb in ("create", "pause", "resume", "restart", "remove")]


async def test_timers_that_wait_for_the_guild_are_due_again_after_a_resume_and_after_a_deploy(world: World) -> None:
    token, due = await world.token(), datetime(2026, 1, 1, tzinfo=UTC)
    await world.deploy(token, CRON)
    await world.database.run(schedule_timer, Timer(GUILD, "remind", due), world.database.limits)

    async def put_off(connection: Connection) -> None:
        await connection.execute("UPDATE timer SET try_at = fire_at + interval '15 minutes'")

    await world.database.run(put_off)
    await world.ask("POST", f"/api/deployments/{GUILD}/pause", token, json={"reason": "tired"})
    assert await world.database.run(next_timer_moment) != due
    await world.ask("POST", f"/api/deployments/{GUILD}/resume", token)
    assert await world.database.run(next_timer_moment) == due

    await world.database.run(put_off)
    await world.deploy(token, CRON)
    assert await world.database.run(next_timer_moment) == due


async def test_lists_show_what_the_caller_may_see(world: World) -> None:
    ada, operator = await world.token(), await world.operator()
    await world.deploy(operator, guild=OTHER)
    await world.deploy(ada)

    assert [one["guild_id"] for one in (await world.ask("GET", "/api/deployments", ada)).json()] == [str(GUILD)]
    both = (await world.ask("GET", "/api/deployments", operator)).json()
    assert {one["guild_id"] for one in both} == {str(GUILD), str(OTHER)}
    (mine,) = (await world.ask("GET", "/api/guilds", ada)).json()
    assert mine == {"id": str(GUILD), "name": f"guild {GUILD}", "icon": None, "permissions": MANAGE_GUILD}


async def test_an_operator_is_shown_every_guild_that_he_may_deploy_to(world: World) -> None:
    operator = await world.operator()
    await world.deploy(operator, guild=OTHER)

    listed = (await world.ask("GET", "/api/guilds", operator)).json()

    named = {one["id"]: one["name"] for one in listed}
    assert named == {str(GUILD): f"guild {GUILD}", str(OTHER): ""}, "the bot is in one, something runs in the other"


async def test_a_deploy_to_a_guild_that_the_bot_is_not_in_is_done_with_a_warning(world: World) -> None:
    operator = await world.operator()

    elsewhere = (await world.deploy(operator, guild=OTHER)).json()
    again = await world.ask("POST", f"/api/deployments/{OTHER}/rollback/{elsewhere['revision']}", operator)
    here = (await world.deploy(operator)).json()

    warning = f"the bot is not in guild {OTHER}: nothing happens there until it is invited"
    assert elsewhere["warnings"] == again.json()["warnings"] == [warning]
    assert here["warnings"] == []


async def test_after_a_start_every_script_runs_again_and_what_rests_still_rests(world: World) -> None:
    token, operator = await world.token(), await world.operator()
    await world.deploy(token)
    await world.deploy(operator, guild=OTHER)
    for reason in ("first", "tired"):
        await world.ask("POST", f"/api/deployments/{GUILD}/pause", token, json={"reason": reason})

    assert await world.api.deployer.restore() == 2
    assert world.fake.restored == {GUILD: "tired", OTHER: ""}

    await world.deploy(token, "on('x');")  # ends the pause
    await world.api.deployer.restore()
    assert world.fake.restored == {GUILD: "", OTHER: ""}
