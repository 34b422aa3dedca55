"""What authors write becomes one script that an isolate evaluates, or a refusal that says where and why."""

import json

import pytest

from actors.isolate.process import open_zygote
from actors.outcomes import LoadOutcome, RunOutcome
from sdk.bundler import Bundler, BundleRefused, Diagnostic

_PACKAGE = json.dumps(
    {"exports": {".": {"node": "./n.js", "import": "./i.mjs", "require": "./r.cjs"}, "./deep/*": "./lib/*.js"}}
)


async def _refused(bundler: Bundler, files: dict[str, str], entry: str = "main.ts") -> list[Diagnostic]:
    with pytest.raises(BundleRefused) as refused:
        await bundler.bundle(files, entry)
    return refused.value.diagnostics


async def test_a_bundle_runs_in_an_isolate_and_its_errors_have_the_authors_lines(bundler: Bundler) -> None:
    files = {
        "main.ts": 'import { fail } from "./lib/fail";\nimport data from "./data.json";\n'
        "await Promise.resolve();\non('go', () => fail(data.word));\nexport default import.meta.url;\n",
        "lib/fail.ts": "export function fail(word: string): never {\n  throw new Error(word);\n}\n",
        "data.json": '{"word": "no"}',
    }
    bundled = await bundler.bundle(files, "main.ts")
    async with open_zygote() as zygote:
        isolate = await zygote.fork()
        loaded = await isolate.load(bundled.source, "main.js", bundled.source_map)
        assert loaded.outcome is LoadOutcome.LOADED, loaded.error
        run = await isolate.dispatch("go", b"{}")
        await isolate.close()
    assert run.outcome is RunOutcome.THREW
    assert run.error is not None
    assert (run.error.message, run.error.stack[0].file, run.error.stack[0].line) == ("no", "lib/fail.ts", 2)
    assert sorted(bundled.inputs) == ["data.json", "lib/fail.ts", "main.ts"]


@pytest.mark.parametrize(
    ("files", "holds"),
    [
        ({"main.tsx": "/** @jsx h */ console.log(<b>1</b>)"}, 'h("b", null, "1")'),
        ({"main.ts": "import t from './t.txt'; console.log(t)", "t.txt": "\u00fc"}, '"\u00fc"'),
        ({"main.ts": "import './a.js'", "a.ts": "console.log('typed')"}, '"typed"'),
        ({"main.ts": "import './a'", "a/index.ts": "console.log('folder')"}, '"folder"'),
        ({"main.ts": "import { on } from 'flora'; console.log(on)"}, "module.exports = globalThis"),
        ({"main.ts": "console.log(await import('./a'))", "a.ts": "console.log('late')"}, '"late"'),
        ({"main.ts": "console.log(import.meta)"}, "file:///main.js"),
    ],
)
async def test_what_can_be_imported(bundler: Bundler, files: dict[str, str], holds: str) -> None:
    bundled = await bundler.bundle(files, next(iter(files)))

    assert holds in bundled.source
    assert "console.log(import.meta" not in bundled.source


@pytest.mark.parametrize(
    ("code", "holds"),
    [
        ("import x from 'pkg'; console.log(x)", "esm"),
        ("console.log(require('pkg'))", "cjs"),
        ("import x from 'pkg/deep/a'; console.log(x)", "deep"),
        ("import x from '@me/old'; console.log(x)", "main field"),
        ("import x from '#own'; console.log(x)", "mine"),
    ],
)
async def test_packages_resolve_from_memory(bundler: Bundler, code: str, holds: str) -> None:
    files = {
        "main.js": code,
        "package.json": '{"imports": {"#own": "./own.js"}}',
        "own.js": "export default 'mine'",
        "node_modules/pkg/package.json": _PACKAGE,
        "node_modules/pkg/i.mjs": "export default 'esm'",
        "node_modules/pkg/r.cjs": "module.exports = 'cjs'",
        "node_modules/pkg/lib/a.js": "export default 'deep'",
        "node_modules/@me/old/package.json": '{"main": "lib"}',
        "node_modules/@me/old/lib/index.js": "module.exports = 'main field'",
    }

    assert f'"{holds}"' in (await bundler.bundle(files, "main.js")).source


@pytest.mark.parametrize(
    ("files", "text", "place", "hint"),
    [
        ({"main.ts": "let a;\nlet b = ;"}, 'Unexpected ";"', (2, 9), "look at this line"),
        ({"main.ts": "import './Helper'", "helper.ts": ""}, 'no file "Helper"', (1, 8), 'did you mean "helper.ts"'),
        ({"main.ts": "import 'zod'"}, 'cannot find the package "zod"', (1, 8), "npm install zod"),
        ({"main.ts": "import 'node:fs'"}, "is a module of Node", (1, 8), "web platform"),
        ({"main.ts": "import 'https://a.b/c.js'"}, "is an address", (1, 8), "copy the file"),
        ({"main.ts": "import './a.png'", "a.png": "x"}, "of no kind that can be imported", (1, 8), "text"),
        ({"main.ts": "import { no } from './a'; no()", "a.ts": "export {}"}, "No matching export", (1, 10), "check"),
        ({"main.ts": "import 'pkg'", "node_modules/pkg/package.json": "{"}, "is not JSON", (1, 8), ""),
        ({"main.ts": "import 'pkg/x'", "node_modules/pkg/package.json": _PACKAGE}, "not exported", (1, 8), "exports"),
        ({"other.ts": ""}, "no entry file main.ts", (0, 0), "other.ts"),
        ({"main.ts": "", "../x.ts": ""}, "not a path inside", (0, 0), "relative"),
        ({"main.ts": "", "/etc/x.ts": ""}, "not a path inside", (0, 0), "relative"),
        ({"main.ts": "", "a\\b.ts": ""}, "not a path inside", (0, 0), "relative"),
        ({"main.ts": "'\ud800'"}, "half a character", (0, 0), ""),
        ({"main.ts": "", "a.txt": "x" * (1 << 20) + "y"}, "more than 1048576 bytes", (0, 0), "KV"),
        ({"main.ts": "", **{f"{n}.ts": "" for n in range(200)}}, "more than 200 files", (0, 0), ""),
    ],
)
async def test_a_refusal_says_where_and_what_to_do(
    bundler: Bundler, files: dict[str, str], text: str, place: tuple[int, int], hint: str
) -> None:
    (first, *_) = await _refused(bundler, files)

    assert text in first.text
    assert (first.line, first.column) == place
    assert hint in first.hint
    assert ("^" in first.frame) == (first.line > 0)


async def test_a_circle_is_a_warning_with_its_way_round(bundler: Bundler) -> None:
    files = {"main.ts": "import './a'", "a.ts": "\nimport './b'", "b.ts": "import './a'"}

    (warning,) = (await bundler.bundle(files, "main.ts")).warnings

    assert warning.text == "circular import: a.ts -> b.ts -> a.ts"
    assert (warning.file, warning.line, warning.column) == ("b.ts", 1, 8)
