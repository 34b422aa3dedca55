"""`flora test`: every `*.test.ts` of a project, in the isolate, with the prelude and the limits of production.

Each test has an isolate of its own, forked for it; the script and the test are one bundle in it. What the test asks of
the harness travels as an operation, is done by its stage (dispatch an event to that very isolate, set an answer), and
is answered with what the script did meanwhile.
"""

import argparse
import textwrap
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec
import trio

from actors.isolate.isolate import Isolate
from actors.isolate.process import Prelude, Zygote, ZygoteError, default_prelude, open_zygote
from actors.outcomes import LoadOutcome, RunOutcome
from api.cli.author import bundle, tell
from api.cli.console import clean, coloured, show, show_json
from api.cli.faults import CommandError, Exit
from api.cli.project import ProjectFiles, is_test, read_project
from api.cli.stage import Stage, open_stage
from sdk.bundler import Bundled

_HARNESS: Final = "(harness).js"
_TEST_S: Final = 30.0
_CLOCK: Final = "globalThis.__time = { untilTimer: __host.untilTimer, skipTime: __host.skipTime };"
"""What the harness takes, and deletes, before the script: a test moves its isolate's timers."""


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
        async with open_zygote(Prelude(_CLOCK + default_prelude().source), async_stacks=True) as zygote:
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
    async with _prepared(zygote, bundled, path) as (stage, isolate):
        await isolate.dispatch("__test", b'{"index": -1}', _TEST_S)
    if not stage.names:
        raise CommandError(f"{path} has no test in it", 'write one: test("name", async () => { ... })')
    return stage.names


async def _run_one(zygote: Zygote, bundled: Bundled, path: str, numbered: tuple[int, str]) -> Outcome:
    index, name = numbered
    began = time.monotonic()
    async with _prepared(zygote, bundled, path) as (stage, isolate):
        run = await isolate.dispatch("__test", msgspec.json.encode({"index": index}), _TEST_S)
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
            show(coloured(textwrap.indent(clean(line), "    "), "grey"))


@asynccontextmanager
async def _prepared(zygote: Zygote, bundled: Bundled, path: str) -> AsyncGenerator[tuple[Stage, Isolate]]:
    """An isolate with the bundle in it, and its host."""
    async with open_stage() as stage:
        isolate = await zygote.fork(stage.hear)
        loaded = await isolate.load(bundled.source, path, bundled.source_map)
        if loaded.outcome is not LoadOutcome.LOADED:
            because = "" if loaded.error is None else f"\n{tell(loaded.error)}"
            raise CommandError(f"{path} does not load: {loaded.outcome.value.replace('_', ' ')}{because}")
        yield stage, isolate
        await isolate.close()
