"""The command's own files in the person's home: whole or not at all, and for nobody else's eyes."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any, cast

from api.cli.faults import CommandError


def folder() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path.home() / ".config") / "flora"


def read(path: Path) -> dict[str, Any] | None:
    """None when there is no such file."""
    try:
        parsed: object = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read: {error}", "mend it, or remove it and log in again") from None
    return cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else None


def write(path: Path, value: dict[str, Any]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(value, file, indent=2)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}") from None
