"""What tests need beside Python, brought by Debian's package manager where that is allowed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence


def installed(packages: Sequence[str]) -> bool:
    """Ask the package manager for them. Its last words are shown when it fails."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return False
    calm = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [apt, "--quiet", *words], env=calm, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode != 0:
            sys.stderr.write(f"apt-get {words[0]} failed:\n{done.stdout[-2000:]}\n")
            return False
    return True
