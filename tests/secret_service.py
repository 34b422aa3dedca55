"""The keyring that tests drive: GNOME's, on a bus of its own; found, or brought by Debian's package manager.

`make test` runs this first. It never fails by itself: the tests that need a keyring are then left out, by name.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest

from tests import debian

PROGRAMS: Final = ("dbus-daemon", "gnome-keyring-daemon")
PACKAGES: Final = ("dbus-daemon", "gnome-keyring")
_NAME: Final = "org.freedesktop.secrets"
_BUS: Final = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={place}</listen><auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""


def found() -> bool:
    return all(map(shutil.which, PROGRAMS))


needed = pytest.mark.skipif(not found(), reason=f"needs a keyring: apt-get install {' '.join(PACKAGES)}")
"""For tests that drive one."""


@contextmanager
def open_keyring(home: Path, password: str | None = "open sesame") -> Generator[dict[str, str]]:
    """A bus with nothing but the keyring on it; gives what a program needs to find it. Without a password it is
    locked, and nobody is there who could unlock it."""
    home.mkdir()
    (home / "bus.conf").write_text(_BUS.format(place=home))
    environ = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "XDG_DATA_HOME": str(home / "share"), "LC_ALL": "C"}
    environ["PATH"] = os.environ["PATH"]
    with subprocess.Popen(
        ["dbus-daemon", f"--config-file={home}/bus.conf", "--nofork", "--print-address=1"],
        env=environ, stdout=subprocess.PIPE, text=True,
    ) as bus:  # fmt: skip
        assert bus.stdout is not None
        environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        try:
            with _daemon(environ, password):
                yield environ
        finally:
            bus.terminate()


@contextmanager
def _daemon(environ: dict[str, str], password: str | None) -> Generator[None]:
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
    command += [] if password is None else ["--unlock"]
    with (
        _owned(environ["DBUS_SESSION_BUS_ADDRESS"]) as wait,
        subprocess.Popen(
            command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as daemon,
    ):
        try:
            assert daemon.stdin is not None
            daemon.stdin.write((password or "").encode())
            daemon.stdin.close()
            wait()
            yield
        finally:
            daemon.terminate()


@contextmanager
def _owned(address: str) -> Generator[Callable[[], object]]:
    """Gives a function that returns once somebody on the bus is the keyring."""
    jeepney: Any = import_module("jeepney")  # it says nothing of its types
    blocking: Any = import_module("jeepney.io.blocking")
    rule = jeepney.MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
    rule.add_arg_condition(0, _NAME)
    with blocking.open_dbus_connection(address) as connection:
        connection.send_and_get_reply(jeepney.message_bus.AddMatch(rule))
        with connection.filter(rule) as changes:
            yield lambda: connection.recv_until_filtered(changes)


def main() -> None:
    if not found():
        sys.stderr.write("Installing a keyring for the tests of the flora command ...\n")
        if not debian.installed(PACKAGES):
            sys.stderr.write(f"The tests of the keyring are left out: apt-get install {' '.join(PACKAGES)}\n")


if __name__ == "__main__":
    main()
