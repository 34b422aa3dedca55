"""Makes what is committed beside the sources: `sdk/prelude.js`, `sdk/flora.d.ts`, the table of `rest.*`.

    python -m sdk.build            write them
    python -m sdk.build --vendor   first take the packages in sdk/src/node_modules anew (after `npm ci` there)

Only who develops the SDK runs this. It needs no Node: the packages that the prelude contains lie in sdk/src/vendor.
"""

import ast
import subprocess
import sys
from pathlib import Path
from typing import Final

from sdk.bundler.binary import unpacked

_HERE: Final = Path(__file__).parent
SOURCES: Final = _HERE / "src"
PRELUDE: Final = _HERE / "prelude.js"
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
    """esbuild refused the sources."""


def rest_operations() -> list[tuple[str, str, str]]:
    """Name, method and route of each of Discord's operations that scripts may use, read from the gateway's table.

    Read as text: the SDK is below the gateway and imports nothing of it.
    """
    tree = ast.parse((_HERE.parent / "gateway" / "operations.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "OPERATIONS" and node.value is not None:
            lines = str(ast.literal_eval(node.value)).strip().splitlines()
            return [(name, method, route) for name, method, route in (line.split() for line in lines)]
    raise BuildError("gateway/operations.py has no OPERATIONS")


def operations_source() -> str:
    """sdk/src/operations.ts: the names of `rest.*`, whether each only reads, and what its path names."""
    lines = [f'  ["{name}", {_js(method == "GET")}, "{" ".join(path_names(route))}"],' for name, method, route in
             rest_operations()]  # fmt: skip
    rows = "\n".join(lines)
    head = "// Made by `python -m sdk.build` from the gateway's table: name, whether it only reads, names in its path."
    kind = "export const OPERATIONS: readonly (readonly [string, boolean, string])[]"
    return f"{head}\n\n{kind} = [\n{rows}\n];\n"


def path_names(route: str) -> list[str]:
    """The parameters that a script gives: the host knows its guild."""
    names = [part[1:-1] for part in route.split("/") if part.startswith("{") and part != "{guild_id}"]
    return [_camel(name) for name in names]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _js(value: bool) -> str:  # noqa: FBT001  one value, turned into text
    return "true" if value else "false"


def prelude_source() -> str:
    """sdk/prelude.js, from what lies in sdk/src now."""
    bundled = _esbuild(["main.ts", "--format=iife", f"--banner:js={_BANNER}"])
    return bundled if bundled.endswith("\n") else bundled + "\n"


def _vendor() -> None:
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


def built() -> dict[Path, str]:
    """What should lie in the repository."""
    return {SOURCES / "operations.ts": operations_source(), PRELUDE: prelude_source()}


def main() -> None:
    if "--vendor" in sys.argv[1:]:
        _vendor()
    operations = SOURCES / "operations.ts"
    operations.write_text(operations_source(), encoding="utf-8")
    for path, text in built().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}: {len(text.encode()):,} bytes\n")


if __name__ == "__main__":
    main()
