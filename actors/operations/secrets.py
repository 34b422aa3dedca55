"""`secrets.*` and `vars.*`: what a guild's owners have set for its script.

A script never reads a secret. It gets a placeholder, and the host puts the value in its place in requests to the hosts
that the secret allows (actors/egress.py). Variables are for what may be seen.
"""

from typing import Any

from actors.operations.refusals import STORED
from actors.operations.row import Arguments, Nothing, own_guild
from actors.ops import Caller, OpTable
from actors.vault import Vault
from storage.postgres.database import Database
from storage.postgres.variables import list_variables


class Named(Arguments):
    name: str


def register_secrets(table: OpTable, vault: Vault) -> None:
    """Puts `secrets.*` into the table."""

    async def get(caller: Caller, asked: Named) -> str | None:
        return (await vault.of_guild(caller.guild)).placeholder(asked.name)

    async def listed(caller: Caller, _asked: Nothing) -> Any:
        found = await vault.of_guild(caller.guild)
        return [
            {"name": one.name, "placeholder": placeholder, "allowedHosts": list(one.allowed_hosts)}
            for placeholder, one in found.by_placeholder.items()
        ]

    table.register(
        own_guild(
            "secrets.get",
            Named,
            get,
            doc="What stands for a secret in requests: never its value. Null when there is none of this name.",
            result="string | null",
            errors=STORED,
        )
    )
    table.register(
        own_guild(
            "secrets.list",
            Nothing,
            listed,
            doc="The guild's secrets by name, with what stands for each and the hosts it may be sent to.",
            result="{ name: string; placeholder: string; allowedHosts: string[] }[]",
            errors=STORED,
        )
    )


def register_variables(table: OpTable, database: Database) -> None:
    """Puts `vars.*` into the table."""

    async def get(caller: Caller, asked: Named) -> str | None:
        return (await database.run(list_variables, caller.guild)).get(asked.name)

    async def listed(caller: Caller, _asked: Nothing) -> Any:
        return dict(await database.run(list_variables, caller.guild))

    table.register(
        own_guild(
            "vars.get",
            Named,
            get,
            doc="The value of one of the guild's variables, or null.",
            result="string | null",
            errors=STORED,
        )
    )
    table.register(
        own_guild(
            "vars.list",
            Nothing,
            listed,
            doc="All of the guild's variables.",
            result="Record<string, string>",
            errors=STORED,
        )
    )
