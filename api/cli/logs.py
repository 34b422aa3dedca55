"""`flora logs`: what is kept, and what comes."""

import argparse
import json
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from api.cli.client import Api
from api.cli.console import clean, coloured, show, show_json_line, warn
from api.cli.faults import CommandError, Exit
from api.cli.session import talking, the_guild
from api.cli.shapes import as_map, page_of

_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_USUAL: Final = 100
_PAGE: Final = 1_000
_LEVELS: Final = {"error": "red", "warn": "yellow", "debug": "grey"}


async def logs(options: argparse.Namespace) -> int:
    """Print lines; with --follow, until Ctrl-C."""
    wanted = {"level": options.level, "text": options.grep, "since": _since(options.since)}
    count = _USUAL if options.limit is None else options.limit
    if count < 0:
        raise CommandError("-n is a number of lines, 0 or more", code=Exit.USAGE)
    async with talking(options) as api:
        guild = await the_guild(api, options)
        lines = await _kept(api, guild, wanted, count)
        for line in lines:
            _print(line, as_json=options.json)
        if not options.follow:
            return Exit.OK

        def hear(name: str, data: str) -> None:
            if name in {"message", "log", "line"}:
                _print(_parsed(data), as_json=options.json)
            elif not options.json:
                warn(f"[{clean(name)}] {clean(data)}")

        last = str(lines[-1]["id"]) if lines else "0" if count else None
        streamed = {**wanted, "after": last}
        await api.follow(f"/logs/{guild}/stream", streamed, hear, warn, was_there=bool(count))
    return Exit.OK


async def _kept(api: Api, guild: str, wanted: Mapping[str, Any], count: int) -> list[dict[str, Any]]:
    """The newest lines that match, oldest first; as many pages as that takes."""
    found: list[dict[str, Any]] = []
    while len(found) < count:
        size = min(count - len(found), _PAGE)
        before = found[0]["id"] if found else None
        answer = await api.get(f"/logs/{guild}", **wanted, limit=size, before=before)
        older = page_of(answer, "lines", "items")
        found = [*older, *found]
        if len(older) < size:
            break
    return found


def _parsed(data: str) -> dict[str, Any]:
    try:
        parsed: object = json.loads(data)
    except ValueError:
        return {"message": data}
    return as_map(parsed) or {"message": data}


def _since(text: str | None) -> str | None:
    """A moment, from a time or from how long ago."""
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,6})([smhd])", text)
    if match:
        ago = timedelta(**{_UNITS[match[2]]: int(match[1])})
        return (datetime.now(UTC) - ago).isoformat()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        hint = "10m, 2h, 3d, or 2026-11-27T10:00"
        raise CommandError(f"{text!r} is no time", hint, Exit.USAGE) from None
    return moment.astimezone(UTC).isoformat()


def _print(line: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        show_json_line(line)
    else:
        level = str(line.get("level", "info"))
        text = clean(str(line.get("message") or line.get("text") or ""))
        head = f"{_moment(line.get('timestamp') or line.get('at'))} {level.upper():<5}"
        target = line.get("target")
        show(f"{coloured(head, _LEVELS.get(level, 'blue'))} {f'{clean(str(target))}: ' if target else ''}{text}")
    sys.stdout.flush()


def _moment(value: Any) -> str:
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return str(value or "")
