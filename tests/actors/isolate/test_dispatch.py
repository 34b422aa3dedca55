"""Events reach handlers, handlers reach the host, and every dispatch ends in one way."""

import json
import re
import time
from collections.abc import Sequence

import msgspec
import pytest
import trio
import trio.testing

from actors.isolate.isolate import Isolate, IsolateGoneError, IsolateState, Run
from actors.isolate.process import Zygote, open_zygote
from actors.isolate.records import HeapSize, LogLine, Operation, Record, Start, Uncaught
from actors.outcomes import EndReason, LoadOutcome, RunOutcome


class Host:
    """Answers every operation with its own arguments, and remembers what it heard."""

    def __init__(self) -> None:
        self.heard: list[Record] = []
        self.said = trio.Event()

    def __call__(self, isolate: Isolate, records: list[Record]) -> None:
        self.heard += records
        self.said.set()
        self.said = trio.Event()
        for record in records:
            if isinstance(record, Operation) and record.name == "fail":
                isolate.refuse(record.id, "not allowed", "FORBIDDEN", status=403)
            elif isinstance(record, Operation) and record.name != "never":
                isolate.answer(record.id, bytes(record.arguments))

    def log(self) -> list[tuple[str, str]]:
        return [(line.level, line.text) for line in self.heard if isinstance(line, LogLine)]

    async def wait_for(self, kind: type[Record]) -> Record:
        while True:
            for record in self.heard:
                if isinstance(record, kind):
                    return record
            await self.said.wait()


@pytest.fixture(name="host")
def _host(isolate: Isolate) -> Host:
    host = Host()
    isolate.listener = host
    return host


async def load(isolate: Isolate, source: str) -> None:
    loaded = await isolate.load(source)
    assert loaded.outcome is LoadOutcome.LOADED, loaded


async def test_a_handler_gets_the_payload_as_it_was_sent(isolate: Isolate, host: Host) -> None:
    payload: dict[str, object] = {"content": 'é😀\n\t"\\ \u2028', "nested": [1, 2.5, None, True, {"a": []}]}
    await load(isolate, 'on("event", ({ msg }) => console.log(JSON.stringify(msg)));')

    await isolate.dispatch("event", json.dumps(payload, ensure_ascii=False, indent=1).encode())

    ((level, text),) = host.log()
    assert level == "info"
    assert json.loads(text) == payload


async def test_operations_are_answered_in_whatever_order(isolate: Isolate, host: Host) -> None:
    await load(
        isolate,
        """
        on("event", async () => {
            const answers = await Promise.all([op("echo", { a: 1 }), op("echo", "text"), op("echo")]);
            console.log(JSON.stringify(answers));
        });
    """,
    )

    assert (await isolate.dispatch("event", b"{}")).outcome is RunOutcome.OK
    assert host.log() == [("info", '[{"a":1},"text",null]')]


async def test_an_operation_that_fails_says_why(isolate: Isolate, host: Host) -> None:
    await load(
        isolate,
        """
        on("event", async () => {
            try { await op("fail"); } catch (error) {
                console.log(error instanceof Error, error.name, error.message, error.code, error.status);
            }
        });
    """,
    )

    await isolate.dispatch("event", b"{}")

    assert host.log() == [("info", "true OperationError not allowed FORBIDDEN 403")]


async def test_events_start_in_order_and_interleave_where_they_await(isolate: Isolate, host: Host) -> None:
    await load(isolate, 'on("event", async ({ msg }) => { console.log("in " + msg); await op("echo"); '
                        'console.log("out " + msg); });')  # fmt: skip

    async with trio.open_nursery() as nursery:
        for number in range(3):
            nursery.start_soon(isolate.dispatch, "event", str(number).encode())
            await trio.testing.wait_all_tasks_blocked()

    entered = [text for _, text in host.log() if text.startswith("in")]
    assert entered == ["in 0", "in 1", "in 2"]


async def test_an_error_is_told_in_the_authors_files(isolate: Isolate) -> None:
    source_map = json.dumps({"version": 3, "sources": ["src/main.ts"], "names": [], "mappings": "AAAA;AACA;AASA"})
    await isolate.load('on("event", () => {\n\n throw new TypeError("no"); });', source_map=source_map)

    run = await isolate.dispatch("event", b"{}")

    assert run.outcome is RunOutcome.THREW
    assert run.error is not None
    assert (run.error.stack[0].file, run.error.stack[0].line) == ("src/main.ts", 11)


@pytest.mark.parametrize(
    ("thrown", "shown"),
    [
        ("null", "null"),
        ("undefined", "undefined"),
        ("12n", "12n"),
        ("Symbol('s')", "Symbol(s)"),
        ("'text'", "text"),
        ("{ a: 1 }", '{"a":1}'),
        ("new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; } })", "[object that cannot be shown]"),
        ("Object.freeze({ get stack() { throw 1; }, toString() { throw 2; } })", "[object that cannot be shown]"),
        ("() => 1", "[function]"),
    ],
)
async def test_whatever_is_thrown_becomes_text(isolate: Isolate, thrown: str, shown: str) -> None:
    await load(isolate, f'on("event", () => {{ throw ({thrown}); }});')

    run = await isolate.dispatch("event", b"{}")

    assert run.outcome is RunOutcome.THREW
    assert run.error is not None
    assert (run.error.name, run.error.message) == ("", shown)


async def test_javascript_that_does_not_yield_is_interrupted_and_the_isolate_lives(isolate: Isolate) -> None:
    await load(
        isolate,
        'let runs = 0; on("spin", () => { runs++; for (;;); }); on("runs", () => { if (runs !== 1) throw runs; });',
    )

    assert (await isolate.dispatch("spin", b"{}", timeout=0.05)).outcome is RunOutcome.CPU
    assert (await isolate.dispatch("runs", b"{}")).outcome is RunOutcome.OK
    assert isolate.state is IsolateState.LIVE


async def test_a_handler_that_waits_too_long_is_told_what_it_waited_for(isolate: Isolate, host: Host) -> None:
    await load(
        isolate,
        """
        on("event", async () => { try { await op("never"); } catch (error) { console.log(`${error}`); } });
    """,
    )

    run = await isolate.dispatch("event", b"{}", timeout=0.1)
    line = await host.wait_for(LogLine)

    assert run.outcome is RunOutcome.WALL_TIME
    assert run.error is not None
    assert re.fullmatch(r"\d\.\d s waiting for never", run.error.message)
    assert line == LogLine(0, "info", "TimeoutError: never was given up: its dispatch ran out of time")


async def test_cancelling_a_dispatch_ends_its_javascript(isolate: Isolate) -> None:
    await load(isolate, 'on("spin", () => { for (;;); }); on("ping", () => {});')

    with trio.move_on_after(0.05) as scope:
        await isolate.dispatch("spin", b"{}", timeout=60)

    assert scope.cancelled_caught
    assert (await isolate.dispatch("ping", b"{}")).outcome is RunOutcome.OK
    assert isolate.in_flight == 0


async def test_a_dispatch_that_is_cancelled_before_it_begins_ends_all_the_same(isolate: Isolate) -> None:
    await load(isolate, 'on("spin", () => { for (;;); }); on("ping", () => {});')

    with trio.CancelScope() as scope:
        scope.cancel()
        await isolate.dispatch("spin", b"{}", timeout=60)

    assert scope.cancelled_caught
    assert (await isolate.dispatch("ping", b"{}")).outcome is RunOutcome.OK


async def test_cpu_time_is_apart_from_waiting(isolate: Isolate, host: Host) -> None:
    await load(
        isolate,
        """
        on("wait", () => new Promise((resolve) => setTimeout(resolve, 100)));
        on("work", () => { const end = Date.now() + 100; while (Date.now() < end); });
    """,
    )

    waited = await isolate.dispatch("wait", b"{}")
    worked = await isolate.dispatch("work", b"{}")

    assert waited.cpu_us < worked.cpu_us


async def test_memory_runs_out_for_one_dispatch_and_not_for_the_next(isolate: Isolate) -> None:
    await load(
        isolate,
        """
        on("bomb", () => { const kept = []; for (;;) kept.push(new Uint8Array(1e6).fill(1)); });
        on("ping", () => {});
        """,
    )

    run = await isolate.dispatch("bomb", b"{}", timeout=20)

    assert run.outcome is RunOutcome.MEMORY
    assert run.out_of_memory
    assert (await isolate.dispatch("ping", b"{}")).outcome is RunOutcome.OK


async def test_a_chain_of_promise_jobs_is_interrupted_and_the_isolate_lives(isolate: Isolate) -> None:
    await load(
        isolate,
        'on("chain", () => { const go = () => Promise.resolve().then(go); go(); return new Promise(() => {}); });',
    )

    assert (await isolate.dispatch("chain", b"{}", timeout=0.05)).outcome is RunOutcome.CPU
    assert (await isolate.dispatch("other", b"{}")).outcome is RunOutcome.OK


async def test_a_storm_of_promise_jobs_ends_the_isolate(isolate: Isolate) -> None:
    await load(
        isolate,
        """
        on("storm", () => {
            const go = () => { Promise.resolve().then(go); };
            for (let chain = 0; chain < 50; chain++) go();
            return new Promise(() => {});
        });
    """,
    )

    assert (await isolate.dispatch("storm", b"{}", timeout=0.05)).outcome is RunOutcome.CPU
    assert (await isolate.wait_ended()).reason is EndReason.JOB_STORM


async def test_a_payload_that_is_not_json_is_refused_and_the_isolate_lives(isolate: Isolate) -> None:
    await load(isolate, 'on("event", () => {});')

    run = await isolate.dispatch("event", b'{"a":')

    assert run.outcome is RunOutcome.BAD_PAYLOAD
    assert (await isolate.dispatch("event", b"{}")).outcome is RunOutcome.OK


async def test_an_event_nobody_listens_to_is_ok(isolate: Isolate) -> None:
    await load(isolate, 'on("event", () => {});')

    assert (await isolate.dispatch("other", b"{}")).outcome is RunOutcome.OK


async def test_one_handler_that_throws_does_not_stop_the_others(isolate: Isolate, host: Host) -> None:
    await load(isolate, 'on("event", () => { throw new Error("first"); }); on("event", () => console.log("second"));')

    run = await isolate.dispatch("event", b"{}")

    assert run.outcome is RunOutcome.THREW
    assert host.log() == [("info", "second")]


async def test_timers_run_in_order_and_can_be_cleared(isolate: Isolate, host: Host) -> None:
    await load(
        isolate,
        """
        on("event", () => new Promise((resolve) => {
            setTimeout(() => console.log("b"), 20);
            setTimeout((word) => console.log(word), 10, "a");
            clearTimeout(setTimeout(() => console.log("never"), 15));
            let ticks = 0;
            const interval = setInterval(() => {
                console.log("tick");
                if (++ticks === 2) { clearInterval(interval); resolve(); }
            }, 25);
        }));
    """,
    )

    assert (await isolate.dispatch("event", b"{}")).outcome is RunOutcome.OK
    assert [text for _, text in host.log()] == ["a", "b", "tick", "tick"]


async def test_a_rejection_nobody_listens_to_is_told(isolate: Isolate, host: Host) -> None:
    await load(isolate, 'on("event", () => { Promise.reject(new Error("lost")); Promise.reject(1).catch(() => {}); });')

    assert (await isolate.dispatch("event", b"{}")).outcome is RunOutcome.OK
    told = [record for record in host.heard if isinstance(record, Uncaught)]
    assert [(record.where, record.error.message) for record in told] == [("promise", "lost")]


async def test_a_thousand_rejections_handled_in_time_are_not_told(isolate: Isolate, host: Host) -> None:
    await load(
        isolate,
        """
        const fail = async () => { throw new Error("handled"); };
        on("event", async () => { await Promise.allSettled(Array.from({ length: 1000 }, fail)); });
    """,
    )

    assert (await isolate.dispatch("event", b"{}")).outcome is RunOutcome.OK
    assert [record for record in host.heard if isinstance(record, Uncaught | LogLine)] == []


async def test_log_lines_are_bounded_and_what_was_dropped_is_told(isolate: Isolate, host: Host) -> None:
    await load(isolate, 'on("event", () => { for (let i = 0; i < 5000; i++) console.log("x".repeat(10000)); });')

    await isolate.dispatch("event", b"{}")

    lines = host.log()
    assert len(lines) == isolate.limits.log_lines + 1
    assert len(lines[0][1]) == isolate.limits.log_line_chars + 1
    assert lines[-1] == ("warn", "4000 more lines were dropped")


async def test_lines_of_many_dispatches_are_bounded_by_the_second(isolate: Isolate, host: Host) -> None:
    await load(isolate, 'on("event", () => { for (let i = 0; i < 900; i++) console.log("line"); });')
    began = int(time.monotonic())

    for _ in range(10):
        await isolate.dispatch("event", b"{}")

    seconds = int(time.monotonic()) - began + 1
    told = [int(text.split()[0]) for level, text in host.log() if level == "warn"]
    kept = len(host.log()) - len(told)
    assert kept <= seconds * isolate.limits.log_lines_per_s
    assert kept + sum(told) == 9000


async def test_operations_that_wait_are_bounded(isolate: Isolate, host: Host) -> None:
    await load(
        isolate,
        """
        on("event", async () => {
            const first = Array.from({ length: 256 }, () => op("never"));
            try { await op("never"); } catch (error) { console.log(error.code); }
            void first;
        });
    """,
    )

    assert (await isolate.dispatch("event", b"{}")).outcome is RunOutcome.OK
    assert host.log() == [("info", "TOO_MANY_OPS")]


async def test_a_large_value_passes_whole_in_both_directions(isolate: Isolate, host: Host) -> None:
    await load(
        isolate,
        """
        on("event", async ({ msg }) => {
            const back = await op("echo", msg);
            console.log(back === msg, back.length);
        });
    """,
    )
    text = "aé😀" * 150_000

    run = await isolate.dispatch("event", msgspec.json.encode(text), timeout=20)

    assert run.outcome is RunOutcome.OK
    assert host.log() == [("info", "true 600000")]


async def test_texts_of_a_megabyte_are_quoted_as_often_as_one_likes(isolate: Isolate, host: Host) -> None:
    """For each the engine asks for 64 MiB, and gives back what it did not need."""
    script = """on("quote", () => {
      for (let length = 1_000_000; length < 1_000_030; length++) JSON.stringify("x".repeat(length));
      console.log("quoted");
    });"""
    assert (await isolate.load(script)).outcome is LoadOutcome.LOADED
    assert (await isolate.dispatch("quote", b"{}")).outcome is RunOutcome.OK
    assert ("info", "quoted") in host.log()


async def test_two_isolates_of_one_zygote_share_no_random_numbers_and_no_globals(zygote: Zygote) -> None:
    seen: list[str] = []
    for _ in range(2):
        isolate = await zygote.fork()
        host = Host()
        isolate.listener = host
        await load(isolate, 'on("event", () => { globalThis.left ??= Math.random(); console.log(left); });')
        await isolate.dispatch("event", b"{}")
        seen += [text for _, text in host.log()]

    assert len(set(seen)) == 2


async def test_a_process_that_is_killed_from_outside_is_accounted_for(isolate: Isolate) -> None:
    await load(isolate, 'on("wait", () => new Promise(() => {}));')
    runs: list[RunOutcome] = []

    async def wait() -> None:
        runs.append((await isolate.dispatch("wait", b"{}", timeout=60)).outcome)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(wait)
        await trio.testing.wait_all_tasks_blocked()
        isolate.kill()
        ending = await isolate.wait_ended()

    assert runs == [RunOutcome.CRASHED]
    assert (ending.reason, ending.status) == (EndReason.KILLED, -9)
    with pytest.raises(IsolateGoneError, match=r"has ended \(killed, status -9\)"):
        await isolate.dispatch("wait", b"{}")


async def test_collecting_garbage_tells_the_size_of_the_heap(isolate: Isolate, host: Host) -> None:
    await load(isolate, 'on("event", () => {});')

    isolate.collect()
    told = await host.wait_for(HeapSize)

    assert isinstance(told, HeapSize)
    assert isolate.heap_bytes == told.bytes > 0


async def test_stacks_go_on_across_await_where_that_is_asked_for() -> None:
    source = """
        const inner = async () => { await null; throw new Error("x"); };
        on("event", async function outer() { await inner(); });
    """
    functions: list[list[str]] = []
    for wanted in (False, True):
        async with open_zygote(async_stacks=wanted) as zygote:
            isolate = await zygote.fork()
            await load(isolate, source)
            run = await isolate.dispatch("event", b"{}")
            assert run.error is not None
            functions.append([frame.function for frame in run.error.stack])
            await isolate.close()

    assert functions == [["inner"], ["inner", "async*outer"]]


async def test_a_mistake_in_who_listens_ends_that_isolate_alone(zygote: Zygote, isolate: Isolate) -> None:
    def fail(_isolate: Isolate, _records: list[Record]) -> None:
        raise ValueError("a mistake of ours")

    neighbour = await zygote.fork()
    source = 'on("event", () => console.log("said"));'
    await load(isolate, source)
    await load(neighbour, source)
    isolate.listener = fail

    run = await isolate.dispatch("event", b"{}")

    assert run.outcome is RunOutcome.CRASHED
    assert "flora failed" in (await isolate.wait_ended()).last_words
    assert (await neighbour.dispatch("event", b"{}")).outcome is RunOutcome.OK


async def test_a_timer_is_not_early_because_the_event_before_it_took_long(isolate: Isolate, host: Host) -> None:
    """Both come in one turn: time goes on within it."""
    await load(
        isolate,
        """
        on("long", () => { const end = Date.now() + 60; while (Date.now() < end); });
        on("timer", () => {
            const began = Date.now();
            setTimeout(() => console.log(Date.now() - began >= 39 ? "in time" : "early"), 40);
        });
        """,
    )

    isolate.begin([Start("long", b"{}", 5.0), Start("timer", b"{}", 5.0)], _Nobody())
    line = await host.wait_for(LogLine)

    assert isinstance(line, LogLine)
    assert line.text == "in time"


class _Nobody:
    """Begins dispatches, and does not care how they end."""

    def ended(self, number: int, run: Run, /) -> None: ...

    def ended_well(self, numbers: Sequence[int], cpu_us: Sequence[int], /) -> None: ...
