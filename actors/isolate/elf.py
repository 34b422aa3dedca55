"""Replace a function that one shared library calls in another, before it is first called.

A library calls another through slots in its procedure linkage table. The dynamic linker fills a slot at the
first call, so whoever writes the slot earlier decides what is called. Only that is done here: find the slot
of a symbol in an x86-64 library that is already mapped, and write an address into it.
"""

import ctypes
import os
import struct
from typing import Final, NamedTuple

_SECTION_HEADER: Final = struct.Struct("<IIQQQQIIQQ")
_RELOCATION: Final = struct.Struct("<QQq")
_SYMBOL_SIZE: Final = 24
_JUMP_SLOT: Final = 7  # R_X86_64_JUMP_SLOT


class SymbolNotFoundError(Exception):
    """The library does not call what was to be replaced: it is not the build that we know."""


class _Section(NamedTuple):
    offset: int
    size: int


def find_slots(library: str, symbols: set[str]) -> dict[str, int]:
    """Where `library`, which is mapped, keeps the addresses of the functions that it calls by these names."""
    with open(library, "rb") as file:
        slots = _jump_slots(file.read(), symbols)
    missing = symbols - slots.keys()
    if missing:
        raise SymbolNotFoundError(f"{os.path.basename(library)} does not call {', '.join(sorted(missing))}")
    base = _base_address(library)
    return {symbol: base + slot for symbol, slot in slots.items()}


def replace(slot: int, address: int) -> None:
    """From now on, what was called through this slot is what lies at `address`."""
    ctypes.c_uint64.from_address(slot).value = address


def _base_address(library: str) -> int:
    real = os.path.realpath(library)
    with open("/proc/self/maps") as maps:
        for line in maps:
            if line.rstrip("\n").endswith(real):
                return int(line.split("-", 1)[0], 16)
    raise SymbolNotFoundError(f"{library} is not mapped")


def _jump_slots(elf: bytes, wanted: set[str]) -> dict[str, int]:
    sections = _sections(elf)
    plt, symbols, names = sections[".rela.plt"], sections[".dynsym"], sections[".dynstr"]
    slots: dict[str, int] = {}
    for slot, info, _ in _RELOCATION.iter_unpack(elf[plt.offset : plt.offset + plt.size]):
        if info & 0xFFFFFFFF != _JUMP_SLOT:
            continue
        (name_offset,) = struct.unpack_from("<I", elf, symbols.offset + (info >> 32) * _SYMBOL_SIZE)
        name = _string(elf, names.offset + name_offset)
        if name in wanted:
            slots[name] = slot
    return slots


def _sections(elf: bytes) -> dict[str, _Section]:
    (table,) = struct.unpack_from("<Q", elf, 0x28)
    entry_size, count, names_index = struct.unpack_from("<HHH", elf, 0x3A)
    headers = [_SECTION_HEADER.unpack_from(elf, table + index * entry_size) for index in range(count)]
    names_offset = headers[names_index][4]
    return {_string(elf, names_offset + header[0]): _Section(header[4], header[5]) for header in headers}


def _string(elf: bytes, start: int) -> str:
    return elf[start : elf.index(b"\0", start)].decode()
