"""What `flora doctor` says of isolates: start a zygote and one of them, and tell what protects it on this machine."""

from typing import Final

from actors.isolate.process import ZygoteError, open_zygote
from actors.isolate.sandbox import HOLDS, REQUIRED_LAYERS
from storage.health import Diagnosis, Level

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


async def diagnose_isolates() -> list[Diagnosis]:
    """One line for each layer; a failure only when isolates cannot run at all."""
    try:
        async with open_zygote() as zygote:
            status = zygote.status
            await (await zygote.fork()).close()
    except ZygoteError as error:
        return [Diagnosis("isolates", Level.FAIL, str(error), "see docs/decisions/sealing-isolates.md")]
    found = [_of_layer(layer, verdict) for layer, verdict in sorted(status.layers.items())]
    if status.warm and status.rest:
        forked = Diagnosis("isolates", Level.WARN, "forked warm, but quiet ones keep all their memory", status.rest)
    elif status.warm:
        forked = Diagnosis("isolates", Level.OK, f"forked warm; the zygote took {status.start_ms:.0f} ms to start")
    else:
        forked = Diagnosis("isolates", Level.WARN, "started cold, in some 50 ms instead of 3", status.probe)
    return [*found, forked]


def _of_layer(layer: str, verdict: str) -> Diagnosis:
    if verdict == HOLDS:
        return Diagnosis(layer, Level.OK, _MEANING.get(layer, "holds"))
    needed = "required" if layer in REQUIRED_LAYERS else "isolates run without it"
    return Diagnosis(layer, Level.WARN, f"{verdict}; {needed}", _REMEDY.get(layer, _REMEDY_FOR_NAMESPACES))
