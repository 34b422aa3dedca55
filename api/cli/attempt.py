"""`flora try`: a script in a sealed isolate, on this terminal, with nobody else.

Events come from the command line, or one a line from standard input: a name, then JSON. What the script asks of the
host, logs and throws is shown as it happens; it is answered as `flora test` answers, for there is no Discord here.
"""

import argparse
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import trio

from actors.isolate.isolate import Isolate, Load
from actors.isolate.process import ZygoteError, open_zygote
from actors.isolate.records import LogLine, Operation, Record, Uncaught
from actors.outcomes import LoadOutcome, RunOutcome
from api.cli import stdin
from api.cli.author import tell
from api.cli.console import as_json, clean, note, show
from api.cli.faults import CommandError, Exit
from api.cli.stage import open_stage


async def attempt(options: argparse.Namespace) -> int:
    """Load the script and dispatch the event, or those of standard input. 1 when something did not end well."""
    script, event, payload = str(options.script), options.event, str(options.payload)
    source = await _read(script)
    told = _Told(in_json=options.json)
    try:
        async with open_zygote(async_stacks=True) as zygote, open_stage() as stage:

            def hear(isolate: Isolate, records: list[Record]) -> None:
                told.records(records)
                stage.hear(isolate, records)

            isolate = await zygote.fork(hear)
            loaded = await isolate.load(source, filename=Path(script).name)
            if loaded.outcome is not LoadOutcome.LOADED:
                raise CommandError(_load_failure(script, loaded))
            told.loaded(script, loaded)
            events = _one(event, payload) if event else _from_standard_input()
            failed = [not await _dispatch(isolate, told, name, body) async for name, body in events]
            await isolate.close()
            return Exit.REFUSED if any(failed) else Exit.OK
    except ZygoteError as error:
        raise CommandError(f"isolates do not work here: {error}", "flora doctor says more") from None


async def _read(script: str) -> str:
    try:
        return await trio.Path(script).read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{script} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise CommandError(f"{script} is not UTF-8 (byte {error.start})") from None


async def _one(name: str, payload: str) -> AsyncIterator[tuple[str, str]]:  # noqa: ASYNC124  as the other is
    yield name, payload


async def _from_standard_input() -> AsyncIterator[tuple[str, str]]:
    note('type an event and its JSON, for instance: messageCreate {"content": "!ping"}')
    async for line in stdin.lines():
        name, _, payload = line.strip().partition(" ")
        if name:
            yield name, payload or "{}"


async def _dispatch(isolate: Isolate, told: "_Told", name: str, payload: str) -> bool:
    run = await isolate.dispatch(name, payload.encode())
    error = "" if run.error is None else tell(run.error)
    text = f"{name}: {run.outcome} after {run.cpu_us / 1000:.1f} ms of CPU"
    told.line(f"{text}\n{error}" if error else text, event=name, outcome=run.outcome, cpuUs=run.cpu_us, error=error)
    return run.outcome is RunOutcome.OK


def _load_failure(script: str, loaded: Load) -> str:
    told = "" if loaded.error is None else f"\n{tell(loaded.error)}"
    return f"{script} was not loaded: {loaded.outcome.value.replace('_', ' ')}{told}"


class _Told:
    """What happens, line by line: for people, or each line as one JSON object."""

    def __init__(self, *, in_json: bool) -> None:
        self._in_json = in_json

    def line(self, text: str, /, **fields: Any) -> None:
        show(as_json(fields) if self._in_json else text)
        sys.stdout.flush()

    def loaded(self, script: str, loaded: Load) -> None:
        kinds = {kind: list(map(str, names)) for kind, names in loaded.registrations.items() if names}
        listed = "; ".join(f"{kind} {', '.join(names)}" for kind, names in kinds.items())
        self.line(f"loaded {script}, which listens to {listed}", loaded=script, registrations=kinds)

    def records(self, records: list[Record]) -> None:
        for record in records:
            match record:
                case LogLine(_, level, text):
                    self.line(f"[{level}] {clean(text)}", log=level, text=text)
                case Uncaught(_, where, error):
                    self.line(f"[error] uncaught, in a {where}\n{tell(error)}", uncaught=where, error=tell(error))
                case Operation(_, _, name, arguments):
                    asked = bytes(arguments).decode()
                    self.line(f"[asks] {name} {clean(asked)}", asks=name, arguments=asked)
                case _:
                    pass
