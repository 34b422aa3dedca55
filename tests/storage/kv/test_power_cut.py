"""The power goes: of what was being written any blocks may be there and any may not, of what was synced all are.

Before each write of the journal and each commit of LMDB the files are copied as a power cut would leave them: the
blocks of the frame, or of the pages, there or not by chance. Each copy must open with all that was
acknowledged by then, and of the batch in the air all or nothing.
"""

import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import trio

from storage.kv import KeyValueStore, KvLimits, open_kv
from storage.kv.commit import OpenTransaction
from storage.kv.environment import DATA_FILE
from storage.kv.journal import BLOCK, JOURNAL_FILE, Journal
from tests.storage.kv.conftest import DrivenClock, problems

LIMITS = KvLimits(map_bytes=1 << 30, journal_bytes=48 * BLOCK, gathered_rows=60)
SECTOR = 512
TASKS = 8
META_PAGES = 2


@dataclass(slots=True)
class Cuts:
    """Folders as the power cut left them, each with what had been acknowledged by then."""

    folder: Path
    store: Path
    chance: random.Random
    acknowledged: dict[int, int] = field(default_factory=dict)
    taken: list[tuple[Path, dict[int, int]]] = field(default_factory=list)

    def take(self) -> Path:
        copy = self.folder / f"cut{len(self.taken)}"
        copy.mkdir(parents=True)
        for name in (DATA_FILE, JOURNAL_FILE):
            shutil.copyfile(self.store / name, copy / name)
        self.taken.append((copy, dict(self.acknowledged)))
        return copy

    def tear(self, before: bytes, after: bytes, unit: int, whole: int = 0) -> bytes:
        """Some units of what is new; the first `whole` ones as they were."""
        parts = [before[:whole]]
        for start in range(whole, len(after), unit):
            old = before[start : start + unit].ljust(len(after[start : start + unit]), b"\0")
            parts.append(after[start : start + unit] if self.chance.random() < 0.5 else old)
        return b"".join(parts)


async def _write(kv: KeyValueStore, cuts: Cuts, task: int) -> None:
    guild, make = kv.guild(task % 2), kv.operations
    for number in range(1, 80):
        pair = [make.put(name, f"{task}", number, metadata="x" * (number * 61 % 900)) for name in ("left", "right")]
        await guild.transact([], pair)
        cuts.acknowledged[task] = number
        if number % 7 == 0:
            await guild.store(f"scratch{task}").set("x", number, ttl=50)
            await guild.store(f"scratch{task}").clear()


@pytest.mark.parametrize("seed", range(3))
async def test_a_power_cut_takes_nothing_that_was_acknowledged(
    tmp_path: Path, clock: DrivenClock, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    store = tmp_path / "kv"
    cuts = Cuts(tmp_path, store, random.Random(seed))
    append, commit = Journal.append, OpenTransaction.commit

    async def cut_append(journal: Journal, frame: bytes) -> None:
        copy = cuts.take() / JOURNAL_FILE
        before, start = copy.read_bytes(), journal._end
        torn = cuts.tear(before[start : start + len(frame)], frame, SECTOR)
        copy.write_bytes(before[:start] + torn + before[start + len(frame) :])
        await append(journal, frame)

    async def cut_commit(transaction: OpenTransaction) -> None:
        copy = cuts.take() / DATA_FILE
        before = copy.read_bytes()
        await commit(transaction)
        copy.write_bytes(cuts.tear(before, (store / DATA_FILE).read_bytes(), BLOCK, META_PAGES * BLOCK))

    monkeypatch.setattr(Journal, "append", cut_append)
    monkeypatch.setattr(OpenTransaction, "commit", cut_commit)
    async with open_kv(store, LIMITS, clock) as kv, trio.open_nursery() as nursery:
        for task in range(TASKS):
            nursery.start_soon(_write, kv, cuts, task)
    monkeypatch.undo()

    assert len(cuts.taken) > 80
    for folder, acknowledged in cuts.taken:
        async with open_kv(folder, LIMITS, clock) as kv:
            assert await problems(kv) == []
            for task in range(TASKS):
                pair = [await kv.guild(task % 2).store(name).get(f"{task}") for name in ("left", "right")]
                left, right = (entry.value if entry else 0 for entry in pair)
                assert left == right
                assert acknowledged.get(task, 0) <= int(str(left)) <= acknowledged.get(task, 0) + 1
