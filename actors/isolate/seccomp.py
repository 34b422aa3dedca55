"""The system calls that a sealed child may make: computing, memory, time, the door, and leaving. Nothing else.

Whatever is not listed fails with EPERM and does nothing. Numbers are Linux's for x86-64; a call made through
another of the processor's entrances (32-bit, x32) ends the process, since there the numbers mean other things.
"""

import struct
from typing import Final

_ARCHITECTURE: Final = 0xC000003E  # AUDIT_ARCH_X86_64
_X32: Final = 0x40000000

_ALLOWED: Final = {
    "mprotect": 10,  # the engine writes machine code, then makes it executable
    "munmap": 11,
    "brk": 12,
    "madvise": 28,
    "rt_sigprocmask": 14,
    "rt_sigreturn": 15,
    "sigaltstack": 131,
    "setitimer": 38,  # the alarm that interrupts JavaScript
    "futex": 202,
    "sched_yield": 24,
    "poll": 7,
    "nanosleep": 35,
    "clock_nanosleep": 230,
    "clock_gettime": 228,
    "clock_getres": 229,
    "gettimeofday": 96,
    "time": 201,
    "restart_syscall": 219,
    "getrandom": 318,
    "getpid": 39,
    "gettid": 186,
    "exit": 60,
    "exit_group": 231,
}
_MAP_MEMORY: Final = 9
_UNCOUNTED_MEMORY: Final = 0x4010D
"""Shared (1, and its kin 4 and 8), growing downwards, huge pages: RLIMIT_DATA counts none of these."""
_RESIZE_MEMORY: Final = 25
"""Only to make a mapping smaller where it is: larger, it could stretch the stack, and malloc copies instead. Smaller it
must be: the engine quotes a text of 1 MB in 64 MiB and gives the rest back; malloc keeps it if mremap is refused."""
_MAY_MOVE: Final = 1  # MREMAP_MAYMOVE; one that is made smaller stays where it is
_ALLOWED_ON_THE_DOOR: Final = {"read": 0, "write": 1, "sendto": 44, "recvfrom": 45}

_LOAD_WORD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_IF_EQUAL: Final = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_JUMP_IF_NOT_LESS: Final = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_JUMP_IF_ANY_BIT: Final = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_JUMP_IF_GREATER_THAN_KEPT: Final = 0x2D  # BPF_JMP | BPF_JGT | BPF_X
_KEEP: Final = 0x07  # BPF_MISC | BPF_TAX
_RETURN: Final = 0x06  # BPF_RET | BPF_K
_NUMBER: Final = 0  # offsets in struct seccomp_data
_ARCH: Final = 4
_FIRST_ARGUMENT: Final = 16
_SECOND_ARGUMENT: Final = 24
_THIRD_ARGUMENT: Final = 32
_FOURTH_ARGUMENT: Final = 40
_HIGH: Final = 4
"""From an argument's low half to its high one."""
_ALLOW: Final = 0x7FFF0000
_DENY: Final = 0x00050000 | 1  # SECCOMP_RET_ERRNO with EPERM
_KILL: Final = 0x80000000  # SECCOMP_RET_KILL_PROCESS


def _instruction(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, operand)


def assemble(door: int) -> bytes:
    """The filter, as the kernel takes it: instructions of eight bytes."""
    program = [
        _instruction(_LOAD_WORD, _ARCH),
        _instruction(_JUMP_IF_EQUAL, _ARCHITECTURE, if_true=1),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD_WORD, _NUMBER),
        _instruction(_JUMP_IF_NOT_LESS, _X32, if_false=1),
        _instruction(_RETURN, _KILL),
    ]
    for number in _ALLOWED.values():
        program += [_instruction(_JUMP_IF_EQUAL, number, if_false=1), _instruction(_RETURN, _ALLOW)]
    for number in _ALLOWED_ON_THE_DOOR.values():
        program += [
            _instruction(_JUMP_IF_EQUAL, number, if_false=4),
            _instruction(_LOAD_WORD, _FIRST_ARGUMENT),
            _instruction(_JUMP_IF_EQUAL, door, if_false=1),
            _instruction(_RETURN, _ALLOW),
            _instruction(_RETURN, _DENY),
        ]
    program += [
        _instruction(_JUMP_IF_EQUAL, _MAP_MEMORY, if_false=4),
        _instruction(_LOAD_WORD, _FOURTH_ARGUMENT),
        _instruction(_JUMP_IF_ANY_BIT, _UNCOUNTED_MEMORY, if_true=1),
        _instruction(_RETURN, _ALLOW),
        _instruction(_RETURN, _DENY),
    ]
    program += [
        _instruction(_JUMP_IF_EQUAL, _RESIZE_MEMORY, if_false=11),
        _instruction(_LOAD_WORD, _FOURTH_ARGUMENT),
        _instruction(_JUMP_IF_ANY_BIT, ~_MAY_MOVE & 0xFFFFFFFF, if_true=9),
        _instruction(_LOAD_WORD, _SECOND_ARGUMENT + _HIGH),
        _instruction(_JUMP_IF_EQUAL, 0, if_false=7),
        _instruction(_LOAD_WORD, _THIRD_ARGUMENT + _HIGH),
        _instruction(_JUMP_IF_EQUAL, 0, if_false=5),
        _instruction(_LOAD_WORD, _SECOND_ARGUMENT),
        _instruction(_KEEP, 0),
        _instruction(_LOAD_WORD, _THIRD_ARGUMENT),
        _instruction(_JUMP_IF_GREATER_THAN_KEPT, 0, if_true=1),
        _instruction(_RETURN, _ALLOW),
        _instruction(_RETURN, _DENY),
    ]
    return b"".join(program)
