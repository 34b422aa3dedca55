"""Deploying and what belongs to it: history, differences, rollback, status."""

import argparse
import difflib
import os
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

import trio
from watchfiles import awatch

from actors.outcomes import LoadOutcome
from api.cli.author import bundle, dry_run, tell
from api.cli.client import Api
from api.cli.console import clean, coloured, confirm, note, show, show_fields, show_json, show_table, warn
from api.cli.faults import CommandError, Exit
from api.cli.project import entry_of, for_the_server, read_project
from api.cli.session import talking, the_guild
from api.cli.settings import project_root, server
from api.cli.shapes import as_list, as_map, as_maps, name_of, page_of

_SHORT: Final = 8


async def deploy(options: argparse.Namespace) -> int:
    """Make the project live; with --dry-run, only say what would change."""
    if options.root:
        _enter(Path(options.root))
    async with talking(options) as api:
        guild = await the_guild(api, options)
        if not options.watch:
            await _deploy_once(api, guild, options)
            return Exit.OK
        await _watch(api, guild, options)
        return Exit.OK


def _enter(root: Path) -> None:
    try:
        os.chdir(root)
    except OSError as error:
        raise CommandError(f"{root}: {error.strerror}", code=Exit.USAGE) from None


async def _watch(api: Api, guild: str, options: argparse.Namespace) -> None:
    """Deploy, and again at every save; a save during a deploy is not missed, since watching begins before it."""
    saves = awatch(
        project_root(),
        watch_filter=lambda _, path: not is_ignored(path, project_root()),
        rust_timeout=1000,
        yield_on_timeout=True,
    )
    pending = True
    async for changed in saves:
        if not (pending or changed):
            continue
        pending = False
        try:
            await _deploy_once(api, guild, options)
        except CommandError as error:
            if error.code in {Exit.NOT_ALLOWED, Exit.USAGE}:
                raise
            warn(f"not deployed: {error}")
        note("waiting for a save")


def is_ignored(path: str, root: Path) -> bool:
    """Whether a file's change is nothing to a project."""
    parts = Path(path).relative_to(root).parts if Path(path).is_relative_to(root) else ()
    return any(part == "node_modules" or part.startswith(".") for part in parts)


async def _deploy_once(api: Api, guild: str, options: argparse.Namespace) -> None:
    entry = entry_of(options.entry)
    files = read_project()
    note(f"bundling {entry}")
    bundled = await bundle(files, entry)
    sent = for_the_server(files, bundled.inputs)
    live = await _live(api, guild)
    changes = _changes(live, sent)
    if options.dry_run:
        loaded = await dry_run(bundled, entry)
        if loaded.outcome is not LoadOutcome.LOADED:
            told = "" if loaded.error is None else f"\n{tell(loaded.error)}"
            raise CommandError(f"it would not load: {loaded.outcome.value.replace('_', ' ')}{told}")
        _tell_plan(options, changes, loaded.registrations)
        return
    note(f"sending {len(sent)} files to {api.url}")
    body: dict[str, Any] = {"entry": entry, "files": sent}
    if options.message:
        body["message"] = options.message
    answer: dict[str, Any] = await api.ask("POST", f"/deployments/{guild}", body)
    if options.json:
        show_json({"changes": changes, **answer})
        return
    _tell_changes(changes)
    for warning in as_list(answer.get("warnings")):
        warn(f"warning: {as_map(warning).get('text') or warning}")
    _tell_registrations(as_map(answer.get("registrations")))
    revision = str(answer.get("revision") or answer.get("id") or answer.get("revision_id") or "")
    show(coloured(f"live in guild {guild}{f' as {revision}' if revision else ''}", "green"))


async def _live(api: Api, guild: str) -> dict[str, Any] | None:
    try:
        return cast("dict[str, Any]", await api.get(f"/deployments/{guild}"))
    except CommandError as error:
        if error.code is Exit.NOT_FOUND:
            return None
        raise


def _contents(deployment: Mapping[str, Any] | None) -> dict[str, str]:
    listed: list[dict[str, Any]] = (deployment or {}).get("files") or []
    return {str(file["path"]): str(file.get("contents", "")) for file in listed}


def _changes(live: Mapping[str, Any] | None, sent: list[dict[str, Any]]) -> dict[str, list[str]]:
    before, after = _contents(live), _contents({"files": sent})
    return {
        "added": sorted(set(after) - set(before)),
        "removed": sorted(set(before) - set(after)),
        "modified": sorted(path for path in set(before) & set(after) if before[path] != after[path]),
    }


def _tell_changes(changes: Mapping[str, list[str]]) -> None:
    for kind, sign, colour in (("added", "+", "green"), ("modified", "~", "yellow"), ("removed", "-", "red")):
        for path in changes[kind]:
            show(coloured(f"  {sign} {clean(path)}", colour))


def _tell_registrations(registrations: Mapping[str, Any]) -> None:
    for kind, entries in registrations.items():
        if as_list(entries):
            show(f"  {kind}: {', '.join(clean(name_of(entry)) for entry in as_list(entries))}")


def _tell_plan(options: argparse.Namespace, changes: dict[str, list[str]], registrations: dict[str, Any]) -> None:
    if options.json:
        show_json({"changes": changes, "registrations": registrations, "dryRun": True})
        return
    _tell_changes(changes)
    _tell_registrations(registrations)
    show("nothing was changed: a dry run")


async def history(options: argparse.Namespace) -> int:
    """The revisions, newest first."""
    async with talking(options) as api:
        guild = await the_guild(api, options)
        revisions = await _revisions(api, guild, options.limit)
    if options.json:
        show_json(revisions)
        return Exit.OK
    rows = [
        (
            one["id"][:_SHORT],
            one.get("status"),
            one.get("deployed_at"),
            one.get("deploy_source"),
            _who(one),
            _about(one),
        )
        for one in revisions
    ]
    show_table(("revision", "status", "when", "from", "who", "about"), rows)
    return Exit.OK


async def _revisions(api: Api, guild: str, limit: int | None = None) -> list[dict[str, Any]]:
    return page_of(await api.get(f"/deployments/{guild}/history", limit=limit), "revisions", "items")


def _who(revision: Mapping[str, Any]) -> str:
    actor: dict[str, Any] = revision.get("actor") or {}
    return str(actor.get("username") or actor.get("user_id") or "")


def _about(revision: Mapping[str, Any]) -> str:
    said = revision.get("message") or revision.get("error_message") or ""
    return str(said).splitlines()[0][:60] if said else ""


async def _revision(api: Api, guild: str, short: str) -> dict[str, Any]:
    """A revision by its id or the beginning of it."""
    found = [one for one in await _revisions(api, guild, 100) if str(one["id"]).startswith(short)]
    if len(found) != 1:
        what = "no revision begins" if not found else f"{len(found)} revisions begin"
        raise CommandError(f"{what} with {short}", "flora history lists them", Exit.NOT_FOUND)
    return found[0]


async def diff(options: argparse.Namespace) -> int:
    """A unified diff of two revisions' files."""
    async with talking(options) as api:
        guild = await the_guild(api, options)
        good = [one for one in await _revisions(api, guild, 100) if one.get("status") == "success"]
        if len(good) < 2 and not options.old:
            raise CommandError("there are no two revisions to compare", "flora history lists them", Exit.NOT_FOUND)
        old = await _revision(api, guild, options.old) if options.old else good[1]
        new = await _revision(api, guild, options.new) if options.new else good[0]
        before, after = [_contents(await api.get(f"/deployments/{guild}/revisions/{one['id']}")) for one in (old, new)]
    lines = [line for path in sorted({*before, *after}) for line in _file_diff(path, before, after)]
    if options.json:
        show_json({"old": old["id"], "new": new["id"], "diff": lines})
        return Exit.OK
    for line in lines:
        colour = {"+": "green", "-": "red", "@": "blue"}.get(line[:1])
        show(coloured(clean(line), colour) if colour else clean(line))
    if not lines:
        note("the two have the same files")
    return Exit.OK


def _file_diff(path: str, before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    old, new = before.get(path, "").splitlines(), after.get(path, "").splitlines()
    return list(difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm=""))


async def rollback(options: argparse.Namespace) -> int:
    """Make an earlier revision live again."""
    async with talking(options) as api:
        guild = await the_guild(api, options)
        if options.revision:
            target = await _revision(api, guild, options.revision)
        else:
            good = [one for one in await _revisions(api, guild, 100) if one.get("status") == "success"]
            if len(good) < 2:
                raise CommandError("there is no earlier revision", "flora history lists them", Exit.NOT_FOUND)
            target = good[1]
        short = str(target["id"])[:_SHORT]
        confirm(f"roll guild {guild} back to {short} of {target.get('deployed_at')}", yes=options.yes)
        answer = await api.ask("POST", f"/deployments/{guild}/rollback/{target['id']}")
    if options.json:
        show_json(answer)
    else:
        show(coloured(f"guild {guild} runs {short} again", "green"))
    return Exit.OK


async def status(options: argparse.Namespace) -> int:
    """Revision, health, usage, crons: what the server tells of the guild."""
    async with talking(options) as api:
        guild = await the_guild(api, options)
        live = await _live(api, guild)
        usage = await _optional(api, f"/guilds/{guild}/usage")
        crons = await _optional(api, f"/cron/{guild}")
    told = {"guild": guild, "deployment": _without_files(live), "usage": usage, "crons": crons}
    if options.json:
        show_json(told)
        return Exit.OK
    if live is None:
        show(f"nothing is deployed in guild {guild}")
        return Exit.OK
    show_fields({name: value for name, value in _without_files(live).items() if not isinstance(value, dict | list)})
    for name, value in as_map(usage).items():
        show(f"  {name}: {value}")
    for cron in as_maps(crons):
        show(f"  cron {clean(str(cron.get('name')))}: next {cron.get('next_run') or cron.get('nextRun')}")
    return Exit.OK


def _without_files(deployment: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: value for key, value in (deployment or {}).items() if key not in {"files", "bundle", "source_map"}}


async def _optional(api: Api, path: str) -> Any:
    """What a server may not tell everybody."""
    try:
        return await api.get(path)
    except CommandError as error:
        if error.code in {Exit.NOT_FOUND, Exit.NOT_ALLOWED}:
            return None
        raise


async def get(options: argparse.Namespace) -> int:
    """The guild's deployment."""
    async with talking(options) as api:
        guild = await the_guild(api, options)
        live = _without_files(await api.get(f"/deployments/{guild}"))
    if options.json:
        show_json(live)
    else:
        show_fields(live)
    return Exit.OK


async def list_all(options: argparse.Namespace) -> int:
    """Every deployment that this login may see."""
    async with talking(options) as api:
        found: list[dict[str, Any]] = await api.get("/deployments")
    if options.json:
        show_json(found)
    else:
        rows = [(one["guild_id"], one.get("entry"), one.get("updated_at")) for one in found]
        show_table(("guild", "entry", "updated"), rows)
    return Exit.OK


async def health(options: argparse.Namespace) -> int:
    """Whether the server answers."""
    async with talking(options) as api:
        answer = await api.get("/health")
    if options.json:
        show_json({"health": answer})
    else:
        show(str(answer))
    return Exit.OK


async def open_page(options: argparse.Namespace) -> int:
    """Open the guild's page, or say its address."""
    async with talking(options) as api:
        guild = await the_guild(api, options)
    address = f"{server(options.api, options.profile).url}/guilds/{guild}"
    opened = await trio.to_thread.run_sync(webbrowser.open, address)
    show(address)
    if not opened:
        note("no browser could be started; open the address by hand")
    return Exit.OK
