"""The bundler: a project's files in memory in, one script with its source map out. No Node, no disk, no network.

    async with open_bundler() as bundler:
        bundled = await bundler.bundle({"main.ts": "..."}, "main.ts")

The script is the body of a strict asynchronous function, as an isolate evaluates it: top-level `await` works, and no
syntax of modules is left in it. docs/decisions/bundler.md says why it is built this way.
"""

from sdk.bundler.binary import BundlerUnavailableError
from sdk.bundler.bundler import Bundled, Bundler, open_bundler
from sdk.bundler.diagnostics import BundleRefused, Diagnostic
from sdk.bundler.project import BundleLimits

__all__ = [
    "BundleLimits",
    "BundleRefused",
    "Bundled",
    "Bundler",
    "BundlerUnavailableError",
    "Diagnostic",
    "open_bundler",
]
