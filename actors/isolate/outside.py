"""The process that stays outside of a pid namespace: it waits for the one inside, and ends as that one ended.

It was a whole Python, some 6 MB, of which nothing will be used again. So it goes on as machine code that gives all of
that back to the kernel first; what it needs then is its stack and one page.
"""

import os
import struct
from collections.abc import Iterator
from typing import Final, NoReturn

from actors.isolate import machine

_FORGET: Final = 4  # MADV_DONTNEED
_MADVISE: Final = 28
_WAIT: Final = 61
_LEAVE: Final = 231
_SYSTEM_CALL: Final = b"\x0f\x05"
_PLACES: Final = 240
"""As many pieces of memory fit on the page beside the code; the largest are the ones that count."""


def wait_for(pid: int) -> NoReturn:
    """Wait for this child, then exit with its code, or 256 less its signal."""
    try:
        places = sorted(_private_memory(), key=lambda place: place[1], reverse=True)[:_PLACES]
    except OSError:  # there is no /proc: it stays as large as it is
        places = []
    machine.run(_code(pid) + b"".join(struct.pack("<QQ", *place) for place in places) + bytes(8))
    os._exit(1)  # it does not come back


def _private_memory() -> Iterator[tuple[int, int]]:
    """Where, and how much; but for the stack, and what the kernel keeps for itself."""
    with open("/proc/self/maps") as maps:
        for line in maps:
            fields = line.split(None, 5)
            name = fields[5].strip() if len(fields) > 5 else ""
            if fields[1].endswith("p") and not name.startswith(("[stack", "[v")):
                start, end = (int(part, 16) for part in fields[0].split("-"))
                yield start, end - start


def _code(pid: int) -> bytes:
    """It is followed by a table of pairs, an address and a size, that ends with a 0."""
    # mov rdi, [rbx]; test rdi, rdi; jz past this: mov rsi, [rbx + 8]; mov edx, forget; mov eax, madvise; call the
    # kernel; add rbx, 16; jmp back
    forget = bytes.fromhex("488b7308") + _number("ba", _FORGET) + _number("b8", _MADVISE) + _SYSTEM_CALL
    forget += bytes.fromhex("4883c310")
    look = bytes.fromhex("488b3b 4885ff") + struct.pack("<cB", b"\x74", len(forget) + 2)
    loop = look + forget
    loop += struct.pack("<cb", b"\xeb", -len(loop) - 2)
    # sub rsp, 16; again: mov edi, pid; mov rsi, rsp; xor edx, edx; xor r10d, r10d; mov eax, wait; call the kernel;
    # cmp rax, -4, which is "interrupted"; je again
    again = _number("bf", pid) + bytes.fromhex("4889e6 31d2 4531d2") + _number("b8", _WAIT) + _SYSTEM_CALL
    again += bytes.fromhex("4883f8fc")
    wait = bytes.fromhex("4883ec10") + again + struct.pack("<cb", b"\x74", -len(again) - 2)
    # mov edi, [rsp]; mov eax, edi; and eax, 127, the signal; jz exited; neg eax; mov edi, eax; jmp leave;
    # exited: shr edi, 8; leave: movzx edi, dil; mov eax, leave; call the kernel
    leave = (
        bytes.fromhex("8b3c24 89f8 83e07f 7406 f7d8 89c7 eb03 c1ef08 400fb6ff") + _number("b8", _LEAVE) + _SYSTEM_CALL
    )
    # lea rbx, [the table, which follows]
    rest = loop + wait + leave
    return bytes.fromhex("488d1d") + struct.pack("<i", len(rest)) + rest


def _number(register: str, value: int) -> bytes:
    """mov register, value"""
    return bytes.fromhex(register) + struct.pack("<i", value)
