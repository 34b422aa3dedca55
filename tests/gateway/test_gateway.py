"""The inbound half as a whole, against a scripted gateway on loopback."""

import pytest
import trio

from actors.outcomes import RunOutcome
from gateway.shards import shard_of
from storage.ids import GuildId
from tests.gateway.stub import Peer, Stub, open_stub
from tests.gateway.world import World

GUILD = GuildId(41771983423143937)
CHANNEL = 41771983423143940


def guild_body(guild: int = GUILD) -> dict[str, object]:
    return {
        "id": str(guild),
        "owner_id": "7",
        "roles": [{"id": str(guild), "permissions": "1024"}],
        "channels": [{"id": str(CHANNEL), "type": 0}],
        "members": [{"user": {"id": "900"}, "roles": []}],
    }


def message(number: int, text: str) -> dict[str, object]:
    return {
        "id": str(number),
        "guild_id": str(GUILD),
        "channel_id": str(CHANNEL),
        "content": text,
        "author": {"id": "5"},
    }


async def begin(peer: Peer, stub: Stub, guilds: tuple[int, ...] = (GUILD,)) -> None:
    await peer.hello()
    await peer.expect(2)
    await peer.ready(resume_url=stub.url, guilds=guilds)
    for number, guild in enumerate(guilds, 2):
        await peer.event(number, "GUILD_CREATE", guild_body(guild))


async def test_events_reach_the_runtime_by_guild_and_by_the_names_of_scripts() -> None:
    async def script(peer: Peer) -> None:
        await begin(peer, stub)
        await peer.event(3, "MESSAGE_CREATE", message(1000, "before"))
        await peer.event(4, "MESSAGE_UPDATE", message(1000, "after"))
        await peer.event(5, "MESSAGE_DELETE", {"id": "1000", "guild_id": str(GUILD), "channel_id": str(CHANNEL)})
        await peer.event(6, "MESSAGE_CREATE", {"id": "1", "channel_id": "2", "content": "a direct message"})
        await peer.event(7, "MESSAGE_REACTION_ADD", {"guild_id": str(GUILD)})
        await peer.until_gone()

    world = World()
    world.runtime.ours = [GUILD]
    async with open_stub(script) as stub, world.running(stub.url) as gateway:
        await world.runtime.until(5)
        assert gateway.state.cache.guild_of_channel(CHANNEL) == GUILD
        assert gateway.inbound.dropped == {"listed": 1, "no guild": 1}
    taken = world.runtime.taken
    assert [event.name for event in taken] == [
        "ready",
        "messageCreate",
        "messageUpdate",
        "messageDelete",
        "messageReactionAdd",
    ]
    assert {event.guild for event in taken} == {GUILD}
    assert b"before" in (taken[2].old or b"")
    assert b"after" in (taken[3].old or b"")
    assert taken[4].old is None


async def test_what_nobody_listens_to_goes_no_further_and_is_not_kept() -> None:
    async def script(peer: Peer) -> None:
        await begin(peer, stub)
        await peer.event(3, "TYPING_START", {"guild_id": str(GUILD)})
        await peer.event(4, "MESSAGE_CREATE", message(1000, "before"))
        await peer.event(5, "MESSAGE_DELETE", {"id": "1000", "guild_id": str(GUILD), "channel_id": str(CHANNEL)})
        await peer.event(6, "MESSAGE_REACTION_ADD", {"guild_id": str(GUILD)})
        await peer.until_gone()

    world = World()
    world.runtime.listened = frozenset({"interactionCreate", "messageReactionAdd"})
    async with open_stub(script) as stub, world.running(stub.url) as gateway:
        await world.runtime.until(1)
        assert gateway.inbound.dropped == {"listed": 1, "nobody listens": 3}
        assert gateway.old.memory_bytes == 0
    assert [event.name for event in world.runtime.taken] == ["messageReactionAdd"]


async def test_who_hears_of_deleted_messages_is_told_what_they_were_though_not_of_new_ones() -> None:
    async def script(peer: Peer) -> None:
        await begin(peer, stub)
        await peer.event(3, "MESSAGE_CREATE", message(1000, "before"))
        await peer.event(4, "MESSAGE_DELETE", {"id": "1000", "guild_id": str(GUILD), "channel_id": str(CHANNEL)})
        await peer.until_gone()

    world = World()
    world.runtime.listened = frozenset({"messageDelete"})
    async with open_stub(script) as stub, world.running(stub.url):
        await world.runtime.until(1)
    (event,) = world.runtime.taken
    assert b"before" in (event.old or b"")


async def test_a_forwarded_message_in_a_direct_message_reaches_no_guild() -> None:
    """Its only guild id is nested, and is not its own."""

    async def script(peer: Peer) -> None:
        await begin(peer, stub)
        await peer.event(3, "MESSAGE_CREATE", {"id": "1", "message_reference": {"guild_id": str(GUILD)}})
        await peer.event(4, "TYPING_START", {"guild_id": str(GUILD)})
        await peer.until_gone()

    world = World()
    async with open_stub(script) as stub, world.running(stub.url):
        await world.runtime.until(1)
    assert [event.name for event in world.runtime.taken] == ["typingStart"]


async def test_a_daemon_that_starts_again_resumes() -> None:
    async def first(peer: Peer) -> None:
        await begin(peer, stub)
        await peer.event(3, "TYPING_START", {"guild_id": str(GUILD)})
        assert await peer.until_gone() == 4000

    async def second(peer: Peer) -> None:
        await peer.hello()
        assert (await peer.expect(6))["d"]["seq"] == 3
        await peer.event(4, "TYPING_START", {"guild_id": str(GUILD)})
        await peer.event(5, "RESUMED", {})
        await peer.until_gone()

    world = World()
    async with open_stub(first, second) as stub:
        async with world.running(stub.url):
            await world.runtime.until(1)
        async with world.running(stub.url):
            await world.runtime.until(2)
    assert [event.name for event in world.runtime.taken] == ["typingStart", "typingStart"]


async def test_a_removed_guild_is_archived_after_the_grace_and_brought_back() -> None:
    async def script(peer: Peer) -> None:
        await begin(peer, stub)
        await peer.event(3, "GUILD_DELETE", {"id": str(GUILD), "unavailable": True})
        await peer.event(4, "GUILD_CREATE", guild_body())
        await peer.event(5, "GUILD_DELETE", {"id": str(GUILD)})
        await world.keeper.until(1)
        await peer.event(6, "GUILD_CREATE", guild_body())
        await peer.event(7, "GUILD_CREATE", guild_body(GUILD + 1))
        await peer.until_gone()

    world = World(grace_s=0.05)
    async with open_stub(script) as stub, world.running(stub.url):
        await world.keeper.until(3)
    assert world.keeper.done == [("archive", GUILD), ("bring back", GUILD), ("welcome", GUILD + 1)]
    assert [event.name for event in world.runtime.taken] == ["guildDelete", "guildCreate", "guildCreate"]


async def test_a_guild_that_was_removed_while_flora_was_away_is_archived() -> None:
    async def script(peer: Peer) -> None:
        await begin(peer, stub, guilds=())
        await peer.until_gone()

    world = World(grace_s=0.05)
    world.runtime.ours = [GUILD]
    async with open_stub(script) as stub, world.running(stub.url):
        await world.keeper.until(1)
    assert world.keeper.done == [("archive", GUILD)]


async def test_a_member_is_answered_when_the_script_fails() -> None:
    interaction = {"id": "555", "token": "secret", "type": 2, "guild_id": str(GUILD)}

    async def script(peer: Peer) -> None:
        await begin(peer, stub)
        await peer.event(3, "INTERACTION_CREATE", interaction)
        await peer.event(4, "INTERACTION_CREATE", interaction | {"id": "556", "token": "other"})
        await peer.until_gone()

    world = World()
    async with open_stub(script) as stub, world.running(stub.url) as gateway:
        await world.runtime.until(2)
        first, second = world.runtime.taken
        gateway.state.interactions.answered(556)
        for event in (second, first, first):
            gateway.state.unanswered.on_outcome(event.guild, event.name, event.payload, RunOutcome.THREW)
        await world.api.heard.wait()
    ((number, token, text),) = world.api.said
    assert (number, token) == (555, "secret")
    assert "an error was thrown" in text


async def test_a_refused_intent_names_its_switch() -> None:
    async def script(peer: Peer) -> None:
        await peer.hello()
        await peer.expect(2)
        await peer.close(4014)
        await peer.until_gone()

    world = World()
    world.api.flags = 1 << 15  # members are allowed, message content is not
    async with open_stub(script) as stub, world.running(stub.url) as gateway:
        await gateway.shards.ended.wait()
        assert gateway.shards.failure is not None
        assert "Message Content Intent" in str(gateway.shards.failure)
        assert "Server Members" not in str(gateway.shards.failure)


async def test_a_token_that_discord_refuses_ends_it_before_any_socket() -> None:
    world = World()
    world.api.refuses = True
    async with world.running("ws://nowhere.invalid") as gateway:
        await gateway.shards.ended.wait()
        assert "DISCORD_TOKEN" in str(gateway.shards.failure)


async def test_members_are_asked_for_and_gathered() -> None:
    async def script(peer: Peer) -> None:
        await begin(peer, stub)
        said = (await peer.expect(8))["d"]
        assert said["guild_id"] == str(GUILD)
        for index in (0, 1):
            chunk = {"guild_id": str(GUILD), "nonce": said["nonce"], "chunk_index": index, "chunk_count": 2}
            await peer.event(3 + index, "GUILD_MEMBERS_CHUNK", chunk | {"members": [{"user": {"id": str(index)}}]})
        await peer.until_gone()

    world = World()
    async with open_stub(script) as stub, world.running(stub.url) as gateway:
        await gateway.shards.wait_live()
        with trio.fail_after(5):
            members = await gateway.asking.members(GUILD)
    assert members.members == [b'{"user":{"id":"0"}}', b'{"user":{"id":"1"}}']


async def test_resharding_delivers_every_event_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.shards.OVERLAP_S", 0.1)
    monkeypatch.setattr("gateway.identifies.PACE_S", 0.1)
    world = World()
    peers: list[Peer] = []

    async def first(peer: Peer) -> None:
        await begin(peer, stub)
        peers.append(peer)
        await peer.until_gone()

    async def later(peer: Peer) -> None:
        await peer.hello()
        shard = (await peer.expect(2))["d"]["shard"][0]
        mine = shard_of(GUILD, 2) == shard
        await peer.ready(resume_url=stub.url, guilds=(GUILD,) if mine else ())
        if mine:
            for sequence, number in enumerate((1, 2, 1), 2):  # the third is equal to the first, and another event
                await peers[0].event(sequence + 1, "TYPING_START", {"guild_id": str(GUILD), "n": number})
                await peer.event(sequence, "TYPING_START", {"guild_id": str(GUILD), "n": number})
        await peer.until_gone()

    async with open_stub(first, later, later) as stub, world.running(stub.url) as gateway:
        await gateway.shards.wait_live()
        await gateway.shards.reshard(2)
        assert gateway.shards.count == 2
    assert [event.payload[-2:-1] for event in world.runtime.taken] == [b"1", b"2", b"1"]
