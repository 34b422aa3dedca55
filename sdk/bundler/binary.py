"""The esbuild binary: packed beside this file, unpacked once into a cache, trusted by its digest only."""

import hashlib
import lzma
import os
import tempfile
from pathlib import Path
from typing import Final

VERSION: Final = "0.28.2"
SHA256: Final = "e1698a3d5c6c0798fee4fd3b5cc816651f460c63d390a7a26ea4beb0b1884100"
_PACKED: Final = Path(__file__).parent / "esbuild-linux-x64.xz"
_BYTES: Final = 11_427_952


class BundlerUnavailableError(Exception):
    """The bundler cannot run on this machine, or its binary is not the one we know."""


def unpacked(cache: Path | None = None) -> Path:
    """Where the binary lies, unpacking it first if need be. Another process may do the same at the same time."""
    folder = cache or default_cache()
    path = folder / f"esbuild-{VERSION}-{SHA256[:16]}"
    if not _is_ours(path):
        _unpack(folder, path)
    return path


def default_cache() -> Path:
    """The user's own cache directory."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "flora"


def _is_ours(path: Path) -> bool:
    """A file that only we could have written; its digest was checked when we did."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return found.st_size == _BYTES and found.st_uid == os.getuid() and found.st_mode & 0o777 == 0o500


def _unpack(folder: Path, path: Path) -> None:
    binary = lzma.decompress(_PACKED.read_bytes())
    if hashlib.sha256(binary).hexdigest() != SHA256:
        raise BundlerUnavailableError(f"{_PACKED.name} does not hold esbuild {VERSION}; install flora again")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=path.name, delete=False) as file:
            try:
                file.write(binary)
                file.flush()
                os.fsync(file.fileno())
                os.fchmod(file.fileno(), 0o500)
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise BundlerUnavailableError(f"esbuild cannot be unpacked into {folder}: {error.strerror}") from error
