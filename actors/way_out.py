"""The connections of egress, as httpcore opens them.

Loaded with the first fetch: httpcore is 3 MB of memory, and a daemon whose scripts stay at home goes without.
"""

import ipaddress
import ssl
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast
from urllib.parse import SplitResult

import httpcore2
import trio

from actors.egress import Address, EgressRules, FetchBrokenError, Resolve, is_public, refuse

_BROKEN = (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, OSError)


class WayOut:
    """Connections are kept for a few seconds; each leads to an address that was checked."""

    def __init__(self, rules: EgressRules, resolve: Resolve, tls: ssl.SSLContext | None) -> None:
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=256,
            max_keepalive_connections=32,
            keepalive_expiry=5.0,
            network_backend=_CheckedDialler(rules, resolve),
        )

    @asynccontextmanager
    async def request(
        self, method: str, split: SplitResult, target: str, headers: Sequence[tuple[bytes, bytes]], body: bytes | None
    ) -> AsyncGenerator[httpcore2.Response]:
        """Its answer, as far as the headers; the body is to be read inside. Raises FetchBrokenError."""
        url = httpcore2.URL(
            scheme=split.scheme.encode(),
            host=(split.hostname or "").encode(),
            port=split.port,
            target=target.encode("ascii", "strict"),
        )
        try:
            async with self._pool.stream(method, url, headers=headers, content=body) as response:
                yield response
        except _BROKEN as error:
            raise FetchBrokenError(type(error).__name__) from None

    async def aclose(self) -> None:
        await self._pool.aclose()


class _CheckedDialler(httpcore2.AsyncNetworkBackend):
    """Opens connections for the pool: resolve, check all, dial one of those that were checked."""

    def __init__(self, rules: EgressRules, resolve: Resolve) -> None:
        self._rules = rules
        self._resolve = resolve
        self._backend = cast("httpcore2.AsyncNetworkBackend", httpcore2.TrioBackend())
        self._resolvers = trio.CapacityLimiter(16)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 -- httpcore names it so
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        failure: Exception = OSError("there is no address")
        for address in await self._addresses(host.strip("[]"), port):
            try:
                return await self._backend.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise httpcore2.ConnectError(str(failure))

    async def connect_unix_socket(self, *_args: Any, **_named: Any) -> httpcore2.AsyncNetworkStream:
        raise refuse("FETCH_FORBIDDEN", "There are no unix sockets to fetch from")

    async def sleep(self, seconds: float) -> None:
        await trio.sleep(seconds)

    async def _addresses(self, host: str, port: int) -> list[Address]:
        try:
            # In a thread of its own kind: a name server that hangs must not keep the daemon's other work waiting.
            found = await trio.to_thread.run_sync(
                self._resolve, host, port, abandon_on_cancel=True, limiter=self._resolvers
            )
        except (OSError, UnicodeError):
            raise refuse("FETCH_FAILED", f"The host {host} has no address") from None
        addresses = list(dict.fromkeys(ipaddress.ip_address(row[4][0].partition("%")[0]) for row in found))
        for address in addresses:
            if not self._may_dial(address, port):
                raise refuse("FETCH_FORBIDDEN", f"{host} is not on the public internet, or the port {port} is not open")
        return addresses

    def _may_dial(self, address: Address, port: int) -> bool:
        if any(address in network for network in self._rules.allowed_networks):
            return True
        return is_public(address) and port in self._rules.ports
