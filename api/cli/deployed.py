"""What a server tells of a deployment, as commands read it."""

import re
from collections.abc import Mapping
from typing import Any, cast

from api.cli.client import Api
from api.cli.console import clean
from api.cli.faults import CommandError, Exit
from api.cli.shapes import as_list, name_of


async def live_deployment(api: Api, guild: str) -> dict[str, Any] | None:
    """What runs in the guild; None when nothing does."""
    try:
        return cast("dict[str, Any]", await api.get(f"/deployments/{guild}"))
    except CommandError as error:
        if error.code is Exit.NOT_FOUND:
            return None
        raise


def contents(deployment: Mapping[str, Any] | None) -> dict[str, str]:
    """The files of a deployment or a revision."""
    listed: list[dict[str, Any]] = (deployment or {}).get("files") or []
    return {str(file["path"]): str(file.get("contents", "")) for file in listed}


def names_by_kind(registrations: Mapping[str, Any]) -> dict[str, list[str]]:
    """What a script registered: commands, events, crons, ..."""
    found = {kind: [clean(name_of(entry)) for entry in as_list(entries)] for kind, entries in registrations.items()}
    return {spaced(kind): names for kind, names in found.items() if names}


def spaced(kind: str) -> str:
    """`prefixCommands` as a person says it."""
    return re.sub(r"[A-Z]", lambda letter: f" {letter[0].lower()}", kind)


def by_name(entries: object) -> dict[str, object]:
    return {name_of(entry): entry for entry in as_list(entries)}
