"""The local Discord as a client meets it: real sockets, our own gateway client's seam, and plain requests."""

import zlib
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest
import trio
import trio.testing
import zstandard

from gateway.local.backend import RealClock
from gateway.local.discord import LocalConfig, LocalDiscord, LocalDiscordError, open_local_discord
from gateway.local.faults import Fault
from gateway.websocket import Socket, SocketClosedError, open_line_socket

ALL = (1 << 26) - 1
CONTENT = 1 << 15


class Client:
    """A socket, one message at a time."""

    def __init__(self, socket: Socket) -> None:
        self._socket = socket
        self._ready: deque[bytes] = deque()

    async def get_message(self) -> bytes:
        if not self._ready:
            self._ready.extend(await self._socket.receive())
        return self._ready.popleft()

    async def send_message(self, text: bytes) -> None:
        await self._socket.send(text)


@asynccontextmanager
async def connected(url: str) -> AsyncGenerator[Client]:
    async with open_line_socket(url) as socket:
        yield Client(socket)


async def heard(socket: Client) -> dict[str, Any]:
    return dict(msgspec.json.decode(await socket.get_message()))


async def until(socket: Client, name: str) -> dict[str, Any]:
    while (found := await heard(socket))["t"] != name:
        pass
    return found


async def say(socket: Client, op: int, d: Any) -> None:
    await socket.send_message(msgspec.json.encode({"op": op, "d": d}))


async def identify(socket: Client, local: LocalDiscord, intents: int = ALL, **more: Any) -> dict[str, Any]:
    assert (await heard(socket))["op"] == 10
    await say(socket, 2, {"token": local.token, "intents": intents, "properties": {}} | more)
    return await until(socket, "READY")


def client(local: LocalDiscord) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(base_url=local.api_url, headers={"Authorization": f"Bot {local.token}"})


def channel_of(local: LocalDiscord) -> str:
    return str(local.world.backend.get_guild(local.world.guild_id).channel_ids[0])


async def test_a_client_is_greeted_with_its_guild_and_hears_what_is_said() -> None:
    async with open_local_discord(LocalConfig()) as local, connected(local.gateway_url) as socket:
        ready = await identify(socket, local)
        assert [guild["id"] for guild in ready["d"]["guilds"]] == [local.guild_id]
        assert (await until(socket, "GUILD_CREATE"))["d"]["name"] == "Flower garden"
        local.people.say(local.world.people[0], int(channel_of(local)), "!ping")
        assert (await until(socket, "MESSAGE_CREATE"))["d"]["content"] == "!ping"


async def test_content_is_blank_without_the_intent() -> None:
    async with open_local_discord(LocalConfig()) as local, connected(local.gateway_url) as socket:
        await identify(socket, local, ALL & ~CONTENT)
        local.people.say(local.world.people[0], int(channel_of(local)), "secret")
        assert (await until(socket, "MESSAGE_CREATE"))["d"]["content"] == ""


async def test_a_cut_session_resumes_and_hears_what_it_missed() -> None:
    async with open_local_discord(LocalConfig()) as local:
        async with connected(local.gateway_url) as socket:
            ready = await identify(socket, local)
            sequence = (await until(socket, "GUILD_CREATE"))["s"]
            local.faults.drop_connections()
            with pytest.raises(SocketClosedError):
                await socket.get_message()
        local.people.say(local.world.people[0], int(channel_of(local)), "missed")
        async with connected(local.gateway_url) as socket:
            await heard(socket)
            await say(socket, 6, {"token": local.token, "session_id": ready["d"]["session_id"], "seq": sequence})
            assert (await heard(socket))["d"]["content"] == "missed"
            assert (await heard(socket))["t"] == "RESUMED"


@pytest.mark.parametrize(
    ("op", "d", "code"),
    [
        (2, {"token": "wrong", "intents": 0}, 4004),
        (2, {"token": "right", "intents": 0, "shard": [2, 2]}, 4010),
        (2, {"token": "right", "intents": 1 << 40}, 4013),
        (8, {}, 4003),
        (2, {"token": "x" * 5000}, 4002),
    ],
)
async def test_what_is_wrong_ends_with_its_code(op: int, d: dict[str, Any], code: int) -> None:
    async with open_local_discord(LocalConfig(token="right")) as local, connected(local.gateway_url) as socket:
        await heard(socket)
        await say(socket, op, d)
        with pytest.raises(SocketClosedError) as closed:
            await socket.get_message()
        assert closed.value.code == code


async def test_the_stream_is_compressed_when_asked() -> None:
    async with open_local_discord(LocalConfig()) as local:
        async with connected(f"{local.gateway_url}?compress=zlib-stream") as socket:
            piece = await socket.get_message()
            assert msgspec.json.decode(zlib.decompressobj().decompress(piece))["op"] == 10
        async with connected(f"{local.gateway_url}?compress=zstd-stream") as socket:
            piece = await socket.get_message()
            assert msgspec.json.decode(zstandard.ZstdDecompressor().decompressobj().decompress(piece))["op"] == 10


async def test_a_raw_replay_reaches_the_client_whole_and_in_order() -> None:
    async with open_local_discord(LocalConfig()) as local, connected(local.gateway_url) as socket:
        await identify(socket, local)
        await until(socket, "GUILD_CREATE")
        events = [("TYPING_START", int(local.guild_id), b'{"n":%d}' % number) for number in range(2000)]
        async with trio.open_nursery() as nursery:
            nursery.start_soon(local.replay, events)
            assert [(await heard(socket))["d"]["n"] for _ in events] == list(range(2000))


async def test_a_replay_does_not_wait_for_a_client_that_died() -> None:
    async with open_local_discord(LocalConfig()) as local, connected(local.gateway_url) as socket:
        await identify(socket, local)
        await until(socket, "GUILD_CREATE")
        large = [("TYPING_START", int(local.guild_id), b'{"n":"%b"}' % (b"x" * 100_000))] * 1_000
        async with trio.open_nursery() as nursery:
            nursery.start_soon(local.replay, large)
            await trio.testing.wait_all_tasks_blocked()  # more than a socket holds, and the client does not read
            local.faults.drop_connections()


async def test_messages_are_sent_edited_and_refused_as_discord_does() -> None:
    async with open_local_discord(LocalConfig()) as local, client(local) as rest:
        where = f"/channels/{channel_of(local)}/messages"
        sent = await rest.post(where, json={"content": "hello"})
        assert sent.status_code == 200
        assert int(sent.headers["X-RateLimit-Remaining"]) == 49
        edited = await rest.patch(f"{where}/{sent.json()['id']}", json={"content": "hi"})
        assert edited.json()["content"] == "hi"
        empty = await rest.post(where, json={"content": ""})
        assert (empty.status_code, empty.json()["code"]) == (400, 50006)
        unknown = await rest.get("/channels/1/messages")
        assert (unknown.status_code, unknown.json()["code"]) == (404, 10003)
        nobody = await rest.get("/users/@me", headers={"Authorization": "Bot wrong"})
        assert nobody.status_code == 401


async def test_an_upload_comes_back_from_the_cdn() -> None:
    async with open_local_discord(LocalConfig()) as local, client(local) as rest:
        sent = await rest.post(
            f"/channels/{channel_of(local)}/messages",
            data={"payload_json": '{"content":"see"}'},
            files={"files[0]": ("leaf.bin", b"\x00\r\n--leaf\xff")},
        )
        attachment = sent.json()["attachments"][0]
        assert (await rest.get(attachment["url"])).content == b"\x00\r\n--leaf\xff"


async def test_a_bucket_that_is_empty_says_when_to_come_again() -> None:
    async with open_local_discord(LocalConfig(bucket_limit=1, bucket_window=60)) as local, client(local) as rest:
        assert (await rest.get(f"/guilds/{local.guild_id}")).status_code == 200
        late = await rest.get(f"/guilds/{local.guild_id}")
        assert late.status_code == 429
        assert late.json()["retry_after"] > 0
        assert "Retry-After" in late.headers


async def test_faults_come_when_asked_and_go() -> None:
    async with open_local_discord(LocalConfig()) as local, client(local) as rest:
        local.faults.add(Fault(path="/guilds/*", status=502))
        assert (await rest.get(f"/guilds/{local.guild_id}")).status_code == 502
        assert (await rest.get(f"/guilds/{local.guild_id}")).status_code == 200
        local.faults.outage = True
        assert (await rest.get(f"/guilds/{local.guild_id}")).status_code == 503


async def test_a_command_used_on_the_page_is_answered_by_the_bot() -> None:
    async with (
        open_local_discord(LocalConfig()) as local,
        client(local) as rest,
        connected(local.gateway_url) as socket,
    ):
        await identify(socket, local)
        command = {"name": "hello", "description": "greets", "options": [
            {"type": 3, "name": "who", "description": "whom", "required": True}]}  # fmt: skip
        where = f"/applications/{local.application_id}/guilds/{local.guild_id}/commands"
        assert (await rest.put(where, json=[command])).status_code == 200
        action = {"kind": "command", "as": str(local.world.people[0]), "channel": channel_of(local), "name": "hello",
                  "options": [{"name": "who", "type": 3, "value": "moon"}]}  # fmt: skip
        async with trio.open_nursery() as nursery:

            async def act() -> None:
                await rest.post(f"{local.page_url}local/act", json=action)

            nursery.start_soon(act)
            asked = (await until(socket, "INTERACTION_CREATE"))["d"]
            said = f"hello {asked['data']['options'][0]['value']}"
            answer = {"type": 4, "data": {"content": said, "flags": 64}}
            callback = f"/interactions/{asked['id']}/{asked['token']}/callback"
            assert (await rest.post(callback, json=answer)).status_code == 204
            again = await rest.post(callback, json=answer)
            assert (again.status_code, again.json()["code"]) == (400, 40060)
        state = f"{local.page_url}local/state?as="
        mine = (await rest.get(f"{state}{local.world.people[0]}")).json()["messages"]
        assert [(one["content"], one["ephemeral"]) for one in mine] == [("hello moon", True)]
        assert (await rest.get(f"{state}{local.world.people[1]}")).json()["messages"] == []


class MovedClock(RealClock):
    """Time as it passes, and more of it at a word."""

    def __init__(self) -> None:
        super().__init__()
        self.more = timedelta()

    def now(self) -> datetime:
        return super().now() + self.more


async def test_an_interaction_has_three_seconds_and_then_fifteen_minutes() -> None:
    async with open_local_discord(LocalConfig()) as local, client(local) as rest:
        clock = local.world.backend.clock = MovedClock()
        where = f"/applications/{local.application_id}/guilds/{local.guild_id}/commands"
        await rest.put(where, json=[{"name": "hello", "description": "greets"}])

        def used() -> tuple[str, str]:
            record = local.people.command(local.world.people[0], int(channel_of(local)), "hello", [], {})
            original = f"/webhooks/{local.application_id}/{record.token}/messages/@original"
            return f"/interactions/{record.id}/{record.token}/callback", original

        answer, change = {"type": 4, "data": {"content": "hello"}}, {"content": "goodbye"}
        callback, _ = used()
        clock.more += timedelta(seconds=3)
        late = await rest.post(callback, json=answer)
        assert (late.status_code, late.json()["code"]) == (404, 10062)

        callback, original = used()
        clock.more += timedelta(seconds=2)
        assert (await rest.post(callback, json=answer)).status_code == 204
        clock.more += timedelta(minutes=14)
        assert (await rest.patch(original, json=change)).status_code == 200
        clock.more += timedelta(minutes=1)
        over = await rest.patch(original, json=change)
        assert (over.status_code, over.json()["code"]) == (404, 10015)
        local.world.backend.pass_time()
        assert local.world.backend.interactions == {}


async def test_time_opens_events_and_closes_polls(tmp_path: Path) -> None:
    config = LocalConfig(keep=tmp_path / "discord.json")
    poll = {"question": {"text": "Tea?"}, "duration": 24, "answers": [{"poll_media": {"text": "Yes"}}]}
    async with open_local_discord(config) as local, client(local) as rest:
        where = f"/channels/{channel_of(local)}/messages"
        sent = (await rest.post(where, json={"poll": poll})).json()
        assert sent["poll"]["results"]["is_finalized"] is False
    async with open_local_discord(config) as local, client(local) as rest, connected(local.gateway_url) as socket:
        clock = local.world.backend.clock = MovedClock()
        begins = (clock.now() + timedelta(hours=1)).isoformat()
        event = {"name": "tea", "privacy_level": 2, "entity_type": 3, "scheduled_start_time": begins,
                 "scheduled_end_time": (clock.now() + timedelta(hours=2)).isoformat(),
                 "entity_metadata": {"location": "here"}}  # fmt: skip
        await rest.post(f"/guilds/{local.guild_id}/scheduled-events", json=event)
        await identify(socket, local)
        clock.more += timedelta(hours=25)
        local.world.backend.pass_time()
        states = [(await until(socket, "GUILD_SCHEDULED_EVENT_UPDATE"))["d"]["status"] for _ in range(2)]
        assert states == [2, 3]
        assert (await until(socket, "MESSAGE_UPDATE"))["d"]["poll"]["results"]["is_finalized"] is True


async def test_a_person_logs_in() -> None:
    async with open_local_discord(LocalConfig()) as local, httpx2.AsyncClient() as browser:
        back = "http://127.0.0.1:1/back"
        page = f"{local.page_url}oauth2/authorize"
        person = str(local.world.people[1])
        sent = await browser.get(page, params={"redirect_uri": back, "as": person, "state": "s"})
        where = httpx2.URL(sent.headers["Location"])
        assert where.params["state"] == "s"
        got = await browser.post(f"{local.api_url}/oauth2/token", data={"code": where.params["code"]})
        bearer = {"Authorization": f"Bearer {got.json()['access_token']}"}
        assert (await browser.get(f"{local.api_url}/users/@me", headers=bearer)).json()["id"] == person
        refused = await browser.get(page, params={"redirect_uri": "https://elsewhere.example/"})
        assert refused.status_code == 400


async def test_a_world_is_there_again_with_its_ids(tmp_path: Path) -> None:
    """What a script keeps belongs to a guild's id, so the guild must be the same one tomorrow."""
    config = LocalConfig(keep=tmp_path / "deep" / "discord.json")
    async with open_local_discord(config) as local, client(local) as rest:
        first = (local.guild_id, local.application_id, local.token, local.world.people)  # the list that Dora joins
        dora = local.people.join(int(local.guild_id), "Dora")
        local.people.say(dora, int(channel_of(local)), "remember me")
        files = {"files[0]": ("leaf.txt", b"green")}
        sent = (await rest.post(f"/channels/{channel_of(local)}/messages", files=files)).json()
        await rest.put(f"/channels/{channel_of(local)}/messages/{sent['id']}/reactions/🌸/@me")
        await rest.post(f"/guilds/{local.guild_id}/templates", json={"name": "meadow"})
    async with open_local_discord(config) as local, client(local) as rest:
        assert (local.guild_id, local.application_id, local.token) == first[:3]
        assert local.world.people == first[3]
        found = (await rest.get(f"/channels/{channel_of(local)}/messages")).json()
        said = next(one for one in found if one["content"] == "remember me")
        assert said["author"]["global_name"] == "Dora"
        file = next(one for one in found if one["id"] == sent["id"])
        assert [one["count"] for one in file["reactions"]] == [1]
        assert (await rest.get(f"/guilds/{local.guild_id}/templates")).json()[0]["name"] == "meadow"
        assert (await rest.get(file["attachments"][0]["url"])).content == b"green"
        assert (await rest.post(f"/channels/{channel_of(local)}/messages", json={"content": "on"})).status_code == 200


async def test_a_world_that_cannot_be_read_begins_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "discord.json"
    path.write_text('{"form": "?"}')
    async with open_local_discord(LocalConfig(keep=path)) as local:
        assert local.world.people
    assert "begins anew" in caplog.text
    async with open_local_discord(LocalConfig(keep=tmp_path / "discord.json" / "below")):
        pass
    assert "cannot be kept" in caplog.text


async def test_a_port_in_use_is_told_in_a_sentence() -> None:
    async with open_local_discord(LocalConfig()) as local:
        port = int(local.page_url.rstrip("/").rpartition(":")[2])
        with pytest.raises(LocalDiscordError, match="Choose another port"):
            async with open_local_discord(LocalConfig(port=port)):
                pass
