"""As whom our own servers run.

PostgreSQL refuses to run as root, and a server that parses what others send should not be root anyway. So:

1. flora is not root: the servers run as the same user.
2. flora is root, and an unprivileged user can reach the binaries and the data directory: they run as that
user. It is
   the data directory's owner, or `nobody` when root owns that.
3. flora is root and everything lies where only root can reach (under root's home, say): the servers run in a
user namespace,
   in which root's files belong to an ordinary user without capabilities.
"""

import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, TypedDict

from storage.errors import EmbeddedServerFailed

UNPRIVILEGED: Final = "nobody"
USER_IN_NAMESPACE: Final = 1000
ENVIRONMENT: Final[Mapping[str, str]] = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
"""All that a server is told. Flora's own environment holds the bot's token."""


@dataclass(frozen=True, slots=True)
class Launcher:
    """Starts a program as the right user."""

    owner: int | None = None
    """The user who must own a server's files, where it is not flora's own."""
    prefix: Sequence[str] = field(default=())

    def run(self, command: Sequence[str], directory: Path, *, wait: float) -> None:
        """Run to the end, Ctrl-C or not; raises EmbeddedServerFailed with what the program said."""
        try:
            done = subprocess.run(
                [*self.prefix, *command],
                cwd=directory,
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=wait,
                check=False,
                start_new_session=True,
                **self._identity(),
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise EmbeddedServerFailed(f"{Path(command[0]).name} could not be run: {error}") from error
        if done.returncode != 0:
            said = done.stdout.decode("utf-8", "replace").strip()[-2000:]
            raise EmbeddedServerFailed(f"{Path(command[0]).name} failed in {directory}:\n{said}")

    def start(self, command: Sequence[str], directory: Path, log: BinaryIO) -> "subprocess.Popen[bytes]":
        """Start a server in a session of its own: Ctrl-C in a terminal reaches flora, which then stops it in
        order."""
        try:
            return subprocess.Popen(
                [*self.prefix, *command],
                cwd=directory,
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._identity(),
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise EmbeddedServerFailed(f"{Path(command[0]).name} could not be started: {error}") from error

    def _identity(self) -> "_Identity":
        if self.owner is None:
            return {}
        return {"user": self.owner, "group": _group_of(self.owner), "extra_groups": []}

    def take(self, directory: Path) -> None:
        """Give the directory and all in it to the user who runs the servers, when it has been another's
        before."""
        owner = os.geteuid() if self.owner is None else self.owner
        if os.geteuid() != 0 or directory.lstat().st_uid == owner:
            return
        for folder, _, names in os.walk(directory, topdown=False):
            for name in names:
                os.chown(Path(folder) / name, owner, -1, follow_symlinks=False)
            os.chown(folder, owner, -1, follow_symlinks=False)


class _Identity(TypedDict, total=False):
    """Keyword arguments of subprocess that say who runs a program."""

    user: int
    group: int
    extra_groups: list[int]


def choose_launcher(data: Path, binaries: Sequence[Path], *, user: int | None = None) -> Launcher:
    """How servers that use these binaries and this data directory are started by the user who runs flora."""
    if (os.geteuid() if user is None else user) != 0:
        return Launcher()
    owner = data.stat().st_uid or pwd.getpwnam(UNPRIVILEGED).pw_uid
    if all(_can_reach(owner, path) for path in [data.parent, *(binary.parent for binary in binaries)]):
        if data.stat().st_uid != owner:
            data.chmod(0o711)  # to pass through to the servers' own directories, not to list
        return Launcher(owner)
    return Launcher(prefix=_namespace_prefix(data))


def _can_reach(owner: int, directory: Path) -> bool:
    return all(_may_pass(owner, folder.stat()) for folder in [directory, *directory.parents])


def _may_pass(owner: int, folder: os.stat_result) -> bool:
    return bool(folder.st_mode & (stat.S_IXUSR if folder.st_uid == owner else stat.S_IXOTH))


def _group_of(owner: int) -> int:
    try:
        return pwd.getpwuid(owner).pw_gid
    except KeyError:
        return owner


def _namespace_prefix(data: Path) -> Sequence[str]:
    unshare = shutil.which("unshare")
    remedy = (
        f"move flora and {data} where other users can reach them, run flora as a user other than root, "
        "or set DATABASE_URL and CACHE_URL"
    )
    if unshare is None:
        raise EmbeddedServerFailed(f"PostgreSQL does not run as root, and no other user can reach its files: {remedy}")
    prefix = [unshare, "--user", f"--map-user={USER_IN_NAMESPACE}", f"--map-group={USER_IN_NAMESPACE}", "--"]
    allowed = subprocess.run([*prefix, "true"], env=ENVIRONMENT, capture_output=True, timeout=10, check=False)
    if allowed.returncode != 0:
        raise EmbeddedServerFailed(f"PostgreSQL does not run as root, and user namespaces are forbidden here: {remedy}")
    return prefix
