"""`flora doctor`: start a zygote and an isolate, and say what protects them on this machine."""

import sys
from typing import Final

from actors.isolate.process import ZygoteError, open_zygote
from actors.isolate.sandbox import HOLDS, REQUIRED_LAYERS

_MEANING: Final = {
    "limits": "memory, files and processes are capped by the kernel",
    "system_calls": "only computing, memory, its door and leaving are allowed",
    "no_new_privileges": "nothing it could run would gain rights",
    "own_user": "each isolate is a user of its own",
    "no_capabilities": "it has no capability",
    "dies_with_parent": "it ends when flora ends",
    "empty_root": "it sees an empty file system",
    "user_namespace": "it has a user table of its own",
    "mount_namespace": "it sees none of the host's mounts",
    "network_namespace": "it sees no network",
    "pid_namespace": "it sees no process of the host",
    "ipc_namespace": "it sees no shared memory of the host",
    "uts_namespace": "it sees no host name",
    "cgroup_namespace": "it sees no control group of the host",
}
_REMEDY: Final = {
    "own_user": "start flora as root (isolates drop it at once) to give each a user of its own",
    "user_namespace": "allow unprivileged user namespaces, or start flora as root",
}
_REMEDY_FOR_NAMESPACES: Final = "allow user namespaces, or start flora as root"


async def doctor() -> int:
    """Print one line for each layer; fail only when isolates cannot run at all."""
    try:
        async with open_zygote() as zygote:
            status = zygote.status
            await (await zygote.fork()).close()
    except ZygoteError as error:
        print(f"✗ isolates cannot run: {error}", file=sys.stderr)  # noqa: T201
        return 1
    for layer, verdict in sorted(status.layers.items()):
        print(_line(layer, verdict))  # noqa: T201
    if status.warm:
        print(f"✓ isolates are forked warm; the zygote took {status.start_ms:.0f} ms to start")  # noqa: T201
    else:
        print(f"! isolates start cold, in some 50 ms instead of 3: {status.probe}")  # noqa: T201
    return 0


def _line(layer: str, verdict: str) -> str:
    meaning = _MEANING.get(layer, "")
    if verdict == HOLDS:
        return f"✓ {layer}: {meaning}"
    remedy = _REMEDY.get(layer, _REMEDY_FOR_NAMESPACES)
    needed = "required" if layer in REQUIRED_LAYERS else "not required"
    return f"! {layer} does not hold ({verdict}; {needed}): {remedy}"
