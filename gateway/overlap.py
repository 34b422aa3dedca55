"""Two sets of shards at once, and every event once. Pure.

To change the number of shards without missing an event, the new shards connect while the old ones still listen; for a
while Discord sends everything twice. The two copies of an event have the same bytes. So whichever copy comes first is
taken, and its twin from the other set is not: of equal events (two members may write the same) each set's n-th is the
other set's n-th.
"""

import hashlib
from typing import Final

OLD: Final = 0
NEW: Final = 1


class Overlap:
    """Of one change."""

    def __init__(self) -> None:
        self._ahead: dict[bytes, int] = {}
        """How many more of an event the old set has brought than the new one; negative when the new one is ahead."""
        self.twins = 0

    def __repr__(self) -> str:
        return f"<Overlap: {self.twins} twins, {len(self._ahead)} without>"

    def admit(self, side: int, name: str, body: bytes) -> bool:
        """Whether this copy is the first."""
        key = hashlib.blake2b(body, digest_size=16, key=name.encode()[:64]).digest()
        ahead = self._ahead.get(key, 0)
        step = 1 if side == OLD else -1
        after = ahead + step
        if after:
            self._ahead[key] = after
        else:
            self._ahead.pop(key, None)
        first = ahead * step >= 0
        self.twins += not first
        return first
