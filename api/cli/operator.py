"""What operators ask of a running daemon, and the settings it would have here."""

import argparse
from typing import Any, Final
from urllib.parse import quote

import trio

from api.cli.client import DRAIN_S, Api
from api.cli.console import confirm, show, show_json, show_table
from api.cli.faults import CommandError, Exit, leaving
from api.cli.progress import Progress, progress
from api.cli.session import talking, the_guild
from api.cli.shapes import as_map, page_of

_LOOK_S: Final = 0.3
_GOES_ON: Final = "no longer waiting: the server goes on moving; flora placement says how far it is"


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
        with progress(f"moving guild {guild} to worker {options.worker}"), leaving(_GOES_ON):
            answer: Any = await api.ask("POST", f"/guilds/{guild}/migrate", {"worker": options.worker})
    if options.json:
        show_json(answer or {})
    else:
        show(f"guild {guild} runs on worker {options.worker}")
    return Exit.OK


async def drain(options: argparse.Namespace) -> int:
    confirm(f"move every guild off worker {options.worker}", yes=options.yes)
    async with talking(options) as api:
        with leaving(_GOES_ON):
            answer = await _drain(api, str(options.worker))
    if options.json:
        show_json(answer or {})
    else:
        show(f"worker {options.worker} is empty")
    return Exit.OK


async def _drain(api: Api, worker: str) -> Any:
    """The server answers at the end; meanwhile it is asked how many guilds are still there."""
    there = await _guilds_on(api, worker)
    with progress(f"moving guilds off worker {worker}", there) as moving:
        async with trio.open_nursery() as nursery:
            if moving.is_shown:
                nursery.start_soon(_keep_counting, api, worker, moving, there)
            answer = await api.ask("POST", f"/workers/{quote(worker, safe='')}/drain", patience_s=DRAIN_S)
            nursery.cancel_scope.cancel()
        return answer


async def _keep_counting(api: Api, worker: str, moving: Progress, there: int) -> None:
    while True:
        await trio.sleep(_LOOK_S)
        moving.done = there - await _guilds_on(api, worker)


async def _guilds_on(api: Api, worker: str) -> int:
    found: list[dict[str, Any]] = await api.get("/workers")
    return next((int(one.get("guilds", 0)) for one in found if str(one.get("worker")) == worker), 0)


async def guilds(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        found: list[dict[str, Any]] = await api.get("/guilds")
    if options.json:
        show_json(found)
    else:
        show_table(("guild", "name"), [(one["id"], one.get("name")) for one in found])
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
