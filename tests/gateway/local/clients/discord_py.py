"""discord.py against the local Discord: `python discord_py.py API_URL GATEWAY_URL TOKEN PAGE_URL`.

Prints a line for each thing that worked; the test knows which lines there must be.
"""

import asyncio  # noqa: TID251  - the client is made of it
import io
import signal
import sys
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

ADA = "ada"


def told(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Bot(discord.Client):
    """Does everything once, then ends."""

    def __init__(self, page: str) -> None:
        super().__init__(intents=discord.Intents.all())
        self.page = page
        self.tree = app_commands.CommandTree(self)
        self.resumed = asyncio.Event()

    async def on_ready(self) -> None:
        told("ready")
        try:
            await asyncio.wait_for(self.everything(), 60)
        finally:
            await self.close()

    async def on_resumed(self) -> None:
        self.resumed.set()

    async def act(self, **action: Any) -> None:
        """As a person on the page."""
        async with aiohttp.ClientSession() as session:
            answer = await session.post(f"{self.page}local/act", json=action)
            assert answer.status == 200, await answer.text()

    async def everything(self) -> None:
        guild = self.guilds[0]
        channel = guild.text_channels[0]
        told(f"guild {guild.name} with {len(guild.members)} members, {len(guild.roles)} roles")
        ada = next(member for member in guild.members if member.name == ADA)
        sent = await channel.send("hello", embed=discord.Embed(title="A title"))
        told("sent")
        assert (await sent.edit(content="hi")).content == "hi"
        told("edited")
        await sent.add_reaction("🌸")
        assert [str(one.emoji) for one in (await channel.fetch_message(sent.id)).reactions] == ["🌸"]
        told("reacted")
        answered = await sent.reply("indeed")
        assert answered.reference is not None
        assert answered.reference.message_id == sent.id
        told("replied")
        await self.commands(guild, channel, ada)
        said = [message.content async for message in channel.history(limit=2)]
        assert said[0] == "hello moon"
        told("history")
        file = await channel.send(file=discord.File(io.BytesIO(b"green"), "leaf.txt"))
        assert await file.attachments[0].read() == b"green"
        told("uploaded")
        await self.refused(channel)
        await self.cut(channel, ada)

    async def commands(self, guild: discord.Guild, channel: discord.TextChannel, ada: discord.Member) -> None:
        @app_commands.command(description="greets")
        async def hello(interaction: discord.Interaction, who: str) -> None:
            await interaction.response.defer()
            await interaction.followup.send(f"hello {who}")

        self.tree.add_command(hello, guild=guild)  # pyright: ignore[reportUnknownArgumentType]
        registered = await self.tree.sync(guild=guild)
        told(f"registered {[one.name for one in registered]}")
        options = [{"name": "who", "type": 3, "value": "moon"}]
        await asyncio.gather(
            self.wait_for("message", check=lambda message: message.interaction_metadata is not None),
            self.act(**{"as": str(ada.id)}, kind="command", channel=str(channel.id), name="hello", options=options),
        )
        told("answered an interaction")

    async def refused(self, channel: discord.TextChannel) -> None:
        try:
            await channel.fetch_message(1)
        except discord.NotFound as error:
            told(f"refused with {error.code}")

    async def cut(self, channel: discord.TextChannel, ada: discord.Member) -> None:
        await self.act(**{"as": str(ada.id)}, kind="fault", channel=str(channel.id), fault="drop")
        heard, _ = await asyncio.gather(
            self.wait_for("message", check=lambda message: message.content == "missed"),
            self.act(**{"as": str(ada.id)}, kind="say", channel=str(channel.id), text="missed"),
        )
        assert heard.author.name == ADA
        await self.resumed.wait()
        told("resumed and heard what was missed")


def main(api: str, gateway: str, token: str, page: str) -> None:
    Route.BASE = api
    DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)
    Bot(page).run(token, log_level=30)


if __name__ == "__main__":
    signal.alarm(90)  # what it has said by then is shown
    main(*sys.argv[1:])
