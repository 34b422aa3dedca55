"""Streams of a guild's log: in order, once, across breaks; named events; slow readers; and their end."""

import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest
import trio
import trio.testing

from api.cli.client import EventParser
from api.resources.logs import Filter
from api.server import Serving, serve_app
from api.streams import streams
from api.streams.sinks import unframed
from tests.api.conftest import GUILD, World
from tests.storage.tls import write_certificate

STREAM = f"/api/logs/{GUILD}/stream"


@asynccontextmanager
async def following(world: World, token: str, path: str = STREAM, **headers: str) -> AsyncIterator[Any]:
    """Gives a function that waits for the next event: its name, its data, its id."""
    sent = {"authorization": f"Bearer {token}", **headers}
    head = f"GET {path} HTTP/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in sent.items()) + "\r\n"
    async with await trio.open_tcp_stream("127.0.0.1", int(world.url.rpartition(":")[2])) as stream:
        await stream.send_all(head.encode())
        parser, buffer = EventParser(), bytearray()

        async def line() -> str:
            while b"\n" not in buffer:
                piece = await stream.receive_some()
                if not piece:
                    raise EOFError
                buffer.extend(piece)
            found, _, rest = bytes(buffer).partition(b"\n")
            buffer[:] = rest
            return found.decode().rstrip("\r")

        async def event() -> tuple[str, Any, str]:
            while True:
                found = parser.feed(await line())
                if found is not None:
                    return found[0], msgspec.json.decode(found[1]), parser.last

        assert " 200 " in await line()
        while await line() != ": flora":
            pass
        yield event


async def test_lines_come_in_order_with_their_numbers(world: World) -> None:
    token = await world.token()
    async with following(world, token) as event:
        world.logs.append(GUILD, "info", "one", "r1")
        world.logs.append(GUILD, "error", "two")
        first, second = await event(), await event()

    assert (first[0], first[1]["message"], first[1]["revision"], first[2]) == ("message", "one", "r1", "1")
    assert (second[1]["level"], second[1]["id"], second[2]) == ("error", "2", "2")


async def test_it_goes_on_after_a_break_without_a_gap_and_without_a_repeat(world: World) -> None:
    token = await world.token()
    for number in range(1, 6):
        world.logs.append(GUILD, "info", f"line {number}")
    await world.flush()

    async with following(world, token, **{"last-event-id": "2"}) as event:
        world.logs.append(GUILD, "info", "line 6")
        found = [(await event())[1]["message"] for _ in range(4)]
    async with following(world, token, f"{STREAM}?after=5") as event:
        last = (await event())[1]["message"]

    assert found == ["line 3", "line 4", "line 5", "line 6"]
    assert last == "line 6"


async def test_a_filter_holds_for_what_was_and_what_comes(world: World) -> None:
    token = await world.token()
    for level, text in (("info", "a"), ("error", "b"), ("error", "hay")):
        world.logs.append(GUILD, level, text)
    await world.flush()

    async with following(world, token, f"{STREAM}?after=0&level=warn&text=A") as event:
        world.logs.append(GUILD, "info", "a")
        world.logs.append(GUILD, "warn", "A is here")
        found = [(await event())[1]["message"] for _ in range(2)]

    assert found == ["hay", "A is here"]


async def test_deploys_are_events_of_their_own(world: World) -> None:
    token = await world.token()
    async with following(world, token) as event:
        made = (await world.deploy(token)).json()
        name, data, _ = await event()
        await world.deploy(token, 'globalThis.fails = "no";')
        kinds = {(await event())[0] for _ in range(2)}

    assert (name, data["revision"]) == ("deploy", made["revision"])
    assert kinds == {"message", "deploy_failed"}


async def test_what_is_gone_is_told_as_a_number(world: World) -> None:
    token = await world.token()
    for number in range(3):
        world.logs.append(GUILD, "info", f"old {number}")
    await world.flush()
    await world.logs.delete_guild(GUILD)
    world.logs.append(GUILD, "info", "new")
    await world.flush()

    async with following(world, token, f"{STREAM}?after=1") as event:
        dropped, line = await event(), await event()

    assert (dropped[0], dropped[1]) == ("dropped", {"missed": 2})
    assert line[1]["message"] == "new"


async def test_many_readers_and_one_that_does_not_read(world: World) -> None:
    token = await world.token()
    port = int(world.url.rpartition(":")[2])
    stuck = await trio.open_tcp_stream("127.0.0.1", port)
    await stuck.send_all(f"GET {STREAM} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n".encode())
    counts = [0] * 10

    async def run(number: int, task_status: trio.TaskStatus[None]) -> None:
        async with following(world, token) as event:
            task_status.started()
            for expected in range(1, 301):
                assert int((await event())[2]) == expected
                counts[number] += 1

    async with trio.open_nursery() as nursery:
        for number in range(10):
            await nursery.start(run, number)
        for number in range(300):
            world.logs.append(GUILD, "info", f"{number} {'x' * 4000}")

    assert counts == [300] * 10
    await stuck.aclose()


class Held:
    """A sink that takes nothing at once, and what is written when it is let."""

    frame = staticmethod(unframed)

    def __init__(self) -> None:
        self.text = b""
        self.may = trio.Event()
        self.asked = trio.Event()

    def put(self, framed: bytes) -> int:  # noqa: ARG002
        return 0

    async def write(self, framed: bytes | memoryview) -> None:
        self.asked.set()
        await self.may.wait()
        self.text += bytes(framed)


async def test_a_reader_that_fell_behind_the_memory_reads_from_disk(world: World) -> None:
    world.logs.append(GUILD, "info", "first")
    await world.flush()
    sink = Held()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(world.api.streams.push, GUILD, _every(), 0, sink)
        await sink.asked.wait()  # with its greeting
        for number in range(700):
            world.logs.append(GUILD, "info", f"line {number}")
        await world.flush()
        await trio.testing.wait_all_tasks_blocked(0.2)
        assert world.api.streams._feeds[GUILD].last == 701
        sink.may.set()
        while b"line 699" not in sink.text:  # noqa: ASYNC110 -- no event says it
            await trio.sleep(0.01)
        nursery.cancel_scope.cancel()

    ids = [int(line[4:]) for line in sink.text.decode().splitlines() if line.startswith("id: ")]
    assert ids == list(range(1, 702))


async def test_everything_is_let_go_when_readers_leave_and_streams_end_first(world: World) -> None:
    token = await world.token()
    async with following(world, token) as event:
        assert world.api.streams.count == 1
        world.api.streams.close()
        with pytest.raises(EOFError):
            await event()

    told = await world.ask("GET", STREAM, token)
    assert (told.status_code, told.json()["code"]) == (503, "closing")
    assert world.api.streams.count == 0
    assert "0 guilds" in repr(world.api.streams)


async def test_a_reader_whose_token_is_revoked_hears_no_more(world: World) -> None:
    full = await world.token()
    made = (await world.ask("POST", "/api/tokens", full, json={"scopes": ["read"]})).json()
    async with following(world, full) as other, following(world, made["token"]) as event:
        world.logs.append(GUILD, "info", "heard")
        assert (await event())[1]["message"] == "heard"
        await world.ask("DELETE", f"/api/tokens/{made['token_id']}", full)
        with pytest.raises(EOFError):
            await event()
        assert (await other())[1]["message"] == "heard"


async def test_a_right_that_ends_elsewhere_is_looked_for_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "CHECK_S", -1.0)
    async with following(world, await world.token()) as event:
        world.people.bits.clear()
        world.api.streams._feeds[GUILD].readers.copy().popitem()[0].wake()
        with pytest.raises(EOFError):
            await event()


async def test_who_leaves_frees_all_there_was(world: World) -> None:
    token = await world.token()
    async with following(world, token):
        assert repr(world.api.streams) == "<Streams: 1 readers of 1 guilds>"

    while world.api.streams.count:  # noqa: ASYNC110 -- it has to be seen first that the client is gone
        await trio.sleep(0.01)
    assert repr(world.api.streams) == "<Streams: 0 readers of 0 guilds>"
    await trio.testing.wait_all_tasks_blocked()
    assert world.logs.followers == 0


async def test_the_old_spelling_answers_too(world: World) -> None:
    token = await world.token()
    world.logs.append(GUILD, "info", "here")
    await world.flush()

    old = await world.ask("GET", f"/logs?guild={GUILD}", token)
    new = await world.ask("GET", f"/api/logs/{GUILD}", token)

    assert old.json() == new.json()
    assert [one["message"] for one in new.json()] == ["here"]
    assert (await world.ask("GET", "/logs?guild=7", token)).status_code == 403


async def test_pages_of_a_log_go_back_to_its_beginning(world: World) -> None:
    token = await world.token()
    for number in range(1, 8):
        world.logs.append(GUILD, "info", str(number))
    await world.flush()
    pages: list[list[str]] = []
    query: dict[str, Any] = {"limit": 3}
    while True:
        told = await world.ask("GET", f"/api/logs/{GUILD}", token, params=query)
        pages.append([one["message"] for one in told.json()])
        if "x-next-cursor" not in told.headers:
            break
        query["before"] = told.headers["x-next-cursor"]

    assert pages == [["5", "6", "7"], ["2", "3", "4"], ["1"]]


def _every() -> Any:
    from api.resources.logs import _wanted

    return _wanted(Filter())


def _chunks(body: bytes) -> bytes:
    """What chunks of HTTP/1.1 hold; fails where they are not whole."""
    held = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        held += body[:length]
        assert body[length : length + 2] == b"\r\n"
        body = body[length + 2 :]
    return held


async def test_a_connection_that_takes_little_at_a_time_gets_whole_chunks_and_an_end(world: World) -> None:
    token = await world.token()
    with socket.socket() as narrow:
        narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        narrow.setblocking(False)  # noqa: FBT003
        async with trio.SocketStream(trio.socket.from_stdlib_socket(narrow)) as stream:
            await stream.socket.connect(("127.0.0.1", int(world.url.rpartition(":")[2])))
            head = f"GET {STREAM} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n"
            await stream.send_all(head.encode())
            received = bytearray()
            while b": flora" not in received:
                received += await stream.receive_some()
            for number in range(1_500):
                world.logs.append(GUILD, "info", f"{number} {'x' * 7_000}")
            while b"1499 xxx" not in received:
                received += await stream.receive_some()
            world.api.streams.close()
            while piece := await stream.receive_some():
                received += piece

    events = _chunks(bytes(received).partition(b"\r\n\r\n")[2])
    ids = [int(line[4:]) for line in events.decode().splitlines() if line.startswith("id: ")]
    assert ids == list(range(1, 1_501))
    assert received.endswith(b"\r\n0\r\n\r\n")


async def test_readers_whose_connection_is_encrypted_get_the_same(world: World, tmp_path: Path) -> None:
    certificate, token = write_certificate(tmp_path), await world.token()
    stop, texts = trio.Event(), list[str]()

    async def read(version: str, url: str, task_status: trio.TaskStatus[None]) -> None:  # noqa: ASYNC114
        context = ssl.create_default_context(cafile=str(certificate))
        async with (
            httpx2.AsyncClient(verify=context, http2=version == "HTTP/2", trust_env=False) as client,
            client.stream("GET", f"{url}{STREAM}", headers={"authorization": f"Bearer {token}"}) as told,
        ):
            assert told.http_version == version
            task_status.started()
            texts.append("".join([text async for text in told.aiter_text()]))

    async with trio.open_nursery() as nursery:
        serving = Serving(certificate=certificate, key=certificate)
        (url,) = await nursery.start(serve_app, world.api.app, serving, stop)
        async with trio.open_nursery() as readers:
            for version in ("HTTP/1.1", "HTTP/2"):
                await readers.start(read, version, url)
            for number in range(50):
                world.logs.append(GUILD, "info", f"line {number}")
            await world.flush()
            while world.api.streams._feeds[GUILD].last < 50:  # noqa: ASYNC110 -- no event says it
                await trio.sleep(0.01)
            while any(reader.place < 50 or reader.rest for reader in world.api.streams._feeds[GUILD].readers):  # noqa: ASYNC110
                await trio.sleep(0.01)
            stop.set()

    assert [text.count("\nid: ") for text in texts] == [50, 50]


async def test_who_asks_only_for_the_head_gets_it_and_an_end(world: World) -> None:
    told = await world.ask("HEAD", STREAM, await world.token())

    assert (told.status_code, told.headers["content-type"]) == (200, "text/event-stream")


async def test_one_guild_has_at_most_half_of_all_streams(opener: Any) -> None:
    async with opener({"API_STREAMS": "4"}) as world:
        operator = await world.operator()
        async with following(world, operator), following(world, operator):
            told = await world.ask("GET", STREAM, operator)
            async with following(world, operator, "/api/logs/7/stream"):
                pass

    assert (told.status_code, told.json()["code"]) == (503, "too_many_streams")


async def test_a_sign_of_life_comes_when_nothing_else_does(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT_S", 0.01)
    sink = Held()
    sink.may.set()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(world.api.streams.push, GUILD, _every(), None, sink)
        while b": still here\n\n" not in sink.text:  # noqa: ASYNC110 -- no event says it
            await trio.sleep(0.01)
        nursery.cancel_scope.cancel()
