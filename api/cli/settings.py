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
    """The server to talk to, and the token for it if there is one. A token goes to the server that it is for alone."""
    known = profiles()
    of_all: dict[str, dict[str, str]] = known["profiles"]
    chosen = profile or os.environ.get("FLORA_PROFILE")
    if chosen and chosen not in of_all:
        raise CommandError(f"there is no profile {chosen}", "flora profiles lists them", Exit.USAGE)
    name = chosen or str(known["current"])
    own = of_all.get(name, {}).get("url")
    url = normal_url(api or os.environ.get("FLORA_API_URL") or own or DEFAULT_SERVER)
    if own != url and not chosen:
        name = next((other for other, one in of_all.items() if one["url"] == url), name)
    is_its_own = of_all.get(name, {}).get("url") == url
    return Server(name, url, os.environ.get("FLORA_TOKEN") or (read_token(name) if is_its_own else None))


def normal_url(text: str) -> str:
    """Without the `/api` that the original's setting ended in."""
    url = text.rstrip("/").removesuffix("/api")
    if not url.startswith(("http://", "https://")):
        raise CommandError(f"{text!r} is not the address of a server", "it begins with https://", Exit.USAGE)
    return url


def remember(name: str, url: str, token: str, token_id: str = "") -> str:
    """Keep a login, or nothing of it; says where the token lies."""
    known = profiles()
    known["profiles"][name] = {"url": url, **({"token_id": token_id} if token_id else {})}
    known["current"] = name
    before = read_token(name)
    place = _write_token(name, token)
    try:
        _write(folder() / "profiles.json", known)
    except CommandError:
        forget(name)
        if before is not None:
            _write_token(name, before)
        raise
    return place


def use(name: str) -> None:
    """The profile that is meant when none is named."""
    known = profiles()
    if name not in known["profiles"]:
        raise CommandError(f"there is no profile {name}", "flora login --profile NAME makes one", Exit.USAGE)
    _write(folder() / "profiles.json", {**known, "current": name})


def token_id_of(name: str) -> str:
    """Of a token that was made for this command alone; empty for any other."""
    return str(profiles()["profiles"].get(name, {}).get("token_id", ""))


def forget(name: str) -> bool:
    """Forget the token of a profile; False when there was none."""
    known = read_token(name) is not None
    ring = _keyring()
    if ring is not None and ring.get_password(_SERVICE, name) is not None:
        ring.delete_password(_SERVICE, name)
    kept = _read(folder() / "credentials.json") or {}
    if kept.pop(name, None) is not None:
        _write(folder() / "credentials.json", kept)
    return known


def read_token(name: str) -> str | None:
    kept = (_read(folder() / "credentials.json") or {}).get(name)
    if kept is not None:
        return str(kept)
    ring = _keyring() if profiles()["profiles"] else None
    return None if ring is None else cast("str | None", ring.get_password(_SERVICE, name))


def _write_token(name: str, token: str) -> str:
    ring = _keyring()
    if ring is not None:
        ring.set_password(_SERVICE, name, token)
        return "the keyring"
    path = folder() / "credentials.json"
    _write(path, {**(_read(path) or {}), name: token})
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
