# pyright: basic
"""The bot of the race in discord.py."""

import os
import sys
import threading
import time
from collections import Counter

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

Route.BASE = os.environ["RACE_API"]
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["RACE_GATEWAY"])

intents = discord.Intents.none()
intents.value = int(os.environ["RACE_INTENTS"])
shard, shards = map(int, os.environ["RACE_SHARD"].split("/"))
client = discord.Client(intents=intents, shard_id=shard, shard_count=shards)
tree = app_commands.CommandTree(client)
counts: Counter[int] = Counter()


@tree.command(name="hello", description="greets")
async def hello(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(f"hello {time.time_ns() // 1000}")


@client.event
async def on_message(message: discord.Message) -> None:
    counts[message.author.id] += 1
    if message.content.startswith("!attack spin "):
        end = time.monotonic() + int(message.content[13:]) / 1000
        while time.monotonic() < end:
            pass
    if message.content.startswith("!ping "):
        entered = time.time_ns() // 1000
        await message.channel.send(f"pong {message.content[6:]} {entered}")


@client.event
async def on_ready() -> None:  # noqa: ASYNC124  the library awaits it
    print("ready", flush=True)


def _end_with_our_parent() -> None:
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=_end_with_our_parent, daemon=True).start()
client.run(os.environ["RACE_TOKEN"], log_handler=None)
