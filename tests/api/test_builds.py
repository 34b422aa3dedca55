"""Builds: a zip in, a bundle out, and every archive that is not taken."""

import io
import stat
import zipfile
from collections.abc import Callable

import pytest
import trio

from api import zips
from api.resources import builds as resource
from api.zips import BadZipError, unpack, without_wrapper
from tests.api.conftest import GUILD, OTHER, World

PROJECT = {"src/main.ts": "import { hi } from './hi'; import { pad } from 'padder'; pad(hi);",
           "src/hi.ts": "export const hi = 1;",
           "node_modules/padder/package.json": '{"main": "index.js"}',
           "node_modules/padder/index.js": "export const pad = (x) => `padded ${x}`;"}  # fmt: skip


def archive(files: dict[str, str | bytes], change: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for path, content in files.items():
            info = zipfile.ZipInfo(path)
            info.compress_type = zipfile.ZIP_DEFLATED
            change(info)
            made.writestr(info, content)
    return buffer.getvalue()


async def _upload(world: World, token: str, data: bytes, guild: int = GUILD, entry: str = "src/main.ts") -> str:
    form = {"guild_id": str(guild), "entry": entry}
    told = await world.ask("POST", "/api/builds", token, data=form, files={"project_zip": ("p.zip", data)})
    assert told.status_code == 200, told.text
    return str(told.json()["build_id"])


async def _events(world: World, token: str, build: str) -> str:
    return (await world.ask("GET", f"/api/builds/{build}/logs", token)).text


async def test_a_zip_becomes_a_bundle_and_what_runs(world: World) -> None:
    token = await world.token()

    build = await _upload(world, token, archive(dict(PROJECT)))
    events = await _events(world, token, build)
    told = (await world.ask("GET", f"/api/builds/{build}", token)).json()
    made = await world.ask("POST", f"/api/deployments/{GUILD}", token, json={"entry": "src/main.ts", "build_id": build})

    assert events.endswith('event: done\ndata: {"status":"done"}\n\n')
    assert 'id: 2\nevent: log\ndata: "bundling src/main.ts of 4 files"' in events
    again = await world.ask("GET", f"/api/builds/{build}/logs", token, headers={"last-event-id": "1"})
    assert again.text == events[events.index("id: 2") :]
    odd = await world.ask("GET", f"/api/builds/{build}/logs", token, headers={"last-event-id": "x"})
    assert (odd.status_code, odd.json()["code"]) == (400, "bad_id")
    assert told["status"] == "done"
    assert "padded" in told["artifact"]["bundle"]
    assert made.status_code == 200
    live = (await world.ask("GET", f"/api/deployments/{GUILD}", token)).json()
    assert {one["path"] for one in live["files"]} == {"src/main.ts", "src/hi.ts"}
    assert (await world.ask("GET", f"/api/deployments/{GUILD}/history", token)).json()[0]["build_id"] == build


async def test_a_build_that_takes_long_shows_signs_of_life_and_ends_with_flora(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "HEARTBEAT_S", 0.01)
    token, held = await world.token(), trio.Event()

    async def bundle(*_: object) -> None:
        await held.wait()

    monkeypatch.setattr(world.api.app.parts.builds._bundler, "bundle", bundle)
    build = await _upload(world, token, archive(dict(PROJECT)))
    headers = {"authorization": f"Bearer {token}"}
    async with world.client.stream("GET", f"/api/builds/{build}/logs", headers=headers) as told:
        text = ""
        async for piece in told.aiter_text():
            text += piece
            if ": still here\n\n" in text:
                world.api.app.close_streams()

    assert "bundling" in text
    assert "event: done" not in text
    assert world.api.streams.count == 0


async def test_what_a_build_lacks_is_said_in_its_log(world: World) -> None:
    token = await world.token()

    build = await _upload(world, token, archive({"src/main.ts": "import 'left-pad';"}))
    await _events(world, token, build)
    told = (await world.ask("GET", f"/api/builds/{build}", token)).json()
    made = await world.ask("POST", f"/api/deployments/{GUILD}", token, json={"entry": "src/main.ts", "build_id": build})

    assert told["status"] == "failed"
    assert "left-pad" in told["error"]
    assert (made.status_code, made.json()["code"]) == (409, "build_not_done")


async def test_a_build_is_its_guilds_own(world: World) -> None:
    token, operator = await world.token(), await world.operator()
    build = await _upload(world, operator, archive(dict(PROJECT)), guild=OTHER)

    for path in (f"/api/builds/{build}", f"/api/builds/{build}/logs", "/api/builds/none"):
        told = await world.ask("GET", path, token)
        assert (told.status_code, told.json()["code"]) == (404, "not_found")
    form = {"guild_id": str(OTHER), "entry": "a.ts"}
    told = await world.ask("POST", "/api/builds", token, data=form, files={"project_zip": ("p.zip", b"x")})
    assert told.status_code == 403


async def test_forms_that_are_none(world: World) -> None:
    token = await world.token()
    boundary = {"content-type": "multipart/form-data; boundary=x"}
    for headers, content in (
        ({"content-type": "multipart/form-data"}, b"x"),
        (boundary, b""),
        (boundary, b"--x\r\n"),
        (boundary, b'--x\r\ncontent-disposition: form-data; name="entry"\r\n\r\na\r\n--x--'),
        (boundary, b"\xff" * 5_000),
        (boundary, b'--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n' * 100 + b"--x--"),
    ):
        told = await world.ask("POST", "/api/builds", token, content=content, headers=headers)
        assert told.status_code == 400, (content[:50], told.text)


async def test_two_builds_of_a_guild_at_once_and_no_more(world: World) -> None:
    token = await world.token()
    statuses: list[int] = []

    async def upload() -> None:
        form = {"guild_id": str(GUILD), "entry": "src/main.ts"}
        files = {"project_zip": ("p.zip", archive(dict(PROJECT)))}
        statuses.append((await world.ask("POST", "/api/builds", token, data=form, files=files)).status_code)

    async with trio.open_nursery() as nursery:
        for _ in range(6):
            nursery.start_soon(upload)

    assert set(statuses) <= {200, 429}
    assert statuses.count(200) >= 2


@pytest.mark.parametrize(
    "path", ["../x", "/etc/passwd", "a/../../x", "a\\b", "C:/x", "a/./b", "a//b", "a\nb", "..", "x" * 300]
)
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(BadZipError):
        unpack(archive({path: "x"}))


def _link(info: zipfile.ZipInfo) -> None:
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def test_links_bombs_and_damage_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadZipError, match="link"):
        unpack(archive({"a": "/etc/passwd"}, _link))
    with pytest.raises(BadZipError, match="beyond"):
        unpack(archive({"a": b"\0" * (zips.FILE_BYTES + 1)}))
    monkeypatch.setattr(zips, "TOTAL_BYTES", 1_000_000)
    with pytest.raises(BadZipError, match="beyond"):
        unpack(archive({f"{number}": b"\0" * 300_000 for number in range(4)}))
    good = archive({"a": "x" * 500})
    for bad in (b"", b"PK", good[:-30], good[:40] + b"\xff" * 10 + good[50:], b"x" * 1000):
        with pytest.raises(BadZipError):
            unpack(bad)


def test_a_hundred_thousand_entries_are_not_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for number in range(zips.ENTRIES + 1):
            made.writestr(f"{number}", "")
    with pytest.raises(BadZipError, match="entries"):
        unpack(buffer.getvalue())


def test_pictures_are_left_out_and_one_folder_around_all_is_taken_off() -> None:
    files = unpack(archive({"repo/main.ts": "1", "repo/logo.png": b"\x89PNG\xff", "repo/empty/": ""}))

    assert dict(files) == {"repo/main.ts": "1"}
    assert dict(without_wrapper(files, "main.ts")) == {"main.ts": "1"}
    assert without_wrapper(files, "repo/main.ts") is files
