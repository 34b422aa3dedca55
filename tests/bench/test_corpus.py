"""The corpus: the same for everybody, in the mix that was asked for, and about things that exist."""

import hashlib
import json
import re
from collections import Counter

import pytest

from bench._corpus import EVERYTHING, MESSAGES, Corpus, corpus, stage
from bench._payloads import Place


def test_a_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    places = stage(3)

    assert corpus(places, count=300, seed=5) == corpus(places, count=300, seed=5)
    assert corpus(places, count=300, seed=5) != corpus(places, count=300, seed=6)


def test_the_bytes_are_those_that_everybody_had() -> None:
    """Whoever changes the corpus makes every result of before another's: measure all anew, and then this."""
    bodies = b"\n".join(event.body for event in corpus(stage(10), count=2_000))

    assert hashlib.sha256(bodies).hexdigest() == "d7595c969883d4fa6079edf4905f95e536e6c4a2f4ca43859f371842fb98aad3"


def test_stages_that_differ_in_ids_alone_have_events_that_differ_in_ids_alone() -> None:
    """Each bot of the race meets a Discord of its own, with ids of its own."""
    places = stage(3)
    others = [
        Place(place.guild + 1, [one + 1 for one in place.channels], [one + 1 for one in place.people], place.roles)
        for place in places
    ]

    for event, other in zip(corpus(places, count=1_000), corpus(others, count=1_000), strict=True):
        assert re.sub(rb"[0-9]{12,}", b"", event.body) == re.sub(rb"[0-9]{12,}", b"", other.body)
        assert len(event.body) == len(other.body)


def test_every_kind_occurs_as_often_as_its_share() -> None:
    found = Counter(event.name for event in corpus(stage(5), count=5_000))

    assert sum(EVERYTHING.values()) == pytest.approx(1)
    assert set(found) == set(EVERYTHING)
    for name, share in EVERYTHING.items():
        assert found[name] / 5_000 == pytest.approx(share, abs=0.03)
    assert {event.name for event in corpus(stage(1), mix=MESSAGES, count=50)} == {"MESSAGE_CREATE"}


def test_every_event_is_about_a_guild_of_the_stage_and_its_people() -> None:
    places = {place.guild: place for place in stage(4)}

    for event in corpus(list(places.values()), count=2_000):
        body, place = json.loads(event.body), places[event.guild]
        assert int(body["guild_id"]) == place.guild
        assert body.get("channel_id") is None or int(body["channel_id"]) in place.channels
        who = (
            [body["user_id"]]
            if "user_id" in body
            else [body[part]["id"] for part in ("author", "user") if part in body]
        )
        assert all(int(one) in place.people for one in who)


def test_messages_have_the_sizes_that_were_measured_and_embeds_mentions_and_replies_occur() -> None:
    bodies = [event.body for event in corpus(stage(10), mix=MESSAGES, count=2_000)]
    messages = [json.loads(body) for body in bodies]

    assert 800 < sorted(map(len, bodies))[1_000] < 1_300
    assert len({message["id"] for message in messages}) == 2_000
    for part in ("embeds", "mentions", "attachments", "referenced_message"):
        assert any(message.get(part) for message in messages), part


def test_what_is_said_and_used_on_purpose() -> None:
    made = Corpus(stage(2))
    used = made.used("hello")

    assert json.loads(made.said("!ping 1").body)["content"] == "!ping 1"
    assert json.loads(used.body)["data"]["name"] == "hello"
    assert json.loads(used.body)["id"] == used.command
    assert made.said("!ping 1").command == ""


def test_an_event_is_sent_as_a_gateway_does() -> None:
    event = Corpus(stage(1)).said("hello")

    assert json.loads(event.message(7)) == {"op": 0, "t": "MESSAGE_CREATE", "s": 7, "d": json.loads(event.body)}
