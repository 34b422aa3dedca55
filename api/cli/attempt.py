"""`flora try`: a script in a sealed isolate, on this terminal, with nobody else.

Events come from the command line, or one a line from standard input: a name, then JSON. What the script asks of the
host, logs and throws is shown as it happens; it is answered as `flora test` answers, for there is no Discord here.
"""

import argparse
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import trio

from actors.isolate.isolate import Isolate, Load, Run
from actors.isolate.process import ZygoteError, open_zygote
from actors.isolate.records import LogLine, Operation, Record, ScriptError, Uncaught
from actors.outcomes import LoadOutcome, RunOutcome
from api.cli.console import clean
from api.cli.stage import open_stage


async def attempt(options: argparse.Namespace) -> int:
    """Load the script and dispatch the event, or those of standard input. 1 when something did not end well."""
    script, event, payload = str(options.script), options.event, str(options.payload)
    try:
        source = await trio.Path(script).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return _complain(f"cannot read {script}: {error}")
    try:
        async with open_zygote(async_stacks=True) as zygote, open_stage() as stage:

            def hear(isolate: Isolate, records: list[Record]) -> None:
                _show(records)
                stage.hear(isolate, records)

            isolate = await zygote.fork(hear)
            loaded = await isolate.load(source, filename=Path(script).name)
            if loaded.outcome is not LoadOutcome.LOADED:
                return _complain(_load_failure(script, loaded))
            print(f"loaded {script}, which listens to {_listing(loaded)}")  # noqa: T201
            events = _one(event, payload) if event else _from_standard_input()
            failed = [not await _dispatch(isolate, name, body) async for name, body in events]
            await isolate.close()
            return int(any(failed))
    except ZygoteError as error:
        return _complain(f"{error}; `flora doctor` says more")


def _complain(text: str) -> int:
    print(text, file=sys.stderr)  # noqa: T201
    return 1


async def _one(name: str, payload: str) -> AsyncIterator[tuple[str, str]]:  # noqa: ASYNC124  as the other is
    yield name, payload


async def _from_standard_input() -> AsyncIterator[tuple[str, str]]:
    print('type an event and its JSON, for instance: messageCreate {"content": "!ping"}', file=sys.stderr)  # noqa: T201
    while line := await trio.to_thread.run_sync(sys.stdin.readline, abandon_on_cancel=True):
        name, _, payload = line.strip().partition(" ")
        if name:
            yield name, payload or "{}"


async def _dispatch(isolate: Isolate, name: str, payload: str) -> bool:
    run = await isolate.dispatch(name, payload.encode())
    print(f"{name}: {run.outcome} after {run.cpu_us / 1000:.1f} ms of CPU{_because(run)}")  # noqa: T201
    return run.outcome is RunOutcome.OK


def _because(run: Run) -> str:
    return "" if run.error is None else f"\n{_tell(run.error)}"


def _listing(loaded: Load) -> str:
    return "; ".join(f"{kind} {', '.join(map(str, names))}" for kind, names in loaded.registrations.items() if names)


def _load_failure(script: str, loaded: Load) -> str:
    told = "" if loaded.error is None else f"\n{_tell(loaded.error)}"
    return f"{script} was not loaded: {loaded.outcome.value.replace('_', ' ')}{told}"


def _tell(error: ScriptError) -> str:
    head = f"  {error.name}: {error.message}" if error.name else f"  {error.message}"
    places = [
        f"    at {frame.function or '(top level)'} ({frame.file}:{frame.line}:{frame.column})" for frame in error.stack
    ]
    return "\n".join([head, *places])


def _show(records: list[Record]) -> None:
    for record in records:
        match record:
            case LogLine(_, level, text):
                print(f"[{level}] {text}")  # noqa: T201
            case Uncaught(_, where, error):
                print(f"[error] uncaught, in a {where}\n{_tell(error)}")  # noqa: T201
            case Operation(_, _, name, arguments):
                print(f"[asks] {name} {clean(bytes(arguments).decode())}")  # noqa: T201
            case _:
                pass
