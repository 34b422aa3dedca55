"""Bundles that no file of a script can hold: made here. Those that can are scripts/load_*.js."""

import pytest
import trio

from actors.isolate.isolate import Isolate, Load
from actors.isolate.process import Zygote
from actors.limits import IsolateLimits
from actors.outcomes import EndReason, LoadOutcome
from tests.hostile.arena import Arena, Witness

_REGISTERS = 'on("go", () => undefined);'
_BROKEN = "const broken = ;"
_TOO_LARGE = IsolateLimits().script_bytes + 1

BAD = {
    "too large": ("/" * _TOO_LARGE, LoadOutcome.TOO_LARGE, "bytes are allowed|are allowed", None),
    "too large in UTF-8 only": ("/*" + "€" * (_TOO_LARGE // 3) + "*/", LoadOutcome.TOO_LARGE, "are allowed", None),
    "half a character": (f"{_REGISTERS}\n  '\ud800'", LoadOutcome.NOT_TEXT, "half a character", (2, 4)),
    "the other half": (f"'\udc00'{_REGISTERS}", LoadOutcome.NOT_TEXT, "half a character", (1, 2)),
    "a NUL outside of text": (f"{_REGISTERS}\n\0", LoadOutcome.NOT_JAVASCRIPT, "illegal character", (2, 1)),
    "nothing but NULs": ("\0" * 100, LoadOutcome.NOT_JAVASCRIPT, "illegal character", (1, 1)),
    "an error far to the right": (
        "/*" + "x" * 4_000_000 + f"*/ {_BROKEN}", LoadOutcome.NOT_JAVASCRIPT, "expected expression", (1, 4_000_021),
    ),
    "an error far down": ("\n" * 1_000_000 + _BROKEN, LoadOutcome.NOT_JAVASCRIPT, "expected expr", (1_000_001, 16)),
    "a megabyte of parentheses": ("(" * 10**6 + ")" * 10**6, LoadOutcome.NOT_JAVASCRIPT, "too much recursion", None),
    "an identifier of a megabyte": ("x" * 1_000_000 + "; @", LoadOutcome.NOT_JAVASCRIPT, "", (1, 1_000_003)),
    "a carriage return counts as a line": ("\r\r\n\u2028\u2029;@", LoadOutcome.NOT_JAVASCRIPT, "", (5, 2)),
    "binary": (bytes(range(256)).decode("latin-1") * 100, LoadOutcome.NOT_JAVASCRIPT, "", (1, 1)),
}  # fmt: skip

GOOD = {
    "a mark of byte order": "\ufeff" + _REGISTERS,
    "a NUL in text": _REGISTERS + "'\0'.length;",
    "separators of lines in text": _REGISTERS + "'\u2028\u2029'.length;",
    "characters of two halves": _REGISTERS + "'😀'.length; const 𠮷 = 1;",
    "the largest that is allowed": _REGISTERS + "/" * (_TOO_LARGE - 1 - len(_REGISTERS)),
    "ends with a comment": _REGISTERS + "// the end",
    "ends with a backslash in a comment": _REGISTERS + "// \\",
    "ten thousand lines of functions": _REGISTERS
    + "".join(f"function f{n}() {{ return {n}; }}\n" for n in range(10_000)),
}


async def _load(zygote: Zygote, source: str) -> tuple[Load, Isolate]:
    isolate = await zygote.fork(Witness().listen)
    return await isolate.load(source, "bundle.js"), isolate


@pytest.mark.parametrize("name", BAD)
def test_a_bad_bundle_says_what_and_where(arena: Arena, name: str) -> None:
    source, outcome, message, place = BAD[name]
    loaded, isolate = arena.run(_load, arena.zygote, source)

    assert loaded.outcome is outcome
    assert loaded.error is not None
    assert any(part in loaded.error.message for part in message.split("|")), loaded.error.message[:300]
    assert len(loaded.error.message) < 5000
    if place is not None and loaded.error.stack:
        assert [(frame.file, frame.line, frame.column) for frame in loaded.error.stack] == [("bundle.js", *place)]
    elif place is not None:
        assert f"line {place[0]}, column {place[1]}" in loaded.error.message
    ending = arena.run(isolate.wait_ended)
    assert ending.reason is EndReason.KILLED
    assert isolate not in arena.zygote.isolates


@pytest.mark.parametrize("name", GOOD)
def test_an_odd_bundle_loads(arena: Arena, name: str) -> None:
    loaded, isolate = arena.run(_load, arena.zygote, GOOD[name])

    assert loaded.outcome is LoadOutcome.LOADED, loaded.error
    assert loaded.registrations == {"events": ["go"]}
    arena.run(isolate.close)


def test_a_bundle_whose_time_is_over_before_it_is_compiled(arena: Arena) -> None:
    async def load() -> Load:
        isolate = await arena.zygote.fork()
        return await isolate.load(_REGISTERS + "x;" * 2_000_000, timeout=0.001)

    assert arena.run(load).outcome in {LoadOutcome.CPU, LoadOutcome.WALL_TIME}


def test_a_load_that_is_cancelled_leaves_nothing(arena: Arena) -> None:
    async def load() -> EndReason:
        isolate = await arena.zygote.fork()
        with trio.move_on_after(0.05):
            await isolate.load("for (;;);")
        return (await isolate.wait_ended()).reason

    assert arena.run(load) is EndReason.KILLED
