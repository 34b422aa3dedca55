"""How a guild is, and what there is: status, usage, the deployment, lists."""

import argparse
from collections.abc import Mapping
from typing import Any, Final

from api.cli.browser import open_in_browser
from api.cli.client import Api
from api.cli.console import clean, note, show, show_fields, show_json, show_table
from api.cli.deployed import live_deployment, names_by_kind
from api.cli.faults import CommandError, Exit
from api.cli.session import talking, the_guild
from api.cli.settings import server
from api.cli.shapes import as_map, as_maps

_MIB: Final = 1 << 20
_NEXT_CRONS: Final = 5


async def status(options: argparse.Namespace) -> int:
    """Revision, health, usage, crons: what the server tells of the guild."""
    async with talking(options) as api:
        guild = await the_guild(api, options)
        live = await live_deployment(api, guild)
        used = await _optional(api, f"/guilds/{guild}/usage")
        crons = await _optional(api, f"/cron/{guild}")
    if options.json:
        show_json({"guild": guild, "deployment": _without_files(live), "usage": used, "crons": crons})
        return Exit.OK
    if live is None:
        show(f"nothing is deployed in guild {guild}")
        return Exit.OK
    show_fields({**_of_deployment(live), **_of_usage(as_map(used)), **_of_crons(as_maps(crons))})
    return Exit.OK


def _of_deployment(live: Mapping[str, Any]) -> dict[str, object]:
    where = "" if live.get("worker") is None else f" on worker {live['worker']}"
    why = f": {live['reason']}" if live.get("reason") else ""
    kinds = {kind: ", ".join(names) for kind, names in names_by_kind(as_map(live.get("registrations"))).items()}
    return {
        "guild": live.get("guild_id"),
        "revision": f"{live.get('revision')}, of {live.get('entry')}, live since {live.get('updated_at')}",
        "state": f"{live.get('phase')}{where}{why}",
        **kinds,
    }


def _of_usage(used: Mapping[str, Any]) -> dict[str, object]:
    """Beside the limits, where there are."""
    if not used:
        return {}
    limits = as_map(used.get("limits"))

    def bytes_of(name: str) -> str:
        value, limit = used.get(name), limits.get(name)
        said = "-" if value is None else f"{value / _MIB:.1f} MiB"
        return said if limit is None else f"{said} of {limit / _MIB:,.0f}"

    def count_of(name: str) -> str:
        limit = limits.get(name)
        return f"{used.get(name, 0):,}" if limit is None else f"{used.get(name, 0):,} of {limit:,.0f}"

    return {
        "memory": bytes_of("private_bytes"),
        "data": bytes_of("kv_bytes"),
        "crons": count_of("crons"),
        "in flight": count_of("in_flight"),
        "waiting": count_of("waiting"),
        "cpu": f"{used.get('cpu_ms', 0):,.1f} ms of {used.get('wall_ms', 0):,.1f} ms, since the server started",
        "events": _counted(as_map(used.get("events"))),
        "dropped": _counted(as_map(used.get("drops"))),
        "calls": f"{used.get('kv_calls', 0):,} of kv, {used.get('rest_calls', 0):,} of rest, "
        f"{used.get('fetch_calls', 0):,} of fetch",
        "restarts": used.get("restarts"),
    }


def _counted(counts: Mapping[str, Any]) -> str:
    return ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items()) or "none"


def _of_crons(crons: list[dict[str, Any]]) -> dict[str, object]:
    coming = sorted((str(one["next_run"]), str(one.get("name"))) for one in crons if one.get("next_run"))
    return {f"next {name}": moment for moment, name in coming[:_NEXT_CRONS]}


async def _optional(api: Api, path: str) -> Any:
    """What a server may not tell everybody."""
    try:
        return await api.get(path)
    except CommandError as error:
        if error.code in {Exit.NOT_FOUND, Exit.NOT_ALLOWED}:
            return None
        raise


def _without_files(deployment: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: value for key, value in (deployment or {}).items() if key not in {"files", "bundle", "source_map"}}


async def usage(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        found: dict[str, Any] = await api.get(f"/guilds/{await the_guild(api, options)}/usage")
    if options.json:
        show_json(found)
    else:
        show_fields({"guild": found.get("guild_id"), "state": found.get("phase"), **_of_usage(found)})
    return Exit.OK


async def get(options: argparse.Namespace) -> int:
    """The guild's deployment."""
    async with talking(options) as api:
        live = _without_files(await api.get(f"/deployments/{await the_guild(api, options)}"))
    if options.json:
        show_json(live)
    else:
        kinds = names_by_kind(as_map(live.pop("registrations", None)))
        show_fields({**live, **{kind: ", ".join(names) for kind, names in kinds.items()}})
    return Exit.OK


async def list_all(options: argparse.Namespace) -> int:
    """Every deployment that this login may see."""
    async with talking(options) as api:
        found: list[dict[str, Any]] = await api.get("/deployments")
    if options.json:
        show_json(found)
    else:
        columns = ("guild_id", "entry", "revision", "phase", "updated_at")
        rows = [[one.get(column) for column in columns] for one in found]
        show_table(("guild", "entry", "revision", "state", "updated"), rows)
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
    opened = await open_in_browser(address)
    if options.json:
        show_json({"url": address, "opened": opened})
        return Exit.OK
    show(clean(address))
    if not opened:
        note("no browser could be started; open the address by hand")
    return Exit.OK
