"""A project out of a zip from anybody: text files by path, nothing outside, nothing without an end.

The directory of the archive is judged before a byte is unpacked, and what is unpacked is counted as it comes: sizes
in a directory may lie.
"""

import io
import posixpath
import stat
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO, Final

ENTRIES: Final = 5_000
FILE_BYTES: Final = 10 * 1024 * 1024
TOTAL_BYTES: Final = 64 * 1024 * 1024
_NAME_BYTES: Final = 255
_ENCRYPTED: Final = 1
_PIECE: Final = 64 * 1024


class BadZipError(ValueError):
    """The archive is not taken: one sentence."""


def unpack(data: bytes) -> Mapping[str, str]:
    """Its text files; files that are no UTF-8 are left out, since no bundle can hold them. Raises BadZipError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            return dict(_texts(archive, entries))
    except BadZipError:
        raise
    except Exception as error:  # noqa: BLE001  a stranger's bytes: zipfile, zlib and lzma have ten errors for them
        raise BadZipError(f"this is no zip that can be read: {error} ({type(error).__name__})") from None


def _texts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    if len(entries) > ENTRIES:
        raise BadZipError(f"the zip has {len(entries)} entries, and may have {ENTRIES}")
    left = TOTAL_BYTES
    seen: set[str] = set()
    for entry in entries:
        path = _checked(entry)
        if entry.is_dir():
            continue
        if path in seen:
            raise BadZipError(f"{path!r} is in the zip twice")
        seen.add(path)
        with archive.open(entry) as file:
            content = _read(file, path, min(left, FILE_BYTES))
        left -= len(content)
        try:
            yield path, content.decode()
        except UnicodeDecodeError:
            continue


def _checked(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    path = name.rstrip("/")
    odd = "\\" in name or "\0" in name or ":" in name.split("/")[0] or not name.isprintable()
    if not path or name.startswith("/") or odd or posixpath.normpath(path) != path or path.split("/")[0] == "..":
        raise BadZipError(f"the zip has a path that leads elsewhere: {name[:80]!r}")
    if len(path.encode(errors="replace")) > _NAME_BYTES:
        raise BadZipError(f"the zip has a path of more than {_NAME_BYTES} bytes")
    mode = entry.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise BadZipError(f"{path!r} is a link or a device; a project has files")
    if entry.flag_bits & _ENCRYPTED:
        raise BadZipError(f"{path!r} is encrypted")
    return path


def _read(file: IO[bytes], path: str, most: int) -> bytes:
    content = bytearray()
    while piece := file.read(_PIECE):
        content += piece
        if len(content) > most:
            raise BadZipError(f"the zip holds too much: {path!r} goes beyond {most:,} bytes")
    return bytes(content)


def without_wrapper(files: Mapping[str, str], entry: str) -> Mapping[str, str]:
    """When everything lies in one folder, as archives of repositories do, and the entry is meant inside it."""
    tops = {path.split("/")[0] for path in files}
    if entry in files or len(tops) != 1:
        return files
    prefix = f"{next(iter(tops))}/"
    return {path.removeprefix(prefix): text for path, text in files.items()} if f"{prefix}{entry}" in files else files
