"""Serving: TLS, a unix socket, two binds, what is in the way, and how it ends; and what a fresh directory is given."""

import socket
import ssl
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import pytest
import trio

from api import server
from api.access import OWNER
from api.bootstrap import SECRET_FILE, TOKEN_FILE, api_secret, first_operator_token
from api.config import ConfigError
from api.server import Serving, serve_app
from tests.api.conftest import GUILD, World
from tests.storage.tls import write_certificate


async def test_tls_with_http_2(world: World, tmp_path: Path) -> None:
    certificate = write_certificate(tmp_path)
    stop = trio.Event()
    async with trio.open_nursery() as nursery:
        serving = Serving(certificate=certificate, key=certificate)
        (address,) = await nursery.start(serve_app, world.api.app, serving, stop)
        context = ssl.create_default_context(cafile=str(certificate))
        context.set_alpn_protocols(["h2"])
        port = int(address.rpartition(":")[2])
        plain = await trio.open_tcp_stream("127.0.0.1", port)
        async with trio.SSLStream(plain, context, server_hostname="127.0.0.1", https_compatible=True) as stream:
            await stream.do_handshake()
            assert stream.selected_alpn_protocol() == "h2"
        async with httpx2.AsyncClient(
            verify=ssl.create_default_context(cafile=str(certificate)), trust_env=False
        ) as client:
            assert address.startswith("https://")
            assert (await client.get(f"{address}/api/health")).text == "ok"
        stop.set()


async def test_a_unix_socket_that_is_left_behind_is_replaced_and_another_file_is_not(
    world: World, tmp_path: Path
) -> None:
    path = tmp_path / "flora.sock"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    stop = trio.Event()
    async with trio.open_nursery() as nursery:
        await nursery.start(serve_app, world.api.app, Serving(binds=(f"unix:{path}",)), stop)
        assert path.stat().st_mode & 0o777 == 0o660
        transport = httpx2.AsyncHTTPTransport(uds=str(path))
        async with httpx2.AsyncClient(transport=transport, base_url="http://flora") as client:
            assert (await client.get("/api/health")).text == "ok"
        with pytest.raises(FileExistsError, match="somebody listens"):
            await serve_app(world.api.app, Serving(binds=(f"unix:{path}",)), trio.Event())
        stop.set()
    assert not path.exists()
    path.write_text("precious")
    with pytest.raises(FileExistsError, match="is no socket"):
        await serve_app(world.api.app, Serving(binds=(f"unix:{path}",)), trio.Event())
    assert path.read_text() == "precious"


async def test_a_port_that_is_taken_is_an_error_at_once(world: World) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            await serve_app(world.api.app, Serving(binds=(f"127.0.0.1:{taken.getsockname()[1]}",)), trio.Event())


async def test_who_does_not_come_to_the_end_of_a_request_is_not_waited_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEADERS_S", 0.1)
    stop = trio.Event()
    whole = b"GET /api/health HTTP/1.1\r\nhost: x\r\n\r\n"
    with trio.fail_after(10):
        async with trio.open_nursery() as nursery:
            (address,) = await nursery.start(serve_app, world.api.app, Serving(("[::1]:0",)), stop)
            for sent in (b"", whole[:20], whole, whole + whole[:20]):
                async with await trio.open_tcp_stream("::1", int(address.rpartition(":")[2])) as slow:
                    await slow.send_all(sent)
                    received = b"".join([bytes(piece) async for piece in slow])
                assert received.count(b" 200 ") == sent.count(b"\r\n\r\n")
            stop.set()
    assert address.startswith("http://[::1]:")


async def test_at_the_end_streams_are_closed_and_requests_end(world: World) -> None:
    token = await world.token()
    head = f"GET /api/logs/{GUILD}/stream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n".encode()
    statuses: list[int] = []
    stop = trio.Event()

    async def deploy(url: str) -> None:
        body = {"entry": "main.ts", "bundle": "globalThis.waits = true;"}
        statuses.append((await world.ask("POST", f"{url}/api/deployments/{GUILD}", token, json=body)).status_code)

    async with AsyncExitStack() as stack, trio.open_nursery() as nursery:
        (address,) = await nursery.start(serve_app, world.api.app, Serving(graceful_s=30), stop)
        port = int(address.rpartition(":")[2])
        streams = [await stack.enter_async_context(await trio.open_tcp_stream("127.0.0.1", port)) for _ in range(5)]
        for stream in streams:
            await stream.send_all(head)
            assert await stream.receive_some()
        nursery.start_soon(deploy, address)
        await world.fake.loading.wait()
        stop.set()
        for stream in streams:
            async for _ in stream:
                pass
        world.fake.gate.set()

    assert statuses == [200]
    with pytest.raises(OSError, match="connect"):
        await trio.open_tcp_stream("127.0.0.1", port)


async def test_who_does_not_read_holds_up_no_end(world: World) -> None:
    token, stop = await world.token(), trio.Event()
    head = f"GET /api/logs/{GUILD}/stream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n"
    with trio.fail_after(15):  # a write may take 20 s while nobody stops
        async with AsyncExitStack() as stack, trio.open_nursery() as nursery:
            (address,) = await nursery.start(serve_app, world.api.app, Serving(graceful_s=0.5), stop)
            port = int(address.rpartition(":")[2])
            stuck = await stack.enter_async_context(await trio.open_tcp_stream("127.0.0.1", port))
            await stuck.send_all(head.encode())
            while b": flora" not in await stuck.receive_some():
                pass
            (reader,) = world.api.streams._feeds[GUILD].readers
            for _ in range(60):
                world.logs.append(GUILD, "info", "x" * 8_000)
            while not reader.rest:  # noqa: ASYNC110  no event says it
                await trio.sleep(0.01)
            stop.set()


async def test_a_fresh_directory_gets_a_secret_and_one_operators_token(world: World, tmp_path: Path) -> None:
    directory = tmp_path / "data"
    directory.mkdir()

    told = await first_operator_token(world.database, directory)
    again = await first_operator_token(world.database, directory)
    secret = await api_secret(world.config, directory)

    token = (directory / TOKEN_FILE).read_text().strip()
    assert told == f"operate this flora with: flora login --token-stdin < {directory / TOKEN_FILE}"
    assert again is None
    assert (directory / TOKEN_FILE).stat().st_mode & 0o777 == 0o600
    assert (await world.ask("GET", "/api/workers", token)).status_code == 200
    assert (await world.ask("GET", "/api/auth/me", token)).json()["user"] == {
        "id": str(OWNER), "username": "operator", "global_name": None, "avatar": None
    }  # fmt: skip
    assert await api_secret(world.config, directory) == secret
    (directory / SECRET_FILE).chmod(0o644)
    with pytest.raises(ConfigError, match="can be read by others"):
        await api_secret(world.config, directory)
