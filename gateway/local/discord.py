"""The local Discord opened: REST, gateway, OAuth2, CDN, faults and the chat page on one loopback port.

async with open_local_discord(LocalConfig()) as local:
    ...  # local.api_url, local.gateway_url, local.token
"""

import logging
import math
import mimetypes
import re
from base64 import b64encode
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from traceback import format_exc
from typing import Any, Final, cast

import msgspec
import trio
from simcord.backend.cdn import CDN_BASE
from simcord.backend.errors import BackendError

from gateway.local import keeping
from gateway.local import world as model
from gateway.local.chat import Chat
from gateway.local.faults import Fault, Faults
from gateway.local.oauth import OAuth
from gateway.local.panel import Panel
from gateway.local.sessions import Hub, Link
from gateway.local.wire import Answer, Asked, json_answer, multipart, problem, serve_connection
from gateway.local.world import World

logger = logging.getLogger(__name__)
_KEEP_S: Final = 30.0
_TICK_S: Final = 1.0
_API: Final = "/api/v10"
_SHOWN: Final = ("image/", "audio/", "video/")
"""Kinds of files that a browser may show by itself; it is made to save all others, as they come from scripts."""
_MAKES: Final = re.compile(
    r"POST /(guilds|channels|applications)/\d+/(.+/)?(threads|channels|emojis|stickers|soundboard-sounds)"
    r"|PUT /guilds/\d+/members/\d+"
)
"""Requests that are answered with 201 where others get 200."""
_MAJOR: Final = {"channels", "guilds", "webhooks"}


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
    token: str | None = None
    """None: one in the shape of Discord's, for clients read the application's id off it. It opens nothing else."""
    bucket_limit: int | None = 50
    """Requests that one bucket takes in a window; None takes them all."""
    bucket_window: float = 1.0
    keep: Path | None = None
    """A file in which the guild, its people and what they said outlive the process."""
    heartbeat_ms: int = 41_250
    max_concurrency: int = 16
    """Identifies at once: nobody waits for Discord's pace here."""


@dataclass
class _Bucket:
    left: int
    until: float


class LocalDiscord:
    """The running thing."""

    def __init__(self, config: LocalConfig, world: World, port: int) -> None:
        self.config = config
        self.world = world
        self.token = config.token or _token_of(world.backend.application_id)
        self.hub = Hub(world, self.token, config.heartbeat_ms)
        self.faults = Faults(self.hub)
        base = f"{config.host}:{port}"
        self.port = port
        self.page_url = f"http://{base}/"
        self.api_url = f"http://{base}{_API}"
        self.gateway_url = self.hub.url = f"ws://{base}/gateway"
        self.application_id = str(world.backend.application_id)
        self.guild_id = str(world.guild_id)
        hosts = {base, f"localhost:{port}"} if config.host == "127.0.0.1" else {base}
        self.chat = Chat(world, self.hub, self.faults, frozenset(hosts))
        self.people = self.chat.people
        world.on_left_out = partial(self.note, "debug")
        self._buckets: dict[str, _Bucket] = {}
        self._oauth = OAuth(self.world)

    async def replay(self, events: Sequence[tuple[str, int | None, bytes]]) -> None:
        """Raw events as (name, guild id, body), as fast as the clients take them."""
        await self.hub.replay(events)

    def note(self, level: str, text: str, kind: str = "log", detail: str = "") -> None:
        """A line in the page's log; kind `deploy` draws a mark across it; the detail, or all but the first line of the
        text, opens below."""
        if not detail:
            text, _, detail = text.partition("\n")
        self.chat.notebook.add(level, text, kind, detail)
        self.chat.touch()

    def show(self, panel: Panel) -> None:
        """What stands beside the chat from now on."""
        self.chat.hands.panel = panel
        self.chat.touch()

    async def keep_at_times(self, path: Path) -> None:
        """Until cancelled: what a crash loses is at most half a minute."""
        kept = -1
        while True:
            await trio.sleep(_KEEP_S)
            if self.chat.version != kept:
                kept = self.chat.version
                self.keep(path)

    async def let_time_pass(self) -> None:
        """Until cancelled."""
        while True:
            await trio.sleep(_TICK_S)
            self.world.backend.pass_time()

    def keep(self, path: Path) -> None:
        try:
            keeping.save(self.world, path)
        except keeping.KeepingError as error:
            logger.warning("%s", error)

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

    async def _answer(self, asked: Asked) -> Answer:
        path = asked.path
        if path.startswith("/api/"):
            _, _, version, rest = path.split("/", 3) if path.count("/") > 2 else ("", "", "", "")
            return (
                await self._rest(asked, "/" + rest) if version in {"v10", "v9"} else problem(404, 0, "404: Not Found")
            )
        if path.startswith("/cdn/"):
            return self._cdn(path)
        if path == "/oauth2/authorize":
            return self._oauth.authorize(asked)
        given = await self.chat.answer(asked)
        return replace(given, body=self._public(given.body))

    # REST

    async def _rest(self, asked: Asked, path: str) -> Answer:
        if self.faults.outage:
            return problem(503, 0, "The local Discord plays an outage.")
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
            self.chat.touch()
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
            return self._oauth.bearer(given.removeprefix("Bearer "), path)
        if not open_door and given != f"Bot {self.token}":
            return problem(401, 0, "401: Unauthorized")
        if path.startswith("/oauth2/token"):
            return self._oauth.answer(asked, path)
        if path in {"/gateway", "/gateway/bot"}:
            pace = self.config.max_concurrency
            start = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": pace}
            full = {"shards": 1, "session_start_limit": start} if path == "/gateway/bot" else {}
            return json_answer({"url": self.gateway_url} | full)
        if path == "/users/@me" and asked.method == "GET":
            return json_answer(self.world.bot_payload())
        try:
            body, uploads = _body(asked)
            reason = asked.headers.get("x-audit-log-reason")
            found = self.world.rest(asked.method, path, asked.query, body, uploads, reason)
        except BackendError as refused:
            return Answer(refused.status, msgspec.json.encode(refused.to_json()))
        except (KeyError, TypeError, ValueError, msgspec.DecodeError) as wrong:
            return problem(400, 50035, f"Invalid Form Body: {wrong}")
        except Exception as failed:  # noqa: BLE001  - the model is another's; one request must not end a day's work
            self.note("error", f"The local Discord failed at {asked.method} {path}: {failed!r}", detail=format_exc())
            return problem(500, 0, f"The local Discord failed: {failed!r}")
        callback = path.endswith("/callback") and asked.query.get("with_response", "").lower() not in {"1", "true"}
        no_wait = path.startswith("/webhooks/") and asked.query.get("wait", "true").lower() == "false"
        if found is None or callback or no_wait:
            return Answer(204)
        made = _MAKES.fullmatch(f"{asked.method} {path}") is not None
        return Answer(201 if made else 200, self._public(msgspec.json.encode(found)))

    def _public(self, body: bytes) -> bytes:
        return body.replace(CDN_BASE.encode(), f"{self.page_url}cdn".encode())

    def _cdn(self, path: str) -> Answer:
        found = self.world.backend.cdn.get(CDN_BASE + path.removeprefix("/cdn"))
        if found is None:
            return Answer(404, b"No such file.", "text/plain")
        kind = mimetypes.guess_type(path)[0] or ""
        shown = kind if kind.startswith(_SHOWN) and kind != "image/svg+xml" else "application/octet-stream"
        return Answer(200, found, shown, {"X-Content-Type-Options": "nosniff"})


def _token_of(application: int) -> str:
    return f"{b64encode(str(application).encode()).decode().rstrip('=')}.local.discord"


def _body(asked: Asked) -> tuple[Any, list[model.Upload]]:
    if asked.headers.get("content-type", "").startswith("multipart/"):
        body, files = multipart(asked)
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


def _faulty(fault: Fault) -> Answer:
    if fault.status == 429:
        body = {"message": "You are being rate limited.", "retry_after": fault.retry_after, "global": False}
        return Answer(
            429, msgspec.json.encode(body),
            headers={"Retry-After": str(math.ceil(fault.retry_after)), "X-RateLimit-Scope": "shared"},
        )  # fmt: skip
    return problem(fault.status or 500, 0, "A fault that was asked for.")


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
    world = World(config.guild_name, config.people, guilds=config.guilds)
    if config.keep is not None:
        _remember(world, config.keep)
    local = LocalDiscord(config, world, port)
    try:
        async with trio.open_nursery() as nursery:
            await nursery.start(partial(trio.serve_listeners, local.connection, [listener]))
            nursery.start_soon(local.let_time_pass)
            if config.keep is not None:
                nursery.start_soon(local.keep_at_times, config.keep)
            yield local
            nursery.cancel_scope.cancel()
    finally:
        if config.keep is not None:
            local.keep(config.keep)


def _remember(world: World, path: Path) -> None:
    try:
        kept = keeping.load(path)
    except keeping.KeepingError as error:
        logger.warning("%s", error)
        return
    if kept is not None:
        keeping.restore(world, kept)
