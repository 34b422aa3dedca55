"""A zygote on a kernel that refuses some of its sandbox's layers. See unprivileged.py, whose modes it takes."""

import ctypes
import errno
import functools
from typing import Any, Final

from actors.isolate import sandbox, zygote

_CALLS: Final = {"no_new_privileges": "syscall 157 38", "system_calls": "syscall 157 22", "limits": "syscall 302"}


class _Kernel:
    """The C library, on a kernel that refuses some calls."""

    def __init__(self, real: Any, refused: set[str]) -> None:
        self._real = real
        self._refused = refused

    def __getattr__(self, name: str) -> Any:
        function = getattr(self._real, name)
        return functools.partial(self._call, name, function)

    def _call(self, name: str, function: Any, *arguments: Any) -> int:
        words = [name, *map(str, arguments[:2])]
        if any(" ".join(words[:count]) in self._refused for count in (1, 2, 3)):
            ctypes.set_errno(errno.EPERM)
            return -1
        return int(function(*arguments))


def main(mode: str) -> None:
    layer = mode.removeprefix("without ")
    refused = set[str]() if mode == "plain" else {"unshare", "mount", _CALLS.get(layer, "")}
    sandbox.__dict__["_libc"] = _Kernel(sandbox._libc, refused)
    zygote.main()
