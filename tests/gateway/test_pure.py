"""The small pure parts: names and owners of events, intents, maps of ids, identifies, overlaps, old messages."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.events import TAIL_BYTES, OwnGuilds, Wanted, as_id, camel_case, guild_of, where
from gateway.id_map import IdMap
from gateway.identifies import PACE_S, IdentifyLedger, StartLimit
from gateway.inflate import Compression, InflateError, ZlibStream, ZstdStream
from gateway.intents import DEFAULT, Intent, UnknownIntentError, intents_of, refused_sentence
from gateway.old_messages import BYTES_PER_GUILD, MESSAGES_PER_GUILD, OldMessages
from gateway.overlap import NEW, OLD, Overlap
from storage.ids import GuildId
from tests.gateway.stub import Compressor


@pytest.mark.parametrize(
    ("name", "script_name"),
    [
        ("MESSAGE_CREATE", "messageCreate"),
        ("MESSAGE_REACTION_REMOVE_EMOJI", "messageReactionRemoveEmoji"),
        ("READY", "ready"),
        ("SOMETHING_NEW_2", "somethingNew2"),
    ],
)
def test_names(name: str, script_name: str) -> None:
    assert camel_case(name) == script_name


@pytest.mark.parametrize(
    ("name", "body", "guild"),
    [
        ("MESSAGE_CREATE", {"guild_id": "12"}, 12),
        ("MESSAGE_CREATE", {"content": '"guild_id":"13"', "guild_id": "12"}, 12),
        ("MESSAGE_CREATE", {"message_reference": {"guild_id": "13"}}, None),
        ("MESSAGE_CREATE", {"guild_id": None}, None),
        ("MESSAGE_CREATE", {"guild_id": 12}, 12),
        ("MESSAGE_CREATE", {"guild_id": "-12"}, None),
        ("MESSAGE_CREATE", {"guild_id": str(2**63)}, None),
        ("GUILD_CREATE", {"id": "12", "guild_id": "13"}, 12),
        ("GUILD_DELETE", {"id": "12", "unavailable": True}, 12),
    ],
)
def test_owners(name: str, body: object, guild: int | None) -> None:
    assert guild_of(name, msgspec.json.encode(body)) == guild


_TRICKY = st.sampled_from(['"', "\\", ',"guild_id":"7"}}', ',"guild_id":"7', "guild_id", '","guild_id":"7', "7", "}"])
_TEXTS = st.lists(_TRICKY, max_size=3).map("".join)
_NAMES = st.sampled_from(["guild_id", "a"]) | _TEXTS
_JSON = st.recursive(
    _TEXTS | st.integers(0, 9),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(_NAMES, _JSON, max_size=4))
def test_a_guild_that_is_read_from_the_end_is_the_bodys_own(body: dict[str, object]) -> None:
    """Whatever is quoted, nested or escaped before it, and in it."""
    text = msgspec.json.encode(body)
    found = OwnGuilds()[(b'{"t":"X","s":1,"op":0,"d":%b}' % text)[-TAIL_BYTES:]]
    own = body.get("guild_id")
    if found:
        assert where(text).guild_id == found
    if isinstance(own, str) and own.isdigit() and [*body][-1] == "guild_id" and len(body) > 1:
        assert found == own


def test_what_no_script_hears_of_concerns_nobody() -> None:
    wanted = Wanted(frozenset({"messageDelete", "somethingNew"}), {"GUILD_CREATE"})
    names = [b"GUILD_CREATE", b"MESSAGE_CREATE", b"MESSAGE_DELETE", b"SOMETHING_NEW", b"TYPING_START"]
    assert [wanted[name] for name in names] == ["GUILD_CREATE", "MESSAGE_CREATE", "MESSAGE_DELETE", "SOMETHING_NEW", ""]
    assert Wanted(None, ())[b"TYPING_START"] == "TYPING_START"


@given(st.text(max_size=25))
def test_an_id_is_digits_or_nothing(text: str) -> None:
    number = as_id(text)
    assert number is None or (text.isascii() and text.isdigit() and number == int(text) > 0)


def test_intents_from_what_is_configured() -> None:
    assert intents_of(["default"]) == DEFAULT
    assert intents_of([]) == Intent.GUILDS
    assert Intent.MESSAGE_CONTENT not in intents_of(["default", "-MESSAGE_CONTENT"])
    assert intents_of(["none", "guild_members"]) == Intent.GUILDS | Intent.GUILD_MEMBERS
    assert Intent.DIRECT_MESSAGES not in intents_of(["all"])
    with pytest.raises(UnknownIntentError, match="GUILD_CATS"):
        intents_of(["GUILD_CATS"])


@pytest.mark.parametrize(
    ("flags", "named", "not_named"),
    [
        (None, ["Message Content Intent", "Server Members Intent"], ["Presence"]),
        (1 << 19, ["Server Members Intent"], ["Message Content"]),
        (1 << 14, ["Message Content Intent"], ["Server Members"]),
    ],
)
def test_a_refused_intent_is_named_with_its_switch(flags: int | None, named: list[str], not_named: list[str]) -> None:
    sentence = refused_sentence(DEFAULT, flags)
    assert all(name in sentence for name in named)
    assert not any(name in sentence for name in not_named)


@given(st.lists(st.tuples(st.sampled_from(["put", "remove"]), st.integers(2, 60), st.integers(2, 2**63)), max_size=400))
def test_an_id_map_is_a_dict(steps: list[tuple[str, int, int]]) -> None:
    ours, theirs = IdMap(), dict[int, int]()
    for what, key, value in steps:
        snowflake = key << 22
        if what == "put":
            ours.put(snowflake, value)
            theirs[snowflake] = value
        else:
            assert ours.remove(snowflake) == theirs.pop(snowflake, None)
        assert ours.get(snowflake) == theirs.get(snowflake)
    assert len(ours) == len(theirs)
    assert {key: ours.get(key) for key in ours} == theirs


def test_an_id_map_does_not_grow_by_coming_and_going() -> None:
    ours = IdMap()
    for number in range(2, 20_000):
        ours.put(number, 5)
        ours.remove(number)
    assert ours.memory_bytes <= 4096


def test_identifies_keep_their_pace_by_bucket() -> None:
    ledger = IdentifyLedger(StartLimit(1000, 1000, 3600, 2), 0)
    assert [ledger.take(shard, 0) for shard in (0, 1)] == [0, 0]
    wait = ledger.take(2, 1)
    assert PACE_S - 1 < wait < PACE_S
    assert ledger.take(2, 1 + wait) == 0
    assert ledger.remaining == 997


def test_the_reserve_of_identifies_is_not_spent_before_the_day_is_over() -> None:
    ledger = IdentifyLedger(StartLimit(1000, 51, 3600, 1), 0)
    assert ledger.take(0, 0) == 0
    assert ledger.is_spent()
    assert ledger.take(0, 100) == 3500
    assert ledger.take(0, 3600) == 0
    assert ledger.remaining == 999


@given(st.lists(st.tuples(st.sampled_from([OLD, NEW]), st.sampled_from([b"a", b"b"])), max_size=40))
def test_of_two_sets_each_event_is_taken_as_often_as_one_of_them_brought_it(steps: list[tuple[int, bytes]]) -> None:
    overlap = Overlap()
    taken = [body for side, body in steps if overlap.admit(side, "X", body)]
    for body in (b"a", b"b"):
        brought = [steps.count((side, body)) for side in (OLD, NEW)]
        assert taken.count(body) == max(brought)


def test_old_messages_are_bounded_by_guild_and_together() -> None:
    loud, quiet = GuildId(1), GuildId(2)
    old = OldMessages(most=2 * BYTES_PER_GUILD)
    old.created(quiet, 1, b"kept")
    for number in range(1000):
        old.created(loud, number, b"x" * 10_000)
    assert old.memory_bytes <= BYTES_PER_GUILD + 1000
    assert old.deleted(quiet, 1) == b"kept"
    assert old.deleted(quiet, 1) is None
    for number in range(MESSAGES_PER_GUILD + 1):
        old.created(quiet, number, b"y")
    assert old.deleted(quiet, 0) is None
    for guild in range(3, 10):
        for number in range(60):
            old.created(GuildId(guild), number, b"z" * 10_000)
    assert old.memory_bytes <= 2 * BYTES_PER_GUILD
    for guild in range(1, 10):
        old.forget_guild(GuildId(guild))
    assert old.memory_bytes == 0


def test_a_partial_update_leaves_the_whole_message() -> None:
    old, guild = OldMessages(), GuildId(1)
    old.created(guild, 1, b"first")
    assert old.updated(guild, 1, b"an embed", whole=False) == b"first"
    assert old.updated(guild, 1, b"second", whole=True) == b"first"
    assert old.deleted(guild, 1) == b"second"
    assert old.updated(guild, 1, b"third", whole=True) is None


@pytest.mark.parametrize(("compression", "kind"), [(Compression.ZLIB, ZlibStream), (Compression.ZSTD, ZstdStream)])
def test_a_bomb_is_refused_while_it_unfolds(
    compression: Compression, kind: type[ZlibStream] | type[ZstdStream]
) -> None:
    compressor = Compressor(compression)
    stream = kind(most=1_000_000)
    assert list(stream.texts([compressor.compress(b"x" * 900_000)])) == [b"x" * 900_000]
    with pytest.raises(InflateError):
        list(stream.texts([compressor.compress(b"x" * 50_000_000)]))


def test_a_zlib_message_in_several_frames() -> None:
    packed = Compressor(Compression.ZLIB).compress(b'{"op":11}')
    stream = ZlibStream()
    assert list(stream.texts(packed[at : at + 3] for at in range(0, len(packed), 3))) == [b'{"op":11}']
