"""Which lines are dropped: the oldest, until count, bytes and age are within their limits."""

from typing import TYPE_CHECKING

from storage.guild_logs.lines import Extent, line_key, line_moment

if TYPE_CHECKING:
    import lmdb

    from storage.guild_logs.limits import GuildLogLimits
    from storage.kv.environment import Database


def drop_oldest(
    transaction: "lmdb.Transaction[bytes]",
    lines: "Database",
    guild: int,
    extent: Extent,
    limits: "GuildLogLimits",
    oldest_ms: int,
) -> None:
    """Drop what is over the limits from the beginning of a guild's log."""
    with transaction.cursor(lines) as cursor:
        found = cursor.set_range(line_key(guild, extent.first))
        while found and extent.count > 0:
            record = cursor.value()
            within = extent.count <= limits.lines and extent.size <= limits.guild_bytes
            if within and line_moment(record) >= oldest_ms:
                return
            extent.size -= len(record)
            extent.first += 1
            cursor.delete()
            found = bool(cursor.key())
