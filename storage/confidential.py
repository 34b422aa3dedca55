"""Values that must not show: in a log, a traceback or a repr they are `***`."""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

HIDDEN: Final = "***"


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that only `reveal()` shows. Two are equal when their texts are."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return HIDDEN

    __str__ = __repr__

    def __format__(self, specification: str) -> str:
        return format(HIDDEN, specification)

    def __reduce__(self) -> str:
        raise TypeError("a Secret is not pickled")


@dataclass(frozen=True, slots=True)
class ServerUrl:
    """Where a server is and how to enter it. Its repr shows scheme, host and path; never the user, password
    or query."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        try:
            parts = urlsplit(self._text)
        except ValueError:
            return HIDDEN
        host = parts.netloc.rpartition("@")[2]
        entrance = f"{HIDDEN}@{host}" if "@" in parts.netloc else host
        hidden = f"?{HIDDEN}" if parts.query else ""
        return f"{parts.scheme}://{entrance}{parts.path}{hidden}"

    __str__ = __repr__
