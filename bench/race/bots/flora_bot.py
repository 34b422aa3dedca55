"""flora in the race: a whole daemon, as `flora serve` opens it, with one script in every guild.

Started as a file, like the other bots: as a module of its package it would bring the whole local Discord with it, some
18 MB that are none of flora's. Says `ready` when it hears events; then answers each line on its standard input with
what became of the events so far.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import trio

from api.config import load_config
from api.daemon import Daemon, Discord, keep_what_is_loaded, open_daemon
from api.deployer import DeployAsked
from bench._sampled_isolates import sampled_if_asked
from storage.ids import GuildId
from storage.records import SYSTEM

_ATTACKS: Final = Path(__file__).with_name("attacks.mjs").read_text()
_SCRIPT: Final = """
import { attacks } from "./attacks.js";
const counts = new Map<string, number>();
const moment = () => Date.now() * 1000 + 500;  // a clock of whole milliseconds
on("messageCreate", async (ctx) => {
  const author = ctx.msg.author.id;
  counts.set(author, (counts.get(author) ?? 0) + 1);
  const said = ctx.msg.content;
  if (said.startsWith("!attack ")) { const [, name, argument] = said.split(" "); attacks[name](argument); }
  if (said.startsWith("!ping ")) { const entered = moment(); await ctx.reply(`pong ${said.slice(6)} ${entered}`); }
});
const run = (ctx) => ctx.reply(`hello ${moment()}`);
createBot({ slashCommands: [slash({ name: "hello", description: "greets", run })] });
"""


async def main() -> None:
    with TemporaryDirectory() as data:
        settings = {"DATA_DIR": data, "API_PORT": "0", "DISCORD_INTENTS": "all"}
        chosen = {name: value for name, value in os.environ.items() if name.startswith(("RUNTIME_", "DISCORD_REST_"))}
        config = load_config(None, settings | chosen)
        discord = Discord(os.environ["RACE_TOKEN"], os.environ["RACE_API"], os.environ["RACE_GATEWAY"])
        with sampled_if_asked():
            async with open_daemon(config, discord) as daemon:
                keep_what_is_loaded()
                await _serve(daemon)


async def _serve(daemon: Daemon) -> None:
    await daemon.gateway.shards.wait_live()
    guilds = [GuildId(int(guild)) for guild in os.environ["RACE_GUILDS"].split(",")]
    await _deploy(daemon, guilds)
    print("ready", flush=True)
    while await trio.to_thread.run_sync(sys.stdin.readline, abandon_on_cancel=True):
        print(json.dumps(_counts(daemon, guilds)), flush=True)


async def _deploy(daemon: Daemon, guilds: list[GuildId]) -> None:
    files = {"main.ts": _SCRIPT, "attacks.js": _ATTACKS}
    bundled = await daemon.bundler.bundle(files, "main.ts")
    asked = DeployAsked(
        entry="main.ts",
        files=files,
        bundle=bundled.source,
        source_map=bundled.source_map,
        actor=SYSTEM,
    )
    for guild in guilds:
        await daemon.api.deployer.deploy(guild, asked)


def _counts(daemon: Daemon, guilds: list[GuildId]) -> dict[str, dict[str, int]]:
    events: Counter[str] = Counter()
    drops: Counter[str] = Counter()
    for guild in guilds:
        status = daemon.runtime.status(guild)
        if status is not None:
            events.update(status.usage.events)
            drops.update(status.usage.drops)
    return {"events": dict(events), "drops": dict(drops)}


if __name__ == "__main__":
    trio.run(main)
