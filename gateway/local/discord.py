"""The local Discord opened: REST, gateway, OAuth2, CDN, faults and the chat page on one loopback port.

async with open_local_discord(LocalConfig()) as local:
    ...  # local.api_url, local.gateway_url, local.token
"""

import fnmatch
import math
import secrets
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from importlib.resources import files as package_files
from typing import Any, Final, cast
from urllib.parse import urlencode

import msgspec
import trio
from simcord.backend.cdn import CDN_BASE
from simcord.backend.errors import BackendError, SetupError

from gateway.local import world as model
from gateway.local.sessions import Hub, Link
from gateway.local.wire import Answer, Asked, serve_connection
from gateway.local.world import World

_API: Final = "/api/v10"
_PAGE: Final = {"/": "index.html", "/page.css": "page.css", "/page.js": "page.js"}
_KINDS: Final = {"html": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript"}
_MAJOR: Final = {"channels", "guilds", "webhooks"}
_NOTES: Final = 500


class LocalDiscordError(Exception):
    """The local Discord cannot be had. The sentence says why."""


@dataclass(frozen=True, slots=True)
class LocalConfig:
    """What the local Discord is to be."""

    host: str = "127.0.0.1"
    port: int = 0
    guild_name: str = "Flower garden"
    people: tuple[str, ...] = ("ada", "ben", "cleo")
    guilds: int = 1
    token: str = "local-token"  # noqa: S105  - opens nothing but this server
    bucket_limit: int | None = 50
    """Requests that one bucket takes in a window; None takes them all."""
    bucket_window: float = 1.0
    max_concurrency: int = 16
    """Identifies at once: nobody waits for Discord's pace here."""


@dataclass
class Fault:
    """What a request that matches gets instead of an answer, or before it."""

    path: str = "*"
    method: str = "*"
    status: int | None = None
    times: int = 1
    delay: float = 0.0
    retry_after: float = 1.0
    drop: bool = False


class Faults:
    """Faults on demand, for tests and for `flora dev --chaos`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.rest: list[Fault] = []
        self.outage = False

    def add(self, fault: Fault) -> None:
        self.rest.append(fault)

    def take(self, method: str, path: str) -> Fault | None:
        for fault in self.rest:
            if fault.method in {method, "*"} and fnmatch.fnmatch(path, fault.path):
                fault.times -= 1
                if fault.times <= 0:
                    self.rest.remove(fault)
                return fault
        return None

    def drop_connections(self) -> None:
        """Every gateway connection falls without a goodbye; sessions stay and may resume."""
        for link in list(self._hub.links):
            link.drop()

    def freeze_connections(self) -> None:
        """Half-open: the connections stay, and nothing passes any more."""
        for link in self._hub.links:
            link.frozen = True

    def reconnect(self) -> None:
        """Op 7."""
        for link in self._hub.links:
            link.say(7)

    def invalidate(self, *, resumable: bool) -> None:
        """Op 9."""
        for link in self._hub.links:
            if not resumable and link.session is not None:
                self._hub.sessions.pop(link.session.id, None)
            link.say(9, resumable)


@dataclass(frozen=True, slots=True)
class Note:
    """A line for the page's log: from a script, a deploy, the daemon."""

    id: int
    level: str
    text: str
    kind: str = "log"


@dataclass
class _Bucket:
    left: int
    until: float


class LocalDiscord:
    """The running thing."""

    def __init__(self, config: LocalConfig, world: World, port: int) -> None:
        self.config = config
        self.world = world
        self.hub = Hub(world, config.token)
        self.faults = Faults(self.hub)
        base = f"{config.host}:{port}"
        self.page_url = f"http://{base}/"
        self.api_url = f"http://{base}{_API}"
        self.gateway_url = self.hub.url = f"ws://{base}/gateway"
        self.token = config.token
        self.application_id = str(world.backend.application_id)
        self.guild_id = str(world.guild_id)
        self.source: dict[str, str] = {}
        """The deployed project's files, for the page."""
        self._notes: deque[Note] = deque(maxlen=_NOTES)
        self._counted = 0
        self._changed = trio.Event()
        self._version = 0
        self._buckets: dict[str, _Bucket] = {}
        self._codes: dict[str, int] = {}
        self._bearers: dict[str, int] = {}
        world.backend.subscribers.append(lambda _name, _payload: self.touch())

    async def replay(self, events: Sequence[tuple[str, int | None, bytes]]) -> None:
        """Raw events as (name, guild id, body), as fast as the clients take them."""
        await self.hub.replay(events)

    def note(self, level: str, text: str, kind: str = "log") -> None:
        """A line in the page's log."""
        self._counted += 1
        self._notes.append(Note(self._counted, level, text, kind))
        self.touch()

    def touch(self) -> None:
        """Something changed that the page shows."""
        self._version += 1
        self._changed.set()
        self._changed = trio.Event()

    async def connection(self, stream: trio.SocketStream) -> None:
        await serve_connection(stream, self._answer, self._upgraded)

    async def _upgraded(self, stream: trio.SocketStream, target: str, first: bytes) -> None:
        if self.faults.outage:
            return
        link = Link(stream, target, self.hub)
        self.hub.links.add(link)
        try:
            await link.run(first)
        finally:
            self.hub.links.discard(link)

    async def _answer(self, asked: Asked) -> Answer:  # noqa: PLR0911  - one for each part of the house
        path = asked.path
        if path.startswith("/api/"):
            _, _, version, rest = path.split("/", 3) if path.count("/") > 2 else ("", "", "", "")
            return (
                await self._rest(asked, "/" + rest) if version in {"v10", "v9"} else _problem(404, 0, "404: Not Found")
            )
        if path in _PAGE:
            name = _PAGE[path]
            body = (package_files("gateway.local") / "page" / name).read_bytes()
            return Answer(200, body, _KINDS[name.rpartition(".")[2]], {"Cache-Control": "no-store"})
        if path.startswith("/cdn/"):
            return self._cdn(path)
        if path == "/oauth2/authorize":
            return self._authorize(asked)
        try:
            return await self._page(asked)
        except BackendError as refused:
            return _problem(refused.status, refused.code, refused.message)
        except (KeyError, ValueError, TypeError, SetupError, msgspec.DecodeError) as wrong:
            return _problem(400, 0, f"This request cannot be understood: {wrong}")

    # REST

    async def _rest(self, asked: Asked, path: str) -> Answer:
        if self.faults.outage:
            return _problem(503, 0, "The local Discord plays an outage.")
        fault = self.faults.take(asked.method, path)
        if fault is not None:
            await trio.sleep(fault.delay)
            if fault.drop:
                raise trio.BrokenResourceError
            if fault.status is not None:
                return _faulty(fault)
        limits, refused = self._limited(asked.method, path)
        if refused is not None:
            return refused
        given = self._routed(asked, path)
        if asked.method != "GET":
            self.touch()
        return Answer(given.status, given.body, given.kind, given.headers | limits)

    def _limited(self, method: str, path: str) -> tuple[dict[str, str], Answer | None]:
        limit = self.config.bucket_limit
        if limit is None or path.startswith("/interactions/"):
            return {}, None
        pieces = path.split("/")[1:]
        masked = [
            piece if place == 1 and pieces[0] in _MAJOR else ("?" if piece.isdigit() else piece)
            for place, piece in enumerate(pieces)
        ]
        key = f"{method} {'/'.join(masked)}"
        now = trio.current_time()
        bucket = self._buckets.get(key)
        if bucket is None or bucket.until <= now:
            bucket = self._buckets[key] = _Bucket(limit, now + self.config.bucket_window)
        after = bucket.until - now
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(0, bucket.left - 1)),
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Reset": f"{self.world.backend.clock.now().timestamp() + after:.3f}",
            "X-RateLimit-Bucket": f"{hash(key) & (2**64 - 1):016x}",
        }
        bucket.left -= 1
        if bucket.left >= 0:
            return headers, None
        body = {"message": "You are being rate limited.", "retry_after": round(after, 3), "global": False}
        more = {"Retry-After": str(math.ceil(after)), "X-RateLimit-Scope": "user"}
        return headers, Answer(429, msgspec.json.encode(body), headers=headers | more)

    def _routed(self, asked: Asked, path: str) -> Answer:  # noqa: PLR0911  - one for each kind of door
        open_door = path.startswith(("/interactions/", "/webhooks/", "/oauth2/token")) or path == "/gateway"
        given = asked.headers.get("authorization", "")
        if given.startswith("Bearer "):
            return self._bearer(given.removeprefix("Bearer "), path)
        if not open_door and given != f"Bot {self.token}":
            return _problem(401, 0, "401: Unauthorized")
        if path == "/oauth2/token":
            return self._token(asked)
        if path in {"/gateway", "/gateway/bot"}:
            pace = self.config.max_concurrency
            start = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": pace}
            full = {"shards": 1, "session_start_limit": start} if path == "/gateway/bot" else {}
            return _json({"url": self.gateway_url} | full)
        if path == "/users/@me" and asked.method == "GET":
            return _json(self.world.bot_payload())
        try:
            body, uploads = _body(asked)
            reason = asked.headers.get("x-audit-log-reason")
            found = self.world.rest(asked.method, path, asked.query, body, uploads, reason)
        except BackendError as refused:
            return Answer(refused.status, msgspec.json.encode(refused.to_json()))
        except (KeyError, TypeError, ValueError, msgspec.DecodeError) as wrong:
            return _problem(400, 50035, f"Invalid Form Body: {wrong}")
        callback = path.endswith("/callback") and asked.query.get("with_response", "").lower() not in {"1", "true"}
        no_wait = path.startswith("/webhooks/") and asked.query.get("wait", "true").lower() == "false"
        if found is None or callback or no_wait:
            return Answer(204)
        return Answer(200, self._public(msgspec.json.encode(found)))

    def _public(self, body: bytes) -> bytes:
        return body.replace(CDN_BASE.encode(), f"{self.page_url}cdn".encode())

    def _cdn(self, path: str) -> Answer:
        found = self.world.backend.cdn.get(CDN_BASE + path.removeprefix("/cdn"))
        if found is None:
            return Answer(404, b"No such file.", "text/plain")
        return Answer(200, found, "application/octet-stream", {"X-Content-Type-Options": "nosniff"})

    # OAuth2

    def _authorize(self, asked: Asked) -> Answer:
        back, person = asked.query.get("redirect_uri", ""), asked.query.get("as")
        if not back.startswith(("http://127.0.0.1", "http://localhost")):
            return Answer(400, b"redirect_uri must be an address of this machine.", "text/plain")
        if person is None:
            links = "".join(
                f'<li><a href="?{urlencode(asked.query | {"as": str(one)}).replace("&", "&amp;")}">'
                f"{self.world.backend.get_user(one).name}</a></li>"
                for one in self.world.people
            )
            page = f'<!doctype html><html lang="en"><title>Authorize</title><h1>Log in as</h1><ul>{links}</ul></html>'
            return Answer(200, page.encode(), _KINDS["html"])
        code = secrets.token_urlsafe(16)
        self._codes[code] = int(person)
        query = {"code": code} | ({"state": asked.query["state"]} if "state" in asked.query else {})
        return Answer(302, headers={"Location": f"{back}{'&' if '?' in back else '?'}{urlencode(query)}"})

    def _token(self, asked: Asked) -> Answer:
        fields, _ = asked.form()
        person = self._codes.pop(fields.get("code", ""), None)
        if person is None:
            return _json({"error": "invalid_grant", "error_description": 'Invalid "code" in request.'}, 400)
        bearer = secrets.token_urlsafe(24)
        self._bearers[bearer] = person
        return _json(
            {"access_token": bearer, "token_type": "Bearer", "expires_in": 604_800, "refresh_token": "none",
             "scope": "identify guilds"}
        )  # fmt: skip

    def _bearer(self, bearer: str, path: str) -> Answer:
        person = self._bearers.get(bearer)
        if person is None:
            return _problem(401, 0, "401: Unauthorized")
        backend = self.world.backend
        if path == "/users/@me":
            user = backend.get_user(person)
            return _json({"id": str(user.id), "username": user.name, "global_name": user.global_name,
                          "discriminator": "0", "avatar": None})  # fmt: skip
        if path == "/users/@me/guilds":
            mine = [guild for guild in backend.guilds.values() if person in guild.members]
            return _json(
                [{"id": str(guild.id), "name": guild.name, "icon": None, "owner": guild.owner_id == person,
                  "permissions": str(backend.compute_permissions(guild.id, person)), "features": []} for guild in mine]
            )  # fmt: skip
        return _problem(403, 50001, "Missing Access")

    # The chat page

    async def _page(self, asked: Asked) -> Answer:
        if asked.headers.get("host", "") != self.page_url.removeprefix("http://").rstrip("/"):
            return _problem(403, 0, "This page answers under its own address only.")
        if asked.path == "/local/state":
            return Answer(200, self._public(msgspec.json.encode(self._state(asked.query))))
        if asked.path == "/local/events":
            return Answer(200, kind="text/event-stream", headers={"Cache-Control": "no-store"}, stream=self._events())
        if asked.path == "/local/act" and asked.method == "POST":
            if not asked.headers.get("content-type", "").startswith("application/json"):
                return _problem(415, 0, "An action is JSON.")
            return await self._act(msgspec.json.decode(asked.body))
        return Answer(404, b"There is nothing here.", "text/plain")

    async def _events(self) -> AsyncIterator[bytes]:
        seen = -1
        while True:
            if seen != self._version:
                seen = self._version
                yield b"data: %d\n\n" % seen
            changed = self._changed
            with trio.move_on_after(15) as quiet:
                await changed.wait()
            if quiet.cancelled_caught:
                yield b": still here\n\n"

    def _state(self, query: Mapping[str, str]) -> dict[str, Any]:
        world = self.world
        guild = world.guild_payload(int(query.get("guild", world.guild_id)))
        person = int(query.get("as", world.people[0]))
        channels = [found for found in guild["channels"] if found["type"] == 0]
        channel = int(query.get("channel", channels[0]["id"]))
        return {
            "guild": {"id": guild["id"], "name": guild["name"]},
            "me": str(person),
            "people": [str(one) for one in world.people],
            "members": guild["members"],
            "roles": guild["roles"],
            "channels": [{"id": found["id"], "name": found["name"]} for found in channels],
            "channel": str(channel),
            "messages": world.visible(person, channel),
            "commands": world.backend.visible_commands(user_id=person, channel_id=channel),
            "log": list(self._notes),
            "source": self.source,
            "connected": any(session.link is not None for session in self.hub.sessions.values()),
        }

    async def _act(self, action: dict[str, Any]) -> Answer:
        world, person, channel = self.world, int(action["as"]), int(action["channel"])
        record = None
        match action["kind"]:
            case "say":
                reply = action.get("reply")
                world.say(person, channel, str(action["text"]), reply_to=None if reply is None else int(reply))
            case "react":
                world.react(person, channel, int(action["message"]), str(action["emoji"]))
            case "command":
                record = world.command(person, channel, model.COMMAND, action["name"], action["options"])
            case "autocomplete":
                record = world.command(person, channel, model.AUTOCOMPLETE, action["name"], action["options"])
            case "component":
                data = {key: action["data"][key] for key in action["data"]}
                record = world.interact(person, channel, model.COMPONENT, data, source=int(action["message"]))
            case "modal":
                record = world.interact(person, channel, model.MODAL, action["data"])
            case other:
                return _problem(400, 0, f"There is no action {other!r}.")
        if record is None:
            return _json({})
        with trio.move_on_after(3):
            while not record.responded:
                await self._changed.wait()
        if not record.responded:
            return _json({"failed": "The application did not respond"})
        return _json({"modal": record.modal, "choices": record.autocomplete_choices})


def _body(asked: Asked) -> tuple[Any, list[model.Upload]]:
    if asked.headers.get("content-type", "").startswith("multipart/"):
        fields, files = asked.form()
        given = fields.get("payload_json")
        body: dict[str, Any] = dict(fields) if given is None else msgspec.json.decode(given, type=dict[str, Any])
        told: dict[str, str | None] = {
            str(one.get("id")): one.get("description") for one in _listed(body.get("attachments"))
        }
        return body, [
            model.Upload(file.filename, file.data, told.get(name.removeprefix("files[").rstrip("]")))
            for name, file in files
        ]
    return (msgspec.json.decode(asked.body) if asked.body else None), []


def _listed(value: object) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", value) if isinstance(value, list) else []


def _json(value: Any, status: int = 200) -> Answer:
    return Answer(status, msgspec.json.encode(value))


def _problem(status: int, code: int, message: str) -> Answer:
    return _json({"message": message, "code": code}, status)


def _faulty(fault: Fault) -> Answer:
    if fault.status == 429:
        body = {"message": "You are being rate limited.", "retry_after": fault.retry_after, "global": False}
        return Answer(
            429, msgspec.json.encode(body),
            headers={"Retry-After": str(math.ceil(fault.retry_after)), "X-RateLimit-Scope": "shared"},
        )  # fmt: skip
    return _problem(fault.status or 500, 0, "A fault that was asked for.")


@asynccontextmanager
async def open_local_discord(config: LocalConfig) -> AsyncGenerator[LocalDiscord]:
    """Listen until the block is left. Raises LocalDiscordError when the port cannot be had."""
    try:
        (listener,) = await trio.open_tcp_listeners(config.port, host=config.host)
    except OSError as error:
        raise LocalDiscordError(
            f"The local Discord cannot listen on {config.host}:{config.port} ({error.strerror or error}). "
            "Choose another port, or 0."
        ) from None
    port = int(listener.socket.getsockname()[1])
    local = LocalDiscord(config, World(config.guild_name, config.people, guilds=config.guilds), port)
    async with trio.open_nursery() as nursery:
        await nursery.start(partial(trio.serve_listeners, local.connection, [listener]))
        yield local
        nursery.cancel_scope.cancel()
