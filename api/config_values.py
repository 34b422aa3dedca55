"""What a setting may be: how a value from TOML or from the environment becomes the daemon's, or is refused."""

import ipaddress
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlsplit

from storage.confidential import Secret, ServerUrl

_TRUE: Final = frozenset({"true", "yes", "on", "1"})
_FALSE: Final = frozenset({"false", "no", "off", "0"})


class BadValueError(ValueError):
    """The value is none of those allowed. The message never repeats a value: it may be a secret."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A set of values: in words, and as a function that lets them in."""

    allowed: str
    parse: Callable[[object], Any]
    secret: bool = False


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadValueError
    return value.strip()


def text(allowed: str = "a text") -> Kind:
    return Kind(allowed, _text)


def secret(least: int = 1) -> Kind:
    """Never shown."""

    def parse(value: object) -> Secret:
        found = _text(value)
        if len(found) < least:
            raise BadValueError
        return Secret(found)

    return Kind("a secret text" + (f" of at least {least} characters" if least > 1 else ""), parse, secret=True)


def secrets() -> Kind:
    return Kind("secret texts with commas between", lambda value: tuple(map(Secret, _texts(value))), secret=True)


def _number_of(value: object) -> int | float:
    if isinstance(value, bool):
        raise BadValueError
    if isinstance(value, int | float):
        return value
    found = _text(value).replace("_", "")
    try:
        return int(found)
    except ValueError:
        pass
    try:
        return float(found)
    except ValueError:
        raise BadValueError from None


def integer(least: int = 1, most: int = 2**53) -> Kind:
    def parse(value: object) -> int:
        found = _number_of(value)
        if not isinstance(found, int) or not least <= found <= most:
            raise BadValueError
        return found

    upper = f" to {most:,}" if most < 2**53 else " or more"
    return Kind(f"a whole number, {least:,}{upper}", parse)


def number(*, liftable: bool = False) -> Kind:
    """Above zero. Zero never means "off"; where a limit may be lifted, "none" lifts it."""

    def parse(value: object) -> float:
        if liftable and isinstance(value, str) and value.strip().lower() == "none":
            return math.inf
        found = float(_number_of(value))
        if not 0 < found < math.inf:
            raise BadValueError
        return found

    return Kind('a number above 0, or "none"' if liftable else "a number above 0", parse)


def boolean() -> Kind:
    def parse(value: object) -> bool:
        if isinstance(value, bool):
            return value
        found = _text(value).lower()
        if found not in _TRUE | _FALSE:
            raise BadValueError
        return found in _TRUE

    return Kind("true or false", parse)


def path() -> Kind:
    return Kind("a path", lambda value: Path(_text(value)))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, list):
        return [_text(part) if isinstance(part, str) else str(_number_of(part)) for part in cast("list[object]", value)]
    raise BadValueError


def texts(allowed: str = "texts: a list, or with commas between") -> Kind:
    return Kind(allowed, lambda value: tuple(_texts(value)))


def checked(kind: Kind, check: Callable[[Any], object], allowed: str) -> Kind:
    """Those values of a kind that `check` lets pass: it raises ValueError for others."""

    def parse(value: object) -> Any:
        found = kind.parse(value)
        try:
            check(found)
        except BadValueError:
            raise
        except ValueError as error:
            raise BadValueError(str(error)) from None
        return found

    return Kind(allowed, parse, kind.secret)


def integers(least: int, most: int) -> Kind:
    one = integer(least, most)
    parse: Callable[[object], tuple[int, ...]] = lambda value: tuple(one.parse(part) for part in _texts(value))  # noqa: E731
    return Kind(f"whole numbers from {least:,} to {most:,}: a list, or with commas between", parse)


def ports() -> Kind:
    return Kind("ports: a list, or with commas between", lambda value: frozenset(integers(1, 65_535).parse(value)))


def snowflake() -> Kind:
    return Kind("an id of Discord", integer(1, 2**63 - 1).parse)


def snowflakes() -> Kind:
    return Kind("ids of Discord: a list, or with commas between", integers(1, 2**63 - 1).parse)


def networks() -> Kind:
    def parse(value: object) -> tuple[Any, ...]:
        try:
            return tuple(ipaddress.ip_network(part) for part in _texts(value))
        except ValueError:
            raise BadValueError from None

    return Kind("networks like 10.0.0.0/8: a list, or with commas between", parse)


def _checked_url(value: object, schemes: Sequence[str]) -> str:
    found = _text(value)
    try:
        parts = urlsplit(found)
        fits = parts.scheme in schemes and (parts.port or 1) > 0 and bool(parts.hostname or parts.path or parts.query)
    except ValueError:
        fits = False
    if not fits:
        raise BadValueError
    return found


def server_url(*schemes: str) -> Kind:
    """Of a store: it may hold a password, so it is never shown whole."""
    allowed = f"an address that begins with {' or '.join(f'{scheme}://' for scheme in schemes)}"
    return Kind(allowed, lambda value: ServerUrl(_checked_url(value, schemes)))


def web_url() -> Kind:
    def parse(value: object) -> str:
        found = _checked_url(value, ("http", "https"))
        if urlsplit(found).username or not re.fullmatch(r"[!-~]+", found):
            raise BadValueError
        return found.rstrip("/")

    return Kind("an address that begins with https:// or http://", parse)
