"""Requests to Discord: paced so that it never has to refuse, shared out fairly, and bounded.

    async with open_rest(RestConfig(token=...)) as rest:
        answer = await rest.request(RestCall("POST", "/channels/{channel_id}/messages", path={...}, json={...}))

Each guild has a few requests under way at once, so that a loud one waits for itself, and those that wait for the bot's
own limit are let through by whose turn was the longest ago (`fair_turns.py`). Interaction answers are outside
the bot's own limit. What only reads is tried again when Discord stumbles; what writes is not, unless Discord said that
it did not do it (429).
"""

import enum
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from urllib.parse import quote, urlencode

import msgspec
import trio

from gateway.asks import Answered
from gateway.discord_api import DiscordAwayError
from gateway.fair_turns import FairTurns
from gateway.http1 import HttpAnswer, HttpBrokenError
from gateway.http_client import Http, open_http
from gateway.multipart import File, multipart
from gateway.rate_limits import RateLimits, RouteKey
from storage.ids import GuildId

API_URL: Final = "https://discord.com/api/v10"
USER_AGENT: Final = "DiscordBot (flora, 0.1)"
_MAJORS: Final = ("channel_id", "guild_id", "webhook_id")
_EXEMPT: Final = ("/interactions/", "/webhooks/{application_id}/{interaction_token}")
_TRIES: Final = 3
_AGAIN_S: Final = 0.25


class Priority(enum.Enum):
    """What a request is for."""

    NORMAL = "normal"
    INTERACTION = "interaction"


@dataclass(frozen=True, slots=True, kw_only=True)
class RestConfig:
    token: str = field(repr=False)
    api_url: str = API_URL
    timeout_s: float = 8.0
    """Of a request with all its waiting."""
    per_guild: int = 4


@dataclass(frozen=True, slots=True)
class RestCall:
    """One request. `route` has the names of `path` in braces, as rate limits know it."""

    method: str
    route: str
    path: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    json: Any = None
    files: Sequence[File] = ()
    reason: str | None = None
    guild: GuildId | None = None
    priority: Priority = Priority.NORMAL


class DiscordError(Exception):
    """Discord refused, or did not answer in time (then status is 0)."""

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        errors: Any = None,
        route: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{route}: {message} (HTTP {status}, code {code})")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors
        self.route = route
        self.retry_after = retry_after


class _Problem(msgspec.Struct):
    code: int = 0
    message: str = ""
    errors: Any = None
    retry_after: float | None = None


class RestClient:
    """Made by `open_rest`."""

    def __init__(self, http: Http, config: RestConfig) -> None:
        self.limits = RateLimits()
        self._http = http
        self._config = config
        self._guilds: dict[GuildId, trio.CapacityLimiter] = {}
        self._turns = FairTurns()

    def __repr__(self) -> str:
        return f"<RestClient to {self._config.api_url}: {self.limits!r}>"

    async def request(self, call: RestCall) -> HttpAnswer:
        """Raises DiscordError."""
        try:
            with trio.fail_after(self._config.timeout_s):
                if call.guild is None or call.priority is Priority.INTERACTION:
                    return await self._try(call)
                return await self._in_share(call, call.guild)
        except trio.TooSlowError:
            raise DiscordError(
                0, 0, f"no answer within {self._config.timeout_s:g} s", route=_shown(call), retry_after=1.0
            ) from None

    async def _in_share(self, call: RestCall, guild: GuildId) -> HttpAnswer:
        share = self._guilds.get(guild)
        if share is None:
            share = self._guilds[guild] = trio.CapacityLimiter(self._config.per_guild)
        try:
            async with share:
                return await self._try(call)
        finally:
            if not share.borrowed_tokens and not share.statistics().tasks_waiting:
                self._guilds.pop(guild, None)

    async def _try(self, call: RestCall) -> HttpAnswer:
        key, written = _key_of(call), _written(call)
        tries = 0
        while True:
            tries += 1
            await self._wait_turn(key, call)
            answer = await self._once(key, written)
            again = answer is None or answer.status >= 500
            if answer is not None and answer.status == 429 and tries < _TRIES:
                continue
            if again and call.method == "GET" and tries < _TRIES:
                await trio.sleep(_AGAIN_S * 2**tries)
                continue
            if answer is None:
                raise DiscordError(0, 0, "the connection to Discord broke", route=_shown(call), retry_after=1.0)
            if answer.status >= 400:
                raise _error_of(call, answer)
            return answer

    async def _wait_turn(self, key: RouteKey, call: RestCall) -> None:
        """First the bucket's time, then the guild's turn at what the bot as a whole may send: who waits for a bucket
        of its own keeps nobody else."""
        if key.exempt:
            await self._wait_for(partial(self.limits.take, key))
            return
        urgent = call.priority is Priority.INTERACTION
        sent = False
        while not sent:
            await self._wait_for(partial(self.limits.bucket_wait, key))
            async with self._turns.turn_of(call.guild, urgent=urgent):
                await self._wait_for(self.limits.own_wait)
                sent = self.limits.take(key, trio.current_time()) == 0

    async def _wait_for(self, wait_at: Callable[[float], float]) -> None:
        wait = wait_at(trio.current_time())
        while wait > 0:
            await trio.sleep(wait)
            wait = wait_at(trio.current_time())

    async def _once(self, key: RouteKey, written: "_Written") -> HttpAnswer | None:
        """None when there was no answer. The place in the bucket is given back whatever happens, a cancel too."""
        answered = False
        try:
            answer = await self._http.exchange(key.method, written.target, written.headers, written.body)
            answered = True
        except HttpBrokenError:
            return None
        finally:
            if not answered:
                self.limits.lost(key, trio.current_time())
        self.limits.answered(key, answer.status, answer.headers, trio.current_time())
        return answer

    async def plain(
        self, method: str, route: str, path: Mapping[str, str], json: Any = None, guild: GuildId | None = None
    ) -> Answered:
        """The Request of `gateway/asks.py`."""
        try:
            answer = await self.request(RestCall(method, route, path, json=json, guild=guild))
        except DiscordError as error:
            if error.status == 0 or error.status >= 500:
                raise DiscordAwayError(str(error)) from None
            return Answered(error.status, b"{}")
        return Answered(answer.status, answer.body)


@asynccontextmanager
async def open_rest(config: RestConfig) -> AsyncGenerator[RestClient]:
    headers = {"Authorization": f"Bot {config.token}", "User-Agent": USER_AGENT}
    async with open_http(config.api_url, headers) as http:
        yield RestClient(http, config)


def _key_of(call: RestCall) -> RouteKey:
    """A webhook's token belongs to its major parameter; an interaction's answers are limited by their token."""
    major = next((call.path[name] for name in _MAJORS if name in call.path), "")
    token = call.path.get("webhook_token") or call.path.get("interaction_token") or ""
    return RouteKey(call.method, call.route, f"{major}/{token}", call.route.startswith(_EXEMPT))


@dataclass(frozen=True, slots=True)
class _Written:
    """A call as it is sent, once for all tries."""

    target: str
    headers: Mapping[str, str]
    body: bytes | None


def _written(call: RestCall) -> _Written:
    headers = {} if call.reason is None else {"X-Audit-Log-Reason": quote(call.reason[:512], safe=" ")}
    body = None if call.json is None else msgspec.json.encode(call.json)
    if call.files:
        headers["Content-Type"], body = multipart(body, call.files)
    elif body is not None:
        headers["Content-Type"] = "application/json"
    return _Written(_target_of(call), headers, body)


def _target_of(call: RestCall) -> str:
    """Each value is one part of the path, whatever it holds."""
    path = call.route.format_map({name: _part(value) for name, value in call.path.items()})
    return f"{path}?{urlencode(call.query, quote_via=quote)}" if call.query else path


def _part(value: str) -> str:
    if value in ("", ".", ".."):
        raise DiscordError(0, 0, f"{value!r} cannot stand in an address")
    return quote(value, safe="@")


def _error_of(call: RestCall, answer: HttpAnswer) -> DiscordError:
    try:
        problem = msgspec.json.decode(answer.body, type=_Problem)
    except msgspec.MsgspecError:
        problem = _Problem(message="Discord answered with something that is not JSON")
    return DiscordError(answer.status, problem.code, problem.message, problem.errors, _shown(call), problem.retry_after)


def _shown(call: RestCall) -> str:
    """Without what is in the path: a token may be."""
    return f"{call.method} {call.route}"
