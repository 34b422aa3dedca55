"""Storms: many shards, many losses. Nothing is lost or doubled, no identify is wasted, and memory stays flat."""

from collections.abc import Sequence

import pytest
import trio
import trio.testing

from gateway.envelope import Dispatch
from gateway.session import StoredSession
from gateway.turns import Turns
from tests.gateway.shard import Kept, make_shard, running
from tests.gateway.stub import Peer, event_text, open_stub
from tests.gateway.world import World

SHARDS = 16


async def test_sixteen_shards_identify_one_after_another_and_resume_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line falls at once: all sixteen come back without an identify."""
    monkeypatch.setattr("gateway.identifies.PACE_S", 0.0)
    monkeypatch.setattr("gateway.identifies._ROOM_S", 0.01)
    identified: list[int] = []
    resumed: list[int] = []
    storm, all_back = trio.Event(), trio.Event()

    async def script(peer: Peer) -> None:
        await peer.hello()
        said = await peer.expect(2, 6)
        if said["op"] == 2:
            shard: int = said["d"]["shard"][0]
            identified.append(shard)
            await peer.ready(session=f"session-{shard}", resume_url=stub.url)
            await storm.wait()
            await peer.drop()
            return
        resumed.append(int(said["d"]["session_id"].removeprefix("session-")))
        await peer.event(said["d"]["seq"] + 1, "RESUMED", {})
        if len(resumed) == SHARDS:
            all_back.set()
        await peer.until_gone()

    world = World()
    world.api.shards = SHARDS
    async with open_stub(script, repeat=True) as stub, world.running(stub.url) as gateway:
        await gateway.shards.wait_live()
        storm.set()
        await all_back.wait()
    assert sorted(identified) == list(range(SHARDS)), "each once"
    assert sorted(resumed) == list(range(SHARDS))
    stored = {key: session for key, session in world.sessions.sessions.items() if session is not None}
    assert {shard for shard, _ in stored} == set(range(SHARDS))


async def test_a_storm_of_reconnects_loses_nothing() -> None:
    """Op 7 in the midst of every batch: what comes behind it comes again, and is taken once."""
    rounds, each = 30, 50

    async def script(peer: Peer) -> None:
        await peer.hello()
        begun: int = (await peer.expect(6))["d"]["seq"]
        texts = [event_text(n, "TYPING_START", {"n": n}) for n in range(begun + 1, begun + 1 + 2 * each)]
        texts.insert(each, b'{"op":7,"d":null}')
        await peer.events([*texts[:1], event_text(begun, "TYPING_START", {"n": begun}), *texts[1:]])
        await peer.until_gone()

    async with open_stub(script, repeat=True) as stub:
        shard = make_shard(stub.url, stored=StoredSession("session", stub.url, 1, 1))
        shard.session._chance = lambda: 0.0
        async with running(shard):
            while len(shard.kept.names) < rounds * each:
                shard.session.failures = 0  # pauses grow; their growth is tested with the session
                await shard.kept.changed.wait()
    numbers = [body["n"] for body in shard.kept.bodies]
    assert numbers == list(range(2, 2 + len(numbers)))
    assert shard.leaves == []


class Largest(Kept):
    """Keeps only how many came, and how many at once."""

    largest = 0

    def events(self, shard: int, batch: Sequence[Dispatch]) -> None:
        assert shard == 0
        self.largest = max(self.largest, len(batch))
        self.names += ["seen"] * len(batch)
        self._change()


async def test_an_endless_sender_is_held_one_batch_at_a_time() -> None:
    count, text = 20_000, "x" * 1000

    async def script(peer: Peer) -> None:
        await peer.hello()
        await peer.expect(2)
        await peer.ready(resume_url="")
        for begun in range(2, count + 2, 500):
            await peer.events([event_text(n, "TYPING_START", {"text": text}) for n in range(begun, begun + 500)])
        await peer.until_gone()

    kept = Largest()
    async with open_stub(script) as stub, running(make_shard(stub.url, kept=kept)):
        await kept.until(count)
    assert kept.largest < 1000, "a read is bounded, and so is what is made of it"


async def test_turns_are_taken_by_the_lowest_and_survive_a_cancel() -> None:
    turns, taken = Turns(), list[int]()

    async def take(number: int) -> None:
        async with turns.turn_of(number):
            taken.append(number)

    async with trio.open_nursery() as nursery:
        async with turns.turn_of(0):
            for number in (5, 3, 4):
                nursery.start_soon(take, number)
            with trio.move_on_after(0):
                await take(1)
            await trio.testing.wait_all_tasks_blocked()
        await trio.testing.wait_all_tasks_blocked()
    assert taken == [3, 4, 5]
