"""The journal's frames: what a torn, damaged, older or forged one does when the file is read again."""

from collections.abc import Generator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
import trio
import trio.testing

from storage.kv import KvLimits, open_kv
from storage.kv import journal as journal_module
from storage.kv.batch import Changes
from storage.kv.commit import OpenTransaction
from storage.kv.environment import DATA_FILE
from storage.kv.errors import KvUnreadable, StorageFailed
from storage.kv.journal import BLOCK, JOURNAL_FILE, Journal, JournalState, make_journal, open_journal
from tests.storage.kv.conftest import GUILD, LIMITS, DrivenClock, hold_journal, problems

SIZE = 16 * BLOCK
BODY = 5_000
"""Two blocks for each frame, and a good part of the second is padding."""


def changes(number: int) -> Changes:
    return Changes(
        entries={b"entry%d" % number: bytes([number]) * BODY, b"gone": None},
        expiry={(b"moment", b"entry%d" % number): True, (b"moment", b"gone"): False},
    )


async def append(journal: Journal, content: Changes) -> None:
    frame = journal.frame(content)
    assert frame is not None
    await journal.append(frame)


@pytest.fixture(name="state")
def _state(tmp_path: Path) -> JournalState:
    return make_journal(tmp_path, SIZE)


def _not_to_be_had(_path: Path) -> AbstractContextManager[None]:
    return nullcontext()


@pytest.fixture(name="journal", params=["direct", "in a thread"])
def _journal(
    tmp_path: Path, state: JournalState, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Generator[Journal]:
    """Both ways in which frames are written; the second where the first is not to be had, too."""
    if request.param != "direct":
        monkeypatch.setattr(journal_module, "open_direct", _not_to_be_had)
    with open_journal(tmp_path, state) as journal:
        yield journal


def recovered(folder: Path, state: JournalState) -> list[Changes]:
    with open_journal(folder, state) as journal:
        return list(journal.recover())


def flip(folder: Path, offset: int) -> None:
    content = bytearray((folder / JOURNAL_FILE).read_bytes())
    content[offset] ^= 0x10
    (folder / JOURNAL_FILE).write_bytes(content)


async def test_what_was_appended_comes_back_in_order(tmp_path: Path, journal: Journal) -> None:
    for number in range(5):
        await append(journal, changes(number))

    assert recovered(tmp_path, journal.state) == [changes(number) for number in range(5)]


async def test_after_recovery_it_goes_on_behind_the_last_frame(tmp_path: Path, journal: Journal) -> None:
    await append(journal, changes(0))
    with open_journal(tmp_path, journal.state) as again:
        assert list(again.recover()) == [changes(0)]
        await append(again, changes(1))

    assert recovered(tmp_path, journal.state) == [changes(0), changes(1)]


@pytest.mark.parametrize("cut", [0, 1, 15, 16, 23, 24, 27, 28, 31, 32, 33, 4_095, 4_096, 4_097, BODY])
async def test_a_last_frame_that_is_torn_never_happened(tmp_path: Path, journal: Journal, cut: int) -> None:
    for number in range(3):
        await append(journal, changes(number))
    content = (tmp_path / JOURNAL_FILE).read_bytes()
    torn = 2 * 2 * BLOCK + cut
    (tmp_path / JOURNAL_FILE).write_bytes(content[:torn].ljust(SIZE, b"\0"))

    assert recovered(tmp_path, journal.state) == [changes(0), changes(1)]


async def test_a_flipped_bit_anywhere_in_the_last_frame_is_seen(tmp_path: Path, journal: Journal) -> None:
    await append(journal, changes(0))
    await append(journal, changes(1))
    whole = (tmp_path / JOURNAL_FILE).read_bytes()
    frame = journal.frame(changes(1))
    assert frame is not None
    end = len(frame.rstrip(b"\0"))

    for offset in [*range(40), *range(40, end, 97), end - 1]:
        flip(tmp_path, 2 * BLOCK + offset)
        assert recovered(tmp_path, journal.state) == [changes(0)], offset
        (tmp_path / JOURNAL_FILE).write_bytes(whole)


@pytest.mark.parametrize("offset", [0, 16, 24, 28, 32, 4_096, BODY])
async def test_damage_before_an_acknowledged_frame_is_refused(tmp_path: Path, journal: Journal, offset: int) -> None:
    for number in range(3):
        await append(journal, changes(number))
    flip(tmp_path, 2 * BLOCK + offset)

    with pytest.raises(KvUnreadable, match=f"byte {2 * BLOCK}"):
        recovered(tmp_path, journal.state)


async def test_frames_of_an_older_generation_are_not_seen(tmp_path: Path, journal: Journal) -> None:
    for number in range(5):
        await append(journal, changes(number))
    journal.begin(JournalState.new(SIZE))
    await append(journal, changes(9))

    assert recovered(tmp_path, journal.state) == [changes(9)]


async def test_a_value_that_is_a_frame_is_not_one(tmp_path: Path, journal: Journal) -> None:
    forged = journal.frame(Changes(entries={b"theirs": b"mine"}))
    assert forged is not None
    journal.begin(JournalState.new(SIZE))
    value = bytearray(3 * BLOCK)
    for start in range(0, len(value) - len(forged), 32):
        value[start : start + 32] = forged[:32]
    await append(journal, Changes(entries={b"mine": bytes(value)}))

    assert [list(found.entries) for found in recovered(tmp_path, journal.state)] == [[b"mine"]]


async def test_a_full_journal_takes_no_frame(journal: Journal) -> None:
    assert journal.frame(Changes(entries={b"": bytes(SIZE)})) is None
    for number in range(SIZE // BLOCK // 2):
        assert journal.is_nearly_full == (number >= 6)
        await append(journal, changes(number))
    assert journal.frame(Changes()) is None
    journal.begin(JournalState.new(SIZE))
    assert journal.frame(changes(0)) is not None


@pytest.mark.parametrize("left", [None, 0, 1_000, LIMITS.journal_bytes - 1])
async def test_a_journal_that_is_missing_or_cut_is_refused_by_name(
    tmp_path: Path, clock: DrivenClock, left: int | None
) -> None:
    async with open_kv(tmp_path, LIMITS, clock) as kv:
        await kv.guild(GUILD).store("s").set("k", 1)
    file = tmp_path / JOURNAL_FILE
    whole = file.read_bytes()
    file.unlink()
    if left is not None:
        file.write_bytes(whole[:left])

    with pytest.raises(KvUnreadable, match=JOURNAL_FILE):
        async with open_kv(tmp_path, LIMITS, clock):
            raise AssertionError
    file.write_bytes(whole)
    async with open_kv(tmp_path, LIMITS, clock) as kv:
        assert await kv.guild(GUILD).store("s").count() == 1


async def test_a_journal_of_another_size_is_used_as_it_is(tmp_path: Path, clock: DrivenClock) -> None:
    async with open_kv(tmp_path, LIMITS, clock) as kv:
        await kv.guild(GUILD).store("s").set("k", 1)
    async with open_kv(tmp_path, KvLimits(map_bytes=1 << 30, journal_bytes=1 << 16), clock) as kv:
        assert await kv.guild(GUILD).store("s").count() == 1
    assert (tmp_path / JOURNAL_FILE).stat().st_size == LIMITS.journal_bytes


async def _fail(_self: object, _frame: bytes = b"") -> None:
    await trio.lowlevel.checkpoint()
    raise OSError(5, "the disk is on fire")


async def _write_and_fail(journal: Journal, frame: bytes) -> int:
    """The worst case: it says no, and has it all the same."""
    await trio.lowlevel.checkpoint()
    with (journal.path).open("r+b") as file:
        file.seek(journal._end)
        file.write(frame)
    raise OSError(5, "the disk is on fire")


async def test_when_the_journal_fails_lmdb_takes_the_batch(
    tmp_path: Path, clock: DrivenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_kv(tmp_path, LIMITS, clock) as kv:
        store = kv.guild(GUILD).store("s")
        await store.set("before", 1)
        with monkeypatch.context() as patch:
            patch.setattr(Journal, "_write", _write_and_fail)
            await store.set("while", 2)
        assert not kv._gathering.has_rows
        await store.set("after", 3)
        assert kv._gathering.has_rows
        assert await store.count() == 3
        assert await problems(kv) == []


async def test_a_batch_that_nobody_could_write_leaves_nothing(
    tmp_path: Path, clock: DrivenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_kv(tmp_path, LIMITS, clock) as kv:
        store = kv.guild(GUILD).store("s")
        await store.set("before", 1)
        with monkeypatch.context() as patch:
            patch.setattr(Journal, "_write", _write_and_fail)
            patch.setattr(OpenTransaction, "commit", _fail)
            with pytest.raises(StorageFailed, match="on fire"):
                await store.set("while", 2)
            assert await store.get("while") is None
            assert [info.key for info in (await store.list_keys()).keys] == ["before"]
            with pytest.raises(StorageFailed):
                await kv.checkpoint()
        await store.set("after", 3)
        assert [info.key for info in (await store.list_keys()).keys] == ["after", "before"]
        assert await problems(kv) == []
    async with open_kv(tmp_path, LIMITS, clock) as kv:
        assert await kv.guild(GUILD).store("s").count() == 2


async def test_while_lmdb_cannot_commit_writes_are_kept_and_found_again(
    tmp_path: Path, clock: DrivenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        async with open_kv(tmp_path, LIMITS, clock) as kv:
            patch.setattr(OpenTransaction, "commit", _fail)
            for number in range(50):
                await kv.guild(GUILD).store("s").set(f"{number}", number)
            with pytest.raises(StorageFailed):
                await kv.checkpoint()
            assert await kv.guild(GUILD).store("s").count() == 50
    size = (tmp_path / DATA_FILE).stat().st_size
    async with open_kv(tmp_path, LIMITS, clock) as kv:
        assert await kv.guild(GUILD).store("s").count() == 50
        assert await problems(kv) == []
        await kv.checkpoint()
        assert not kv._gathering.has_rows
    assert (tmp_path / DATA_FILE).stat().st_size >= size


async def test_one_key_is_read_while_a_commit_is_under_way_and_a_walk_waits_for_it(
    tmp_path: Path, clock: DrivenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way, may_end = trio.Event(), trio.Event()
    commit = OpenTransaction.commit
    listed: list[str] = []

    async def slow(transaction: OpenTransaction) -> None:
        under_way.set()
        await may_end.wait()
        await commit(transaction)

    async with open_kv(tmp_path, LIMITS, clock) as kv, trio.open_nursery() as nursery:
        store = kv.guild(GUILD).store("s")

        async def walk() -> None:
            listed.extend(info.key for info in (await store.list_keys()).keys)

        await store.set("key", 1)
        monkeypatch.setattr(OpenTransaction, "commit", slow)
        nursery.start_soon(kv.checkpoint)
        await under_way.wait()
        entry = await store.get("key")
        assert entry is not None
        nursery.start_soon(walk)
        await trio.testing.wait_all_tasks_blocked()
        assert listed == []
        may_end.set()
    assert listed == ["key"]


async def test_while_lmdb_cannot_commit_it_is_not_tried_at_every_batch(
    tmp_path: Path, clock: DrivenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each try places all that gathered."""
    tries: list[str] = []

    async def fail(_transaction: OpenTransaction) -> None:
        tries.append("again")
        await _fail(None)

    limits = KvLimits(map_bytes=1 << 30, journal_bytes=1 << 20, gathered_rows=10)
    with monkeypatch.context() as patch:
        patch.setattr(OpenTransaction, "commit", fail)
        async with open_kv(tmp_path, limits, clock) as kv:
            for number in range(100):
                await kv.guild(GUILD).store("s").set(f"{number}", number)
            assert 1 <= len(tries) < 10
            assert await kv.guild(GUILD).store("s").count() == 100


async def test_what_waits_is_bounded_and_all_of_it_is_written(
    tmp_path: Path, clock: DrivenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = hold_journal(monkeypatch)
    limits = KvLimits(map_bytes=1 << 30, journal_bytes=1 << 20, queued_operations=4)
    async with open_kv(tmp_path, limits, clock) as kv:
        store = kv.guild(GUILD).store("s")
        async with trio.open_nursery() as nursery:
            for number in range(20):
                nursery.start_soon(store.set, f"{number}", number)
            await trio.testing.wait_all_tasks_blocked()
            assert 1 <= kv.statistics().queued <= 4
            may_go_on.set()
        assert await store.count() == 20
        assert kv.statistics().queued == 0
