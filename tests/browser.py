"""The browser that tests drive: found, or brought by Debian's package manager where that is allowed.

`make test` runs this first. It is quick when a browser is there, and never fails by itself: the tests that need one are
then left out, and the last line of the run names them (tests/conftest.py).
"""

import os
import shutil
import sys
from collections.abc import Iterable
from typing import Any, Final

import pytest

from tests import debian

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-dejavu-core", "fonts-noto-color-emoji")
LEFT_OUT = "FLORA_NO_BROWSER"
NEEDS: Final = "needs a browser"
HOW = (
    "The pages are tested in Chromium, and there is none on this machine. Install it "
    f"(on Debian and Ubuntu: apt-get update && apt-get install -y {' '.join(PACKAGES)}; `make test` does so itself "
    f"where it runs as root), or set {LEFT_OUT}=1 to leave those tests out."
)


def found() -> str | None:
    """Where the browser is."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def left_out() -> bool:
    """Does this contributor do without?"""
    return bool(os.environ.get(LEFT_OUT))


needed = pytest.mark.skipif(left_out() or found() is None, reason=NEEDS)
"""For tests that drive one."""


def last_line(skipped: Iterable[Any]) -> str | None:
    """Which tests were left out for want of a browser, of these reports."""
    names = sorted({str(one.nodeid).partition("[")[0] for one in skipped if NEEDS in str(one.longrepr)})
    if not names:
        return None
    why = f"{LEFT_OUT} is set" if left_out() else "there is none on this machine, and `make test` could not install it"
    return f"left out, for they need a browser ({why}): {', '.join(names)}"


def main() -> None:
    if left_out():
        sys.stderr.write(f"{LEFT_OUT} is set: the tests that need a browser are left out.\n")
    elif found() is None:
        sys.stderr.write("Installing Chromium for the tests of the chat page ...\n")
        if not (debian.installed(PACKAGES) and found()):
            sys.stderr.write(f"{HOW}\n")


if __name__ == "__main__":
    main()
