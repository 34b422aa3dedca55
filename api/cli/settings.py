"""Where a command's guild, server and token come from: options, environment, flora.toml, profiles. In that order.

Profiles are a file of the user's; `api/cli/credentials.py` has the tokens.
"""

import os
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from api.cli.credentials import KEYRING, forget_token, read_token, write_token
from api.cli.faults import CommandError, Exit
from api.cli.own_files import folder, read, write

DEFAULT_SERVER: Final = "http://127.0.0.1:3000"
PROJECT_FILE: Final = "flora.toml"
_IN_KEYRING: Final = "in_keyring"


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


def profiles() -> dict[str, Any]:
    """`{"current": name, "profiles": {name: {"url": ...}}}`."""
    return read(_file()) or {"current": "default", "profiles": {}}


def _file() -> Path:
    return folder() / "profiles.json"


def server(api: str | None, profile: str | None) -> Server:
    """The server to talk to, and the token for it if there is one. A token goes to the server that it is for alone."""
    name, url = address(api, profile)
    given = os.environ.get("FLORA_TOKEN")
    is_its_own = profiles()["profiles"].get(name, {}).get("url") == url
    return Server(name, url, a_token(given) if given else _kept(name) if is_its_own else None)


def address(api: str | None, profile: str | None) -> tuple[str, str]:
    """The profile that is meant, and the server's URL, which may be another than the profile's."""
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
    return name, url


def _kept(name: str) -> str | None:
    return read_token(name, is_in_keyring=_is_in_keyring(name))


def a_token(text: str) -> str:
    """As it was given, without what is around it."""
    token = text.strip()
    if not token.isascii() or not token.isprintable():
        raise CommandError("this is no token of flora's", "flora tokens create makes one", Exit.USAGE)
    return token


def normal_url(text: str) -> str:
    """Without the `/api` that the original's setting ended in."""
    url = text.rstrip("/").removesuffix("/api")
    try:
        parts = urlsplit(url)
        is_one = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and url.isprintable()
    except ValueError:
        is_one = False
    if not is_one:
        raise CommandError(f"{text!r} is not the address of a server", "it begins with https://", Exit.USAGE)
    return url


def remember(name: str, url: str, token: str, token_id: str = "") -> str:
    """Keep a login, or nothing of it; says where the token lies."""
    known = profiles()
    before = None
    with suppress(CommandError):
        before = _kept(name)
    place = write_token(name, token)
    kept: dict[str, Any] = {"url": url, **({"token_id": token_id} if token_id else {})}
    if place == KEYRING:
        kept[_IN_KEYRING] = True
    try:
        write(_file(), {"current": name, "profiles": {**known["profiles"], name: kept}})
    except CommandError:
        forget_token(name, is_in_keyring=place == KEYRING)
        if before is not None:
            write_token(name, before)
        raise
    return place


def use(name: str) -> None:
    """The profile that is meant when none is named."""
    known = profiles()
    if name not in known["profiles"]:
        raise CommandError(f"there is no profile {name}", "flora login --profile NAME makes one", Exit.USAGE)
    write(_file(), {**known, "current": name})


def token_id_of(name: str) -> str:
    """Of a token that was made for this command alone; empty for any other."""
    return str(profiles()["profiles"].get(name, {}).get("token_id", ""))


def forget(name: str) -> bool:
    """Forget the token of a profile; False when there was none."""
    return forget_token(name, is_in_keyring=_is_in_keyring(name))


def _is_in_keyring(name: str) -> bool:
    return bool(profiles()["profiles"].get(name, {}).get(_IN_KEYRING))
