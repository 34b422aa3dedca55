"""The model behind the local Discord: simcord's backend with a real clock, a guild to try in, and people to act as."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final, cast

import discord
from simcord import interactions
from simcord.backend import serializers
from simcord.backend.cdn import sticker_url
from simcord.backend.errors import BackendError
from simcord.backend.models import Interaction, Message, MessageSticker
from simcord.http.router import UnsupportedField
from simcord.intents import censor_message, prune_guild_create, required_intent

from gateway.local import routes
from gateway.local.backend import LocalBackend
from gateway.local.completing import completed

_SUBSTANCE: Final = ("content", "embeds", "components", "sticker_ids", "poll", "message_reference")
"""A message must hold one of these; simcord answers with another code than Discord's where none is there."""
ADMINISTRATOR: Final = 1 << 3
COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
_BOT_COLOUR: Final = 0xE0559A
_CHANNELS: Final = {"general": "Say something to the bot", "bots": "Where bots may be noisy"}
_VOICE: Final = "greenhouse"


def _mapping(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


_LEFT_OUT_AT_MOST: Final = 4


def _without(body: Any, fields: Sequence[str]) -> Any:
    """A body, and what is nested in it, without these fields."""
    nested = ("data", "message")
    kept = {name: value for name, value in _mapping(body).items() if name not in fields}
    return {
        name: _without(value, fields) if name in nested and _mapping(value) else value for name, value in kept.items()
    }


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a request, as simcord's routes read it."""

    filename: str
    data: bytes
    description: str | None = None

    @property
    def fp(self) -> SimpleNamespace:
        return SimpleNamespace(read=lambda: self.data)


class World:
    """One application, one bot, its guilds and the people in them."""

    def __init__(self, guild_name: str, people: Sequence[str], *, guilds: int = 1) -> None:
        self.backend = LocalBackend()
        self.backend.edit_bot_profile("flora")
        self.on_left_out: Callable[[str], None] = lambda _text: None
        """Told when a request had fields that the model does not know. Discord ignores what it does not know."""
        self.people = [self.backend.make_user(name, global_name=name.title()).id for name in people]
        self.guild_id = self.add_guild(guild_name)
        for number in range(1, guilds):
            self.add_guild(f"{guild_name} {number + 1}")

    def add_guild(self, name: str) -> int:
        """A guild with two channels: the first person owns it, the second moderates, the third has a plain role."""
        backend = self.backend
        guild = backend.create_guild(name, owner_id=self.people[0])
        for role in guild.roles.values():
            if role.managed:  # the bot's own
                role.color = _BOT_COLOUR
        member = backend.create_role(guild.id, "gardener", color=0x3BA55D, mentionable=True)
        moderator = backend.create_role(guild.id, "moderator", permissions=ADMINISTRATOR, color=0x5B8DEF, hoist=True)
        roles = {1: [moderator.id], 2: [member.id]}
        for place, person in enumerate(self.people):
            if person not in guild.members:
                backend.add_member(guild.id, person, roles=roles.get(place, []))
        for channel, topic in _CHANNELS.items():
            backend.create_channel(guild.id, channel, announce=False, topic=topic)
        backend.create_channel(guild.id, _VOICE, type=2, announce=False)
        guild.system_channel_id = guild.channel_ids[0]
        return guild.id

    def rest(
        self, method: str, path: str, query: Mapping[str, str], body: Any, files: Sequence[Upload], reason: str | None
    ) -> Any:
        """Answer a request as the bot. Raises BackendError."""
        if (
            method == "POST"
            and path.endswith("/messages")
            and not files
            and not any(map(_mapping(body).get, _SUBSTANCE))
        ):
            raise BackendError(400, 50006, "Cannot send an empty message")
        for _ in range(_LEFT_OUT_AT_MOST):
            try:
                told = routes.dispatch(
                    self.backend, method, path, json=body, params=dict(query), files=list(files), reason=reason
                )
                return completed(self.backend, told)
            except UnsupportedField as unknown:
                body = _without(body, unknown.fields)
                self.on_left_out(f"{method} {path}: the local Discord leaves out {', '.join(unknown.fields)}")
        raise BackendError(501, 0, "The local Discord cannot make sense of this body.")

    def members(self, guild_id: int) -> list[dict[str, Any]]:
        guild = self.backend.get_guild(guild_id)
        return [dict(serializers.member_payload(self.backend, guild, found)) for found in guild.members.values()]

    def roles(self, guild_id: int) -> list[dict[str, Any]]:
        """Highest first."""
        found = sorted(self.backend.get_guild(guild_id).roles.values(), key=lambda role: -role.position)
        return [dict(serializers.role_payload(role)) for role in found]

    def guild_payload(self, guild_id: int) -> dict[str, Any]:
        return dict(serializers.guild_create_payload(self.backend, self.backend.get_guild(guild_id)))

    def bot_payload(self) -> dict[str, Any]:
        return dict(serializers.user_payload(self.backend.bot_user))

    def shaped(self, event: str, payload: Mapping[str, Any], intents: discord.Intents) -> Mapping[str, Any] | None:
        """What a session with these intents may see of an event: None if nothing."""
        payload = completed(self.backend, payload)
        gate = required_intent(event, payload)
        if gate is not None and not getattr(intents, gate):
            return None
        bot = self.backend.bot_user.id
        if event in {"MESSAGE_CREATE", "MESSAGE_UPDATE"} and not intents.message_content:
            copy = dict(payload)
            censor_message(copy, bot, backend=self.backend)
            return copy
        if event == "GUILD_CREATE":
            copy = dict(payload)
            prune_guild_create(copy, intents, bot)
            return copy
        return payload

    # What a person does

    def say(
        self,
        person: int,
        channel: int,
        content: str,
        *,
        reply_to: int | None,
        files: Sequence[Upload] = (),
        stickers: Sequence[int] = (),
    ) -> int:
        found = self.backend.get_channel(channel)
        sent = [self._sticker(found.guild_id or self.guild_id, one) for one in stickers]
        self.backend.require_permissions(found.guild_id, person, channel, "send_messages")
        reference = None if reply_to is None else {"message_id": str(reply_to), "channel_id": str(channel)}
        stored = self.backend.store_attachments(channel, [(file.filename, file.data) for file in files])
        return self.backend.create_message(
            channel, person, content, attachments=stored, reference=reference, stickers=sent
        ).id

    def _sticker(self, guild_id: int, sticker_id: int) -> MessageSticker:
        found = self.backend.get_sticker(guild_id, sticker_id)
        url = found.url or sticker_url(found.id, found.format_type)
        return MessageSticker(found.id, found.name, found.format_type, guild_id, url)

    def interact(
        self, person: int, channel: int, kind: int, data: dict[str, Any], *, source: int | None = None
    ) -> Interaction:
        """A person uses a command, a component or a modal; the bot hears of it."""
        guild_id = self.backend.get_channel(channel).guild_id
        record, payload = interactions.base_payload(
            self.backend, type=kind, channel_id=channel, guild_id=guild_id, user_id=person, data=data
        )
        if source is not None:
            record.source_message_id = source
            payload["message"] = self.message(self.backend.get_message(channel, source))
        self.backend.emit("INTERACTION_CREATE", payload)
        return record

    # What a person sees

    def message(self, message: Message, *, for_user: int | None = None) -> dict[str, Any]:
        return dict(serializers.message_payload(self.backend, message, for_user=for_user))
