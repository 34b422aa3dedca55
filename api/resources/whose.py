"""Which guilds a caller has to do with, where no guild is named: for lists.

Nobody makes flora ask Discord about each guild there is: only those are looked at that the caller is known to have had
to do with, and each is then judged as everywhere (`api/access.py`).
"""

import contextlib
from typing import Final

from api.access import Principal, may_reach
from api.parts import ApiParts
from storage.errors import CacheUnavailable
from storage.ids import GuildId
from storage.postgres.deploy import read_guilds_of
from storage.postgres.revision_read import read_deployments

_LISTED: Final = 500
_OWN: Final = 200


async def visible(parts: ApiParts, who: Principal, after: int) -> tuple[list[GuildId], int | None]:
    """Those that run something, as far as the caller may see them, and where the list goes on. To whom no guild is
    closed, all are listed, page by page."""
    if who.everywhere and who.guilds is None:
        found = [one.guild for one in await parts.database.run(read_deployments, after, _LISTED)]
        return found, found[-1] if len(found) == _LISTED else None
    return [guild for guild in await candidates(parts, who) if await may_reach(who, guild, parts.directory)], None


async def candidates(parts: ApiParts, who: Principal) -> list[GuildId]:
    """Those of a token; those of a login at Discord; for a token without guilds those that its user had at the last
    login, and those that run what he deployed."""
    if who.guilds is not None:
        return sorted(who.guilds)
    if who.session is not None and parts.login is not None:
        session = await parts.sessions.read(who.session)
        if session is not None:
            return [GuildId(int(one.id)) for one in await parts.login.guilds(session)]
    own = set(await parts.database.run(read_guilds_of, who.user, _OWN))
    if parts.login is not None:
        with contextlib.suppress(CacheUnavailable):  # the list is shorter while it is away
            own |= set(await parts.login.remembered(who.user))
    return sorted(own)
