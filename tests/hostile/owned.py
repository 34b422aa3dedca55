"""A zygote whose isolates obey one order more: run native code of an attacker's, inside the seal.

Only the tests start this program. It is the product's zygote, sandbox and child, with one method of the child
overridden; so nothing that ships has such a hook, and the attacker stands where a script would stand that had
taken its process over completely: any system call, any address, from Python by ctypes.

    OWN try <json>     make every try, and report each as a log line; <json> names the processes to attack
    OWN <name>         one that is expected to end the process
"""

import ctypes
import errno
import json
import mmap
import os
import socket
import struct
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from actors.isolate import seccomp, zygote
from actors.isolate.child import DOOR, Child

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long
_libc.mmap.restype = ctypes.c_void_p
_libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]

_X32: Final = 0x40000000
_LAST_SYSTEM_CALL: Final = 480
_NEVER_FILTERED: Final = {335, 336}
"""uretprobe and uprobe: newer kernels let them pass any filter, and end the process unless a tracer put them there."""
_PRIVATE: Final = 0x22  # MAP_PRIVATE | MAP_ANONYMOUS
_SHARED: Final = 0x21
_GROWS_DOWN: Final = 0x100
_HUGE: Final = 0x40000
_DROPPABLE: Final = 0x28
_MAY_MOVE: Final = 1
_FIXED: Final = 3
_MIB: Final = 1024 * 1024
_FAILED: Final = ctypes.c_void_p(-1).value


def call(number: int, *arguments: Any) -> str:
    """The name of the error, or "done" when the kernel did it."""
    ctypes.set_errno(0)
    if _libc.syscall(number, *arguments) >= 0:
        return "done"
    return errno.errorcode.get(ctypes.get_errno(), "?")


def map_memory(size: int, protection: int, flags: int) -> str:
    ctypes.set_errno(0)
    if _libc.mmap(None, size, protection, flags, -1, 0) == _FAILED:
        return errno.errorcode.get(ctypes.get_errno(), "?")
    return "done"


def resize(size: int, wanted: int, flags: int = _MAY_MOVE) -> str:
    """Of two pages of private memory."""
    start = _libc.mmap(None, 8192, 3, _PRIVATE, -1, 0)
    return call(25, ctypes.c_void_p(start), ctypes.c_size_t(size), ctypes.c_size_t(wanted), flags, 0)


def _path(text: str) -> bytes:
    return text.encode() + b"\0"


def _unix_address(name: bytes) -> bytes:
    return struct.pack("<H108s", socket.AF_UNIX, name)


def tries_at_files() -> dict[str, Callable[[], str]]:
    at_here = -100
    how = struct.pack("<QQQ", 0, 0, 0)
    return {
        "open /etc/passwd": lambda: call(2, _path("/etc/passwd"), 0),
        "openat /proc/self/maps": lambda: call(257, at_here, _path("/proc/self/maps"), 0),
        "openat relative": lambda: call(257, at_here, _path("passwd"), 0),
        "openat by the door": lambda: call(257, DOOR, _path("../etc/passwd"), 0),
        "openat creating": lambda: call(257, at_here, _path("/new"), os.O_CREAT | os.O_RDWR, 0o600),
        "openat of a nameless file": lambda: call(257, at_here, _path("/"), 0o20200002, 0o600),
        "openat2": lambda: call(437, at_here, _path("/"), how, len(how)),
        "creat": lambda: call(85, _path("/new"), 0o600),
        "stat": lambda: call(4, _path("/"), ctypes.create_string_buffer(256)),
        "open_by_handle_at": lambda: call(304, DOOR, ctypes.create_string_buffer(64), 0),
        "memfd_create": lambda: call(319, _path("x"), 0),
        "memfd_secret": lambda: call(447, 0),
        "execve": lambda: call(59, _path("/bin/sh"), None, None),
        "execveat": lambda: call(322, DOOR, _path(""), None, None, 0x1000),
        "mount": lambda: call(165, _path("none"), _path("/"), _path("proc"), 0, None),
        "umount": lambda: call(166, _path("/"), 2),
        "pivot_root": lambda: call(155, _path("."), _path(".")),
        "chroot": lambda: call(161, _path("/")),
        "fsopen": lambda: call(430, _path("proc"), 0),
        "open_tree": lambda: call(428, at_here, _path("/"), 1),
    }


def tries_at_descriptors() -> dict[str, Callable[[], str]]:
    buffer = ctypes.create_string_buffer(64)
    ways = {f"read {number}": (0, number) for number in (0, 1, 2, 4, 5, 100)}
    ways |= {f"write {number}": (1, number) for number in (0, 1, 2, 4, 5, 100)}
    tries: dict[str, Callable[[], str]] = {
        name: partial(call, number, fd, buffer, 1) for name, (number, fd) in ways.items()
    }
    return tries | {
        "socket unix": lambda: call(41, socket.AF_UNIX, socket.SOCK_STREAM, 0),
        "socket inet": lambda: call(41, socket.AF_INET, socket.SOCK_STREAM, 0),
        "socket netlink": lambda: call(41, socket.AF_NETLINK, socket.SOCK_RAW, 0),
        "socket vsock": lambda: call(41, 40, socket.SOCK_STREAM, 0),
        "socketpair": lambda: call(53, socket.AF_UNIX, socket.SOCK_STREAM, 0, buffer),
        "connect the door elsewhere": lambda: call(42, DOOR, _unix_address(b"/run/x"), 110),
        "bind the door": lambda: call(49, DOOR, _unix_address(b"\0abstract"), 110),
        "send elsewhere by the door": lambda: call(44, DOOR, buffer, 0, 0, _unix_address(b"\0abstract"), 110),
        "sendmsg with a descriptor": lambda: call(46, DOOR, ctypes.create_string_buffer(56), 0),
        "recvmsg for a descriptor": lambda: call(47, DOOR, ctypes.create_string_buffer(56), 0x40),
        "ioctl TIOCSTI": lambda: call(16, DOOR, 0x5412, buffer),
        "dup": lambda: call(32, DOOR),
        "dup2": lambda: call(33, DOOR, 0),
        "fcntl F_DUPFD": lambda: call(72, DOOR, 0, 10),
        "map the door": lambda: (
            "done" if _libc.mmap(None, 4096, 1, 2, DOOR, 0) != _FAILED else errno.errorcode[ctypes.get_errno()]
        ),
        "io_uring_setup": lambda: call(425, 8, ctypes.create_string_buffer(128)),
    }


def tries_at_processes(targets: dict[str, int]) -> dict[str, Callable[[], str]]:
    vector = struct.pack("<QQ", ctypes.addressof(ctypes.create_string_buffer(8)), 8)
    tries: dict[str, Callable[[], str]] = {
        "fork": lambda: call(57),
        "vfork": lambda: call(58),
        "clone a process": lambda: call(56, 17, None, None, None, None),
        "clone a thread": lambda: call(56, 0x10F00, None, None, None, None),
        "clone3": lambda: call(435, ctypes.create_string_buffer(88), 88),
        "unshare": lambda: call(272, 0x10000000),
        "setns": lambda: call(308, DOOR, 0),
        "ptrace traceme": lambda: call(101, 0, 0, None, None),
        "rt_sigaction ignore": lambda: call(13, 14, ctypes.create_string_buffer(32), None, 8),
        "pidfd of the door": lambda: call(438, DOOR, 0, 0),
    }
    for name, pid in {"all": -1, "group": 0, "first": 1, **targets}.items():
        tries |= {
            f"kill {name}": partial(call, 62, pid, 9),
            f"ask for {name}": partial(call, 62, pid, 0),
            f"tgkill {name}": partial(call, 234, pid, pid, 9),
            f"rt_sigqueueinfo {name}": partial(call, 129, pid, 9, ctypes.create_string_buffer(128)),
            f"pidfd_open {name}": partial(call, 434, pid, 0),
            f"ptrace {name}": partial(call, 101, 16, pid, None, None),
            f"read memory of {name}": partial(call, 310, pid, vector, 1, vector, 1, 0),
            f"write memory of {name}": partial(call, 311, pid, vector, 1, vector, 1, 0),
            f"prlimit of {name}": partial(call, 302, pid, 7, None, ctypes.create_string_buffer(16)),
        }
    return tries


def tries_at_rights() -> dict[str, Callable[[], str]]:
    endless = struct.pack("<qq", -1, -1)
    header = struct.pack("<II", 0x20080522, 0)
    return {
        **{f"setrlimit {kind}": partial(call, 160, kind, endless) for kind in range(16)},
        **{f"prlimit {kind}": partial(call, 302, 0, kind, endless, None) for kind in range(16)},
        "setuid": lambda: call(105, 0),
        "setgid": lambda: call(106, 0),
        "setresuid": lambda: call(117, 0, 0, 0),
        "capset": lambda: call(126, header, b"\xff" * 24),
        "be dumpable": lambda: call(157, 4, 1, 0, 0, 0),
        "outlive the parent": lambda: call(157, 1, 0, 0, 0, 0),
        "new privileges": lambda: call(157, 38, 0, 0, 0, 0),
        "no seccomp": lambda: call(157, 22, 0, None, 0, 0),
        "another seccomp": lambda: call(317, 1, 0, ctypes.create_string_buffer(16)),
        "securebits": lambda: call(157, 28, 0, 0, 0, 0),
        "bpf": lambda: call(321, 5, ctypes.create_string_buffer(128), 128),
        "perf_event_open": lambda: call(298, ctypes.create_string_buffer(128), 0, -1, -1, 0),
        "userfaultfd": lambda: call(323, 0),
        "keyctl": lambda: call(250, 0, -3, 0),
        "add_key": lambda: call(248, _path("user"), _path("x"), b"x", 1, -3),
        "personality": lambda: call(135, 0x0040000),
        "setpriority": lambda: call(141, 0, 0, -20),
        "sched_setaffinity": lambda: call(203, 0, 8, b"\xff" * 8),
        "shmget": lambda: call(29, 0, 4096, 0o1600),
        "modify_ldt": lambda: call(154, 1, ctypes.create_string_buffer(16), 16),
        "iopl": lambda: call(172, 3),
        "reboot": lambda: call(169, 0xFEE1DEAD, 672274793, 0, None),
        "sethostname": lambda: call(170, b"x", 1),
        "uname": lambda: call(63, ctypes.create_string_buffer(512)),
    }


def tries_at_memory(board: int) -> dict[str, Callable[[], str]]:
    return {
        "board writable": lambda: call(10, board, 4096, 3),
        "board emptied": lambda: call(28, board, 4096, 9),
        "board remapped": lambda: call(25, board, 4096, 8192, 1, 0),
        "memory stretched": lambda: resize(4096, 8192),
        "memory moved": lambda: resize(8192, 4096, _FIXED),
        "memory made smaller from beyond 4 GiB": lambda: resize((1 << 32) + 4096, 4096),
        "memory made smaller to beyond 4 GiB": lambda: resize(4096, 1 << 32),
        "shared memory": lambda: map_memory(_MIB, 3, _SHARED),
        "memory growing downwards": lambda: map_memory(_MIB, 3, _PRIVATE | _GROWS_DOWN),
        "huge pages": lambda: map_memory(2 * _MIB, 3, _PRIVATE | _HUGE),
        "droppable memory": lambda: map_memory(_MIB, 3, _DROPPABLE),
        "a terabyte to read": lambda: map_memory(1 << 40, 1, _PRIVATE),
        "a gigabyte to write": lambda: map_memory(1 << 30, 3, _PRIVATE),
        "locked memory": lambda: call(149, board, 4096),
        "all memory locked": lambda: call(151, 3),
    }


def everything_else() -> dict[str, Callable[[], str]]:
    """Every number that the filter does not name, on the chance that one means something."""
    named = {
        *seccomp._ALLOWED.values(),
        *seccomp._ALLOWED_ON_THE_DOOR.values(),
        seccomp._MAP_MEMORY,
        seccomp._RESIZE_MEMORY,
    }
    named |= _NEVER_FILTERED
    numbers = [number for number in range(_LAST_SYSTEM_CALL) if number not in named]
    return {f"system call {number}": partial(call, number, 0, 0, 0, 0, 0, 0) for number in numbers}


def memory_to_be_had() -> int:
    """How many MiB can be mapped and written before the kernel says no."""
    count = 0
    while (start := _libc.mmap(None, _MIB, 3, _PRIVATE, -1, 0)) != _FAILED:
        ctypes.memset(start, 1, _MIB)
        count += 1
    return count


def _native(code: bytes) -> None:
    start = _libc.mmap(None, 4096, 7, _PRIVATE, -1, 0)
    ctypes.memmove(start, code, len(code))
    ctypes.CFUNCTYPE(ctypes.c_int)(start)()


class OwnedChild(Child):
    """The product's child, with the attacker's one order."""

    def _obey(self, record: bytes) -> None:
        kind, _, body = record.partition(b"\t")
        if kind != b"OWN":
            super()._obey(record)
            return
        order = body.decode()
        if order.startswith("try "):
            self._try_everything(json.loads(order[4:]))
        else:
            self._end(order)

    def _report(self, text: str) -> None:
        self._door.sendall(f"C\t0\tinfo\t{json.dumps(text)}\n".encode())

    def _board(self) -> int:
        """Where the board lies: a buffer's first field is its address."""
        buffer = ctypes.create_string_buffer(128)
        ctypes.pythonapi.PyObject_GetBuffer(ctypes.py_object(self._cancelled_ids), buffer, 0)
        return int(struct.unpack_from("<Q", buffer.raw)[0])

    def _try_everything(self, targets: dict[str, int]) -> None:
        tries = {
            **tries_at_files(),
            **tries_at_descriptors(),
            **tries_at_processes(targets),
            **tries_at_rights(),
            **tries_at_memory(self._board()),
            **everything_else(),
        }
        for name, attempt in tries.items():
            self._report(json.dumps([name, attempt()]))
        self._report(json.dumps(["memory", memory_to_be_had()]))
        self._report("[]")

    def _end(self, name: str) -> None:
        ways: dict[str, Callable[[], object]] = {
            "x32": lambda: call(_X32 | 39),
            "32-bit": lambda: _native(bytes.fromhex("b814000000cd80c3")),  # mov eax, getpid; int 0x80; ret
            "write the board": lambda: ctypes.memset(self._board(), 1, 8),
            "page tables": self._take_all_addresses,
            "spin": _spin,
            "sleep": _sleep,
            "fill the door": _fill_the_door,
            "leave": lambda: os._exit(0),
        }
        ways[name]()

    @staticmethod
    def _take_all_addresses() -> None:
        while map_memory(1 << 30, 1, _PRIVATE) == "done":
            pass
        os._exit(0)


def _spin() -> None:
    call(14, 0, b"\xff" * 8, None, 8)  # as deaf as a process can be
    while True:
        pass


def _sleep() -> None:
    while True:  # an alarm wakes it
        call(35, struct.pack("<qq", 10**6, 0), None)


def _fill_the_door() -> None:
    while True:
        os.write(DOOR, b"x" * mmap.PAGESIZE)


def main() -> None:
    zygote.__dict__["Child"] = OwnedChild
    zygote.main()
