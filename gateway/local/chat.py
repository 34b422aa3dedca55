"""The chat page's doors: what a visitor sees, hears and does. No build step: what stands in page/ is what is served."""

import mimetypes
import secrets
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files as package_files
from typing import Any, Final

import msgspec
import trio
from simcord.backend.errors import BackendError, SetupError
from simcord.backend.models import Interaction

from gateway.local import acts
from gateway.local.acts import Hands
from gateway.local.faults import Faults
from gateway.local.panel import KEPT, Notebook, PanelError, PanelView
from gateway.local.people import People
from gateway.local.sessions import Hub
from gateway.local.wire import Answer, Asked, json_answer, multipart, problem
from gateway.local.world import Upload, World

_SAFE: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: https: http:; media-src 'self' https:; frame-ancestors 'none'"
    ),
}
_ANSWER_WITHIN: Final = 3.0
"""Seconds that Discord gives an application for its first answer."""
_TYPING: Final = 10.0
_PATIENCE: Final = 2.0
"""For the panel: a runtime that hangs must not take the chat with it."""
_OF_CHANNELS: Final = ("id", "name", "type", "topic", "parent_id", "position", "last_message_id")
_PAGE: Final = 50
_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Event:
    """What went to the gateway."""

    id: int
    name: str
    body: Mapping[str, Any]


class Chat:
    """What the page shows."""

    def __init__(self, world: World, hub: Hub, faults: Faults, hosts: frozenset[str]) -> None:
        self._world = world
        self._hub = hub
        self._faults = faults
        self._hosts = hosts
        self.people = People(world)
        self.hands = Hands(world, faults, self.people)
        self.notebook = Notebook()
        self._changed = trio.Event()
        self._run = secrets.token_hex(4)
        """Tells a page that was open before from which start its lines are."""
        self.version = 0
        self._events: deque[Event] = deque(maxlen=KEPT)
        self._counted = 0
        self._typing: dict[int, dict[int, float]] = {}
        """When who began to type in a channel."""
        world.backend.subscribers.append(self._heard)

    def touch(self) -> None:
        """Something changed that the page shows."""
        self.version += 1
        self._changed.set()
        self._changed = trio.Event()

    def _heard(self, name: str, payload: Mapping[str, Any]) -> None:
        self._counted += 1
        self._events.append(Event(self._counted, name, payload))
        if name == "TYPING_START":
            self._typing.setdefault(int(payload["channel_id"]), {})[int(payload["user_id"])] = trio.current_time()
        elif name == "MESSAGE_CREATE":
            self._typing.get(int(payload["channel_id"]), {}).pop(int(payload["author"]["id"]), None)
        self.touch()

    # Doors

    async def answer(self, asked: Asked) -> Answer:
        if asked.headers.get("host", "") not in self._hosts:
            return problem(403, 0, "This page answers under its own address only.")
        try:
            return await self._opened(asked)
        except BackendError as refused:
            return problem(refused.status, refused.code, refused.message)
        except PanelError as refused:
            return problem(409, 0, str(refused))
        except (KeyError, ValueError, TypeError, SetupError, msgspec.DecodeError) as wrong:
            return problem(400, 0, f"This request cannot be understood: {wrong!r}")

    async def _opened(self, asked: Asked) -> Answer:
        if asked.path == "/local/state":
            return json_answer(await self._state(asked.query))
        if asked.path == "/local/events":
            return Answer(200, kind="text/event-stream", headers={"Cache-Control": "no-store"}, stream=self._stream())
        if asked.path == "/local/act" and asked.method == "POST":
            return await self._act(asked)
        return _page(asked.path)

    async def _stream(self) -> AsyncIterator[bytes]:
        seen = -1
        while True:
            if seen != self.version:
                seen = self.version
                yield b"data: %d\n\n" % seen
            changed = self._changed
            with trio.move_on_after(15) as quiet:
                await changed.wait()
            if quiet.cancelled_caught:
                yield b": still here\n\n"

    # What is seen

    async def _state(self, query: Mapping[str, str]) -> dict[str, Any]:
        world, people = self._world, self.people
        guild = world.backend.get_guild(int(query.get("guild", world.guild_id)))
        person = self._present(guild.id, query.get("as"))
        channels = people.channels(guild.id, person)
        channel = self._place(channels, person, query.get("channel"))
        limit = min(int(query.get("limit", _PAGE)), _MOST)
        messages, more = people.messages(person, channel, limit)
        direct = world.backend.get_channel(channel).guild_id is None
        allowed = world.backend.compute_permissions(guild.id, person, None if direct else channel)
        whole = world.guild_payload(guild.id)
        return {
            "run": self._run,
            "guild": {"id": str(guild.id), "name": guild.name},
            "guilds": [{"id": str(one.id), "name": one.name} for one in world.backend.guilds.values()],
            "me": str(person),
            "people": [str(one) for one in world.people if one in guild.members],
            "gone": [self._user(one) for one in world.people if one not in guild.members],
            "bot": str(world.backend.bot_user.id),
            "owner": str(guild.owner_id),
            "members": world.members(guild.id),
            "roles": world.roles(guild.id),
            "channels": [{key: one.get(key) for key in _OF_CHANNELS} for one in channels],
            "voice": whole["voice_states"],
            "emojis": whole["emojis"],
            "stickers": whole["stickers"],
            "channel": str(channel),
            "direct": direct,
            "allowed": str(allowed),
            "messages": messages,
            "more": more,
            "typing": self._typists(channel, person),
            "commands": {str(kind): people.commands(person, channel, kind) for kind in (1, 2, 3)},
            "log": self.notebook.after(int(query.get("log", 0))),
            "events": [one for one in self._events if one.id > int(query.get("events", self._counted))],
            "connected": any(session.link is not None for session in self._hub.sessions.values()),
            "outage": self._faults.outage,
            "panel": await self._view(guild.id),
        }

    def _place(self, channels: Sequence[Mapping[str, Any]], person: int, asked: str | None) -> int:
        """Where the visitor is: the channel asked for, or the first that has messages."""
        if asked == "direct":
            return self.people.direct(person)
        ids = self.people.opened(channels, person)
        if not ids:
            raise BackendError(403, 50001, "This person may not open any channel.")
        return int(asked if asked in ids else ids[0])

    def _present(self, guild: int, asked: str | None) -> int:
        """Whom the visitor is: the one asked for, or the first who is there."""
        members = self._world.backend.get_guild(guild).members
        here = [one for one in self._world.people if one in members]
        return next((one for one in here if str(one) == asked), here[0])

    def _user(self, person: int) -> dict[str, str]:
        user = self._world.backend.get_user(person)
        return {"id": str(person), "name": user.global_name or user.name}

    def _typists(self, channel: int, person: int) -> list[dict[str, Any]]:
        now = trio.current_time()
        found = self._typing.get(channel, {})
        return [
            self._user(one) | {"left": round(since + _TYPING - now, 2)}
            for one, since in found.items()
            if one != person and since + _TYPING > now
        ]

    async def _view(self, guild: int) -> PanelView | None:
        if self.hands.panel is None:
            return None
        try:
            with trio.move_on_after(_PATIENCE):
                return await self.hands.panel.view(guild)
        except PanelError as away:
            return PanelView(state="away", problem=str(away))
        return PanelView(state="busy", problem="The runtime did not answer in time.")

    # What is done

    async def _act(self, asked: Asked) -> Answer:
        kind = asked.headers.get("content-type", "")
        files: dict[str, list[Upload]] = {}
        if kind.startswith("application/json"):
            action = msgspec.json.decode(asked.body, type=dict[str, Any])
        elif kind.startswith("multipart/") and "x-flora-page" in asked.headers:
            # The header is one that another site's form cannot send.
            action, uploads = multipart(asked)
            for name, file in uploads:
                files.setdefault(name, []).append(file)
        else:
            return problem(415, 0, "An action is JSON, or a form sent by this page.")
        done = await acts.act(self.hands, acts.Doing.read(action, files, self._world.guild_id))
        self.touch()
        return json_answer({}) if done is None else await self._outcome(done)

    async def _outcome(self, record: Interaction) -> Answer:
        """What the bot did with an interaction, as far as the page must know."""
        with trio.move_on_after(_ANSWER_WITHIN):
            while not record.responded:
                await self._changed.wait()
        if not record.responded:
            return json_answer({"failed": "The application did not respond"})
        choices = record.autocomplete_choices
        return json_answer({"interaction": str(record.id), "modal": record.modal, "choices": choices})


def _page(path: str) -> Answer:
    name = "index.html" if path == "/" else path.removeprefix("/")
    if "/" in name or name.startswith("."):
        return Answer(404, b"There is nothing here.", "text/plain")
    found = package_files("gateway.local") / "page" / name
    if not found.is_file():
        return Answer(404, b"There is nothing here.", "text/plain")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Answer(200, found.read_bytes(), f"{kind}; charset=utf-8", dict(_SAFE))
