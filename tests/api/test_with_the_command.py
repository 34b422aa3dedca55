"""The `flora` command against the served API: what its own tests say to a stand-in, said to the real thing."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import trio

from tests.api.cli.conftest import environment
from tests.api.conftest import GUILD, World

SCRIPT = """globalThis.registers = '{"events":["x"],"crons":[{"name":"tick","schedule":"0 5 * * *"}]}';\n"""


class Command:
    """`await command("deploy")`: what it printed; it must end as is expected."""

    def __init__(self, world: World, folder: Path, token: str) -> None:
        self.folder = folder / "project"
        self.folder.mkdir()
        self._environment = environment(folder, world.url) | {"FLORA_TOKEN": token, "FLORA_GUILD": str(GUILD)}

    async def __call__(self, *arguments: str, stdin: str = "", code: int = 0) -> str:
        command = [sys.executable, "-m", "api.main", *arguments]
        told: subprocess.CompletedProcess[bytes] = await trio.run_process(
            command,
            cwd=self.folder,
            env=self._environment,
            stdin=stdin.encode(),
            capture_stdout=True,
            capture_stderr=True,
            check=False,
        )
        assert told.returncode == code, (arguments, told.stdout, told.stderr)
        return told.stdout.decode() if code == 0 else told.stderr.decode()

    async def json(self, *arguments: str, **more: Any) -> Any:
        return json.loads(await self(*arguments, "--json", **more))


@pytest.fixture
async def flora(world: World, tmp_path: Path) -> Command:
    return Command(world, tmp_path, await world.operator())


async def test_a_project_from_nothing_to_a_rollback(flora: Command, world: World) -> None:
    await flora("init", "--guild", str(GUILD))
    main = flora.folder / "src/main.ts"
    main.write_text(SCRIPT)
    assert "+ src/main.ts" in await flora("deploy", "-m", "first")
    main.write_text(SCRIPT.replace("x", "y"))
    told = await flora("deploy")
    assert "~ src/main.ts" in told
    assert "crons: tick" in told

    history = await flora.json("history")
    diff = await flora("diff")
    await flora("rollback", "--yes")
    status = await flora.json("status")

    assert [one.get("message") for one in history] == [None, "first"]
    assert '-globalThis.registers = \'{"events":["x"]' in diff
    assert status["deployment"]["revision"] != history[0]["id"]
    assert status["usage"]["cpu_ms"] == 2.5
    assert status["crons"][0]["name"] == "tick"
    assert (await flora.json("list"))[0]["guild_id"] == str(GUILD)
    assert "main.ts" in await flora("get")


async def test_values_secrets_variables_and_crons(flora: Command, world: World) -> None:
    await world.deploy(await world.operator(), SCRIPT)
    await flora("kv", "set", "v", "-k", "x/y", "-s", "a b", "--metadata", '{"n": 1}')
    assert await flora("kv", "get", "x/y", "-s", "a b") == "v\n"
    assert "x/y" in await flora("kv", "list-keys", "-s", "a b")
    exported = await flora("kv", "export", "-s", "a b")
    assert json.loads(exported) == {"key": "x/y", "value": "v", "metadata": {"n": 1}}
    await flora("kv", "import", "-", "-s", "other", stdin=exported)
    assert await flora("kv", "get", "x/y", "-s", "other") == "v\n"
    await flora("kv", "get", "none", "-s", "other", code=5)

    await flora("secrets", "set", "KEY", "--host", "a.b", stdin="hush\n")
    assert "KEY" in await flora("secrets", "list")
    await flora("secrets", "delete", "KEY", "--yes")
    await flora("vars", "set", "COLOUR", stdin="blue\n")
    assert "blue" in await flora("vars", "list")

    await flora("cron", "run", "tick")
    await flora("cron", "pause", "tick")
    await flora("cron", "resume", "tick")
    assert (await flora.json("cron", "history", "tick"))[0]["name"] == "tick"
    assert "there is no cron" in await flora("cron", "run", "none", code=5)


async def test_what_operators_and_owners_of_tokens_ask(flora: Command, world: World) -> None:
    await world.deploy(await world.operator(), SCRIPT)
    world.logs.append(GUILD, "warn", "mind this")
    await world.flush()

    assert "mind this" in await flora("logs")
    assert "live" in await flora("workers")
    assert str(GUILD) in await flora("placement")
    second = (await flora.json("workers"))[1]["worker"]
    await flora("migrate", second)
    await flora("drain", second, "--yes")
    assert "2.5 ms" in await flora("usage")
    assert (await flora.json("whoami"))["user"]["username"] == "operator"
    made = await flora.json("tokens", "create", "--label", "CI")
    assert "CI" in await flora("tokens", "list")
    await flora("tokens", "revoke", made["token_id"], "--yes")
    assert "ok" in await flora("health")
    assert str(GUILD) in await flora("guilds")
