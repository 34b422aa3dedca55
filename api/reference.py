"""docs/sdk-reference.md, made from the code: every event, operation, limit and error code that an author may meet."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, Final, cast

from actors.egress import EgressRules
from actors.guild.shedding import DROPPABLE
from actors.limits import IsolateLimits, RuntimeLimits
from actors.operations.cron import register_cron
from actors.operations.fetch import register_fetch
from actors.operations.kv import register_kv
from actors.operations.secrets import register_secrets, register_variables
from actors.operations.timers import register_timers
from actors.ops import Op, OpTable, ScopeRule
from api.reference_words import CODES, EVENTS
from gateway.commands import CREATES_PER_DAY
from gateway.interactions import TOKEN_LIFE_S
from gateway.old_messages import BYTES_PER_GUILD, MESSAGES_PER_GUILD
from gateway.operations import FILES, FILES_BYTES, OPERATIONS, RestOperations
from gateway.rest import RestConfig
from gateway.scope import LOOK_UPS_PER_MINUTE
from sdk.bundler.project import BundleLimits
from storage.guild_logs.limits import GuildLogLimits
from storage.kv.limits import KvLimits
from storage.limits import StorageLimits

SOURCES: Final = Path(__file__).parent.parent / "sdk" / "src"
LIMITS: Final[dict[str, type]] = {
    "One isolate": IsolateLimits,
    "Guilds and workers": RuntimeLimits,
    "Bundles": BundleLimits,
    "Key-value data": KvLimits,
    "What is stored": StorageLimits,
    "Logs": GuildLogLimits,
    "fetch": EgressRules,
}
_REST: Final = RestConfig(token="")
TOWARDS_DISCORD: Final = {
    "requests of a guild at once": (_REST.per_guild, "a loud guild waits for itself"),
    "seconds for a request": (_REST.timeout_s, "with all its waiting"),
    "files of a message": (FILES, ""),
    "bytes of its files": (FILES_BYTES, "together; Discord's own bound for a bot"),
    "new commands a day": (CREATES_PER_DAY, "of Discord's 200"),
    "seconds to answer an interaction": (TOKEN_LIFE_S, "by its token; the first answer within 3"),
    "messages remembered": (MESSAGES_PER_GUILD, "for `ctx.old`, the newest of a guild"),
    "bytes remembered": (BYTES_PER_GUILD, "the same"),
    "unknown ids a minute": (LOOK_UPS_PER_MINUTE, "channels and webhooks that flora has to ask Discord about"),
}
DISCORDS: Final = {
    "Commands": ("check-commands.ts", "COMMAND_LIMITS"),
    "Messages": ("message.ts", "MESSAGE_LIMITS"),
    "Embeds": ("embed.ts", "EMBED_LIMITS"),
    "Components": ("check-components.ts", "COMPONENT_LIMITS"),
}


def page() -> str:
    """The whole page."""
    parts = [_HEAD, *_events(), *_operations(), *_limits(), *_codes()]
    return "\n".join(parts) + "\n"


_HEAD: Final = """# The SDK's tables

Written by `make docs` from the code; `make test` fails when it is out of date or leaves something out. The guide is
[sdk.md](sdk.md)."""
_EVENTS_HEAD: Final = """
## Events

Discord sends an event under an intent that the operator asks for ([gateway.md](gateway.md)). Those marked ▽ are dropped
first when a guild has more than it can handle; what was dropped is counted, and the guild's log says so. `ctx.old` is
there for those marked ◁.

| event | Discord's name | when | intent | |
|---|---|---|---|---|"""
_OPERATIONS_HEAD: Final = """
## Operations

What the host does for a script. The SDK has a function for each; `op(name, arguments)` calls one as it stands.

| operation | arguments | answers | what it does | refused with, beside the common ones |
|---|---|---|---|---|"""
_REST_HEAD: Final = """
All of them act on the script's own guild. Any may be refused with `BAD_ARGUMENTS`, `UNKNOWN_OP`, `TOO_MANY_OPS`,
`OUTPUT_LIMIT` or `INTERNAL`.

### rest.*

Beside what the path names, each takes `query`, `body`, `files` and `reason`; whatever else is given goes into the body
(or, where there is none, the query). Refused with `DISCORD_ERROR`, `DISCORD_RATE_LIMITED`, `SCOPE_FORBIDDEN` and
`SCOPE_UNKNOWN`.

| operation | Discord's | must be the guild's own |
|---|---|---|"""
_CODES_HEAD: Final = """
## Error codes

An error that the host or the SDK throws has one of these as its `code`. What is given up because its handler ran out of
time is a `TimeoutError`.

| code | what happened | what to do |
|---|---|---|"""


# -- events -----------------------------------------------------------------------------------------------------------


def _events() -> Iterator[str]:
    yield _EVENTS_HEAD
    for name in events():
        intent, when = EVENTS[name]
        marks = ("▽" if name in DROPPABLE else "") + ("◁" if name in _REMEMBERED else "")
        yield f"| `{name}` | `{_shouted(name)}` | {when} | {intent} | {marks} |"
    yield (
        "\nThe original's names work too: " + ", ".join(f"`{old}` for `{new}`" for old, new in aliases().items()) + "."
    )


_REMEMBERED: Final = frozenset({"messageUpdate", "messageDelete"})
_KINDS: Final = frozenset({"componentInteraction", "modalSubmit", "autocomplete"})


def _shouted(name: str) -> str:
    return "INTERACTION_CREATE" if name in _KINDS else re.sub(r"(?=[A-Z])", "_", name).upper()


def events() -> list[str]:
    """Every event that a script may listen to, as the SDK has them."""
    text = (SOURCES / "names.ts").read_text(encoding="utf-8")
    return [name for listed in re.findall(r"_?EVENTS[^=]*= \[(.*?)\];", text, re.DOTALL) for name in _quoted(listed)]


def aliases() -> dict[str, str]:
    """Other names for events."""
    text = (SOURCES / "names.ts").read_text(encoding="utf-8")
    return dict(re.findall(r'^  (\w+): "(\w+)",$', text, re.MULTILINE))


def _quoted(text: str) -> list[str]:
    return re.findall(r'"(\w+)"', text)


# -- operations -------------------------------------------------------------------------------------------------------


def operations() -> list[Op[Any]]:
    """Every operation there is. What would answer them is not needed to list them."""
    table, nobody = OpTable(), cast("Any", None)
    for register in (register_kv, register_secrets, register_variables, register_cron, register_timers, register_fetch):
        register(table, nobody)
    RestOperations(nobody, nobody, nobody, nobody).register(table)
    return list(table)


def _operations() -> Iterator[str]:
    yield _OPERATIONS_HEAD
    for op in operations():
        if not op.name.startswith("rest."):
            codes = ", ".join(f"`{code}`" for code in op.errors)
            yield f"| `{op.name}` | {_arguments(op)} | `{_cell(op.result)}` | {op.doc} | {codes} |"
    yield _REST_HEAD
    routes = {f"rest.{name}": (method, route) for name, method, route in _routes()}
    for op in operations():
        if op.name in routes:
            method, route = routes[op.name]
            yield f"| `{op.name}` | `{method} {route}` | {_scope(op)} |"


def _routes() -> Iterator[tuple[str, str, str]]:
    for line in OPERATIONS.strip().splitlines():
        name, method, route = line.split()
        yield name, method, route


def _scope(op: Op[Any]) -> str:
    if isinstance(op.scope, ScopeRule):
        return "(the guild itself)"
    return ", ".join(f"`{target.argument}`" for target in op.scope)


def _arguments(op: Op[Any]) -> str:
    names = [f"`{encoded}`" for encoded in op.arguments.__struct_encode_fields__]
    return ", ".join(names) or "none"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


# -- limits -----------------------------------------------------------------------------------------------------------


def _limits() -> Iterator[str]:
    yield "\n## Limits\n"
    yield "Defaults of this version; an operator may set others ([limits.md](limits.md) has the reasons)."
    for title, limits in LIMITS.items():
        yield f"\n### {title}\n\n| limit | default | |\n|---|---|---|"
        for name, default, why in rows_of(limits):
            yield f"| `{name}` | {default} | {why} |"
    yield "\n### Requests to Discord\n\n| limit | default | |\n|---|---|---|"
    for name, (bound, why) in TOWARDS_DISCORD.items():
        yield f"| {name} | {_shown(name, bound)} | {why} |"
    yield "\n## Discord's limits\n\nLooked at before a request is made."
    for title, (file, constant) in DISCORDS.items():
        yield f"\n### {title}\n\n| limit | at most |\n|---|---|"
        for name, most in _constants(file, constant):
            yield f"| `{name}` | {int(most):,} |"


def rows_of(limits: type) -> Iterator[tuple[str, str, str]]:
    """Each limit's name, default and why."""
    notes = _notes(limits)
    for limit in fields(limits):
        default = limit.default if limit.default is not MISSING else cast("Any", limit.default_factory)()
        why = str(limit.metadata.get("reason", notes.get(limit.name, "")))
        yield limit.name, _shown(limit.name, default), _cell(why)


_SIZES: Final = (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10))


def _shown(name: str, value: Any) -> str:
    if isinstance(value, frozenset | tuple | list):
        return ", ".join(sorted(str(one) for one in cast("Any", value))) or "none"
    if not isinstance(value, int | float):
        return str(value)
    if "bytes" in name:
        for unit, size in _SIZES:
            if value >= size and value % size == 0:
                return f"{value // size:,.0f} {unit}"
    return f"{value:,g}" if value < 1_000_000 else f"{value:,.0f}"


def _notes(limits: type) -> dict[str, str]:
    """The sentence that stands under a field."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(limits))).body
    assert isinstance(definition, ast.ClassDef)
    found: dict[str, str] = {}
    for statement, following in zip(definition.body, definition.body[1:], strict=False):
        if not isinstance(statement, ast.AnnAssign) or not isinstance(following, ast.Expr):
            continue
        if isinstance(statement.target, ast.Name) and isinstance(following.value, ast.Constant):
            found[statement.target.id] = " ".join(str(following.value.value).split())
    return found


def _constants(file: str, constant: str) -> list[tuple[str, str]]:
    text = (SOURCES / "builders" / file).read_text(encoding="utf-8")
    found = re.search(rf"export const {constant} = \{{(.*?)\}} as const;", text, re.DOTALL)
    assert found is not None, constant
    return re.findall(r"(\w+): (\d+)", found[1])


# -- error codes ------------------------------------------------------------------------------------------------------


def _codes() -> Iterator[str]:
    yield _CODES_HEAD
    for code in sorted(CODES):
        happened, remedy = CODES[code]
        yield f"| `{code}` | {happened} | {remedy} |"
