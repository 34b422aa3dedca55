"""Whether LMDB can read its file at all, page by page, without handing it to LMDB: which trusts what it finds, and ends
the process at some kinds of damage.

Every page that can be reached must have its own number, be of the kind that is expected there, and hold what it says
within its bounds. Nothing more is asked (py-lmdb's own verifier asks more, and refuses files that LMDB wrote: a large
value that was made smaller keeps its pages); whether rows agree with each other is for check.py.

`flora doctor` and snapshots always look. A start looks only when the folder was not closed in order, which is when
damage comes about: the power went, or LMDB met a damaged page and ended flora.
"""

import logging
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from struct import Struct, unpack_from
from typing import Final

import trio

from storage.kv.environment import DATA_FILE, translated, was_left_open
from storage.kv.errors import KvUnreadable
from storage.kv.limits import MIB

REMEDY: Final = "Nothing was changed. Restore a backup, or move the folder away to start empty."
_log = logging.getLogger(__name__)

# As in LMDB's mdb.c, data version 1, on machines of 64 bits.
_PAGE: Final = Struct("=QHHHH")  # number, padding, kind, lower, upper
_EXTENT: Final = Struct("=QHHI")  # number, padding, kind, pages
_NODE: Final = Struct("=HHHH")  # low and high half of a size or page, flags (or more of the page), size of the key
_TREE: Final = Struct("=IHH5Q")  # page size or padding, flags, depth, branches, leaves, large, entries, root
_META: Final = Struct("=II16x")  # magic, version, address and size of the map
_NUMBER: Final = Struct("=Q")
_MAGIC: Final = (0xBEEFC0DE, 1)
_BRANCH, _LEAF, _LARGE = 1, 2, 4
_KINDS: Final = 0x6F  # without the mark of pages that are being written
_IS_LARGE, _IS_TREE, _IS_DUPLICATES = 1, 2, 4
_NO_PAGE: Final = (1 << 64) - 1
_METAS: Final = 2


async def refuse_damage_after_a_crash(path: Path) -> None:
    """Before a folder is opened that was not closed in order; raises `KvUnreadable`."""
    if was_left_open(path):
        size = (path / DATA_FILE).stat().st_size if (path / DATA_FILE).exists() else 0
        _log.info("%s was not closed in order: looking at all %.1f MiB of it first", path, size / MIB)
        await trio.to_thread.run_sync(refuse_damage, path, abandon_on_cancel=True)


def refuse_damage(path: Path) -> None:
    """Raises `KvUnreadable`, which names the first page that LMDB could not read. Nobody may write meanwhile."""
    if not (path / DATA_FILE).exists():
        return
    try:
        with translated(path), _opened(path / DATA_FILE) as pages:
            pages.look_at_all()
    except _DamagedError as damage:
        raise KvUnreadable(path, f"its {DATA_FILE} is damaged ({damage}). {REMEDY}") from None


class _DamagedError(Exception):
    """Which page, and what is wrong with it."""


@contextmanager
def _opened(file: Path) -> Generator["_Pages"]:
    """Read with `pread` and not mapped: a file that is too short, or a disk that fails, is an error then, no signal."""
    handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield _Pages(handle, os.fstat(handle).st_size)
    finally:
        os.close(handle)


@dataclass(slots=True)
class _Pages:
    handle: int
    length: int
    size: int = 0
    """Of a page."""
    end: int = 0
    """Pages from here on were never used."""
    seen: bytearray = field(default_factory=bytearray)

    def look_at_all(self) -> None:
        free, main = self._newest_roots()
        self._walk(free, is_free=True)
        self._walk(main)

    def _newest_roots(self) -> tuple[int, int]:
        """Both metas must be whole; LMDB goes on from the younger one."""
        first = self._meta(0)
        self.size = first[0]
        _, free, main, last, _ = max(first, self._meta(self.size), key=lambda meta: meta[4])
        self.end = last + 1
        if self.end * self.size > self.length:
            raise _DamagedError(f"{self.length} of {self.end * self.size} bytes are there")
        self.seen = bytearray(self.end)
        return free, main

    def _meta(self, offset: int) -> tuple[int, int, int, int, int]:
        """Page size, the roots of the free pages and of everything else, the last page, and the transaction."""
        start = _PAGE.size + _META.size
        content = os.pread(self.handle, start + 2 * _TREE.size + 2 * _NUMBER.size, offset)
        whole = len(content) == start + 2 * _TREE.size + 2 * _NUMBER.size
        if not whole or _META.unpack_from(content, _PAGE.size) != _MAGIC:
            raise _DamagedError(f"the head at byte {offset} is none")
        free, main = _TREE.unpack_from(content, start), _TREE.unpack_from(content, start + _TREE.size)
        last, transaction = unpack_from("=QQ", content, start + 2 * _TREE.size)
        size: int = free[0]
        if size < 512 or size > 0x8000 or size & (size - 1):
            raise _DamagedError(f"the head at byte {offset} says that a page has {size} bytes")
        return size, free[-1], main[-1], last, transaction

    def _walk(self, root: int, *, is_free: bool = False) -> None:
        waiting = [] if root == _NO_PAGE else [root]
        while waiting:
            number = waiting.pop()
            page = self._read(number)
            kind = _PAGE.unpack_from(page)[2] & _KINDS
            if kind == _BRANCH:
                waiting += self._children(number, page)
            elif kind == _LEAF:
                waiting += self._below(number, page, is_free=is_free)
            else:
                raise _DamagedError(f"page {number} is neither a branch nor a leaf")

    def _claim(self, number: int, count: int = 1) -> None:
        if not _METAS <= number <= self.end - count:
            raise _DamagedError(f"page {number} is referred to, and there are {self.end}")
        if any(self.seen[number : number + count]):
            raise _DamagedError(f"page {number} is referred to twice")
        self.seen[number : number + count] = b"\1" * count

    def _read(self, number: int) -> bytes:
        self._claim(number)
        page = os.pread(self.handle, self.size, number * self.size)
        if len(page) < self.size or _NUMBER.unpack_from(page)[0] != number:
            raise _DamagedError(f"page {number} is not what was written there")
        return page

    def _nodes(self, number: int, page: bytes, start: int = 0, size: int = 0) -> Iterator[tuple[int, ...]]:
        """Where each node of a page begins, and its head; of a page within a page too."""
        size = size or self.size
        _, _, _, lower, upper = _PAGE.unpack_from(page, start)
        if not _PAGE.size <= lower <= upper <= size or lower % 2:
            raise _DamagedError(f"page {number} has bounds that cannot be")
        for offset in unpack_from(f"={(lower - _PAGE.size) // 2}H", page, start + _PAGE.size):
            if not upper <= offset <= size - _NODE.size:
                raise _DamagedError(f"page {number} has a node out of bounds")
            node = _NODE.unpack_from(page, start + offset)
            if offset + _NODE.size + node[3] > size:
                raise _DamagedError(f"page {number} has a key out of bounds")
            yield (start + offset, *node)

    def _children(self, number: int, page: bytes) -> list[int]:
        children = [low | high << 16 | more << 32 for _, low, high, more, _ in self._nodes(number, page)]
        if len(children) < 2:
            raise _DamagedError(f"page {number} is a branch with {len(children)} children")
        return children

    def _below(self, number: int, page: bytes, *, is_free: bool) -> list[int]:
        """The roots of the trees that a leaf names."""
        roots: list[int] = []
        for offset, low, high, flags, key_size in self._nodes(number, page):
            start, size = offset + _NODE.size + key_size, low | high << 16
            held = _NUMBER.size if flags & _IS_LARGE else size
            if start + held > self.size or (flags & _IS_TREE and size != _TREE.size):
                raise _DamagedError(f"page {number} has a value out of bounds")
            if flags & _IS_LARGE:
                self._large(_NUMBER.unpack_from(page, start)[0], size, is_free=is_free)
            elif flags & _IS_TREE:
                root: int = _TREE.unpack_from(page, start)[-1]
                roots += [] if root == _NO_PAGE else [root]
            elif flags & _IS_DUPLICATES:
                self._duplicates(number, page, start, size)
            elif is_free:
                self._free_pages(number, page[start : start + size])
        return roots

    def _duplicates(self, number: int, page: bytes, start: int, size: int) -> None:
        """Values of one key, as a page within the page."""
        if size < _PAGE.size:
            raise _DamagedError(f"page {number} has a page in it that is too small")
        for _ in self._nodes(number, page, start, size):
            pass

    def _large(self, number: int, size: int, *, is_free: bool) -> None:
        """A value on pages of its own; what it says is for check.py, but for the free pages, which LMDB relies on."""
        head = os.pread(self.handle, _EXTENT.size, number * self.size) if number < self.end else b""
        if len(head) < _EXTENT.size:
            raise _DamagedError(f"page {number} is referred to, and there are {self.end}")
        stored, _, kind, count = _EXTENT.unpack(head)
        if stored != number or kind & _KINDS != _LARGE or count * self.size < _PAGE.size + size:
            raise _DamagedError(f"page {number} does not begin a value of {size} bytes")
        self._claim(number, count)
        if is_free:
            self._free_pages(number, os.pread(self.handle, size, number * self.size + _PAGE.size))

    def _free_pages(self, number: int, content: bytes) -> None:
        """How many, and then which."""
        count = _NUMBER.unpack_from(content)[0] if len(content) >= _NUMBER.size else _NO_PAGE
        if (count + 1) * _NUMBER.size > len(content):
            raise _DamagedError(f"page {number} names more free pages than fit in there")
        if any(not _METAS <= free < self.end for free in unpack_from(f"={count}Q", content, _NUMBER.size)):
            raise _DamagedError(f"page {number} names a free page that is none")
