"""What a script may ask of the host: one table.

Each operation names its arguments, its result and its scope rule, and has one handler. The JavaScript stubs, the
TypeScript declarations, the page in docs/ and the scope tests are made from this table. An operation without a scope
rule cannot be written: the rule is a field without a default.

Handlers that need stores are registered by `actors/operations/`, those that need Discord by `gateway/`; the
composition root joins them in one table.

How the SDK calls the operations
- `rest.*`: one for each guild-scoped operation of Discord's specification, named by its operationId in camelCase
  (`rest.createMessage`, `rest.createInteractionResponse`, `rest.updateOriginalWebhookMessage`). Its arguments are the
  path's parameters in camelCase (`channelId`, `messageId`, `emojiName`; never `guildId` or `applicationId`, which the
  host knows), then `query` and `body` as Discord takes them (snake_case), `files` ([{"name", "data" (base64),
  "contentType", "description"}]) and `reason`, each of the four only when there is one. The result is Discord's JSON as
  it is, or null.
- `kv.*`: `kv.get {store, key}` answers null or {"value", "metadata", "expiration", "version"}; bytes are base64 in
  `bytes` in place of `value` (actors/operations/kv.py). The JavaScript of each is `sdk/src/kv.ts`.
- `timers.schedule` {"name", "at" (Unix ms or ISO), "payload"} answers {"id"}; `timers.cancel` {"id"} or {"name"}.
- `fetch`: {"url", "method", "headers" ([[name, value]]), "body" (base64, or null), "redirect"} answers
  {"status", "statusText", "headers" ([[name, value]]), "body" (base64), "url", "redirected"}.
"""

import enum
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from storage.ids import GuildId

Arguments = TypeVar("Arguments")


class OpRefusedError(Exception):
    """The script gets this as a plain Error with `code` and the details as properties."""

    def __init__(self, code: str, message: str, **details: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details


class ScopeRule(enum.Enum):
    """What of the arguments has to belong to the script's own guild."""

    OWN_GUILD = "own_guild"
    """The operation names nothing: it acts on the script's own guild by itself."""
    CHANNEL = "channel"
    """A channel or thread."""
    WEBHOOK = "webhook"
    MESSAGE = "message"
    """A channel or thread with a message in it."""
    INTERACTION = "interaction"
    """An interaction that this guild was given, with its token."""
    USER = "user"
    """A user or member: always reached through the script's own guild."""


@dataclass(frozen=True, slots=True)
class ScopeTarget:
    """One argument that is checked, by its field's name (`channelId`)."""

    rule: ScopeRule
    argument: str


class Caller(Protocol):
    """The script that asks, as handlers see it."""

    @property
    def guild(self) -> GuildId: ...
    @property
    def revision(self) -> str: ...
    def log(self, level: str, text: str) -> None:
        """A line of the runtime's own in the guild's log."""
        ...


class ScopeResolver(Protocol):
    """Finds out which guild something belongs to; `gateway/scope.py` is the one that knows."""

    async def check(self, caller: Caller, target: ScopeTarget, value: str) -> None:
        """Raises OpRefusedError("SCOPE_FORBIDDEN", ...) unless the value belongs to the caller's guild."""
        ...


Handler = Callable[[Caller, Any], Awaitable[Any]]
"""Gets the caller and the decoded arguments; gives what msgspec can encode, or a msgspec.Raw that passes through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Op(Generic[Arguments]):
    """One operation."""

    name: str
    """As scripts' stubs call it: `kv.get`, `rest.createMessage`."""
    arguments: type[Arguments]
    """A msgspec.Struct, `rename="camel"`, `forbid_unknown_fields`."""
    scope: tuple[ScopeTarget, ...] | ScopeRule
    """`ScopeRule.OWN_GUILD`, or which arguments are checked."""
    handler: Handler
    doc: str
    """One sentence, for the declarations and the page."""
    result: str = "void"
    """Its type as TypeScript writes it."""
    errors: tuple[str, ...] = field(default=())
    """The codes it may be refused with, beside the ones that every operation has."""


class OpTable:
    """All operations there are."""

    def __init__(self) -> None:
        self._ops: dict[str, Op[Any]] = {}
        self._decoders: dict[str, msgspec.json.Decoder[Any]] = {}

    def __repr__(self) -> str:
        return f"<OpTable of {len(self._ops)}>"

    def __iter__(self) -> Iterator[Op[Any]]:
        return iter(self._ops.values())

    def __contains__(self, name: object) -> bool:
        return name in self._ops

    def register(self, op: Op[Any]) -> None:
        if op.name in self._ops:
            raise ValueError(f"there are two operations {op.name}")
        if op.scope is not ScopeRule.OWN_GUILD and not op.scope:
            raise ValueError(f"{op.name} has no scope rule")
        self._ops[op.name] = op
        self._decoders[op.name] = msgspec.json.Decoder(op.arguments)

    async def answer(self, scopes: ScopeResolver, caller: Caller, name: str, arguments: bytes) -> bytes:
        """The result as JSON. Raises OpRefusedError, and nothing else on purpose."""
        op = self._ops.get(name)
        if op is None:
            raise OpRefusedError("UNKNOWN_OP", f"there is no operation {name}")
        try:
            decoded = self._decoders[name].decode(arguments)
        except msgspec.MsgspecError as error:
            raise OpRefusedError("BAD_ARGUMENTS", f"{name}: {error}") from None
        if op.scope is not ScopeRule.OWN_GUILD:
            await _check_scope(scopes, caller, op.scope, decoded)
        return msgspec.json.encode(await op.handler(caller, decoded))


async def _check_scope(
    scopes: ScopeResolver, caller: Caller, targets: tuple[ScopeTarget, ...] | ScopeRule, decoded: Any
) -> None:
    assert isinstance(targets, tuple)
    for target in targets:
        value = getattr(decoded, _snake(target.argument), None)
        if value is not None:
            await scopes.check(caller, target, value)


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
