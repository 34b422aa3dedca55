"""A zygote on a kernel that refuses some of its sandbox's layers. See unprivileged.py, whose modes it takes."""

import ctypes
import errno
import functools
import resource
import types
from typing import Any, Final

from actors.isolate import sandbox, zygote

_CALLS: Final = {"no_new_privileges": "prctl 38", "system_calls": "prctl 22"}


class _Kernel:
    """The C library, on a kernel that refuses some calls."""

    def __init__(self, real: Any, refused: set[str]) -> None:
        self._real = real
        self._refused = refused

    def __getattr__(self, name: str) -> Any:
        function = getattr(self._real, name)
        return functools.partial(self._call, name, function)

    def _call(self, name: str, function: Any, *arguments: Any) -> int:
        if name in self._refused or f"{name} {arguments[0]}" in self._refused:
            ctypes.set_errno(errno.EPERM)
            return -1
        return int(function(*arguments))


def _refuse_limit(_kind: int, _limits: tuple[int, int]) -> None:
    raise OSError(errno.EPERM, "limits are refused")


def main(mode: str) -> None:
    layer = mode.removeprefix("without ")
    refused = set[str]() if mode == "plain" else {"unshare", "mount", _CALLS.get(layer, "")}
    sandbox.__dict__["_libc"] = _Kernel(sandbox._libc, refused)
    if layer == "limits":
        refusing = types.ModuleType("resource")
        refusing.__dict__.update(vars(resource), setrlimit=_refuse_limit)
        sandbox.__dict__["resource"] = refusing
    zygote.main()
