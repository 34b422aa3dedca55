"""sdk/flora.d.ts: the declarations in sdk/src/declarations, one after the other.

Most are written by hand, for they are what authors read. Those of the builders are what the TypeScript compiler says
of their sources, flattened into globals: imports go, and so does what is not a global and no type.
"""

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sdk.build.operations import rest_declarations
from sdk.build.prelude import SOURCES, BuildError

DECLARATIONS: Final = SOURCES.parent / "flora.d.ts"
_FOLDER: Final = SOURCES / "declarations"
_BUILDERS: Final = _FOLDER / "builders.d.ts"
_PARTS: Final = ("builders", "discord", "events", "commands", "host", "rest_fields", "rest_results", "rest", "web")
_HEAD: Final = """// Types of flora: everything that a guild's script finds as globals, without imports.
// Made by `python -m sdk.build` from sdk/src.
"""
_NAMED: Final = re.compile(
    r"(?:export )?(?:declare )?(?P<kind>type|interface|const|function|(?:abstract )?class)\s+(?P<name>\w+)"
)


def declarations_source() -> str:
    """What sdk/flora.d.ts should be."""
    parts = [(_FOLDER / f"{name}.d.ts").read_text(encoding="utf-8") for name in _PARTS]
    parts[_PARTS.index("rest")] += "\n" + rest_declarations(parts[_PARTS.index("rest_fields")])
    return "\n".join([_HEAD, *parts])


def vendor_builders() -> None:
    """Ask the compiler, which is in sdk/src/node_modules, what it makes of the builders."""
    _BUILDERS.write_text(builders_source(), encoding="utf-8")


def builders_source() -> str:
    """What sdk/src/declarations/builders.d.ts should be. Needs Node."""
    with tempfile.TemporaryDirectory() as folder:
        compiler = SOURCES / "node_modules" / ".bin" / "tsc"
        emit = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--outDir", folder]
        ended = subprocess.run(  # noqa: S603  what `npm ci` has put there
            [str(compiler), "-p", str(SOURCES), *emit], capture_output=True, check=False, encoding="utf-8"
        )
        if ended.returncode:
            raise BuildError(ended.stdout)
        return _flattened(Path(folder) / "builders")


@dataclass(frozen=True)
class _Statement:
    file: str
    kind: str
    name: str
    exported: bool
    text: str


def _flattened(folder: Path) -> str:
    """One text of global declarations, in the order of the files' names."""
    files = {
        path.name.removesuffix(".d.ts"): path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.d.ts"))
    }
    values = _globals(files)
    statements = [one for name, text in files.items() if name not in {"globals", "index"} for one in _parse(name, text)]
    chosen = [one for one in statements if one.kind in {"type", "interface"} or one.name in values]
    chosen += [one for one in statements if one not in chosen and one.kind.endswith("class") and _is_used(one, chosen)]
    head = "// -- builders: made from sdk/src/builders " + 72 * "-" + "\n"
    return "\n".join([head, *(_as_global(one, _private(one, chosen)) for one in chosen)]) + "\n"


def _is_used(statement: _Statement, chosen: list[_Statement]) -> bool:
    return any(re.search(rf"\b{statement.name}\b", one.text) for one in chosen)


def _private(statement: _Statement, chosen: list[_Statement]) -> set[str]:
    """Names that its file keeps to itself: as globals they would be in everybody's way."""
    return {one.name for one in chosen if one.file == statement.file and not one.exported}


def _as_global(statement: _Statement, private: set[str]) -> str:
    text = re.sub(
        r"^(export )?(declare )?(?=(abstract )?class|const|function)", "declare ", statement.text, flags=re.MULTILINE
    )
    text = re.sub(r"^export (?=type|interface)", "", text, flags=re.MULTILINE)
    for name in private:
        text = re.sub(rf"\b{name}\b", f"Flora{statement.file.title().replace('-', '')}{name}", text)
    return text.replace("    ", "  ")


def _parse(file: str, text: str) -> list[_Statement]:
    """The statements of a file of declarations: each begins at the edge, comments before it are its own."""
    found: list[_Statement] = []
    lines: list[str] = []
    for line in [*text.splitlines(), "end"]:
        begins = bool(line) and not line[0].isspace() and line[0] not in "})" and not _is_comment(lines)
        if begins and lines:
            found += _statement(file, "\n".join(lines))
            lines = []
        lines.append(line)
    return found


def _is_comment(lines: list[str]) -> bool:
    """Whether what was read so far is a comment, or the beginning of one."""
    return bool(lines) and lines[0].startswith("/*") and all(line.startswith(("/*", " *")) for line in lines)


def _statement(file: str, text: str) -> list[_Statement]:
    code = re.sub(r"^/\*.*?\*/\n", "", text, flags=re.DOTALL)
    named = _NAMED.match(code)
    if named is None:
        return []
    return [_Statement(file, named["kind"], named["name"], code.startswith("export"), text)]


def _globals(files: dict[str, str]) -> set[str]:
    """The values that scripts find."""
    names: set[str] = set()
    for listed, star, source in re.findall(r"export (?:\{([^}]*)\}|(\*)) from \"\./([\w-]+)\"", files["globals"]):
        if star:
            names |= {one.name for one in _parse(source, files[source]) if one.exported}
        else:
            names |= {name.strip() for name in listed.split(",") if name.strip()}
    return names
