"""A shard against a scripted gateway: what is said on the wire, and what reaches the runtime."""

import msgspec
import pytest
import trio

from gateway.envelope import Opcode
from gateway.events import Wanted
from gateway.inflate import Compression
from gateway.session import StoredSession
from gateway.websocket import SocketOpener, open_line_socket
from gateway.websocket_library import open_library_socket
from tests.gateway.shard import Kept, make_shard, running
from tests.gateway.stub import Peer, event_text, open_stub, server_frame

OPENERS: list[SocketOpener] = [open_line_socket, open_library_socket]


@pytest.fixture(name="opener", params=OPENERS, ids=["ours", "trio-websocket"])
def _opener(request: pytest.FixtureRequest) -> SocketOpener:
    opener: SocketOpener = request.param
    return opener


async def begin(peer: Peer, url: str) -> None:
    """Hello, identify, READY as event 1."""
    await peer.hello()
    await peer.expect(2)
    await peer.ready(resume_url=url)


@pytest.mark.parametrize("compression", list(Compression))
async def test_a_first_session(opener: SocketOpener, compression: Compression) -> None:
    gone: list[int | None] = []

    async def script(peer: Peer) -> None:
        assert compression is Compression.NONE or f"compress={compression.value}" in peer.target
        await begin(peer, "ws://nowhere.invalid")
        await peer.events([event_text(number, "MESSAGE_CREATE", {"id": str(number)}) for number in range(2, 102)])
        await peer.event(102, "MESSAGE_CREATE", {"id": "102", "content": "ä€𝄞"})
        gone.append(await peer.until_gone())

    async with open_stub(script) as stub:
        async with running(make_shard(stub.url, compression, opener=opener)) as shard:
            await shard.kept.until(101)
        await stub.done.wait()
    assert [body["id"] for body in shard.kept.bodies] == [str(number) for number in range(2, 103)]
    assert shard.kept.bodies[-1]["content"] == "ä€𝄞"
    assert shard.kept.said == ["ready session-1", "live"]
    assert shard.leaves == [0]
    assert gone == [4000]
    stored = shard.session.stored()
    assert stored is not None
    assert stored.sequence == 102


async def test_one_wake_up_is_one_batch() -> None:
    async def script(peer: Peer) -> None:
        await begin(peer, "")
        await peer.events([event_text(number, "TYPING_START", {}) for number in range(2, 502)])
        await peer.until_gone()

    async with open_stub(script) as stub, running(make_shard(stub.url)) as shard:
        await shard.kept.until(500)
    assert len(shard.kept.batches) < 10


async def test_a_dropped_connection_is_resumed_and_nothing_is_doubled(opener: SocketOpener) -> None:
    async def first(peer: Peer) -> None:
        await begin(peer, stub.url)
        await peer.events([event_text(number, "TYPING_START", {"n": number}) for number in (2, 3)])
        await shard.kept.until(2)
        await peer.drop()

    async def second(peer: Peer) -> None:
        await peer.hello()
        said = await peer.expect(6)
        assert said["d"]["seq"] == 3
        await peer.events([event_text(number, "TYPING_START", {"n": number}) for number in (3, 4)])
        await peer.event(5, "RESUMED", {})
        await peer.event(6, "TYPING_START", {"n": 6})
        await peer.until_gone()

    async with open_stub(first, second) as stub:
        shard = make_shard(stub.url, opener=opener)
        async with running(shard):
            await shard.kept.until(4)
    assert [body["n"] for body in shard.kept.bodies] == [2, 3, 4, 6]
    assert shard.leaves == [0], "one identify"
    assert shard.session.repeated == 1
    assert shard.connection.statistics.resumes == 1


@pytest.mark.parametrize("op", [7, 9])
async def test_told_to_leave_and_to_come_back(op: int) -> None:
    """Ops 7 and 9 (d: true): closes with 4000, comes back, resumes."""
    codes: list[int | None] = []

    async def first(peer: Peer) -> None:
        await begin(peer, stub.url)
        await peer.say(op, True)  # noqa: FBT003  Discord's d
        codes.append(await peer.until_gone())

    async def second(peer: Peer) -> None:
        await peer.hello()
        await peer.expect(6)
        await peer.event(2, "RESUMED", {})
        codes.append(await peer.until_gone())

    async with open_stub(first, second) as stub, running(make_shard(stub.url)) as shard:
        await shard.kept.until_said("live", 2)
    assert codes[0] == 4000
    assert shard.leaves == [0]


async def test_a_session_that_is_gone_is_begun_anew() -> None:
    async def first(peer: Peer) -> None:
        await peer.hello()
        await peer.expect(6)
        await peer.say(9, False)  # noqa: FBT003
        await peer.until_gone()

    async def second(peer: Peer) -> None:
        await begin(peer, stub.url)
        await peer.until_gone()

    async with open_stub(first, second) as stub:
        shard = make_shard(stub.url, stored=StoredSession("old", "", 99, 1))
        async with running(shard):
            await shard.kept.until_said("live")
    assert shard.kept.said == ["ready session-1", "live"]


async def test_a_wrong_token_ends_it_with_a_sentence(opener: SocketOpener) -> None:
    async def script(peer: Peer) -> None:
        await peer.hello()
        await peer.expect(2)
        await peer.close(4004)
        await peer.until_gone()

    async with open_stub(script) as stub, running(make_shard(stub.url, opener=opener)) as shard:
        await shard.done.wait()
    assert shard.ended is not None
    assert shard.ended.code == 4004
    assert "DISCORD_TOKEN" in str(shard.ended)
    assert stub.connections == 1


async def test_what_makes_no_sense_is_skipped_and_counted() -> None:
    async def script(peer: Peer) -> None:
        await begin(peer, "")
        for text in (b"{", b'{"op":0,"d":{"a":"\xff"},"s":2,"t":"X"}', b'{"d":1}', b'{"op":"x"}', b"[]", b"\xff\xfe"):
            await peer.text(text)
            await peer.text(text)
        await peer.say(0, {"no": "name"})
        await peer.say(99, {})
        await peer.say(99, {})
        await peer.text(b'{"op":0,"d":' + b"[" * 100_000 + b"]" * 100_000 + b',"s":3,"t":"X"}')
        await peer.text(b'{"t":"X","s":3,"op":0,"d":{"a":1}')
        await peer.text(b'{"t":"X","s":3,"op":0,"d":{"a":"\xff"}}')
        await peer.event(4, "SOMETHING_NEW", {"well": "formed"})
        await peer.until_gone()

    async with open_stub(script) as stub, running(make_shard(stub.url)) as shard:
        await shard.kept.until(1)
    assert shard.kept.names == ["SOMETHING_NEW"]
    assert shard.connection.statistics.skipped == {"payload": 15, "event": 1, "opcode 99": 2}
    assert stub.connections == 1


async def test_an_event_is_the_same_however_it_is_written() -> None:
    """Discord has one order and no spaces, which is read faster; nothing depends on it."""
    bodies = [b'{"guild_id":"12"}', b' { "guild_id" : "12" , "x":"\xc3\xa9" } ', b'["no object"]', b'{"d":{"op":0}}']
    forms = [
        b'{"t":"X","s":%d,"op":0,"d":%b}',
        b'{"t":"X","s":%d,"op":0,"d":%b,"more":[1]}',
        b'{"t":"X","s":%d,"op":0,"more":{},"d":%b}',
        b'{"op":0,"d":%b,"s":%d,"t":"X"}',
        b' {"t": "X", "s": %d, "op": 0, "d": %b} ',
    ]
    count = len(bodies) * len(forms)

    async def script(peer: Peer) -> None:
        await begin(peer, "")
        number = 1
        for body in bodies:
            for form in forms:
                number += 1
                await peer.text(form % ((number, body) if form.startswith((b'{"t"', b" ")) else (body, number)))
        await peer.until_gone()

    async with open_stub(script) as stub, running(make_shard(stub.url)) as shard:
        await shard.kept.until(count)
    assert shard.kept.names == ["X"] * count
    assert shard.kept.bodies == [msgspec.json.decode(body) for body in bodies for _ in forms]
    assert shard.connection.session.sequence == count + 1
    assert not shard.connection.statistics.skipped


async def test_what_concerns_nobody_is_numbered_and_counted_and_not_looked_at() -> None:
    async def script(peer: Peer) -> None:
        await begin(peer, "")
        await peer.text(b'{"t":"TYPING_START","s":2,"op":0,"d":{"no": json}}')
        await peer.event(3, "MESSAGE_CREATE", {"n": 3})
        await peer.event(4, "TYPING_START", {})
        await peer.event(4, "TYPING_START", {})
        await peer.text(b'{"t":"TYPING_START","s":5,"op":0,"d":{')
        await peer.event(6, "TYPING_START", {})
        await peer.event(7, "MESSAGE_CREATE", {"n": 7})
        await peer.until_gone()

    kept = Kept(names_wanted=Wanted(frozenset({"messageCreate"}), {"READY"}))
    async with open_stub(script) as stub, running(make_shard(stub.url, kept=kept)) as shard:
        await shard.kept.until(2)
    assert [body["n"] for body in kept.bodies] == [3, 7]
    assert kept.passed_over == 3
    assert (shard.session.sequence, shard.session.repeated) == (7, 1)
    assert shard.connection.statistics.events == 5
    assert shard.connection.statistics.skipped == {"payload": 1}


@pytest.mark.parametrize("compression", [Compression.ZLIB, Compression.ZSTD])
async def test_a_broken_stream_is_resumed(compression: Compression) -> None:
    """The events before the garbage are taken, the ones behind it come again."""

    async def first(peer: Peer) -> None:
        await begin(peer, stub.url)
        await peer.raw(peer.packed(event_text(2, "TYPING_START", {"n": 2})) + server_frame(b"garbage\0\0\xff\xff"))
        await peer.event(3, "TYPING_START", {"n": 3})
        assert await peer.until_gone() == 4000

    async def second(peer: Peer) -> None:
        await peer.hello()
        assert (await peer.expect(6))["d"]["seq"] == 2
        await peer.event(3, "TYPING_START", {"n": 3})
        await peer.event(4, "RESUMED", {})
        await peer.until_gone()

    async with open_stub(first, second) as stub:
        shard = make_shard(stub.url, compression)
        async with running(shard):
            await shard.kept.until(2)
    assert [body["n"] for body in shard.kept.bodies] == [2, 3]


async def test_a_broken_frame_is_resumed() -> None:
    async def first(peer: Peer) -> None:
        await begin(peer, stub.url)
        await peer.raw(server_frame(b"x", 0xF2))
        await peer.until_gone()

    async def second(peer: Peer) -> None:
        await peer.hello()
        await peer.expect(6)
        await peer.event(2, "RESUMED", {})
        await peer.until_gone()

    async with open_stub(first, second) as stub:
        shard = make_shard(stub.url)
        async with running(shard):
            await shard.kept.until_said("live", 2)
    assert shard.leaves == [0]


async def test_a_half_open_socket_is_noticed_by_its_heartbeat() -> None:
    """The peer keeps TCP open and says nothing more, neither to heartbeats nor to the close."""

    async def first(peer: Peer) -> None:
        await peer.hello(50)
        await peer.expect(2)
        await peer.ready(resume_url=stub.url)
        await resumed.wait()

    async def second(peer: Peer) -> None:
        await peer.hello()
        await peer.expect(6)
        resumed.set()
        await peer.event(2, "RESUMED", {})
        await peer.until_gone()

    resumed = trio.Event()
    async with open_stub(first, second) as stub:
        shard = make_shard(stub.url)
        async with running(shard):
            await shard.kept.until_said("live", 2)
    assert shard.leaves == [0]


async def test_heartbeats_carry_the_last_number_and_late_answers_count() -> None:
    async def script(peer: Peer) -> None:
        await peer.hello(1000)
        said = await peer.next()
        while said["op"] != 2:
            await peer.say(11)
            said = await peer.next()
        await peer.ready(resume_url="")
        await peer.event(2, "TYPING_START", {})
        for _ in range(3):
            said = await peer.next()
            assert said["op"] == 1
            numbers.append(said["d"])
            await trio.sleep(0.5)  # half an interval: late, and in time
            await peer.say(11)
        enough.set()
        await peer.until_gone()

    numbers: list[int] = []
    enough = trio.Event()
    async with open_stub(script) as stub, running(make_shard(stub.url)) as shard:
        await enough.wait()
    assert numbers[-1] == 2
    assert stub.connections == 1
    assert shard.leaves == [0]


async def test_a_guild_of_three_mebibytes_and_pings_on_the_way(opener: SocketOpener) -> None:
    text = event_text(2, "GUILD_CREATE", {"id": "1", "members": ["x" * 100] * 30_000})
    assert len(text) > 3_000_000

    async def script(peer: Peer) -> None:
        await begin(peer, "")
        whole = server_frame(b"ping", 0x89) + peer.packed(text)
        for at in range(0, len(whole), 50_000):
            await peer.raw(whole[at : at + 50_000])
        await peer.until_gone()

    async with open_stub(script) as stub, running(make_shard(stub.url, opener=opener)) as shard:
        await shard.kept.until(1)
    assert len(shard.kept.bodies[0]["members"]) == 30_000


async def test_sends_wait_until_live_and_are_bounded() -> None:
    async def script(peer: Peer) -> None:
        await peer.hello()
        await peer.expect(2)
        await go_on.wait()
        await peer.ready(resume_url="")
        received.append(await peer.expect(8))
        heard.set()
        await peer.until_gone()

    go_on, heard = trio.Event(), trio.Event()
    received: list[object] = []
    async with open_stub(script) as stub, running(make_shard(stub.url)) as shard:
        with pytest.raises(trio.TooSlowError):
            await shard.connection.send(Opcode.REQUEST_MEMBERS, {"guild_id": "1"}, 0.05)
        go_on.set()
        await shard.connection.send(Opcode.REQUEST_MEMBERS, {"guild_id": "2"}, 5)
        await heard.wait()
        with pytest.raises(ValueError, match="4,096"):
            await shard.connection.send(Opcode.REQUEST_MEMBERS, {"x": "y" * 5000}, 5)
    assert received == [{"op": 8, "d": {"guild_id": "2"}}]


async def test_a_gateway_that_drops_every_connection_costs_no_identify() -> None:
    attempts = 0
    enough = trio.Event()

    async def script(peer: Peer) -> None:
        nonlocal attempts
        attempts += 1
        await peer.drop()
        if attempts == 3:
            enough.set()

    async with open_stub(script, repeat=True) as stub, running(make_shard(stub.url)) as shard:
        await enough.wait()
    assert shard.leaves == []


async def test_stopped_before_it_began_it_ends_at_once() -> None:
    async with open_stub() as stub:
        shard = make_shard(stub.url)
        shard.connection.stop()
        async with running(shard):
            await shard.done.wait()
    assert stub.connections == 0


async def test_stopped_in_a_pause_it_ends_at_once() -> None:
    async def script(peer: Peer) -> None:
        await peer.drop()

    async with open_stub(script) as stub:
        shard = make_shard(stub.url)
        shard.session.failures = 9  # the next pause has half a minute
        async with running(shard):
            await stub.done.wait()
    assert shard.done.is_set()
