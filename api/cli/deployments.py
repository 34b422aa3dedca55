"""Deploying: what is sent, what changed, and again at every save."""

import argparse
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from watchfiles import awatch

from actors.outcomes import LoadOutcome
from api.cli.author import bundle, dry_run, tell
from api.cli.client import DEPLOY_S, Api
from api.cli.console import clean, coloured, note, show, show_json, warn
from api.cli.deployed import by_name, contents, live_deployment, names_by_kind, spaced
from api.cli.faults import CommandError, Exit, leaving
from api.cli.progress import Progress, progress
from api.cli.project import entry_of, for_the_server, read_project
from api.cli.session import talking, the_guild
from api.cli.settings import project_root
from api.cli.shapes import as_list, as_map
from sdk.bundler import Bundled


async def deploy(options: argparse.Namespace) -> int:
    """Make the project live; with --dry-run, only say what would change."""
    if options.root:
        _enter(Path(options.root))
    async with talking(options) as api:
        guild = await the_guild(api, options)
        if not options.watch:
            await _deploy_once(api, guild, options)
            return Exit.OK
        with leaving("no longer watching; what was deployed stays"):
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
    first = pending = True
    async for changed in saves:
        if not (pending or changed):
            continue
        pending = False
        try:
            await _deploy_once(api, guild, options)
        except CommandError as error:
            if first or error.code is Exit.NOT_ALLOWED:  # a file that is being written may be missing for a moment
                raise
            warn(f"not deployed: {error}")
        first = False
        note("waiting for a save")


def is_ignored(path: str, root: Path) -> bool:
    """Whether a file's change is nothing to a project."""
    parts = Path(path).relative_to(root).parts if Path(path).is_relative_to(root) else ()
    return any(part == "node_modules" or part.startswith(".") for part in parts)


@dataclass(frozen=True, slots=True)
class _Deploy:
    """What would be deployed, and over what."""

    entry: str
    bundled: Bundled
    sent: list[dict[str, Any]]
    live: Mapping[str, Any] | None
    changes: dict[str, list[str]]


async def _deploy_once(api: Api, guild: str, options: argparse.Namespace) -> None:
    with progress("reading the project") as doing:
        prepared = await _prepared(api, guild, options, doing)
        if options.dry_run:
            doing.now("loading it here")
            loaded = await dry_run(prepared.bundled, prepared.entry)
            if loaded.outcome is not LoadOutcome.LOADED:
                told = "" if loaded.error is None else f"\n{tell(loaded.error)}"
                raise CommandError(f"it would not load: {loaded.outcome.value.replace('_', ' ')}{told}")
            _tell_plan(options, prepared, loaded.registrations)
            return
        doing.now(f"sending {len(prepared.sent)} files, and starting them")
        answer = await _send(api, guild, options, prepared)
    _tell_deployed(options, prepared, guild, answer)


async def _prepared(api: Api, guild: str, options: argparse.Namespace, doing: Progress) -> _Deploy:
    entry = entry_of(options.entry)
    files = read_project()
    doing.now(f"bundling {entry}")
    bundled = await bundle(files, entry)
    sent = for_the_server(files, bundled.inputs)
    doing.now(f"asking {api.url} what runs")
    live = await live_deployment(api, guild)
    return _Deploy(entry, bundled, sent, live, _changes(live, sent))


def _tell_deployed(options: argparse.Namespace, done: _Deploy, guild: str, answer: dict[str, Any]) -> None:
    if options.json:
        show_json({"changes": done.changes, **answer})
        return
    _tell_changes(done.changes)
    for warning in as_list(answer.get("warnings")):
        warn(f"warning: {as_map(warning).get('text') or warning}")
    _tell_registrations(done.live, as_map(answer.get("registrations")))
    revision = str(answer.get("revision") or answer.get("id") or answer.get("revision_id") or "")
    show(coloured(f"live in guild {guild}{f' as revision {revision}' if revision else ''}", "green"))


async def _send(api: Api, guild: str, options: argparse.Namespace, prepared: _Deploy) -> dict[str, Any]:
    body: dict[str, Any] = {"entry": prepared.entry, "files": prepared.sent}
    if options.message:
        body["message"] = options.message
    with leaving("broken off: the server makes it live as a whole, or not at all; flora status says which"):
        return as_map(await api.ask("POST", f"/deployments/{guild}", body, patience_s=DEPLOY_S))


def _changes(live: Mapping[str, Any] | None, sent: list[dict[str, Any]]) -> dict[str, list[str]]:
    before, after = contents(live), contents({"files": sent})
    return {
        "added": sorted(set(after) - set(before)),
        "removed": sorted(set(before) - set(after)),
        "modified": sorted(path for path in set(before) & set(after) if before[path] != after[path]),
    }


_SIGNS: Final = (("added", "+", "green"), ("modified", "~", "yellow"), ("removed", "-", "red"))


def _tell_changes(changes: Mapping[str, list[str]], what: str = "") -> None:
    for kind, sign, colour in _SIGNS:
        for name in changes[kind]:
            show(coloured(f"  {sign} {what}{clean(name)}", colour))


def _tell_registrations(live: Mapping[str, Any] | None, registrations: Mapping[str, Any]) -> None:
    """All there are, behind what came and went since the live revision."""
    before = as_map((live or {}).get("registrations"))
    if before:
        for kind in dict.fromkeys([*before, *registrations]):
            was, now = by_name(before.get(kind)), by_name(registrations.get(kind))
            changes = {
                "added": sorted(set(now) - set(was)),
                "removed": sorted(set(was) - set(now)),
                "modified": sorted(name for name in set(was) & set(now) if was[name] != now[name]),
            }
            _tell_changes(changes, f"{spaced(kind).removesuffix('s')} ")
    for kind, names in names_by_kind(registrations).items():
        show(f"  {kind}: {', '.join(names)}")


def _tell_plan(options: argparse.Namespace, plan: _Deploy, registrations: dict[str, Any]) -> None:
    if options.json:
        show_json({"changes": plan.changes, "registrations": registrations, "dryRun": True})
        return
    _tell_changes(plan.changes)
    _tell_registrations(plan.live, registrations)
    show("nothing was changed: a dry run")
