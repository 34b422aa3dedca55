"""A backup's file: a zip of parts and a manifest that tells each part's size and SHA-256. Blocking; run it in
a thread.

Written under another name, synced and renamed: a file of the final name is whole. Only its owner can read it.
"""

import hashlib
import os
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from storage.errors import BackupRefused

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
"""Of the archive. Others are refused."""
CHUNK: Final = 1 << 20

Passed = Callable[[int], None]
"""Is told of every piece, how many bytes it has."""


class Part(msgspec.Struct, frozen=True):
    """One file of the archive."""

    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What an archive says of itself."""

    format: int
    flora: str
    taken_at: datetime
    postgres: str
    migrations: list[tuple[int, str, str]]
    columns: dict[str, list[str]]
    parts: dict[str, Part]
    key_ids: list[str]
    """The keys that its secrets need. They are in the archive only when that was asked for."""


def size_of(directory: Path) -> int:
    """Bytes of all files below."""
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())


def describe(directory: Path, passed: Passed) -> dict[str, Part]:
    """All files below, by their path."""
    paths = sorted(path for path in directory.rglob("*") if path.is_file())
    return {path.relative_to(directory).as_posix(): _part_of(path, passed) for path in paths}


def _part_of(path: Path, passed: Passed) -> Part:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            passed(len(chunk))
    return Part(path.stat().st_size, digest.hexdigest())


def pack(directory: Path, manifest: Manifest, target: Path, passed: Passed) -> None:
    unfinished = target.with_name(f".{target.name}.unfinished")
    descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                for name in manifest.parts:
                    _add(archive, name, directory / name, passed)
                archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _add(archive: zipfile.ZipFile, name: str, path: Path, passed: Passed) -> None:
    with path.open("rb") as file, archive.open(name, "w", force_zip64=True) as packed:
        while chunk := file.read(CHUNK):
            packed.write(chunk)
            passed(len(chunk))


def read_manifest(source: Path) -> Manifest:
    """Raises BackupRefused when the file is not an archive of ours."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
    except (OSError, KeyError, zipfile.BadZipFile, msgspec.MsgspecError, EOFError) as error:
        raise BackupRefused(f"{source} is not a backup of flora ({type(error).__name__})") from error
    if manifest.format != FORMAT:
        raise BackupRefused(f"{source} has format {manifest.format}; this flora reads {FORMAT}")
    return manifest


def unpack(source: Path, manifest: Manifest, directory: Path, passed: Passed) -> None:
    """Write out the parts, each verified; raises BackupRefused at the first that is not what the manifest
    says."""
    try:
        with zipfile.ZipFile(source) as archive:
            if set(archive.namelist()) != {MANIFEST, *manifest.parts}:
                raise BackupRefused(f"{source} does not hold what its manifest lists")
            for name, part in manifest.parts.items():
                _check_name(source, name)
                _extract(archive, name, directory / name)
                if _part_of(directory / name, passed) != part:
                    raise BackupRefused(f"{source} is damaged: {name} is not what was written")
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise BackupRefused(f"{source} is damaged ({type(error).__name__})") from error


def _check_name(source: Path, name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise BackupRefused(f"{source} has a part that would leave its directory")


def _extract(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as packed, path.open("wb") as file:
        while chunk := packed.read(CHUNK):
            file.write(chunk)
