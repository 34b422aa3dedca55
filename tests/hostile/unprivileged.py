"""A daemon that is not root, on kernels that refuse one layer or another: `python -m tests.hostile.unprivileged MODE`.

Prints one JSON object: the layers that the zygote and an isolate report, and how a script ran, or why none could.

    plain              as this kernel is
    no-namespaces      unshare fails, as with user namespaces turned off
    without LAYER      one of the required layers fails, on top of that

As root it first becomes nobody, in a mount namespace where nobody can read the interpreter, wherever that lies.
"""

import ctypes
import json
import os
import stat
import sys
from pathlib import Path
from typing import Any, Final

import trio

from actors.isolate import process
from actors.isolate.process import ZygoteError, open_zygote

_NOBODY: Final = 65534
_PROGRAM: Final = "import sys; sys.path.insert(0, sys.argv.pop()); from tests.hostile.crippled import main; main({!r})"


_libc: Final = ctypes.CDLL(None, use_errno=True)


def _check(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def _closed_folder(path: Path) -> Path | None:
    """The outermost folder around `path` that nobody cannot enter."""
    folders = [folder for folder in reversed(path.parents) if not folder.stat().st_mode & stat.S_IXOTH]
    return folders[0] if folders else None


def open_ways_to(paths: list[Path]) -> None:
    """Cover closed folders with empty ones that can be entered, and mount there what is needed of them."""
    _check(_libc.unshare(0x20000))  # CLONE_NEWNS
    _check(_libc.mount(b"none", b"/", None, (1 << 18) | (1 << 14), None))  # private, recursively
    for path in paths:
        if (closed := _closed_folder(path)) is None:
            continue
        tree = _check(_libc.syscall(428, -100, bytes(path), 1 | 0x8000))  # open_tree: a copy, recursively
        _check(_libc.mount(b"none", bytes(closed), b"tmpfs", 0, b"mode=755"))
        path.mkdir(parents=True)
        _check(_libc.syscall(429, tree, b"", -100, bytes(path), 4))  # move_mount


def become_nobody() -> None:
    open_ways_to([Path(sys.base_prefix), Path(sys.prefix), Path.cwd()])
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)


async def _run() -> dict[str, Any]:
    try:
        async with open_zygote() as opened:
            isolate = await opened.fork()
            loaded = await isolate.load('on("go", () => { for (let n = 0; n < 1e6; n++); });')
            run = await isolate.dispatch("go", b"null")
            return {
                "zygote": opened.status.layers,
                "rest": opened.status.rest,
                "isolate": isolate.layers,
                "load": loaded.outcome,
                "run": run.outcome,
                "uid": Path(f"/proc/{isolate.process.pid}").stat().st_uid,
            }
    except ZygoteError as error:
        return {"refused": str(error)}


def main() -> None:
    if os.geteuid() == 0:
        become_nobody()
    process._PROGRAM = _PROGRAM.format(" ".join(sys.argv[1:]))  # type: ignore[misc]
    print(json.dumps(trio.run(_run)))  # noqa: T201


if __name__ == "__main__":
    main()
