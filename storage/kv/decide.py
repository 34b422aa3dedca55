"""What each operation does to a batch: one function for each, and none of them writes."""

from storage.kv.batch import Batch, Draft, compare_epoch
from storage.kv.errors import GuildNotEmpty, KeyNotFound, KvError, NotANumber
from storage.kv.operations import (
    ANY_VERSION,
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
    Sweep,
    Transaction,
    Written,
)
from storage.kv.records import Content, GuildRow, entry_content, entry_version
from storage.kv.sweep import sweep
from storage.kv.values import Kind, add, encode_json


def decide(batch: Batch, guild: bytes, epoch: int, operation: Operation) -> Outcome:
    """Add one operation to the batch; a refusal is an outcome too, and leaves the batch as it was."""
    if isinstance(operation, Sweep):
        return sweep(batch, operation.rows)
    try:
        row = batch.guild_for_writing(guild)
        compare_epoch(row, epoch)
        return _decide(batch, guild, row, operation)
    except KvError as refusal:
        return refusal


def _decide(
    batch: Batch,
    guild: bytes,
    row: GuildRow,
    operation: Mutation | Transaction | Clear | DeleteGuild | Promote,
) -> Outcome:
    match operation:
        case Clear(store):
            return _clear(batch, row, store)
        case DeleteGuild():
            return _delete_guild(batch, guild, row)
        case Promote(staged, replace):
            return _promote(batch, guild, row, staged, replace=replace)
        case _:
            draft = Draft(batch, row)
            outcome = _transact(draft, operation) if isinstance(operation, Transaction) else _mutate(draft, operation)
            if not isinstance(outcome, Mismatch):
                draft.accept()
            return outcome


def _mutate(draft: Draft, mutation: Mutation) -> Outcome:
    match mutation:
        case Put(store, key, content, if_version):
            if (mismatch := _compare(draft, store, key, if_version)) is not None:
                return mismatch
            return Written(draft.write(store, key, content))
        case Delete(store, key, if_version):
            if (mismatch := _compare(draft, store, key, if_version)) is not None:
                return mismatch
            return Deleted(draft.remove(store, key))
        case Increment(store, key):
            return _increment(draft, mutation, draft.find(store, key))
        case SetMetadata(store, key):
            return _set_metadata(draft, mutation, draft.find(store, key))


def _compare(draft: Draft, store: bytes, key: bytes, wanted: int, check: int = 0) -> Mismatch | None:
    if wanted == ANY_VERSION:
        return None
    record = draft.find(store, key)
    version = entry_version(record) if record else 0
    return None if version == wanted else Mismatch(version, check)


def _increment(draft: Draft, operation: Increment, record: bytes | None) -> Incremented:
    before = entry_content(record) if record else Content(Kind.JSON, b"0", expires_ms=operation.expires_ms)
    value = add(before.kind, before.data, operation.amount)
    data = encode_json(value, NotANumber, 0)
    after = Content(Kind.JSON, data, before.metadata, before.expires_ms)
    return Incremented(value, draft.write(operation.store, operation.key, after))


def _set_metadata(draft: Draft, operation: SetMetadata, record: bytes | None) -> Written:
    if record is None:
        raise KeyNotFound("There is no such key")
    before = entry_content(record)
    after = Content(before.kind, before.data, operation.metadata, before.expires_ms)
    return Written(draft.write(operation.store, operation.key, after))


def _transact(draft: Draft, transaction: Transaction) -> Outcome:
    for index, check in enumerate(transaction.checks):
        if (mismatch := _compare(draft, check.store, check.key, check.version, index)) is not None:
            return mismatch
    outcomes: list[Outcome] = []
    for index, mutation in enumerate(transaction.mutations, len(transaction.checks)):
        outcome = _mutate(draft, mutation)
        if isinstance(outcome, Mismatch):
            return Mismatch(outcome.version, index)
        outcomes.append(outcome)
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
