"""The runtimes that flora is measured beside: each can start one unit of isolation and run its first handler.

Where a peer can time itself, its own clock is used: the way between it and us is not counted against it. A unit that is
held stays alive when its handler has run, so that its memory can be seen.
"""

import contextlib
import http.client
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Protocol

from bench import _fetched, _scripts
from bench.harness import HERE

FOLDER: Final = HERE / "peers"
_DENO: Final = FOLDER / "node_modules" / "@deno" / "linux-x64-glibc" / "deno"
_WORKERD: Final = FOLDER / "node_modules" / "@cloudflare" / "workerd-linux-64" / "bin" / "workerd"
_MINI_RACER: Final = "mini-racer"
_WAIT_S: Final = 20.0


class PeerMissingError(Exception):
    """This peer cannot be had on this machine; the message says why."""


class Peer(Protocol):
    """Something that can be started cold, again and again."""

    def once(self) -> float:
        """Milliseconds from asking to the first handler's answer; the unit is ended then."""
        ...

    def hold(self) -> None:
        """Start one more unit, and let it live."""
        ...

    def pids(self) -> list[int]:
        """The processes in which units live."""
        ...

    def stop(self) -> None: ...


# -- getting them -------------------------------------------------------------------------------------------------


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


def _write_bundle(folder: Path, name: str, tail: str) -> Path:
    path = folder / name
    source = _scripts.peer_prelude() + _scripts.GUILD_SCRIPT
    path.write_text(source + ((FOLDER / tail).read_text() if tail else ""))
    return path


def _program(path: Path | str) -> str:
    found = shutil.which(str(path))
    if found is None:
        raise PeerMissingError(f"there is no {Path(path).name}")
    return found


def _check(answer: str) -> None:
    if answer != _scripts.FIRST_ANSWER:
        raise ValueError(f"the first handler answered {answer!r}")


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
        _check(answer)
        return float(took)

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()


def _node_worker(folder: Path) -> Peer:
    bundle = _write_bundle(folder, "node_worker.cjs", "node_worker_tail.js")
    return HostedPeer([_program("node"), str(FOLDER / "node_host.cjs"), str(bundle), _scripts.FIRST_EVENT])


def _deno_worker(folder: Path) -> Peer:
    bundle = _write_bundle(folder, "deno_worker.js", "deno_worker_tail.js")
    flags = ["run", "--quiet", "--no-config", "--no-lock", "--unstable-worker-options", "--allow-read"]
    host = [str(FOLDER / "deno_host.js"), bundle.as_uri(), _scripts.FIRST_EVENT]
    return HostedPeer([_program(_DENO), *flags, *host])


def _mini_racer(folder: Path) -> Peer:
    if find_spec("py_mini_racer") is None:
        raise PeerMissingError("mini-racer is not installed")
    bundle = _write_bundle(folder, "mini_racer.js", "")
    return HostedPeer([sys.executable, "-m", "bench._mini_racer_host", str(bundle), _scripts.FIRST_EVENT])


# -- a process for each ---------------------------------------------------------------------------------------------


class NodeProcess:
    """A Node process from exec to the answer of its first handler."""

    def __init__(self, folder: Path) -> None:
        bundle = _write_bundle(folder, "node_process.cjs", "node_process_tail.js")
        self._command = [_program("node"), str(bundle), _scripts.FIRST_EVENT]
        self._held: list[subprocess.Popen[str]] = []

    def once(self) -> float:
        began = time.perf_counter()
        with subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True) as process:
            line = _first_line(process)
            took = (time.perf_counter() - began) * 1000
            process.kill()
        _check(line.partition(" ")[2])
        return took

    def hold(self) -> None:
        self._held.append(subprocess.Popen([*self._command, "hold"], stdout=subprocess.PIPE, text=True))
        _check(_first_line(self._held[-1]).partition(" ")[2])

    def pids(self) -> list[int]:
        return [process.pid for process in self._held]

    def stop(self) -> None:
        for process in self._held:
            process.kill()
            process.communicate()


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("workerd", timeout=_WAIT_S)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(_WAIT_S)
        self.sock.connect(self._path)


class _Workerd:
    """A workerd that serves one worker; it is given a socket that listens already, so that nobody has to try again."""

    def __init__(self, config: Path) -> None:
        path = config.with_suffix(".socket")
        path.unlink(missing_ok=True)
        place = str(path)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(place)
            listener.listen()
            number = listener.fileno()
            command = [_program(_WORKERD), "serve", "--experimental", str(config), f"--socket-fd=http={number}"]
            self._process = subprocess.Popen(command, pass_fds=[number], stdout=subprocess.DEVNULL)
        self._connection = _UnixConnection(place)

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, path: str, body: str | None) -> str:
        self._connection.request("POST" if body else "GET", path, body)
        return self._connection.getresponse().read().decode()

    def hang_up(self) -> None:
        """It does so itself after a while in which nobody asked; the next who asks connects anew."""
        self._connection.close()

    def stop(self) -> None:
        self._connection.close()
        self._process.kill()
        self._process.wait()


_WORKERD_CONFIG: Final = """
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", http = (), service = "main")]
);
const main :Workerd.Worker = (
  compatibilityDate = "2026-01-01",
  modules = [(name = "main.js", esModule = embed "%s")],
  bindings = [%s]
);
"""
_LOADER: Final = """(name = "LOADER", workerLoader = (id = "bench")), (name = "BUNDLE", text = embed "workerd.js")"""


class WorkerdProcess:
    """A workerd process from exec to the answer of its worker's first handler."""

    def __init__(self, folder: Path) -> None:
        _write_bundle(folder, "workerd.js", "workerd_tail.js")
        self._config = folder / "workerd_process.capnp"
        self._config.write_text(_WORKERD_CONFIG % ("workerd.js", ""))
        self._held: list[_Workerd] = []

    def once(self) -> float:
        began = time.perf_counter()
        process = _Workerd(self._config)
        try:
            answer = process.ask("/", _scripts.FIRST_EVENT)
            took = (time.perf_counter() - began) * 1000
        finally:
            process.stop()
        _check(answer)
        return took

    def hold(self) -> None:
        self._held.append(_Workerd(self._config))
        _check(self._held[-1].ask("/", _scripts.FIRST_EVENT))

    def pids(self) -> list[int]:
        return [process.pid for process in self._held]

    def stop(self) -> None:
        for process in self._held:
            process.stop()


class WorkerdIsolate:
    """A running workerd that loads a new isolate from text; what a request costs without that is taken off."""

    def __init__(self, folder: Path) -> None:
        _write_bundle(folder, "workerd.js", "workerd_tail.js")
        shutil.copy(FOLDER / "workerd_host.js", folder)
        config = folder / "workerd_isolate.capnp"
        config.write_text(_WORKERD_CONFIG % ("workerd_host.js", _LOADER))
        self._host = _Workerd(config)
        self._count = 0
        self._host.ask("/", None)
        self._way_ms = statistics.median(self._ask("/", None)[0] for _ in range(30))

    def once(self) -> float:
        self._count += 1
        took, answer = self._ask(f"/{self._count}", _scripts.FIRST_EVENT)
        _check(answer)
        return took - self._way_ms

    def hold(self) -> None:
        self._host.hang_up()
        self.once()  # nobody ends what was loaded

    def pids(self) -> list[int]:
        return [self._host.pid]

    def _ask(self, path: str, body: str | None) -> tuple[float, str]:
        began = time.perf_counter()
        answer = self._host.ask(path, body)
        return (time.perf_counter() - began) * 1000, answer

    def stop(self) -> None:
        self._host.stop()


STARTS: Final[dict[str, Callable[[Path], Peer]]] = {
    "node_process": NodeProcess,
    "node_worker": _node_worker,
    "deno_worker": _deno_worker,
    "workerd_process": WorkerdProcess,
    "workerd_isolate": WorkerdIsolate,
    "mini_racer": _mini_racer,
}
NAMES: Final = tuple(STARTS)
