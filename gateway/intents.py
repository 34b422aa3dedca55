"""Which events are asked for: computed from what is configured, and explained when Discord refuses.

Asking for everything costs: Discord sends what nobody listens to, and three of the intents must be switched on by hand.
So the operator says which *features* guilds may use, and the intents follow.
"""

import enum
from collections.abc import Iterable
from typing import Final


class Intent(enum.IntFlag):
    """Discord's bits."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_MODERATION = 1 << 2
    GUILD_EXPRESSIONS = 1 << 3
    GUILD_INTEGRATIONS = 1 << 4
    GUILD_WEBHOOKS = 1 << 5
    GUILD_INVITES = 1 << 6
    GUILD_VOICE_STATES = 1 << 7
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15
    GUILD_SCHEDULED_EVENTS = 1 << 16
    AUTO_MODERATION_CONFIGURATION = 1 << 20
    AUTO_MODERATION_EXECUTION = 1 << 21
    GUILD_MESSAGE_POLLS = 1 << 24
    DIRECT_MESSAGE_POLLS = 1 << 25


_DIRECT: Final = (
    Intent.DIRECT_MESSAGES
    | Intent.DIRECT_MESSAGE_REACTIONS
    | Intent.DIRECT_MESSAGE_TYPING
    | Intent.DIRECT_MESSAGE_POLLS
)
NEEDED: Final = Intent.GUILDS
"""Without it the gateway does not know which channel belongs to which guild."""

PRIVILEGED: Final = {
    Intent.GUILD_MEMBERS: "Server Members Intent",
    Intent.GUILD_PRESENCES: "Presence Intent",
    Intent.MESSAGE_CONTENT: "Message Content Intent",
}
"""With the names of their switches in the developer portal."""

_GRANTED_BY: Final = {
    Intent.GUILD_PRESENCES: (1 << 12) | (1 << 13),
    Intent.GUILD_MEMBERS: (1 << 14) | (1 << 15),
    Intent.MESSAGE_CONTENT: (1 << 18) | (1 << 19),
}
"""The flags of an application that say which switch is on: for verified bots, or for small ones."""

ALL_OF_GUILDS: Final = Intent(sum(Intent)) & ~_DIRECT
"""Direct messages belong to no guild and would only be dropped."""

DEFAULT: Final = ALL_OF_GUILDS & ~Intent.GUILD_PRESENCES & ~Intent.GUILD_MESSAGE_TYPING
"""Presences are most of what a gateway can send, and hardly a script wants them."""


class UnknownIntentError(ValueError):
    """The configuration names an intent that Discord does not have."""


def intents_of(names: Iterable[str]) -> Intent:
    """From names as operators write them: `default`, `all`, `none`, `GUILD_MEMBERS`, `-MESSAGE_CONTENT`, applied from
    left to right. GUILDS is always among them."""
    intents = Intent(0)
    for written in names:
        name = written.strip().upper().replace("-", "_").lstrip("_")
        taken_away = written.strip().startswith("-")
        intents = intents & ~_named(name, written) if taken_away else intents | _named(name, written)
    return intents | NEEDED


def _named(name: str, written: str) -> Intent:
    groups = {"DEFAULT": DEFAULT, "ALL": ALL_OF_GUILDS, "NONE": Intent(0)}
    if name in groups:
        return groups[name]
    if name in Intent.__members__:
        return Intent[name]
    known = ", ".join(intent.name for intent in Intent if intent.name)
    raise UnknownIntentError(f"There is no intent {written!r}. There are: default, all, none, {known}.")


def privileged_in(intents: Intent) -> list[Intent]:
    return [intent for intent in PRIVILEGED if intent in intents]


def not_granted(intents: Intent, application_flags: int) -> list[Intent]:
    """The privileged ones asked for whose switch is off, by what /applications/@me says of the application."""
    return [intent for intent in privileged_in(intents) if not application_flags & _GRANTED_BY[intent]]


def refused_sentence(intents: Intent, application_flags: int | None) -> str:
    """What to do about 4014. Discord does not say which intent it means; the application's flags do."""
    refused = privileged_in(intents) if application_flags is None else not_granted(intents, application_flags)
    refused = refused or privileged_in(intents)
    if not refused:
        return "Discord does not allow one of the intents asked for (4014), though none of them is privileged."
    return " ".join(one_sentence(intent) for intent in refused)


def one_sentence(intent: Intent) -> str:
    switch = PRIVILEGED[intent]
    return (
        f'Discord does not allow {intent.name} (4014): turn on "{switch}" under Bot in the developer portal, '
        f"or take {intent.name} out of the configured intents."
    )
