"""Input checks, ids, limits, and values that must not show."""

import copy
import math
import pickle
from dataclasses import fields, replace
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from storage.checks import Json, check_name, check_text, encode_json
from storage.confidential import Secret, ServerUrl
from storage.errors import InvalidInput
from storage.ids import guild_id, user_id
from storage.limits import FINITE, StorageLimits

json_values = some.recursive(
    some.none()
    | some.booleans()
    | some.integers(-(2**53), 2**53)
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(some.characters(codec="utf-8", exclude_characters="\0")),
    lambda inner: (
        some.lists(inner) | some.dictionaries(some.text(some.characters(codec="utf-8", exclude_characters="\0")), inner)
    ),
    max_leaves=20,
)


@settings(max_examples=50, deadline=None)
@given(json_values)
def test_json_reads_back(value: Json) -> None:
    assert msgspec.json.decode(encode_json("x", value, math.inf)) == value


@settings(max_examples=50, deadline=None)
@given(some.text(some.characters()), some.integers(1, 50))
def test_text_is_taken_or_refused_and_never_changed(text: str, limit: int) -> None:
    try:
        assert check_text("x", text, limit) == text
    except InvalidInput as refused:
        assert refused.field == "x"  # noqa: PT017 (one of two allowed ends)
        return
    assert 0 < len(text.encode()) <= limit
    assert "\0" not in text


def test_json_that_is_none_is_refused_by_name() -> None:
    deep: Any = []
    for _ in range(100):
        deep = [deep]
    cyclic: list[Any] = []
    cyclic.append(cyclic)
    wrong: list[Any] = [
        deep,
        cyclic,
        {1: 2},
        {"a": b"x"},
        [object()],
        math.nan,
        -math.inf,
        "\0",
        {"\ud800": 1},
        {"a"},
        "x" * 99,
    ]
    for value in wrong:
        with pytest.raises(InvalidInput, match="detail"):
            encode_json("detail", value, 64)


@pytest.mark.parametrize("name", ["", " a", "a ", "a\nb", "a\u202eb", "a\0", "\ud800", "é" * 33])
def test_a_name_that_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="name"):
        check_name("name", name, 64)


@pytest.mark.parametrize("number", [0, -1, 2**63, 2**64])
def test_an_id_that_discord_cannot_give_is_refused_by_name(number: int) -> None:
    with pytest.raises(InvalidInput, match="guild id must lie above 0 and below"):
        guild_id(number)
    with pytest.raises(InvalidInput, match="user id"):
        user_id(number)
    assert guild_id(2**63 - 1) == 2**63 - 1


def test_every_limit_may_be_turned_off_but_not_by_zero() -> None:
    for limit in fields(StorageLimits):
        wrong = [0, -1, math.nan]
        if limit.name.endswith(FINITE):
            wrong.append(math.inf)
        else:
            replace(StorageLimits(), **changed(limit.name, math.inf))
        for value in wrong:
            with pytest.raises(ValueError, match=limit.name):
                replace(StorageLimits(), **changed(limit.name, value))


def changed(name: str, value: float) -> dict[str, Any]:
    return {name: value}


def test_a_secret_shows_nowhere_but_where_it_is_revealed() -> None:
    secret = Secret("hunter2")
    shown = [
        repr(secret),
        str(secret),
        f"{secret}",
        f"{secret:>10}",
        repr([secret]),
        repr({"a": secret}),
    ]
    assert all("hunter2" not in text for text in shown)
    assert secret.reveal() == "hunter2"
    assert secret == Secret("hunter2") != Secret("other")
    for leave in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError, match="not pickled"):
            leave(secret)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            "postgresql://bob:p%40ss@db.example:5432/flora?sslmode=require",
            "postgresql://***@db.example:5432/flora?***",
        ),
        ("rediss://:p@ss@cache:6380/0", "rediss://***@cache:6380/0"),
        ("postgresql://db/flora?password=p@ss", "postgresql://db/flora?***"),
        ("unix:///run/valkey.sock", "unix:///run/valkey.sock"),
        ("http://[p@ss", "***"),
    ],
)
def test_a_url_shows_where_but_not_how(url: str, shown: str) -> None:
    assert repr(ServerUrl(url)) == str(ServerUrl(url)) == shown
    assert "p@ss" not in repr([ServerUrl(url)])
