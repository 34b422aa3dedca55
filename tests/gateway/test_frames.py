"""Our frame reader, fed in pieces of any size, beside wsproto as the other side."""

import pytest
import wsproto
from hypothesis import given
from hypothesis import strategies as st
from wsproto.events import BytesMessage, CloseConnection, Ping

from gateway.frames import Closed, FrameReader, Opcode, close_body, frame
from tests.gateway.stub import server_frame


def fed(reader: FrameReader, data: bytes, sizes: list[int]) -> list[bytes]:
    """Feed the data in pieces, of these sizes by turns."""
    messages: list[bytes] = []
    at, turn = 0, 0
    while at < len(data):
        size = sizes[turn % len(sizes)]
        messages += reader.feed(data[at : at + size])
        at, turn = at + size, turn + 1
    return messages


@given(
    st.lists(st.one_of(st.binary(max_size=300), st.integers(65_000, 70_000)), max_size=8),
    st.lists(st.integers(1, 70_000), min_size=1, max_size=5),
)
def test_messages_come_out_whole_and_in_order_however_they_are_cut(drawn: list[bytes | int], sizes: list[int]) -> None:
    """A long body is drawn as its length: hypothesis writes out what it drew when something fails."""
    bodies = [bytes(one) for one in drawn]
    data = b"".join(server_frame(body) for body in bodies)
    assert fed(FrameReader(), data, sizes) == bodies


@given(st.lists(st.binary(max_size=50), min_size=1, max_size=6), st.integers(1, 20))
def test_a_message_in_several_frames_is_put_together_around_control_frames(parts: list[bytes], size: int) -> None:
    data = server_frame(parts[0], 0x02 if len(parts) > 1 else 0x82)
    for number, part in enumerate(parts[1:], 2):
        data += server_frame(b"ping", 0x89) + server_frame(part, 0x80 if number == len(parts) else 0x00)
    reader = FrameReader()
    assert fed(reader, data, [size]) == [b"".join(parts)]
    assert reader.pings == [b"ping"] * (len(parts) - 1)


def test_what_a_library_sends_is_read() -> None:
    server = wsproto.connection.Connection(wsproto.ConnectionType.SERVER)
    data = server.send(BytesMessage(data=b"x" * 70_000)) + server.send(Ping(b"p"))
    data += server.send(CloseConnection(code=4009, reason="session timed out"))
    reader = FrameReader()
    assert fed(reader, data, [1000]) == [b"x" * 70_000]
    assert reader.closed == Closed(4009, "session timed out")


@given(st.binary(max_size=70_000))
def test_what_we_send_a_library_reads(body: bytes) -> None:
    server = wsproto.connection.Connection(wsproto.ConnectionType.SERVER)
    server.receive_data(frame(Opcode.PONG, body[:125]) + frame(Opcode.CLOSE, close_body(4000)))
    kinds = [type(event).__name__ for event in server.events()]
    assert kinds == ["Pong", "CloseConnection"]
    other = wsproto.connection.Connection(wsproto.ConnectionType.SERVER)
    text = body.hex().encode()
    other.receive_data(frame(Opcode.TEXT, text))
    assert (
        "".join(event.data for event in other.events() if isinstance(event, wsproto.events.TextMessage))
        == text.decode()
    )


@pytest.mark.parametrize(
    "data",
    [
        server_frame(b"x", 0xC2),
        server_frame(b"x", 0x83),
        server_frame(b"x", 0x8B),
        server_frame(b"x", 0x80),
        server_frame(b"x" * 126, 0x89),
        server_frame(b"x", 0x09),
        server_frame(b"x", 0x02) + server_frame(b"x", 0x02),
        b"\x82\x81maskx",
        b"\x82\xfe\x00\x80",
        b"\x82\x7f" + (1 << 62).to_bytes(8),
    ],
)
def test_what_breaks_the_protocol_is_refused(data: bytes) -> None:
    reader = FrameReader()
    assert reader.feed(server_frame(b"before") + data) == [b"before"]
    assert reader.failed is not None
    assert reader.feed(server_frame(b"behind")) == []


def test_parts_count_together_against_the_largest_message() -> None:
    reader = FrameReader(most=100)
    reader.feed(server_frame(b"x" * 80, 0x02))
    reader.feed(server_frame(b"x" * 80, 0x00))
    assert "larger" in str(reader.failed)


def test_a_large_message_is_not_copied_for_each_piece() -> None:
    reader = FrameReader()
    body = bytes(8_000_000)
    data = server_frame(body)
    pieces = [data[at : at + 4096] for at in range(0, len(data), 4096)]
    for piece in pieces[:-1]:
        assert reader.feed(piece) == []
    assert reader._pieces[-1] is pieces[-2], "the pieces are kept as they came"
    assert reader.feed(pieces[-1]) == [body]


def test_nothing_is_read_behind_a_close() -> None:
    reader = FrameReader()
    assert reader.feed(server_frame(b"a") + server_frame(b"", 0x88) + server_frame(b"b")) == [b"a"]
    assert reader.closed == Closed(None, "")
    assert reader.feed(server_frame(b"c")) == []
