"""`flora dev`: flora on this machine with a Discord of its own, a project deployed to it, and again at every save.

No account, no token, no internet. One line says which page to open; what goes wrong with the project is told here and
on that page, and what ran before still runs.
"""

import argparse
import os
import random
import socket
import time
import webbrowser
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

import trio
from watchfiles import awatch

from actors.daemon_log import daemon_log
from api.cli.console import coloured, note, show, stderr_beside_progress, warn
from api.cli.deployments import is_ignored
from api.cli.dev_panel import DevPanel
from api.cli.faults import CommandError, Exit
from api.cli.progress import progress
from api.cli.project import entry_of, for_the_server, read_project
from api.cli.serve import CANNOT_START, as_sentence
from api.cli.settings import project_root
from api.cli.stopping import stopping_on_signals
from api.config import Config, ConfigError, load_config
from api.daemon import Daemon, Discord, keep_what_is_loaded, open_daemon
from api.deployer import DeployAsked
from api.problems import Problem
from gateway.local.discord import LocalConfig, LocalDiscord, LocalDiscordError, open_local_discord
from gateway.local.faults import Fault
from sdk.bundler import BundleRefused, BundlerUnavailableError
from storage.ids import GuildId
from storage.records import Actor, ActorKind, DeploySource

EXAMPLES: Final = Path(__file__).parent.parent.parent / "examples"
_EXAMPLE: Final = "ping.ts"
_QUIET: Final = "flora=warn"
_DATA: Final = ".flora/data"
_PORT: Final = "page-port"
_DEBOUNCE_MS: Final = 50
_STEP_MS: Final = 20
_AUTHOR: Final = Actor(ActorKind.SYSTEM, "flora dev")
_CHAOS_S: Final = 5.0


async def dev(options: argparse.Namespace) -> int:
    """Until SIGINT or SIGTERM."""
    began = time.monotonic()
    project = _project(options.project, options.entry)
    config = _config(options)
    _make(config.general.data_dir)
    with daemon_log(os.environ.get("LOG_LEVEL", _QUIET), stream=stderr_beside_progress()):
        try:
            await _run(config, project, options, began)
        except* (*CANNOT_START, LocalDiscordError) as group:
            raise as_sentence(group) from None
    note("\nflora dev has ended; the guild and its data are there again at the next start")
    return Exit.OK


def _project(named: str | None, entry: str | None) -> "_Project":
    """What is to run. A script alone is a project too; without a name it is the project here, or an example."""
    place = Path(named) if named else Path.cwd()
    if named is None and not (place / "flora.toml").exists():
        place = EXAMPLES / _EXAMPLE
    if place.is_file():
        place, entry = place.parent, place.name
    try:
        os.chdir(place)
    except OSError as error:
        raise CommandError(f"{place}: {error.strerror}", "flora init makes a project", Exit.USAGE) from None
    return _Project(project_root().resolve(), entry_of(entry))


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


def _make(data: Path) -> None:
    """The data directory, before anything writes to it."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=data):
            pass
    except OSError as error:
        raise CommandError(
            f"the data directory {data} cannot be used: {error.strerror}", "choose another with --data DIR"
        ) from None


def port_of(data: Path, asked: int | None) -> int:
    """Where the page was last time, if that is free: what is open in a browser goes on."""
    if asked is not None:
        return asked
    try:
        port = int((data / _PORT).read_text())
        with socket.create_server(("127.0.0.1", port)):
            return port
    except (OSError, ValueError, OverflowError):
        return 0


class _Page:
    """The guilds' logs, on the local Discord's page too."""

    def __init__(self, local: LocalDiscord) -> None:
        self._local = local

    def append(self, guild: GuildId, level: str, text: str, revision: str = "") -> None:  # noqa: ARG002
        self._local.note(level, text)


async def _run(config: Config, project: "_Project", options: argparse.Namespace, began: float) -> None:
    data = config.general.data_dir
    world = LocalConfig(port=port_of(data, options.port), keep=data / "discord.json")
    async with AsyncExitStack() as shown, stopping_on_signals() as stopping, open_local_discord(world) as local:
        is_first = not (data / _PORT).exists()
        (data / _PORT).write_text(str(local.port))
        discord = Discord(local.token, local.api_url, local.gateway_url)
        shown.enter_context(progress(f"starting flora{', and making its stores' if is_first else ''}"))
        async with open_daemon(config, discord, mirror=_Page(local)) as daemon:
            stage = Stage(daemon, local, data)
            with stopping.serving(daemon.runtime):
                await stage.deploy(project)
                await shown.aclose()
                show(f"open {local.page_url}   (ready after {time.monotonic() - began:.1f} s; Ctrl-C ends it)")
                note(f"the API is at {daemon.addresses[0]}; to go live, see docs/operations.md")
                if daemon.welcome is not None:
                    note(daemon.welcome)
                keep_what_is_loaded()
                await _go_on(stage, local, options)


async def _go_on(stage: "Stage", local: LocalDiscord, options: argparse.Namespace) -> None:
    async with trio.open_nursery() as nursery:
        if options.chaos:
            nursery.start_soon(_be_unkind, local)
        if options.open:
            await trio.to_thread.run_sync(partial(webbrowser.open, local.page_url), abandon_on_cancel=True)
        await stage.redeploy_at_saves()


@dataclass(frozen=True)
class _Project:
    """What is run: a folder, and the entry file in it."""

    root: Path
    entry: str


class Stage:
    """What runs in the local guild: the project, or an example that the page was asked to try."""

    def __init__(self, daemon: Daemon, local: LocalDiscord, data: Path) -> None:
        self._daemon = daemon
        self._local = local
        self._data = data.resolve()
        self._project: _Project | None = None
        self._panel = DevPanel(daemon, EXAMPLES, self._try)
        local.show(self._panel)

    def __repr__(self) -> str:
        return f"<Stage with {self._project}>"

    async def deploy(self, project: _Project) -> None:
        """Deploy what is on disk. What is wrong with it is told, and changes nothing."""
        began = time.monotonic()
        self._project = project
        self._panel.project = project.entry
        try:
            warnings = await self._deploy(project)
        except (BundleRefused, BundlerUnavailableError, Problem, CommandError) as problem:
            self._panel.problem = str(problem)
            warn(coloured(f"not deployed: {problem}", "red"))
            self._local.note("error", f"{project.entry} was not deployed", "deploy", str(problem))
            return
        for warning in warnings:
            warn(f"warning: {warning}")
        took = f"{(time.monotonic() - began) * 1000:.0f} ms"
        show(coloured(f"deployed {project.entry} in {took}", "green"))
        self._local.note("info", f"{project.entry} is live after {took}", "deploy")

    async def _deploy(self, project: _Project) -> list[object]:
        files = await trio.to_thread.run_sync(partial(read_project, root=project.root))
        bundled = await self._daemon.bundler.bundle(files, project.entry)
        sources = {str(file["path"]): str(file["contents"]) for file in for_the_server(files, bundled.inputs)}
        asked = DeployAsked(
            entry=project.entry,
            actor=_AUTHOR,
            files=sources,
            bundle=bundled.source,
            source_map=bundled.source_map,
            source=DeploySource.CLI,
        )
        done = await self._daemon.api.deployer.deploy(GuildId(int(self._local.guild_id)), asked)
        self._panel.sources = sources
        self._panel.problem = ""
        return [*bundled.warnings, *done.warnings]

    async def _try(self, name: str) -> None:
        await self.deploy(_Project(EXAMPLES, name))

    async def redeploy_at_saves(self) -> None:
        """Until cancelled. Examples are watched too, for one of them may be what runs next."""
        assert self._project is not None
        roots = {self._project.root, EXAMPLES} if EXAMPLES.is_dir() else {self._project.root}

        def of_project(_: object, path: str) -> bool:
            return concerns(path, self._project.root if self._project else Path(), self._data)

        async for _ in awatch(*roots, watch_filter=of_project, debounce=_DEBOUNCE_MS, step=_STEP_MS):
            await self.deploy(self._project)


def concerns(path: str, root: Path, data: Path) -> bool:
    """Whether a file's change is a reason to deploy. In the data directory each deploy changes files itself."""
    changed = Path(path)
    return changed.is_relative_to(root) and not changed.is_relative_to(data) and not is_ignored(path, root)


async def _be_unkind(local: LocalDiscord) -> None:
    """What Discord does to bots on its bad days, again and again."""
    faults = local.faults
    acts: dict[str, Callable[[], None]] = {
        "drops the connection": faults.drop_connections,
        "asks to reconnect": faults.reconnect,
        "freezes the connection": faults.freeze_connections,
        "ends the session, to be resumed": partial(faults.invalidate, resumable=True),
        "answers the next request with 500": lambda: faults.add(Fault(status=500)),
        "answers the next request with 429": lambda: faults.add(Fault(status=429)),
        "keeps the next request waiting": lambda: faults.add(Fault(delay=1.5)),
    }
    while True:
        await trio.sleep(random.uniform(0, 2 * _CHAOS_S))  # noqa: S311  unkind, not secret
        what = random.choice(list(acts))  # noqa: S311
        local.note("debug", f"chaos: Discord {what}")
        acts[what]()
