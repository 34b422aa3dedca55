"""Last uses of API tokens, held back and written many at once: a write for each request would cost more than
the request.

A crash loses what has not been written yet: at most one interval of "last used", which nobody relies on to
the minute.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from storage.ids import TokenId

MOST: Final = 10_000
"""Tokens held back. Beyond, further ones wait for their next use: memory is bounded whatever the traffic."""


class TokenUses:
    """Owned by whoever authenticates; drained by one clock."""

    def __init__(self) -> None:
        self._uses: dict[TokenId, datetime] = {}

    def note(self, token: TokenId, at: datetime) -> None:
        if token in self._uses or len(self._uses) < MOST:
            self._uses[token] = max(at, self._uses.get(token, at))

    def drain(self) -> Mapping[TokenId, datetime]:
        """What is to be written with touch_tokens; held back no longer."""
        uses, self._uses = self._uses, {}
        return uses
