"""A row of the table for an operation that acts on the script's own guild."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec

from actors.operations.refusals import refusing
from actors.ops import Caller, Op, ScopeRule

Asked = TypeVar("Asked", bound="Arguments")


class Arguments(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """What all argument structs here share: names as JavaScript writes them, and nothing that is not asked for."""


class Nothing(Arguments):
    """An operation without arguments."""


def own_guild(
    name: str,
    arguments: type[Asked],
    handler: Callable[[Caller, Asked], Awaitable[Any]],
    *,
    doc: str,
    result: str = "void",
    errors: tuple[str, ...] = (),
) -> Op[Asked]:
    """The row; what a store raises in the handler becomes a refusal."""

    async def answer(caller: Caller, asked: Asked) -> Any:
        with refusing():
            return await handler(caller, asked)

    return Op(
        name=name,
        arguments=arguments,
        scope=ScopeRule.OWN_GUILD,
        handler=answer,
        doc=doc,
        result=result,
        errors=errors,
    )
