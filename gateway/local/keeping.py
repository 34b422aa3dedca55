"""The local Discord's world in a file, so that the guild, its people and what they said are there again tomorrow.

Ids stay, so what a script has kept in its guild's stores is there too. JSON, never anything that runs when it is read:
the file lies in a project's folder, and projects come from anywhere.
"""

from pathlib import Path
from typing import Final

import msgspec
from simcord.backend import Backend
from simcord.backend.cdn import CDN_BASE
from simcord.backend.models import Channel, Guild, Message, User, Webhook

from gateway.local.backend import Beyond
from gateway.local.world import World

MESSAGES: Final = 200
"""Kept of each channel, the last."""
FILE_BYTES: Final = 1024 * 1024
FILES_BYTES: Final = 8 * 1024 * 1024
"""Of attachments, one and all; larger ones are gone at the next start."""
_FORM: Final = 1
_EXPRESSIONS: Final = tuple(f"{CDN_BASE}/{name}/" for name in ("emojis", "stickers", "soundboard-sounds"))


class Kept(msgspec.Struct):
    """What is in the file."""

    form: int
    application: int
    bot: int
    guild: int
    people: list[int]
    users: list[User]
    guilds: list[Guild]
    channels: list[Channel]
    messages: dict[int, list[Message]]
    webhooks: list[Webhook]
    files: dict[str, bytes]
    beyond: dict[int, Beyond] = {}


class KeepingError(Exception):
    """The file cannot be used. The sentence says why."""


def save(world: World, path: Path) -> None:
    """Whole, or not at all. Raises KeepingError."""
    backend = world.backend
    messages = {channel: _last(backend, channel) for channel in backend.messages}
    kept = Kept(
        form=_FORM,
        application=backend.application_id,
        bot=backend.bot_user.id,
        guild=world.guild_id,
        people=list(world.people),
        users=list(backend.users.values()),
        guilds=list(backend.guilds.values()),
        channels=list(backend.channels.values()),
        messages=messages,
        webhooks=list(backend.webhooks.values()),
        files=_files(backend, messages),
        beyond=backend.beyond,
    )
    beside = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(msgspec.json.encode(kept))
        beside.replace(path)
    except OSError as error:
        raise KeepingError(f"The local Discord cannot be kept in {path}: {error.strerror}.") from None


def load(path: Path) -> Kept | None:
    """None when there is none. Raises KeepingError."""
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=Kept)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeepingError(f"The local Discord in {path} cannot be read: {error.strerror}.") from None
    except msgspec.MsgspecError as error:
        raise KeepingError(f"The local Discord in {path} is not understood ({error}); it begins anew.") from None
    return kept if kept.form == _FORM and kept.guild in {guild.id for guild in kept.guilds} else None


def restore(world: World, kept: Kept) -> None:
    """Make a world what it was."""
    backend = world.backend
    backend.application_id = kept.application
    backend.users = {user.id: user for user in kept.users}
    backend.bot_user = backend.users[kept.bot]
    backend.guilds = {guild.id: guild for guild in kept.guilds}
    backend.channels = {channel.id: channel for channel in kept.channels}
    backend.messages = {channel.id: {} for channel in kept.channels}
    for channel, messages in kept.messages.items():
        backend.messages[channel] = {message.id: message for message in messages}
    backend.webhooks = {webhook.id: webhook for webhook in kept.webhooks}
    backend.webhook_tokens = {webhook.token: webhook.id for webhook in kept.webhooks if webhook.token}
    backend.cdn._blobs.update(kept.files)  # noqa: SLF001  - it takes files only as uploads, under new addresses
    backend.beyond = kept.beyond
    backend.find_polls()
    world.people[:] = kept.people
    world.guild_id = kept.guild


def _last(backend: Backend, channel: int) -> list[Message]:
    """Not what was for one person alone: the interaction that it belongs to is not kept."""
    return [one for one in backend.messages[channel].values() if not one.is_ephemeral][-MESSAGES:]


def _files(backend: Backend, messages: dict[int, list[Message]]) -> dict[str, bytes]:
    kept: dict[str, bytes] = {}
    room = FILES_BYTES
    for message in sorted((one for several in messages.values() for one in several), key=lambda one: -one.id):
        for attachment in message.attachments:
            data = backend.cdn.get(str(attachment["url"]))
            if data is not None and len(data) <= min(room, FILE_BYTES):
                kept[str(attachment["url"])] = data
                room -= len(data)
    for url, data in backend.cdn._blobs.items():  # noqa: SLF001
        if url.startswith(_EXPRESSIONS) and len(data) <= room:
            kept[url] = data
            room -= len(data)
    return kept
