"""Scripts that turn on the SDK they live in: they harm nobody else, and every dispatch ends in one way."""

import pytest

from actors.isolate.process import Zygote
from actors.outcomes import LoadOutcome, RunOutcome
from tests.sdk.conftest import message, new_script

SABOTAGE = {
    "maps": "Map.prototype.get = Map.prototype.set = () => { throw new Error('no'); };",
    "arrays": "for (const name of ['push', 'filter', 'map', 'join']) Array.prototype[name] = () => { throw 1; };",
    "promises": "Promise.prototype.then = Promise.prototype.catch = () => { throw new Error('no'); };",
    "the constructor of promises": "globalThis.Promise = function () { throw new Error('no'); };",
    "texts": "String.prototype.charCodeAt = String.prototype.indexOf = String.prototype.slice = () => { throw 1; };",
    "every object": (
        "Object.defineProperty(Object.prototype, 'then', { get() { throw new Error('no'); }, configurable: true });"
    ),
    "names that are inherited": "Object.prototype.content = Object.prototype.type = 'polluted';",
    "its own globals": "for (const name of Object.keys(globalThis)) if (name !== 'on') delete globalThis[name];",
    "the iterator": "Array.prototype[Symbol.iterator] = () => { throw new Error('no'); };",
    "errors": "Error.prototype.toString = () => { throw 1; }; globalThis.Error = function () { throw 1; };",
    "json": "JSON.parse = JSON.stringify = () => { throw new Error('no'); };",
}


@pytest.mark.parametrize("what", SABOTAGE)
async def test_a_script_that_breaks_what_it_stands_on_breaks_nothing_else(zygote: Zygote, what: str) -> None:
    script = await new_script(zygote)
    loaded = await script.isolate.load(f'on("messageCreate", (ctx) => {{ ctx.msg; }});\n{SABOTAGE[what]}')
    if loaded.outcome is LoadOutcome.LOADED:
        runs = [await script.dispatch("messageCreate", message("x")) for _ in range(3)]
        assert {run.outcome for run in runs} <= {RunOutcome.OK, RunOutcome.THREW}
        assert await script.isolate.ping() >= 0

    neighbour = await new_script(zygote)
    await neighbour.load('on("messageCreate", (ctx) => ctx.reply(ctx.msg.content));')
    await neighbour.ok("messageCreate", message("all is well"))
    assert neighbour.calls[0][1]["body"]["content"] == "all is well"


async def test_hidden_parts_of_the_sdk_cannot_be_reached(zygote: Zygote) -> None:
    script = await new_script(zygote)
    await script.load("""
        on("go", () => {
            const inner = Object.getOwnPropertyNames(globalThis).filter((name) => name.startsWith("_"));
            console.log(typeof __host, typeof __core, typeof __mailbox, inner.length);
            console.log(Object.isFrozen(op) || typeof op, Object.getOwnPropertyNames(secrets.get("x")).length);
        });
    """)

    await script.ok("go", None)

    assert script.said == ["undefined undefined undefined 0", "function 0"]
