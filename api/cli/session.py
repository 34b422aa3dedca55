"""What every command that talks to a daemon begins with: the server, the guild, a client."""

import argparse
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from api.cli.client import Api, open_api
from api.cli.console import ask, clean, interactive, tell
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
        hint = "invite the bot, or name the guild with --guild ID; flora login sees what you administrate now"
        raise CommandError("you administrate no guild that flora is in", hint, Exit.NOT_FOUND)
    for number, guild in enumerate(known, 1):
        tell(f"{number:>3}  {clean(str(guild.get('name') or '?'))} ({guild['id']})")
    return _chosen(known, ask("which guild (its number, or a part of its name)"))


def _chosen(known: Sequence[Mapping[str, Any]], text: str) -> str:
    """The one that is meant by its number in the list, its id, or a part of its name that no other has."""
    if text.isdecimal() and 1 <= int(text) <= len(known):
        return str(known[int(text) - 1]["id"])
    meant = [one for one in known if text and (text == one["id"] or text.lower() in str(one.get("name")).lower())]
    if len(meant) == 1:
        return str(meant[0]["id"])
    raise CommandError(f"{text!r} is {'more than one' if meant else 'none'} of them", code=Exit.USAGE)
