"""A file system that is soon full: a small one of its own where mounting is allowed, else a limit on the size
of files."""

import os
import resource
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

MIB = 1 << 20


class SmallDisk:
    """A directory with little room."""

    def __init__(self, path: Path, *, mounted: bool) -> None:
        self.path = path
        self._mounted = mounted
        self._ballast = path / "ballast"

    @property
    def is_of_its_own(self) -> bool:
        """Whether it could be mounted: else only large files meet an end."""
        return self._mounted

    def fill(self, writer: int) -> None:
        """Leave no room: for anybody, or (without a file system of our own) for files that this process
        extends."""
        if not self._mounted:
            resource.prlimit(writer, resource.RLIMIT_FSIZE, (MIB, resource.RLIM_INFINITY))
            return
        with self._ballast.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 65536)
            except OSError:
                return

    def make_read_only(self) -> None:
        """By mounting it so; else by its permissions, which bind everybody but root, who is sent to a file
        system of the kernel's."""
        if self._mounted:
            subprocess.run(["mount", "-o", "remount,ro", str(self.path)], check=True)
        elif os.geteuid() == 0:
            self.path.rmdir()
            self.path.symlink_to("/proc/self")
        else:
            self.path.chmod(0o500)

    def free(self, writer: int) -> None:
        self._ballast.unlink(missing_ok=True)
        if not self._mounted:
            resource.prlimit(writer, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextmanager
def small_disk(home: Path, size: int) -> Generator[SmallDisk]:
    path = home / "data"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0711", "flora-test", str(path)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield SmallDisk(path, mounted=mounted)
    finally:
        if mounted:
            subprocess.run(["umount", str(path)], check=True)
