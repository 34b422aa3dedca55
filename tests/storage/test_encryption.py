"""The key ring and its file."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from storage.cipher import KEY_BYTES
from storage.confidential import Secret
from storage.encryption import (
    KEY_FILE,
    KeyRing,
    Sealed,
    add_key_to_file,
    key_id,
    merge_keys,
    parse_key,
    ring_from_file,
    ring_from_texts,
)
from storage.errors import KeyRefused
from storage.ids import guild_id

GUILD = guild_id(5)
A, B = b"a" * KEY_BYTES, b"b" * KEY_BYTES


@settings(max_examples=50, deadline=None)
@given(some.text(), some.text())
def test_what_is_sealed_opens(name: str, text: str) -> None:
    ring = KeyRing([A])
    try:
        text.encode()
        name.encode()
    except UnicodeEncodeError:
        return
    assert ring.open(GUILD, name, ring.seal(GUILD, name, Secret(text))) == Secret(text)


def test_every_bit_of_a_row_counts() -> None:
    ring = KeyRing([A])
    sealed = ring.seal(GUILD, "name", Secret("value"))
    for place in range(8 * len(sealed.ciphertext)):
        altered = bytearray(sealed.ciphertext)
        altered[place // 8] ^= 1 << place % 8
        with pytest.raises(KeyRefused, match="altered"):
            ring.open(GUILD, "name", Sealed(sealed.key_id, sealed.nonce, bytes(altered)))
    for guild, name, nonce in [
        (6, "name", sealed.nonce),
        (5, "nam", sealed.nonce),
        (5, "name", b""),
        (5, "name", bytes(12)),
    ]:
        with pytest.raises(KeyRefused, match="altered"):
            ring.open(guild_id(guild), name, Sealed(sealed.key_id, nonce, sealed.ciphertext))


def test_the_first_key_seals_and_all_open() -> None:
    old = KeyRing([A]).seal(GUILD, "n", Secret("v"))
    both = KeyRing([B, A])

    assert both.open(GUILD, "n", old) == Secret("v")
    assert both.seal(GUILD, "n", Secret("v")).key_id == key_id(B) == both.active
    assert both.key_ids == {key_id(A), key_id(B)}
    with pytest.raises(KeyRefused, match=f"needs key {key_id(A)}"):
        KeyRing([B]).open(GUILD, "n", old)


def test_equal_values_look_different() -> None:
    ring = KeyRing([A])
    assert ring.seal(GUILD, "n", Secret("v")) != ring.seal(GUILD, "n", Secret("v"))


def test_a_ring_shows_no_key() -> None:
    ring = KeyRing([A])
    assert "aaaa" not in repr(ring)
    assert A.hex() not in repr(ring)
    assert "ciphertext" not in repr(ring.seal(GUILD, "n", Secret("v")))


@pytest.mark.parametrize("text", ["", "00", "zz" * 32, "0" * 63, "0" * 66, "é" * 64])
def test_a_key_that_is_none_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(KeyRefused, match="64 hexadecimal digits") as refused:
        parse_key(Secret(text))
    assert not text or text not in str(refused.value)


def test_rings_are_not_empty_and_keys_are_whole() -> None:
    with pytest.raises(KeyRefused, match="no key"):
        ring_from_texts([])
    with pytest.raises(KeyRefused, match="32 bytes"):
        KeyRing([b"short"])


def test_the_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first = ring_from_file(tmp_path)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert ring_from_file(tmp_path).active == first.active
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_a_new_key_is_put_in_front(tmp_path: Path) -> None:
    old = ring_from_file(tmp_path)
    new = add_key_to_file(tmp_path)
    assert new.active != old.active
    assert old.active in new.key_ids


def test_a_backups_keys_are_put_behind(tmp_path: Path) -> None:
    ours = ring_from_file(tmp_path)
    merged = merge_keys(tmp_path, A.hex() + "\n")
    assert merged.active == ours.active
    assert key_id(A) in merged.key_ids
    assert merge_keys(tmp_path, A.hex()).key_ids == merged.key_ids
    with pytest.raises(KeyRefused):
        merge_keys(tmp_path, "nonsense")


def test_a_key_file_that_others_can_read_or_nobody_is_refused(tmp_path: Path) -> None:
    ring_from_file(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o644)
    with pytest.raises(KeyRefused, match="chmod 600"):
        ring_from_file(tmp_path)
    (tmp_path / KEY_FILE).unlink()
    (tmp_path / KEY_FILE).mkdir(mode=0o700)
    with pytest.raises(KeyRefused, match="IsADirectory"):
        ring_from_file(tmp_path)
    with pytest.raises(KeyRefused, match="cannot be used"):
        ring_from_file(tmp_path / "none")
