"""What the gateway knows of guilds, learnt from events: whose a channel, thread or webhook is, which roles there are
and what the bot may do. Compact: of a channel two ids, of a role two numbers; names and topics stay with Discord.

Pure. Events come in the order of their guild; what is told here is what Discord told last.
"""

import sys
from array import array
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import msgspec

from gateway.events import Snowflake, as_id
from gateway.id_map import IdMap
from storage.ids import GuildId

ADMINISTRATOR: Final = 1 << 3
ALL_PERMISSIONS: Final = (1 << 53) - 1
WEBHOOKS_KEPT: Final = 10_000
THREADS_LOOKED_UP_KEPT: Final = 10_000
"""Archived threads, the last that were used; the living ones come by events and are all kept. A busy guild makes some
hundred thousand threads a year, and a gateway session may last for months."""


class Role(msgspec.Struct, gc=False):
    id: Snowflake
    permissions: str = "0"


class Overwrite(msgspec.Struct, gc=False):
    id: Snowflake
    allow: str = "0"
    deny: str = "0"


class ThreadState(msgspec.Struct, gc=False):
    archived: bool = False


class Channel(msgspec.Struct, gc=False):
    """A channel or thread, as far as it matters here."""

    id: Snowflake
    guild_id: Snowflake = None
    parent_id: Snowflake = None
    type: int = 0
    permission_overwrites: list[Overwrite] = []
    thread_metadata: ThreadState | None = None


class User(msgspec.Struct, gc=False):
    id: Snowflake


class Member(msgspec.Struct, gc=False):
    user: User | None = None
    roles: list[Snowflake] = []
    guild_id: Snowflake = None


class Guild(msgspec.Struct, gc=False):
    """The body of GUILD_CREATE, and as far as it has them of GUILD_UPDATE."""

    id: Snowflake
    owner_id: Snowflake = None
    roles: list[Role] = []
    channels: list[Channel] = []
    threads: list[Channel] = []
    members: list[Member] = []


class ThreadSync(msgspec.Struct, gc=False):
    guild_id: Snowflake
    channel_ids: list[Snowflake] | None = None
    threads: list[Channel] = []


class RoleChange(msgspec.Struct, gc=False):
    guild_id: Snowflake
    role: Role | None = None
    role_id: Snowflake = None


@dataclass(slots=True)
class GuildEntry:
    """One guild."""

    owner: int = 0
    role_ids: "array[int]" = field(default_factory=lambda: array("Q"))
    role_permissions: "array[int]" = field(default_factory=lambda: array("Q"))
    own_roles: "array[int]" = field(default_factory=lambda: array("Q"))
    own_known: bool = False
    channels: "array[int]" = field(default_factory=lambda: array("Q"))
    """Threads among them."""

    def memory_bytes(self) -> int:
        arrays = (self.role_ids, self.role_permissions, self.own_roles, self.channels)
        return sys.getsizeof(self) + sum(sys.getsizeof(part) for part in arrays)


class GuildCache:
    """All guilds of this process's shards."""

    def __init__(self) -> None:
        self.own_user: int | None = None
        self.application: int | None = None
        self._guilds: dict[GuildId, GuildEntry] = {}
        self._guild_of_channel = IdMap()
        self._channel_of_thread = IdMap()
        self._overwrites: dict[int, array[int]] = {}
        """By channel: triples of id, allow and deny. Only of channels that have any for us or for everyone."""
        self._webhooks: OrderedDict[int, GuildId] = OrderedDict()
        self._looked_up: OrderedDict[int, GuildId] = OrderedDict()

    def __repr__(self) -> str:
        return f"<GuildCache of {len(self._guilds)} guilds and {len(self._guild_of_channel)} channels>"

    def __contains__(self, guild: GuildId) -> bool:
        return guild in self._guilds

    def __len__(self) -> int:
        return len(self._guilds)

    # What is asked.

    def guild_of_channel(self, channel: int) -> GuildId | None:
        """Of a channel or thread."""
        found = self._guild_of_channel.get(channel)
        if found is not None:
            return GuildId(found)
        return self._looked_up.get(channel)

    def parent_of_thread(self, thread: int) -> int | None:
        return self._channel_of_thread.get(thread)

    def guild_of_webhook(self, webhook: int) -> GuildId | None:
        return self._webhooks.get(webhook)

    def permissions(self, guild: GuildId, channel: int | None = None) -> int | None:
        """What the bot may do in a guild, or in one of its channels; None when that is not known."""
        entry = self._guilds.get(guild)
        if entry is None or not entry.own_known:
            return None
        if entry.owner == self.own_user:
            return ALL_PERMISSIONS
        ours = {guild, *entry.own_roles}
        base = 0
        for role, permissions in zip(entry.role_ids, entry.role_permissions, strict=True):
            base |= permissions if role in ours else 0
        if base & ADMINISTRATOR:
            return ALL_PERMISSIONS
        return base if channel is None else self._in_channel(base, guild, channel, entry)

    def _in_channel(self, base: int, guild: GuildId, channel: int, entry: GuildEntry) -> int:
        """Everyone's overwrite first, then those of our roles taken together, then our own."""
        overwrites = self._overwrites.get(self._channel_of_thread.get(channel) or channel)
        if overwrites is None:
            return base
        triples = {overwrites[at]: (overwrites[at + 1], overwrites[at + 2]) for at in range(0, len(overwrites), 3)}
        for group in ([guild], entry.own_roles, [self.own_user or 0]):
            allow = deny = 0
            for holder in group:
                more, less = triples.get(holder, (0, 0))
                allow, deny = allow | more, deny | less
            base = base & ~deny | allow
        return base

    def memory_bytes(self) -> int:
        """Of everything here, as near as Python tells."""
        maps = self._guild_of_channel.memory_bytes + self._channel_of_thread.memory_bytes
        entries = sum(entry.memory_bytes() for entry in self._guilds.values())
        overwrites = sum(sys.getsizeof(triples) + 32 for triples in self._overwrites.values())
        dicts = sum(sys.getsizeof(part) for part in (self._guilds, self._overwrites, self._webhooks, self._looked_up))
        return maps + entries + overwrites + dicts

    # What is learnt.

    def guild_available(self, body: Guild) -> GuildId | None:
        """GUILD_CREATE: all that is known of it before is forgotten."""
        number = as_id(body.id)
        if number is None:
            return None
        guild = GuildId(number)
        self.forget_guild(guild)
        entry = self._guilds[guild] = GuildEntry(owner=as_id(body.owner_id) or 0)
        self._set_roles(entry, body.roles)
        for channel in (*body.channels, *body.threads):
            self._add_channel(guild, entry, channel)
        for member in body.members:
            self.member_changed(member, guild)
        return guild

    def guild_changed(self, body: Guild) -> None:
        """GUILD_UPDATE, which has roles but no channels."""
        entry = self._entry(body.id)
        if entry is not None:
            entry.owner = as_id(body.owner_id) or entry.owner
            if body.roles:
                self._set_roles(entry, body.roles)

    def forget_guild(self, guild: GuildId) -> None:
        entry = self._guilds.pop(guild, None)
        if entry is not None:
            for channel in entry.channels:
                self._forget_channel(channel)
        self.webhooks_changed(guild)
        for thread in [thread for thread, owner in self._looked_up.items() if owner == guild]:
            del self._looked_up[thread]

    def channel_changed(self, body: Channel) -> None:
        """CHANNEL_CREATE and _UPDATE, THREAD_CREATE and _UPDATE."""
        number = as_id(body.guild_id)
        if number is None:
            return
        guild = GuildId(number)
        if body.thread_metadata is not None and body.thread_metadata.archived:
            self._archived(guild, body)
            return
        entry = self._guilds.setdefault(guild, GuildEntry())
        self._add_channel(guild, entry, body)

    def _archived(self, guild: GuildId, thread: Channel) -> None:
        """Discord tells when it comes to life again."""
        self.channel_gone(thread)
        number = as_id(thread.id)
        if number is not None:
            self.channel_found(number, guild)

    def channel_gone(self, body: Channel) -> None:
        """A channel's threads go with it; Discord sends no events of theirs."""
        channel, entry = as_id(body.id), self._entry(body.guild_id)
        if channel is None:
            return
        gone = {channel}
        if entry is not None:
            gone |= {other for other in entry.channels if self._channel_of_thread.get(other) == channel}
            entry.channels = array("Q", (other for other in entry.channels if other not in gone))
        for each in gone:
            self._forget_channel(each)
        self._looked_up.pop(channel, None)

    def threads_listed(self, body: ThreadSync) -> None:
        """THREAD_LIST_SYNC: we may see these threads now."""
        guild, entry = as_id(body.guild_id), self._entry(body.guild_id)
        if guild is not None and entry is not None:
            for thread in body.threads:
                self._add_channel(GuildId(guild), entry, thread)

    def role_changed(self, body: RoleChange) -> None:
        """GUILD_ROLE_CREATE, _UPDATE and _DELETE."""
        entry = self._entry(body.guild_id)
        if entry is None:
            return
        role = as_id(body.role.id if body.role is not None else body.role_id)
        if role is None:
            return
        if role in entry.role_ids:
            at = entry.role_ids.index(role)
            entry.role_ids.pop(at)
            entry.role_permissions.pop(at)
        if body.role is not None:
            entry.role_ids.append(role)
            entry.role_permissions.append(_bits(body.role.permissions))

    def member_changed(self, body: Member, guild: GuildId | None = None) -> None:
        """GUILD_MEMBER_ADD and _UPDATE; only our own counts."""
        if body.user is None or as_id(body.user.id) != self.own_user or self.own_user is None:
            return
        entry = self._guilds.get(guild) if guild is not None else self._entry(body.guild_id)
        if entry is not None:
            entry.own_roles = _ids(body.roles)
            entry.own_known = True

    def webhooks_changed(self, guild: GuildId) -> None:
        """WEBHOOKS_UPDATE does not say which; all of the guild are asked for again."""
        for webhook in [webhook for webhook, owner in self._webhooks.items() if owner == guild]:
            del self._webhooks[webhook]

    def webhook_found(self, webhook: int, guild: GuildId) -> None:
        """Discord was asked."""
        self._webhooks[webhook] = guild
        while len(self._webhooks) > WEBHOOKS_KEPT:
            self._webhooks.popitem(last=False)

    def channel_found(self, channel: int, guild: GuildId) -> None:
        """Discord was asked: an archived thread, mostly."""
        self._looked_up[channel] = guild
        while len(self._looked_up) > THREADS_LOOKED_UP_KEPT:
            self._looked_up.popitem(last=False)

    def _entry(self, guild: Snowflake) -> GuildEntry | None:
        number = as_id(guild)
        return None if number is None else self._guilds.get(GuildId(number))

    def _set_roles(self, entry: GuildEntry, roles: Iterable[Role]) -> None:
        entry.role_ids, entry.role_permissions = array("Q"), array("Q")
        for role in roles:
            number = as_id(role.id)
            if number is not None:
                entry.role_ids.append(number)
                entry.role_permissions.append(_bits(role.permissions))

    def _add_channel(self, guild: GuildId, entry: GuildEntry, channel: Channel) -> None:
        number = as_id(channel.id)
        if number is None or number < 2:
            return
        known = self._guild_of_channel.get(number)
        if known is None:
            entry.channels.append(number)
        if known != guild:
            self._guild_of_channel.put(number, guild)
        parent = as_id(channel.parent_id)
        if channel.type in THREAD_TYPES and parent is not None:
            self._channel_of_thread.put(number, parent)
        self._set_overwrites(number, channel.permission_overwrites)

    def _set_overwrites(self, channel: int, overwrites: list[Overwrite]) -> None:
        if not overwrites:
            self._overwrites.pop(channel, None)
            return
        triples = array("Q")
        for overwrite in overwrites:
            triples.extend((as_id(overwrite.id) or 0, _bits(overwrite.allow), _bits(overwrite.deny)))
        self._overwrites[channel] = triples

    def _forget_channel(self, channel: int) -> None:
        self._guild_of_channel.remove(channel)
        self._channel_of_thread.remove(channel)
        self._overwrites.pop(channel, None)


THREAD_TYPES: Final = frozenset({10, 11, 12})


def _bits(permissions: str) -> int:
    return int(permissions) & ((1 << 64) - 1) if permissions.isascii() and permissions.isdigit() else 0


def _ids(values: Iterable[Snowflake]) -> "array[int]":
    return array("Q", (number for value in values if (number := as_id(value)) is not None))
