"""A daemon that is not root, on kernels that refuse one layer or another: `python -m tests.hostile.unprivileged MODE`.

Prints one JSON object: the layers that the zygote and an isolate report, and how a script ran, or why none could.

    plain              as this kernel is
    no-namespaces      unshare fails, as with user namespaces turned off
    without LAYER      one of the required layers fails, on top of that

As root it first becomes nobody, with no right left but to read files, since the interpreter may lie in root's home.
"""

import ctypes
import json
import os
import struct
import sys
from typing import Any, Final

import trio

from actors.isolate import process
from actors.isolate.process import ZygoteError, open_zygote

_NOBODY: Final = 65534
_READ_ANY_FILE: Final = 2  # CAP_DAC_READ_SEARCH
_PROGRAM: Final = (
    "import sys; sys.path.insert(0, sys.argv.pop()); from tests.hostile.crippled import main; main({!r})"
)


def become_nobody() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    libc.prctl(8, 1, 0, 0, 0)  # PR_SET_KEEPCAPS
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    one = 1 << _READ_ANY_FILE
    libc.syscall(126, struct.pack("<II", 0x20080522, 0), struct.pack("<6I", one, one, one, 0, 0, 0))
    if libc.prctl(47, 2, _READ_ANY_FILE, 0, 0):  # PR_CAP_AMBIENT_RAISE, so that the zygote has it too
        raise OSError(ctypes.get_errno(), "cannot keep the right to read files")


async def _run() -> dict[str, Any]:
    try:
        async with open_zygote() as opened:
            isolate = await opened.fork()
            loaded = await isolate.load('on("go", () => { for (let n = 0; n < 1e6; n++); });')
            run = await isolate.dispatch("go", b"null")
            return {
                "zygote": opened.status.layers,
                "isolate": isolate.layers,
                "load": loaded.outcome,
                "run": run.outcome,
                "uid": os.stat(f"/proc/{isolate.pid}").st_uid,
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
