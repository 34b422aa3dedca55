"""What each operation does to a batch: one function for each, and none of them writes."""

from collections.abc import Sequence
from typing import Final, Protocol

from storage.kv.batch import Batch, compare_epoch
from storage.kv.draft import Draft
from storage.kv.errors import GuildNotEmpty, KeyNotFound, KvError, NotANumber
from storage.kv.operations import (
    ANY_VERSION,
    Check,
    Checkpoint,
    Clear,
    Cleared,
    Committed,
    Delete,
    Deleted,
    DeleteGuild,
    Increment,
    Incremented,
    Mismatch,
    Mutation,
    Operation,
    Outcome,
    Promote,
    Put,
    SetMetadata,
    Several,
    Sweep,
    Target,
    Transaction,
    Written,
)
from storage.kv.records import (
    EXPIRY,
    NEVER,
    Content,
    GuildRow,
    StoreRow,
    entry_content,
    entry_version,
    pack_body,
    pack_number,
)
from storage.kv.sweep import sweep
from storage.kv.values import Kind, add, encode_json

_MUTATIONS: Final = (Put, Delete, Increment, SetMetadata)


class Asked(Protocol):
    """What somebody waits for."""

    guild: bytes
    epoch: int
    operation: Operation | Several | None
    target: Target | None
    """Of a plain set, which has no operation."""
    key: bytes
    body: bytes
    outcome: Outcome


def decide_all(batch: Batch, requests: Sequence[Asked]) -> None:
    """Add the requests to the batch, in order.

    Nearly all are sets without a condition over a value that is there, one guild's many in a row. They are decided in
    this loop, without a call that need not be: at a hundred callers the interpreter is what a set costs. Everything
    else has a function of its own, which says the same of such a set.
    """
    entries, recent = batch.changes.entries, batch.recent.entries
    target: Target | None = None
    rows: tuple[GuildRow, StoreRow] | None = None
    number, version = b"", batch.sequence
    some_expire = batch.some_expire
    for request in requests:
        if request.target is not target:
            target = request.target
            rows = _rows(batch, target) if target is not None else None
            number = rows[1].number if rows is not None else b""
        if rows is not None:
            placed = number + request.key
            before = entries[placed] if placed in entries else recent.get(placed)
            if before is None or (some_expire and before[EXPIRY] != NEVER):
                before = _lasting(batch.entry(placed))
            if before is not None:
                version += 1
                record = pack_number(version) + request.body
                if len(record) == len(before) or batch.may_grow(*rows, len(record) - len(before)):
                    entries[placed] = record
                    request.outcome = Written(version)
                    continue
        batch.sequence = version
        request.outcome = _decide_one(batch, request)
        version, target, rows = batch.sequence, None, None  # it may have made the store, or done away with it
        some_expire = batch.some_expire
    batch.sequence = version


def _lasting(record: bytes | None) -> bytes | None:
    """The record, if there is one and it does not expire."""
    return record if record is not None and record[EXPIRY] == NEVER else None


def _rows(batch: Batch, target: Target) -> tuple[GuildRow, StoreRow] | None:
    """What a set counts to, when all of it is there."""
    guild = batch.guild(target.guild)
    store = batch.store(guild, target.store) if guild is not None and guild.epoch == target.epoch else None
    return (guild, store) if guild is not None and store is not None else None


def _decide_one(batch: Batch, request: Asked) -> Outcome:
    target, operation = request.target, request.operation
    if target is not None:
        return _decide(batch, target.guild, target.epoch, Put(target.store, request.key, request.body))
    if isinstance(operation, Several):
        return Committed(tuple([_decide(batch, request.guild, request.epoch, each) for each in operation.operations]))
    assert operation is not None
    return _decide(batch, request.guild, request.epoch, operation)


def _decide(batch: Batch, guild: bytes, epoch: int, operation: Operation) -> Outcome:
    """A refusal is an outcome too, and leaves the batch as it was."""
    try:
        if isinstance(operation, Sweep):
            return sweep(batch, operation.rows)
        row = batch.guild_for_writing(guild)
        compare_epoch(row, epoch)
        if isinstance(operation, _MUTATIONS):
            return _mutate(batch, row, operation)
        assert not isinstance(operation, Checkpoint), "the writer sees to it"
        return _decide_whole(batch, guild, row, operation)
    except KvError as refusal:
        return refusal


def _decide_whole(
    batch: Batch, guild: bytes, row: GuildRow, operation: Transaction | Clear | DeleteGuild | Promote
) -> Outcome:
    match operation:
        case Transaction():
            return _transact(batch, row, operation)
        case Clear(store):
            return _clear(batch, row, store)
        case DeleteGuild():
            return _delete_guild(batch, guild, row)
        case Promote(staged, replace):
            return _promote(batch, guild, row, staged, replace=replace)


def _mutate(target: Batch | Draft, guild: GuildRow, mutation: Mutation) -> Outcome:
    if isinstance(mutation, Put):
        if mutation.if_version != ANY_VERSION and (mismatch := _compare(target, guild, mutation)):
            return mismatch
        return Written(target.write(guild, mutation.store, mutation.key, mutation.body))
    if isinstance(mutation, Delete):
        if mutation.if_version != ANY_VERSION and (mismatch := _compare(target, guild, mutation)):
            return mismatch
        return Deleted(target.remove(guild, mutation.store, mutation.key))
    if isinstance(mutation, Increment):
        return _increment(target, guild, mutation)
    return _set_metadata(target, guild, mutation)


def _compare(target: Batch | Draft, guild: GuildRow, wanted: Put | Delete | Check, check: int = 0) -> Mismatch | None:
    record = target.find(guild, wanted.store, wanted.key)
    version = entry_version(record) if record else 0
    return None if version == wanted.if_version else Mismatch(version, check)


def _increment(target: Batch | Draft, guild: GuildRow, operation: Increment) -> Incremented:
    record = target.find(guild, operation.store, operation.key)
    before = entry_content(record) if record else Content(Kind.JSON, b"0", expires_ms=operation.expires_ms)
    value = add(before.kind, before.data, operation.amount)
    data = encode_json(value, NotANumber, 0)
    after = Content(Kind.JSON, data, before.metadata, before.expires_ms)
    return Incremented(value, target.write(guild, operation.store, operation.key, pack_body(operation.key, after)))


def _set_metadata(target: Batch | Draft, guild: GuildRow, operation: SetMetadata) -> Written:
    record = target.find(guild, operation.store, operation.key)
    if record is None:
        raise KeyNotFound("There is no such key")
    before = entry_content(record)
    after = Content(before.kind, before.data, operation.metadata, before.expires_ms)
    return Written(target.write(guild, operation.store, operation.key, pack_body(operation.key, after)))


def _transact(batch: Batch, guild: GuildRow, transaction: Transaction) -> Outcome:
    draft = Draft(batch, guild)
    for index, check in enumerate(transaction.checks):
        if (mismatch := _compare(draft, guild, check, index)) is not None:
            return mismatch
    outcomes: list[Outcome] = []
    for index, mutation in enumerate(transaction.mutations, len(transaction.checks)):
        outcome = _mutate(draft, guild, mutation)
        if isinstance(outcome, Mismatch):
            return Mismatch(outcome.version, index)
        outcomes.append(outcome)
    draft.accept()
    return Committed(tuple(outcomes))


def _clear(batch: Batch, guild: GuildRow, store: bytes) -> Cleared:
    row = batch.store(guild, store)
    if row is None:
        return Cleared(0)
    batch.drop_store(guild, store)
    return Cleared(row.count)


def _delete_guild(batch: Batch, guild: bytes, row: GuildRow) -> Deleted:
    existed = row.size > 0
    batch.drop_guild(guild)
    if row.epoch:
        batch.guild_for_writing(guild).epoch = row.epoch
    return Deleted(existed)


def _promote(batch: Batch, guild: bytes, row: GuildRow, staged: bytes, *, replace: bool) -> Outcome:
    if row.size > 0 and not replace:
        raise GuildNotEmpty("The guild has data; say that it may be replaced")
    batch.move_guild(staged, guild)
    return Deleted(row.size > 0)
