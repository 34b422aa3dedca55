"""The runtimes that flora is measured beside: each can start one unit of isolation and run its first handler.

Where a peer can time itself, its own clock is used: the way between it and us is not counted against it. A unit that is
held stays alive when its handler has run, so that its memory can be seen.
"""

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench import _fetched, _scripts
from bench._peer import FOLDER, Peer, PeerMissingError, check, program, write_bundle
from bench._workerd import WorkerdIsolate, WorkerdProcess

_DENO: Final = FOLDER / "node_modules" / "@deno" / "linux-x64-glibc" / "deno"
_MINI_RACER: Final = "mini-racer"


def install() -> dict[str, str]:
    """Fetch what is missing. What cannot be had, by where it comes from: why."""
    mini_racer = _fetched.fetch_python(FOLDER / "requirements.lock", Path(sys.prefix), [_MINI_RACER])
    return {"npm": _fetched.fetch_node(FOLDER), "pip": mini_racer}


def versions() -> dict[str, str]:
    """Of what is there."""
    ours = _fetched.python_versions(Path(sys.prefix), [_MINI_RACER])
    return {"node": _fetched.node_version(), **_fetched.node_versions(FOLDER), **ours}


@contextlib.contextmanager
def open_peers() -> Iterator[tuple[dict[str, Peer], dict[str, str]]]:
    """All peers that this machine can have, each warmed up; and of the others, why not."""
    reasons = install()
    present: dict[str, Peer] = {}
    missing: dict[str, str] = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        try:
            for peer, start in STARTS.items():
                try:
                    present[peer] = start(folder)
                    present[peer].once()
                except (PeerMissingError, OSError, ValueError) as error:
                    why = [str(error), *filter(None, reasons.values())]
                    missing[peer] = "; ".join(why)
                    if peer in present:
                        present.pop(peer).stop()
            yield present, missing
        finally:
            for running in present.values():
                running.stop()


# -- a host process that makes new isolates -------------------------------------------------------------------------


class HostedPeer:
    """A process that is already there, and starts an isolate in itself for each line that we send."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def once(self) -> float:
        return self._asked("again")

    def hold(self) -> None:
        self._asked("hold")

    def pids(self) -> list[int]:
        return [self._process.pid]

    def _asked(self, how: str) -> float:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{how}\n")
        self._process.stdin.flush()
        took, _, answer = self._process.stdout.readline().rstrip("\n").partition(" ")
        check(answer)
        return float(took)

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()


def _node_worker(folder: Path) -> Peer:
    bundle = write_bundle(folder, "node_worker.cjs", "node_worker_tail.js")
    return HostedPeer([program("node"), str(FOLDER / "node_host.cjs"), str(bundle), _scripts.FIRST_EVENT])


def _deno_worker(folder: Path) -> Peer:
    bundle = write_bundle(folder, "deno_worker.js", "deno_worker_tail.js")
    flags = ["run", "--quiet", "--no-config", "--no-lock", "--unstable-worker-options", "--allow-read"]
    host = [str(FOLDER / "deno_host.js"), bundle.as_uri(), _scripts.FIRST_EVENT]
    return HostedPeer([program(_DENO), *flags, *host])


def _mini_racer(folder: Path) -> Peer:
    if find_spec("py_mini_racer") is None:
        raise PeerMissingError("mini-racer is not installed")
    bundle = write_bundle(folder, "mini_racer.js", "")
    return HostedPeer([sys.executable, "-m", "bench._mini_racer_host", str(bundle), _scripts.FIRST_EVENT])


# -- a process for each ---------------------------------------------------------------------------------------------


class NodeProcess:
    """A Node process from exec to the answer of its first handler."""

    def __init__(self, folder: Path) -> None:
        bundle = write_bundle(folder, "node_process.cjs", "node_process_tail.js")
        self._command = [program("node"), str(bundle), _scripts.FIRST_EVENT]
        self._held: list[subprocess.Popen[str]] = []

    def once(self) -> float:
        began = time.perf_counter()
        with subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True) as process:
            line = _first_line(process)
            took = (time.perf_counter() - began) * 1000
            process.kill()
        check(line.partition(" ")[2])
        return took

    def hold(self) -> None:
        self._held.append(subprocess.Popen([*self._command, "hold"], stdout=subprocess.PIPE, text=True))
        check(_first_line(self._held[-1]).partition(" ")[2])

    def pids(self) -> list[int]:
        return [process.pid for process in self._held]

    def stop(self) -> None:
        for process in self._held:
            process.kill()
            process.communicate()


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


STARTS: Final[dict[str, Callable[[Path], Peer]]] = {
    "node_process": NodeProcess,
    "node_worker": _node_worker,
    "deno_worker": _deno_worker,
    "workerd_process": WorkerdProcess,
    "workerd_isolate": WorkerdIsolate,
    "mini_racer": _mini_racer,
}
NAMES: Final = tuple(STARTS)
