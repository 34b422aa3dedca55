"""Interactions over HTTP: signatures first, then the same way as those of the gateway."""

import pytest
import trio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from actors.refs import GuildEvent
from gateway.interactions_endpoint import BODY_BYTES, STALE_S, InteractionsEndpoint, PublicKeyError
from tests.gateway.world import World

KEY = Ed25519PrivateKey.generate()
NOW = 1_800_000_000
COMMAND = b'{"type":2,"id":"55","token":"secret","guild_id":"12"}'


def signed(body: bytes, at: int = NOW) -> tuple[str, str, bytes]:
    return KEY.sign(str(at).encode() + body).hex(), str(at), body


def endpoint() -> tuple[InteractionsEndpoint, list[GuildEvent]]:
    world = World()
    gateway = world.gateway()
    key = KEY.public_key().public_bytes_raw().hex()
    return InteractionsEndpoint(
        key, gateway.inbound.interaction, world.runtime.deliver, lambda: NOW
    ), world.runtime.taken


def test_a_ping_is_answered() -> None:
    ours, taken = endpoint()
    answer = ours.answer(*signed(b'{"type":1}'))
    assert (answer.status, answer.body) == (200, b'{"type":1}')
    assert taken == []


async def test_a_command_reaches_its_guild_once() -> None:
    await trio.lowlevel.checkpoint()  # interactions are told by trio's clock
    ours, taken = endpoint()
    assert ours.answer(*signed(COMMAND)).status == 202
    assert ours.answer(*signed(COMMAND)).status == 202
    assert [(event.guild, event.name, event.payload) for event in taken] == [(12, "interactionCreate", COMMAND)]


@pytest.mark.parametrize(
    ("signature", "timestamp"),
    [
        (None, str(NOW)),
        ("", str(NOW)),
        ("zz", str(NOW)),
        ("00" * 64, str(NOW)),
        (signed(COMMAND)[0], None),
        (signed(COMMAND)[0], str(NOW + 1)),
        (signed(COMMAND)[0][:-2], str(NOW)),
        (signed(COMMAND, NOW - STALE_S - 1)[0], str(NOW - STALE_S - 1)),
        (signed(COMMAND)[0], "9" * 400),
    ],
)
async def test_what_discord_did_not_sign_now_is_refused(signature: str | None, timestamp: str | None) -> None:
    await trio.lowlevel.checkpoint()  # interactions are told by trio's clock
    ours, taken = endpoint()
    assert ours.answer(signature, timestamp, COMMAND).status == 401
    assert taken == []
    assert ours.refused == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"type":"x"}', b'{"type":2}', b"\xff", b"[" * 100_000])
async def test_what_makes_no_sense_is_refused(body: bytes) -> None:
    await trio.lowlevel.checkpoint()  # interactions are told by trio's clock
    ours, taken = endpoint()
    assert ours.answer(*signed(body)).status == 400
    assert taken == []


def test_too_much_is_refused_before_it_is_looked_at() -> None:
    ours, _ = endpoint()
    assert ours.answer("x", "y", bytes(BODY_BYTES + 1)).status == 413


@pytest.mark.parametrize("key", ["", "xyz", "00", "00" * 33])
def test_a_public_key_that_is_none_is_refused_with_a_sentence(key: str) -> None:
    with pytest.raises(PublicKeyError, match="developer portal"):
        InteractionsEndpoint(key, lambda _: None, lambda _: None, lambda: NOW)
