"""The page of tables is current, and leaves out nothing that the code has."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from api import reference
from api.reference_words import CODES, EVENTS

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "sdk-reference.md"
PACKAGES: Final = ("actors", "api", "gateway", "sdk", "storage")
NOT_FOR_AUTHORS: Final = {
    *("KV_CANNOT_OPEN", "KV_ERROR", "KV_GUILD_NOT_EMPTY", "KV_IMPORT_REFUSED", "KV_INVALID_GUILD", "KV_IN_USE"),
    *("KV_SNAPSHOT_REFUSED", "KV_UNREADABLE", "KV_UNWRITABLE"),
}
"""Refusals at flora's start, and of what operators ask for."""
_RAISED: Final = re.compile(r'(?:OpRefusedError|refuse|_refuse|refusal)\(\s*(?:operation, )?"([A-Z][A-Z_]+)"')
_DRY: Final = re.compile(r'refuse\(.*"([A-Z][A-Z_]+)"\)')
_THROWN: Final = re.compile(r'(?:code: |throwIfAny\(.*, )"([A-Z][A-Z_]+)"')


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference.page(), "run `make docs`"


def test_every_event_that_the_sdk_knows_is_on_it() -> None:
    assert sorted(reference.events()) == sorted(EVENTS)
    assert len(EVENTS) > 80
    assert len(reference.aliases()) == 4


def test_every_operation_is_on_it() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [op.name for op in reference.operations() if f"| `{op.name}` |" not in page] == []


def test_no_register_function_is_forgotten() -> None:
    registering = {
        node.name
        for path in (ROOT / "actors" / "operations").glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("register_")
    }
    source = (ROOT / "api" / "reference.py").read_text(encoding="utf-8")
    assert {name for name in registering if name not in source} == set()


def test_every_limit_is_on_it() -> None:
    known = {limits.__name__ for limits in reference.LIMITS.values()}
    assert set(_classes_of_limits()) - known == set()


def _classes_of_limits() -> Iterator[str]:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            yield from re.findall(r"^@dataclass.*\nclass (\w+Limits)\b", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_code_is_explained() -> None:
    assert _codes() - NOT_FOR_AUTHORS - set(CODES) == set()


def test_no_code_is_explained_that_nobody_throws() -> None:
    assert set(CODES) - _codes() == set()


def _codes() -> set[str]:
    found = {code for op in reference.operations() for code in op.errors}
    for path in (ROOT / "storage" / "kv" / "errors.py", ROOT / "actors" / "isolate" / "core.js"):
        text = path.read_text(encoding="utf-8")
        found |= {code.upper() for code in re.findall(r'code = "(kv_\w+)"', text)} | set(_RAISED.findall(text))
    for package in ("actors", "gateway"):
        for path in (ROOT / package).rglob("*.py"):
            found |= set(_RAISED.findall(path.read_text(encoding="utf-8")))
    for path in (ROOT / "api" / "cli").glob("*.py"):
        found |= set(_DRY.findall(path.read_text(encoding="utf-8")))
    sources = [path for path in reference.SOURCES.rglob("*.ts") if "node_modules" not in path.parts]
    for path in sources:
        found |= set(_THROWN.findall(path.read_text(encoding="utf-8")))
    return found
