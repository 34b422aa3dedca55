"""What a resting isolate gives back: pages of its own that say what they say in every other isolate too.

A child shares each page of its zygote's memory until one of the two writes to it. Most of what Python writes is a count
of references that goes up and down again: afterwards the page says what it said before, and is a page of its own for
ever. It cannot simply be given back, for the kernel would put zeros there.

So the zygote's memory becomes a private mapping of a file without a name, and the file says what the memory of a child
says while it rests: a first child goes the whole way to there and writes it down. A page that nobody wrote to is the
file's, one for all. A page that was written to, and says the same as the file again, becomes the file's again when the
kernel is told to forget it.

To compare a page and to forget it must be one step: between them Python would count a reference on that very page. So
both are machine code. What is compared is only what stays mapped from the file as long as the process lives, and the
file is sealed against writing before any script runs.
"""

import ctypes
import fcntl
import gc
import mmap
import os
import struct
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from actors.isolate import machine

_BLOCK: Final = 1024 * 1024
"""The engine takes memory for JavaScript's objects in blocks of this size and alignment. It may tell the kernel to
forget such pages itself, and expect zeros: in none of them may be what is mapped from the file."""
_POOL: Final = 16 * 1024
"""In which Python keeps small objects of one size."""
_LARGER_THAN_HOLES: Final = 96 * 1024
"""In the heap, after heap.py; and less than what the C library takes from elsewhere."""
_GAP_PAGES: Final = 8
"""Not worth another mapping."""
_PAGE: Final = mmap.PAGESIZE
_PAGE_ENTRY: Final = struct.Struct("Q")  # of /proc/self/pagemap
_PRESENT: Final = 1 << 63
_FORGET: Final = 4  # MADV_DONTNEED
_MAP_NOW: Final = 22  # MADV_POPULATE_READ; kernels before 5.14 refuse it
_MOVE_THERE: Final = 3  # MREMAP_MAYMOVE | MREMAP_FIXED
_AT_THIS_PLACE: Final = 0x10  # MAP_FIXED
_FOR_EVER: Final = 0x1 | 0x2 | 0x4 | 0x8  # F_SEAL_SEAL, and against shrinking, growing and writing

_Visit = ctypes.PYFUNCTYPE(ctypes.c_size_t, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_ssize_t)


class _Region(NamedTuple):
    """Memory that is kept in the file, and how far from it the same part of the file is mapped to be compared with."""

    start: int
    size: int
    away: int


class Snapshot:
    """The memory of a resting child, for all the children of one zygote.

    Made in the zygote. Then a first child calls `visit` when it rests; when it has ended, the zygote calls `adopt`; and
    from then on whoever rests calls `visit`.
    """

    def __init__(self) -> None:
        spans = [part for start, end in list(_spans()) for part in _resident(start, end)]
        self._size = sum(end - start for start, end in spans)
        self._file = os.memfd_create("flora-snapshot", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.ftruncate(self._file, self._size)
        readable = mmap.PROT_READ | mmap.PROT_WRITE
        self._place = machine.libc().mmap(0, self._size, readable, mmap.MAP_SHARED, self._file, 0)
        self._regions = tuple(_beside(spans, self._place))
        self._write_down = machine.Executable(_ENTER + _copy() + _LEAVE)
        self._move_onto = machine.Executable(_ENTER + _move() + _LEAVE)
        self._give_back = machine.Executable(_ENTER + _forget_what_is_the_same() + _LEAVE)
        self._visit: Callable[[int, int, int], int] = _Visit(self._write_down.entry)

    def visit(self) -> int:
        """Give back what says the same as the file, and answer how many bytes that were.

        In the first child this writes the file instead: what Python does on the way to there must be the same.
        """
        pages = 0
        for start, size, away in self._regions:
            pages += self._visit(start, size, away)
        return pages * _PAGE

    def discard(self) -> None:
        """Be of no use any more, to anybody."""
        machine.libc().munmap(self._place, self._size)
        os.close(self._file)
        self._regions = ()

    def adopt(self) -> None:
        """Become a mapping of the file that the first child has written."""
        libc = machine.libc()
        libc.munmap(self._place, self._size)  # a file that somebody could write to cannot be sealed
        fcntl.fcntl(self._file, fcntl.F_ADD_SEALS, _FOR_EVER)
        libc.mmap(self._place, self._size, mmap.PROT_READ, mmap.MAP_PRIVATE | _AT_THIS_PLACE, self._file, 0)
        move_onto, offset = _Visit(self._move_onto.entry), 0
        for start, size, _ in self._regions:
            writable = mmap.PROT_READ | mmap.PROT_WRITE
            move_onto(start, size, libc.mmap(0, size, writable, mmap.MAP_PRIVATE, self._file, offset))
            offset += size
        os.close(self._file)
        self._visit = _Visit(self._give_back.entry)
        self.visit()
        for start, size, _ in self._regions:
            libc.madvise(start, size, _MAP_NOW)  # or each child would have to ask for each page that it only reads


# -- which memory ---------------------------------------------------------------------------------------------------


def _beside(spans: list[tuple[int, int]], place: int) -> Iterator[_Region]:
    for start, end in spans:
        yield _Region(start, end - start, place - start)
        place += end - start


def _spans() -> Iterator[tuple[int, int]]:
    """The C library's heap, Python's own data, and its small objects: where nothing is unmapped any more.

    The heap does not shrink below what is taken from its end now, and never used. Python gives no memory back in which
    an object of the zygote lies, and those stay.
    """
    pools = _pools()
    heap_end = machine.libc().malloc(_LARGER_THAN_HOLES) & -_PAGE
    with open("/proc/self/maps") as maps:
        lines = [line.split(None, 5) for line in maps]
    for fields in lines:
        start, end = (int(part, 16) for part in fields[0].split("-"))
        name = fields[5].strip() if len(fields) > 5 else ""
        if fields[1] != "rw-p":
            continue
        if name == "[heap]":
            yield start, max(start, min(end, heap_end))
        elif "/libpython3" in name:
            yield start, end
        elif not name:
            yield from _with_pools(pools, start, end)


def _with_pools(pools: list[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    """From the first to the last pool of each block; a block with a pool is none of the engine's."""
    for block in range(start & -_BLOCK, end, _BLOCK):
        low, high = max(start, block), min(end, block + _BLOCK) - _POOL
        inside = [pool for pool in pools if low <= pool <= high]
        if inside:
            yield inside[0], inside[-1] + _POOL


def _pools() -> list[int]:
    """Where objects lie, as far as two steps from what the collector knows."""
    pools: set[int] = set()
    for one in gc.get_objects():
        near = gc.get_referents(one)
        for group in ((one,), near, gc.get_referents(*near)):
            pools.update(id(found) & -_POOL for found in group)
    return sorted(pools)


def _resident(start: int, end: int) -> Iterator[tuple[int, int]]:
    """What of it there really is: long stretches that nobody ever wrote to need no place in the file."""
    with open("/proc/self/pagemap", "rb", buffering=0) as pagemap:
        pagemap.seek(start // _PAGE * _PAGE_ENTRY.size)
        entries = pagemap.read((end - start) // _PAGE * _PAGE_ENTRY.size)
    present = [page for page, (entry,) in enumerate(_PAGE_ENTRY.iter_unpack(entries)) if entry & _PRESENT]
    begun = 0
    for index, page in enumerate(present):
        if index + 1 == len(present) or present[index + 1] - page > _GAP_PAGES:
            yield start + present[begun] * _PAGE, start + (page + 1) * _PAGE
            begun = index + 1


# -- machine code: functions of a start, a size, and a third number ---------------------------------------------------

# push rbx, r12, r13, r14 and r15, which leaves the stack aligned. rbx is the start then, r12 the size, r13 the third.
_ENTER: Final = bytes.fromhex("53 4154 4155 4156 4157") + bytes.fromhex("4889fb 4989f4 4989d5")
_LEAVE: Final = bytes.fromhex("415f 415e 415d 415c 5b c3")


def _copy() -> bytes:
    """Copy the region to where it is mapped, so far away as the third number says. Answer 0."""
    # lea rdi, [rbx + r13]; mov rsi, rbx; mov rdx, r12; copy; xor eax, eax
    return bytes.fromhex("4a8d3c2b 4889de 4c89e2") + machine.call(machine.libc().memcpy) + bytes.fromhex("31c0")


def _move() -> bytes:
    """Copy the region to the third number, an address, and put the memory there in the region's place."""
    libc = machine.libc()
    # mov rdi, r13; mov rsi, rbx; mov rdx, r12; copy
    copied = bytes.fromhex("4c89ef 4889de 4c89e2") + machine.call(libc.memcpy)
    # mov rdi, r13; mov rsi, r12; mov rdx, r12; mov ecx, how; mov r8, rbx; move
    how = struct.pack("<cI", b"\xb9", _MOVE_THERE)
    return copied + bytes.fromhex("4c89ef 4c89e6 4c89e2") + how + bytes.fromhex("4989d8") + machine.call(libc.mremap)


def _forget_what_is_the_same() -> bytes:
    """Compare each page with that so far away, and have the kernel forget it when they are equal. Answer how often."""
    libc = machine.libc()
    page = struct.pack("<I", _PAGE)
    # mov rdi, rbx; lea rsi, [rbx + r13]; mov edx, page; compare; test eax, eax
    compare = bytes.fromhex("4889df 4a8d342b ba") + page + machine.call(libc.memcmp) + bytes.fromhex("85c0")
    # mov rdi, rbx; mov esi, page; mov edx, forget; tell the kernel; inc r15
    forget = bytes.fromhex("4889df be") + page + struct.pack("<cI", b"\xba", _FORGET) + machine.call(libc.madvise)
    forget += bytes.fromhex("49ffc7")
    # compare; jnz past this: forget; add rbx, page
    step = compare + struct.pack("<cB", b"\x75", len(forget)) + forget + bytes.fromhex("4881c3") + page
    # loop: cmp rbx, r12; jae past this: step; jmp loop
    loop = bytes.fromhex("4c39e3") + struct.pack("<cB", b"\x73", len(step) + 2) + step
    loop += struct.pack("<cb", b"\xeb", -len(loop) - 2)
    # add r12, rbx, which is the end then; xor r15d, r15d; loop; mov rax, r15
    return bytes.fromhex("4901dc 4531ff") + loop + bytes.fromhex("4c89f8")
