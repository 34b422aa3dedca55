"""The daemon's HTTP API, as commands use it: answers, or one CommandError that says what to do."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, cast

import httpx2
import trio

from api.cli.faults import CommandError, Exit
from api.cli.settings import Server

PATIENCE_S: Final = 60.0
"""For an answer. Those below are for what takes longer: a little more than the server's own bounds."""
DEPLOY_S: Final = 130.0
DRAIN_S: Final = 310.0
TRANSFER_S: Final = 610.0
_CONNECT_S: Final = 5.0
_SILENCE_S: Final = 45.0
"""A stream has a heartbeat every 15 s: one that is silent for longer is dead."""
_FIRST_PAUSE_S: Final = 0.5
_LONGEST_PAUSE_S: Final = 10.0
_LATER: Final = frozenset({429, 500, 502, 503, 504})
"""Refusals of a server that starts, stops, or has too much to do."""
_HINTS: Final = {
    401: "log in with: flora login",
    403: "ask an administrator of the guild, or log in as another: flora login",
    413: "send less: flora check shows the sizes",
    429: "wait a little and try again",
}

Listener = Callable[[str, str], None]
"""Is given each event's name and data."""


class Api:
    """See `open_api`."""

    def __init__(self, http: httpx2.AsyncClient, url: str) -> None:
        self._http = http
        self.url = url

    async def get(self, path: str, **query: Any) -> Any:
        return await self.ask("GET", path, query=query)

    async def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        patience_s: float = PATIENCE_S,
    ) -> Any:
        """The answer's JSON, or None when it has no body."""
        timeout = httpx2.Timeout(patience_s, connect=_CONNECT_S)
        content = None if body is None else json.dumps(body).encode()  # in ASCII: half a character may be in it
        sent = {**({} if body is None else {"content-type": "application/json"}), **(headers or {})}
        try:
            response = await self._http.request(
                method, f"/api{path}", params=_query(query), content=content, headers=sent, timeout=timeout
            )
        except httpx2.HTTPError as error:
            raise self._unreachable(error) from None
        if response.status_code >= 400:
            raise refusal(response.status_code, response.text)
        if not response.content:
            return None
        try:
            return response.json()
        except ValueError:
            return response.text

    async def lines(self, path: str, query: Mapping[str, Any]) -> AsyncIterator[str]:
        """An answer that is too large to be held, line by line."""
        timeout = httpx2.Timeout(TRANSFER_S, connect=_CONNECT_S)
        try:
            async with self._http.stream("GET", f"/api{path}", params=_query(query), timeout=timeout) as response:
                if response.status_code >= 400:
                    await response.aread()
                    raise refusal(response.status_code, response.text)
                async for line in response.aiter_lines():
                    yield line  # noqa: ASYNC119  callers read to the end, or the command ends
        except httpx2.HTTPError as error:
            raise self._unreachable(error) from None

    def _unreachable(self, error: httpx2.HTTPError) -> CommandError:
        if isinstance(error, httpx2.TimeoutException) and not isinstance(error, httpx2.ConnectTimeout):
            return CommandError(f"{self.url} did not answer in time", "see the daemon's log", Exit.NO_SERVER)
        hint = "start one with: flora serve; or name another with --api or flora login"
        return CommandError(f"no flora answers at {self.url}", hint, Exit.NO_SERVER)

    async def follow(
        self,
        path: str,
        query: Mapping[str, Any],
        listener: Listener,
        tell: Callable[[str], None],
        *,
        was_there: bool = False,
    ) -> None:
        """Give every event of a stream to the listener, until cancelled. When the server goes away it is waited for,
        and what came meanwhile comes once, by the ids of the stream. Raises CommandError when the server was never
        there, and when it refuses for good."""
        parser = EventParser()
        pause = _FIRST_PAUSE_S
        is_away = False
        while True:
            try:
                async with self._stream(path, query, parser.last) as response:
                    if is_away:
                        tell(f"{self.url} is back")
                    was_there, is_away, pause = True, False, _FIRST_PAUSE_S
                    parser.begin()
                    async for line in response.aiter_lines():
                        event = parser.feed(line)
                        if event is not None:
                            listener(*event)
            except httpx2.HTTPError as error:
                if not was_there:
                    raise self._unreachable(error) from None
            except _NotNowError as refused:
                if not was_there:
                    raise refused.refusal from None
            if not is_away:
                tell(f"{self.url} went away; waiting for it")
                is_away = True
            await trio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_S)

    @asynccontextmanager
    async def _stream(self, path: str, query: Mapping[str, Any], last: str) -> AsyncIterator[httpx2.Response]:
        headers = {"accept": "text/event-stream"} | ({"last-event-id": last} if last else {})
        timeout = httpx2.Timeout(_SILENCE_S, connect=_CONNECT_S)
        async with self._http.stream(
            "GET", f"/api{path}", params=_query(query), headers=headers, timeout=timeout
        ) as response:
            if response.status_code >= 400:
                await response.aread()
                refused = refusal(response.status_code, response.text)
                raise _NotNowError(refused) if response.status_code in _LATER else refused
            yield response


class _NotNowError(Exception):
    """The server may take it later."""

    def __init__(self, refused: CommandError) -> None:
        super().__init__(str(refused))
        self.refusal = refused


class EventParser:
    """Server-sent events, line by line."""

    def __init__(self, last: str = "") -> None:
        self.last = last
        self._name = ""
        self._data: list[str] = []

    def begin(self) -> None:
        """On a new connection: half an event of the old one is nothing."""
        self._name, self._data = "", []

    def feed(self, line: str) -> tuple[str, str] | None:
        """The event that this line completes: its name (`message` when it has none) and its data."""
        if line == "":
            name, data = self._name or "message", "\n".join(self._data)
            whole = bool(self._data)
            self._name, self._data = "", []
            return (name, data) if whole else None
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "data":
            self._data.append(value)
        elif field == "event":
            self._name = value
        elif field == "id" and "\0" not in value:
            self.last = value
        return None


def refusal(status: int, text: str) -> CommandError:
    """What the server refused, in its words, and what to do."""
    code = {401: Exit.NOT_ALLOWED, 403: Exit.NOT_ALLOWED, 404: Exit.NOT_FOUND}.get(status, Exit.REFUSED)
    try:
        parsed: object = json.loads(text)
    except ValueError:
        parsed = None
    problem = cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else {}
    said = problem.get("detail") or problem.get("message") or problem.get("title")
    if status >= 500 and not said:
        said = "the server failed"
    hint = str(problem.get("hint") or _HINTS.get(status, ""))
    return CommandError(str(said or f"the server answered {status}"), hint, code)


def _query(given: Mapping[str, Any] | None) -> dict[str, str]:
    return {name: _plain(value) for name, value in (given or {}).items() if value is not None}


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@asynccontextmanager
async def open_api(server: Server) -> AsyncIterator[Api]:
    """Talk to a daemon, with the token there is."""
    headers = {"user-agent": "flora-cli", "x-flora-deploy-source": "cli"}
    if server.token:
        headers["authorization"] = f"Bearer {server.token}"
    async with httpx2.AsyncClient(base_url=server.url, headers=headers) as http:
        yield Api(http, server.url)
