"""What was deployed before: the list, differences, and going back."""

import argparse
import difflib
from collections.abc import Mapping
from typing import Any

from api.cli.client import Api
from api.cli.console import clean, coloured, confirm, note, show, show_json, show_table
from api.cli.deployed import contents, live_deployment
from api.cli.faults import CommandError, Exit, leaving
from api.cli.progress import progress
from api.cli.session import talking, the_guild
from api.cli.shapes import as_map, page_of

_LOOKED_AT = 100


async def history(options: argparse.Namespace) -> int:
    """The revisions, newest first."""
    async with talking(options) as api:
        guild = await the_guild(api, options)
        revisions = await _revisions(api, guild, options.limit)
        live = as_map(await live_deployment(api, guild)).get("revision")
    if options.json:
        show_json(revisions)
        return Exit.OK
    rows = [
        (
            "*" if one["id"] == live else "",
            one["id"],
            one.get("status"),
            one.get("deployed_at"),
            one.get("deploy_source"),
            _who(one),
            _about(one),
        )
        for one in revisions
    ]
    show_table(("", "revision", "status", "when", "from", "who", "about"), rows)
    return Exit.OK


async def _revisions(api: Api, guild: str, limit: int | None = None) -> list[dict[str, Any]]:
    return page_of(await api.get(f"/deployments/{guild}/history", limit=limit), "revisions", "items")


async def _good(api: Api, guild: str) -> list[dict[str, Any]]:
    return [one for one in await _revisions(api, guild, _LOOKED_AT) if one.get("status") == "success"]


def _who(revision: Mapping[str, Any]) -> str:
    actor = as_map(revision.get("actor"))
    return str(actor.get("username") or actor.get("user_id") or "")


def _about(revision: Mapping[str, Any]) -> str:
    said = revision.get("message") or revision.get("error_message") or ""
    return str(said).splitlines()[0][:60] if said else ""


async def _revision(api: Api, guild: str, wanted: str) -> dict[str, Any]:
    """With its files."""
    if not wanted.isdecimal() or not wanted.isascii():
        raise CommandError(f"{wanted!r} is no revision", "they are numbers: flora history lists them", Exit.USAGE)
    try:
        return as_map(await api.get(f"/deployments/{guild}/revisions/{wanted}"))
    except CommandError as error:
        if error.code is not Exit.NOT_FOUND:
            raise
        raise CommandError(
            f"guild {guild} has no revision {wanted}", "flora history lists them", Exit.NOT_FOUND
        ) from None


async def diff(options: argparse.Namespace) -> int:
    """A unified diff of two revisions' files."""
    async with talking(options) as api:
        guild = await the_guild(api, options)
        new = await _revision(api, guild, await _newest(api, guild) if options.new is None else options.new)
        old = await _revision(api, guild, await _before(api, guild, new) if options.old is None else options.old)
    before, after = contents(old), contents(new)
    lines = [line for path in sorted({*before, *after}) for line in _file_diff(path, before, after)]
    if options.json:
        show_json({"old": old["id"], "new": new["id"], "diff": lines})
        return Exit.OK
    for line in lines:
        colour = {"+": "green", "-": "red", "@": "blue"}.get(line[:1])
        show(coloured(clean(line), colour) if colour else clean(line))
    if not lines:
        note(f"revisions {old['id']} and {new['id']} have the same files")
    return Exit.OK


async def _newest(api: Api, guild: str) -> str:
    good = await _good(api, guild)
    if not good:
        raise CommandError(f"nothing was deployed in guild {guild} yet", "flora deploy does it", Exit.NOT_FOUND)
    return str(good[0]["id"])


async def _before(api: Api, guild: str, new: Mapping[str, Any]) -> str:
    older = [one for one in await _good(api, guild) if int(one["id"]) < int(new["id"])]
    if not older:
        raise CommandError(f"there is no good revision before {new['id']}", "flora history lists them", Exit.NOT_FOUND)
    return str(older[0]["id"])


def _file_diff(path: str, before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    old, new = before.get(path, "").splitlines(), after.get(path, "").splitlines()
    return list(difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm=""))


async def rollback(options: argparse.Namespace) -> int:
    """Make an earlier revision live again."""
    async with talking(options) as api:
        guild = await the_guild(api, options)
        if options.revision is None:
            good = await _good(api, guild)
            if len(good) < 2:
                raise CommandError("there is no earlier revision", "flora history lists them", Exit.NOT_FOUND)
            target = good[1]
        else:
            target = await _revision(api, guild, options.revision)
        about = f" ({_about(target)})" if _about(target) else ""
        confirm(
            f"roll guild {guild} back to revision {target['id']} of {target.get('deployed_at')}{clean(about)}",
            yes=options.yes,
        )
        broken_off = "broken off: the server goes back as a whole, or not at all; flora status says which"
        with progress(f"starting revision {target['id']}"), leaving(broken_off):
            answer = await api.ask("POST", f"/deployments/{guild}/rollback/{target['id']}")
    if options.json:
        show_json(answer)
    else:
        made = as_map(answer).get("revision") or as_map(answer).get("id")
        show(coloured(f"guild {guild} runs {target['id']} again, as revision {made}", "green"))
    return Exit.OK
