"""What can be asked of the writer, already checked and in bytes, and how each may end.

They are made in making.py. Operations and outcomes are msgspec structs: one is made for every write, in a tenth of the
time that a frozen dataclass takes.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

import msgspec

from storage.kv.errors import KvError

ANY_VERSION: Final = -1
"""No condition on what is there."""
ABSENT: Final = 0
"""Only when the key does not exist; versions start at 1."""


class Put(msgspec.Struct, frozen=True, gc=False):
    """Store a value; what was there before is replaced, its expiry and metadata too."""

    store: bytes
    key: bytes
    body: bytes
    """The entry's record but for its version."""
    if_version: int = ANY_VERSION
    size: int = 0
    """Bytes this operation brings into the queue."""


class Delete(msgspec.Struct, frozen=True, gc=False):
    """Remove a key, if it is there."""

    store: bytes
    key: bytes
    if_version: int = ANY_VERSION
    size: int = 0


class Increment(msgspec.Struct, frozen=True, gc=False):
    """Add to a number; a key that does not exist counts from nought, with the expiry given here."""

    store: bytes
    key: bytes
    amount: int | float
    expires_ms: int = 0
    size: int = 0


class SetMetadata(msgspec.Struct, frozen=True, gc=False):
    """Replace the metadata of a key that exists; value and expiry stay."""

    store: bytes
    key: bytes
    metadata: bytes
    size: int = 0


class Check(msgspec.Struct, frozen=True, gc=False):
    """A condition of a transaction: the key has this version, or is `ABSENT`."""

    store: bytes
    key: bytes
    if_version: int


Mutation: TypeAlias = Put | Delete | Increment | SetMetadata


class Transaction(msgspec.Struct, frozen=True):
    """All of the mutations, in this order, or none of them."""

    checks: tuple[Check, ...]
    mutations: tuple[Mutation, ...]

    @property
    def size(self) -> int:
        """Bytes this operation brings into the queue."""
        return sum(mutation.size for mutation in self.mutations)


class Clear(msgspec.Struct, frozen=True, gc=False):
    """Empty a store at once."""

    store: bytes
    size: int = 0


class DeleteGuild(msgspec.Struct, frozen=True, gc=False):
    """Remove all that a guild has, at once."""

    size: int = 0


class Promote(msgspec.Struct, frozen=True, gc=False):
    """Put the staged guild in this guild's place; `replace` says that there may be data already."""

    staged: bytes
    replace: bool
    size: int = 0


class Sweep(msgspec.Struct, frozen=True, gc=False):
    """Remove a slice of what has expired and of what was deleted; always a commit of its own."""

    rows: int
    size: int = 0


class Checkpoint(msgspec.Struct, frozen=True, gc=False):
    """Changes nothing: once it is done, LMDB has committed everything that was acknowledged before."""

    size: int = 0


class Target(msgspec.Struct, frozen=True, gc=False):
    """Where plain sets go, a value and nothing else, under keys that stand as they are (keys.py)."""

    guild: bytes
    store: bytes
    epoch: int


Operation: TypeAlias = Mutation | Transaction | Clear | DeleteGuild | Promote | Sweep | Checkpoint


class Several(msgspec.Struct, frozen=True):
    """Operations that came together; each ends for itself, and they are durable together."""

    operations: Sequence[Operation]
    size: int


class Written(msgspec.Struct, frozen=True, gc=False):
    """It is stored, durably, under this version."""

    version: int


class Deleted(msgspec.Struct, frozen=True, gc=False):
    """It is not there any more; `existed` says whether it was."""

    existed: bool


class Incremented(msgspec.Struct, frozen=True, gc=False):
    """The number as it now stands."""

    value: int | float
    version: int


class Mismatch(msgspec.Struct, frozen=True, gc=False):
    """Nothing was done: the key has another version (0: absent). `check` counts a transaction's parts."""

    version: int
    check: int = 0


class Committed(msgspec.Struct, frozen=True):
    """Each one's end, in order."""

    outcomes: "tuple[Outcome, ...]"


class Cleared(msgspec.Struct, frozen=True, gc=False):
    """How many entries went; expired ones that nobody had swept count too."""

    entries: int


class Swept(msgspec.Struct, frozen=True, gc=False):
    """Rows removed, and whether there is more to do."""

    expired: int = 0
    reclaimed: int = 0
    more: bool = False


Outcome: TypeAlias = Written | Deleted | Incremented | Mismatch | Committed | Cleared | Swept | KvError
