"""Events are gathered for a while, and it ends once, in one of three ways."""

import trio

from actors.isolate.isolate import Isolate
from actors.isolate.records import Record
from tests.sdk.conftest import CHANNEL, Script


def message(content: str) -> dict[str, object]:
    return {"id": "1", "channel_id": CHANNEL, "content": content, "author": {"id": "2"}}


async def said(script: Script, count: int) -> list[str]:
    """What was said, once so much was: an end by time comes on its own."""
    enough = trio.Event()

    def hear(isolate: Isolate, records: list[Record]) -> None:
        script.hear(isolate, records)
        if len(script.log) >= count:
            enough.set()

    script.isolate.listener = hear
    if len(script.log) < count:
        await enough.wait()
    return script.said


START = """
    const told = (found, why) => console.log(found.map((ctx) => ctx.msg.content).join(), why);
    let collector;
    on("messageCreate", (ctx) => {
        if (ctx.msg.content === "stop") collector.stop();
        if (ctx.msg.content !== "go") return;
        collector = collect("messageCreate", OPTIONS, told);
    });
"""


async def test_it_ends_when_there_are_enough(script: Script) -> None:
    options = "{ max: 2, filter: (ctx) => ctx.msg.content !== 'no', each: (ctx) => console.log(ctx.msg.content) }"
    await script.load(START.replace("OPTIONS", options))

    for content in ["before", "go", "a", "no", "b", "c"]:
        await script.ok("messageCreate", message(content))

    assert script.said == ["a", "b", "a,b max"]


async def test_it_ends_when_it_is_stopped_and_only_once(script: Script) -> None:
    await script.load(START.replace("OPTIONS", "{}"))

    for content in ["go", "a", "stop", "b", "stop"]:
        await script.ok("messageCreate", message(content))

    assert await said(script, 1) == ["a stopped"]


async def test_it_ends_when_its_time_is_over(script: Script) -> None:
    await script.load(START.replace("OPTIONS", "{ seconds: 0.02 }"))

    await script.ok("messageCreate", message("go"))

    assert await said(script, 1) == [" time"]


async def test_what_goes_wrong_at_the_end_is_told(script: Script) -> None:
    source = 'on("messageCreate", () => collect("typingStart", { seconds: 0.01 }, () => { throw new Error("late"); }));'
    await script.load(source)

    await script.ok("messageCreate", message("go"))

    await said(script, 1)
    assert script.log == [("uncaught in collector", "late")]


async def test_it_is_refused_without_bounds(script: Script) -> None:
    await script.load("""
        const attempt = (...args) => { try { collect(...args); } catch (error) { console.log(error.message); } };
        on("messageCreate", () => {
            attempt("messageCreate", {});
            attempt("messageCreate", { seconds: 901 }, () => {});
            attempt("messageCreate", { max: 0 }, () => {});
            attempt("mesageCreate", {}, () => {});
            for (let index = 0; index < 51; index++) attempt("typingStart", {}, () => {});
        });
    """)

    await script.ok("messageCreate", message("go"))

    assert [line.split(":")[0].split(";")[0] for line in script.said] == [
        "collect(event, options, done) needs a function for the end",
        "seconds is 901",
        "max is 0",
        'there is no event "mesageCreate"',
        "50 collectors are open",
    ]
