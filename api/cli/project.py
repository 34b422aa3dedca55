"""The author's project on disk, as the bundler takes it: text by relative path, packages read only when imported."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from api.cli.faults import CommandError, Exit
from api.cli.settings import project_root, project_settings
from api.cli.standard import is_text
from sdk.bundler.project import LOADERS, is_package_file

DEFAULT_ENTRY: Final = "src/main.ts"
_SKIPPED: Final = frozenset({"node_modules", "dist", "build", "out", "target", "coverage", "__pycache__"})


class ProjectFiles(Mapping[str, str]):
    """The project's own files, listed; files of packages, found when asked for. Nothing outside the root is read."""

    def __init__(self, root: Path, own: Mapping[str, str]) -> None:
        self.root = root
        self._own = own
        self._packages: dict[str, str | None] = {}

    def __getitem__(self, path: str) -> str:
        text = self._own.get(path)
        if text is None and is_package_file(path):
            text = self._of_package(path)
        if text is None:
            raise KeyError(path)
        return text

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and (
            path in self._own or (is_package_file(path) and self._of_package(path) is not None)
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)

    def _of_package(self, path: str) -> str | None:
        if path not in self._packages:
            self._packages[path] = self._read(path)
        return self._packages[path]

    def _read(self, path: str) -> str | None:
        real = (self.root / path).resolve()
        if not real.is_relative_to(self.root) or not real.is_file():
            return None
        try:
            return real.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None


def entry_of(option: str | None) -> str:
    """The entry file, relative to the project's root."""
    root = project_root()
    entry = option or project_settings().get("entry") or DEFAULT_ENTRY
    path = (Path.cwd() / entry if option else root / str(entry)).resolve()
    if not path.is_relative_to(root.resolve()):
        raise CommandError(f"{entry} is outside the project {root}", "name a file inside it", Exit.USAGE)
    if not path.is_file():
        raise CommandError(f"there is no entry file {entry}", "flora init makes a project with one", Exit.USAGE)
    return path.relative_to(root.resolve()).as_posix()


def read_project(*, tests: bool = False, root: Path | None = None) -> ProjectFiles:
    """Every file of the project that can be imported."""
    root = (root or project_root()).resolve()
    own: dict[str, str] = {}
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED and not name.startswith("."))
        for name in sorted(names):
            relative = (Path(folder) / name).relative_to(root).as_posix()
            if _is_wanted(relative, tests=tests):
                if not is_text(relative):
                    raise CommandError(f"the name of {relative!r} is not UTF-8", "give it another name")
                own[relative] = _text(Path(folder) / name, relative, root)
    return ProjectFiles(root, own)


def _is_wanted(path: str, *, tests: bool) -> bool:
    if (
        Path(path).suffix not in LOADERS
        or path.endswith(".d.ts")
        or Path(path).name in {"package-lock.json", "tsconfig.json"}
    ):
        return False
    return tests or not is_test(path)


def is_test(path: str) -> bool:
    return path.endswith((".test.ts", ".test.tsx", ".test.js"))


def _text(path: Path, relative: str, root: Path) -> str:
    if not path.resolve().is_relative_to(root):
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{relative} is not UTF-8 (byte {error.start})", "save it as UTF-8, or move it out of the project"
        ) from None
    except OSError as error:
        raise CommandError(f"{relative} cannot be read: {error.strerror}") from None


def for_the_server(files: ProjectFiles, inputs: list[str]) -> list[dict[str, Any]]:
    """What a deploy sends: the files the bundle was made of, and the manifests that led to them."""
    paths = dict.fromkeys(inputs)
    if "package.json" in files:
        paths["package.json"] = None
    for path in inputs:
        parts = path.split("/")
        for depth in range(len(parts)):
            manifest = "/".join([*parts[:depth], "package.json"])
            if is_package_file(manifest) and manifest in files:
                paths[manifest] = None
    return [{"path": path, "contents": files[path]} for path in paths if path in files and files[path].strip()]
