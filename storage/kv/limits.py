"""Every limit of the key-value store: unit, default, and the attack or mishap it stops."""

from dataclasses import dataclass
from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * KIB
GIB: Final = 1024 * MIB
TIB: Final = 1024 * GIB

ENTRY_OVERHEAD: Final = 64
"""Bytes charged for each entry beside key, value and metadata. What LMDB spends on a small entry and its
row in the expiry index; without it a guild could fill the disk with a hundred million empty values."""

KEY_BYTES: Final = 512
"""Not a setting: the order-preserving form of a key (keys.py) is made for exactly this length."""


@dataclass(frozen=True, slots=True)
class KvLimits:
    """What one guild may ask for, and how much the store takes on at once."""

    value_bytes: int = 1 * MIB
    """One value; keeps a commit short, for everybody waits for it."""

    store_name_bytes: int = 64
    """The name is in every row about the store."""

    metadata_bytes: int = 16 * KIB
    """One entry's metadata. A page of 1,000 keys carries their metadata: 16 MiB at the worst, and 16 KiB is
    still a whole Discord embed."""

    page_keys: int = 1_000
    """Keys in one page of a listing."""

    default_page_keys: int = 100

    store_bytes: int = 100 * MIB
    guild_bytes: int = 500 * MIB
    """What is stored, `ENTRY_OVERHEAD` included; a cleared store counts to its guild until it is swept."""

    read_keys: int = 1_000
    read_bytes: int = 16 * MIB
    """One `get_many`: what is read is copied on the trio thread and then lives in memory."""

    request_operations: int = 1_000
    request_bytes: int = 16 * MIB
    """One batch or one transaction: it is committed as a whole, and everybody else waits meanwhile."""

    queued_bytes: int = 64 * MIB
    queued_operations: int = 16_384
    """What may wait for the writer; beyond it callers wait first, so a slow disk costs no memory."""

    commit_operations: int = 1_024
    commit_bytes: int = 16 * MIB
    """What one commit takes from the queue; bounds how long the one behind waits."""

    journal_bytes: int = 32 * MIB
    """The file in which writes are durable before LMDB has them. A key that is written again and again is committed
    once for each filling. A batch that does not fit goes to LMDB directly."""

    gathered_rows: int = 8_192
    """Entries that may wait for LMDB, in memory and in an open transaction. A commit of that many takes some
    20 ms; it writes a page of 4 KiB for each, at the worst."""

    map_bytes: int = 1 * TIB
    """Address space, not disk or memory. Growing the map while readers read fails them, so it is large from
    the start."""
