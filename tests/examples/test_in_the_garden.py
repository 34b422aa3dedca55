"""Examples among people: everything between a click and the message that all see is the real thing."""

import ipaddress
import json
from dataclasses import replace
from pathlib import Path

import trio

from actors.egress import Egress, EgressRules, FetchAnswer, FetchAsked, open_egress
from actors.operations.fetch import register_fetch
from actors.operations.secrets import register_secrets
from actors.ops import OpTable
from actors.vault import GuildSecrets, Vault, placeholder_of
from storage.confidential import Secret
from storage.ids import GuildId
from storage.records import OpenSecret
from tests.actors.operations.test_fetch import Server, ok, to_loopback
from tests.examples.garden import garden


async def test_ping(tmp_path: Path) -> None:
    async with garden("ping", tmp_path) as place:
        asked = await place.says("ada", "!ping")
        answer, *_ = await place.messages()

        assert answer["content"].startswith("Pong!")
        assert answer["message_reference"]["message_id"] == str(asked)


async def test_polls(tmp_path: Path) -> None:
    async with garden("polls", tmp_path) as place:
        await place.uses("ada", "poll", question="Tea?", choices="Yes, No")
        await place.presses("ben", "Yes")
        await place.presses("cleo", "No")
        await place.presses("cleo", "Yes")
        shown, *_ = await place.messages()
        assert shown["embeds"][0]["footer"]["text"] == "2 votes"
        assert "2 (100 %)" in shown["embeds"][0]["description"]

        await place.presses("ada", "Close")
        closed, *_ = await place.messages()
        assert closed["components"] == []
        assert closed["id"] == shown["id"]


async def test_tags(tmp_path: Path) -> None:
    async with garden("tags", tmp_path) as place:
        opened = await place.uses("ada", "tag edit", name="rules")
        await place.fills("ada", opened, text="Be kind, @everyone.")
        await place.uses("ben", "tag show", name="Rules")
        shown, *_ = await place.messages()

        assert shown["content"] == "Be kind, @everyone."
        assert shown["mention_everyone"] is False


async def test_trivia(tmp_path: Path) -> None:
    async with garden("trivia", tmp_path) as place:
        asked = await place.uses("ada", "trivia ask")
        await place.fills("ada", asked, question="Who lives in a barrel?", answer="Diogenes")
        form = await place.presses("ben", "I know it")
        await place.fills("ben", form, answer="the DIOGENES!")
        shown, *_ = await place.messages()
        assert "knew it: **Diogenes**" in str(shown["components"])

        await place.uses("ben", "trivia scores")
        scores, *_ = await place.messages()
        assert scores["embeds"][0]["description"] == f"1. <@{place.person('ben')}>: 1"


async def test_starboard(tmp_path: Path) -> None:
    async with garden("starboard", tmp_path) as place:
        guild = place.local.world.backend.get_guild(int(place.local.guild_id))
        board = guild.channel_ids[1]
        await place.uses("ada", "starboard", channel=str(board), stars=2)
        message = await place.says("cleo", "So good.")
        await place.reacts("ada", message, "⭐")
        assert await place.messages(board) == []

        await place.reacts("ben", message, "⭐")
        (post,) = await place.messages(board)
        assert post["content"] == f"⭐ **2** <#{place.channel}>"
        assert post["embeds"][0]["description"] == "So good."


async def test_economy(tmp_path: Path) -> None:
    async with garden("economy", tmp_path) as place:
        await place.uses("ada", "daily")
        await place.uses("ada", "pay", member=str(place.person("ben")), coins=30)
        await place.uses("cleo", "rich")
        shown, *_ = await place.messages()

        lines = shown["embeds"][0]["description"].splitlines()
        assert lines == [f"1. <@{place.person('ada')}>: **70** coins", f"2. <@{place.person('ben')}>: **30** coins"]


async def test_welcome(tmp_path: Path) -> None:
    async with garden("welcome", tmp_path) as place:
        opened = await place.uses("ada", "welcome set")
        role = place.role("gardener")
        text = "Hi {user} in {server}!"
        await place.fills("ada", opened, channel=[str(place.channel)], text=text, role=[str(role)])
        joined = await place.joins("dora")
        shown, *_ = await place.messages()

        assert place.roles(joined) == {role}
        assert shown["components"][0]["components"][0]["content"] == f"Hi <@{joined}> in Flower garden!"


async def test_reaction_roles(tmp_path: Path) -> None:
    async with garden("reaction-roles", tmp_path) as place:
        message = await place.says("ada", "React for a role.")
        role = place.role("gardener")
        await place.uses("ada", "roles bind", message=str(message), emoji="🌱", role=str(role))
        assert role not in place.roles(place.person("ada"))

        await place.reacts("ada", message, "🌱")
        assert role in place.roles(place.person("ada"))


async def test_moderation_log(tmp_path: Path) -> None:
    async with garden("moderation-log", tmp_path) as place:
        await place.uses("ada", "modlog here")
        message = await place.says("ben", "tea")
        await place.edits("ben", message, "coffee")
        edited, *_ = await place.messages()
        assert [field["value"] for field in edited["embeds"][0]["fields"][1:]] == ["tea", "coffee"]

        await place.joins("dora")
        joined, *_ = await place.messages()
        assert joined["embeds"][0]["title"] == "Joined"


async def test_tickets(tmp_path: Path) -> None:
    async with garden("tickets", tmp_path) as place:
        await place.uses("ada", "tickets", role=str(place.role("moderator")))
        opened = await place.presses("cleo", "I need help")
        await place.fills("cleo", opened, subject="Lost", text="Where am I?")
        backend = place.local.world.backend
        (thread,) = [one for one in backend.channels.values() if one.name == "Lost"]
        (asked,) = [one for one in await place.messages(thread.id) if one["type"] == 0]

        assert "> Where am I?" in asked["content"]
        assert {user["id"] for user in asked["mentions"]} == {str(place.person("cleo"))}
        assert asked["mention_roles"] == [str(place.role("moderator"))]


async def test_levels(tmp_path: Path) -> None:
    async with garden("levels", tmp_path) as place:
        await place.says("ben", "one")
        await place.says("ben", "two, within the same minute")
        record = await place.uses("ben", "level")

        assert record.responded


TOKEN = OpenSecret("1b4e28ba-2fa1-11d2-883f-0016d3cca427", "GITHUB_TOKEN", Secret("ghp-1234"), ["api.github.com"])
ISSUE = {
    "title": "It rains",
    "html_url": "https://github.com/a/b/issues/7",
    "state": "open",
    "user": {"login": "anna"},
    "labels": [{"name": "weather"}],
}


class OneSecret(Vault):
    """A vault with the token in it."""

    def __init__(self) -> None:
        pass

    async def of_guild(self, guild: GuildId) -> GuildSecrets:  # noqa: ARG002  there is one
        return GuildSecrets({placeholder_of(TOKEN): TOKEN})


class Near(Egress):
    """The way out, with GitHub on this machine: all but the certificate and the port is the real one."""

    def __init__(self, egress: Egress, port: int) -> None:
        self._egress = egress
        self._port = port

    async def fetch(self, guild: GuildId, asked: FetchAsked) -> FetchAnswer:
        near = asked.url.replace("https://api.github.com", f"http://api.github.com:{self._port}")
        return await self._egress.fetch(guild, replace(asked, url=near))


async def test_github_links(tmp_path: Path, nursery: trio.Nursery) -> None:
    github = Server(answer=lambda _head, _body: ok(json.dumps(ISSUE).encode(), "content-type: application/json"))
    listeners: list[trio.SocketListener] = await nursery.start(trio.serve_tcp, github.serve, 0)
    vault, rules = OneSecret(), EgressRules(allowed_networks=(ipaddress.ip_network("127.0.0.0/8"),))
    async with open_egress(vault, rules, resolve=to_loopback) as egress:
        near = Near(egress, listeners[0].socket.getsockname()[1])

        def register(table: OpTable, _guild: GuildId) -> None:
            register_fetch(table, near)
            register_secrets(table, vault)

        async with garden("github-links", tmp_path, register) as place:
            await place.says("ada", "Look: https://github.com/a/b/issues/7")
            await place.says("ben", "a/b#7 again")
            again, _, first, *_ = await place.messages()

        assert [one["embeds"][0]["title"] for one in (first, again)] == ["It rains", "It rains"]
        (head,) = github.heads
        assert head.startswith(b"GET /repos/a/b/issues/7 ")
        assert b"authorization: Bearer ghp-1234" in head
