"""The one door through which a script reaches the internet.

- **Addresses**: a name is resolved once, every address it has must be public, and the checked address is the one that
  is dialled, anew at each redirect: a name that answers differently the second time gains nothing.
- **Secrets**: a placeholder becomes its value here, in the URL, the headers and the body, and only towards a host that
  the secret allows, at each redirect anew. What comes back is searched for the values of all the guild's secrets, also
  as URLs, JSON, base64 or hexadecimal digits write them, and the placeholder is put in their place.
- **Limits**: time for the whole of it, bytes of what comes back after decompression, and requests of one guild at once.
"""

import base64
import ipaddress
import json
import re
import socket
import ssl
import zlib
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import SplitResult, quote, quote_plus, urljoin, urlsplit, urlunsplit

import trio

from actors.ops import OpRefusedError
from actors.vault import GuildSecrets, Vault
from storage.ids import GuildId
from storage.records import OpenSecret

if TYPE_CHECKING:
    import httpcore2

    from actors.way_out import WayOut

MIB: Final = 1024 * 1024
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_CLOSE_S: Final = 1.0
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_OURS: Final = frozenset(
    {"host", "connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer", "keep-alive", "expect"}
)
"""Headers that the host alone writes; a script's are left out, as fetch does everywhere."""
_TO_ITS_ORIGIN: Final = frozenset({"authorization", "cookie"})
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HOST: Final = re.compile(r"[a-z0-9_.-]{1,253}|\[[0-9a-f:.]+\]")
_TUNNELS: Final = tuple(map(ipaddress.IPv6Network, ("2002::/16", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48")))
"""Addresses that carry an IPv4 address inside, which a gateway would unpack."""
_CLOUDS: Final = tuple(map(ipaddress.IPv4Network, ("168.63.129.16/32", "192.0.0.0/24")))
"""Providers' own services at addresses that count as public."""
_SHORTEST_REDACTED: Final = 4
"""A secret of three letters would be found everywhere."""
_SHORTEST_INSIDE: Final = 6
"""Within something longer, base64 leaves fewer digits of it that are its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EgressRules:
    """What an operator may change."""

    seconds: float = 10.0
    response_bytes: int = 5 * MIB
    request_bytes: int = 5 * MIB
    header_bytes: int = 32 * 1024
    redirects: int = 10
    at_once: int = 8
    """Requests of one guild; others wait, within their own time."""
    ports: frozenset[int] = frozenset({80, 443})
    allowed_networks: tuple[Network, ...] = ()
    """Reached although they are not public, on any port: a service of the operator's own."""


@dataclass(frozen=True, slots=True)
class FetchAsked:
    """A request as a script makes it, with placeholders."""

    url: str
    method: str = "GET"
    headers: Sequence[tuple[str, str]] = ()
    body: bytes | None = field(default=None, repr=False)
    redirect: str = "follow"


@dataclass(frozen=True, slots=True)
class FetchAnswer:
    """What came back, redacted."""

    status: int
    status_text: str
    headers: Sequence[tuple[str, str]]
    body: bytes = field(repr=False)
    url: str
    redirected: bool


class FetchBrokenError(Exception):
    """There is no answer; says what kind of failure it was."""


def refuse(code: str, text: str) -> OpRefusedError:
    return OpRefusedError(code, text)


def is_public(address: Address) -> bool:
    """Whether a stranger may be connected to it."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return False
        if any(address in tunnel for tunnel in _TUNNELS) or address.is_site_local:
            return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not special and not any(address in network for network in _CLOUDS)


Resolve = Callable[[str, int], Any]


def _resolve(host: str, port: int) -> Any:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


class Egress:
    """Fetches for scripts; made by `open_egress`."""

    def __init__(self, vault: Vault, rules: EgressRules, open_way: "Callable[[], WayOut]") -> None:
        self._vault = vault
        self._rules = rules
        self._open_way = open_way
        self._way: WayOut | None = None
        self._turns: dict[GuildId, trio.CapacityLimiter] = {}
        self.outcomes: Counter[str] = Counter()
        """Requests by outcome; for metrics."""

    def __repr__(self) -> str:
        return f"<Egress for {len(self._turns)} guilds>"

    async def fetch(self, guild: GuildId, asked: FetchAsked) -> FetchAnswer:
        """Raises OpRefusedError, whose message never holds a secret."""
        try:
            with trio.fail_after(self._rules.seconds):
                async with self._turn(guild):
                    answer = await self._follow(await self._vault.of_guild(guild), asked)
        except trio.TooSlowError:
            self.outcomes["FETCH_TIMEOUT"] += 1
            text = f"The request did not end within {self._rules.seconds:g} s"
            raise refuse("FETCH_TIMEOUT", text) from None
        except OpRefusedError as refused:
            self.outcomes[refused.code] += 1
            raise
        except FetchBrokenError as error:
            self.outcomes["FETCH_FAILED"] += 1
            raise refuse("FETCH_FAILED", f"The request failed ({error})") from None
        self.outcomes["ok"] += 1
        return answer

    @asynccontextmanager
    async def _turn(self, guild: GuildId) -> AsyncGenerator[None]:
        turns = self._turns.setdefault(guild, trio.CapacityLimiter(self._rules.at_once))
        try:
            async with turns:
                yield
        finally:
            statistics = turns.statistics()
            if not statistics.borrowed_tokens and not statistics.tasks_waiting:
                self._turns.pop(guild, None)

    async def _follow(self, secrets: GuildSecrets, asked: FetchAsked) -> FetchAnswer:
        self._check(asked)
        url, method, body = asked.url, asked.method.upper(), asked.body
        headers = [(name.lower(), value) for name, value in asked.headers]
        for hop in range(self._rules.redirects + 1):
            answer = await self._request(secrets, FetchAsked(url, method, headers, body), redirected=hop > 0)
            location = next((value for name, value in answer.headers if name.lower() == "location"), None)
            if answer.status not in _REDIRECTS or location is None or asked.redirect == "manual":
                return answer
            if asked.redirect == "error":
                raise refuse("FETCH_REDIRECTED", "The server redirects, and the request says that this is an error")
            onward = urljoin(url, location)
            if answer.status == 303 or (answer.status in {301, 302} and method == "POST"):
                method, body = ("HEAD" if method == "HEAD" else "GET"), None
                headers = [(name, value) for name, value in headers if not name.startswith("content-")]
            if _origin(_split(onward)) != _origin(_split(url)):
                headers = [(name, value) for name, value in headers if name not in _TO_ITS_ORIGIN]
            url = onward
        raise refuse("FETCH_FAILED", f"The server redirected more than {self._rules.redirects} times")

    def _check(self, asked: FetchAsked) -> None:
        if not _TOKEN.fullmatch(asked.method) or asked.method.upper() in {"CONNECT", "TRACE", "TRACK"}:
            raise refuse("INVALID_INPUT", f"There is no method {asked.method!r} for a request")
        if asked.redirect not in {"follow", "error", "manual"}:
            raise refuse("INVALID_INPUT", f"redirect is follow, error or manual, not {asked.redirect!r}")
        if asked.body is not None and asked.method.upper() in {"GET", "HEAD"}:
            raise refuse("INVALID_INPUT", f"A {asked.method.upper()} request has no body")
        if asked.body is not None and len(asked.body) > self._rules.request_bytes:
            raise refuse("FETCH_TOO_LARGE", f"A request's body has at most {self._rules.request_bytes} bytes")
        if sum(len(name) + len(value) for name, value in asked.headers) + len(asked.url) > self._rules.header_bytes:
            raise refuse("FETCH_TOO_LARGE", f"URL and headers have at most {self._rules.header_bytes} bytes together")

    async def _request(self, secrets: GuildSecrets, asked: FetchAsked, *, redirected: bool) -> FetchAnswer:
        split = _split(asked.url)
        swap = _Swap(secrets, split.hostname or "")
        target = swap.into_url(urlunsplit(("", "", split.path or "/", split.query, "")))
        headers = _headers(split, asked, swap)
        body = None if asked.body is None else swap.into_body(asked.body, dict(asked.headers).get("content-type", ""))
        redact = _Redaction(secrets)
        way = await self._way_out()
        async with way.request(asked.method, split, target, headers, body) as response:
            received = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers]
            content = await self._read(response, received, has_body=asked.method != "HEAD")
            told = cast("Mapping[str, Any]", response.extensions)
            reason = bytes(told.get("reason_phrase", b"")).decode("latin-1")
        left_out = {"content-encoding", "content-length", "transfer-encoding"}
        shown = [(name, redact.text(value)) for name, value in received if name.lower() not in left_out]
        return FetchAnswer(
            response.status, redact.text(reason), shown, redact.data(content), redact.text(asked.url), redirected
        )

    async def _way_out(self) -> "WayOut":
        if self._way is None:
            # What it imports takes a tenth of a second: in a thread, so that nobody waits but who fetches first.
            await trio.to_thread.run_sync(import_module, "actors.way_out")
            if (way := self._way) is None:  # who else waited may have been quicker
                way = self._way = self._open_way()
            return way
        return self._way

    async def aclose(self) -> None:
        if self._way is not None:
            await self._way.aclose()

    async def _read(
        self, response: "httpcore2.Response", headers: Sequence[tuple[str, str]], *, has_body: bool
    ) -> bytes:
        """The body, decompressed, never more of it in memory than is allowed."""
        encoding = next((value.strip().lower() for name, value in headers if name.lower() == "content-encoding"), "")
        unpack = zlib.decompressobj(47) if has_body and encoding in {"gzip", "x-gzip", "deflate"} else None
        content = bytearray()
        async with aclosing(response.aiter_stream()) as chunks:
            async for chunk in chunks:
                left = self._rules.response_bytes - len(content) + 1
                try:
                    content += chunk if unpack is None else unpack.decompress(chunk, left)
                except zlib.error:
                    raise refuse("FETCH_FAILED", "The server's answer is not compressed as it says") from None
                if len(content) > self._rules.response_bytes:
                    raise refuse("FETCH_TOO_LARGE", f"The answer has more than {self._rules.response_bytes} bytes")
        return bytes(content)


def _split(url: str) -> SplitResult:
    """The parts of a URL that may be fetched."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        raise refuse("INVALID_INPUT", "The URL cannot be read") from None
    if split.scheme not in {"http", "https"}:
        raise refuse("INVALID_INPUT", f"Only http and https can be fetched, not {split.scheme or 'nothing'!r}")
    if split.username is not None or split.password is not None:
        raise refuse("INVALID_INPUT", "A URL with a user or password in it is not fetched; use a header")
    if not split.hostname or not _HOST.fullmatch(
        split.netloc.rpartition(":")[0].lower() if port else split.netloc.lower()
    ):
        raise refuse("INVALID_INPUT", "The URL has no host that can be resolved")
    if any(ord(letter) <= 32 or ord(letter) > 126 for letter in url):
        raise refuse("INVALID_INPUT", "The URL holds characters that a URL must encode")
    return split


def _origin(split: SplitResult) -> tuple[str, str | None, int]:
    return split.scheme, split.hostname, split.port or (443 if split.scheme == "https" else 80)


def _headers(split: SplitResult, asked: FetchAsked, swap: "_Swap") -> list[tuple[bytes, bytes]]:
    sent: list[tuple[bytes, bytes]] = [(b"host", split.netloc.encode())]
    for name, value in asked.headers:
        lowered = name.lower()
        if not _TOKEN.fullmatch(name):
            raise refuse("INVALID_INPUT", f"{name!r} is no name of a header")
        if lowered in _OURS or lowered == "accept-encoding" or lowered.startswith(("proxy-", "sec-")):
            continue
        text = swap.into_header(lowered, value)
        try:
            encoded = text.encode("latin-1")
        except UnicodeEncodeError:
            raise refuse("INVALID_INPUT", f"The header {name} holds characters that a header cannot") from None
        if any(byte in encoded for byte in b"\r\n\0"):
            raise refuse("INVALID_INPUT", f"The header {name} holds a line break")
        sent.append((lowered.encode(), encoded.strip(b" \t")))
    names = {name for name, _value in sent}
    for wanted, default in ((b"accept", b"*/*"), (b"user-agent", b"flora"), (b"accept-encoding", b"gzip, deflate")):
        if wanted not in names:
            sent.append((wanted, default))
    return sent


class _Swap:
    """Puts secrets in the place of placeholders, towards one host."""

    def __init__(self, secrets: GuildSecrets, host: str) -> None:
        self._secrets = secrets.by_placeholder
        self._host = host.lower().rstrip(".")

    def into_url(self, text: str) -> str:
        return self._swap(text, lambda value: quote(value, safe=""))

    def into_header(self, name: str, text: str) -> str:
        scheme, space, credentials = text.partition(" ")
        if name == "authorization" and scheme.lower() == "basic" and space:
            return f"{scheme} {self._into_base64(credentials.strip())}"
        return self._swap(text, str)

    def _into_base64(self, credentials: str) -> str:
        """User and password as they are sent, with the placeholders that base64 hides from everybody else."""
        try:
            text = base64.b64decode(credentials, validate=True).decode()
        except ValueError:
            return self._swap(credentials, str)
        swapped = self._swap(text, str)
        return self._swap(credentials, str) if swapped == text else base64.b64encode(swapped.encode()).decode()

    def into_body(self, body: bytes, content_type: str) -> bytes:
        """Written as the body's own type writes text."""
        write: Callable[[str], str] = str
        if "json" in content_type.lower():
            write = _json_inside
        elif "x-www-form-urlencoded" in content_type.lower():
            write = quote_plus
        for placeholder, secret in self._secrets.items():
            if placeholder.encode() in body:
                body = body.replace(placeholder.encode(), write(self._allowed(secret)).encode())
        return body

    def _swap(self, text: str, write: Callable[[str], str]) -> str:
        for placeholder, secret in self._secrets.items():
            if placeholder in text:
                text = text.replace(placeholder, write(self._allowed(secret)))
        return text

    def _allowed(self, secret: OpenSecret) -> str:
        if secret.allowed_hosts and not any(_matches(self._host, pattern) for pattern in secret.allowed_hosts):
            raise refuse("SECRET_NOT_ALLOWED", f"The secret {secret.name} may not be sent to {self._host}")
        return secret.value.reveal()


def _matches(host: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return host == pattern[2:] or host.endswith(pattern[1:])
    return host == pattern


def _json_inside(value: str) -> str:
    return json.dumps(value)[1:-1]


class _Redaction:
    """Puts placeholders in the place of secrets, however they are written."""

    def __init__(self, secrets: GuildSecrets) -> None:
        pairs: dict[bytes, bytes] = {}
        for placeholder, secret in secrets.by_placeholder.items():
            value = secret.value.reveal()
            if len(value) >= _SHORTEST_REDACTED:
                pairs |= dict.fromkeys(_writings(value), placeholder.encode())
        # The longest first: one secret may be the beginning of another.
        self._pairs = sorted(pairs.items(), key=lambda pair: -len(pair[0]))

    def data(self, data: bytes) -> bytes:
        for value, placeholder in self._pairs:
            if value in data:
                data = data.replace(value, placeholder)
        return data

    def text(self, text: str) -> str:
        return self.data(text.encode("latin-1", "replace")).decode("latin-1")


def _inside_base64(raw: bytes) -> set[bytes]:
    """How base64 writes it in the midst of something longer, without the digits that its neighbours share."""
    found = {base64.b64encode(raw).rstrip(b"=")}
    for before in range(3) if len(raw) >= _SHORTEST_INSIDE else ():
        digits = base64.b64encode(bytes(before) + raw)
        found.add(digits[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6])
    return found | {digits.translate(bytes.maketrans(b"+/", b"-_")) for digits in found}


def _writings(value: str) -> set[bytes]:
    raw = value.encode()
    coded = {*_inside_base64(raw), raw.hex().encode()}
    quoted = {quote(value, safe=""), quote(value), quote_plus(value), _json_inside(value)}
    spelled = {json.dumps(value, ensure_ascii=False)[1:-1], quote(value, safe="").lower()}
    wide = {raw.decode().encode("utf-16-le")}
    return {raw, raw.hex().upper().encode()} | coded | wide | {one.encode() for one in quoted | spelled}


@asynccontextmanager
async def open_egress(
    vault: Vault,
    rules: EgressRules,
    *,
    tls: ssl.SSLContext | None = None,
    resolve: Resolve = _resolve,
) -> AsyncGenerator[Egress]:
    def open_way() -> "WayOut":
        from actors.way_out import WayOut  # noqa: PLC0415  was just loaded, in a thread

        return WayOut(rules, resolve, tls)

    egress = Egress(vault, rules, open_way)
    try:
        yield egress
    finally:
        with trio.CancelScope(shield=True, deadline=trio.current_time() + _CLOSE_S):
            await egress.aclose()
