"""A guild's key-value data: stores, keys, values, and all of it out and in."""

import tempfile
from base64 import b64decode
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import trio

from api.access import P, Permission, authorize
from api.parts import ApiParts
from api.problems import Problem, invalid, not_found
from api.resources.common import audit, identity
from api.table import Answer, Call, Route
from storage.ids import GuildId
from storage.kv import Listing
from storage.kv.operations import ABSENT, Mismatch
from storage.kv.reader import StoreInfo as KvStoreInfo
from storage.kv.transfer import export_guild, import_guild

NDJSON = "application/x-ndjson"
IMPORT_BYTES = 64 * 1024 * 1024
_PIECE = 256 * 1024


class StoreBody(msgspec.Struct, forbid_unknown_fields=True):
    guild_id: str
    store_name: str


class StoresQuery(msgspec.Struct, forbid_unknown_fields=True):
    guild_id: str


class StoreInfo(msgspec.Struct):
    id: str
    guild_id: str
    store_name: str
    keys: int
    bytes: int


class StoreMade(msgspec.Struct):
    store: StoreInfo


class KeysQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Keys in the order of their UTF-8 bytes, from `start` up to but without `end`."""

    prefix: str = ""
    start: str | None = None
    end: str | None = None
    reverse: bool = False
    limit: int | None = None
    cursor: str | None = None


class KeyInfo(msgspec.Struct, omit_defaults=True):
    name: str
    version: str
    expiration: float | None = None
    metadata: Any = None


class Keys(msgspec.Struct, rename={"list_complete": "listComplete"}):
    keys: list[KeyInfo]
    list_complete: bool
    cursor: str | None = None


class Value(msgspec.Struct, omit_defaults=True):
    """`value` is null when there is no such key: as the first version has it, and no 404."""

    value: Any
    version: str = "0"
    expiration: float | None = None
    metadata: Any = None


class ValueBody(msgspec.Struct, forbid_unknown_fields=True):
    """A `value`, or bytes as `base64`. `expiration` in Unix seconds, or `ttl` in seconds from now. `if_version` as a
    value's `version` says it; "0" means: only when there is none."""

    value: Any = msgspec.UNSET
    base64: str | None = None
    expiration: float | None = None
    ttl: float | None = None
    metadata: Any = None
    if_version: str | None = None


class Written(msgspec.Struct):
    success: bool
    version: str


class IncrementBody(msgspec.Struct, forbid_unknown_fields=True):
    by: float = 1
    ttl: float | None = None
    expiration: float | None = None


class Incremented(msgspec.Struct):
    value: int | float
    version: str


class MetadataBody(msgspec.Struct, forbid_unknown_fields=True):
    metadata: Any = None


class ExportQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`store` for one store alone; an import wants all of them."""

    store: str | None = None


class ImportQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`replace=true` lets it take the place of what is there."""

    replace: bool = False


class Imported(msgspec.Struct):
    entries: int
    expired: int


def routes(parts: ApiParts) -> Sequence[Route]:
    kv = parts.kv

    async def named(call: Call, text: str, permission: Permission) -> GuildId:
        """The guild that stands in a body or a query."""
        call.guild = GuildId(identity(text, "a guild"))
        await authorize(permission, call.who, call.guild, parts.directory)
        return call.guild

    async def make_store(call: Call) -> StoreMade:
        body = call.body_as(StoreBody)
        guild = await named(call, body.guild_id, P.KV_WRITE)
        kv.operations.clear(body.store_name)  # refuses a name that cannot be; a store is there with its first key
        found = {one.name: one for one in await kv.stores(guild)}
        return StoreMade(_store(guild, found.get(body.store_name) or KvStoreInfo(body.store_name, 0, 0)))

    async def list_stores(call: Call) -> list[StoreInfo]:
        guild = await named(call, call.query_as(StoresQuery).guild_id, P.KV_READ)
        return [_store(guild, one) for one in await kv.stores(guild)]

    async def delete_store(call: Call) -> Answer:
        name = call.names["store"]
        if name not in {one.name for one in await kv.stores(call.of_guild)}:
            kv.operations.clear(name)
            raise not_found("there is no such store")
        cleared = await kv.guild(call.of_guild).store(name).clear()
        await audit(parts, call, "kv.clear", name, {"entries": cleared.entries})
        return Answer(status=204)

    async def list_keys(call: Call) -> Keys:
        query = call.query_as(KeysQuery)
        listing = Listing(query.prefix, query.start, query.end, query.reverse)
        store = call.names["store"]
        found = await kv.list_keys(call.of_guild, store, listing, limit=query.limit, cursor=query.cursor)
        keys = [KeyInfo(one.key, str(one.version), one.expires_at, one.metadata) for one in found.keys]
        return Keys(keys, found.complete, found.cursor)

    async def get(call: Call) -> Value:
        found = await kv.get(call.of_guild, call.names["store"], call.names["key"])
        if found is None:
            return Value(None)
        value = found.value
        if isinstance(value, bytes):
            raise Problem(409, "kv_bytes", "this value is bytes; an export has it")
        return Value(value, str(found.version), found.expires_at, found.metadata)

    async def put(call: Call) -> Written:
        body = call.body_as(ValueBody)
        value = _value(body)
        store = kv.guild(call.of_guild).store(call.names["store"])
        terms = {"ttl": body.ttl, "expires_at": body.expiration, "metadata": body.metadata}
        if body.if_version is None:
            return Written(True, str((await store.set(call.names["key"], value, **terms)).version))  # noqa: FBT003
        version = ABSENT if body.if_version == "0" else identity(body.if_version, "a version")
        done = await store.compare_and_set(call.names["key"], version, value, **terms)
        if isinstance(done, Mismatch):
            raise Problem(
                409, "kv_version_mismatch", "the key has another version", more={"version": str(done.version)}
            )
        return Written(True, str(done.version))  # noqa: FBT003

    async def delete(call: Call) -> Answer:
        await kv.guild(call.of_guild).store(call.names["store"]).delete(call.names["key"])
        return Answer(status=204)

    async def increment(call: Call) -> Incremented:
        body = call.body_as(IncrementBody)
        by = int(body.by) if body.by == body.by // 1 else body.by
        store = kv.guild(call.of_guild).store(call.names["store"])
        done = await store.increment(call.names["key"], by, ttl=body.ttl, expires_at=body.expiration)
        return Incremented(done.value, str(done.version))

    async def set_metadata(call: Call) -> Written:
        store = kv.guild(call.of_guild).store(call.names["store"])
        done = await store.update_metadata(call.names["key"], call.body_as(MetadataBody).metadata)
        return Written(True, str(done.version))  # noqa: FBT003

    async def export(call: Call) -> Answer:
        folder = Path(tempfile.mkdtemp(prefix="flora-export-"))
        target = folder / "export.jsonl"
        try:
            await export_guild(kv, call.of_guild, target, store=call.query_as(ExportQuery).store)
            file = await trio.open_file(target, "rb")
        finally:
            _remove(target)  # what is open stays until it is closed, also when nobody fetches it
        await audit(parts, call, "kv.export")
        headers = {"Content-Disposition": f'attachment; filename="flora-kv-{call.guild}.jsonl"'}
        return Answer(media_type=NDJSON, headers=headers, stream=_pieces(file))

    async def load(call: Call) -> Imported:
        folder = Path(tempfile.mkdtemp(prefix="flora-import-"))
        source = folder / "import.jsonl"
        try:
            await trio.to_thread.run_sync(source.write_bytes, call.body_as(bytes))
            replace = call.query_as(ImportQuery).replace
            done = await import_guild(kv, call.of_guild, source, replace=replace)
        finally:
            _remove(source)
        await audit(parts, call, "kv.import", detail={"entries": done.entries})
        return Imported(done.entries, done.expired)

    store, key, read, write = "/kv/{guild}/{store}", "/kv/{guild}/{store}/{key}", P.KV_READ, P.KV_WRITE
    return [
        Route(method="GET", path="/kv/stores", handler=list_stores, permission=read, query=StoresQuery,
              answers=list[StoreInfo], tells="a guild's stores"),
        Route(method="POST", path="/kv/stores", handler=make_store, permission=write, body=StoreBody,
              answers=StoreMade, tells="a store's name is good; it is there with its first key"),
        Route(method="DELETE", path="/kv/stores/{guild}/{store}", handler=delete_store, permission=write,
              status=204, refuses=(404,), tells="a store and all that is in it"),
        Route(method="GET", path="/kv/export/{guild}", handler=export, permission=read, query=ExportQuery,
              media_type=NDJSON, timeout_s=600.0, tells="all of a guild's data at one moment, as JSON lines"),
        Route(method="POST", path="/kv/export/{guild}", handler=export, permission=read, query=ExportQuery,
              media_type=NDJSON, timeout_s=600.0, tells="the same, as the first version asked for it"),
        Route(method="POST", path="/kv/import/{guild}", handler=load, permission=write, query=ImportQuery,
              body=bytes, body_types=(NDJSON,), body_bytes=IMPORT_BYTES, answers=Imported, refuses=(409,),
              timeout_s=600.0, tells="what an export holds, all of it or nothing"),
        Route(method="GET", path=store, handler=list_keys, permission=read, query=KeysQuery, answers=Keys,
              tells="a page of keys"),
        Route(method="GET", path=key, handler=get, permission=read, answers=Value, refuses=(409,),
              tells="a value with its version, expiry and metadata"),
        Route(method="PUT", path=key, handler=put, permission=write, body=ValueBody, answers=Written,
              refuses=(409,), tells="write a value, in any case or only over a version"),
        Route(method="DELETE", path=key, handler=delete, permission=write, status=204,
              tells="delete a key, if it is there"),
        Route(method="POST", path=f"{key}/increment", handler=increment, permission=write, body=IncrementBody,
              body_optional=True, answers=Incremented, tells="add to a number"),
        Route(method="PUT", path=f"{key}/metadata", handler=set_metadata, permission=write, body=MetadataBody,
              answers=Written, refuses=(404,), tells="replace a key's metadata"),
    ]  # fmt: skip


def _value(body: ValueBody) -> Any:
    if (body.value is msgspec.UNSET) == (body.base64 is None):
        raise invalid("value", "or base64 must be there, and not both")
    if body.base64 is None:
        return body.value
    try:
        return b64decode(body.base64, validate=True)
    except ValueError:
        raise invalid("base64", "must be base64") from None


def _store(guild: GuildId, info: KvStoreInfo) -> StoreInfo:
    return StoreInfo(f"{guild}/{info.name}", str(guild), info.name, info.count, info.size)


async def _pieces(file: Any) -> AsyncGenerator[bytes]:
    async with file:
        while piece := await file.read(_PIECE):
            yield piece  # noqa: ASYNC119 -- the server closes it


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.parent.rmdir()
