"""Bring secrets over to the active key, a slice at a time, while the daemon serves."""

from dataclasses import dataclass

from storage.encryption import KeyRing
from storage.errors import KeyRefused
from storage.postgres.connection import Connection
from storage.postgres.secret_read import sealed_of

# A row that is being replaced is skipped: whoever replaces it uses the active key.
_slice = """
SELECT id, guild_id, name, key_id, nonce, ciphertext FROM guild_secret
WHERE key_id <> $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED
"""
_update = "UPDATE guild_secret SET key_id = $2, nonce = $3, ciphertext = $4 WHERE id = $1"


@dataclass(frozen=True, slots=True)
class RotatedSlice:
    """What one slice did. The cursor is None when there is nothing left."""

    rotated: int
    failed: int
    """Encrypted with a key that is not in the ring, or altered: left as they are."""
    next_cursor: str | None


async def rotate_secrets(
    connection: Connection, ring: KeyRing, *, cursor: str | None = None, slice_size: int = 100
) -> RotatedSlice:
    """Call with the cursor returned until it is None."""
    rows = await connection.fetch(_slice, ring.active, cursor, slice_size)
    updates: list[tuple[object, ...]] = []
    for row in rows:
        try:
            value = ring.open(row["guild_id"], row["name"], sealed_of(row))
        except KeyRefused:
            continue
        sealed = ring.seal(row["guild_id"], row["name"], value)
        updates.append((row["id"], sealed.key_id, sealed.nonce, sealed.ciphertext))
    await connection.executemany(_update, updates)
    last = str(rows[-1]["id"]) if len(rows) == slice_size else None
    return RotatedSlice(len(updates), len(rows) - len(updates), last)
