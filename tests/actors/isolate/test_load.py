"""A bundle is loaded, or refused with what was wrong and where; refused, it leaves no process."""

import re

import pytest

from actors.isolate.isolate import Isolate, IsolateState
from actors.isolate.process import Zygote
from actors.limits import IsolateLimits
from actors.outcomes import LoadOutcome, RunOutcome

HEARING = 'on("ping", () => {});'


async def test_what_a_bundle_listens_to_is_known_after_loading(isolate: Isolate) -> None:
    loaded = await isolate.load('on("messageCreate", () => {}); on("ready", () => {});')

    assert loaded.outcome is LoadOutcome.LOADED
    assert loaded.registrations == {"events": ["messageCreate", "ready"]}


async def test_a_bundle_may_await_at_its_top_level(isolate: Isolate) -> None:
    loaded = await isolate.load('await new Promise((resolve) => setTimeout(resolve, 5)); on("ping", () => {});')

    assert loaded.outcome is LoadOutcome.LOADED


async def test_a_syntax_error_is_told_with_its_place(isolate: Isolate) -> None:
    loaded = await isolate.load("const a = 1;\nconst b = = 2;", filename="tags.js")

    assert loaded.outcome is LoadOutcome.NOT_JAVASCRIPT
    assert loaded.error is not None
    assert (loaded.error.name, loaded.error.message) == ("SyntaxError", "expected expression, got '='")
    (place,) = loaded.error.stack
    assert (place.file, place.line, place.column) == ("tags.js", 2, 11)
    assert isolate.state is IsolateState.ENDED


async def test_an_error_at_the_top_level_is_told_with_its_place(isolate: Isolate) -> None:
    loaded = await isolate.load("\n\nfunction fail() {\n  throw new RangeError('too bad');\n}\nfail();")

    assert loaded.outcome is LoadOutcome.THREW
    assert loaded.error is not None
    assert (loaded.error.name, loaded.error.message) == ("RangeError", "too bad")
    assert [(frame.function, frame.line) for frame in loaded.error.stack] == [("fail", 4), ("", 6)]
    assert isolate.state is IsolateState.ENDED


async def test_a_bundle_that_is_too_large_is_never_sent(zygote: Zygote) -> None:
    isolate = await zygote.fork()
    loaded = await isolate.load(HEARING + " " * IsolateLimits().script_bytes)

    assert loaded.outcome is LoadOutcome.TOO_LARGE
    assert isolate.state is IsolateState.ENDED


async def test_half_a_character_is_told_with_its_place(isolate: Isolate) -> None:
    loaded = await isolate.load("const a = 1;\nconst b = '\ud83d';")

    assert loaded.outcome is LoadOutcome.NOT_TEXT
    assert loaded.error is not None
    assert loaded.error.message == "line 2, column 12: half a character"


async def test_a_bundle_that_never_yields_is_interrupted(isolate: Isolate) -> None:
    loaded = await isolate.load("for (;;);", timeout=0.1)

    assert loaded.outcome is LoadOutcome.CPU
    assert isolate.state is IsolateState.ENDED


async def test_a_bundle_that_waits_for_ever_is_given_up(isolate: Isolate) -> None:
    loaded = await isolate.load('await op("slow.thing");', timeout=1.0)

    assert loaded.outcome is LoadOutcome.WALL_TIME
    assert loaded.error is not None
    assert re.fullmatch(r"\d\.\d s waiting for slow\.thing", loaded.error.message)
    assert isolate.state is IsolateState.ENDED


async def test_a_bundle_that_listens_to_nothing_is_refused(isolate: Isolate) -> None:
    loaded = await isolate.load("const a = 1;")

    assert loaded.outcome is LoadOutcome.REGISTERED_NOTHING
    assert isolate.state is IsolateState.ENDED


async def test_a_bundle_that_fills_memory_is_refused(isolate: Isolate) -> None:
    loaded = await isolate.load("const kept = []; for (;;) kept.push(new Array(1e5).fill(1));", timeout=20)

    assert loaded.outcome is LoadOutcome.MEMORY


async def test_what_goes_wrong_while_one_loads_is_not_noticed_by_another(zygote: Zygote) -> None:
    bystander = await zygote.fork()
    await bystander.load(HEARING)
    for source in ("syntax error", "for (;;);", "throw null", ""):
        await (await zygote.fork()).load(source, timeout=0.1)

    assert (await bystander.dispatch("ping", b"{}")).outcome is RunOutcome.OK


async def test_a_large_bundle_with_every_kind_of_character_arrives_whole(isolate: Isolate) -> None:
    text = "é😀\u2028 tab\t" * 60_000
    source = f"const text = {text!r}; on('length', () => console.log(text.length));".replace("\u2028", "\\u2028")

    assert (await isolate.load(source)).outcome is LoadOutcome.LOADED


@pytest.mark.parametrize("source", ["}); throw 1; (async () => {", "return;", "// ends in a comment", "'use strict'"])
async def test_a_bundle_cannot_confuse_what_is_wrapped_around_it(isolate: Isolate, source: str) -> None:
    loaded = await isolate.load(source)

    assert loaded.outcome in {LoadOutcome.THREW, LoadOutcome.NOT_JAVASCRIPT, LoadOutcome.REGISTERED_NOTHING}
    assert isolate.state is IsolateState.ENDED
