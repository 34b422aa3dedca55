"""`flora cron`: the script's crons, their runs, and running one now."""

import argparse
from typing import Any
from urllib.parse import quote

from api.cli.console import show, show_json, show_table
from api.cli.faults import Exit
from api.cli.session import talking, the_guild


async def list_crons(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        found: list[dict[str, Any]] = await api.get(f"/cron/{await the_guild(api, options)}")
    if options.json:
        show_json(found)
    else:
        rows = [
            (one["name"], one.get("schedule"), one.get("time_zone"), one.get("next_run"), one.get("paused"))
            for one in found
        ]
        show_table(("cron", "schedule", "time zone", "next", "paused"), rows)
    return Exit.OK


async def history(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        path = f"/cron/{await the_guild(api, options)}/{quote(options.name, safe='')}/history"
        found: list[dict[str, Any]] = await api.get(path, limit=options.limit)
    if options.json:
        show_json(found)
    else:
        rows = [
            (one.get("scheduled_for"), one.get("outcome"), one.get("started_at"), one.get("error")) for one in found
        ]
        show_table(("due", "outcome", "started", "error"), rows)
    return Exit.OK


async def run(options: argparse.Namespace) -> int:
    return await _tell(options, "run", f"cron {options.name} has run")


async def pause(options: argparse.Namespace) -> int:
    return await _tell(options, "pause", f"cron {options.name} rests")


async def resume(options: argparse.Namespace) -> int:
    return await _tell(options, "resume", f"cron {options.name} runs again")


async def _tell(options: argparse.Namespace, verb: str, said: str) -> int:
    async with talking(options) as api:
        path = f"/cron/{await the_guild(api, options)}/{quote(options.name, safe='')}/{verb}"
        answer: Any = await api.ask("POST", path)
    if options.json:
        show_json(answer or {})
    else:
        show(said)
    return Exit.OK
