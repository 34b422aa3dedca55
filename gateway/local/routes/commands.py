"""A guild's commands one by one, and who may use them."""

from typing import Any, Final

from simcord.backend.errors import BackendError
from simcord.http.router import RequestContext

from gateway.local.routes.asked import backend_of, guild_of, route

_PATH: Final = "/applications/{application_id}/guilds/{guild_id}/commands"


@route("GET", f"{_PATH}/permissions")
def all_permissions(context: RequestContext) -> Any:
    """Of those commands only for which somebody has set any."""
    guild, backend = guild_of(context), backend_of(context)
    return [
        {"id": str(command), "application_id": str(backend.application_id), "guild_id": str(guild.id),
         "permissions": list(permissions)}
        for (of, command), permissions in backend.command_permissions.items() if of == guild.id
    ]  # fmt: skip


@route("GET", f"{_PATH}/{{command_id}}")
def one(context: RequestContext) -> Any:
    for command in context.backend.commands.get(guild_of(context).id, {}).values():
        if str(command["id"]) == context.args["command_id"]:
            return command
    raise BackendError(404, 10063, "Unknown application command")
