"""What the people of a guild do, as the page lets a visitor do it in their name."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from simcord.backend import serializers
from simcord.backend.access import channel_accessible
from simcord.backend.errors import BackendError
from simcord.backend.models import Interaction, Message
from simcord.enums import AppCommandType

from gateway.local import interacting
from gateway.local.interacting import Resolving
from gateway.local.world import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, Upload, World

USER_COMMAND, MESSAGE_COMMAND = 2, 3
_OPENED: Final = {0, 2, 5, 10, 11, 12, 13}
"""Kinds of channels that have messages."""
_LISTED: Final = _OPENED | {4, 15}
VOICE_FLAGS: Final[tuple[str, ...]] = ("self_mute", "self_deaf", "self_video", "self_stream")
Files = Mapping[str, Sequence[Upload]]


class People:
    """Each method acts as one person, with that person's permissions. Raises BackendError as Discord refuses."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._backend = world.backend

    def guild_of(self, channel: int) -> int:
        return self._backend.get_channel(channel).guild_id or self._world.guild_id

    # Messages

    def say(
        self,
        person: int,
        channel: int,
        text: str,
        *,
        reply_to: int | None = None,
        files: Sequence[Upload] = (),
        stickers: Sequence[int] = (),
    ) -> int:
        return self._world.say(person, channel, text, reply_to=reply_to, files=files, stickers=stickers)

    def edit(self, person: int, channel: int, message: int, text: str) -> None:
        found = self._backend.get_message(channel, message)
        if found.author_id != person:
            raise BackendError(403, 50005, "Cannot edit a message authored by another user")
        self._backend.edit_message(channel, message, {"content": text})

    def delete(self, person: int, channel: int, message: int) -> None:
        found = self._backend.get_message(channel, message)
        if found.author_id != person and not found.visible_to(person):
            raise BackendError(404, 10008, "Unknown Message")
        if found.author_id != person and not found.is_ephemeral:
            self._backend.require_permissions(self.guild_of(channel), person, channel, "manage_messages")
        self._backend.delete_message(channel, message)

    def react(self, person: int, channel: int, message: int, emoji: str) -> None:
        """Put this reaction there, or take it away again."""
        found = self._backend.get_message(channel, message).reaction_for(emoji)
        mine = found is not None and person in found.user_ids
        self._backend.set_reaction(channel, message, emoji, person, not mine)

    def pin(self, person: int, channel: int, message: int) -> None:
        self._backend.require_permissions(self.guild_of(channel), person, channel, "manage_messages")
        pinned = self._backend.get_message(channel, message).pinned
        self._backend.set_pinned(channel, message, not pinned, actor_id=person)

    def vote(self, person: int, channel: int, message: int, answers: Sequence[int]) -> None:
        self._backend.set_poll_votes(channel, message, list(answers), person)

    def types(self, person: int, channel: int) -> None:
        """Is typing."""
        guild = self._backend.get_guild(self.guild_of(channel))
        member = serializers.member_payload(self._backend, guild, guild.members[person])
        stamp = int(self._backend.clock.now().timestamp())
        self._backend.emit("TYPING_START", {"channel_id": str(channel), "guild_id": str(guild.id),
                                            "user_id": str(person), "timestamp": stamp, "member": member})  # fmt: skip

    def begin_thread(self, person: int, channel: int, message: int, name: str) -> int:
        """Start a thread at a message; gives its id."""
        self._backend.require_permissions(self.guild_of(channel), person, channel, "create_public_threads")
        if not 1 <= len(name.strip()) <= 100:
            raise interacting.unfit("A thread's name has between 1 and 100 characters.")
        return self._backend.create_thread(channel, name.strip(), person, message_id=message).id

    def direct(self, person: int) -> int:
        """The channel between this person and the bot."""
        return self._backend.get_dm_channel(person).id

    def voice(self, person: int, guild: int, channel: int | None, flags: Mapping[str, bool]) -> None:
        """Be in a voice channel, muted or not, or in none."""
        if channel is not None:
            self._backend.require_permissions(guild, person, channel, "connect")
        self._backend.set_voice_state(guild, person, channel, **flags)

    # Interactions

    def command(
        self, person: int, channel: int, name: str, options: list[dict[str, Any]], files: Files, *, ask: bool = False
    ) -> Interaction:
        """Use a slash command; with `ask`, only ask what it proposes for the option in focus."""
        command = self._command(person, channel, name, 1)
        resolving = self._resolving(person, channel, files)
        built = interacting.options(resolving, command, options, partial=ask)
        data = _named(command, 1) | {"options": built}
        return self._begin(person, channel, AUTOCOMPLETE if ask else COMMAND, resolving.into(data))

    def context(self, person: int, channel: int, kind: int, name: str, target: int) -> Interaction:
        """Use a command of a member's or a message's menu."""
        command = self._command(person, channel, name, kind)
        resolving = self._resolving(person, channel, {})
        if kind == USER_COMMAND:
            resolving.user(target)
        else:
            message = self._world.message(self._backend.get_message(channel, target))
            resolving.found["messages"] = {str(target): message}
        data = _named(command, kind) | {"target_id": str(target)}
        return self._begin(person, channel, COMMAND, resolving.into(data))

    def component(self, person: int, channel: int, message: int, custom_id: str, values: Sequence[str]) -> Interaction:
        source = self._backend.get_message(channel, message)
        if not source.visible_to(person):
            raise BackendError(404, 10008, "Unknown Message")
        resolving = self._resolving(person, channel, {})
        data = interacting.component(resolving, source.components, custom_id, values)
        return self._begin(person, channel, COMPONENT, data, source=source)

    def modal(self, person: int, opened: int, values: Mapping[str, Any], files: Files) -> Interaction:
        """Send in the modal that another interaction showed."""
        by = self._backend.interactions.get(opened)
        if by is None or by.modal is None or by.user_id != person or by.modal_consumed:
            raise interacting.unfit("This modal is not open.")
        resolving = self._resolving(person, by.channel_id, files)
        data = interacting.modal(resolving, by.modal, values)
        source = self._backend.messages.get(by.channel_id, {}).get(by.source_message_id or 0)
        record = self._begin(person, by.channel_id, MODAL, data, source=source)
        by.modal_consumed = True
        return record

    def _command(self, person: int, channel: int, name: str, kind: int) -> dict[str, Any]:
        offered = self._backend.visible_commands(user_id=person, channel_id=channel, type=AppCommandType(kind))
        for command in offered:
            if command["name"] == name:
                return command
        raise BackendError(404, 10063, "Unknown application command")

    def _resolving(self, person: int, channel: int, files: Files) -> Resolving:
        return Resolving(self._backend, self.guild_of(channel), person, channel, files)

    def _begin(
        self, person: int, channel: int, kind: int, data: dict[str, Any], *, source: Message | None = None
    ) -> Interaction:
        if not channel_accessible(self._backend, channel, person):
            raise BackendError(403, 50001, "Missing Access")
        return self._world.interact(person, channel, kind, data, source=None if source is None else source.id)

    # Who is there

    def join(self, guild: int, name: str) -> int:
        """Somebody new comes in; gives the id."""
        wanted = name.strip()
        if not 2 <= len(wanted) <= 32:
            raise interacting.unfit("A name has between 2 and 32 characters.")
        person = self._backend.make_user(wanted.lower().replace(" ", "_"), global_name=wanted).id
        self._world.people.append(person)
        self._backend.add_member(guild, person, announce=True)
        return person

    def come_back(self, guild: int, person: int) -> None:
        if person not in self._backend.get_guild(guild).members:
            self._backend.add_member(guild, person, announce=True)

    def leave(self, guild: int, person: int) -> None:
        if person in {self._backend.get_guild(guild).owner_id, self._backend.bot_user.id}:
            raise interacting.unfit("The owner and the bot cannot leave.")
        self._backend.remove_member(guild, person)

    def set_role(self, guild: int, person: int, role: int, *, held: bool) -> None:
        if held:
            self._backend.add_member_role(guild, person, role)
        else:
            self._backend.remove_member_role(guild, person, role)

    # What a person sees

    def channels(self, guild: int, person: int) -> list[dict[str, Any]]:
        """The channels and threads that this person may see."""
        payload = self._world.guild_payload(guild)
        found = [*payload["channels"], *payload["threads"]]
        return [
            one for one in found if one["type"] in _LISTED and channel_accessible(self._backend, int(one["id"]), person)
        ]

    def opened(self, channels: Sequence[Mapping[str, Any]], person: int) -> list[str]:
        """The ids of those with messages, the one with the bot among them."""
        direct = self._backend.dm_channels.get(person)
        return [str(one["id"]) for one in channels if one["type"] in _OPENED] + (
            [] if direct is None else [str(direct)]
        )

    def messages(self, person: int, channel: int, limit: int) -> tuple[list[dict[str, Any]], bool]:
        """The last messages of a channel that this person may see, and whether there are earlier ones."""
        found = [one for one in self._backend.messages.get(channel, {}).values() if one.visible_to(person)]
        shown = [self._world.message(one, for_user=person) | {"ephemeral": one.is_ephemeral} for one in found[-limit:]]
        return shown, len(found) > limit

    def commands(self, person: int, channel: int, kind: int) -> list[dict[str, Any]]:
        return self._backend.visible_commands(user_id=person, channel_id=channel, type=AppCommandType(kind))


def _named(command: Mapping[str, Any], kind: int) -> dict[str, Any]:
    """Which command is used. One of a guild's own says so: by that clients tell it from a global one."""
    own = {"guild_id": command["guild_id"]} if command.get("guild_id") else {}
    return {"id": command["id"], "name": command["name"], "type": kind} | own
