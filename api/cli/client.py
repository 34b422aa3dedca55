"""The daemon's HTTP API, as commands use it: answers, or one CommandError that says what to do."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, cast

import httpx2
import trio

from api.cli.faults import CommandError, Exit
from api.cli.settings import Server

_TIMEOUT: Final = httpx2.Timeout(60.0, connect=5.0)
_LONGEST_PAUSE_S: Final = 10.0
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
    ) -> Any:
        """The answer's JSON, or None when it has no body."""
        wanted = {name: _plain(value) for name, value in (query or {}).items() if value is not None}
        try:
            response = await self._http.request(
                method, f"/api{path}", params=wanted, json=body, headers=dict(headers or {})
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

    def _unreachable(self, error: httpx2.HTTPError) -> CommandError:
        if isinstance(error, httpx2.TimeoutException) and not isinstance(error, httpx2.ConnectTimeout):
            return CommandError(f"{self.url} did not answer in time", "see the daemon's log", Exit.NO_SERVER)
        hint = "start one with: flora serve; or name another with --api or flora login"
        return CommandError(f"no flora answers at {self.url}", hint, Exit.NO_SERVER)

    async def follow(
        self, path: str, query: Mapping[str, Any], listener: Listener, lost: Callable[[str], None]
    ) -> None:
        """Give every event of a stream to the listener, until cancelled. After a loss it goes on where it was: what
        came meanwhile comes once, by the ids of the stream."""
        last = ""
        pause = 0.5
        while True:
            try:
                last = await self._listen(path, query, listener, last)
                pause = 0.5
            except httpx2.HTTPError as error:
                if not last and isinstance(error, httpx2.ConnectError):
                    raise self._unreachable(error) from None
                lost(f"the stream broke off; again in {pause:g} s")
            except _BrokenOffError as error:
                last = error.last
                lost(f"the stream broke off; again in {pause:g} s")
            await trio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_S)

    async def _listen(self, path: str, query: Mapping[str, Any], listener: Listener, last: str) -> str:
        headers = {"accept": "text/event-stream"} | ({"last-event-id": last} if last else {})
        wanted = {name: _plain(value) for name, value in query.items() if value is not None}
        timeout = httpx2.Timeout(60.0, connect=5.0)
        async with self._http.stream("GET", f"/api{path}", params=wanted, headers=headers, timeout=timeout) as response:
            if response.status_code >= 400:
                await response.aread()
                raise refusal(response.status_code, response.text)
            parser = EventParser(last)
            try:
                async for line in response.aiter_lines():
                    event = parser.feed(line)
                    if event is not None:
                        listener(*event)
            except httpx2.HTTPError as error:
                raise _BrokenOffError(parser.last) from error
            return parser.last


class _BrokenOffError(Exception):
    def __init__(self, last: str) -> None:
        super().__init__(last)
        self.last = last


class EventParser:
    """Server-sent events, line by line."""

    def __init__(self, last: str = "") -> None:
        self.last = last
        self._name = ""
        self._data: list[str] = []

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


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@asynccontextmanager
async def open_api(server: Server) -> AsyncIterator[Api]:
    """Talk to a daemon, with the token there is."""
    headers = {"user-agent": "flora-cli", "x-flora-deploy-source": "cli"}
    if server.token:
        headers["authorization"] = f"Bearer {server.token}"
    async with httpx2.AsyncClient(base_url=server.url, headers=headers, timeout=_TIMEOUT) as http:
        yield Api(http, server.url)
