"""flora.d.ts says of every global what is there, and the compiler agrees where there is one (`npm ci` in sdk/src)."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from actors.isolate.process import Prelude, Zygote, open_zygote
from sdk.build import DECLARATIONS, SOURCES
from sdk.build.declarations import builders_source
from sdk.npm import package_files
from tests.sdk.conftest import Script, new_script

ROOT = Path(__file__).parent.parent.parent
COMPILER = SOURCES / "node_modules" / ".bin" / "tsc"
needs_compiler = pytest.mark.skipif(not COMPILER.exists(), reason="no TypeScript compiler: run `npm ci` in sdk/src")
_DECLARED = re.compile(r"^declare (?:const|function|(?:abstract )?class) (\w+)", re.MULTILINE)
NAMES = "console.log(JSON.stringify(Object.getOwnPropertyNames(globalThis)));"
BARE = """
(() => {
  const host = globalThis.__host, handlers = new Map();
  globalThis.console = { log: (text) => host.log("info", text) };
  globalThis.on = (event, handler) => handlers.set(event, handler);
  host.setDispatcher((event, msg) => handlers.get(event)?.({ msg }));
  host.setRegistrations(() => ({ events: [...handlers.keys()] }));
})();
"""
"""As little as an isolate can begin with."""


async def names_of(script: Script) -> set[str]:
    await script.load(f'{NAMES} on("ready", () => {{}});')
    return set(json.loads(script.said[-1]))


async def test_every_global_is_declared_and_everything_declared_is_there(zygote: Zygote) -> None:
    async with open_zygote(Prelude(BARE, "bare")) as bare:
        engines = await names_of(await new_script(bare))
    ours = await names_of(await new_script(zygote))
    timers = {"setTimeout", "setInterval", "clearTimeout", "clearInterval", "queueMicrotask", "console", "on"}
    declared = set(_DECLARED.findall(DECLARATIONS.read_text(encoding="utf-8")))
    types_only = {"ComponentBuilder", "SelectBuilder"}

    assert declared - ours - types_only == set()
    assert (ours - engines | timers) - declared == set()


def compiled(folder: Path) -> str:
    """What the compiler finds wrong in a folder, with the package's own settings and nothing taken on trust."""
    package = package_files()
    settings = json.loads(package["tsconfig.json"])
    settings["compilerOptions"]["skipLibCheck"] = False
    (folder / "tsconfig.json").write_text(json.dumps(settings))
    (folder / "flora.d.ts").write_text(package["index.d.ts"])
    (folder / "testing.d.ts").write_text(package["testing.d.ts"])
    ended = subprocess.run([str(COMPILER), "-p", str(folder)], capture_output=True, check=False, encoding="utf-8")
    return ended.stdout


@needs_compiler
@pytest.mark.parametrize("scripts", ["tests/sdk/types", "examples"])
def test_scripts_have_their_types(tmp_path: Path, scripts: str) -> None:
    for script in (ROOT / scripts).glob("*.ts"):
        shutil.copy(script, tmp_path)

    assert compiled(tmp_path) == ""


@needs_compiler
def test_the_sources_have_theirs() -> None:
    ended = subprocess.run([str(COMPILER), "-p", str(SOURCES)], capture_output=True, check=False, encoding="utf-8")

    assert ended.stdout == ""


@needs_compiler
def test_the_builders_declarations_are_those_of_their_sources() -> None:
    kept = (SOURCES / "declarations" / "builders.d.ts").read_text(encoding="utf-8")

    assert kept == builders_source(), "run python -m sdk.build --vendor"
