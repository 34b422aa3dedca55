"""Where a cache is, out of its URL.

redis://[[user]:password@]host[:port][/database]     rediss:// with TLS; valkey:// and valkeys:// are the same
unix://[[user]:password@]/path[?db=database]
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_TCP: Final = {"redis": False, "valkey": False, "rediss": True, "valkeys": True}
"""By scheme: whether it is TLS."""
_PORT: Final = 6379
_TLS_OPTIONS: Final = frozenset(
    {"ssl_ca_certs", "ssl_ca_path", "ssl_cert_reqs", "ssl_certfile", "ssl_check_hostname", "ssl_keyfile"}
)
_VERIFIED: Final = {"required": ssl.CERT_REQUIRED, "optional": ssl.CERT_OPTIONAL, "none": ssl.CERT_NONE}


@dataclass(frozen=True, slots=True)
class CacheAddress:
    """`path` is a socket's; without one, host and port hold."""

    host: str
    port: int
    path: str
    database: int
    user: str
    password: str = field(repr=False)
    tls: ssl.SSLContext | None = None


def parse_address(url: str) -> CacheAddress:
    """Raises ValueError, and OSError for certificates that cannot be read; neither holds the password."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    database = options.pop("db", "")
    is_tls = _TCP.get(parts.scheme, False)
    if options.keys() - (_TLS_OPTIONS if is_tls else frozenset()):
        raise ValueError("there is an option that nobody knows")
    if parts.scheme == "unix":
        return _address(parts, unquote(parts.path), database, None)
    if parts.scheme not in _TCP:
        raise ValueError("this is no address of a cache")
    return _address(parts, "", database or parts.path.strip("/"), _context(options) if is_tls else None)


def _address(parts: SplitResult, path: str, database: str, tls: ssl.SSLContext | None) -> CacheAddress:
    return CacheAddress(
        host=parts.hostname or "localhost",
        port=parts.port or _PORT,
        path=path,
        database=int(database or 0),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
    )


def _context(options: Mapping[str, str]) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=options.get("ssl_ca_certs"), capath=options.get("ssl_ca_path"))
    verified = options.get("ssl_cert_reqs", "required")
    if verified not in _VERIFIED:
        raise ValueError("ssl_cert_reqs is required, optional or none")
    unchecked = options.get("ssl_check_hostname", "true").lower() in {"false", "0", "no"}
    context.check_hostname = verified == "required" and not unchecked
    context.verify_mode = _VERIFIED[verified]
    if "ssl_certfile" in options:
        context.load_cert_chain(options["ssl_certfile"], options.get("ssl_keyfile"))
    return context
