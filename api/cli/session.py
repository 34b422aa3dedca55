"""What every command that talks to a daemon begins with: the server, the guild, a client."""

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from api.cli.client import Api, open_api
from api.cli.console import ask, interactive, show
from api.cli.faults import CommandError, Exit
from api.cli.settings import guild_of, server


@asynccontextmanager
async def talking(options: argparse.Namespace) -> AsyncIterator[Api]:
    """A client for the server that the options mean."""
    async with open_api(server(options.api, options.profile)) as api:
        yield api


async def the_guild(api: Api, options: argparse.Namespace) -> str:
    """The guild that is meant, chosen from a list when nobody said and somebody is there."""
    named = guild_of(options.guild)
    if named is not None:
        return named
    if not interactive():
        raise CommandError(
            "which guild?", "say --guild ID, set FLORA_GUILD, or write guild into flora.toml", Exit.USAGE
        )
    known: list[dict[str, Any]] = await api.get("/guilds")
    if not known:
        raise CommandError("you administrate no guild that flora is in", code=Exit.NOT_FOUND)
    for number, guild in enumerate(known, 1):
        show(f"{number:>3}  {guild.get('name', '')} ({guild['id']})")
    chosen = ask("which guild (its number)")
    if not chosen.isdecimal() or not 1 <= int(chosen) <= len(known):
        raise CommandError(f"{chosen!r} is none of them", code=Exit.USAGE)
    return str(known[int(chosen) - 1]["id"])
