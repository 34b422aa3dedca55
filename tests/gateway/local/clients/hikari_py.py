# mypy: ignore-errors
# pyright: basic, reportMissingImports=false
"""hikari against the local Discord: `python hikari_py.py API_URL GATEWAY_URL TOKEN PAGE_URL`.

Prints a line for each thing that worked; the test knows which lines there must be.
"""

import asyncio  # noqa: TID251  - the client is made of it
import signal
import sys
from typing import Any

import aiohttp
import hikari

ADA = "ada"


def told(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Visit:
    """Does everything once, then ends."""

    def __init__(self, bot: hikari.GatewayBot, page: str) -> None:
        self.bot = bot
        self.page = page
        self.resumed = asyncio.Event()
        self.command = 0

    async def act(self, **action: Any) -> None:
        """As a person on the page."""
        async with aiohttp.ClientSession() as session:
            answer = await session.post(f"{self.page}local/act", json=action)
            assert answer.status == 200, await answer.text()

    async def everything(self, guild: hikari.GatewayGuild) -> None:
        rest = self.bot.rest
        channel = next(one for one in guild.get_channels().values() if isinstance(one, hikari.GuildTextChannel))
        told(f"guild {guild.name} with {len(guild.get_members())} members, {len(guild.get_roles())} roles")
        ada = next(one for one in guild.get_members().values() if one.username == ADA)
        sent = await channel.send("hello", embed=hikari.Embed(title="A title"))
        told("sent")
        assert (await sent.edit("hi")).content == "hi"
        told("edited")
        await sent.add_reaction("🌸")
        assert [str(one.emoji) for one in (await rest.fetch_message(channel, sent)).reactions] == ["🌸"]
        told("reacted")
        answered = await sent.respond("indeed", reply=True)
        assert answered.message_reference is not None
        assert answered.message_reference.id == sent.id
        told("replied")
        await self.commands(guild, channel, ada)
        assert next(iter(await rest.fetch_messages(channel).limit(1))).content == "hello moon"
        told("history")
        file = await channel.send(attachment=hikari.Bytes(b"green", "leaf.txt"))
        assert await file.attachments[0].read() == b"green"
        told("uploaded")
        try:
            await rest.fetch_message(channel, 1)
        except hikari.NotFoundError as error:
            told(f"refused with {error.code}")
        await self.cut(channel, ada)

    async def commands(self, guild: hikari.GatewayGuild, channel: hikari.GuildTextChannel, ada: hikari.Member) -> None:
        rest = self.bot.rest
        application = await rest.fetch_application()
        option = hikari.CommandOption(type=hikari.OptionType.STRING, name="who", description="whom", is_required=True)
        builder = rest.slash_command_builder("hello", "greets").add_option(option)
        registered = await rest.set_application_commands(application, [builder], guild)
        told(f"registered {[one.name for one in registered]}")
        self.command = registered[0].id
        options = [{"name": "who", "type": 3, "value": "moon"}]
        await asyncio.gather(
            self.bot.wait_for(hikari.GuildMessageUpdateEvent, 30, lambda event: event.content == "hello moon"),
            self.act(**{"as": str(ada.id)}, kind="command", channel=str(channel.id), name="hello", options=options),
        )
        told("answered an interaction")

    async def interaction(self, event: hikari.InteractionCreateEvent) -> None:
        used = event.interaction
        if not isinstance(used, hikari.CommandInteraction) or used.command_id != self.command or not used.options:
            return
        await used.create_initial_response(hikari.ResponseType.DEFERRED_MESSAGE_CREATE)
        await used.execute(f"hello {used.options[0].value}")

    async def cut(self, channel: hikari.GuildTextChannel, ada: hikari.Member) -> None:
        await self.act(**{"as": str(ada.id)}, kind="fault", channel=str(channel.id), fault="drop")
        heard, _ = await asyncio.gather(
            self.bot.wait_for(hikari.GuildMessageCreateEvent, 30, lambda event: event.content == "missed"),
            self.act(**{"as": str(ada.id)}, kind="say", channel=str(channel.id), text="missed"),
        )
        assert heard.author.username == ADA
        await self.resumed.wait()
        told("resumed and heard what was missed")


def main(api: str, _gateway: str, token: str, page: str) -> None:
    bot = hikari.GatewayBot(token, rest_url=api, banner=None, intents=hikari.Intents.ALL, logs="ERROR")

    @bot.listen(hikari.GuildAvailableEvent)
    async def available(event: hikari.GuildAvailableEvent) -> None:
        told("ready")
        try:
            await asyncio.wait_for(visit.everything(event.guild), 60)
        finally:
            await bot.close()

    @bot.listen(hikari.InteractionCreateEvent)
    async def used(event: hikari.InteractionCreateEvent) -> None:
        await visit.interaction(event)

    @bot.listen(hikari.ShardResumedEvent)
    async def resumed(_event: hikari.ShardResumedEvent) -> None:  # noqa: ASYNC124  - as the client wants it
        visit.resumed.set()

    visit = Visit(bot, page)
    bot.run(check_for_updates=False)


if __name__ == "__main__":
    signal.alarm(90)  # what it has said by then is shown
    main(*sys.argv[1:])
