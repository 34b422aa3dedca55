"""Application commands: what a script registers becomes what its guild's members see.

A deploy does not wait for this, and does not fail with it. The last wish of each guild counts; it is looked at a moment
after the last change, compared with what Discord has, and written only when it differs (Discord allows 200 new
commands a day in a guild). What fails is told in the guild's log and tried again, later each time.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import msgspec
import trio

from gateway.rest import DiscordError, RestCall, RestClient
from gateway.shapes import is_list
from storage.ids import GuildId

logger = logging.getLogger(__name__)
SETTLE_S: Final = 1.0
"""A script under development is deployed again and again."""
FIRST_AGAIN_S: Final = 5.0
LONGEST_AGAIN_S: Final = 600.0
CREATES_PER_DAY: Final = 180
"""Of Discord's 200."""
_DAY_S: Final = 24 * 3600.0
_ROUTE: Final = "/applications/{application_id}/guilds/{guild_id}/commands"

Command = Mapping[str, Any]
Tell = Callable[[GuildId, str, str], None]
"""A line for the guild's log: guild, level, text."""


@dataclass(slots=True)
class _Wish:
    commands: Sequence[Command]
    due: float
    failures: int = 0


class CommandSync:
    """Told by whoever deploys; `run` does it."""

    def __init__(self, rest: RestClient, application: Callable[[], int | None], tell: Tell) -> None:
        self._rest = rest
        self._application = application
        self._tell = tell
        self._wishes: dict[GuildId, _Wish] = {}
        self._created: dict[GuildId, tuple[float, int]] = {}
        """By guild: since when is counted, and how many commands were new."""
        self._changed = trio.Event()

    def __repr__(self) -> str:
        return f"<CommandSync: {len(self._wishes)} guilds to look at>"

    def wish(self, guild: GuildId, commands: Sequence[Command]) -> None:
        """What the guild is to have from now on; nothing when its script is gone."""
        self._wishes[guild] = _Wish(commands, trio.current_time() + SETTLE_S)
        self._changed.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._changed = trio.Event()
            now = trio.current_time()
            for guild, wish in list(self._wishes.items()):
                if wish.due <= now and self._wishes.get(guild) is wish:
                    await self._fulfil(guild, wish)
            due = min((wish.due for wish in self._wishes.values()), default=float("inf"))
            with trio.move_on_at(due):
                await self._changed.wait()

    async def _fulfil(self, guild: GuildId, wish: _Wish) -> None:
        try:
            await self._sync(guild, wish.commands)
        except DiscordError as error:
            self._again(guild, wish, f"the commands could not be registered: {error}")
            return
        except _NotNowError as error:
            self._again(guild, wish, str(error))
            return
        if self._wishes.get(guild) is wish:
            del self._wishes[guild]

    def _again(self, guild: GuildId, wish: _Wish, why: str) -> None:
        pause = min(LONGEST_AGAIN_S, FIRST_AGAIN_S * 2 ** min(wish.failures, 10))
        wish.failures += 1
        wish.due = trio.current_time() + pause
        self._tell(guild, "error", f"{why}; tried again in {pause:g} s")

    async def _sync(self, guild: GuildId, commands: Sequence[Command]) -> None:
        application = self._application()
        if application is None:
            raise _NotNowError("the commands wait for Discord's gateway")
        path = {"application_id": str(application), "guild_id": str(guild)}
        answer = await self._rest.request(RestCall("GET", _ROUTE, path, query={"with_localizations": "true"}))
        there: list[Command] = msgspec.json.decode(answer.body)
        if same(there, commands):
            return
        new = {key_of(command) for command in commands} - {key_of(command) for command in there}
        self._spend(guild, len(new))
        await self._rest.request(RestCall("PUT", _ROUTE, path, json=list(commands)))
        self._tell(guild, "info", f"{len(commands)} commands are registered, {len(new)} of them new")

    def _spend(self, guild: GuildId, new: int) -> None:
        now = trio.current_time()
        since, spent = self._created.get(guild, (now, 0))
        if now - since >= _DAY_S:
            since, spent = now, 0
        if new and spent + new > CREATES_PER_DAY:
            raise _NotNowError(f"this guild has made {spent} new commands today, and Discord allows 200")
        self._created[guild] = (since, spent + new)


class _NotNowError(Exception):
    """Later."""


def key_of(command: Command) -> tuple[str, int]:
    """What makes a command the same one to Discord."""
    return str(command.get("name")), int(command.get("type", 1))


def same(there: Sequence[Command], wished: Sequence[Command]) -> bool:
    """Whether Discord has what is wished for. It adds much of its own (ids, versions, defaults), so only what the
    wish says is compared."""
    by_key = {key_of(command): command for command in there}
    return len(there) == len(wished) and all(
        key_of(command) in by_key and _within(command, by_key[key_of(command)]) for command in wished
    )


_TAKEN_AWAY: Final = (
    "options",
    "choices",
    "required",
    "autocomplete",
    "channel_types",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
    "name_localizations",
    "description_localizations",
    "default_member_permissions",
    "nsfw",
)
"""Fields that Discord never fills by itself: there and not wished for means that the script no longer has them."""


def _within(wished: Any, there: Any) -> bool:
    if isinstance(wished, Mapping):
        return isinstance(there, Mapping) and _fields_within(
            cast("Mapping[str, Any]", wished), cast("Mapping[str, Any]", there)
        )
    if is_list(wished):
        found: list[Any] = there or []
        return len(found) == len(wished) and all(map(_within, wished, found))
    return wished == there or (there is None and wished in (None, False, ""))


def _fields_within(wished: Mapping[str, Any], there: Mapping[str, Any]) -> bool:
    if any(there.get(name) for name in _TAKEN_AWAY if name not in wished):
        return False
    return all(_within(value, there.get(name)) for name, value in wished.items())
