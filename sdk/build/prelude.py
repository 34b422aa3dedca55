"""sdk/prelude.js: the sources, bundled by the esbuild that bundles authors' scripts too."""

import subprocess
from pathlib import Path
from typing import Final

from sdk.bundler.binary import unpacked

_SDK: Final = Path(__file__).parent.parent
SOURCES: Final = _SDK / "src"
PRELUDE: Final = _SDK / "prelude.js"
TARGET: Final = "firefox136"
"""The engine of the isolates; actors/isolate/spidermonkey.py has the exact build."""
_BANNER: Final = "// Made by `python -m sdk.build` from sdk/src. Evaluated once in the zygote, before any script."
_VENDORED: Final = {
    "streams": 'export * from "web-streams-polyfill";',
    "urlpattern": 'export { URLPattern } from "urlpattern-polyfill/urlpattern";',
    "hashes": (
        'export { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";\n'
        'export { sha1 } from "@noble/hashes/legacy.js";\n'
        'export { hmac } from "@noble/hashes/hmac.js";'
    ),
}
"""Packages that the prelude contains: the name of each file, and what it exports."""


class BuildError(Exception):
    """esbuild or the TypeScript compiler refused the sources."""


def prelude_source() -> str:
    """What sdk/prelude.js should be, from what lies in sdk/src now."""
    bundled = _esbuild(["main.ts", "--format=iife", f"--banner:js={_BANNER}"])
    return bundled if bundled.endswith("\n") else bundled + "\n"


def vendor_packages() -> None:
    """One file for each package, without what the prelude does not use."""
    for name, exports in _VENDORED.items():
        bundled = _esbuild(["--format=esm", "--legal-comments=inline"], given=exports)
        (SOURCES / "vendor" / f"{name}.js").write_text(bundled, encoding="utf-8")


def _esbuild(flags: list[str], *, given: str | None = None) -> str:
    shared = ["--bundle", f"--target={TARGET}", "--charset=utf8", "--log-level=warning", "--tree-shaking=true"]
    ended = subprocess.run(  # noqa: S603  our own binary, known by its digest
        [str(unpacked()), *flags, *shared],
        cwd=SOURCES,
        capture_output=True,
        check=False,
        input=given,
        encoding="utf-8",
    )
    if ended.returncode:
        raise BuildError(ended.stderr)
    return ended.stdout
