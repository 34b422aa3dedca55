"""Functions of machine code, for what must happen without a step of Python, on the one family of processors we know."""

import ctypes
import mmap
import struct
from typing import Any, Final

_READ_AND_RUN: Final = mmap.PROT_READ | mmap.PROT_EXEC


def libc() -> ctypes.CDLL:
    """The C library, with the types of what is called here."""
    library = ctypes.CDLL(None)
    library.mmap.restype = ctypes.c_size_t
    library.mmap.argtypes = [ctypes.c_size_t, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_ssize_t]
    library.munmap.argtypes = [ctypes.c_size_t, ctypes.c_size_t]
    library.madvise.argtypes = [ctypes.c_size_t, ctypes.c_size_t, ctypes.c_int]
    library.mprotect.argtypes = [ctypes.c_size_t, ctypes.c_size_t, ctypes.c_int]
    library.malloc.restype, library.malloc.argtypes = ctypes.c_size_t, [ctypes.c_size_t]
    return library


def address(function: Any) -> int:
    found = ctypes.cast(function, ctypes.c_void_p).value
    assert found is not None
    return found


def call(function: Any) -> bytes:
    """mov rax, function; call rax"""
    return struct.pack("<2sQ2s", b"\x48\xb8", address(function), b"\xff\xd0")


class Executable:
    """Code where it can be executed, and not be changed. It lives as long as this object."""

    def __init__(self, code: bytes) -> None:
        self._page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        self._page.write(code)
        self.entry = ctypes.addressof(ctypes.c_char.from_buffer(self._page))
        libc().mprotect(self.entry, mmap.PAGESIZE, _READ_AND_RUN)


def run(code: bytes) -> None:
    """Run it once."""
    executable = Executable(code)
    ctypes.CFUNCTYPE(None)(executable.entry)()
