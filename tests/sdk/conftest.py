"""A real isolate with the built prelude, and a host that notes what is asked of it and answers as it is told."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, Final, cast

import msgspec
import pytest

from actors.isolate.isolate import Isolate, Run
from actors.isolate.process import Zygote, open_zygote
from actors.isolate.records import LogLine, Operation, Record, Uncaught
from actors.operations.cron import register_cron
from actors.operations.fetch import register_fetch
from actors.operations.kv import register_kv
from actors.operations.secrets import register_secrets, register_variables
from actors.operations.timers import register_timers
from actors.ops import OpTable
from actors.outcomes import LoadOutcome, RunOutcome
from gateway.operations import RestOperations

GUILD, CHANNEL, USER = "81384788765712384", "1190000000000000001", "900000000000000007"


def every_operation() -> dict[str, msgspec.json.Decoder[Any]]:
    """How the host reads the arguments of each operation. What answers them is not here, and is not asked."""
    table, nobody = OpTable(), cast("Any", None)
    RestOperations(nobody, nobody, nobody, nobody).register(table)
    for register in (register_kv, register_secrets, register_variables, register_cron, register_timers, register_fetch):
        register(table, nobody)
    return {op.name: msgspec.json.Decoder(op.arguments) for op in table}


DECODERS: Final = every_operation()


@dataclass
class Refusal:
    """What an operation is refused with."""

    code: str
    message: str = "no"
    details: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass
class Script:
    """An isolate with a script in it, and everything that it asked for and said."""

    isolate: Isolate
    calls: list[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])
    log: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    answers: dict[str, Any] = field(default_factory=dict[str, Any])
    """By an operation's name: its answer, a Refusal, or a function of the arguments."""
    registrations: dict[str, Any] = field(default_factory=dict[str, Any])
    instead: Callable[[Isolate, int, str, bytes], None] | None = None
    """Answers in place of `answers`."""

    def hear(self, isolate: Isolate, records: list[Record]) -> None:
        for record in records:
            match record:
                case LogLine(_, level, text):
                    self.log.append((level, text))
                case Uncaught(_, where, error):
                    self.log.append((f"uncaught in {where}", error.message))
                case Operation(identity, _, name, arguments):
                    (self.instead or self._answer)(isolate, identity, name, bytes(arguments))
                case _:
                    pass

    def _answer(self, isolate: Isolate, identity: int, name: str, given: bytes) -> None:
        arguments = msgspec.json.decode(given)
        self.calls.append((name, arguments))
        if name in DECODERS:
            try:
                DECODERS[name].decode(given)
            except msgspec.MsgspecError as error:
                isolate.refuse(identity, f"{name}: {error}", "BAD_ARGUMENTS")
                return
        answer = self.answers.get(name)
        if callable(answer):
            answer = answer(arguments)
        if isinstance(answer, Refusal):
            isolate.refuse(identity, answer.message, answer.code, **answer.details)
        else:
            isolate.answer(identity, msgspec.json.encode(answer))

    async def load(self, source: str) -> dict[str, Any]:
        loaded = await self.isolate.load(source)
        assert loaded.outcome is LoadOutcome.LOADED, loaded
        self.registrations = loaded.registrations
        return loaded.registrations

    async def refused(self, source: str) -> str:
        """Why it does not load."""
        loaded = await self.isolate.load(source)
        assert loaded.outcome is LoadOutcome.THREW, loaded
        assert loaded.error is not None
        return loaded.error.message

    async def dispatch(self, name: str, payload: Any, seconds: float = 3.0) -> Run:
        return await self.isolate.dispatch(name, msgspec.json.encode(payload), seconds)

    async def ok(self, name: str, payload: Any) -> None:
        run = await self.dispatch(name, payload)
        assert run.outcome is RunOutcome.OK, run

    async def says(self, expression: str) -> Any:
        """What an expression comes to, awaited, in a script of its own."""
        await self.load(f'on("go", async () => {{ console.log(JSON.stringify(await ({expression}))); }});')
        await self.ok("go", None)
        return None if self.log[-1][1] == "undefined" else msgspec.json.decode(self.log[-1][1])

    @property
    def said(self) -> list[str]:
        return [text for _, text in self.log]

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.calls]


@pytest.fixture(name="zygote")
async def _zygote() -> AsyncIterator[Zygote]:
    async with open_zygote() as zygote:
        yield zygote
        for isolate in zygote.isolates:
            await isolate.close()


@pytest.fixture
async def script(zygote: Zygote) -> Script:
    return await new_script(zygote)


async def new_script(zygote: Zygote) -> Script:
    script = Script(await zygote.fork())
    script.isolate.listener = script.hear
    return script


def message(content: str, **more: Any) -> dict[str, Any]:
    """A MESSAGE_CREATE as Discord sends it, as far as it matters here."""
    return {
        "id": "1300000000000000001",
        "channel_id": CHANNEL,
        "guild_id": GUILD,
        "content": content,
        "author": {"id": USER, "username": "ada", "global_name": "Ada"},
        "member": {"roles": ["1"], "joined_at": "2026-01-01T00:00:00Z"},
        "mention_everyone": False,
        **more,
    }


def interaction(kind: int, data: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An INTERACTION_CREATE."""
    return {
        "id": "1400000000000000001",
        "application_id": "800",
        "type": kind,
        "token": "token",
        "guild_id": GUILD,
        "channel_id": CHANNEL,
        "member": {"user": {"id": USER, "username": "ada"}, "roles": ["1"], "permissions": "8"},
        "data": data,
        **more,
    }


def command(name: str, *options: dict[str, Any], **more: Any) -> dict[str, Any]:
    return interaction(2, {"id": "1", "name": name, "type": 1, "options": list(options), **more})
