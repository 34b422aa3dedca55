"""The files of one project, in memory: what may be in it, and what a specifier means there. Pure.

Resolution follows Node's algorithm as far as files in memory can: relative files with the usual endings, packages
under `node_modules` by `exports`, `imports`, `module`, `main` and the `browser` table.
Whoever asks for anything else is told why not.
"""

import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

LOADERS: Final = {
    ".ts": "ts", ".mts": "ts", ".cts": "ts", ".tsx": "tsx", ".js": "js", ".mjs": "js", ".cjs": "js", ".jsx": "jsx",
    ".json": "json", ".txt": "text", ".md": "text", ".html": "text", ".css": "text", ".sql": "text",
}  # fmt: skip
_ENDINGS: Final = ("", ".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs", ".cjs", ".json")
_TYPESCRIPT_OF: Final = {".js": (".ts", ".tsx"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}
_PACKAGES: Final = "node_modules"
_CONDITIONS: Final = frozenset({"worker", "browser", "module", "default"})
SDK_MODULES: Final = frozenset({"flora", "@flora/sdk", "@uwu/flora-sdk"})
"""The SDK is global; importing it by name gives the same."""
_NODE_MODULES: Final = frozenset(
    [
        "assert",
        "async_hooks",
        "buffer",
        "child_process",
        "cluster",
        "crypto",
        "dgram",
        "dns",
        "events",
        "fs",
        "http",
        "http2",
        "https",
        "module",
        "net",
        "os",
        "path",
        "perf_hooks",
        "process",
        "querystring",
        "readline",
        "stream",
        "string_decoder",
        "timers",
        "tls",
        "tty",
        "url",
        "util",
        "v8",
        "vm",
        "worker_threads",
        "zlib",
    ]
)
EMPTY: Final = "(empty)"
SDK: Final = "(sdk)"


@dataclass(frozen=True, slots=True)
class BundleLimits:
    """What one project may hold. Files under node_modules count when they are read."""

    files: int = 200
    source_bytes: int = 1 << 20
    package_files: int = 2_000
    package_bytes: int = 8 << 20
    seconds: float = 10.0


class ResolveError(Exception):
    """A specifier that leads nowhere: what is wrong, and what to do."""

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text)
        self.hint = hint


class ProjectError(Exception):
    """The project itself cannot be bundled; `file` says where, if it is one file."""

    def __init__(self, text: str, file: str = "", hint: str = "") -> None:
        super().__init__(text)
        self.file = file
        self.hint = hint


def is_package_file(path: str) -> bool:
    return _PACKAGES in path.split("/")


def check_project(files: Mapping[str, str], entry: str, limits: BundleLimits) -> None:
    """Refuse names that lead outside, too much of anything, and an entry that is not there."""
    own = 0
    size = 0
    for path in files:
        _check_path(path)
        if is_package_file(path):
            continue
        own += 1
        if own > limits.files:
            raise ProjectError(
                f"more than {limits.files} files", hint="leave out what the script does not import, or bundle it first"
            )
        size += _size(path, files[path])
        if size > limits.source_bytes:
            raise ProjectError(
                f"more than {limits.source_bytes} bytes of source",
                path,
                "keep data in a KV store instead of the source",
            )
    if entry not in files:
        nearest = ", ".join(sorted(path for path in files if not is_package_file(path))[:3])
        raise ProjectError(f"there is no entry file {entry}", hint=f"the project has {nearest}" if nearest else "")


def _check_path(path: str) -> None:
    parts = path.split("/")
    if not path or path.startswith("/") or "\\" in path or "\0" in path or {"", ".", ".."} & set(parts):
        raise ProjectError(f"{path!r} is not a path inside the project", hint="use relative paths with forward slashes")
    _size(path, path)


def _size(path: str, text: str) -> int:
    try:
        return len(text.encode())
    except UnicodeEncodeError as error:
        raise ProjectError(
            f"not text: half a character at offset {error.start}", path.encode(errors="replace").decode()
        ) from error


class Project:
    """What each import means among these files; counts what is read of packages."""

    def __init__(self, files: Mapping[str, str], limits: BundleLimits) -> None:
        self.files = files
        self._limits = limits
        self._manifests: dict[str, dict[str, Any]] = {}
        self._package_files = 0
        self._package_bytes = 0

    def load(self, path: str) -> str:
        """The text of a resolved file."""
        if path == EMPTY:
            return "module.exports = {};"
        if path == SDK:
            return "module.exports = globalThis;"
        text = self.files[path]
        if is_package_file(path):
            self._package_files += 1
            self._package_bytes += len(text)
            if self._package_files > self._limits.package_files or self._package_bytes > self._limits.package_bytes:
                raise ResolveError(
                    f"more than {self._limits.package_files} files or {self._limits.package_bytes} bytes of packages",
                    "choose a smaller package",
                )
        return text

    def has_side_effects(self, path: str) -> bool:
        folder = self._package_of(path)
        return folder is None or self._manifest(folder).get("sideEffects") is not False

    def resolve(self, specifier: str, importer: str, *, required: bool) -> str:
        """The file that a specifier in `importer` means."""
        if specifier.startswith("."):
            return self._resolve_relative(specifier, importer)
        if specifier.startswith("/"):
            raise ResolveError(f'"{specifier}" is an absolute path', "import files of the project by relative paths")
        if specifier.startswith("#"):
            return self._resolve_internal(specifier, importer, required=required)
        if ":" in specifier and not specifier.startswith("node:"):
            raise ResolveError(f'"{specifier}" is an address', "nothing is downloaded; copy the file into the project")
        if specifier in SDK_MODULES:
            return SDK
        return self._resolve_package(specifier, importer, required=required)

    def _resolve_relative(self, specifier: str, importer: str) -> str:
        base = posixpath.normpath(posixpath.join(posixpath.dirname(importer), specifier))
        if base == ".." or base.startswith("../"):
            raise ResolveError(f'"{specifier}" leads out of the project', "move the file into the project")
        found = self._file(self._by_browser_table(base))
        if found is None:
            raise ResolveError(f'there is no file "{base}" in the project', self._suggest(base))
        return found

    def _file(self, base: str) -> str | None:
        if base == EMPTY:
            return base
        return next((candidate for candidate in self._candidates(base) if candidate in self.files), None)

    def _candidates(self, base: str) -> Iterator[str]:
        yield from (base + ending for ending in _ENDINGS)
        stem, ending = posixpath.splitext(base)
        yield from (stem + other for other in _TYPESCRIPT_OF.get(ending, ()))
        folder = "" if base == "." else f"{base}/"
        if f"{folder}package.json" in self.files and folder:
            main = self._main(self._manifest(base))
            yield from (posixpath.normpath(folder + main) + tail for tail in (*_ENDINGS, "/index.js"))
        yield from (f"{folder}index{ending}" for ending in _ENDINGS[1:])

    def _suggest(self, base: str) -> str:
        name = posixpath.splitext(posixpath.basename(base))[0].lower()
        near = [
            path
            for path in self.files
            if not is_package_file(path) and posixpath.basename(path).lower().startswith(name)
        ]
        return f'did you mean "{near[0]}"?' if name and near else "check the spelling, capitals included"

    # -- packages ------------------------------------------------------------------------------------------------

    def _manifest(self, folder: str) -> dict[str, Any]:
        known = self._manifests.get(folder)
        if known is None:
            try:
                parsed: object = json.loads(self.files.get(f"{folder}/package.json", "{}"))
            except (json.JSONDecodeError, RecursionError) as error:
                raise ResolveError(f"{folder}/package.json is not JSON: {error}") from error
            known = self._manifests[folder] = cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else {}
        return known

    @staticmethod
    def _main(manifest: dict[str, Any]) -> str:
        for field in ("browser", "module", "main"):
            if isinstance(manifest.get(field), str):
                return str(manifest[field])
        return "index.js"

    def _package_of(self, path: str) -> str | None:
        parts = path.split("/")
        if _PACKAGES not in parts:
            return None
        at = len(parts) - 1 - parts[::-1].index(_PACKAGES)
        depth = 2 if len(parts) > at + 1 and parts[at + 1].startswith("@") else 1
        return "/".join(parts[: at + 1 + depth])

    def _by_browser_table(self, base: str) -> str:
        folder = self._package_of(base)
        table = self._manifest(folder).get("browser") if folder else None
        if not isinstance(table, dict):
            return base
        relative = "./" + base[len(folder or "") + 1 :]
        for name in (relative, relative + ".js"):
            if name in table:
                target = cast("dict[str, object]", table)[name]
                return posixpath.normpath(f"{folder}/{target}") if isinstance(target, str) else EMPTY
        return base

    def _resolve_package(self, specifier: str, importer: str, *, required: bool) -> str:
        parts = specifier.split("/")
        depth = 2 if specifier.startswith("@") else 1
        name, rest = "/".join(parts[:depth]), "/".join(parts[depth:])
        own = self._package_of(importer)
        table = self._manifest(own).get("browser") if own else None
        if isinstance(table, dict) and cast("dict[str, object]", table).get(specifier, True) is False:
            return EMPTY
        for folder in _ancestors(importer):
            package = f"{folder}{_PACKAGES}/{name}"
            if f"{package}/package.json" in self.files or self._file(f"{package}/{rest}" if rest else package):
                return self._in_package(package, rest, specifier, required=required)
        raise self._unknown_package(specifier, name)

    @staticmethod
    def _unknown_package(specifier: str, name: str) -> ResolveError:
        if name.startswith("node:") or name in _NODE_MODULES:
            return ResolveError(
                f'"{specifier}" is a module of Node',
                "scripts run without Node; use the web platform, kv, fetch or rest",
            )
        return ResolveError(
            f'cannot find the package "{name}"', f"install it into node_modules with: npm install {name}"
        )

    def _in_package(self, package: str, rest: str, specifier: str, *, required: bool) -> str:
        manifest = self._manifest(package)
        subpath = f"./{rest}" if rest else "."
        exports = manifest.get("exports")
        if exports is not None:
            target = _match(exports, subpath, required=required)
            if target is None:
                raise ResolveError(
                    f'"{specifier}" is not exported by its package', f"see exports in {package}/package.json"
                )
            base = posixpath.normpath(f"{package}/{target}")
            if not base.startswith(f"{package}/"):
                raise ResolveError(f"{package}/package.json exports a file outside the package")
        else:
            base = f"{package}/{rest}" if rest else posixpath.normpath(f"{package}/{self._main(manifest)}")
        found = self._file(self._by_browser_table(base)) or (None if rest else self._file(f"{package}/index"))
        if found is None:
            raise ResolveError(f'"{specifier}" leads to {base}, which is not there', "install the package again")
        return found

    def _resolve_internal(self, specifier: str, importer: str, *, required: bool) -> str:
        package = self._package_of(importer)
        manifest = self._manifest(package) if package else self._root_manifest()
        target = _match(manifest.get("imports") or {}, specifier, required=required)
        if target is None:
            raise ResolveError(f'"{specifier}" is not among the imports of package.json')
        if not target.startswith("."):
            return self._resolve_package(target, importer, required=required)
        return self._resolve_relative(target, f"{package}/package.json" if package else "package.json")

    def _root_manifest(self) -> dict[str, Any]:
        try:
            parsed: object = json.loads(self.files.get("package.json", "{}"))
        except (json.JSONDecodeError, RecursionError) as error:
            raise ResolveError(f"package.json is not JSON: {error}") from error
        return cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else {}


def _ancestors(importer: str) -> Iterator[str]:
    folder = posixpath.dirname(importer)
    while folder:
        if posixpath.basename(folder) != _PACKAGES:
            yield f"{folder}/"
        folder = posixpath.dirname(folder)
    yield ""


def _match(exports: object, subpath: str, *, required: bool) -> str | None:
    """The target of a subpath in an `exports` or `imports` field, for the conditions of an isolate."""
    conditions = _CONDITIONS | {"require" if required else "import"}
    table = _table(exports)
    if not any(key.startswith((".", "#")) for key in table):
        return _target(exports, conditions, "", 0) if subpath == "." else None
    if subpath in table:
        return _target(table[subpath], conditions, "", 0)
    patterns = sorted((key for key in table if key.count("*") == 1), key=lambda key: -key.index("*"))
    for pattern in patterns:
        head, _, tail = pattern.partition("*")
        if subpath.startswith(head) and subpath.endswith(tail) and len(subpath) >= len(pattern):
            middle = subpath[len(head) : len(subpath) - len(tail)]
            return None if ".." in middle.split("/") else _target(table[pattern], conditions, middle, 0)
    return None


def _table(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _target(value: object, conditions: frozenset[str], middle: str, depth: int) -> str | None:
    if isinstance(value, str):
        return value.replace("*", middle)
    if depth > 16:
        return None
    items: list[object] = []
    if isinstance(value, list):
        items = cast("list[object]", value)
    else:
        items = [item for name, item in _table(value).items() if name in conditions]
    targets = (_target(item, conditions, middle, depth + 1) for item in items)
    return next((target for target in targets if target is not None), None)
