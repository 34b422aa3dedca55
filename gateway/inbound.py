"""From Discord's events to the runtime's: whose each is, what it teaches, and which of them are for scripts.

Called once for each batch, never waits and never raises. For most events the loop reads one field of the body and goes
on; the few that teach the gateway something have a function each, in one table.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

import msgspec
import trio

from actors.refs import GuildEvent
from gateway.asking import Asking
from gateway.envelope import Dispatch, ReadyBody
from gateway.events import (
    NOT_FOR_SCRIPTS,
    OF_MESSAGES,
    WANT_OLD,
    ScriptNames,
    Snowflake,
    Wanted,
    as_guild,
    as_id,
    where,
)
from gateway.guild_cache import Channel, Guild, GuildCache, Member, RoleChange, ThreadSync
from gateway.interactions import Interaction, OpenInteractions
from gateway.lifecycle import Lifecycle
from gateway.old_messages import OldMessages
from gateway.roster import Arrival
from storage.ids import GuildId

logger = logging.getLogger(__name__)
Body = TypeVar("Body")


class Events(Protocol):
    """The part of the Runtime that is needed here."""

    def deliver(self, events: Sequence[GuildEvent]) -> None: ...
    def hears(self, guild: GuildId) -> frozenset[str] | None: ...
    def heard(self) -> frozenset[str] | None: ...
    def guilds(self) -> Sequence[GuildId]: ...


class InteractionBody(msgspec.Struct, gc=False):
    """What of an interaction concerns the gateway."""

    id: Snowflake
    token: str
    type: int = 0
    guild_id: Snowflake = None


class UpdatedMessage(msgspec.Struct, gc=False):
    guild_id: Snowflake = None
    id: Snowflake = None
    author: msgspec.Raw = msgspec.Raw()
    """A whole message has one."""


class GoneGuild(msgspec.Struct, gc=False):
    id: Snowflake
    unavailable: bool = False


class Listener(NamedTuple):
    """What is asked once for all events of a guild in a batch, for nothing changes meanwhile."""

    guild: GuildId
    hears: frozenset[str] | None
    wants_old: bool


Special = Callable[[Dispatch], GuildEvent | None]


class Inbound:
    """For all shards of this process."""

    def __init__(
        self,
        runtime: Events,
        cache: GuildCache,
        interactions: OpenInteractions,
        old: OldMessages,
        lifecycle: Lifecycle,
        asking: Asking,
    ) -> None:
        self.dropped: Counter[str] = Counter()
        """Events that were for no script, by reason."""
        self.delivered = 0
        self._runtime = runtime
        self._cache = cache
        self._interactions = interactions
        self._old = old
        self._lifecycle = lifecycle
        self._asking = asking
        self._names = ScriptNames()
        self._listeners: dict[Snowflake, Listener | None] = {}
        """Of this batch, by their ids as they are written; None for what is no guild's id."""
        self._told: set[str] = set()
        self._specials: dict[str, Special] = {
            "GUILD_CREATE": self._guild_create,
            "GUILD_UPDATE": self._guild_update,
            "GUILD_DELETE": self._guild_delete,
            "CHANNEL_CREATE": self._learning(Channel, cache.channel_changed),
            "CHANNEL_UPDATE": self._learning(Channel, cache.channel_changed),
            "CHANNEL_DELETE": self._learning(Channel, cache.channel_gone),
            "THREAD_CREATE": self._learning(Channel, cache.channel_changed),
            "THREAD_UPDATE": self._learning(Channel, cache.channel_changed),
            "THREAD_DELETE": self._learning(Channel, cache.channel_gone),
            "THREAD_LIST_SYNC": self._learning(ThreadSync, cache.threads_listed),
            "GUILD_ROLE_CREATE": self._learning(RoleChange, cache.role_changed),
            "GUILD_ROLE_UPDATE": self._learning(RoleChange, cache.role_changed),
            "GUILD_ROLE_DELETE": self._learning(RoleChange, cache.role_changed),
            "GUILD_MEMBER_ADD": self._learning(Member, cache.member_changed),
            "GUILD_MEMBER_UPDATE": self._learning(Member, cache.member_changed),
            "WEBHOOKS_UPDATE": self._webhooks_update,
            "MESSAGE_CREATE": self._message_create,
            "MESSAGE_UPDATE": self._message_update,
            "MESSAGE_DELETE": self._message_delete,
            "INTERACTION_CREATE": self._interaction_create,
            "GUILD_MEMBERS_CHUNK": self._members_chunk,
            "VOICE_STATE_UPDATE": self._voice,
            "VOICE_SERVER_UPDATE": self._voice,
            "RATE_LIMITED": self._rate_limited,
        }
        self._always = self._specials.keys() - OF_MESSAGES | {"READY", "RESUMED"}
        self._heard: frozenset[str] | None = None
        self._wanted = Wanted(None, self._always)

    def __repr__(self) -> str:
        return f"<Inbound: {self.delivered} delivered, {self.dropped.total()} dropped>"

    def wanted(self) -> Wanted:
        """Which events are to be handed on at all: others are counted by `unheard`."""
        heard = self._runtime.heard()
        if heard is not self._heard:
            self._heard, self._wanted = heard, Wanted(heard, self._always)
        return self._wanted

    def unheard(self, count: int) -> None:
        self.dropped["nobody listens"] += count

    def events(self, batch: Sequence[Dispatch]) -> None:
        """What one wake-up of a shard brought."""
        self._listeners.clear()
        found = [self._event(dispatch) for dispatch in batch]
        events = [event for event in found if event is not None]
        if events:
            self.delivered += len(events)
            self._runtime.deliver(events)

    def ready(self, ready: ReadyBody, of_shard: Callable[[GuildId], bool]) -> None:
        """A shard has a new session. Every script of the shard is told, without what the others have."""
        self._cache.own_user = as_id(ready.user.id)
        self._cache.application = as_id(ready.application.id) if ready.application else self._cache.own_user
        announced = [guild for entry in ready.guilds if (guild := as_guild(entry.id)) is not None]
        ours = [guild for guild in self._runtime.guilds() if of_shard(guild)]
        self._lifecycle.ready(announced, ours)
        self._tell_ready(ready, set(announced).intersection(ours))

    def _tell_ready(self, ready: ReadyBody, guilds: Iterable[GuildId]) -> None:
        application = None if ready.application is None else {"id": ready.application.id}
        body = msgspec.json.encode({"user": ready.user, "application": application, "guilds": []})
        events = [GuildEvent(guild, "ready", body) for guild in guilds]
        if events:
            self._runtime.deliver(events)

    def _event(self, dispatch: Dispatch) -> GuildEvent | None:
        try:
            special = self._specials.get(dispatch.name)
            if special is not None:
                return special(dispatch)
            return self._for_guild(dispatch, _guild(dispatch))
        except (msgspec.MsgspecError, RecursionError) as error:
            self._senseless(dispatch.name, error)
            return None

    def _for_guild(self, dispatch: Dispatch, guild: Snowflake, old: bytes | None = None) -> GuildEvent | None:
        listener = self._listener(guild)
        if listener is None or dispatch.name in NOT_FOR_SCRIPTS:
            self.dropped["no guild"] += 1
            return None
        name = self._names[dispatch.name]
        if listener.hears is not None and name not in listener.hears:
            self.dropped["nobody listens"] += 1
            return None
        return GuildEvent(listener.guild, name, dispatch.body, old)

    def _listener(self, guild: Snowflake) -> Listener | None:
        try:
            return self._listeners[guild]
        except KeyError:
            number = as_guild(guild)
            listener = None if number is None else self._ask(number)
            self._listeners[guild] = listener
            return listener

    def _ask(self, guild: GuildId) -> Listener:
        hears = self._runtime.hears(guild)
        return Listener(guild, hears, hears is None or not hears.isdisjoint(WANT_OLD))

    def _senseless(self, name: str, error: Exception) -> None:
        self.dropped["senseless"] += 1
        if name not in self._told:
            self._told.add(name)
            logger.warning("a %s makes no sense and is dropped: %s (told once)", name, error)

    def _learning(self, kind: type[Body], learn: Callable[[Body], Any]) -> Special:
        """For events that teach the cache something and go on to the guild."""
        decode = msgspec.json.Decoder(kind).decode

        def special(dispatch: Dispatch) -> GuildEvent | None:
            try:
                learn(decode(dispatch.body))
            except msgspec.MsgspecError as error:
                self._senseless(dispatch.name, error)
            return self._for_guild(dispatch, _guild(dispatch))

        return special

    def _guild_create(self, dispatch: Dispatch) -> GuildEvent | None:
        """Scripts are told of it when the bot was invited; not when Discord lists what it is in."""
        guild = self._cache.guild_available(msgspec.json.decode(dispatch.body, type=Guild))
        if guild is None:
            return self._for_guild(dispatch, None)
        if self._lifecycle.created(guild) in (Arrival.JOINED, Arrival.RETURNED):
            return self._for_guild(dispatch, guild)
        self.dropped["listed"] += 1
        return None

    def _guild_update(self, dispatch: Dispatch) -> GuildEvent | None:
        body = msgspec.json.decode(dispatch.body, type=Guild)
        self._cache.guild_changed(body)
        return self._for_guild(dispatch, as_guild(body.id))

    def _guild_delete(self, dispatch: Dispatch) -> GuildEvent | None:
        body = msgspec.json.decode(dispatch.body, type=GoneGuild)
        guild = as_guild(body.id)
        if guild is None:
            return self._for_guild(dispatch, None)
        if body.unavailable:
            self._lifecycle.unavailable(guild)
            self.dropped["unavailable"] += 1
            return None
        self._cache.forget_guild(guild)
        self._old.forget_guild(guild)
        self._lifecycle.removed(guild)
        return self._for_guild(dispatch, guild)

    def _webhooks_update(self, dispatch: Dispatch) -> GuildEvent | None:
        guild = as_guild(_guild(dispatch))
        if guild is not None:
            self._cache.webhooks_changed(guild)
        return self._for_guild(dispatch, guild)

    def _message_create(self, dispatch: Dispatch) -> GuildEvent | None:
        """Kept for a while, if the guild's script hears of edited or deleted messages."""
        guild = _guild(dispatch)
        listener = self._listener(guild)
        if listener is not None and listener.wants_old and (message := as_id(where(dispatch.body).id)) is not None:
            self._old.created(listener.guild, message, dispatch.body)
        return self._for_guild(dispatch, guild)

    def _message_update(self, dispatch: Dispatch) -> GuildEvent | None:
        head = msgspec.json.decode(dispatch.body, type=UpdatedMessage)
        guild, message = as_guild(head.guild_id), as_id(head.id)
        if guild is None or message is None:
            return self._for_guild(dispatch, guild)
        whole = bytes(head.author).startswith(b"{")
        old = self._old.updated(guild, message, dispatch.body, whole=whole)
        return self._for_guild(dispatch, guild, old)

    def _message_delete(self, dispatch: Dispatch) -> GuildEvent | None:
        head = where(dispatch.body)
        guild, message = as_guild(head.guild_id), as_id(head.id)
        old = self._old.deleted(guild, message) if guild is not None and message is not None else None
        return self._for_guild(dispatch, guild, old)

    def _interaction_create(self, dispatch: Dispatch) -> GuildEvent | None:
        return self.interaction(dispatch.body)

    def interaction(self, body: bytes) -> GuildEvent | None:
        """Of the gateway or of the HTTP endpoint. Raises msgspec.MsgspecError."""
        head = msgspec.json.decode(body, type=InteractionBody)
        guild, number = as_guild(head.guild_id), as_id(head.id)
        if guild is None or number is None:
            self.dropped["no guild"] += 1
            return None
        if not self._interactions.given(Interaction(number, head.token, head.type, guild, trio.current_time())):
            self.dropped["repeated"] += 1
            return None
        return GuildEvent(guild, "interactionCreate", body)

    def _members_chunk(self, dispatch: Dispatch) -> GuildEvent | None:
        """An answer to whoever asked; no event for the guild."""
        self._asking.members_came(dispatch.body)
        self.dropped["answers"] += 1
        return None

    def _voice(self, dispatch: Dispatch) -> GuildEvent | None:
        guild = as_guild(_guild(dispatch))
        if guild is not None:
            self._asking.voice_came(guild, dispatch.name, dispatch.body)
        return self._for_guild(dispatch, guild)

    def _rate_limited(self, dispatch: Dispatch) -> GuildEvent | None:
        self._asking.refused(dispatch.body)
        self.dropped["answers"] += 1
        return None


def _guild(dispatch: Dispatch) -> Snowflake:
    """Raises msgspec.MsgspecError."""
    return dispatch.guild or where(dispatch.body).guild_id
