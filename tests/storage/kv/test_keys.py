"""Names as bytes: the order of LMDB is the order of the names, whatever their length."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.kv.errors import InvalidGuild, InvalidKey, InvalidStoreName, KeyTooLong
from storage.kv.keys import (
    HEAD,
    LMDB_KEY_BYTES,
    encode_guild,
    encode_key,
    encode_prefix,
    encode_store_name,
    greatest_with_prefix,
    place,
)
from storage.kv.limits import KEY_BYTES

NUMBER = b"\0\0\0\0\0\0\0\7"
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@st.composite
def long_keys(draw: st.DrawFn) -> bytes:
    """Keys that begin alike and differ where the rank begins, or in the middle of a character."""
    stem = draw(st.sampled_from(["a", "é", "語", "\U0001f338"])) * KEY_BYTES
    cut = draw(st.integers(HEAD - 8, HEAD + 4))
    text = stem.encode()[:cut].decode(errors="ignore") + draw(st.text(CHARACTERS, max_size=60))
    return text.encode()[:KEY_BYTES].decode(errors="ignore").encode() or b"a"


@settings(max_examples=500)
@given(long_keys(), long_keys())
def test_places_sort_as_keys_do(one: bytes, other: bytes) -> None:
    assert (place(NUMBER, one) < place(NUMBER, other)) == (one < other)
    assert (place(NUMBER, one) == place(NUMBER, other)) == (one == other)


@given(long_keys())
def test_every_place_fits_into_lmdb(key: bytes) -> None:
    assert len(place(NUMBER, key)) <= LMDB_KEY_BYTES
    assert len(place(NUMBER, greatest_with_prefix(key))) <= LMDB_KEY_BYTES


@given(long_keys(), st.text(CHARACTERS, max_size=20))
def test_the_greatest_key_with_a_prefix_is_a_key_and_none_is_greater(prefix: bytes, more: str) -> None:
    greatest = greatest_with_prefix(prefix)

    assert len(encode_key(greatest.decode())) == KEY_BYTES
    key = (prefix + more.encode())[:KEY_BYTES].decode(errors="ignore").encode()
    assert key <= greatest


@pytest.mark.parametrize(
    "character", ["\x01", "\x7f", "\x80", "\u07ff", "\u0800", "\uffff", "\U00010000", "\U0010ffff"]
)
def test_neighbours_at_the_ends_of_utf8_keep_their_order(character: str) -> None:
    for before in range(HEAD - 4, HEAD + 1):
        key = ("k" * before + character * 27).encode()
        assert place(NUMBER, key[: before + 4]) <= place(NUMBER, key) < place(NUMBER, key + b"\x01")


@pytest.mark.parametrize("key", ["", "a\0b", "\ud800", "a\udfff"])
def test_a_key_that_is_no_text_is_refused(key: str) -> None:
    with pytest.raises(InvalidKey):
        encode_key(key)


def test_a_key_of_512_bytes_is_taken_and_one_of_513_is_not() -> None:
    assert len(encode_key("é" * 256)) == KEY_BYTES
    with pytest.raises(KeyTooLong):
        encode_key("é" * 256 + "a")
    with pytest.raises(KeyTooLong):
        encode_prefix("a" * 513)


@pytest.mark.parametrize("name", ["", "a\0", "a\n", "\x7f", "\ud800", "é" * 33])
def test_a_store_name_that_nobody_could_write_is_refused(name: str) -> None:
    with pytest.raises(InvalidStoreName):
        encode_store_name(name, 64)


def test_a_store_name_may_be_emoji_slashes_and_dots() -> None:
    assert encode_store_name("🌸/../x", 64).decode() == "🌸/../x"


@pytest.mark.parametrize("guild", [-1, 1 << 64, True])
def test_a_guild_is_an_unsigned_64_bit_number(guild: int) -> None:
    with pytest.raises(InvalidGuild):
        encode_guild(guild)
