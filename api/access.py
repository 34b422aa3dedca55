"""Who may do what: one table, checked in one place (`authorize`), for every route.

Three kinds of callers: operators of this flora, administrators of a guild (with ADMINISTRATOR or MANAGE_GUILD there),
and tokens, which act for their user and never beyond their own scopes and guilds. Whether a guild exists is told to
nobody who may not see it: it is refused in the same words.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from api.problems import forbidden
from storage.ids import GuildId, TokenId, UserId
from storage.records import Actor, ActorKind

ADMINISTRATOR: Final = 1 << 3
MANAGE_GUILD: Final = 1 << 5
OWNER: Final = UserId(1)
"""Who operates this flora without being anybody at Discord: its first token is of this user. No person has the id."""


class Permission(enum.Enum):
    """What a route asks for; exactly one each."""

    OPEN = "open"
    METRICS = "metrics"
    IDENTITY = "identity"
    TOKENS = "tokens"
    OPERATE = "operate"
    DEPLOYMENTS_READ = "deployments:read"
    DEPLOYMENTS_WRITE = "deployments:write"
    LOGS_READ = "logs:read"
    KV_READ = "kv:read"
    KV_WRITE = "kv:write"
    SECRETS_READ = "secrets:read"
    SECRETS_WRITE = "secrets:write"
    CRON_READ = "cron:read"
    CRON_WRITE = "cron:write"
    USAGE_READ = "usage:read"
    AUDIT_READ = "audit:read"


P: Final = Permission
OF_GUILDS: Final = frozenset(one for one in Permission if ":" in one.value)
"""Asked for with a guild, whose administrator the caller must be."""
_BY_ALL: Final = frozenset({P.IDENTITY})
_READING: Final = frozenset(one for one in OF_GUILDS if one.value.endswith(":read"))

SCOPES: Final[dict[str, frozenset[Permission]]] = {
    "operator": frozenset(Permission) - {P.OPEN},
    "full": OF_GUILDS | _BY_ALL | {P.TOKENS},
    "deploy": _BY_ALL | {P.DEPLOYMENTS_READ, P.DEPLOYMENTS_WRITE, P.LOGS_READ, P.CRON_READ, P.USAGE_READ},
    "read": _READING | _BY_ALL,
    "kv": _BY_ALL | {P.KV_READ, P.KV_WRITE},
    "secrets": _BY_ALL | {P.SECRETS_READ, P.SECRETS_WRITE},
    "metrics": _BY_ALL | {P.METRICS},
}
"""What a token may be made for. A session of a browser is "full", and "operator" for operators."""
FOR_OPERATORS: Final = frozenset({P.METRICS, P.OPERATE})
"""Only an operator, or what an operator made, may do these."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks."""

    kind: ActorKind
    user: UserId
    name: str
    permissions: frozenset[Permission]
    guilds: frozenset[GuildId] | None = None
    """None: every guild that the user administrates."""
    operator: bool = False
    everywhere: bool = False
    """No guild is closed to an operator, nor to what flora's owner made, who is nobody at Discord."""
    token: TokenId | None = None
    session: str | None = field(default=None, repr=False)
    key: str = field(default="", repr=False)
    """What requests are counted by."""

    @property
    def actor(self) -> Actor:
        return Actor(self.kind, self.name, self.user)


class Directory(Protocol):
    """Who is who at Discord, as far as the API must know. Raises DiscordAwayError."""

    async def permissions(self, guild: GuildId, user: UserId) -> int | None:
        """None: not a member, or no such guild."""
        ...

    async def is_in(self, guild: GuildId) -> bool:
        """Whether the bot is in it."""
        ...

    async def name_of(self, guild: GuildId) -> str | None: ...

    async def guilds(self) -> Mapping[GuildId, str]:
        """All that the bot is in, with their names."""
        ...


def administrates(permissions: int | None) -> bool:
    return permissions is not None and bool(permissions & (ADMINISTRATOR | MANAGE_GUILD))


async def authorize(
    permission: Permission, principal: Principal | None, guild: GuildId | None, directory: Directory
) -> None:
    """Raises Problem unless this caller may do this there. A route without permission OPEN has a principal."""
    if permission is P.OPEN:
        return
    assert principal is not None
    if permission not in principal.permissions:
        whose = "this token" if principal.token is not None else "you"
        raise forbidden("permission_missing", f"{whose} may not do this; it needs {permission.value}")
    if guild is not None and not await may_reach(principal, guild, directory):
        raise forbidden("guild_forbidden", f"you do not administrate guild {guild}")


async def may_reach(principal: Principal, guild: GuildId, directory: Directory) -> bool:
    """Whether a guild is among those that this caller may do anything in."""
    if principal.guilds is not None and guild not in principal.guilds:
        return False
    return principal.everywhere or administrates(await directory.permissions(guild, principal.user))
