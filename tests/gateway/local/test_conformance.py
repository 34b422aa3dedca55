"""The local Discord's answers, held to Discord's document; and how much of what scripts may ask it answers."""

import sys
from base64 import b64decode
from dataclasses import dataclass, field
from typing import Any, Final, cast

import httpx2

from gateway.local.discord import LocalConfig, LocalDiscord, open_local_discord
from gateway.operations import OPERATIONS
from tests.gateway.discord_table import TABLE, answer_faults

EMOJI = "🌸"
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LATER = "2099-01-01T00:00:00+00:00"
BODIES: Final[dict[str, Any]] = {
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
QUERIES: Final = {
    "searchGuildMembers": {"query": "a"}, "previewPruneGuild": {"days": "7"}, "executeWebhook": {"wait": "true"},
}  # fmt: skip
ORDER: Final = {"POST": 0, "PUT": 1, "GET": 2, "PATCH": 3, "DELETE": 4}
LAST: Final = (
    "deleteWebhook", "deleteUserMessageReaction", "deleteMyMessageReaction", "deleteAllMessageReactionsByEmoji",
    "deleteAllMessageReactions", "deleteGuildMemberRole", "deleteGuildRole", "deleteThreadMember",
    "deleteGuildMember", "deleteWebhookMessage", "deleteWebhookByToken",
)  # fmt: skip
"""In this order, for each takes away what those before it need."""
LEFT: Final = {"createInteractionResponse", "leaveThread", "deleteChannel"}
"""Driven by other tests, or an end to what follows."""


@dataclass
class Survey:
    """What came of each operation."""

    conforming: list[str] = field(default_factory=list[str])
    differing: list[str] = field(default_factory=list[str])
    refused: list[str] = field(default_factory=list[str])
    absent: list[str] = field(default_factory=list[str])

    def lines(self, all_of_them: int) -> str:
        answered = len(self.conforming) + len({one.partition(":")[0] for one in self.differing})
        return (
            f"\nOf {all_of_them} operations that scripts may use, the local Discord answers {answered}, "
            f"{len(self.conforming)} of them as Discord's document has it.\n"
            + "\n".join(f"  differs: {one}" for one in self.differing)
            + "\n".join(f"\n  refuses: {one}" for one in self.refused)
            + f"\n  not there: {', '.join(self.absent)}\n"
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
        self._news = backend.create_channel(guild.id, "news", type=5).id
        self._stage = stage = backend.create_channel(guild.id, "stage", type=13).id
        backend.create_stage_instance(stage, "spring")
        backend.set_voice_state(guild.id, backend.bot_user.id, stage)
        backend.set_voice_state(guild.id, world.people[2], stage)
        self._local = local
        self.survey = Survey()

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
        if thread is not None and ("ThreadMember" in name or name in {"joinThread", "listThreadMembers"}):
            return {"channel_id": thread}
        if name in {"getWebhookMessage", "updateWebhookMessage", "deleteWebhookMessage"}:
            return {"message_id": self.known.get("webhook_message_id", 0)}
        if "StageInstance" in name:
            return {"channel_id": self._stage}
        if name in {"banUserFromGuild", "getGuildBan", "unbanUserFromGuild"}:
            return {"user_id": self.known["banned_id"]}
        if name == "addGuildMember":
            return {"user_id": self.known["banned_id"]}
        return {}

    def _judge(self, name: str, answer: httpx2.Response) -> None:
        body = answer.json() if answer.content else None
        faults = [] if body is None else answer_faults(name, body)
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
        if name in made:
            self.known[made[name]] = body["id"]
        if name == "createWebhook":
            self.known["webhook_token"] = body["token"]


async def test_answers_are_shaped_as_discords() -> None:
    names = [line.split()[0] for line in OPERATIONS.strip().splitlines()]
    ordered = sorted((name for name in names if name not in LEFT), key=lambda name: ORDER[TABLE[name]["method"]])
    first = ["createMessage", "createThread", "createWebhook"]
    async with (
        open_local_discord(LocalConfig(bucket_limit=None)) as local,
        httpx2.AsyncClient(base_url=local.api_url, headers={"Authorization": f"Bot {local.token}"}) as rest,
    ):
        driver = Driver(local, rest)
        middle = [name for name in ordered if name not in first and name not in LAST]
        for name in [*first, *middle, *LAST]:
            await driver.ask(name)
    survey = driver.survey
    sys.stdout.write(survey.lines(len(names)))
    assert survey.differing == []
