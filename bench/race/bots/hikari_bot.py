# mypy: ignore-errors
# pyright: basic, reportMissingImports=false
"""The bot of the race in hikari. Only its own environment has that library."""

import os
import sys
import threading
import time
from collections import Counter

import hikari

bot = hikari.GatewayBot(
    os.environ["RACE_TOKEN"],
    rest_url=os.environ["RACE_API"],
    intents=hikari.Intents(int(os.environ["RACE_INTENTS"])),
    banner=None,
    logs="ERROR",
)
counts: Counter[int] = Counter()


@bot.listen()
async def on_message(event: hikari.MessageCreateEvent) -> None:
    counts[event.author_id] += 1
    content = event.message.content or ""
    if content.startswith("!attack spin "):
        end = time.monotonic() + int(content[13:]) / 1000
        while time.monotonic() < end:
            pass
    if content.startswith("!ping "):
        entered = time.time_ns() // 1000
        await event.message.respond(f"pong {content[6:]} {entered}")


@bot.listen()
async def on_interaction(event: hikari.InteractionCreateEvent) -> None:
    entered = time.time_ns() // 1000
    if isinstance(event.interaction, hikari.CommandInteraction) and event.interaction.command_name == "hello":
        await event.interaction.create_initial_response(hikari.ResponseType.MESSAGE_CREATE, f"hello {entered}")


@bot.listen()
async def on_started(_: hikari.StartedEvent) -> None:  # noqa: ASYNC124  the library awaits it
    print("ready", flush=True)


def _end_with_our_parent() -> None:
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=_end_with_our_parent, daemon=True).start()
shard, shards = map(int, os.environ["RACE_SHARD"].split("/"))
bot.run(check_for_updates=False, shard_ids=[shard], shard_count=shards)
