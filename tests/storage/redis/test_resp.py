"""RESP: what is written, what is read from pieces of any size, and what is no answer. And where a cache is."""

import ssl
from pathlib import Path
from typing import Any

import pytest

from storage.redis.address import CacheAddress, parse_address
from storage.redis.resp import AnswerReader, BrokenAnswerError, RefusedError, command_bytes

ANSWERS: dict[bytes, Any] = {
    b"+OK\r\n": b"OK",
    b":-12\r\n": -12,
    b"$-1\r\n": None,
    b"$0\r\n\r\n": b"",
    b"$7\r\na\r\nb\0\xff\r\r\n": b"a\r\nb\0\xff\r",
    b"*-1\r\n": None,
    b"*0\r\n": [],
    b"*3\r\n:1\r\n*2\r\n$1\r\na\r\n$-1\r\n+x\r\n": [1, [b"a", None], b"x"],
}


def test_a_command_may_hold_any_bytes() -> None:
    assert (
        command_bytes("SET", "ü", b"\r\n\0", 12) == b"*4\r\n$3\r\nSET\r\n$2\r\n\xc3\xbc\r\n$3\r\n\r\n\0\r\n$2\r\n12\r\n"
    )


@pytest.mark.parametrize("sent", ANSWERS, ids=repr)
def test_an_answer_is_the_same_in_one_piece_and_byte_by_byte(sent: bytes) -> None:
    slowly = AnswerReader()

    assert AnswerReader().feed(sent) == [ANSWERS[sent]]
    assert [slowly.feed(sent[at : at + 1]) for at in range(len(sent) - 1)] == [[]] * (len(sent) - 1)
    assert slowly.feed(sent[-1:]) == [ANSWERS[sent]]


def test_a_refusal_is_an_answer() -> None:
    (refused,) = AnswerReader().feed(b"-WRONGPASS no\r\n")
    assert isinstance(refused, RefusedError)
    assert str(refused) == "WRONGPASS no"


@pytest.mark.parametrize(
    "sent", [b"HTTP/1.1 400\r\n", b"$x\r\n", b"$1\r\nab\r\n", b"+OK\r\n+OK\r\n", b"*1\r\n" * 20, b"%0\r\n"], ids=repr
)
def test_what_is_no_answer_is_told(sent: bytes) -> None:
    with pytest.raises(BrokenAnswerError):
        AnswerReader().feed(sent)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://cache", CacheAddress("cache", 6379, "", 0, "", "")),
        ("valkey://ann:p%40ss@[::1]:7000/3", CacheAddress("::1", 7000, "", 3, "ann", "p@ss")),
        ("redis://:secret@cache:1?db=2", CacheAddress("cache", 1, "", 2, "", "secret")),
        ("unix:///run/a%20b.sock?db=4", CacheAddress("localhost", 6379, "/run/a b.sock", 4, "", "")),
    ],
)
def test_an_address_is_read(url: str, address: CacheAddress) -> None:
    assert parse_address(url) == address
    assert "secret" not in repr(parse_address(url))


def test_tls_is_verified_unless_the_operator_says_otherwise() -> None:
    usual, lax = (parse_address(f"{scheme}").tls for scheme in ("rediss://cache", "valkeys://cache?ssl_cert_reqs=none"))

    assert usual is not None
    assert lax is not None
    assert (usual.verify_mode, usual.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert (lax.verify_mode, lax.check_hostname) == (ssl.CERT_NONE, False)


@pytest.mark.parametrize(
    "url", ["http://cache", "redis://cache/x", "redis://cache:x", "redis://cache?ssl_ca_certs=a", "redis://cache?wat=1"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  which words it has, the operator does not read
        parse_address(url)


def test_a_certificate_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        parse_address(f"rediss://cache?ssl_ca_certs={tmp_path / 'ca.pem'}")
