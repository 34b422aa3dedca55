"""Every code with which Discord closes a gateway connection: what follows from it, and what a person is told."""

import enum
from dataclasses import dataclass
from typing import Final

CLOSE_TO_RESUME: Final = 4000
"""What we close with: 1000 and 1001 would end the session."""


class Consequence(enum.Enum):
    RESUME = "resume"
    """The session lives; continue it on a new connection."""
    NEW_SESSION = "new session"
    """Discord has forgotten the session: identify."""
    END = "end"
    """Trying again cannot help and would spend identifies: a person must act."""


@dataclass(frozen=True, slots=True)
class CloseCode:
    name: str
    consequence: Consequence
    sentence: str = ""
    """For people, where they must act."""


_KNOWN: Final = {
    4000: CloseCode("unknown error", Consequence.RESUME),
    4001: CloseCode("unknown opcode", Consequence.RESUME),
    4002: CloseCode("decode error", Consequence.RESUME),
    4003: CloseCode("not authenticated", Consequence.RESUME),
    4004: CloseCode(
        "authentication failed",
        Consequence.END,
        "Discord refuses the bot's token (4004). Set DISCORD_TOKEN to the one shown under Bot in the developer portal.",
    ),
    4005: CloseCode("already authenticated", Consequence.RESUME),
    4007: CloseCode("invalid sequence", Consequence.NEW_SESSION),
    4008: CloseCode("rate limited", Consequence.RESUME),
    4009: CloseCode("session timed out", Consequence.NEW_SESSION),
    4010: CloseCode(
        "invalid shard",
        Consequence.END,
        "Discord refuses the shard number (4010). The configured shards do not fit the shard count.",
    ),
    4011: CloseCode(
        "sharding required",
        Consequence.END,
        "The bot is in too many guilds for so few shards (4011). Let flora ask for the count, or set a larger one.",
    ),
    4012: CloseCode(
        "invalid API version",
        Consequence.END,
        "Discord no longer speaks this version of the gateway (4012). A newer flora is needed.",
    ),
    4013: CloseCode(
        "invalid intents",
        Consequence.END,
        "Discord does not know one of the intents asked for (4013). Check the configured intents.",
    ),
    4014: CloseCode(
        "disallowed intents",
        Consequence.END,
        "Discord does not allow an intent asked for (4014).",
    ),
}


def consequence_of(code: int | None) -> Consequence:
    """A fallen socket, and codes that are not in Discord's table (1000 and 1001 among them, which only we must not
    send), leave the session alive: a resume costs nothing to try, an identify does."""
    known = _KNOWN.get(code) if code is not None else None
    return known.consequence if known else Consequence.RESUME


def sentence_of(code: int) -> str:
    known = _KNOWN.get(code)
    return known.sentence if known and known.sentence else f"Discord closed the gateway for good ({code})."


def known_codes() -> dict[int, CloseCode]:
    return dict(_KNOWN)
