"""The local Discord's answers, held to Discord's document; and how much of what scripts may ask it answers."""

import json
import sys
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

import httpx2

from gateway.local.discord import LocalConfig, LocalDiscord, open_local_discord
from gateway.local.routes.members import ask_to_join
from gateway.operations import OPERATIONS
from tests.gateway.discord_table import TABLE, answer_faults, request_faults

EMOJI = "🌸"
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LATER = "2099-01-01T00:00:00+00:00"
BODIES: Final[dict[str, Any]] = {
    "createInteractionResponse": {"type": 4, "data": {"content": "here I am"}},
    "updateOriginalWebhookMessage": {"content": "still here"},
    "createGuildSoundboardSound": {"name": "buzz", "sound": "data:audio/ogg;base64,T2dnUw==", "emoji_name": EMOJI},
    "updateGuildSoundboardSound": {"name": "hum", "volume": 0.5},
    "createGuildTemplate": {"name": "garden", "description": "to be planted again"},
    "updateGuildTemplate": {"name": "meadow"},
    "updateVoiceChannelStatus": {"status": "humming"},
    "updateGuildIncidentActions": {"invites_disabled_until": LATER},
    "addGuildMember": {"access_token": "of the newcomer", "nick": "Fern"},
    "putGuildsOnboarding": {"enabled": True, "mode": 0, "default_channel_ids": [], "prompts": [
        {"id": "1", "title": "Which flower?", "options": [{"title": "Rose", "emoji_name": "🌹", "role_ids": []}]}]},
    "updateGuildWelcomeScreen": {"description": "Come in", "welcome_channels": []},
    "updateGuildWidgetSettings": {"enabled": True},
    "createGuildScheduledEventException": {"original_scheduled_start_time": LATER, "is_canceled": True},
    "updateGuildScheduledEventException": {"is_canceled": False, "scheduled_start_time": LATER},
    "actionGuildJoinRequest": {"action": "APPROVED"},
    "createMessage": {"content": "hello", "poll": {"question": {"text": "Which?"}, "duration": 24, "answers": [
        {"poll_media": {"text": "Rose"}}, {"poll_media": {"text": "Tulip"}}]}},
    "updateMessage": {"content": "hi"},
    "createThreadFromMessage": {"name": "a thread"},
    "createThread": {"name": "another", "type": 11},
    "createChannelInvite": {},
    "createWebhook": {"name": "hook"},
    "updateWebhook": {"name": "other"},
    "updateWebhookByToken": {"name": "another"},
    "executeWebhook": {"content": "by a hook"},
    "updateWebhookMessage": {"content": "edited"},
    "setChannelPermissionOverwrite": {"type": 0, "allow": "1024", "deny": "0"},
    "updateChannel": {"topic": "flowers"},
    "updateGuild": {"name": "Garden"},
    "createGuildChannel": {"name": "extra"},
    "createGuildRole": {"name": "extra"},
    "updateGuildRole": {"name": "other"},
    "createGuildEmoji": {"name": "leaf", "image": PIXEL},
    "updateGuildEmoji": {"name": "leaves"},
    "createAutoModerationRule": {"name": "calm", "event_type": 1, "trigger_type": 1, "actions": [{"type": 1}],
                                 "trigger_metadata": {"keyword_filter": ["shout"]}},
    "updateAutoModerationRule": {"name": "calmer"},
    "createGuildScheduledEvent": {"name": "spring", "privacy_level": 2, "scheduled_start_time": LATER,
                                  "scheduled_end_time": LATER.replace("01-01", "01-02"), "entity_type": 3,
                                  "entity_metadata": {"location": "outside"}},
    "updateGuildScheduledEvent": {"name": "summer"},
    "updateMyGuildMember": {"nick": "flora"},
    "updateGuildMember": {"nick": "bee"},
    "updateStageInstance": {"topic": "summer"},
    "updateVoiceState": {"suppress": True},
    "updateSelfVoiceState": {"suppress": True},
    "banUserFromGuild": {},
    "createGuildSticker": {"name": "leaf", "description": "a leaf", "tags": "leaf"},
    "updateGuildSticker": {"name": "leaves"},
}  # fmt: skip
SUBSCRIPTION: Final = {
    "id": "7", "type": "guild_subscription", "name": "bees", "enabled": True, "account": {"id": "7", "name": "bees"},
}  # fmt: skip
QUERIES: Final = {
    "searchGuildMembers": {"query": "a"}, "previewPruneGuild": {"days": "7"}, "executeWebhook": {"wait": "true"},
    "createInteractionResponse": {"with_response": "true"}, "threadSearch": {"name": "a"},
    "listGuildScheduledEventUsers": {"with_member": "true"},
}  # fmt: skip
ORDER: Final = {"POST": 0, "PUT": 1, "GET": 2, "PATCH": 3, "DELETE": 4}
FIRST: Final = (
    "createMessage", "createThread", "createWebhook", "createGuildScheduledEvent", "updateGuildWidgetSettings",
    "createInteractionResponse",
)  # fmt: skip
LAST: Final = (
    "deleteOriginalWebhookMessage", "deleteWebhook", "deleteUserMessageReaction", "deleteMyMessageReaction",
    "deleteAllMessageReactionsByEmoji", "deleteAllMessageReactions", "deleteGuildMemberRole", "deleteGuildRole",
    "deleteThreadMember", "leaveThread", "deleteGuildMember", "deleteWebhookMessage", "deleteWebhookByToken",
    "deleteGuildScheduledEvent", "deleteChannel",
)  # fmt: skip
"""In this order, for each takes away what those before it need."""


@dataclass
class Survey:
    """What came of each operation."""

    conforming: list[str] = field(default_factory=list[str])
    differing: list[str] = field(default_factory=list[str])
    refused: list[str] = field(default_factory=list[str])
    absent: list[str] = field(default_factory=list[str])

    def lines(self, all_of_them: int) -> str:
        answered = len(self.conforming) + len({one.partition(":")[0] for one in self.differing})
        others = {"differs": self.differing, "refuses": self.refused, "not there": self.absent}
        told = [f"  {kind}: {one}" for kind, several in others.items() for one in several]
        share = f"answers {answered}, {len(self.conforming)} of them as Discord's document has it."
        return "\n".join(
            ["", f"Of {all_of_them} operations that scripts may use, the local Discord {share}", *told, ""]
        )


class Driver:
    """Asks every operation in an order in which there is something to ask for."""

    def __init__(self, local: LocalDiscord, rest: httpx2.AsyncClient) -> None:
        self._rest = rest
        world = local.world
        guild = world.backend.get_guild(world.guild_id)
        gardener = next(role.id for role in guild.roles.values() if role.name == "gardener")
        self.known: dict[str, Any] = {
            "guild_id": guild.id, "channel_id": guild.channel_ids[0], "user_id": world.people[2],
            "banned_id": world.people[1], "answer_id": 1,
            "role_id": gardener, "overwrite_id": gardener, "emoji_name": EMOJI, "application_id": local.application_id,
        }  # fmt: skip
        backend = world.backend
        self.known["stranger_id"] = backend.make_user("stranger").id
        newcomer = backend.make_user("newcomer").id
        backend.bearers["of the newcomer"] = self._newcomer = newcomer
        self.known["request_id"] = ask_to_join(backend, guild.id, backend.make_user("asking").id)
        backend.beyond_of(guild.id).integrations["7"] = SUBSCRIPTION
        self.known["integration_id"] = "7"
        self._voice = backend.create_channel(guild.id, "voice", type=2).id
        self._news = backend.create_channel(guild.id, "news", type=5).id
        self._stage = stage = backend.create_channel(guild.id, "stage", type=13).id
        self._other_stage = backend.create_channel(guild.id, "other stage", type=13).id
        backend.create_stage_instance(stage, "spring")
        backend.set_voice_state(guild.id, backend.bot_user.id, stage)
        backend.set_voice_state(guild.id, world.people[2], stage)
        self._local = local
        self.survey = Survey()

    async def somebody_uses_a_command(self) -> None:
        """So that there is something to answer."""
        row = TABLE["bulkSetGuildApplicationCommands"]
        command = {"name": "hello", "description": "greets"}
        listed = await self._rest.request(row["method"], row["route"].format_map(self.known), json=[command])
        self.known["command_id"] = listed.json()[0]["id"]
        rule = {"id": str(self.known["role_id"]), "type": 1, "permission": True}
        backend = self._local.world.backend
        backend.set_command_permissions(int(self.known["guild_id"]), int(self.known["command_id"]), [rule])
        person = self._local.world.people[0]
        used = self._local.people.command(person, int(self.known["channel_id"]), "hello", [], {})
        self.known |= {"interaction_id": used.id, "interaction_token": used.token}

    async def ask(self, name: str) -> None:
        row = TABLE[name]
        known = self.known | self._elsewhere(name) | await self._made_for(name)
        missing = [part[1:-1] for part in row["route"].split("/") if part.startswith("{") and part[1:-1] not in known]
        if missing:
            self.survey.absent.append(name)
            return
        answer = await self._rest.request(
            row["method"], row["route"].format_map(known), params=QUERIES.get(name),
            headers={"X-Audit-Log-Reason": "test"}, **await self._content(name),
        )  # fmt: skip
        if answer.status_code == 501:
            self.survey.absent.append(name)
        elif answer.status_code >= 300:
            self.survey.refused.append(f"{name}: {answer.status_code} {answer.text:.120}")
        else:
            self._judge(name, answer)

    async def _content(self, name: str) -> dict[str, Any]:
        match name:
            case "bulkDeleteMessages":
                return {"json": {"messages": [await self._said(), await self._said()]}}
            case "createStageInstance":
                return {"json": {"channel_id": str(self._other_stage), "topic": "autumn"}}
            case "bulkBanUsersFromGuild":
                return {"json": {"user_ids": [str(self.known["stranger_id"])]}}
            case "createGuildSticker":
                picture = b64decode(PIXEL.partition(",")[2])
                return {"data": BODIES[name], "files": {"file": ("leaf.png", picture, "image/png")}}
            case _:
                return {"json": BODIES.get(name)}

    async def _made_for(self, name: str) -> dict[str, Any]:
        """What an operation takes away, or can be used on once, is made for it."""
        match name:
            case "deleteMessage":
                return {"message_id": await self._said()}
            case "crosspostMessage":
                return {"channel_id": self._news, "message_id": await self._said(self._news)}
            case "deleteWebhook":
                hook = await self._rest.post(f"/channels/{self.known['channel_id']}/webhooks", json={"name": "second"})
                return {"webhook_id": hook.json()["id"]}
            case "deleteUserMessageReaction":
                self._local.people.react(
                    self._local.world.people[2], int(self.known["channel_id"]), int(self.known["message_id"]), EMOJI
                )
                return {}
            case _:
                return {}

    async def _said(self, channel: int | None = None) -> str:
        where = channel or self.known["channel_id"]
        sent = await self._rest.post(f"/channels/{where}/messages", json={"content": "another"})
        return str(sent.json()["id"])

    def _elsewhere(self, name: str) -> dict[str, Any]:
        """Where an operation needs another channel than the first."""
        thread = self.known.get("thread_id")
        if thread is not None and ("ThreadMember" in name or name in {"joinThread", "leaveThread"}):
            return {"channel_id": thread}
        if name in {"getWebhookMessage", "updateWebhookMessage", "deleteWebhookMessage"}:
            return {"message_id": self.known.get("webhook_message_id", 0)}
        if "StageInstance" in name:
            return {"channel_id": self._stage}
        if name in {"banUserFromGuild", "getGuildBan", "unbanUserFromGuild"}:
            return {"user_id": self.known["banned_id"]}
        if "OriginalWebhookMessage" in name:
            return {"webhook_id": self.known["application_id"], "webhook_token": self.known["interaction_token"]}
        return {
            "addGuildMember": {"user_id": self._newcomer},
            "updateVoiceChannelStatus": {"channel_id": self._voice},
            "deleteChannel": {"channel_id": self._voice},
        }.get(name, {})

    def _judge(self, name: str, answer: httpx2.Response) -> None:
        body = answer.json() if answer.content else None
        faults = answer_faults(name, answer.status_code, body)
        self.survey.differing += faults
        if not faults:
            self.survey.conforming.append(name)
        if isinstance(body, dict):
            self._remember(name, cast("dict[str, Any]", body))

    def _remember(self, name: str, body: dict[str, Any]) -> None:
        made = {
            "createMessage": "message_id", "createThread": "thread_id", "createGuildEmoji": "emoji_id",
            "createAutoModerationRule": "rule_id", "createGuildScheduledEvent": "guild_scheduled_event_id",
            "createGuildSticker": "sticker_id", "executeWebhook": "webhook_message_id", "createWebhook": "webhook_id",
        }  # fmt: skip
        if name == "createGuildSoundboardSound":
            self.known["sound_id"] = body["sound_id"]
        if name == "createGuildTemplate":
            self.known["code"] = body["code"]
        if name == "createGuildScheduledEventException":
            exception = body["event_exception_id"]
            self.known |= {"exception_id": exception, "guild_scheduled_event_exception_id": exception}
        if name in made:
            self.known[made[name]] = body["id"]
        if name == "createWebhook":
            self.known["webhook_token"] = body["token"]


async def test_answers_are_shaped_as_discords() -> None:
    names = [line.split()[0] for line in OPERATIONS.strip().splitlines()]
    ordered = sorted(names, key=lambda name: ORDER[TABLE[name]["method"]])
    async with (
        open_local_discord(LocalConfig(bucket_limit=None)) as local,
        httpx2.AsyncClient(base_url=local.api_url, headers={"Authorization": f"Bot {local.token}"}) as rest,
    ):
        driver = Driver(local, rest)
        await driver.somebody_uses_a_command()
        middle = [name for name in ordered if name not in FIRST and name not in LAST]
        for name in [*FIRST, *middle, *LAST]:
            await driver.ask(name)
    survey = driver.survey
    sys.stdout.write(survey.lines(len(names)))
    assert (survey.differing, survey.refused, survey.absent) == ([], [], [])


PRESS: Final = {"type": 2, "style": 1, "label": "Press", "custom_id": "press", "emoji": {"name": EMOJI}}
READ: Final = {"type": 2, "style": 5, "label": "Read", "url": "https://example.com/"}
ROW: Final = {"type": 1, "components": [PRESS, READ]}
MENU: Final = {"type": 1, "components": [{"type": 3, "custom_id": "flower", "options": [
    {"label": "Rose", "value": "rose", "emoji": {"name": "🌹"}, "default": True}]}]}  # fmt: skip
OF_PEOPLE: Final = {"type": 1, "components": [{"type": 5, "custom_id": "who", "max_values": 2}]}
LAID_OUT: Final[list[dict[str, Any]]] = [
    {"type": 10, "content": "text"},
    {"type": 17, "accent_color": 255, "components": [
        {"type": 9, "components": [{"type": 10, "content": "text"}], "accessory": PRESS},
        {"type": 9, "components": [{"type": 10, "content": "text"}],
         "accessory": {"type": 11, "media": {"url": "attachment://leaf.png"}}},
        {"type": 14, "divider": True, "spacing": 2},
        {"type": 12, "items": [{"media": {"url": "attachment://leaf.png"}, "description": "a leaf"}]},
        {"type": 13, "file": {"url": "attachment://leaf.png"}},
        OF_PEOPLE]},
]  # fmt: skip
EMBED: Final = {
    "title": "t", "description": "d", "url": "https://example.com/", "color": 1, "timestamp": LATER,
    "footer": {"text": "f", "icon_url": "https://example.com/i.png"},
    "author": {"name": "a", "url": "https://example.com/", "icon_url": "https://example.com/i.png"},
    "image": {"url": "https://example.com/i.png"}, "thumbnail": {"url": "https://example.com/i.png"},
    "fields": [{"name": "n", "value": "v", "inline": True}],
}  # fmt: skip
MESSAGES: Final[dict[str, dict[str, Any]]] = {
    "a text": {"content": "hello <@{person}>", "allowed_mentions": {"parse": ["users"]}},
    "an embed": {"embeds": [EMBED]},
    "components": {"content": "choose", "components": [ROW, MENU, OF_PEOPLE]},
    "a layout": {"flags": 1 << 15, "components": LAID_OUT},
    "a reply": {"content": "indeed", "message_reference": {"message_id": "{first}"}},
    "a forward": {"message_reference": {"type": 1, "message_id": "{first}", "channel_id": "{channel}"}},
    "a sticker": {"sticker_ids": ["{sticker}"]},
    "a file": {"content": "see", "attachments": [{"id": "0", "filename": "leaf.png", "description": "a leaf"}]},
}
UNTOLD: Final = {"a forward"}
"""Discord takes it, and its document does not have it."""
KINDS: Final = {"text": 0, "voice": 2, "category": 4, "news": 5, "stage": 13, "forum": 15}


async def test_messages_and_channels_of_every_sort_are_shaped_as_discords() -> None:
    picture = b64decode(PIXEL.partition(",")[2])
    async with (
        open_local_discord(LocalConfig(bucket_limit=None)) as local,
        httpx2.AsyncClient(base_url=local.api_url, headers={"Authorization": f"Bot {local.token}"}) as rest,
    ):
        guild, channel = local.guild_id, local.world.backend.get_guild(local.world.guild_id).channel_ids[0]
        leaf = await rest.post(
            f"/guilds/{guild}/stickers", data=BODIES["createGuildSticker"], files={"file": ("l.png", picture)}
        )
        where = f"/channels/{channel}/messages"
        first = await rest.post(where, json={"content": "first"})
        known = {"person": local.world.people[0], "first": first.json()["id"], "channel": channel,
                 "sticker": leaf.json()["id"]}  # fmt: skip
        faults: dict[str, list[str]] = {}
        for name, body in MESSAGES.items():
            whole = json.loads(_filled(json.dumps(body), known))
            if name not in UNTOLD:
                assert request_faults("POST", where, {}, whole) == [], name
            files = {"files[0]": ("leaf.png", picture)} if "attach" in json.dumps(body) else {}
            parts: dict[str, Any] = {"data": {"payload_json": json.dumps(whole)}, "files": files}
            sent = await rest.post(where, **(parts if files else {"json": whole}))
            assert sent.status_code == 200, sent.text
            faults[name] = [] if name in UNTOLD else answer_faults("createMessage", 200, sent.json())
        for name, kind in KINDS.items():
            made = await rest.post(f"/guilds/{guild}/channels", json={"name": name, "type": kind})
            faults[name] = answer_faults("createGuildChannel", made.status_code, made.json())
            if name == "forum":
                post = {"name": "post", "message": {"content": "hello"}}
                begun = await rest.post(f"/channels/{made.json()['id']}/threads", json=post)
                faults["a post"] = answer_faults("createThread", begun.status_code, begun.json())
        for name, path in {"listMessages": where, "listGuildChannels": f"/guilds/{guild}/channels"}.items():
            listed = await rest.get(path)
            found = answer_faults(name, listed.status_code, listed.json())
            faults[name] = [one for one in found if "message_reference.type is 1" not in one]
    assert {name: several for name, several in faults.items() if several} == {}


def _filled(template: str, known: Mapping[str, Any]) -> str:
    for name, value in known.items():
        template = template.replace(f"{{{name}}}", str(value))
    return template
