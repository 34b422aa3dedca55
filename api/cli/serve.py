"""`flora serve`: the daemon until it is told to stop, and in words what keeps it from running."""

import argparse
import logging
import os
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

import trio

from actors.daemon_log import daemon_log
from actors.isolate.process import ZygoteError
from api.cli.console import stderr_beside_progress
from api.cli.faults import CommandError, Exit, first_of
from api.cli.progress import progress
from api.cli.stopping import stopping_on_signals
from api.config import Config, ConfigError, load_config
from api.daemon import Daemon, Discord, keep_what_is_loaded, open_daemon
from storage.errors import KeyRefused, MigrationRefused, StorageError
from storage.kv.errors import KvError, KvUnreadable

_log = logging.getLogger("flora.runtime")
CANNOT_START: Final = (StorageError, KvError, ZygoteError, ConfigError, OSError)
_NOT_BY_ITSELF: Final = (KvUnreadable, MigrationRefused, KeyRefused)
"""What the next start would meet again: somebody has to decide first."""


async def serve(options: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT; a second one ends at once. Raises CommandError when it cannot start."""
    try:
        chosen = load_config(Path(options.config) if options.config else None, _environment(options.data))
    except ConfigError as error:
        raise CommandError(str(error), "docs/configuration.md lists every setting", Exit.USAGE) from None
    token = chosen.discord.bot_token
    if token is None:
        raise CommandError(
            "there is no token of a bot", "set DISCORD_TOKEN, or run `flora dev` to try flora without one", Exit.USAGE
        )
    discord = Discord(token.reveal(), chosen.discord.api_url, chosen.discord.gateway_url)
    with daemon_log(chosen.general.log_level, stream=stderr_beside_progress()):
        for warning in chosen.warnings:
            _log.warning("%s", warning)
        try:
            return await _serve(chosen, discord)
        except* CANNOT_START as group:
            raise as_sentence(group) from None


def _environment(data: str | None) -> dict[str, str]:
    return {**os.environ, **({} if data is None else {"DATA_DIR": data})}


def as_sentence(group: BaseExceptionGroup[Any]) -> CommandError:
    """The first of what went wrong, for whoever started it."""
    first = first_of(group, Exception)
    why = first.strerror if isinstance(first, OSError) and first.strerror else str(first)
    code = Exit.DAMAGED if isinstance(first, _NOT_BY_ITSELF) else Exit.REFUSED
    return CommandError(f"flora cannot run: {why}", "`flora doctor` looks at everything it needs", code)


async def _serve(config: Config, discord: Discord) -> int:
    failure: Exception | None = None
    async with AsyncExitStack() as shown, stopping_on_signals() as stopping:
        shown.enter_context(progress("starting flora"))
        async with open_daemon(config, discord) as daemon:
            await shown.aclose()
            tell(daemon)
            keep_what_is_loaded()
            with stopping.serving(daemon.runtime):
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(_tell_connected, daemon)
                    await daemon.gateway.shards.ended.wait()
                    nursery.cancel_scope.cancel()
            failure = daemon.gateway.shards.failure
    if failure is not None:
        raise CommandError(f"Discord does not let this bot in: {failure}", "`flora doctor` says more")
    return Exit.OK


def tell(daemon: Daemon) -> None:
    """What whoever started it wants to know, on standard output."""
    lines = [f"flora serves {address}" for address in daemon.addresses]
    if daemon.welcome is not None:
        lines.append(daemon.welcome)
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


async def _tell_connected(daemon: Daemon) -> None:
    with progress("connecting to Discord"):
        await daemon.gateway.shards.wait_live()
    sys.stdout.write("flora is connected to Discord\n")
    sys.stdout.flush()
