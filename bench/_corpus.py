"""Gateway events as Discord sends them, made up: shapes and sizes are real, every name, text and number is invented.

A corpus is made from a seed, so two machines have the same bytes. Its events fit a *stage*: guilds with their channels,
people and roles, which a server that answers requests about them has too. A *mix* says how often each kind occurs.

    corpus(stage(guilds=10), mix=EVERYTHING, count=100_000, seed=1)

`python -m bench._corpus > corpus.ndjson` writes just that, a gateway's message on each line, for whoever wants to look
at it or to replay it to something else.

How often each kind occurs in the wild differs by orders of magnitude between guilds; the shares below are those of a
guild where people talk: four in ten are messages, and who is online and who types is most of the rest. For a hundred
messages somebody uses a slash command once, which whoever is sent the corpus should answer.
"""

import sys
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from bench._payloads import Author, Json, Place


class Event(NamedTuple):
    """What a gateway dispatches: its name, whose it is, and the body, encoded."""

    name: str
    guild: int
    body: bytes

    def message(self, number: int) -> bytes:
        """As a gateway sends it, with its number in the session."""
        return b'{"t":"%b","s":%d,"op":0,"d":%b}' % (self.name.encode(), number, self.body)

    @property
    def command(self) -> str:
        """The interaction's id when it is a use of a slash command, by which its answer is known; else empty."""
        return msgspec.json.decode(self.body, type=_Identified).id if self.name == "INTERACTION_CREATE" else ""


class _Identified(msgspec.Struct):
    id: str


def stage(guilds: int, *, people: int = 40, channels: int = 12) -> list[Place]:
    """Guilds that nobody serves, for whoever only reads events."""
    return [
        Place(
            guild=(10 + number) << 40,
            channels=[(1000 + number * 100 + channel) << 36 for channel in range(channels)],
            people=[(2000 + person) << 38 for person in range(people)],
            roles=[(3000 + number * 100 + role) << 35 for role in range(20)],
        )
        for number in range(guilds)
    ]


MESSAGES: Final = {"MESSAGE_CREATE": 1.0}
"""Every event has a handler: the hardest for whoever runs handlers elsewhere."""

EVERYTHING: Final = {
    "MESSAGE_CREATE": 0.40,
    "PRESENCE_UPDATE": 0.196,
    "TYPING_START": 0.18,
    "MESSAGE_REACTION_ADD": 0.08,
    "MESSAGE_UPDATE": 0.04,
    "VOICE_STATE_UPDATE": 0.03,
    "GUILD_MEMBER_UPDATE": 0.03,
    "MESSAGE_REACTION_REMOVE": 0.02,
    "MESSAGE_DELETE": 0.02,
    "INTERACTION_CREATE": 0.004,
}
"""All intents."""


class Corpus:
    """A stream of events, each drawn anew; ids rise, so that none occurs twice."""

    def __init__(self, places: Sequence[Place], *, seed: int = 1, first_id: int = 1_300_000_000_000_000_000) -> None:
        self._author = Author(places, seed, first_id)

    def events(self, mix: Mapping[str, float], count: int) -> list[Event]:
        """That many, of these kinds."""
        return [
            self._event(name, self._author.kinds[name](self._author.place())) for name in self._author.draw(mix, count)
        ]

    def one_of(self, places: Sequence[Place]) -> Place:
        """Some place of these."""
        return self._author.one_of(places)

    def said(self, content: str, place: Place | None = None) -> Event:
        """A member says just this."""
        return self._event("MESSAGE_CREATE", self._author.message(place or self._author.place(), content))

    def used(self, command: str, place: Place | None = None) -> Event:
        """A member uses this slash command."""
        return self._event("INTERACTION_CREATE", self._author.interaction(place or self._author.place(), command))

    def _event(self, name: str, body: Json) -> Event:
        return Event(name, int(body["guild_id"]), msgspec.json.encode(body))


def corpus(
    places: Sequence[Place], *, mix: Mapping[str, float] = EVERYTHING, count: int = 100_000, seed: int = 1
) -> list[Event]:
    """A whole corpus at once."""
    return Corpus(places, seed=seed).events(mix, count)


def main() -> None:
    """Write a corpus to standard output."""
    for number, event in enumerate(corpus(stage(guilds=10)), start=1):
        sys.stdout.buffer.write(event.message(number) + b"\n")


if __name__ == "__main__":
    main()
