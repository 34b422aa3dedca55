"""The layers that seal an isolate: what the kernel takes away from a process before a script runs in it.

Two moments. `unshare` and `empty_root` are called once, by the zygote: namespaces and an empty root, which its
children inherit. `Seal.close` is called in each child, after the fork and before any script: descriptors, identity,
capabilities, limits, and last the system call filter. All that can be is made ready before the fork, as a `Plan`.

A layer that this kernel refuses is named in the report with the kernel's reason. Without the three that are
required, nothing runs.
"""

import ctypes
import errno
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from actors.isolate import seccomp

REQUIRED_LAYERS: Final = ("no_new_privileges", "limits", "system_calls")
HOLDS: Final = "holds"

_NAMESPACES: Final = {
    "mount": 0x00020000,
    "cgroup": 0x02000000,
    "uts": 0x04000000,
    "ipc": 0x08000000,
    "pid": 0x20000000,
    "network": 0x40000000,
}
_NEW_USER: Final = 0x10000000
_PRIVATE_RECURSIVELY: Final = (1 << 18) | (1 << 14)  # MS_PRIVATE | MS_REC
_SEALED_MOUNT: Final = 1 | 2 | 4 | 8  # read-only, no set-id, no devices, no execution
_DETACH: Final = 2  # MNT_DETACH
_PIVOT_ROOT: Final = 155
_CAPSET: Final = 126
_CLOSE_RANGE: Final = 436
_DUP2: Final = 33
_SET_GROUPS: Final = 116
_SET_USER: Final = 117
_SET_GROUP: Final = 119
_PRCTL: Final = 157
_PRLIMIT: Final = 302
_CAPABILITY_VERSION: Final = 0x20080522
_SET_DEATH_SIGNAL: Final = 1  # PR_SET_PDEATHSIG
_SET_NO_NEW_PRIVILEGES: Final = 38
_SET_SECCOMP: Final = 22
_FILTER: Final = 2  # SECCOMP_MODE_FILTER
_NOBODY: Final = 65534
_FIRST_IDENTITY: Final = 1_600_000_000
"""Root gives each isolate a user of its own from here on, so that none could signal or read another."""

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long
_fork = ctypes.PyDLL(None, use_errno=True).fork

Report = dict[str, str]


class SandboxError(Exception):
    """A layer without which no script may run does not hold."""


def _check(result: int) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _attempt(report: Report, layer: str, *steps: tuple[Callable[..., int], tuple[object, ...]]) -> bool:
    """Take the steps of one layer; on the first refusal note the kernel's reason."""
    try:
        for function, arguments in steps:
            _check(function(*arguments))
    except OSError as error:
        report[layer] = str(error.strerror)
        return False
    report[layer] = HOLDS
    return True


def die_with_parent(parent: int) -> None:
    """End when the parent ends; also when it ended before this was asked."""
    _check(_libc.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0))
    if os.getppid() != parent:
        os._exit(0)


# -- once, in the zygote ------------------------------------------------------------------------------------------


def unshare() -> Report:
    """Leave the host's namespaces, each that the kernel lets go. A new pid namespace begins with the next fork."""
    report: Report = {}
    uid, gid = os.getuid(), os.getgid()
    if uid != 0 and _attempt(report, "user_namespace", (_libc.unshare, (_NEW_USER,))):
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{_NOBODY} {uid} 1"),
            ("gid_map", f"{_NOBODY} {gid} 1"),
        ):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    for name, flag in _NAMESPACES.items():
        _attempt(report, f"{name}_namespace", (_libc.unshare, (flag,)))
    return report


def empty_root(report: Report) -> None:
    """Replace the file system by an empty one that cannot be written."""
    if report.get("mount_namespace") != HOLDS:
        report["empty_root"] = "there is no mount namespace"
        return
    place = b"/tmp"
    if not _attempt(
        report,
        "empty_root",
        (_libc.mount, (b"none", b"/", None, _PRIVATE_RECURSIVELY, None)),
        (_libc.mount, (b"none", place, b"tmpfs", _SEALED_MOUNT, b"size=4k,nr_inodes=1")),
        (_libc.chdir, (place,)),
        (_libc.syscall, (_PIVOT_ROOT, b".", b".")),
        (_libc.umount2, (b".", _DETACH)),
        (_libc.chdir, (b"/",)),
    ):
        os.chdir("/")


# -- in each child ------------------------------------------------------------------------------------------------

# Whatever Python touches after the fork, were it to count a reference, is a page that this child has for itself from
# then on. So each child takes prepared steps: system calls whose numbers and arguments were made before the fork.

Step = tuple[str, tuple[Any, ...]]
"""The layer that a system call belongs to, and the call: its number, then its arguments."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


class Plan(NamedTuple):
    """How one child is to be sealed; made before it is forked."""

    doorway: tuple[Step, ...]
    confine: tuple[Step, ...]
    last: tuple[Step, ...]
    """After these the kernel answers hardly anything any more."""
    parent: int
    report: Report
    """What is told when no step is refused."""
    words: bytes
    """The same, as the record that tells it."""


class Seal:
    """All that a child needs to close itself in, made ready before the fork."""

    def __init__(self, door: int, data_bytes: int, address_bytes: int) -> None:
        self._door = door
        instructions = seccomp.assemble(door)
        self._instructions = ctypes.create_string_buffer(instructions, len(instructions))
        self._program = _Program(len(instructions) // 8, ctypes.addressof(self._instructions))
        self._capability_header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
        self._no_capabilities = (ctypes.c_uint32 * 6)()
        limits = (
            (resource.RLIMIT_DATA, data_bytes),
            (resource.RLIMIT_AS, address_bytes),  # page tables of memory that is only ever read are counted nowhere
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NPROC, 0),
            (resource.RLIMIT_MEMLOCK, 0),
            (resource.RLIMIT_NOFILE, door + 1),
        )
        self._limits = tuple((kind, (ctypes.c_uint64 * 2)(limit, limit)) for kind, limit in limits)

    def plan(self, door: int, slot: int, parent: int) -> Plan:
        """For the child of this slot, whose door has this number yet."""
        doorway = (
            ("door", (_DUP2, door, self._door)),
            ("descriptors", (_CLOSE_RANGE, 0, self._door - 1, 0)),
            ("descriptors", (_CLOSE_RANGE, self._door + 1, 0xFFFFFFFF, 0)),
        )
        confine: list[Step] = [
            ("limits", (_PRLIMIT, 0, kind, ctypes.byref(limit), None)) for kind, limit in self._limits
        ]
        report = {"limits": HOLDS}
        if os.geteuid() == 0:
            identity = _FIRST_IDENTITY + slot
            confine.append(("own_user", (_SET_GROUPS, 0, None)))
            confine += [("own_user", (call, identity, identity, identity)) for call in (_SET_GROUP, _SET_USER)]
            report["own_user"] = HOLDS
        else:
            report["own_user"] = "the daemon is not root"
        header, none = ctypes.byref(self._capability_header), ctypes.byref(self._no_capabilities)
        confine += [
            ("no_capabilities", (_CAPSET, header, none)),
            ("dies_with_parent", (_PRCTL, _SET_DEATH_SIGNAL, int(signal.SIGKILL), 0, 0, 0)),
        ]
        last = (
            ("no_new_privileges", (_PRCTL, _SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)),
            ("system_calls", (_PRCTL, _SET_SECCOMP, _FILTER, ctypes.byref(self._program), 0, 0)),
        )
        report |= dict.fromkeys(("no_capabilities", "dies_with_parent", "no_new_privileges", "system_calls"), HOLDS)
        return Plan(doorway, tuple(confine), last, parent, report, _record(report))

    def keep_only_door(self, plan: Plan) -> None:
        """Close every descriptor but the door, which takes its own number."""
        refused = _take(plan.doorway)
        if "door" in refused:
            raise SandboxError(f"door: {refused['door']}")
        if refused:  # a kernel from before there was this call
            os.closerange(0, self._door)
            os.closerange(self._door + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])

    @staticmethod
    def close(plan: Plan) -> bytes:
        """Seal the calling process for ever, and answer the record of that. Raises SandboxError if it cannot."""
        refused = _take(plan.confine)
        if os.getppid() != plan.parent:  # it ended before its child asked to end with it
            os._exit(0)
        refused |= _take(plan.last)
        if not refused:
            return plan.words
        missing = [layer for layer in (*REQUIRED_LAYERS, "own_user", "dies_with_parent") if layer in refused]
        if missing:
            raise SandboxError(", ".join(f"{layer}: {refused[layer]}" for layer in missing))
        layers = {name: refused.get(name, told) for name, told in plan.report.items()}
        return _record(layers)


def _record(report: Report) -> bytes:
    return b"Y\t" + json.dumps(report).encode() + b"\n"


def _take(steps: tuple[Step, ...]) -> Report:
    """What the kernel refuses of these, by layer."""
    refused: Report = {}
    call = _libc.syscall
    for layer, arguments in steps:
        if call(*arguments) < 0:
            refused.setdefault(layer, os.strerror(ctypes.get_errno()))
    return refused


def fork() -> int:
    """A plain fork, without what Python does beside it for locks and threads, of which there are none here: that would
    be some thirty pages for each child."""
    pid: int = _fork()
    _check(pid)
    return pid


def data_bytes_now() -> int:
    """How much private writable memory this process has, as the kernel counts it against RLIMIT_DATA."""
    return _memory_now("VmData:")


def address_bytes_now() -> int:
    """How much of its address space this process has taken, as the kernel counts it against RLIMIT_AS."""
    return _memory_now("VmSize:")


def _memory_now(name: str) -> int:
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    raise OSError(errno.ENODATA, f"the kernel does not tell {name}", sys.platform)
