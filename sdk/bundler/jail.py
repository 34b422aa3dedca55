"""`python -I jail.py BINARY ARGUMENTS...`: become a static binary that can open no file and no socket.

The bundler reads what strangers wrote, and bundlers read files. So before it runs: namespaces of its own and an empty
root where the kernel allows, Landlock where it exists, limits, and in any case a filter of system calls in which
nothing opens anything. The filter is required; the rest is a second wall. Imports nothing of ours: it runs alone.
"""

import ctypes
import os
import resource
import struct
import sys
from pathlib import Path
from typing import Final

_NAMESPACES: Final = 0x10000000 | 0x00020000 | 0x40000000 | 0x08000000 | 0x04000000  # user, mount, net, ipc, uts
_NOBODY: Final = 65534
_NO_NEW_PRIVILEGES: Final = 38
_SET_SECCOMP: Final = 22
_FILTER: Final = 2
_LANDLOCK_CREATE: Final = 444
_LANDLOCK_ADD: Final = 445
_LANDLOCK_RESTRICT: Final = 446
_DATA_BYTES: Final = 1 << 30
_CPU_SECONDS: Final = 300

_ARCHITECTURE: Final = 0xC000003E  # x86-64
_EMPTY_PATH: Final = 0x1000  # execute the descriptor, no name
_EXECVEAT: Final = 322
_ALLOWED: Final = {
    "read": 0, "write": 1, "close": 3, "fstat": 5, "poll": 7, "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12,
    "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "pread64": 17, "readv": 19, "writev": 20, "pipe": 22,
    "sched_yield": 24, "mincore": 27, "madvise": 28, "nanosleep": 35, "setitimer": 38, "getpid": 39, "clone": 56,
    "exit": 60, "uname": 63, "fcntl": 72, "gettimeofday": 96, "getuid": 102, "getgid": 104, "geteuid": 107,
    "getegid": 108, "sigaltstack": 131, "arch_prctl": 158, "gettid": 186, "futex": 202, "sched_getaffinity": 204,
    "set_tid_address": 218, "timer_create": 222, "timer_settime": 223, "timer_delete": 226, "clock_gettime": 228,
    "clock_nanosleep": 230, "exit_group": 231, "epoll_wait": 232, "epoll_ctl": 233, "tgkill": 234,
    "set_robust_list": 273, "epoll_pwait": 281, "eventfd2": 290, "epoll_create1": 291, "pipe2": 293, "prlimit64": 302,
    "getrandom": 318, "rseq": 334, "clone3": 435,
}  # fmt: skip

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def _instruction(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, operand)


def _program() -> bytes:
    allow, deny, kill = 0x7FFF0000, 0x00050000 | 1, 0x80000000
    load, equal, at_least, answer = 0x20, 0x15, 0x35, 0x06
    program = [
        _instruction(load, 4),
        _instruction(equal, _ARCHITECTURE, if_true=1),
        _instruction(answer, kill),
        _instruction(load, 0),
        _instruction(at_least, 0x40000000, if_false=1),
        _instruction(answer, kill),
    ]
    for number in _ALLOWED.values():
        program += [_instruction(equal, number, if_false=1), _instruction(answer, allow)]
    program += [
        _instruction(equal, _EXECVEAT, if_false=3),
        _instruction(load, 48),  # its flags
        _instruction(equal, _EMPTY_PATH, if_false=1),
        _instruction(answer, allow),
        _instruction(answer, deny),
    ]
    return b"".join(program)


def _enter_namespaces() -> bool:
    uid, gid = os.getuid(), os.getgid()
    if _libc.unshare(_NAMESPACES) != 0:
        return False
    maps = (("setgroups", "deny"), ("uid_map", f"{_NOBODY} {uid} 1"), ("gid_map", f"{_NOBODY} {gid} 1"))
    for name, text in maps:
        Path("/proc/self", name).write_text(text)
    return True


class _Rights(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("access", ctypes.c_uint64), ("descriptor", ctypes.c_int32))


def _deny_files(binary: int) -> None:
    """Landlock: no right on any file, but to read the binary, which executing it needs."""
    version = _libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version <= 0:
        return
    everything = (1 << 13) - 1
    for since, right in ((2, 13), (3, 14), (5, 15)):
        everything |= (version >= since) << right
    rights = _Rights(everything & ~1, 3)  # EXECUTE stays unhandled
    rules = _libc.syscall(_LANDLOCK_CREATE, ctypes.byref(rights), 16 if version >= 4 else 8, 0)
    if rules < 0:
        return
    _libc.syscall(_LANDLOCK_ADD, rules, 1, ctypes.byref(_Beneath(1 << 2, binary)), 0)
    _libc.syscall(_LANDLOCK_RESTRICT, rules, 0)
    os.close(rules)


def _empty_root() -> None:
    try:
        os.chroot("/proc/self/fdinfo")
    except OSError:
        return
    os.chdir("/")


def _limit() -> None:
    caps = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_DATA, _DATA_BYTES),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_NOFILE, 32),
    )
    for kind, cap in caps:
        resource.setrlimit(kind, (cap, cap))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def _filter_system_calls() -> None:
    instructions = _program()
    buffer = ctypes.create_string_buffer(instructions, len(instructions))
    program = _Program(len(instructions) // 8, ctypes.addressof(buffer))
    if _libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) != 0:
        sys.exit(f"the bundler cannot be sealed: {os.strerror(ctypes.get_errno())}")


def main() -> None:
    """Seal this process, then become the binary."""
    binary = os.open(sys.argv[1], os.O_RDONLY | os.O_CLOEXEC)
    separated = _enter_namespaces()
    _libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _limit()
    _deny_files(binary)
    if separated:
        _empty_root()
    _filter_system_calls()
    os.execve(binary, sys.argv[1:], {"GOMAXPROCS": "2", "GOMEMLIMIT": "256MiB"})  # noqa: S606  no shell is wanted


main()
