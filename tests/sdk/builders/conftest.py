"""The builders in a real isolate: bundled by the jailed bundler, and asked for one expression at a time."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Final, cast

import msgspec
import pytest

from actors.isolate.isolate import Isolate
from actors.isolate.process import open_zygote
from actors.isolate.records import LogLine, Record
from actors.outcomes import LoadOutcome, RunOutcome
from sdk.bundler import open_bundler

SOURCES: Final = Path(__file__).parents[3] / "sdk" / "src" / "builders"
_BESIDE: Final = ("nearest.ts", "payload.ts", "uncurried.ts")
"""What they take of the rest of the SDK."""
_PATIENCE_S: Final = 30.0
"""This is not about time, and other tests may have the processor."""
Evaluate = Callable[[str], Awaitable[Any]]

_MAIN: Final = """
import * as builders from "./builders/index";
Object.assign(globalThis, builders);

const answer = (code) => {
  try {
    return { value: (0, eval)(`(${code})`) };
  } catch (error) {
    return { error: String(error), problems: error.problems ?? [] };
  }
};
on("__evaluate", ({ msg }) => console.log(JSON.stringify(answer(msg.code))));
"""


@pytest.fixture(name="bundle", scope="session")
def _bundle(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Awaitable[str]]:
    """Bundled once for a run of the tests."""
    cache = tmp_path_factory.mktemp("esbuild")
    bundles: list[str] = []

    async def bundle() -> str:
        if not bundles:
            paths = [*SOURCES.glob("*.ts"), *(SOURCES.parent / name for name in _BESIDE)]
            files = {path.relative_to(SOURCES.parent).as_posix(): path.read_text() for path in paths}
            async with open_bundler(cache=cache) as bundler:
                bundles.append((await bundler.bundle({**files, "main.js": _MAIN}, "main.js")).source)
        return bundles[0]

    return bundle


@pytest.fixture(name="evaluate")
async def _evaluate(bundle: Callable[[], Awaitable[str]]) -> AsyncIterator[Evaluate]:
    """What an expression gives in an isolate in which every builder is a global."""
    source = await bundle()
    said: list[str] = []

    def hear(_isolate: Isolate, records: list[Record]) -> None:
        said.extend(record.text for record in records if isinstance(record, LogLine))

    async with open_zygote() as zygote:
        isolate = await zygote.fork(hear)
        loaded = await isolate.load(source)
        assert loaded.outcome is LoadOutcome.LOADED, loaded

        async def evaluate(code: str) -> Any:
            run = await isolate.dispatch("__evaluate", msgspec.json.encode({"code": code}), _PATIENCE_S)
            assert run.outcome is RunOutcome.OK, run
            answer = msgspec.json.decode(said.pop())
            return answer.get("value") if "error" not in answer else answer

        yield evaluate
        await isolate.close()


async def not_refused(evaluate: Evaluate, cases: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """The cases that were not refused for exactly one thing, told as it should begin."""
    answers = {case: _told(await evaluate(code)) for case, (code, _) in cases.items()}
    return {case: answer for case, answer in answers.items() if not str(answer).startswith(cases[case][1])}


def _told(answer: Any) -> Any:
    problems: list[dict[str, str]] = (
        cast("dict[str, Any]", answer).get("problems", []) if isinstance(answer, dict) else []
    )
    if len(problems) != 1:
        return cast("Any", answer)
    return "{path}: {message}; {hint}".format(**problems[0])
