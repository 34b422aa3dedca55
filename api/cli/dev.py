"""`flora dev`: flora on this machine with a Discord of its own, a project deployed to it, and again at every save.

No account, no token, no internet. One line says which page to open; what goes wrong with the project is told here and
on that page, and what ran before still runs.
"""

import argparse
import os
import random
import time
import webbrowser
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import trio
from watchfiles import awatch

from actors.daemon_log import daemon_log
from api.cli.console import coloured, note, show, warn
from api.cli.deployments import is_ignored
from api.cli.faults import CommandError, Exit
from api.cli.project import entry_of, for_the_server, read_project
from api.cli.settings import project_root
from api.config import Config, ConfigError, load_config
from api.daemon import CANNOT_START, Daemon, Discord, as_sentence, open_daemon, stopping_on_signals
from api.deployer import DeployAsked
from api.problems import Problem
from gateway.local.discord import Fault, LocalConfig, LocalDiscord, LocalDiscordError, open_local_discord
from sdk.bundler import BundlerUnavailableError, BundleRefused
from storage.ids import GuildId
from storage.records import Actor, ActorKind, DeploySource

EXAMPLE: Final = Path(__file__).parent.parent.parent / "examples" / "ping.js"
_QUIET: Final = "flora=warn"
_DATA: Final = ".flora/data"
_DEBOUNCE_MS: Final = 50
_AUTHOR: Final = Actor(ActorKind.SYSTEM, "flora dev")
_CHAOS_S: Final = 5.0


async def dev(options: argparse.Namespace) -> int:
    """Until SIGINT or SIGTERM."""
    began = time.monotonic()
    config = _config(options)
    entry = _enter(options.project, options.entry)
    with daemon_log(os.environ.get("LOG_LEVEL", _QUIET)):
        try:
            await _run(config, entry, options, began)
        except* (*CANNOT_START, LocalDiscordError) as group:
            raise as_sentence(group) from None
    return Exit.OK


def _enter(project: str | None, entry: str | None) -> str:
    """Go to the project's folder; answers its entry file. A script alone is a project too."""
    place = Path(project) if project else Path.cwd()
    if project is None and not (place / "flora.toml").exists():
        place = EXAMPLE
    if place.is_file():
        place, entry = place.parent, place.name
    try:
        os.chdir(place)
    except OSError as error:
        raise CommandError(f"{place}: {error.strerror}", "flora init makes a project", Exit.USAGE) from None
    return entry_of(entry)


def _config(options: argparse.Namespace) -> Config:
    environ = dict(os.environ)
    environ.setdefault("API_PORT", "0")
    environ.setdefault("DATA_DIR", _DATA)
    if options.data is not None:
        environ["DATA_DIR"] = options.data
    try:
        config = load_config(None, environ)
    except ConfigError as error:
        raise CommandError(str(error), "docs/configuration.md lists every setting", Exit.USAGE) from None
    return replace(config, general=replace(config.general, data_dir=config.general.data_dir.absolute()))


class _Page:
    """The guilds' logs, on the local Discord's page too."""

    def __init__(self, local: LocalDiscord) -> None:
        self._local = local

    def append(self, guild: GuildId, level: str, text: str, revision: str = "") -> None:  # noqa: ARG002
        self._local.note(level, text)


async def _run(config: Config, entry: str, options: argparse.Namespace, began: float) -> None:
    note("starting flora and a Discord of its own")
    async with stopping_on_signals() as stopping, open_local_discord(LocalConfig(port=options.port)) as local:
        discord = Discord(local.token, local.api_url, local.gateway_url)
        async with open_daemon(config, discord, mirror=_Page(local)) as daemon, trio.open_nursery() as nursery:
            stopping.runtime = daemon.runtime
            if options.chaos:
                nursery.start_soon(_be_unkind, local)
            await _deploy(daemon, local, entry)
            show(f"open {local.page_url}   (ready after {time.monotonic() - began:.1f} s; Ctrl-C ends it)")
            if daemon.addresses:
                note(f"the API is at {daemon.addresses[0]}; to go live, see docs/operations.md")
            if options.open:
                await trio.to_thread.run_sync(partial(webbrowser.open, local.page_url), abandon_on_cancel=True)
            await _redeploy_at_saves(daemon, local, entry)


async def _redeploy_at_saves(daemon: Daemon, local: LocalDiscord, entry: str) -> None:
    root = project_root()
    async for _ in awatch(root, watch_filter=lambda _, path: not is_ignored(path), debounce=_DEBOUNCE_MS, step=20):
        await _deploy(daemon, local, entry)


async def _deploy(daemon: Daemon, local: LocalDiscord, entry: str) -> None:
    """Deploy what is on disk. What is wrong with it is told, and changes nothing."""
    began = time.monotonic()
    try:
        files = await trio.to_thread.run_sync(read_project)
        bundled = await daemon.bundler.bundle(files, entry)
        sources = {str(file["path"]): str(file["contents"]) for file in for_the_server(files, bundled.inputs)}
        asked = DeployAsked(
            entry=entry,
            actor=_AUTHOR,
            files=sources,
            bundle=bundled.source,
            source_map=bundled.source_map,
            source=DeploySource.CLI,
        )
        done = await daemon.api.deployer.deploy(GuildId(int(local.guild_id)), asked)
    except (BundleRefused, BundlerUnavailableError, Problem, CommandError) as problem:
        warn(coloured(f"not deployed: {problem}", "red"))
        local.note("error", f"not deployed: {problem}", "deploy")
        return
    local.source = sources
    local.note("info", f"deployed {entry} as revision {done.revision}", "deploy")
    for warning in [*bundled.warnings, *done.warnings]:
        warn(f"warning: {warning}")
    show(coloured(f"deployed {entry} in {(time.monotonic() - began) * 1000:.0f} ms", "green"))


async def _be_unkind(local: LocalDiscord) -> None:
    """What Discord does to bots on its bad days, again and again."""
    faults = local.faults
    acts = (
        faults.drop_connections,
        faults.reconnect,
        faults.freeze_connections,
        partial(faults.invalidate, resumable=True),
        lambda: faults.add(Fault(status=500)),
        lambda: faults.add(Fault(status=429)),
        lambda: faults.add(Fault(delay=1.5)),
    )
    while True:
        await trio.sleep(random.uniform(0, 2 * _CHAOS_S))  # noqa: S311  unkind, not secret
        random.choice(acts)()  # noqa: S311
