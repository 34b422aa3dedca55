"""workerd among flora's peers: as a process of its own for each unit, and as a host that loads isolates from text."""

import http.client
import shutil
import socket
import statistics
import subprocess
import time
from pathlib import Path
from typing import Final

from bench import _scripts
from bench._peer import FOLDER, check, program, write_bundle

_WORKERD: Final = FOLDER / "node_modules" / "@cloudflare" / "workerd-linux-64" / "bin" / "workerd"
_WAIT_S: Final = 20.0


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
            command = [program(_WORKERD), "serve", "--experimental", str(config), f"--socket-fd=http={number}"]
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
        write_bundle(folder, "workerd.js", "workerd_tail.js")
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
        check(answer)
        return took

    def hold(self) -> None:
        self._held.append(_Workerd(self._config))
        check(self._held[-1].ask("/", _scripts.FIRST_EVENT))

    def pids(self) -> list[int]:
        return [process.pid for process in self._held]

    def stop(self) -> None:
        for process in self._held:
            process.stop()


class WorkerdIsolate:
    """A running workerd that loads a new isolate from text; what a request costs without that is taken off."""

    def __init__(self, folder: Path) -> None:
        write_bundle(folder, "workerd.js", "workerd_tail.js")
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
        check(answer)
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
