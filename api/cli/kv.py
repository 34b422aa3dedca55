"""`flora kv`: the guild's stores, keys and values."""

import argparse
import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import quote

import trio

from api.cli import stdin
from api.cli.client import Api
from api.cli.console import as_json, confirm, note, show, show_json, show_table, warn
from api.cli.faults import CommandError, Exit, Interrupted, leaving
from api.cli.progress import Progress, progress
from api.cli.session import talking, the_guild
from api.cli.shapes import as_map
from api.cli.standard import is_text

_IN_A_LINE: Final = ("value", "base64", "expiration", "metadata")


def _path(guild: str, *parts: str) -> str:
    return "/".join(["/kv", guild, *(quote(part, safe="") for part in parts)])


async def stores(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        found: list[dict[str, Any]] = await api.get("/kv/stores", guild_id=await the_guild(api, options))
    if options.json:
        show_json(found)
    else:
        rows = [(one.get("store_name"), one.get("keys"), one.get("bytes"), one.get("updated_at")) for one in found]
        show_table(("store", "keys", "bytes", "updated"), rows)
    return Exit.OK


async def create_store(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        body = {"guild_id": await the_guild(api, options), "store_name": options.name}
        answer = await api.ask("POST", "/kv/stores", body)
    return _done(options, answer, f"store {options.name} is there")


async def delete_store(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        guild = await the_guild(api, options)
        confirm(f"delete store {options.name} and everything in it", yes=options.yes)
        answer = await api.ask("DELETE", f"/kv/stores/{guild}/{quote(options.name, safe='')}")
    return _done(options, answer, f"store {options.name} is deleted")


async def list_keys(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        guild = await the_guild(api, options)
        query = {"prefix": options.prefix, "limit": options.limit, "cursor": options.cursor}
        page: dict[str, Any] = await api.get(_path(guild, options.store), **query)
    if options.json:
        show_json(page)
        return Exit.OK
    rows = [(one["name"], one.get("expiration"), _metadata(one.get("metadata"))) for one in page["keys"]]
    show_table(("key", "expires", "metadata"), rows)
    if page.get("cursor"):
        note(f"there are more: --cursor {page['cursor']}")
    return Exit.OK


def _metadata(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)


async def get(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        answer: dict[str, Any] = await api.get(_path(await the_guild(api, options), options.store, options.key))
    if options.json:
        show_json(answer)
        return Exit.OK
    value = answer.get("value")
    if value is None:
        raise CommandError(f"there is no key {options.key} in store {options.store}", code=Exit.NOT_FOUND)
    show(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return Exit.OK


async def put(options: argparse.Namespace) -> int:
    value = await stdin.text() if options.value == "-" else str(options.value)
    body: dict[str, Any] = {"value": value}
    if options.expiration is not None:
        body["expiration"] = options.expiration
    if options.metadata is not None:
        body["metadata"] = _json(options.metadata, "--metadata")
    async with talking(options) as api:
        guild = await the_guild(api, options)
        answer = await api.ask("PUT", _path(guild, options.store, options.key), body)
    return _done(options, answer, f"{options.key} is written")


async def delete(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        guild = await the_guild(api, options)
        answer = await api.ask("DELETE", _path(guild, options.store, options.key))
    return _done(options, answer, f"{options.key} is deleted")


async def increment(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        guild = await the_guild(api, options)
        path = f"{_path(guild, options.store, options.key)}/increment"
        answer: Any = await api.ask("POST", path, {"by": options.by})
    return _done(options, answer, str(answer.get("value", "")))


async def export(options: argparse.Namespace) -> int:
    """One line of JSON for each key; the file appears when it is whole."""
    async with talking(options) as api:
        guild = await the_guild(api, options)
        with progress(f"exporting {options.store}", await _count(api, guild, options.store)) as exporting:
            lines = _exported(api, guild, options.store, exporting)
            if options.output is None:
                async for line in lines:
                    show(line)
                return Exit.OK
            with leaving("broken off: nothing was written"):
                count = await _write_whole(Path(options.output), lines)
    note(f"{count:,} keys in {options.output}")
    return Exit.OK


async def _count(api: Api, guild: str, store: str) -> int:
    found: list[dict[str, Any]] = await api.get("/kv/stores", guild_id=guild)
    count = next((one.get("keys") for one in found if one.get("store_name") == store), None)
    if count is None:
        raise CommandError(f"there is no store {store}", "flora kv stores lists them", Exit.NOT_FOUND)
    return int(count)


async def _exported(api: Api, guild: str, store: str, exporting: Progress) -> AsyncIterator[str]:
    """The server's lines as ours; its first says what it is, its last how many there were."""
    async for line in api.lines(f"/kv/export/{guild}", {"store": store}):
        fields = as_map(json.loads(line))
        if "key" in fields:
            exporting.done += 1
            yield as_json(_as_ours(fields))
        elif fields.get("entries") == exporting.done:
            return
    raise CommandError("the export was cut short", "say it again", Exit.NO_SERVER)


def _as_ours(fields: Mapping[str, Any]) -> dict[str, Any]:
    value = {"base64": fields["bytes"]} if "bytes" in fields else {"value": fields.get("json")}
    expiration = {"expiration": fields["expires_ms"] / 1000} if "expires_ms" in fields else {}
    metadata = {"metadata": fields["metadata"]} if "metadata" in fields else {}
    return {"key": fields["key"], **value, **expiration, **metadata}


async def _write_whole(target: Path, lines: AsyncIterator[str]) -> int:
    """How many there were. A file of this name is whole, or as it was."""
    part = target.with_name(f"{target.name}.part")
    count = 0
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace") as file:  # half a character, as JSON has it
            async for line in lines:
                file.write(f"{line}\n")
                count += 1
        part.replace(target)
    except OSError as error:
        raise CommandError(f"{target} cannot be written: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)
    return count


async def load(options: argparse.Namespace) -> int:
    """All lines are read and looked at before the first is written."""
    text = await stdin.text() if options.file == "-" else await _read(options.file)
    entries = [_entry(line, number) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    async with talking(options) as api:
        guild = await the_guild(api, options)
        with progress(f"importing into {options.store}", len(entries)) as importing:
            try:
                for entry in entries:
                    body = {name: entry[name] for name in _IN_A_LINE if name in entry}
                    await api.ask("PUT", _path(guild, options.store, str(entry["key"])), body)
                    importing.done += 1
            except KeyboardInterrupt:
                raise Interrupted(_broken_off(importing, len(entries))) from None
            except CommandError:
                warn(_broken_off(importing, len(entries)))
                raise
    return _done(options, {"written": len(entries)}, f"{len(entries)} keys are written")


def _broken_off(importing: Progress, total: int) -> str:
    return f"broken off: {importing.done:,} of {total:,} keys are written; the same import again completes it"


def _entry(line: str, number: int) -> dict[str, Any]:
    parsed = _json(line, f"line {number}")
    if not isinstance(parsed, dict) or "key" not in parsed or ("value" in parsed) == ("base64" in parsed):
        raise CommandError(f"line {number} has no key and value; nothing was written", "see flora kv export")
    entry = cast("dict[str, Any]", parsed)
    if not is_text(str(entry["key"])):
        raise CommandError(f"line {number} has half a character in its key; nothing was written")
    return entry


def _json(text: str, what: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise CommandError(f"{what} is not JSON: {error}", code=Exit.USAGE) from None


async def _read(name: str) -> str:
    try:
        return await trio.Path(name).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not UTF-8 (byte {error.start})", code=Exit.USAGE) from None
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}", code=Exit.USAGE) from None


def _done(options: argparse.Namespace, answer: Any, said: str) -> int:
    if options.json:
        show_json({} if answer is None or answer == "" else answer)
    else:
        show(said)
    return Exit.OK
