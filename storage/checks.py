"""Input is checked here, by name, before anything is written.

PostgreSQL's text takes every character but NUL, and UTF-8 has no surrogates: both are refused rather than
replaced.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, cast

import msgspec

from storage.errors import InvalidInput

Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None

_HALF_A_PAIR: Final = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]"
)
DEPTH: Final = 64
"""Nesting of a JSON value: a cyclic one ends here."""


def check_text(field: str, value: str, limit: float, *, empty: bool = False) -> str:
    """The value itself; raises InvalidInput for NUL, a surrogate, too many bytes, or (unless allowed)
    nothing."""
    if not value and not empty:
        raise InvalidInput(field, "must not be empty")
    if len(value) > limit:
        raise InvalidInput(field, f"must have at most {limit} bytes, and has {len(value)} characters")
    if "\0" in value:
        raise InvalidInput(field, "must not contain the character NUL")
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        raise InvalidInput(field, "must be text that UTF-8 can hold, and contains a lone surrogate") from None
    if size > limit:
        raise InvalidInput(field, f"must have at most {limit} bytes, and has {size}")
    return value


def check_name(field: str, value: str, limit: float) -> str:
    """As check_text, and without characters that do not print: a name is shown in lists and typed in
    commands."""
    check_text(field, value, limit)
    if not value.isprintable() or value != value.strip():
        raise InvalidInput(field, "must consist of printable characters, without spaces around")
    return value


def check_count(field: str, count: int, limit: float) -> None:
    if count > limit:
        raise InvalidInput(field, f"must number at most {limit}, and there are {count}")


def check_page(limit: int, most: float) -> int:
    if not 1 <= limit <= most:
        raise InvalidInput("page size", f"must lie between 1 and {most}, and is {limit}")
    return limit


def encode_json(field: str, value: Json, limit: float) -> str:
    """The value as JSON text; raises InvalidInput when it is no JSON, too deep, too large, or holds NUL or
    surrogates."""
    _check_parts(field, value, DEPTH)
    try:
        encoded = msgspec.json.encode(value)
    except (TypeError, ValueError, OverflowError):
        raise InvalidInput(field, "must be a JSON value") from None
    if len(encoded) > limit:
        raise InvalidInput(field, f"must have at most {limit} bytes as JSON, and has {len(encoded)}")
    return encoded.decode()


def why_not_json(text: bytes, error: Exception) -> str:
    """What msgspec could not read about a text, for people: half a surrogate pair at the end of a string is "truncated"
    to it, and what it says of UTF-8 and of depth is Python's."""
    match error:
        case UnicodeDecodeError():
            return "it is not UTF-8"
        case RecursionError():
            return "it is nested too deeply"
        case _ if ("truncated" in str(error) or "surrogate" in str(error)) and _HALF_A_PAIR.search(text):
            return "a text in it holds half a surrogate pair"
        case _:
            return str(error)


def _check_parts(field: str, value: object, depth: int) -> None:
    if depth == 0:
        raise InvalidInput(field, f"must not be nested deeper than {DEPTH}")
    match value:
        case str():
            check_text(field, value, float("inf"), empty=True)
        case float() if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 (NaN is not itself)
            raise InvalidInput(field, "must not contain NaN or infinity")
        case Mapping():
            for key, part in cast("Mapping[object, object]", value).items():
                _check_key(field, key)
                _check_parts(field, part, depth - 1)
        case list() | tuple():
            for part in cast("Sequence[object]", value):
                _check_parts(field, part, depth - 1)
        case None | bool() | int() | float():
            pass
        case _:
            raise InvalidInput(field, f"must be a JSON value, and contains a {type(value).__name__}")


def _check_key(field: str, key: object) -> None:
    if not isinstance(key, str):
        raise InvalidInput(field, f"must be a JSON value, and has a {type(key).__name__} as a key")
    check_text(field, key, float("inf"), empty=True)
