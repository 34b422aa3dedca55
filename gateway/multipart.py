"""A request's body with files in it (RFC 7578). Pure."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_ESCAPES: Final = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
"""In the name of a file, as browsers write it."""


@dataclass(frozen=True, slots=True)
class File:
    """An attachment."""

    name: str
    data: bytes
    content_type: str = "application/octet-stream"


def multipart(json: bytes | None, files: Sequence[File]) -> tuple[str, bytes]:
    """The body's type, and the body: `payload_json` and `files[n]`, as Discord calls them."""
    mark = os.urandom(16).hex()
    parts: list[bytes] = []
    if json is not None:
        parts += (_head(mark, 'name="payload_json"', "application/json"), json)
    for number, file in enumerate(files):
        name = f'name="files[{number}]"; filename="{file.name.translate(_ESCAPES)}"'
        parts += (_head(mark, name, file.content_type.translate(_ESCAPES)), file.data)
    parts.append(f"\r\n--{mark}--\r\n".encode())
    parts[0] = parts[0].removeprefix(b"\r\n")
    return f"multipart/form-data; boundary={mark}", b"".join(parts)


def _head(mark: str, name: str, content_type: str) -> bytes:
    return f"\r\n--{mark}\r\nContent-Disposition: form-data; {name}\r\nContent-Type: {content_type}\r\n\r\n".encode()
