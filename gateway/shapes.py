"""What JSON of Discord's turns out to be, told to both type checkers in one word."""

from typing import Any, TypeGuard


def is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)
