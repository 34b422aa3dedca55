"""Secrets, whose values are never given back, and variables, which may be seen."""

from collections.abc import Sequence

import msgspec

from api.access import P
from api.parts import ApiParts
from api.problems import Problem, not_found
from api.resources.common import audit
from api.table import Answer, Call, Route
from storage.confidential import Secret
from storage.postgres.secret_put import NewSecret, TooManySecrets, put_secret
from storage.postgres.secret_read import delete_secret, list_secrets
from storage.postgres.variables import TooManyVariables, delete_variable, list_variables, put_variable


class SecretBody(msgspec.Struct, forbid_unknown_fields=True):
    """Without `allowed_hosts` it may be sent to any host."""

    value: str
    allowed_hosts: list[str] = []

    def __repr__(self) -> str:
        return "<SecretBody>"


class SecretInfo(msgspec.Struct):
    name: str
    allowed_hosts: list[str]


class VariableBody(msgspec.Struct, forbid_unknown_fields=True):
    value: str


class Variable(msgspec.Struct):
    name: str
    value: str


def routes(parts: ApiParts) -> Sequence[Route]:
    database = parts.database

    async def list_all(call: Call) -> list[SecretInfo]:
        found = await database.run(list_secrets, call.of_guild)
        return [SecretInfo(one.name, list(one.allowed_hosts)) for one in found]

    async def put(call: Call) -> SecretInfo:
        body = call.body_as(SecretBody)
        new = NewSecret(call.of_guild, call.names["name"], Secret(body.value), body.allowed_hosts)
        done = await database.run(put_secret, new, parts.ring, database.limits)
        if isinstance(done, TooManySecrets):
            raise Problem(409, "too_many_secrets", f"a guild has at most {done.limit:g} secrets")
        parts.vault.forget(call.of_guild)
        await audit(parts, call, "secret.put", done.name, {"allowed_hosts": list(done.allowed_hosts)})
        return SecretInfo(done.name, list(done.allowed_hosts))

    async def delete(call: Call) -> Answer:
        if not await database.run(delete_secret, call.of_guild, call.names["name"]):
            raise not_found("there is no such secret")
        parts.vault.forget(call.of_guild)
        await audit(parts, call, "secret.delete", call.names["name"])
        return Answer(status=204)

    async def list_vars(call: Call) -> list[Variable]:
        return [Variable(name, value) for name, value in (await database.run(list_variables, call.of_guild)).items()]

    async def put_var(call: Call) -> Variable:
        name, value = call.names["name"], call.body_as(VariableBody).value
        done = await database.run(put_variable, call.of_guild, name, value, database.limits)
        if isinstance(done, TooManyVariables):
            raise Problem(409, "too_many_variables", f"a guild has at most {done.limit:g} variables")
        await audit(parts, call, "variable.put", name)
        return Variable(name, value)

    async def delete_var(call: Call) -> Answer:
        if not await database.run(delete_variable, call.of_guild, call.names["name"]):
            raise not_found("there is no such variable")
        await audit(parts, call, "variable.delete", call.names["name"])
        return Answer(status=204)

    read, write = P.SECRETS_READ, P.SECRETS_WRITE
    return [
        Route(method="GET", path="/secrets/{guild}", handler=list_all, permission=read, answers=list[SecretInfo],
              tells="a guild's secrets, without their values"),
        Route(method="PUT", path="/secrets/{guild}/{name}", handler=put, permission=write, body=SecretBody,
              answers=SecretInfo, refuses=(409,), tells="keep a secret, or replace its value"),
        Route(method="DELETE", path="/secrets/{guild}/{name}", handler=delete, permission=write, status=204,
              refuses=(404,), tells="delete a secret"),
        Route(method="GET", path="/vars/{guild}", handler=list_vars, permission=read, answers=list[Variable],
              tells="a guild's variables"),
        Route(method="PUT", path="/vars/{guild}/{name}", handler=put_var, permission=write, body=VariableBody,
              answers=Variable, refuses=(409,), tells="keep a variable"),
        Route(method="DELETE", path="/vars/{guild}/{name}", handler=delete_var, permission=write, status=204,
              refuses=(404,), tells="delete a variable"),
    ]  # fmt: skip
