"""Where a command's guild, server and token come from: options, environment, flora.toml, profiles. In that order.

Profiles are a file of the user's; tokens are in the system's keyring, or where there is none in a file that nobody
else can read.
"""

import json
import os
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from api.cli.faults import CommandError, Exit

DEFAULT_SERVER: Final = "http://127.0.0.1:3000"
PROJECT_FILE: Final = "flora.toml"
_SERVICE: Final = "flora"


@dataclass(frozen=True, slots=True)
class Server:
    """Which daemon, as whom."""

    profile: str
    url: str
    token: str | None


def project_root() -> Path:
    """The nearest folder upwards that has a flora.toml; here, when none has."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / PROJECT_FILE).is_file()), here)


def project_settings() -> dict[str, Any]:
    path = project_root() / PROJECT_FILE
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CommandError(f"{path.name} cannot be read: {error}", code=Exit.USAGE) from None


def guild_of(option: str | None) -> str | None:
    """The guild that is meant; None when nobody said."""
    settings = project_settings()
    guild = option or os.environ.get("FLORA_GUILD") or settings.get("guild")
    if guild is None or guild == "":
        return None
    text = str(guild)
    if not text.isdecimal() or not 0 < int(text) < 2**64:
        raise CommandError(f"{text!r} is not the id of a guild", "it is a number, as Discord shows it", Exit.USAGE)
    return text


def folder() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path.home() / ".config") / "flora"


def profiles() -> dict[str, Any]:
    """`{"current": name, "profiles": {name: {"url": ...}}}`."""
    return _read(folder() / "profiles.json") or {"current": "default", "profiles": {}}


def server(api: str | None, profile: str | None) -> Server:
    """The server to talk to, and the token for it if there is one."""
    known = profiles()
    name = profile or os.environ.get("FLORA_PROFILE") or str(known["current"])
    entry: dict[str, str] | None = known["profiles"].get(name)
    if profile and entry is None:
        raise CommandError(f"there is no profile {profile}", "flora login --profile NAME makes one", Exit.USAGE)
    url = normal_url(api or os.environ.get("FLORA_API_URL") or (entry["url"] if entry else None) or DEFAULT_SERVER)
    return Server(name, url, os.environ.get("FLORA_TOKEN") or read_token(url))


def normal_url(text: str) -> str:
    """Without the `/api` that the original's setting ended in."""
    url = text.rstrip("/").removesuffix("/api")
    if not url.startswith(("http://", "https://")):
        raise CommandError(f"{text!r} is not the address of a server", "it begins with https://", Exit.USAGE)
    return url


def remember(name: str, url: str, token: str) -> str:
    """Keep a login; says where the token lies."""
    known = profiles()
    known["profiles"][name] = {"url": url}
    known["current"] = name
    place = _write_token(url, token)
    _write(folder() / "profiles.json", known)
    return place


def forget(url: str) -> bool:
    """Forget the token of a server; False when there was none."""
    known = read_token(url) is not None
    ring = _keyring()
    if ring is not None and ring.get_password(_SERVICE, url) is not None:
        ring.delete_password(_SERVICE, url)
    kept = _read(folder() / "credentials.json") or {}
    if kept.pop(url, None) is not None:
        _write(folder() / "credentials.json", kept)
    return known


def read_token(url: str) -> str | None:
    kept = (_read(folder() / "credentials.json") or {}).get(url)
    if kept is not None:
        return str(kept)
    ring = _keyring() if profiles()["profiles"] else None
    return None if ring is None else cast("str | None", ring.get_password(_SERVICE, url))


def _write_token(url: str, token: str) -> str:
    ring = _keyring()
    if ring is not None:
        ring.set_password(_SERVICE, url, token)
        return "the keyring"
    path = folder() / "credentials.json"
    _write(path, {**(_read(path) or {}), url: token})
    return str(path)


def _keyring() -> Any:
    """The system's keyring, or None where there is none that works."""
    import keyring  # noqa: PLC0415  takes 20 ms, needed for credentials only
    from keyring.backends.fail import Keyring as NoKeyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    ring = keyring.get_keyring()
    if isinstance(ring, NoKeyring) or ring.priority < 1:
        return None
    try:
        ring.get_password(_SERVICE, "probe")
    except KeyringError:
        return None
    return ring


def _read(path: Path) -> dict[str, Any] | None:
    try:
        parsed: object = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read: {error}", "mend it, or remove it and log in again") from None
    return cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else None


def _write(path: Path, value: dict[str, Any]) -> None:
    """Whole or not at all, and for nobody else's eyes."""
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
