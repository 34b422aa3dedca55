"""The C library's heap before processes are forked from it.

A page that is written after the fork is copied, whatever else lies on it. What a child allocates would go into holes
between things that it never touches, a page for each. So the large holes go back to the kernel, and the small
ones are taken, for ever: what is allocated after that lies side by side, at the end of the heap.
"""

import ctypes
from typing import Final

_LARGEST: Final = 64 * 1024
_STEP: Final = 16
_SMALLEST: Final = 24
_MOST: Final = 100_000
"""Of holes. A heap has some hundreds."""


class _Counts(ctypes.Structure):
    """`struct mallinfo2`."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    )


def settle() -> None:
    """Leave nothing free but the end of the heap. The C library has to be glibc; with another nothing happens."""
    libc = ctypes.CDLL(None)
    try:
        libc.malloc_trim(0)
        libc.mallinfo2.restype = _Counts
        libc.sbrk.restype, libc.sbrk.argtypes = ctypes.c_size_t, [ctypes.c_ssize_t]
        libc.malloc.restype, libc.malloc.argtypes = ctypes.c_size_t, [ctypes.c_size_t]
        libc.free.argtypes = [ctypes.c_size_t]
    except AttributeError:
        return
    sizes = [_LARGEST >> halvings for halvings in range(6)] + list(range(1536, _SMALLEST - 1, -_STEP))
    for size in sizes:
        for _ in range(_MOST):
            end = libc.sbrk(0) - libc.mallinfo2().keepcost
            block = libc.malloc(size)
            if not block or block >= end - _STEP:  # there is no such hole any more
                libc.free(block)
                break
