"""What operators ask of a running daemon, and starting one."""

import argparse
from typing import Any

from api.cli.console import confirm, show, show_fields, show_json, show_table
from api.cli.faults import CommandError, Exit
from api.cli.session import talking, the_guild
from api.cli.shapes import as_map, page_of


async def serve(options: argparse.Namespace) -> int:
    """Run the daemon until it is told to stop."""
    from api.daemon import serve as run_daemon  # noqa: PLC0415  heavy

    return await run_daemon(config=options.config, data=options.data)


async def workers(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        found: list[dict[str, Any]] = await api.get("/workers")
    if options.json:
        show_json(found)
    else:
        columns = ("worker", "state", "guilds", "live", "backlog")
        show_table(columns, [[one.get(column) for column in columns] for one in found])
    return Exit.OK


async def placement(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        found: Any = await api.get("/placement")
    if options.json:
        show_json(found)
    else:
        listed = [(one.get("guild"), one.get("worker")) for one in page_of(found, "guilds", "items")]
        show_table(("guild", "worker"), listed or list(as_map(found).items()))
    return Exit.OK


async def migrate(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        guild = await the_guild(api, options)
        answer: Any = await api.ask("POST", f"/guilds/{guild}/migrate", {"worker": options.worker})
    if options.json:
        show_json(answer or {})
    else:
        show(f"guild {guild} runs on worker {options.worker}")
    return Exit.OK


async def drain(options: argparse.Namespace) -> int:
    confirm(f"move every guild off worker {options.worker}", yes=options.yes)
    async with talking(options) as api:
        answer: Any = await api.ask("POST", f"/workers/{options.worker}/drain")
    if options.json:
        show_json(answer or {})
    else:
        show(f"worker {options.worker} is empty")
    return Exit.OK


async def guilds(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        found: list[dict[str, Any]] = await api.get("/guilds")
    if options.json:
        show_json(found)
    else:
        show_table(("guild", "name"), [(one["id"], one.get("name")) for one in found])
    return Exit.OK


async def usage(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        found: dict[str, Any] = await api.get(f"/guilds/{await the_guild(api, options)}/usage")
    if options.json:
        show_json(found)
    else:
        show_fields(found)
    return Exit.OK


def config(options: argparse.Namespace) -> int:
    """The values in force, secrets hidden."""
    from api.config import ConfigError, effective  # noqa: PLC0415  heavy

    try:
        rows = effective(options.config)
    except ConfigError as error:
        raise CommandError(str(error), "docs/configuration.md lists every setting", Exit.USAGE) from None
    if options.json:
        show_json([{"name": name, "value": value, "from": source} for name, value, source in rows])
    else:
        show_table(("name", "value", "from"), rows)
    return Exit.OK
