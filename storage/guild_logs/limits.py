"""How much of a guild's log is kept, and how much may wait to be written."""

from dataclasses import dataclass
from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * KIB
DAY: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class GuildLogLimits:
    """A script can log in a loop; none of this lets it cost another guild anything."""

    line_bytes: int = 8 * KIB
    """The rest of a longer line is cut off, and the line says so."""

    lines: int = 10_000
    guild_bytes: int = 32 * MIB
    age_seconds: int = 7 * DAY

    queued_lines: int = 20_000
    queued_bytes: int = 16 * MIB
    """What may wait for a slow disk, for all guilds. Beyond it lines are dropped, counted, and the count is
    a line of the log."""

    queued_lines_of_a_guild: int = 2_000
    """So that the loop of one guild does not fill the queue of all."""

    linger_seconds: float = 0.1
    """Pause between commits: lines that come meanwhile share the next sync."""

    page_lines: int = 1_000
    map_bytes: int = 1 << 40
