"""The browser that tests drive: found, or brought by Debian's package manager where that is allowed.

`make test` runs this first. It is quick when a browser is there, and never fails by itself: the tests that need one do,
with a sentence that says how to get it.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-dejavu-core", "fonts-noto-color-emoji")
LEFT_OUT = "FLORA_NO_BROWSER"
HOW = (
    "The chat page is tested in Chromium, and there is none on this machine. Install it "
    f"(on Debian and Ubuntu: apt-get update && apt-get install -y {' '.join(PACKAGES)}; `make test` does so itself "
    f"where it runs as root), or set {LEFT_OUT}=1 to leave those tests out."
)


def found() -> str | None:
    """Where the browser is."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def left_out() -> bool:
    """Does this contributor do without?"""
    return bool(os.environ.get(LEFT_OUT))


def installed() -> bool:
    """Ask the package manager for it. Its last words are shown when it fails."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return False
    calm = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(
            [apt, "--quiet", *words], env=calm, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode != 0:
            sys.stderr.write(f"apt-get {words[0]} failed:\n{done.stdout[-2000:]}\n")
            return False
    return found() is not None


def main() -> None:
    if left_out():
        sys.stderr.write(f"{LEFT_OUT} is set: the tests that need a browser are left out.\n")
    elif found() is None:
        sys.stderr.write("Installing Chromium for the tests of the chat page ...\n")
        if not installed():
            sys.stderr.write(f"{HOW}\n")


if __name__ == "__main__":
    main()
