"""The npm package of types: what `flora init` writes into a project, offline, and what `npm pack` would take."""

import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

NAME: Final = "@flora/sdk"
_HERE: Final = Path(__file__).parent
_TYPES: Final = _HERE.parent / "flora.d.ts"


def package_files() -> dict[str, str]:
    """The package's files by name."""
    declarations = _TYPES.read_text(encoding="utf-8") if _TYPES.exists() else ""
    return {
        "package.json": json.dumps(_manifest(), indent=2) + "\n",
        "tsconfig.json": (_HERE / "tsconfig.json").read_text(encoding="utf-8"),
        "testing.d.ts": (_HERE / "testing.d.ts").read_text(encoding="utf-8"),
        "index.d.ts": declarations,
    }


def _manifest() -> dict[str, object]:
    try:
        number = version("flora-runtime")
    except PackageNotFoundError:  # run from a bare checkout
        number = "0.0.0"
    return {
        "name": NAME,
        "version": number,
        "description": "Types of flora, for scripts of Discord guilds",
        "license": "MIT",
        "types": "index.d.ts",
        "files": ["index.d.ts", "testing.d.ts", "tsconfig.json"],
    }


def write_package(target: Path) -> None:
    """Write the package into an empty folder, from where npm packs it."""
    target.mkdir(parents=True, exist_ok=True)
    for name, text in package_files().items():
        (target / name).write_text(text, encoding="utf-8")
