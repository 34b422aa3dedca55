"""Writing to a file without a thread: the kernel is told, goes past its cache, and rings when it is on disk.

A thread's way there and back takes twice as long as a fast disk does: it has to be woken, to get the interpreter to
itself, and to wake trio's loop in its turn. So the journal is written with the kernel's asynchronous input and output
(`io_submit`), on file systems where handing over is known not to wait for the disk, ext4 and XFS. Opened with
`O_DIRECT` there is no copy in the kernel's cache for which other writers' dirty pages could make the loop wait, and
`O_DSYNC` makes the write itself durable: one trip to the disk, where a write and a sync take two.

Where that cannot be had (another file system, a system call that is refused) `open_direct` answers None.
"""

import ctypes
import mmap
import os
import platform
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import trio

from storage.kv.limits import MIB

MOST_BYTES: Final = MIB
"""What one write may have: as much memory is kept for it. For more than that, a thread's way no longer matters."""

_FILE_SYSTEMS: Final = frozenset({0xEF53, 0x58465342})  # ext4 and XFS, as linux/magic.h has them
_STATFS_BYTES: Final = 256
_WRITE: Final = 1  # IOCB_CMD_PWRITE
_RINGS: Final = 1  # IOCB_FLAG_RESFD
_SYSTEM_CALLS: Final = {"x86_64": (206, 207, 208, 209), "aarch64": (0, 1, 4, 2)}  # setup, destroy, getevents, submit

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long
_system_call: Final[Callable[..., int]] = _libc.syscall


class _Order(ctypes.Structure):
    """`struct iocb` of linux/aio_abi.h."""

    _fields_ = (
        ("data", ctypes.c_uint64),
        ("key", ctypes.c_uint32),
        ("write_flags", ctypes.c_uint32),
        ("operation", ctypes.c_uint16),
        ("priority", ctypes.c_int16),
        ("handle", ctypes.c_uint32),
        ("memory", ctypes.c_uint64),
        ("size", ctypes.c_uint64),
        ("offset", ctypes.c_int64),
        ("reserved", ctypes.c_uint64),
        ("flags", ctypes.c_uint32),
        ("bell", ctypes.c_uint32),
    )


class _Done(ctypes.Structure):
    """`struct io_event` of linux/aio_abi.h."""

    _fields_ = (
        ("data", ctypes.c_uint64),
        ("order", ctypes.c_uint64),
        ("result", ctypes.c_int64),
        ("result2", ctypes.c_int64),
    )


class DirectFile:
    """A file whose blocks are all there already, open for writing in whole blocks, one write at a time."""

    def __init__(self, handle: int, context: ctypes.c_ulong, bell: int) -> None:
        _setup, _destroy, self._getevents, self._submit = _SYSTEM_CALLS[platform.machine()]
        self._context = context
        self._bell = bell
        self._memory = mmap.mmap(-1, MOST_BYTES)  # on a page, as O_DIRECT wants it
        address = ctypes.addressof(ctypes.c_char.from_buffer(self._memory))
        self._order = _Order(operation=_WRITE, handle=handle, memory=address, flags=_RINGS, bell=bell)
        self._orders = (ctypes.POINTER(_Order) * 1)(ctypes.pointer(self._order))
        self._done = _Done()

    async def write(self, content: bytes, offset: int) -> int:
        """Returns how many bytes are on disk; raises OSError. Who is cancelled hears it when the kernel has let go."""
        size = len(content)
        self._memory[:size] = content
        self._order.size, self._order.offset = size, offset
        if _system_call(self._submit, self._context, 1, self._orders) != 1:
            raise _error()
        try:
            await trio.lowlevel.wait_readable(self._bell)
        except BaseException:  # a shield around every write would cost as much as its wait does
            with trio.CancelScope(shield=True):
                await trio.lowlevel.wait_readable(self._bell)
            self._take_answer()
            raise
        return self._take_answer()

    def _take_answer(self) -> int:
        os.eventfd_read(self._bell)
        if _system_call(self._getevents, self._context, 1, 1, ctypes.byref(self._done), None) != 1:
            raise _error()
        written: int = self._done.result
        if written < 0:
            raise OSError(-written, os.strerror(-written))
        return written


@contextmanager
def open_direct(path: Path) -> Generator[DirectFile | None]:
    """The file for direct writing, or None where that is not to be had."""
    system_calls = _SYSTEM_CALLS.get(platform.machine())
    handle = _open(path) if system_calls is not None else None
    if system_calls is None or handle is None:
        yield None
        return
    context = ctypes.c_ulong(0)
    try:
        if _system_call(system_calls[0], 1, ctypes.byref(context)) != 0:  # refused here, or too many are open
            yield None
            return
        bell = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        try:
            yield DirectFile(handle, context, bell)
        finally:
            _system_call(system_calls[1], context)
            os.close(bell)
    finally:
        os.close(handle)


def _open(path: Path) -> int | None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CLOEXEC | os.O_DIRECT | os.O_DSYNC)
    except OSError:
        return None
    if _file_system(handle) in _FILE_SYSTEMS:
        return handle
    os.close(handle)
    return None


def _file_system(handle: int) -> int:
    """Which one the file is on: what `statfs` answers begins with it."""
    answer = (ctypes.c_ulong * (_STATFS_BYTES // ctypes.sizeof(ctypes.c_ulong)))()
    return answer[0] if _libc.fstatfs(handle, answer) == 0 else 0


def _error() -> OSError:
    code = ctypes.get_errno()
    return OSError(code, os.strerror(code))
