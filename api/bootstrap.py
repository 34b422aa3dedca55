"""What a fresh data directory needs before anybody can log in: a secret for cookies, and an operator's first token.

Both are files of the data directory that only flora's user reads. Who can read them operates this flora already.
"""

import os
import secrets
from pathlib import Path
from typing import Final

import trio

from api.access import OWNER
from api.config import Config, ConfigError
from storage.confidential import Secret
from storage.postgres.database import Database
from storage.postgres.token_create import NewToken, TooManyTokens, create_token
from storage.postgres.token_read import list_tokens

SECRET_FILE: Final = "api.secret"  # noqa: S105 (a name)
TOKEN_FILE: Final = "operator.token"  # noqa: S105


async def api_secret(config: Config, directory: Path) -> Secret:
    """What signs cookies: the configured one, or the data directory's, made at the first start. Raises ConfigError."""
    if config.api.secret is not None:
        return config.api.secret
    path = directory / SECRET_FILE
    return await trio.to_thread.run_sync(_read_or_make, path)


def _read_or_make(path: Path) -> Secret:
    try:
        if not path.exists():
            _write(path, secrets.token_urlsafe(48))
        if path.stat().st_mode & 0o077:
            raise ConfigError(f"{path} can be read by others: chmod 600 it, or remove it and everybody logs in again")
        return Secret(path.read_text().strip())
    except OSError as error:
        raise ConfigError(f"{path} cannot be used: {error.strerror}") from None


async def first_operator_token(database: Database, directory: Path) -> str | None:
    """Make the first operator's token where there is none, and say in one line where it is; None when there is one.

    It lies in the data directory until the operator removes it, which he may at once: `flora login` keeps it too.
    """
    tokens = await database.run(list_tokens, OWNER)
    if any("operator" in token.scopes for token in tokens):
        return None
    made = await database.run(create_token, NewToken(OWNER, "first operator", ("operator",)), database.limits)
    if isinstance(made, TooManyTokens):
        return None
    path = directory / TOKEN_FILE
    await trio.to_thread.run_sync(_write, path, made.text.reveal())
    return f"operate this flora with: flora login --token-stdin < {path}"


def _write(path: Path, text: str) -> None:
    """Never half, and never readable by others, not even for a moment."""
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(descriptor)
    unfinished.replace(path)
