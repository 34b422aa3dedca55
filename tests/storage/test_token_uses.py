"""Last uses, held back."""

from datetime import UTC, datetime, timedelta

from storage.ids import TokenId
from storage.token_uses import MOST, TokenUses

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_each_tokens_latest_use_is_drained_once() -> None:
    uses = TokenUses()
    uses.note(TokenId(1), NOW)
    uses.note(TokenId(1), NOW - timedelta(hours=1))
    uses.note(TokenId(2), NOW)

    assert uses.drain() == {TokenId(1): NOW, TokenId(2): NOW}
    assert uses.drain() == {}


def test_the_number_held_back_is_bounded() -> None:
    uses = TokenUses()
    for number in range(MOST + 10):
        uses.note(TokenId(number + 1), NOW)
    uses.note(TokenId(1), NOW + timedelta(hours=1))

    drained = uses.drain()
    assert len(drained) == MOST
    assert drained[TokenId(1)] == NOW + timedelta(hours=1)
