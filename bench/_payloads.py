"""The bodies of made-up gateway events: every shape is Discord's, and every name, text and number is invented."""

import itertools
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeAlias

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A guild."""

    guild: int
    channels: Sequence[int]
    people: Sequence[int]
    roles: Sequence[int]


_TALK: Final = (
    "anyone did the raid last night we lost again but only just so bring more potions and maybe a healer this time ok "
    "i think the new map is better than people say it has rain and the bridge does not fall down when you look at it "
    "who wants to play later tonight after dinner around nine or so no sorry cannot tomorrow is an exam wish me luck "
    "good luck have you seen my charger it is under the desk like always thanks you are the best see you all soon"
)
_WORDS: Final = _TALK.split()
_NAMES: Final = ("otter", "maple", "comet", "pixel", "ember", "fjord", "quartz", "willow", "badger", "noodle")
_EMOJI: Final = ("\U0001f44d", "\U0001f602", "\u2764\ufe0f", "\U0001f389", "\U0001f440", "\U0001f525")
_GAMES: Final = ("Shard Runners", "Deep Garden", "Kartoffel Karts", "A Quiet Forest")
_BORN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_YEARS_MS: Final = 10**11
_MS_FROM_ID: Final = 22
_PERMISSIONS: Final = "2248473465835073"
_KEPT: Final = 500
"""Messages that later events may be about."""


class Author:
    """Makes bodies; knows what was said before."""

    def __init__(self, places: Sequence[Place], seed: int, first_id: int) -> None:
        self._chance = random.Random(seed)
        self._places = places
        # Whatever is drawn depends on a place among the others, not on ids: so two stages of one form
        # have the same events but for these.
        self._guilds = {place.guild: number for number, place in enumerate(places)}
        everybody = dict.fromkeys(person for place in places for person in place.people)
        self._people = {person: number for number, person in enumerate(everybody)}
        self._ids = itertools.count(first_id, 1 << _MS_FROM_ID)
        self._said: list[Json] = []
        self.kinds: Mapping[str, Callable[[Place], Json]] = {
            "MESSAGE_CREATE": self.message,
            "MESSAGE_UPDATE": self._edit,
            "MESSAGE_DELETE": self._delete,
            "MESSAGE_REACTION_ADD": self._reaction,
            "MESSAGE_REACTION_REMOVE": lambda place: self._reaction(place, removed=True),
            "TYPING_START": self._typing,
            "PRESENCE_UPDATE": self._presence,
            "VOICE_STATE_UPDATE": self._voice,
            "GUILD_MEMBER_UPDATE": self._member_update,
            "INTERACTION_CREATE": self.interaction,
        }

    def next_id(self) -> str:
        return str(next(self._ids))

    def draw(self, mix: Mapping[str, float], count: int) -> list[str]:
        return self._chance.choices(list(mix), weights=list(mix.values()), k=count)

    def place(self) -> Place:
        return self.one_of(self._places)

    def one_of(self, places: Sequence[Place]) -> Place:
        return self._chance.choice(places)

    # -- people

    def _user(self, person: int) -> Json:
        number = self._people[person]
        name = f"{_NAMES[number % len(_NAMES)]}_{number}"
        return {
            "id": str(person),
            "username": name,
            "global_name": name.title(),
            "discriminator": "0",
            "avatar": f"{(number + 1) * 0x9E3779B97F4A7C15_F39CC0605CEDC835 % (1 << 128):032x}",
            "avatar_decoration_data": None,
            "public_flags": number % 3 * 64,
            "bot": False,
            "clan": None,
            "primary_guild": None,
        }

    def _member(self, place: Place, person: int) -> Json:
        """As it stands beside a user: without one of its own."""
        chosen = random.Random(self._people[person] << 32 | self._guilds[place.guild])
        held = chosen.sample(list(place.roles), min(len(place.roles), chosen.randrange(6)))
        return {
            "roles": [str(role) for role in held],
            "premium_since": None,
            "pending": False,
            "nick": None if chosen.random() < 0.7 else f"the {chosen.choice(_NAMES)}",
            "mute": False,
            "deaf": False,
            "joined_at": "2024-03-05T18:22:11.123000+00:00",
            "flags": 0,
            "communication_disabled_until": None,
            "banner": None,
            "avatar": None,
        }

    def _sentence(self) -> str:
        # Most of what is said is short, and some of it is not.
        words = 1 + min(60, int(self._chance.expovariate(1 / 9)))
        return " ".join(self._chance.choices(_WORDS, k=words))

    def _time(self, identity: str) -> str:
        return (_BORN + timedelta(milliseconds=(int(identity) >> _MS_FROM_ID) % _YEARS_MS)).isoformat(
            "T", "microseconds"
        )

    # -- messages

    def message(self, place: Place, content: str | None = None) -> Json:
        """Who wrote is always a member; a fifth mentions somebody, a sixth answers, a tenth embeds, some attach."""
        chance = self._chance
        author, identity = chance.choice(place.people), self.next_id()
        body: Json = {
            "type": 0,
            "tts": False,
            "timestamp": self._time(identity),
            "pinned": False,
            "nonce": identity,
            "mentions": [self._mentioned(place) for _ in range(chance.random() < 0.2)],
            "mention_roles": [],
            "mention_everyone": False,
            "member": self._member(place, author),
            "id": identity,
            "flags": 0,
            "embeds": [self._embed() for _ in range(chance.random() < 0.1)],
            "edited_timestamp": None,
            "content": self._sentence() if content is None else content,
            "components": [],
            "channel_type": 0,
            "channel_id": str(chance.choice(place.channels)),
            "author": self._user(author),
            "attachments": [self._attachment() for _ in range(chance.random() < 0.05)],
            "guild_id": str(place.guild),
        }
        if self._said and content is None and chance.random() < 1 / 6:
            self._answer(body)
        self._remember(body)
        return body

    def _remember(self, body: Json) -> None:
        if len(self._said) < _KEPT:
            self._said.append(body)
        else:
            self._said[self._chance.randrange(_KEPT)] = body

    def _answer(self, body: Json) -> None:
        to = self._chance.choice(self._said)
        if to["guild_id"] != body["guild_id"]:
            return
        reference = {"type": 0, "channel_id": to["channel_id"], "message_id": to["id"], "guild_id": to["guild_id"]}
        quoted = {name: value for name, value in to.items() if name not in {"referenced_message", "member", "guild_id"}}
        body |= {"type": 19, "channel_id": to["channel_id"], "message_reference": reference}
        body["referenced_message"] = quoted

    def _mentioned(self, place: Place) -> Json:
        number = self._chance.choice(place.people)
        return self._user(number) | {"member": self._member(place, number)}

    def _embed(self) -> Json:
        page = f"https://example.com/{self._chance.randrange(10**6)}"
        return {
            "type": "article",
            "url": page,
            "title": self._sentence(),
            "description": f"{self._sentence()}. {self._sentence()}.",
            "color": self._chance.randrange(1 << 24),
            "provider": {"name": "Example", "url": "https://example.com"},
            "thumbnail": {
                "url": f"{page}.png",
                "proxy_url": f"{page}.png?size=80",
                "width": 640,
                "height": 360,
                "flags": 0,
            },
            "content_scan_version": 2,
        }

    def _attachment(self) -> Json:
        identity = self.next_id()
        return {
            "id": identity,
            "filename": "screenshot.png",
            "size": self._chance.randrange(10_000, 2_000_000),
            "url": f"https://cdn.example.com/{identity}/screenshot.png?ex=67a1b2c3&is=67a06143&hm={'c' * 64}",
            "proxy_url": f"https://media.example.com/{identity}/screenshot.png?ex=67a1b2c3&is=67a06143&hm={'c' * 64}",
            "width": 1920,
            "height": 1080,
            "content_type": "image/png",
            "content_scan_version": 2,
            "placeholder": "kPgFDIJ3d4dvd3aAh3d3d3d4dw==",
            "placeholder_version": 1,
        }

    def _earlier(self, place: Place) -> Json:
        return self._chance.choice(self._said) if self._said else self.message(place)

    def _edit(self, place: Place) -> Json:
        said = self._earlier(place)
        return said | {"content": self._sentence(), "edited_timestamp": self._time(self.next_id())}

    def _delete(self, place: Place) -> Json:
        said = self._earlier(place)
        return {name: said[name] for name in ("id", "channel_id", "guild_id")}

    def _reaction(self, place: Place, *, removed: bool = False) -> Json:
        said = self._earlier(place)
        home = next(one for one in self._places if str(one.guild) == said["guild_id"])
        number = self._chance.choice(home.people)
        body: Json = {
            "user_id": str(number),
            "type": 0,
            "message_id": said["id"],
            "emoji": {"name": self._chance.choice(_EMOJI), "id": None},
            "channel_id": said["channel_id"],
            "burst": False,
            "guild_id": said["guild_id"],
        }
        added = {"message_author_id": said["author"]["id"], "member": self._whole_member(home, number)}
        return body if removed else body | added

    # -- who is there

    def _whole_member(self, place: Place, number: int) -> Json:
        return self._member(place, number) | {"user": self._user(number)}

    def _typing(self, place: Place) -> Json:
        number = self._chance.choice(place.people)
        return {
            "user_id": str(number),
            "timestamp": 1_790_000_000 + (int(self.next_id()) >> _MS_FROM_ID) // 1000 % 1_000_000,
            "member": self._whole_member(place, number),
            "channel_id": str(self._chance.choice(place.channels)),
            "guild_id": str(place.guild),
        }

    def _presence(self, place: Place) -> Json:
        status = self._chance.choice(("online", "idle", "dnd", "offline"))
        game: Json = {
            "type": 0,
            "name": self._chance.choice(_GAMES),
            "id": f"{self._chance.getrandbits(64):x}",
            "created_at": 1_790_000_000_000 + self._chance.randrange(10**9),
            "timestamps": {"start": 1_790_000_000_000},
            "application_id": str(self._chance.getrandbits(60)),
            "details": self._sentence(),
        }
        return {
            "user": {"id": str(self._chance.choice(place.people))},
            "status": status,
            "guild_id": str(place.guild),
            "client_status": {} if status == "offline" else {"desktop": status},
            "activities": [game] if status != "offline" and self._chance.random() < 0.5 else [],
        }

    def _voice(self, place: Place) -> Json:
        """Who joins, mutes or leaves."""
        number = self._chance.choice(place.people)
        quiet, leaves = self._chance.random() < 0.5, self._chance.random() < 0.3
        return {
            "user_id": str(number),
            "suppress": False,
            "session_id": f"{self._chance.getrandbits(128):032x}",
            "self_video": False,
            "self_mute": quiet,
            "self_deaf": False,
            "request_to_speak_timestamp": None,
            "mute": False,
            "deaf": False,
            "member": self._whole_member(place, number),
            "guild_id": str(place.guild),
            "channel_id": None if leaves else str(self._chance.choice(place.channels)),
        }

    def _member_update(self, place: Place) -> Json:
        number = self._chance.choice(place.people)
        return self._whole_member(place, number) | {"guild_id": str(place.guild)}

    # -- commands

    def interaction(self, place: Place, name: str = "hello") -> Json:
        """A member used a slash command without options."""
        number, identity = self._chance.choice(place.people), self.next_id()
        channel = str(self._chance.choice(place.channels))
        return {
            "version": 1,
            "type": 2,
            "token": f"aW50ZXJhY3Rpb246{identity}{'k' * 120}",
            "member": self._whole_member(place, number) | {"permissions": _PERMISSIONS},
            "locale": "en-GB",
            "id": identity,
            "guild_locale": "en-US",
            "guild_id": str(place.guild),
            "guild": {"locale": "en-US", "id": str(place.guild), "features": []},
            "entitlements": [],
            "entitlement_sku_ids": [],
            "data": {"type": 1, "name": name, "id": "1200000000000000001"},
            "context": 0,
            "channel_id": channel,
            "channel": {"type": 0, "name": "general", "id": channel, "guild_id": str(place.guild), "position": 1,
                        "flags": 0, "permissions": _PERMISSIONS, "parent_id": None, "last_message_id": None},
            "authorizing_integration_owners": {"0": str(place.guild)},
            "attachment_size_limit": 10_485_760,
            "application_id": "1200000000000000000",
            "app_permissions": _PERMISSIONS,
        }  # fmt: skip
