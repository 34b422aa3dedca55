"""`kv.*`: all that a script can do with its guild's key-value data.

Stores exist by being written to. A value is any JSON, or bytes (base64 in the field `bytes` in place of `value`).
`ttl` counts seconds from now, `expiration` is a moment in Unix seconds. Versions are numbers; 0 is that of a key
which does not exist, so `compareAndSet` with version 0 and `setIfAbsent` are the same.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import msgspec

from actors.operations.row import Arguments, own_guild
from actors.ops import Caller, OpTable
from storage.kv import errors
from storage.kv.guild import GuildView, StoreView
from storage.kv.listing import Listing
from storage.kv.operations import ABSENT, ANY_VERSION, Committed, Deleted, Incremented, Mismatch, Mutation, Written
from storage.kv.port import KeyValuePort
from storage.kv.records import Entry, KeyInfo
from storage.kv.values import Kind, RawJson

Asked = TypeVar("Asked", bound="Arguments")


class OfKey(Arguments):
    store: str
    key: str


class OfKeys(Arguments):
    store: str
    keys: list[str]


class OfStore(Arguments):
    store: str


class OfGuild(Arguments):
    pass


class Set(Arguments, kw_only=True):
    store: str
    key: str
    value: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    data: bytes | msgspec.UnsetType = msgspec.field(default=msgspec.UNSET, name="bytes")
    ttl: float | None = None
    expiration: float | None = None
    metadata: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    if_version: int | None = None
    """Store it only if the key still has this version; 0: only if there is none."""


class CompareAndSet(Set, kw_only=True):
    version: int


class Increment(Arguments, kw_only=True):
    store: str
    key: str
    amount: float | int = 1
    ttl: float | None = None
    expiration: float | None = None


class Delete(Arguments, kw_only=True):
    store: str
    key: str
    version: int | None = None


class UpdateMetadata(Arguments, kw_only=True):
    store: str
    key: str
    metadata: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


class List(Arguments, kw_only=True):
    store: str
    prefix: str = ""
    start: str | None = None
    end: str | None = None
    reverse: bool = False
    limit: int | None = None
    cursor: str | None = None


class Check(Arguments):
    """A condition of a transaction: the key has this version; 0 when there must be none."""

    store: str
    key: str
    version: int


class SetPart(Set, tag_field="type", tag="set", kw_only=True):
    pass


class DeletePart(Arguments, tag_field="type", tag="delete"):
    store: str
    key: str


class IncrementPart(Increment, tag_field="type", tag="increment", kw_only=True):
    pass


class UpdateMetadataPart(UpdateMetadata, tag_field="type", tag="updateMetadata", kw_only=True):
    pass


class Transact(Arguments, kw_only=True):
    checks: list[Check] = msgspec.field(default_factory=list)
    mutations: list[SetPart | DeletePart | IncrementPart | UpdateMetadataPart] = msgspec.field(default_factory=list)


class KvOperations:
    """The handlers. Each gets the caller, whose guild is the only one it can reach."""

    def __init__(self, port: KeyValuePort) -> None:
        self._port = port

    async def get(self, caller: Caller, asked: OfKey) -> Any:
        return _entry(await self._store(caller, asked.store).get(asked.key))

    async def get_many(self, caller: Caller, asked: OfKeys) -> Any:
        return [_entry(found) for found in await self._store(caller, asked.store).get_many(asked.keys)]

    async def has(self, caller: Caller, asked: OfKey) -> bool:
        return await self._store(caller, asked.store).has(asked.key)

    async def set(self, caller: Caller, asked: Set) -> Any:
        if asked.if_version is not None:
            return await self._set_if(caller, asked, asked.if_version)
        return _written(
            await self._store(caller, asked.store).set(
                asked.key, _value(asked), ttl=asked.ttl, expires_at=asked.expiration, metadata=_json(asked.metadata)
            )
        )

    async def set_if_absent(self, caller: Caller, asked: Set) -> Any:
        return await self._set_if(caller, asked, ABSENT)

    async def compare_and_set(self, caller: Caller, asked: CompareAndSet) -> Any:
        return await self._set_if(caller, asked, asked.version)

    async def _set_if(self, caller: Caller, asked: Set, version: int) -> Any:
        return _written(
            await self._store(caller, asked.store).compare_and_set(
                asked.key,
                _version(version),
                _value(asked),
                ttl=asked.ttl,
                expires_at=asked.expiration,
                metadata=_json(asked.metadata),
            )
        )

    async def increment(self, caller: Caller, asked: Increment) -> Any:
        done = await self._store(caller, asked.store).increment(
            asked.key, asked.amount, ttl=asked.ttl, expires_at=asked.expiration
        )
        return _outcome(done)

    async def delete(self, caller: Caller, asked: Delete) -> Any:
        version = ANY_VERSION if asked.version is None else _version(asked.version)
        return _outcome(await self._store(caller, asked.store).delete(asked.key, if_version=version))

    async def update_metadata(self, caller: Caller, asked: UpdateMetadata) -> Any:
        return _written(await self._store(caller, asked.store).update_metadata(asked.key, _json(asked.metadata)))

    async def list(self, caller: Caller, asked: List) -> Any:
        terms = Listing(asked.prefix, asked.start, asked.end, asked.reverse)
        page = await self._store(caller, asked.store).list_keys(terms, limit=asked.limit, cursor=asked.cursor)
        return {"keys": [_key(one) for one in page.keys], "listComplete": page.complete, "cursor": page.cursor}

    async def count(self, caller: Caller, asked: OfStore) -> Any:
        return {"count": await self._store(caller, asked.store).count()}

    async def clear(self, caller: Caller, asked: OfStore) -> int:
        return (await self._store(caller, asked.store).clear()).entries

    async def stores(self, caller: Caller, _asked: OfGuild) -> Any:
        found = await self._guild(caller).stores()
        return [{"name": one.name, "count": one.count, "bytes": one.size} for one in found]

    async def transact(self, caller: Caller, asked: Transact) -> Any:
        operations = self._port.operations
        checks = [operations.check(one.store, one.key, _version(one.version)) for one in asked.checks]
        mutations = [self._mutation(one) for one in asked.mutations]
        done = await self._guild(caller).transact(checks, mutations)
        if isinstance(done, Mismatch):
            return {"ok": False, "committed": False, "check": done.check, "version": done.version}
        return {"ok": True, "committed": True, "results": [_outcome(one) for one in done.outcomes]}

    def _mutation(self, part: SetPart | DeletePart | IncrementPart | UpdateMetadataPart) -> Mutation:
        operations = self._port.operations
        match part:
            case SetPart():
                return operations.put(
                    part.store,
                    part.key,
                    _value(part),
                    ttl=part.ttl,
                    expires_at=part.expiration,
                    metadata=_json(part.metadata),
                    if_version=ANY_VERSION if part.if_version is None else _version(part.if_version),
                )
            case DeletePart():
                return operations.delete(part.store, part.key)
            case IncrementPart():
                return operations.increment(part.store, part.key, part.amount, ttl=part.ttl, expires_at=part.expiration)
            case UpdateMetadataPart():
                return operations.set_metadata(part.store, part.key, _json(part.metadata))

    def _guild(self, caller: Caller) -> GuildView:
        return GuildView(self._port, caller.guild)

    def _store(self, caller: Caller, name: str) -> StoreView:
        return self._guild(caller).store(name)


def _value(asked: Set) -> object:
    if (asked.value is msgspec.UNSET) == (asked.data is msgspec.UNSET):
        raise errors.InvalidValue("Give a value (any JSON) or bytes, and not both")
    return RawJson(bytes(asked.value)) if isinstance(asked.value, msgspec.Raw) else asked.data


def _json(text: msgspec.Raw | msgspec.UnsetType) -> RawJson | None:
    if not isinstance(text, msgspec.Raw) or bytes(text) == b"null":
        return None
    return RawJson(bytes(text))


def _version(version: int) -> int:
    if not 0 <= version < 2**63:
        raise errors.InvalidNumber(f"{version} is not a version; they come from get and set, and 0 means no such key")
    return version


def _entry(found: Entry | None) -> Any:
    if found is None:
        return None
    value = {"value": msgspec.Raw(found.data)} if found.kind is Kind.JSON else {"bytes": found.data}
    return {
        **value,
        "metadata": msgspec.Raw(found.metadata_json) if found.metadata_json else None,
        "expiration": _seconds(found.expires_ms),
        "version": found.version,
    }


def _key(found: KeyInfo) -> Any:
    return {
        "name": found.key,
        "metadata": msgspec.Raw(found.metadata_json) if found.metadata_json else None,
        "expiration": _seconds(found.expires_ms),
        "version": found.version,
    }


def _seconds(expires_ms: int) -> float | int | None:
    if not expires_ms:
        return None
    return expires_ms // 1000 if expires_ms % 1000 == 0 else expires_ms / 1000


def _written(done: Written | Mismatch) -> Any:
    done_so = isinstance(done, Written)
    return {"ok": done_so, "written": done_so, "version": done.version}


def _outcome(done: object) -> Any:
    match done:
        case Written() | Mismatch():
            return _written(done)
        case Deleted():
            return {"ok": True, "existed": done.existed}
        case Incremented():
            return {"value": done.value, "version": done.version}
        case Committed():
            return [_outcome(one) for one in done.outcomes]
        case _:
            raise TypeError(f"{type(done).__name__} is no outcome of an operation")


_ENTRY: Final = "{ value?: Json; bytes?: string; metadata: Json; expiration: number | null; version: number } | null"
_PAGE: Final = (
    "{ keys: { name: string; metadata: Json; expiration: number | null; version: number }[]; "
    "listComplete: boolean; cursor: string | null }"
)
_MAYBE: Final = "{ ok: boolean; written: boolean; version: number }"
_NAMED: Final = (errors.InvalidStoreName, errors.InvalidKey, errors.KeyTooLong)
_DISK: Final[tuple[type[errors.KvError], ...]] = (errors.StorageFull, errors.StorageFailed, errors.KvClosed)
_STORED: Final = (
    *(errors.InvalidValue, errors.ValueTooLarge, errors.InvalidMetadata, errors.MetadataTooLarge),
    *(errors.InvalidExpiry, errors.StoreQuotaExceeded, errors.GuildQuotaExceeded, errors.StaleEpoch),
)
_COUNTED: Final = (errors.InvalidNumber, errors.NotANumber, errors.NumberOverflow)


def register_kv(table: OpTable, port: KeyValuePort) -> None:
    """Puts `kv.*` into the table."""
    kv = KvOperations(port)

    def add(
        name: str,
        arguments: type[Asked],
        handler: Callable[[Caller, Asked], Awaitable[Any]],
        result: str,
        doc: str,
        *refusals: type[errors.KvError],
    ) -> None:
        codes = tuple(dict.fromkeys(refusal.code.upper() for refusal in (*refusals, *_DISK)))
        table.register(own_guild(f"kv.{name}", arguments, handler, doc=doc, result=result, errors=codes))

    add("get", OfKey, kv.get, _ENTRY, "Read one key with its metadata, expiry and version.", *_NAMED)
    add(
        "getMany",
        OfKeys,
        kv.get_many,
        f"({_ENTRY})[]",
        "Read many keys of one moment, in their order.",
        *_NAMED,
        errors.TooManyOperations,
        errors.AnswerTooLarge,
    )
    add("has", OfKey, kv.has, "boolean", "Whether a key exists.", *_NAMED)
    add("set", Set, kv.set, _MAYBE, "Store a value; it is durable when this answers.", *_NAMED, *_STORED)
    add(
        "setIfAbsent",
        Set,
        kv.set_if_absent,
        _MAYBE,
        "Store a value unless the key exists; ok says whether it was stored.",
        *_NAMED,
        *_STORED,
    )
    add(
        "compareAndSet",
        CompareAndSet,
        kv.compare_and_set,
        _MAYBE,
        "Store a value if the key still has this version; ok says whether it was stored.",
        *_NAMED,
        *_STORED,
        errors.InvalidNumber,
    )
    add(
        "increment",
        Increment,
        kv.increment,
        "{ value: number; version: number }",
        "Add to a number; a key that does not exist counts from 0, with the expiry given here.",
        *_NAMED,
        *_COUNTED,
        *_STORED,
    )
    add(
        "delete",
        Delete,
        kv.delete,
        "{ ok: boolean; existed?: boolean; version?: number }",
        "Remove a key, if it still has the version when one is given.",
        *_NAMED,
        errors.InvalidNumber,
        errors.StaleEpoch,
    )
    add(
        "updateMetadata",
        UpdateMetadata,
        kv.update_metadata,
        _MAYBE,
        "Replace a key's metadata, or remove it with null; value and expiry stay.",
        *_NAMED,
        errors.KeyNotFound,
        *_STORED,
    )
    add(
        "list",
        List,
        kv.list,
        _PAGE,
        "A page of keys in the order of their UTF-8 bytes, by prefix or range.",
        *_NAMED,
        errors.InvalidLimit,
        errors.InvalidCursor,
    )
    add("count", OfStore, kv.count, "{ count: number }", "How many keys a store has.", errors.InvalidStoreName)
    add("clear", OfStore, kv.clear, "number", "Empty a store at once.", errors.InvalidStoreName, errors.StaleEpoch)
    add(
        "stores",
        OfGuild,
        kv.stores,
        "{ name: string; count: number; bytes: number }[]",
        "The guild's stores by name.",
    )
    add(
        "transact",
        Transact,
        kv.transact,
        "{ ok: boolean; committed: boolean; results?: Json[]; check?: number; version?: number }",
        "All mutations, or none when a check fails; within the guild, across its stores.",
        *_NAMED,
        *_COUNTED,
        *_STORED,
        errors.KeyNotFound,
        errors.TooManyOperations,
    )
