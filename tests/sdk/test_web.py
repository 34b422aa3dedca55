"""The web platform inside a real isolate: each global, with its edges."""
# ruff: noqa: E501  a table of expressions is read by its lines

import base64
import hashlib
import hmac
from typing import Any

import msgspec
import pytest

from actors.isolate.process import Zygote
from tests.sdk.conftest import Refusal, Script, new_script

EXPECTATIONS: dict[str, list[tuple[str, Any]]] = {
    "encoding": [
        ("[...new TextEncoder().encode('aé€😀')]", [97, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80]),
        ("[...new TextEncoder().encode('\\ud800x')]", [0xEF, 0xBF, 0xBD, 120]),
        ("new TextEncoder().encodeInto('a😀b', new Uint8Array(5))", {"read": 3, "written": 5}),
        ("new TextEncoder().encodeInto('a😀b', new Uint8Array(4))", {"read": 1, "written": 1}),
        ("new TextDecoder().decode(new TextEncoder().encode('aé€😀'.repeat(5000))) === 'aé€😀'.repeat(5000)", True),
        ("new TextDecoder().decode(new Uint8Array([0xEF, 0xBB, 0xBF, 65]))", "A"),
        ("new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array([0xEF, 0xBB, 0xBF, 65]))", "\ufeffA"),
        ("new TextDecoder().decode(new Uint8Array([0xE2, 0x82, 65, 0xF0, 0x9F, 0x98, 0xC0, 0xED, 0xA0, 0x80]))", "�A" + 5 * "�"),
        (
            ("(() => { const d = new TextDecoder(); return d.decode(new Uint8Array([0xE2]), { stream: true })"
            " + d.decode(new Uint8Array([0x82, 0xAC])); })()"),
            "€",
        ),
        ("new TextDecoder('latin1').decode(new Uint8Array([0xE9, 0x80]))", "é€"),
        ("new TextDecoder('utf-16le').decode(new Uint8Array([0x3D, 0xD8, 0x00, 0xDE, 0x3D, 0xD8]))", "😀�"),
        ("new TextDecoder('UTF8 ').encoding", "utf-8"),
        ("thrown(() => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xFF])))", "TypeError"),
        ("thrown(() => new TextDecoder('klingon'))", "RangeError"),
        ("btoa('\\xff\\x00a')", "/wBh"),
        ("atob(' /wB h ')", "\xff\x00a"),
        ("[atob('YQ'), atob('YR=='), atob('')]", ["a", "a", ""]),
        ("[thrown(() => btoa('€')), thrown(() => atob('a')), thrown(() => atob('_-'))]", ["InvalidCharacterError"] * 3),
    ],
    "url": [
        ("new URL('../x?a=1#h', 'https://u:p@Example.com:443/a/b/c').href", "https://u:p@example.com/a/x?a=1#h"),
        ("new URL('http://münchen.de/ü?ü').href", "http://xn--mnchen-3ya.de/%C3%BC?%C3%BC"),
        ("new URL('http://0x7f.1/').hostname", "127.0.0.1"),
        ("new URL('http://[0:0::1.2.3.4]/').host", "[::102:304]"),
        ("new URL('file:///C|/a/../..').href", "file:///C:/"),
        ("new URL('data:text/plain,a b').pathname", "text/plain,a b"),
        ("new URL('HTTPS:\\\\\\\\a\\\\b').href", "https://a/b"),
        ("[new URL('blob:https://a.b/c').origin, new URL('foo://a').origin]", ["https://a.b", "null"]),
        ("[URL.canParse('http://a b'), URL.canParse('//x', 'http://a'), URL.parse('x')]", [False, True, None]),
        ("thrown(() => new URL('nope'))", "TypeError"),
        (
            ("(() => { const u = new URL('http://a/'); u.port = '8080'; u.host = 'b:90'; u.pathname = 'x y'; u.search = 'q=ü';"
            " u.hash = 'h'; u.protocol = 'https'; u.username = 'me'; u.searchParams.append('z', '1 2'); return u.href; })()"),
            "https://me@b:90/x%20y?q=%C3%BC&z=1+2#h",
        ),
        ("JSON.stringify({ u: new URL('http://a') })", '{"u":"http://a/"}'),
        ("String(new URLSearchParams('?a=1&b=%20+&a=2&c'))", "a=1&b=++&a=2&c="),
        ("String(new URLSearchParams({ a: 'x&y', b: 'é' }))", "a=x%26y&b=%C3%A9"),
        ("[...new URLSearchParams([['b', 1], ['a', 2]])]", [["b", "1"], ["a", "2"]]),
        (
            ("(() => { const p = new URLSearchParams('b=1&a=2&b=3'); p.sort(); p.set('b', 9); p.delete('a');"
            " return [String(p), p.size, p.has('b', '9'), p.getAll('b')]; })()"),
            ["b=9", 1, True, ["9"]],
        ),
        ("new URLPattern({ pathname: '/users/:id' }).exec('https://a.b/users/7').pathname.groups.id", "7"),
        ("new URLPattern('https://*.example.com/*').test('https://x.example.com/y')", True),
    ],
    "events": [
        (
            ("(() => { const t = new EventTarget(), got = []; const f = (e) => got.push(e.type + e.target.constructor.name);"
            " t.addEventListener('a', f); t.addEventListener('a', f); t.addEventListener('a', { handleEvent: (e) => {"
            " got.push('object'); e.stopImmediatePropagation(); } }, { once: true }); t.addEventListener('a', () => got.push('late'));"
            " t.dispatchEvent(new Event('a')); t.removeEventListener('a', f); t.dispatchEvent(new CustomEvent('a', { detail: 1 }));"
            " return got; })()"),
            ["aEventTarget", "object", "late"],
        ),
        (
            ("(() => { const e = new Event('x', { cancelable: true }); const t = new EventTarget();"
            " t.addEventListener('x', (e) => e.preventDefault()); return [t.dispatchEvent(e), e.defaultPrevented]; })()"),
            [False, True],
        ),
        (
            ("(() => { const c = new AbortController(), got = []; c.signal.onabort = () => got.push('on');"
            " c.signal.addEventListener('abort', () => got.push('listener')); const any = AbortSignal.any([c.signal]);"
            " any.addEventListener('abort', () => got.push('any')); c.abort(); c.abort();"
            " return [got, c.signal.aborted, c.signal.reason.name, any.reason === c.signal.reason]; })()"),
            [["on", "listener", "any"], True, "AbortError", True],
        ),
        ("new Promise((done) => AbortSignal.timeout(1).addEventListener('abort', (e) => done(e.target.reason.name)))", "TimeoutError"),
        ("thrown(() => AbortSignal.abort(new RangeError('x')).throwIfAborted())", "RangeError"),
        ("thrown(() => new AbortSignal())", "TypeError"),
        ("[new DOMException('m', 'AbortError').code, DOMException.ABORT_ERR, new DOMException() instanceof Error]", [20, 20, True]),
    ],
    "clone": [
        (
            ("(() => { const o = { d: new Date(0), m: new Map([[1, { a: 1 }]]), s: new Set([2]), r: /x/gi, b: new Uint8Array([1, 2]),"
            " e: new RangeError('e'), n: [1,,3], big: 1n, u: undefined }; o.self = o; const c = structuredClone(o);"
            " return [c !== o, c.self === c, c.d instanceof Date && c.d.getTime(), c.m.get(1), [...c.s], String(c.r), [...c.b],"
            " c.e instanceof RangeError, c.e.message, 1 in c.n, c.n.length, String(c.big), 'u' in c]; })()"),
            [True, True, 0, {"a": 1}, [2], "/x/gi", [1, 2], True, "e", False, 3, "1", True],
        ),
        ("[thrown(() => structuredClone(() => {})), thrown(() => structuredClone(Symbol()))]", ["DataCloneError"] * 2),
        ("thrown(() => structuredClone(new WeakMap()))", "DataCloneError"),
        (
            ("(() => { const b = new ArrayBuffer(4); const c = structuredClone(b, { transfer: [b] });"
            " return [b.byteLength, c.byteLength]; })()"),
            [0, 4],
        ),
        ("structuredClone(new File(['x'], 'n', { type: 'text/plain' })).text()", "x"),
    ],
    "bodies": [
        ("new Blob(['a', new Uint8Array([98]), new Blob(['c'])], { type: 'Text/Plain' }).type", "text/plain"),
        ("new Blob(['abc', 'def']).slice(1, -1).text()", "bcde"),
        ("(async () => { const f = new File(['x'], 'n.txt'); return [f.name, f.size, f instanceof Blob, typeof f.lastModified]; })()",
         ["n.txt", 1, True, "number"]),
        ("new Response('héllo').text()", "héllo"),
        ("new Response('{\"a\":1}').json()", {"a": 1}),
        ("Response.json({ a: 1 }, { status: 201 }).headers.get('content-type')", "application/json"),
        ("(async () => [...await new Response(new Uint8Array([1, 2])).bytes()])()", [1, 2]),
        ("(async () => { const r = new Response('x'); await r.text(); return [r.bodyUsed, await rejected(r.text())]; })()",
         [True, "TypeError"]),
        ("(async () => { const r = new Response('x'), c = r.clone(); return [await r.text(), await c.text()]; })()", ["x", "x"]),
        ("(async () => { const r = new Response('abc'); const c = (r.body, r.clone()); return [await r.text(), await c.text()]; })()",
         ["abc", "abc"]),
        (("(async () => { let all = ''; for await (const part of new Response('stream').body.pipeThrough(new TextDecoderStream()))"
         " all += part; return all; })()"), "stream"),
        ("new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array([104, 105])); c.close(); } })).text()", "hi"),
        (("(async () => { const f = new FormData(); f.append('a', '1'); f.append('a', 'é\\n'); f.append('b', new Blob(['x']), 'q\".txt');"
         " const back = await new Response(f).formData(); return [back.getAll('a'), back.get('b').name, await back.get('b').text()]; })()"),
         [["1", "é\r\n"], 'q".txt', "x"]),
        ("(async () => Object.fromEntries(await new Response(new URLSearchParams('a=1&b=2')).formData()))()", {"a": "1", "b": "2"}),
        ("[thrown(() => new Response('x', { status: 204 })), thrown(() => new Response('', { status: 99 }))]", ["TypeError", "RangeError"]),
        ("[...new Headers({ B: '2', a: ' 1 ' })]", [["a", "1"], ["b", "2"]]),
        (("(() => { const h = new Headers([['a', '1'], ['A', '2']]); h.append('set-cookie', 'x'); h.append('Set-Cookie', 'y');"
         " h.delete('none'); return [h.get('a'), h.getSetCookie(), h.has('A')]; })()"), ["1, 2", ["x", "y"], True]),
        ("[thrown(() => new Headers({ 'a b': '1' })), thrown(() => new Headers({ a: 'x\\ny' }))]", ["TypeError"] * 2),
        (("(() => { const r = new Request('https://a.b/c', { method: 'post', body: 'x', headers: { q: '1' } });"
         " const c = new Request(r, { method: 'PUT' }); return [r.method, c.method, c.headers.get('q'), c.url, c.redirect]; })()"),
         ["POST", "PUT", "1", "https://a.b/c", "follow"]),
        (("[thrown(() => new Request('https://a', { body: 'x' })), thrown(() => new Request('/x')),"
         " thrown(() => new Request('https://u:p@a')), thrown(() => new Request('https://a', { method: 'TRACE' }))]"), ["TypeError"] * 4),
    ],
    "rest of it": [
        ("[typeof performance.now(), performance.now() <= performance.now(), navigator.userAgent]", ["number", True, "flora"]),
        ("[typeof setTimeout, typeof setInterval, typeof clearTimeout, typeof queueMicrotask]", ["function"] * 4),
        ("new Promise((done) => queueMicrotask(() => done('micro')))", "micro"),
        ("/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID())", True),
        ("[...crypto.getRandomValues(new Uint8Array(3)), crypto.getRandomValues(new Uint32Array(4)).length].length", 4),
        ("thrown(() => crypto.getRandomValues(new Float64Array(1)))", "TypeMismatchError"),
        ("thrown(() => crypto.getRandomValues(new Uint8Array(65537)))", "QuotaExceededError"),
        ("new Set(Array.from({ length: 1000 }, () => crypto.randomUUID())).size", 1000),
    ],
}  # fmt: skip

HELPERS = """
    const thrown = (run) => { try { run(); return "nothing"; } catch (error) { return error.name; } };
    const rejected = (promise) => promise.then(() => "nothing", (error) => error.name);
"""


@pytest.mark.parametrize("area", EXPECTATIONS)
async def test_the_web_platform(script: Script, area: str) -> None:
    expressions = ",\n".join(f"() => {expression}" for expression, _ in EXPECTATIONS[area])
    await script.load(f"""{HELPERS}
        const all = [{expressions}];
        on("go", async ({{ msg }}) => console.log(JSON.stringify({{ is: await all[msg]() }})));
    """)

    got: dict[str, Any] = {}
    for index, (expression, _) in enumerate(EXPECTATIONS[area]):
        await script.ok("go", index)
        got[expression] = msgspec.json.decode(script.said[-1])["is"]

    assert got == dict(EXPECTATIONS[area])


async def test_digests_and_signatures_are_those_of_everybody(script: Script) -> None:
    await script.load("""
        const hex = (buffer) => new Uint8Array(buffer).toHex();
        on("go", async () => {
            const data = new TextEncoder().encode("message".repeat(50));
            for (const name of ["SHA-1", "SHA-256", "SHA-384", "SHA-512"]) {
                const key = await crypto.subtle.importKey("raw", new TextEncoder().encode("key"),
                    { name: "HMAC", hash: name }, true, ["sign", "verify"]);
                const signature = await crypto.subtle.sign("HMAC", key, data);
                console.log(hex(await crypto.subtle.digest(name, data)), hex(signature));
                console.log(await crypto.subtle.verify("HMAC", key, signature, data),
                            await crypto.subtle.verify("HMAC", key, new Uint8Array(signature.byteLength), data));
            }
            const made = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, true, ["sign"]);
            const jwk = await crypto.subtle.exportKey("jwk", made);
            console.log(jwk.kty, jwk.alg, (await crypto.subtle.exportKey("raw", made)).byteLength);
            for (const rest of [() => crypto.subtle.digest("MD5", data), () => crypto.subtle.encrypt({ name: "AES-GCM" }, made, data),
                () => crypto.subtle.generateKey({ name: "ECDSA" }, true, ["sign"]), () => crypto.subtle.deriveKey()]) {
                try { await rest(); } catch (e) { console.log(e.name, e.message.replace(/;.*HMAC$/, "; there is ...")); }
            }
        });
    """)

    await script.ok("go", None)

    data = b"message" * 50
    expected: list[str] = []
    for name in ("sha1", "sha256", "sha384", "sha512"):
        expected += [f"{hashlib.new(name, data).hexdigest()} {hmac.new(b'key', data, name).hexdigest()}", "true false"]
    refused = ("the hash MD5", "crypto.subtle.encrypt", "the algorithm ECDSA", "crypto.subtle.deriveKey")
    plainly = [f"NotSupportedError {what} is not supported here; there is ..." for what in refused]
    assert script.said == [*expected, "oct HS256 64", *plainly]


FETCHED = {
    "status": 200,
    "statusText": "OK",
    "headers": [["Content-Type", "application/json"], ["x", "1"]],
    "body": base64.b64encode(b'{"a":1}').decode(),
    "url": "https://example.org/b",
    "redirected": True,
}


async def test_fetch_asks_the_host(script: Script) -> None:
    await script.load("""
        on("go", async () => {
            const answer = await fetch("https://example.org/a", {
                method: "post", headers: { Authorization: `Bearer ${secrets.get("KEY")}` }, body: JSON.stringify({ b: 2 }),
            });
            console.log(answer.ok, answer.status, answer.url, answer.redirected, answer.headers.get("X"), (await answer.json()).a);
            await fetch(new Request(new URL("https://example.org"), { redirect: "manual" }));
            await fetch("https://example.org", { method: "PUT", body: new Blob(["x"], { type: "text/x" }) });
            await fetch("https://example.org", { method: "POST", duplex: "half", body: new ReadableStream({
                start(c) { c.enqueue(new TextEncoder().encode("s")); c.close(); } }) });
        });
    """)
    script.answers |= {"fetch": FETCHED, "secrets.get": "__FLORA_SECRET_1__"}

    await script.ok("go", None)

    assert script.said == ["true 200 https://example.org/b true 1 1"]
    first, second, third, fourth = (args for name, args in script.calls if name == "fetch")
    assert first == {
        "url": "https://example.org/a",
        "method": "POST",
        "headers": [["authorization", "Bearer __FLORA_SECRET_1__"], ["content-type", "text/plain;charset=UTF-8"]],
        "body": base64.b64encode(b'{"b":2}').decode(),
        "redirect": "follow",
    }
    assert (second["method"], second["body"], second["redirect"]) == ("GET", None, "manual")
    assert third["headers"] == [["content-type", "text/x"]]
    assert fourth["body"] == base64.b64encode(b"s").decode()


async def test_secrets_that_were_not_awaited_go_wherever_they_are_put(script: Script) -> None:
    await script.load("""
        const key = secrets.get("KEY"), other = secrets.get("OTHER");
        const send = (url, body, headers) => fetch(url, { method: "POST", body, headers });
        on("go", async () => {
            await send(`https://a.example/${key}?k=${other}&k=${secrets.get("KEY")}`, JSON.stringify({ key, n: "é" }), { "x-key": `${key}` });
            await send("https://a.example", new URLSearchParams({ key }));
            const form = new FormData();
            form.append("key", key);
            await send("https://a.example", form);
            await send("https://a.example", new Blob([new Uint8Array([255, 0]), String(key)]));
            await rest.createMessage({ channelId: "1190000000000000001", files: [{ url: `https://a.example/x.png?k=${key}` }] });
            const authorization = `Basic ${btoa(`ann:${key}`)}`;
            await send("https://a.example", "", { authorization });
            await send("https://a.example", "", { authorization: "Basic ann=" });
        });
        on("gone", async () => {
            try { await fetch(`https://a.example/${secrets.get("NONE")}`); } catch (error) { console.log(error.code, error.message); }
            console.log(String(secrets.get("KEY")), String(secrets.get("KEY")) === String(key));
        });
    """)

    def placeholder(args: dict[str, str]) -> str | None:
        return {"KEY": "__FLORA_SECRET_1__", "OTHER": "__FLORA_SECRET_2__"}.get(args["name"])

    script.answers |= {"fetch": FETCHED, "secrets.get": placeholder}

    await script.ok("go", None)
    asked = [args for name, args in script.calls if name == "fetch"]
    await script.ok("gone", None)

    assert asked[0]["url"] == "https://a.example/__FLORA_SECRET_1__?k=__FLORA_SECRET_2__&k=__FLORA_SECRET_1__"
    assert ["x-key", "__FLORA_SECRET_1__"] in asked[0]["headers"]
    bodies = [base64.b64decode(one["body"] or "") for one in asked]
    assert msgspec.json.decode(bodies[0]) == {"key": "__FLORA_SECRET_1__", "n": "é"}
    assert bodies[1] == b"key=__FLORA_SECRET_1__"
    assert b"\r\n\r\n__FLORA_SECRET_1__\r\n" in bodies[2]
    assert bodies[3] == b"\xff\0__FLORA_SECRET_1__"
    assert asked[4]["url"] == "https://a.example/x.png?k=__FLORA_SECRET_1__"
    credentials = base64.b64encode(b"ann:__FLORA_SECRET_1__").decode()
    assert ["authorization", f"Basic {credentials}"] in asked[5]["headers"]
    assert ["authorization", "Basic ann="] in asked[6]["headers"]
    refused, written = script.said
    assert refused.startswith('UNKNOWN_SECRET fetch failed: there is no secret "NONE"; ')
    assert written.endswith(" true")
    assert len(written) > 40, "as long as nobody can guess"


async def test_fetch_that_fails_or_is_given_up(script: Script) -> None:
    await script.load("""
        const show = (error) => console.log(error.name, error.code, error.cause?.code);
        on("go", async () => {
            try { await fetch("https://example.org"); } catch (error) { show(error); }
            const controller = new AbortController();
            const asked = fetch("https://example.org", { signal: controller.signal });
            controller.abort();
            try { await asked; } catch (error) { show(error); }
            try { await fetch("https://example.org", { signal: AbortSignal.abort() }); } catch (error) { show(error); }
        });
    """)
    script.answers["fetch"] = Refusal("FETCH_FORBIDDEN", "10.0.0.1 is not public")

    await script.ok("go", None)

    assert script.said == [
        "TypeError FETCH_FORBIDDEN FETCH_FORBIDDEN", "AbortError 20 undefined", "AbortError 20 undefined",
    ]  # fmt: skip


async def test_isolates_of_one_zygote_draw_different_randomness(zygote: Zygote) -> None:
    drawn: list[str] = []
    for _ in range(4):
        script = await new_script(zygote)
        await script.load("""on("go", () => {
            const bytes = crypto.getRandomValues(new Uint8Array(1000));
            console.log(bytes.toHex(), crypto.randomUUID(), Math.random(), String(secrets.get("KEY")));
        });""")
        await script.ok("go", None)
        drawn.append(script.said[-1])

    parts = [set(part) for part in zip(*(line.split() for line in drawn), strict=True)]
    assert [len(part) for part in parts] == [4, 4, 4, 4]
