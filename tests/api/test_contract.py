"""What deploying promises, over HTTP against real isolates: all or nothing, whatever the script and the client do."""

import json
from typing import Any

import pytest
import trio

from actors.outcomes import RunOutcome
from actors.refs import GuildPhase
from tests.api.conftest import GUILD, World

PATH = f"/api/deployments/{GUILD}"
SCRIPT = """
slash({ name: "hello", description: "greets", run: (ctx) => ctx.reply("hi") });
on("messageCreate", () => { console.log("VERSION"); });
cron("tick", "0 5 * * *", () => { console.log("ticked"); });
"""
SLOW = "await new Promise((later) => setTimeout(later, 300));\n" + SCRIPT.replace("VERSION", "slow")


def version(name: str) -> str:
    return SCRIPT.replace("VERSION", name)


async def says(world: World) -> str:
    """What the script that runs logs when a message comes."""
    run = await world.runtime.dispatch(GUILD, "messageCreate", b'{"id":"1","content":"x"}')
    assert run.outcome is RunOutcome.OK
    await world.flush()
    page = await world.logs.search(GUILD, limit=1)
    return page.lines[0].text


async def live(world: World, token: str) -> dict[str, Any]:
    told = await world.ask("GET", PATH, token)
    return dict(told.json())


async def test_a_deploy_tells_what_the_script_registers_and_is_what_runs(real_world: World) -> None:
    world, token = real_world, await real_world.token()

    told = (await world.deploy(token, version("one"))).json()

    found = told["registrations"]
    assert [one["name"] for one in found["commands"]] == ["hello"]
    assert "messageCreate" in found["events"]
    assert [one["name"] for one in found["crons"]] == ["tick"]
    assert told["timings_ms"]["total"] >= told["timings_ms"]["bundle"] > 0
    now = await live(world, token)
    assert (now["phase"], now["revision"]) == ("live", told["revision"])
    assert now["registrations"] == found
    assert await says(world) == "one"
    crons = (await world.ask("GET", f"/api/cron/{GUILD}", token)).json()
    assert [(one["name"], one["paused"]) for one in crons] == [("tick", False)]
    used = (await world.ask("GET", f"/api/guilds/{GUILD}/usage", token)).json()
    assert used["events"] == {"ok": 1}
    assert used["cpu_ms"] > 0
    assert 0 < used["private_bytes"] < used["limits"]["private_bytes"]


@pytest.mark.parametrize(
    ("source", "code", "words"),
    [
        ("export const ok = 1;\nthrow new Error('not today');", "script_failed", "not today"),
        ("on('messageCreate', (", "bundle_refused", "main.ts"),
        ("await new Promise(() => {}); on('x', () => {});", "script_failed", "did not come to an end in time"),
        ("for (;;) {}", "script_failed", "without an end"),
        ("const all = []; for (;;) all.push(new Array(1e6).fill(1));", "script_failed", "memory"),
        ("cron('tick', 'whenever', () => {}); on('x', () => {});", None, "whenever"),
        ("import 'nowhere';", "bundle_refused", "nowhere"),
    ],
)
async def test_a_script_that_does_not_load_changes_nothing(
    real_world: World, source: str, code: str | None, words: str
) -> None:
    world, token = real_world, await real_world.token()
    await world.deploy(token, version("old"))
    before = await live(world, token)

    told = await world.deploy(token, source)

    assert told.status_code == 400, told.text
    assert code is None or told.json()["code"] == code
    assert words in told.json()["detail"]
    assert "Traceback" not in told.text
    after = await live(world, token)
    assert (after["revision"], after["registrations"]) == (before["revision"], before["registrations"])
    assert await says(world) == "old"
    assert len((await world.ask("GET", f"/api/cron/{GUILD}", token)).json()) == 1


async def test_an_error_is_told_with_its_place_in_the_authors_file(real_world: World) -> None:
    world, token = real_world, await real_world.token()

    told = (
        await world.deploy(token, "on('x', () => {});\n\nfunction boom(): void { throw new Error('why'); }\nboom();\n")
    ).json()

    assert told["detail"].startswith("deployment failed: Error: why\n    at boom (main.ts:3:")
    assert told["error"]["stack"][0]["file"] == "main.ts"
    failed = (await world.ask("GET", f"{PATH}/revisions/{told['revision']}", token)).json()
    assert (failed["status"], "why" in failed["error_message"]) == ("failed", True)
    back = await world.ask("POST", f"{PATH}/rollback/{told['revision']}", token)
    assert (back.status_code, back.json()["code"]) == (400, "revision_failed")


async def test_who_goes_away_in_the_middle_leaves_the_old_script_or_the_new(real_world: World) -> None:
    world, token = real_world, await real_world.token()
    await world.deploy(token, version("old"))
    body = json.dumps({"entry": "main.ts", "files": [{"path": "main.ts", "contents": SLOW}]}).encode()
    head = (
        f"POST {PATH} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    ).encode()
    stream = await trio.open_tcp_stream("127.0.0.1", int(world.url.rpartition(":")[2]))
    async with stream:
        await stream.send_all(head + body)
        while not world.api.deployer._turns:  # noqa: ASYNC110 -- no event says that it has begun
            await trio.sleep(0.001)

    refused = await world.deploy(token, version("impatient"), params={"wait": "false"})
    after = await world.ask("POST", f"{PATH}/restart", token)  # waits for its turn
    status = world.runtime.status(GUILD)

    assert refused.json()["code"] == "deploy_in_progress"
    assert after.status_code == 200
    assert status is not None
    assert status.revision == (await live(world, token))["revision"]
    assert await says(world) == "slow"
    history = (await world.ask("GET", f"{PATH}/history", token)).json()
    assert [one["status"] for one in history] == ["success", "success"]


async def test_a_body_that_is_cut_off_changes_nothing(real_world: World) -> None:
    world, token = real_world, await real_world.token()
    await world.deploy(token, version("old"))
    body = json.dumps({"entry": "main.ts", "files": [{"path": "main.ts", "contents": version("new")}]}).encode()
    head = (
        f"POST {PATH} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    ).encode()
    for sent in (head, head + body[:-1]):
        stream = await trio.open_tcp_stream("127.0.0.1", int(world.url.rpartition(":")[2]))
        async with stream:
            await stream.send_all(sent)
            await stream.send_eof()
            while await stream.receive_some():
                pass

    assert await says(world) == "old"
    assert len((await world.ask("GET", f"{PATH}/history", token)).json()) == 1


async def test_two_rollbacks_at_once_and_the_one_that_counts_runs(real_world: World) -> None:
    world, token = real_world, await real_world.token()
    made = {name: (await world.deploy(token, version(name))).json()["revision"] for name in ("one", "two", "three")}
    answers: dict[str, str] = {}

    async def rollback(name: str) -> None:
        told = await world.ask("POST", f"{PATH}/rollback/{made[name]}", token)
        answers[told.json()["revision"]] = name

    async with trio.open_nursery() as nursery:
        for name in ("one", "two"):
            nursery.start_soon(rollback, name)

    now = (await live(world, token))["revision"]
    assert now == max(answers, key=int)
    assert await says(world) == answers[now]


async def test_pause_resume_restart_and_taking_it_away(real_world: World) -> None:
    world, token = real_world, await real_world.token()
    await world.deploy(token, version("it"))

    async def phase() -> str:
        return str((await live(world, token)).get("phase", "none"))

    assert (await world.ask("POST", f"{PATH}/pause", token, json={"reason": "tired"})).status_code == 200
    assert (await live(world, token))["reason"] == "tired"
    assert await phase() == "paused"
    run = await world.ask("POST", f"/api/cron/{GUILD}/tick/run", token)
    assert run.status_code in {200, 409}
    assert (await world.ask("POST", f"{PATH}/resume", token)).status_code == 200
    assert await says(world) == "it"
    assert (await world.ask("POST", f"{PATH}/restart", token)).status_code == 200
    assert await says(world) == "it"
    assert (await world.ask("DELETE", PATH, token)).status_code == 204
    assert world.runtime.status(GUILD) is None
    assert await phase() == "none"
    for verb in ("pause", "resume", "restart"):
        assert (await world.ask("POST", f"{PATH}/{verb}", token)).status_code == 404
    assert (await world.ask("DELETE", PATH, token)).status_code == 404


async def test_a_cron_is_run_now_and_its_run_is_kept(real_world: World) -> None:
    world, token = real_world, await real_world.token()
    await world.deploy(token, version("it"))

    started = (await world.ask("POST", f"/api/cron/{GUILD}/tick/run", token)).json()["run_id"]

    async def last() -> dict[str, Any]:
        return dict((await world.ask("GET", f"/api/cron/{GUILD}/tick/history", token)).json()[0])

    while (await last())["outcome"] is None:  # noqa: ASYNC110 -- a run's end is told to nobody over HTTP; the test's own time limit is the bound
        await trio.sleep(0.02)
    assert (await last())["id"] == started
    assert (await last())["outcome"] == "ok"


async def test_guilds_are_moved_and_workers_drained_and_ended(real_world: World) -> None:
    world, operator = real_world, await real_world.operator()
    await world.deploy(operator, version("it"))

    async def place() -> str:
        (found,) = (await world.ask("GET", "/api/placement", operator)).json()
        return str(found["worker"])

    workers = [one["worker"] for one in (await world.ask("GET", "/api/workers", operator)).json()]
    (other,) = set(workers) - {await place()}
    moved = await world.ask("POST", f"/api/guilds/{GUILD}/migrate", operator, json={"worker": other})
    assert moved.status_code == 200
    assert await place() == other
    assert await says(world) == "it"
    assert (await world.ask("POST", f"/api/workers/{other}/drain", operator)).status_code == 200
    assert await place() != other
    assert (await world.ask("DELETE", f"/api/workers/{other}", operator)).status_code == 204
    last = await world.ask("DELETE", f"/api/workers/{await place()}", operator)
    assert (last.status_code, last.json()["code"]) == (409, "last_worker")
    made = (await world.ask("POST", "/api/workers", operator)).json()["worker"]
    assert made in {one["worker"] for one in (await world.ask("GET", "/api/workers", operator)).json()}
    gone = await world.ask("POST", f"/api/guilds/{GUILD}/migrate", operator, json={"worker": other})
    assert (gone.status_code, gone.json()["code"]) == (404, "unknown_worker")
    nobody = await world.ask("POST", "/api/guilds/8/migrate", operator, json={"worker": made})
    assert (nobody.status_code, nobody.json()["code"]) == (404, "not_deployed")
    assert await says(world) == "it"


async def test_after_a_restart_of_the_api_what_ran_runs(real_world: World) -> None:
    world, token = real_world, await real_world.token()
    await world.deploy(token, version("it"))
    await world.runtime.undeploy(GUILD)

    assert await world.api.deployer.restore() == 1

    assert await says(world) == "it"
    status = world.runtime.status(GUILD)
    assert status is not None
    assert status.phase is GuildPhase.LIVE
