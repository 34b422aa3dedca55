"""What the guilds' scripts, and flora about them, have said: kept for a while, searched, followed live.

    async with open_guild_logs(path, GuildLogLimits(), clock) as logs:
        logs.append(guild_id, Level.INFO, "hello", revision="r1")
        async for line in logs.follow(guild_id, after=0): ...

`lines.py` is the layout, `retention.py` what is dropped when, `store.py` the writer and the readers.
"""

from storage.guild_logs.limits import GuildLogLimits
from storage.guild_logs.lines import Level, Line
from storage.guild_logs.store import GuildLogs, LogPage, LogQuery, open_guild_logs

__all__ = ["GuildLogLimits", "GuildLogs", "Level", "Line", "LogPage", "LogQuery", "open_guild_logs"]
