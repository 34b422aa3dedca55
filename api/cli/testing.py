"""`flora test`: every `*.test.ts` of a project, in the isolate, with the prelude and the limits of production.

Each test has an isolate of its own, forked for it; the script and the test are one bundle in it. What the test asks of
the harness travels as an operation, is done here (dispatch an event to that very isolate, set an answer), and is
answered with what the script did meanwhile.
"""

import argparse
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
import trio

from actors.isolate.isolate import Isolate, IsolateGoneError
from actors.isolate.process import Zygote, ZygoteError, open_zygote
from actors.isolate.records import LogLine, Operation, Record, Uncaught
from actors.outcomes import LoadOutcome, RunOutcome
from api.cli.author import bundle, tell
from api.cli.console import clean, coloured, note, show, show_json
from api.cli.faults import CommandError, Exit
from api.cli.project import ProjectFiles, is_test, read_project
from api.cli.shapes import as_map
from sdk.bundler import Bundled

_HARNESS: Final = "(harness).js"
_STORE: Final = "~flora-test"
_TEST_S: Final = 30.0
_EVENT_S: Final = 3.0


@dataclass
class Outcome:
    file: str
    name: str
    passed: bool
    said: str
    ms: float
    logs: list[str] = field(default_factory=list[str])


async def test(options: argparse.Namespace) -> int:
    """Run them all; 1 when one fails."""
    files = read_project(tests=True)
    chosen = [path for path in files if is_test(path) and all(part in path for part in options.filter)]
    if not chosen:
        raise CommandError("there is no *.test.ts here", "flora init shows how one looks", Exit.USAGE)
    outcomes: list[Outcome] = []
    try:
        async with open_zygote(async_stacks=True) as zygote:
            for path in chosen:
                outcomes += await _run_file(zygote, files, path, quiet=options.json)
    except ZygoteError as error:
        raise CommandError(f"isolates do not work here: {error}", "flora doctor says more") from None
    failed = sum(not outcome.passed for outcome in outcomes)
    if options.json:
        show_json([outcome.__dict__ for outcome in outcomes])
    else:
        show(coloured(f"{len(outcomes) - failed} passed, {failed} failed", "red" if failed else "green"))
    return Exit.REFUSED if failed else Exit.OK


async def _run_file(zygote: Zygote, files: ProjectFiles, path: str, *, quiet: bool) -> list[Outcome]:
    entry = "(test).js"
    harness = await trio.Path(Path(__file__).parent / "harness.js").read_text(encoding="utf-8")
    wrapped = {**files, _HARNESS: harness, entry: f'import "./{_HARNESS}";\nimport "./{path}";'}
    bundled = await bundle(_WithPackages(wrapped, files), entry)
    names = await _names(zygote, bundled, path)
    outcomes: list[Outcome] = []
    for index, name in enumerate(names):
        outcomes.append(outcome := await _run_one(zygote, bundled, path, (index, name)))
        if not quiet:
            _tell(outcome)
    return outcomes


class _WithPackages(dict[str, str]):
    """The files of a project and ours, with packages read as they are asked for."""

    def __init__(self, files: dict[str, str], project: ProjectFiles) -> None:
        super().__init__(files)
        self._project = project

    def __contains__(self, path: object) -> bool:
        return super().__contains__(path) or path in self._project

    def __missing__(self, path: str) -> str:
        return self._project[path]


async def _names(zygote: Zygote, bundled: Bundled, path: str) -> list[str]:
    stage = Stage()
    async with trio.open_nursery() as nursery:
        isolate = await stage.open(zygote, nursery, bundled, path)
        await isolate.dispatch("__test", b'{"index": -1}', _TEST_S)
        await isolate.close()
        nursery.cancel_scope.cancel()
    if not stage.names:
        raise CommandError(f"{path} has no test in it", 'write one: test("name", async () => { ... })')
    return stage.names


async def _run_one(zygote: Zygote, bundled: Bundled, path: str, numbered: tuple[int, str]) -> Outcome:
    index, name = numbered
    began = time.monotonic()
    stage = Stage()
    async with trio.open_nursery() as nursery:
        isolate = await stage.open(zygote, nursery, bundled, path)
        run = await isolate.dispatch("__test", msgspec.json.encode({"index": index}), _TEST_S)
        await isolate.close()
        nursery.cancel_scope.cancel()
    said = "" if run.error is None else tell(run.error)
    if run.outcome not in {RunOutcome.OK, RunOutcome.THREW}:
        said = f"  ended by {run.outcome.value.replace('_', ' ')}\n{said}"
    return Outcome(path, name, run.outcome is RunOutcome.OK, said, (time.monotonic() - began) * 1000, stage.said)


def _tell(outcome: Outcome) -> None:
    mark = coloured("✓", "green") if outcome.passed else coloured("✗", "red")
    show(f"{mark} {outcome.file}: {clean(outcome.name)} ({outcome.ms:.0f} ms)")
    if not outcome.passed:
        show(clean(outcome.said))
        for line in outcome.logs:
            note(f"    {clean(line)}")


class Stage:
    """The host's side of one isolate under test: answers operations, and notes what was asked."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.said: list[str] = []
        self._answers: dict[str, Any] = {}
        self._values: dict[tuple[str, str], Any] = {}
        self._calls: list[dict[str, Any]] = []
        self._logs: list[dict[str, str]] = []
        self._nursery: trio.Nursery | None = None

    async def open(self, zygote: Zygote, nursery: trio.Nursery, bundled: Bundled, path: str) -> Isolate:
        """An isolate with the bundle in it."""
        self._nursery = nursery
        isolate = await zygote.fork(self._hear)
        loaded = await isolate.load(bundled.source, path, bundled.source_map)
        if loaded.outcome is not LoadOutcome.LOADED:
            because = "" if loaded.error is None else f"\n{tell(loaded.error)}"
            raise CommandError(f"{path} does not load: {loaded.outcome.value.replace('_', ' ')}{because}")
        return isolate

    def _hear(self, isolate: Isolate, records: list[Record]) -> None:
        for record in records:
            match record:
                case LogLine(_, level, text):
                    self._logs.append({"level": level, "text": text})
                    self.said.append(f"[{level}] {text}")
                case Uncaught(_, where, error):
                    self._logs.append({"level": "error", "text": f"{where}: {error.message}"})
                case Operation(identity, _, name, arguments):
                    self._operate(isolate, identity, name, msgspec.json.decode(arguments))
                case _:
                    pass

    def _operate(self, isolate: Isolate, identity: int, name: str, arguments: Any) -> None:
        asked = as_map(arguments)
        if name == "kv.get" and asked.get("store") == _STORE:
            assert self._nursery is not None
            self._nursery.start_soon(self._serve, isolate, identity, msgspec.json.decode(str(asked["key"])))
            return
        self._calls.append({"name": name, "args": asked})
        isolate.answer(identity, msgspec.json.encode(self._answer(name, asked)))

    def _answer(self, name: str, asked: dict[str, Any]) -> Any:
        """As `respond` said; else as a store that keeps what it is given; else as Discord, which is content."""
        if name in self._answers:
            return self._answers[name]
        if name.startswith("kv."):
            return self._keep(name, (str(asked.get("store")), str(asked.get("key"))), asked)
        if name in {"rest.createMessage", "rest.updateMessage"}:
            return {"id": "444000000000000000", "channel_id": asked.get("channelId"), **as_map(asked.get("body"))}
        return None

    def _keep(self, name: str, key: tuple[str, str], asked: dict[str, Any]) -> Any:
        """The stores, as far as tests of small scripts need them."""
        match name:
            case "kv.set":
                self._values[key] = asked.get("value")
                return {"written": True, "version": "1"}
            case "kv.get":
                return _entry(self._values[key]) if key in self._values else None
            case "kv.delete":
                return {"existed": self._values.pop(key, None) is not None}
            case "kv.increment":
                self._values[key] = self._values.get(key, 0) + asked.get("by", 1)
                return {"value": self._values[key], "version": "1"}
            case _:
                return None

    async def _serve(self, isolate: Isolate, identity: int, asked: dict[str, Any]) -> None:
        """One thing that the harness asks for."""
        arguments = asked["args"]
        answer: Any = None
        match asked["name"]:
            case "names":
                self.names = [str(name) for name in arguments]
            case "respond":
                self._answers[str(arguments["operation"])] = arguments["answer"]
            case "dispatch":
                answer = await self._dispatch(isolate, arguments)
            case _:
                pass
        try:
            isolate.answer(identity, msgspec.json.encode(_entry(answer)))
        except IsolateGoneError:
            return

    async def _dispatch(self, isolate: Isolate, arguments: dict[str, Any]) -> dict[str, Any]:
        calls, logs = len(self._calls), len(self._logs)
        run = await isolate.dispatch(str(arguments["name"]), msgspec.json.encode(arguments["payload"]), _EVENT_S)
        return {
            "outcome": run.outcome.value,
            "error": None if run.error is None else run.error.message,
            "calls": self._calls[calls:],
            "logs": self._logs[logs:],
        }


def _entry(value: Any) -> dict[str, Any]:
    return {"value": value, "metadata": None, "expiration": None, "version": "1"}
