"""The real command as a process of its own, in a folder and with settings that belong to one test."""

import fcntl
import os
import pty
import subprocess
import sys
import termios
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests.api.cli.stand_in import StandIn, open_stand_in

ROOT = Path(__file__).parent.parent.parent.parent
Flora = Callable[..., "subprocess.CompletedProcess[str]"]
Terminal = Callable[..., "tuple[int, str]"]


def environment(tmp_path: Path, url: str = "") -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("FLORA_")},
        "PYTHONPATH": str(ROOT),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        **({"FLORA_API_URL": url} if url else {}),
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def daemon() -> Generator[StandIn]:
    with open_stand_in() as stand_in:
        yield stand_in


@pytest.fixture
def run(tmp_path: Path, project: Path) -> Flora:
    """`run("deploy", "--guild", "7", url=..., stdin=...)`, in the project's folder."""

    def running(
        *arguments: str, url: str = "", stdin: str = "", cwd: Path = project
    ) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "api.main", *arguments]
        return subprocess.run(
            command,
            cwd=cwd,
            env=environment(tmp_path, url),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    return running


@pytest.fixture
def terminal(tmp_path: Path, project: Path) -> Terminal:
    """Run the command on a terminal; when it has asked, do and type what is given (`\\x03` is Ctrl-C). Answers its exit
    code and all that was to be seen."""

    def running(
        *arguments: str,
        url: str = "",
        asks: str = "",
        types: str = "",
        then: Callable[[], object] | None = None,
        **more: str,
    ) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "api.main", *arguments],
            cwd=project,
            env=environment(tmp_path, url) | {"TERM": "xterm"} | more,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            preexec_fn=_own_terminal,  # noqa: PLW1509  this test has one thread
        ) as process:
            os.close(theirs)
            seen = b""
            try:
                while asks.encode() not in seen:
                    seen += os.read(ours, 4096)
            except BaseException:  # it asks something else, or nothing
                process.kill()
                raise
            if then is not None:
                then()
            os.write(ours, types.encode())
            try:
                while chunk := os.read(ours, 4096):
                    seen += chunk
            except OSError:  # the kernel's way to say that nobody has the terminal any more
                pass
            code = process.wait()
        os.close(ours)
        return code, seen.decode()

    return running


def _own_terminal() -> None:
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
