"""What `console` writes into the log: JSON as it is, and what is no JSON so that one sees what it is."""

from tests.sdk.conftest import Script

SHOWN = {
    '"text"': "text",
    '"two", 1, null, undefined, true': "two 1 null undefined true",
    '{ a: [1, { b: "x\\ny" }], "c d": null }': '{"a":[1,{"b":"x\\ny"}],"c d":null}',
    'new RangeError("no", { cause: new TypeError("deep") })': "RangeError: no, caused by TypeError: deep",
    'Object.assign(new Error("x"), { code: "E" })': "Error: x [E]",
    "new Map([[1, { a: 2 }]])": 'Map(1) {1 => {"a":2}}',
    "new Set(['x'])": 'Set(1) {"x"}',
    "(() => { const o = {}; o.self = o; return o; })()": '{"self":[circular]}',
    "{ u: undefined, n: 1n, s: Symbol('s'), f() {} }": '{"u":undefined,"n":1n,"s":Symbol(s),"f":[function f]}',
    "class A {}": "[class A]",
    "new (class Foo { x = 1 })()": 'Foo {"x":1}',
    "new Uint8Array([1, 2])": "Uint8Array(2) [1,2]",
    "Object.create(null)": "{}",
    "[[[[[[[1]]]]]]]": "[[[[[[[…]]]]]]]",
    "new Request('https://a.example/')": 'Request {"method":"GET","url":"https://a.example/","headers":Headers}',
    "new Response('x')": 'Response {"status":200,"statusText":"","headers":Headers}',
    "{ get a() { throw 1; } }": "[object that cannot be shown]",
    "Array.from({ length: 101 }, () => 0).length, Array.from({ length: 101 }, () => 0)": "101 [" + "0," * 100 + "…]",
}


async def test_values_are_shown_as_what_they_are(script: Script) -> None:
    calls = "\n".join(f"console.log({values});" for values in SHOWN)
    await script.load(f'on("go", () => {{ {calls} }});')

    await script.ok("go", None)

    assert dict(zip(SHOWN, script.said, strict=True)) == SHOWN


async def test_levels_counts_and_claims(script: Script) -> None:
    await script.load("""
        on("go", () => {
            console.debug("d"); console.info("i"); console.warn("w"); console.error("e");
            console.count("x"); console.count("x"); console.countReset("x"); console.count("x");
            console.assert(true, "no"); console.assert(1 > 2, "sums", { a: 1 });
            console.group("g"); console.groupEnd(); console.dir({ a: 1 }); console.table([1]);
        });
    """)

    await script.ok("go", None)

    assert script.log == [
        ("debug", "d"), ("info", "i"), ("warn", "w"), ("error", "e"),
        ("info", "x: 1"), ("info", "x: 2"), ("info", "x: 1"),
        ("error", 'Assertion failed: sums {"a":1}'), ("info", "g"), ("info", '{"a":1}'), ("info", "[1]"),
    ]  # fmt: skip


async def test_a_huge_value_is_not_looked_at_to_its_end(script: Script) -> None:
    await script.load("""
        on("go", () => {
            let looked = 0;
            const many = Array.from({ length: 100 }, () => ({ get text() { looked++; return "x".repeat(1000); } }));
            console.log(many);
            console.log(looked);
        });
    """)

    await script.ok("go", None)

    assert int(script.said[1]) < 20
