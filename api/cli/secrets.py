"""`flora secrets` and `flora vars`: values come from a prompt or stdin, never from argv, and are not echoed."""

import argparse
from typing import Any

from api.cli.console import show, show_json, show_table
from api.cli.faults import CommandError, Exit
from api.cli.questions import ask_secret, confirm
from api.cli.session import talking, the_guild


async def list_secrets(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        found: list[dict[str, Any]] = await api.get(f"/secrets/{await the_guild(api, options)}")
    if options.json:
        show_json(found)
    else:
        show_table(("name", "hosts"), [(one["name"], ", ".join(one.get("allowed_hosts") or [])) for one in found])
    return Exit.OK


async def put_secret(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        guild = await the_guild(api, options)
        body = {"value": await _value(options.name), "allowed_hosts": options.host}
        answer = await api.ask("PUT", f"/secrets/{guild}/{options.name}", body)
    return _done(options, answer, f"secret {options.name} is kept")


async def delete_secret(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        guild = await the_guild(api, options)
        await confirm(f"delete secret {options.name}", yes=options.yes)
        answer = await api.ask("DELETE", f"/secrets/{guild}/{options.name}")
    return _done(options, answer, f"secret {options.name} is deleted")


async def list_vars(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        found: list[dict[str, Any]] = await api.get(f"/vars/{await the_guild(api, options)}")
    if options.json:
        show_json(found)
    else:
        show_table(("name", "value"), [(one["name"], one.get("value")) for one in found])
    return Exit.OK


async def put_var(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        guild = await the_guild(api, options)
        answer = await api.ask("PUT", f"/vars/{guild}/{options.name}", {"value": await _value(options.name)})
    return _done(options, answer, f"variable {options.name} is kept")


async def delete_var(options: argparse.Namespace) -> int:
    async with talking(options) as api:
        guild = await the_guild(api, options)
        await confirm(f"delete variable {options.name}", yes=options.yes)
        answer = await api.ask("DELETE", f"/vars/{guild}/{options.name}")
    return _done(options, answer, f"variable {options.name} is deleted")


async def _value(name: str) -> str:
    value = await ask_secret(f"value of {name}")
    if not value:
        raise CommandError(f"the value of {name} is empty; nothing was changed", code=Exit.USAGE)
    return value


def _done(options: argparse.Namespace, answer: Any, said: str) -> int:
    if options.json:
        show_json(answer or {})
    else:
        show(said)
    return Exit.OK
