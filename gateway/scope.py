"""Decides whether what a script names belongs to its guild: the wall between guilds on Discord's side.

The cache answers nearly always. What it does not know (archived threads, webhooks) Discord is asked once, with a bound
for each guild: a script that makes up ids must not cause floods of requests that fail, for which Discord bans the
address of the whole bot.
"""

from collections import OrderedDict
from typing import Final, Protocol

import trio

from actors.ops import Caller, OpRefusedError, ScopeRule, ScopeTarget
from gateway.events import as_id
from gateway.guild_cache import GuildCache
from gateway.interactions import OpenInteractions
from storage.ids import GuildId

LOOK_UPS_PER_MINUTE: Final = 30
"""By one guild, of things unknown."""
STRANGERS_KEPT: Final = 10_000
STRANGER_LIFE_S: Final = 300.0
"""A thread that was not there may be made; its event would tell. A webhook has none of its own."""
LOOK_UP_S: Final = 8.0


class LookUpError(Exception):
    """Discord could not be asked just now."""


class LookUp(Protocol):
    """Asks Discord; `gateway/look_up.py` does it with the REST client."""

    async def guild_of_channel(self, channel: int, asker: GuildId) -> int | None:
        """None when there is no such channel for us, or it belongs to no guild. Raises LookUpError."""
        ...

    async def guild_of_webhook(self, webhook: int, asker: GuildId) -> int | None: ...


class Scopes:
    """The ScopeResolver of `actors/ops.py`."""

    def __init__(self, cache: GuildCache, interactions: OpenInteractions, look_up: LookUp) -> None:
        self._cache = cache
        self._interactions = interactions
        self._look_up = look_up
        self._strangers: OrderedDict[tuple[ScopeRule, int], float] = OrderedDict()
        """What belongs to nobody here, until when."""
        self._asking: dict[tuple[ScopeRule, int], trio.Event] = {}
        self._spent: dict[GuildId, tuple[float, int]] = {}
        """By guild: the minute that runs, and the look-ups in it."""

    def __repr__(self) -> str:
        return f"<Scopes on {self._cache!r}>"

    async def check(self, caller: Caller, target: ScopeTarget, value: str) -> None:
        """Raises OpRefusedError unless the value belongs to the caller's guild."""
        match target.rule:
            case ScopeRule.CHANNEL | ScopeRule.MESSAGE:
                await self._check_owner(caller, ScopeRule.CHANNEL, target.argument, value)
            case ScopeRule.WEBHOOK:
                await self._check_owner(caller, ScopeRule.WEBHOOK, target.argument, value)
            case ScopeRule.INTERACTION:
                self._check_interaction(caller, target.argument, value)
            case ScopeRule.USER:
                _number(target.argument, value)
            case ScopeRule.OWN_GUILD:
                if _number(target.argument, value) != caller.guild:
                    raise _forbidden(f"{target.argument} {value} is another guild")
        await trio.lowlevel.checkpoint_if_cancelled()

    async def owner(self, rule: ScopeRule, value: int, asker: GuildId) -> GuildId | None:
        """The guild of a channel, thread or webhook, asking Discord when it is unknown."""
        key = (rule, value)
        while (known := self._known(rule, value)) is None and not self._is_stranger(key):
            if key not in self._asking:
                self._spend(asker)
                return await self._ask(key, asker)
            await self._asking[key].wait()
        return known

    async def _check_owner(self, caller: Caller, rule: ScopeRule, argument: str, value: str) -> None:
        number = _number(argument, value)
        if rule is ScopeRule.WEBHOOK and number == self._cache.application:
            return  # an interaction's answers; gateway/operations.py checks their token
        owner = await self.owner(rule, number, caller.guild)
        if owner != caller.guild:
            raise _forbidden(f"{argument} {value} is no {rule.value} of this guild")

    def _check_interaction(self, caller: Caller, argument: str, value: str) -> None:
        found = self._interactions.find(value, trio.current_time())
        if found is None or found.guild != caller.guild:
            raise _forbidden(f"{argument} names no interaction that this guild was given within 15 minutes")

    def _known(self, rule: ScopeRule, value: int) -> GuildId | None:
        if rule is ScopeRule.WEBHOOK:
            return self._cache.guild_of_webhook(value)
        return self._cache.guild_of_channel(value)

    async def _ask(self, key: tuple[ScopeRule, int], asker: GuildId) -> GuildId | None:
        """Many who ask for the same wait for one request."""
        rule, value = key
        done = self._asking[key] = trio.Event()
        ask = self._look_up.guild_of_webhook if rule is ScopeRule.WEBHOOK else self._look_up.guild_of_channel
        try:
            with trio.fail_after(LOOK_UP_S):
                found = await ask(value, asker)
        except (LookUpError, trio.TooSlowError) as error:
            raise OpRefusedError(
                "SCOPE_UNKNOWN", f"Discord could not say whose {rule.value} {value} is: {error}"
            ) from None
        finally:
            del self._asking[key]
            done.set()
        return self._learn(key, found)

    def _learn(self, key: tuple[ScopeRule, int], found: int | None) -> GuildId | None:
        rule, value = key
        if found is None:
            self._strangers[key] = trio.current_time() + STRANGER_LIFE_S
            while len(self._strangers) > STRANGERS_KEPT:
                self._strangers.popitem(last=False)
            return None
        guild = GuildId(found)
        if rule is ScopeRule.WEBHOOK:
            self._cache.webhook_found(value, guild)
        else:
            self._cache.channel_found(value, guild)
        return guild

    def _is_stranger(self, key: tuple[ScopeRule, int]) -> bool:
        until = self._strangers.get(key)
        if until is not None and until <= trio.current_time():
            del self._strangers[key]
            return False
        return until is not None

    def _spend(self, guild: GuildId) -> None:
        minute = trio.current_time() // 60
        at, spent = self._spent.get(guild, (minute, 0))
        spent = spent if at == minute else 0
        if spent >= LOOK_UPS_PER_MINUTE:
            raise OpRefusedError(
                "SCOPE_UNKNOWN",
                f"This guild named {LOOK_UPS_PER_MINUTE} unknown things within a minute; try again later",
            )
        if len(self._spent) > STRANGERS_KEPT:
            self._spent = {who: entry for who, entry in self._spent.items() if entry[0] == minute}
        self._spent[guild] = (minute, spent + 1)


def _number(argument: str, value: str) -> int:
    number = as_id(value)
    if number is None:
        raise OpRefusedError("BAD_ARGUMENTS", f"{argument} is no Discord id")
    return number


def _forbidden(message: str) -> OpRefusedError:
    return OpRefusedError("SCOPE_FORBIDDEN", message)
