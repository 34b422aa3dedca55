"""The file in which a write is durable first: one append, one sync, and LMDB takes the rows over later.

It is made whole, zeros and all, before it is used, and its size never changes; so a sync has no metadata to write.
It is filled from the start; once LMDB has committed what it holds, a new *generation* begins, at the start again.
What a file that is written over holds beyond its end is the past, so each frame says its generation, in 16 random bytes
that LMDB keeps (`meta`, row `journal`) and that are changed in the same commit that takes the rows over. A frame of
another generation is not seen. A number would tell the past apart as well; but values stand in here as tenants wrote
them, and nobody can write a value that passes for a frame of a generation he cannot guess.

A frame begins on a block of its own, so a block that holds an acknowledged frame is never written again
before the rows are in LMDB: a power cut tears what was not acknowledged, nothing else.

| frame | |
|---|---|
| generation | 16 bytes |
| sequence | 8 bytes, from 0 in each generation |
| length | 4 bytes, of the changes |
| checksum | 4 bytes, CRC-32 of sequence, length and changes |
| changes | `batch.Changes` in MessagePack |
"""

import os
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Final

import msgspec
import trio

from storage.kv.batch import Changes
from storage.kv.direct import MOST_BYTES, DirectFile, open_direct
from storage.kv.environment import sync_folder
from storage.kv.errors import KvUnreadable
from storage.kv.limits import MIB

if TYPE_CHECKING:
    import outcome

JOURNAL_FILE: Final = "journal"
BLOCK: Final = 4096
GENERATION_BYTES: Final = 16

_HEAD: Final = Struct(">16sQII")
_CHECKED: Final = Struct(">QI")
_STATE: Final = Struct(">16sQ")
_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Changes).decode
_ZEROS: Final = bytes(BLOCK)


@dataclass(frozen=True, slots=True)
class JournalState:
    """What LMDB knows of the journal: which generation is not in LMDB yet, and how large the file is."""

    generation: bytes
    size: int

    def pack(self) -> bytes:
        """The row's bytes."""
        return _STATE.pack(self.generation, self.size)

    @classmethod
    def unpack(cls, row: bytes) -> "JournalState":
        """The row of these bytes."""
        return cls(*_STATE.unpack(row))

    @classmethod
    def new(cls, size: int) -> "JournalState":
        """A generation that has no frames."""
        return cls(os.urandom(GENERATION_BYTES), size)


class Journal:
    """The open file. One caller at a time: the writer."""

    def __init__(
        self, path: Path, state: JournalState, direct: DirectFile | None = None, *, mode: int = os.O_RDWR
    ) -> None:
        self.path = path
        self.state = state
        self._direct = direct
        self._handle = os.open(path, mode | os.O_CLOEXEC)
        self._sequence = 0
        self._end = 0
        self.is_broken = False
        """A write failed, so nobody knows what the file holds; the next generation starts afresh."""

    @property
    def is_nearly_full(self) -> bool:
        """Whether it is time to begin a new generation."""
        return self._end * 4 >= self.state.size * 3

    def frame(self, changes: Changes) -> bytes | None:
        """The changes as the next frame; None if it has no room here."""
        body = _encode(changes)
        if self.is_broken or self._end + _HEAD.size + len(body) > self.state.size:
            return None
        checksum = _checksum(self._sequence, body)
        head = _HEAD.pack(self.state.generation, self._sequence, len(body), checksum)
        return b"".join((head, body, _ZEROS[: -(_HEAD.size + len(body)) % BLOCK]))

    async def append(self, frame: bytes) -> None:
        """Make the frame durable; raises OSError. Cannot be cancelled half-way."""
        self.is_broken = True
        written = await self._write(frame)
        if written != len(frame):
            raise OSError(f"Only {written} of {len(frame)} bytes went into {self.path}")
        self._end += len(frame)
        self._sequence += 1
        self.is_broken = False

    async def _write(self, frame: bytes) -> int:
        if self._direct is not None and len(frame) <= MOST_BYTES:
            return await self._direct.write(frame, self._end)
        return await _in_a_thread(lambda: self._write_and_sync(frame))

    def _write_and_sync(self, frame: bytes) -> int:
        written = os.pwrite(self._handle, frame, self._end)
        os.fdatasync(self._handle)
        return written

    def begin(self, state: JournalState) -> None:
        """Start again at the beginning: LMDB has committed what is in here, and this new state."""
        self.state = state
        self._end = self._sequence = 0
        self.is_broken = False

    def recover(self) -> Iterator[Changes]:
        """What this generation holds, oldest first; the next frame goes behind it. Raises `KvUnreadable`.

        A frame that is not whole was never acknowledged if it is the last one: the power went, or flora, while it
        was written. If another one stands behind it, then it was whole once, and acknowledged.
        """
        content = memoryview(os.pread(self._handle, self.state.size, 0))
        while (body := self._body(content, self._end, self._sequence)) is not None:
            yield _decode(body)
            self._end += _whole_blocks(_HEAD.size + len(body))
            self._sequence += 1
        for offset in range(self._end, len(content), BLOCK):
            if self._is_later(content, offset):
                raise KvUnreadable(
                    self.path.parent,
                    f"its {self.path.name} is damaged at byte {self._end}, and what stands behind was acknowledged. "
                    "Nothing was changed. Restore a backup.",
                )

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._handle)

    def _body(self, content: memoryview, offset: int, sequence: int) -> memoryview | None:
        if offset + _HEAD.size > len(content):
            return None
        generation, found, length, checksum = _HEAD.unpack_from(content, offset)
        body = content[offset + _HEAD.size : offset + _HEAD.size + length]
        if generation != self.state.generation or found != sequence or len(body) != length:
            return None
        return body if checksum == _checksum(sequence, body) else None

    def _is_later(self, content: memoryview, offset: int) -> bool:
        if offset + _HEAD.size > len(content):
            return False
        generation, sequence, _length, _sum = _HEAD.unpack_from(content, offset)
        if generation != self.state.generation or sequence <= self._sequence:
            return False
        return self._body(content, offset, sequence) is not None


def make_journal(folder: Path, size: int) -> JournalState:
    """A file with no frames in it, in place of whatever there was. Raises OSError.

    Whole or not at all, and every block of it written, so that the disk has nothing left to decide later.
    """
    state = JournalState.new(_whole_blocks(size))
    staged = folder / f"{JOURNAL_FILE}.making"
    handle = os.open(staged, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        os.posix_fallocate(handle, 0, state.size)
        for offset in range(0, state.size, MIB):
            os.pwrite(handle, bytes(min(MIB, state.size - offset)), offset)
        os.fsync(handle)
    finally:
        os.close(handle)
    staged.rename(folder / JOURNAL_FILE)
    sync_folder(folder)
    return state


@contextmanager
def open_journal(folder: Path, state: JournalState) -> Generator[Journal]:
    """The journal that LMDB knows of. Raises OSError and `KvUnreadable`."""
    path = _whole_file(folder, state)
    with open_direct(path) as direct, closing(Journal(path, state, direct)) as journal:
        yield journal


def read_journal(folder: Path, state: JournalState) -> list[Changes]:
    """What it holds, oldest first, for who does not own it. Raises OSError and `KvUnreadable`."""
    with closing(Journal(_whole_file(folder, state), state, mode=os.O_RDONLY)) as journal:
        return list(journal.recover())


def _whole_file(folder: Path, state: JournalState) -> Path:
    path = folder / JOURNAL_FILE
    found = path.stat().st_size if path.exists() else 0
    if found < state.size:
        raise KvUnreadable(
            folder,
            f"{found} of {state.size} bytes of its {JOURNAL_FILE} are there, and it may have held writes that were "
            "acknowledged. Nothing was changed. Put the file back, or restore a backup.",
        )
    return path


async def _in_a_thread(write: Callable[[], int]) -> int:
    task, token = trio.lowlevel.current_task(), trio.lowlevel.current_trio_token()

    def deliver(result: "outcome.Outcome[int]") -> None:
        token.run_sync_soon(trio.lowlevel.reschedule, task, result)

    trio.lowlevel.start_thread_soon(write, deliver, "flora kv journal")
    written: int = await trio.lowlevel.wait_task_rescheduled(lambda _raise_cancel: trio.lowlevel.Abort.FAILED)
    return written


def _checksum(sequence: int, body: bytes | memoryview) -> int:
    return zlib.crc32(body, zlib.crc32(_CHECKED.pack(sequence, len(body))))


def _whole_blocks(size: int) -> int:
    return -(-size // BLOCK) * BLOCK
