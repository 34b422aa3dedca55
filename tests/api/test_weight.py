"""What a daemon does not need is not in its memory. A module here is one whose import costs a megabyte or more."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import trio

from gateway.local.discord import LocalConfig, open_local_discord
from storage.confidential import Secret
from storage.encryption import KeyRing
from storage.ids import GuildId

ROOT: Final = Path(__file__).parents[2]
NEVER: Final = ("discord", "simcord", "flask", "httpx2", "jinja2", "prometheus_client", "quart", "redis", "keyring")
UNTIL_NEEDED: Final = ("cryptography", "httpcore2", "werkzeug")
"""By a secret or a session, a script's fetch, an uploaded form."""
DAEMON: Final = """
import json, sys, trio
from api.cli.serve import load_config
from api.daemon import Discord, open_daemon
from api.deployer import DeployAsked
from storage.ids import GuildId
from storage.records import SYSTEM

data, guild, *reached = sys.argv[1:]

async def main():
    config = load_config(None, {"DATA_DIR": data, "API_PORT": "0", "RUNTIME_MAX_WORKERS": "1"})
    async with open_daemon(config, Discord(*reached)) as daemon:
        await daemon.gateway.shards.wait_live()
        asked = DeployAsked(entry="main.ts", files={"main.ts": "on('messageCreate', () => {});"}, actor=SYSTEM)
        await daemon.api.deployer.deploy(GuildId(int(guild)), asked)
        print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))

trio.run(main)
"""


async def test_a_daemon_that_serves_a_guild_has_loaded_nothing_that_only_others_need(tmp_path: Path) -> None:
    async with open_local_discord(LocalConfig()) as local:
        reached = [local.token, local.api_url, local.gateway_url]
        command = [sys.executable, "-c", DAEMON, str(tmp_path), str(local.guild_id), *reached]
        done = await trio.run_process(command, cwd=ROOT, capture_stdout=True)

    assert {"api", "trio", "asyncpg"} <= set(json.loads(done.stdout))
    assert set(json.loads(done.stdout)) & {*NEVER, *UNTIL_NEEDED} == set()


def test_what_is_loaded_when_it_is_needed_is_loaded_by_that() -> None:
    """The first secret: so that the test above cannot be true for want of a library of that name."""
    code = f"""
import sys
from tests.api.test_weight import seal
before = "{UNTIL_NEEDED[0]}" in sys.modules
seal()
print(before, "{UNTIL_NEEDED[0]}" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False True\n"


def seal() -> None:
    KeyRing([bytes(32)]).seal(GuildId(1), "name", Secret("value"))
