"""Where tokens lie: in the system's keyring, or where there is none that works in a file that nobody else can read."""

from pathlib import Path
from typing import Any, Final, cast

from api.cli.faults import CommandError, Exit
from api.cli.own_files import folder, read, write

KEYRING: Final = "the keyring"
_SERVICE: Final = "flora"
_AGAIN: Final = "unlock it, or say flora login again"


def read_token(profile: str, *, is_in_keyring: bool) -> str | None:
    """What is kept for the profile. Raises CommandError when a keyring has it and does not give it."""
    kept = (read(_file()) or {}).get(profile)
    if kept is not None or not is_in_keyring:
        return None if kept is None else str(kept)
    ring = _keyring()
    if ring is None:
        raise CommandError(f"{KEYRING} that holds the token of {profile} does not answer", _AGAIN, Exit.NOT_ALLOWED)
    return cast("str | None", _asked(ring.get_password, _SERVICE, profile))


def write_token(profile: str, token: str) -> str:
    """Keep it at one place alone; says which."""
    ring = _keyring()
    if ring is not None:
        _asked(ring.set_password, _SERVICE, profile, token)
        _take_out(profile)
        return KEYRING
    write(_file(), {**(read(_file()) or {}), profile: token})
    return str(_file())


def forget_token(profile: str, *, is_in_keyring: bool) -> bool:
    """False when there was none."""
    was_in_file = _take_out(profile)
    ring = _keyring() if is_in_keyring else None
    if ring is None or _asked(ring.get_password, _SERVICE, profile) is None:
        return was_in_file
    _asked(ring.delete_password, _SERVICE, profile)
    return True


def _file() -> Path:
    return folder() / "credentials.json"


def _take_out(profile: str) -> bool:
    kept = read(_file()) or {}
    if kept.pop(profile, None) is None:
        return False
    write(_file(), kept)
    return True


def _keyring() -> Any:
    """The system's, or None where there is none that works: a locked one that nobody unlocks does not."""
    import keyring  # noqa: PLC0415  takes 20 ms, needed for credentials only
    from keyring.backends.fail import Keyring as NoKeyring  # noqa: PLC0415

    try:
        ring = keyring.get_keyring()
        if isinstance(ring, NoKeyring) or ring.priority < 1:
            return None
        ring.get_password(_SERVICE, "probe")
    except Exception:  # noqa: BLE001  each backend has its own, and D-Bus more
        return None
    return ring


def _asked(ask: Any, *arguments: str) -> Any:
    try:
        return ask(*arguments)
    except Exception as error:  # noqa: BLE001
        raise CommandError(
            f"{KEYRING} refuses: {str(error) or type(error).__name__}", _AGAIN, Exit.NOT_ALLOWED
        ) from None
