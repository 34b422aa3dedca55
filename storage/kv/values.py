"""Values and metadata as bytes: JSON or raw, and nothing that a script could not read back."""

import json
import math
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeGuard, cast

import msgspec

from storage.checks import why_not_json
from storage.kv.errors import (
    InvalidMetadata,
    InvalidNumber,
    InvalidValue,
    KvRefused,
    MetadataTooLarge,
    NotANumber,
    NumberOverflow,
    ValueTooLarge,
)

SAFE_INTEGER: Final = 2**53 - 1
"""The largest whole number JavaScript counts to without skipping one."""


class Kind(IntEnum):
    """What the bytes of a value are."""

    JSON = 0
    BYTES = 1


@dataclass(frozen=True, slots=True)
class RawJson:
    """JSON text as it came from an isolate; checked to be JSON, stored as it is (DESIGN.md D5)."""

    text: bytes


_JSON: Final = Kind.JSON
"""An enum's members are looked for, not found; this one is asked for by every write."""
_SURELY_SHALLOW: Final = 200
"""So many brackets cannot nest deeper than what `json` reads again; of more it is asked, at ten times the cost."""
_BYTES: Final = (bytes, bytearray, memoryview)
_dump = json.JSONEncoder(allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode
dump_text: Final = msgspec.json.Encoder().encode
"""A text as JSON, in a fifth of the time; raises UnicodeEncodeError for half a surrogate pair."""


def encode_value(value: object, limit: int) -> tuple[Kind, bytes]:
    """The value's kind and bytes, or `InvalidValue` or `ValueTooLarge`."""
    if isinstance(value, _BYTES):
        kind, data = Kind.BYTES, bytes(cast("bytes", value))
    else:
        kind, data = _JSON, encode_json(value, InvalidValue, limit)
    if len(data) > limit:
        raise ValueTooLarge(f"A value has {len(data)} bytes, more than {limit}")
    return kind, data


def encode_metadata(metadata: object | None, limit: int) -> bytes:
    """JSON text; nothing at all for None."""
    if metadata is None:
        return b""
    data = encode_json(metadata, InvalidMetadata, limit)
    if len(data) > limit:
        raise MetadataTooLarge(f"Metadata has {len(data)} bytes of JSON, more than {limit}")
    return data


def encode_json(value: object, refusal: type[KvRefused], limit: int) -> bytes:
    """JSON text, or a refusal that says what is not JSON about it."""
    if isinstance(value, RawJson):
        return _checked(value.text, refusal, limit)
    try:
        return dump_text(value) if type(value) is str else _dump(value).encode()
    except UnicodeEncodeError:
        raise refusal("A text holds half a surrogate pair, which no UTF-8 can say") from None
    except RecursionError:
        raise refusal("It is nested too deeply") from None
    except (TypeError, ValueError) as error:
        raise refusal(f"It is not JSON: {error}") from None


def _checked(text: bytes, refusal: type[KvRefused], limit: int) -> bytes:
    """JSON, as msgspec reads it: it refuses half a surrogate pair and a number that no float holds."""
    if len(text) > limit:
        return text  # the caller refuses it by its size; reading it would only cost time
    try:
        value = msgspec.json.decode(text)
        if text.count(b"[") + text.count(b"{") > _SURELY_SHALLOW:
            _dump(value)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise refusal(f"It is not JSON that can be stored: {why_not_json(text, error)}") from None
    return text


def decode_json(text: bytes) -> object:
    """What `encode_json` was given."""
    return json.loads(text)


def check_amount(amount: float) -> float:
    """The amount of an increment, or `InvalidNumber`."""
    if not is_number(amount):
        raise InvalidNumber(f"{amount!r} is not a number")
    if not math.isfinite(amount) or abs(amount) > SAFE_INTEGER:
        raise InvalidNumber("What is added is not a finite number within 2^53")
    return amount


def is_number(value: object) -> TypeGuard[float]:
    """Scripts are not held to our annotations, and to Python True is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def add(kind: Kind, data: bytes, amount: float) -> int | float:
    """The stored number plus the amount, in JavaScript's numbers.

    Whole numbers add exactly. With a fraction on either side the sum is a double; one that comes out whole is
    whole again, as it would be in JavaScript. A sum outside 2^53 is refused: beyond it counting skips.
    """
    number = decode_json(data) if kind is Kind.JSON else None
    if not is_number(number):
        raise NotANumber("The value is not a number")
    if abs(number) > SAFE_INTEGER or abs(total := number + amount) > SAFE_INTEGER:
        raise NumberOverflow("The sum would leave the range in which JavaScript counts exactly (2^53 - 1)")
    return int(total) if float(total).is_integer() else total
