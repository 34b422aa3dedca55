"""`flora init` and `flora check`: a project from nothing, and what a deploy of it would say. Both work offline."""

import argparse
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import trio

from actors.cron_plan import BadCronError, definitions_of
from actors.isolate.isolate import Load
from actors.isolate.process import ZygoteError, open_zygote
from actors.isolate.records import LogLine, Operation, Record, ScriptError
from actors.limits import IsolateLimits
from actors.outcomes import LoadOutcome
from api.cli.console import coloured, note, show, show_json, warn
from api.cli.faults import CommandError, Exit
from api.cli.progress import progress
from api.cli.project import ProjectFiles, entry_of, read_project
from api.cli.settings import PROJECT_FILE, project_root
from api.cli.shapes import as_list, name_of
from sdk.bundler import Bundled, BundleLimits, BundleRefused, BundlerUnavailableError, open_bundler
from sdk.npm import package_files
from storage.limits import StorageLimits

_TEMPLATE: Final = Path(__file__).parent / "template"
_CHECKERS: Final = ("tsgo", "tsc")
_TYPE_CHECK_S: Final = 120
_HINTS: Final = {
    LoadOutcome.REGISTERED_NOTHING: "nothing would ever happen: register a handler, a command or a cron with"
    " on, slash, createBot or cron",
    LoadOutcome.CPU: "the top level computes without an end: look at its loops",
    LoadOutcome.WALL_TIME: "the top level waits for something that does not come",
}


async def init(options: argparse.Namespace) -> int:
    """Write a project: configuration, types, an example and its test. Never overwrites."""
    target = trio.Path(options.directory)
    if await (target / PROJECT_FILE).exists():
        raise CommandError(f"{options.directory} holds a flora project already", "choose another folder", Exit.USAGE)
    files = {name: text.replace("__GUILD__", options.guild or "") for name, text in _template().items()}
    taken = [name for name in files if await (target / name).exists()]
    if taken:
        raise CommandError(f"{options.directory} has a {taken[0]} already", "choose another folder", Exit.USAGE)
    sdk = {f".flora/sdk/{name}": text for name, text in package_files().items()}
    _write_all(Path(options.directory), {**files, **sdk})
    if options.json:
        show_json({"directory": options.directory, "files": sorted(files)})
        return Exit.OK
    for name in sorted(files):
        show(name)
    note(f"next: cd {options.directory} && flora test && flora dev")
    return Exit.OK


def _write_all(target: Path, files: Mapping[str, str]) -> None:
    """All of them, or none and no folder either."""
    made: list[Path] = []
    try:
        for name, text in files.items():
            path = target / name
            missing = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
            for folder in reversed(missing):
                folder.mkdir()
                made.append(folder)
            made.append(path)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        _take_back(made)
        raise CommandError(f"{target} cannot be written: {error.strerror}", "nothing was left there") from None
    except BaseException:
        _take_back(made)
        raise


def _take_back(made: Sequence[Path]) -> None:
    for path in reversed(made):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)


def _template() -> dict[str, str]:
    """Files end in `.tmpl` here, so that no tool takes them for ours."""
    paths = sorted(path for path in _TEMPLATE.rglob("*.tmpl"))
    return {
        path.relative_to(_TEMPLATE).as_posix().removesuffix(".tmpl"): path.read_text(encoding="utf-8") for path in paths
    }


async def check(options: argparse.Namespace) -> int:
    """Bundle, check types where a checker is installed, load in an isolate, and show the limits beside the usage."""
    entry = entry_of(options.entry)
    files = read_project()
    bundled = await bundle(files, entry)
    loaded = await dry_run(bundled, entry)
    types = None if options.no_types else await _check_types()
    report = _report(entry, files, bundled, loaded, types)
    _refuse_crons(loaded)
    if options.json:
        show_json(report)
    else:
        _show(report, loaded)
    if loaded.outcome is not LoadOutcome.LOADED:
        outcome = loaded.outcome.value.replace("_", " ")
        raise CommandError(
            f"the script does not load: {outcome}{_because(loaded.error)}", _HINTS.get(loaded.outcome, "")
        )
    return Exit.REFUSED if types else Exit.OK


def _refuse_crons(loaded: Load) -> None:
    """What a deploy would refuse of them, by the same rules."""
    try:
        definitions_of(loaded.registrations, datetime.now(UTC), StorageLimits().crons_per_guild)
    except BadCronError as error:
        raise CommandError(f"a deploy would be refused: {error}") from None


async def bundle(files: Mapping[str, str], entry: str) -> Bundled:
    """The bundle, with its warnings told."""
    try:
        async with open_bundler() as bundler:
            bundled = await bundler.bundle(files, entry)
    except BundleRefused as error:
        raise CommandError(f"the project cannot be bundled\n{error}") from None
    except BundlerUnavailableError as error:
        raise CommandError(str(error), "flora doctor says more") from None
    for warning in bundled.warnings:
        warn(f"warning: {warning}")
    return bundled


async def dry_run(bundled: Bundled, entry: str) -> Load:
    """Load the bundle as a deploy would, with nothing behind its operations."""
    try:
        async with open_zygote() as zygote:
            isolate = await zygote.fork(_refuse_operations)
            loaded = await isolate.load(bundled.source, entry, bundled.source_map)
            if loaded.outcome is LoadOutcome.LOADED:
                await isolate.close()
            return loaded
    except ZygoteError as error:
        raise CommandError(f"isolates do not work here: {error}", "flora doctor says more") from None


def _refuse_operations(isolate: Any, records: list[Record]) -> None:
    for record in records:
        if isinstance(record, Operation):
            isolate.refuse(record.id, f"{record.name} has nothing behind it in a dry run", "NOT_HERE")
        elif isinstance(record, LogLine):
            note(f"[{record.level}] {record.text}")


async def _check_types() -> str:
    """What the project's own type checker finds; empty when it finds nothing or there is none."""
    root = project_root()
    local = [str(root / "node_modules" / ".bin" / name) for name in _CHECKERS]
    checker = next((found for name in (*local, *_CHECKERS) if (found := shutil.which(name))), None)
    if checker is None or not await trio.Path(root / "tsconfig.json").exists():
        note("types are not checked: no tsc is installed, or there is no tsconfig.json")
        return ""
    with progress("checking types"), trio.move_on_after(_TYPE_CHECK_S) as scope:
        command = [checker, "--noEmit", "-p", str(root)]
        ended = await trio.run_process(command, capture_stdout=True, check=False, stderr=subprocess.STDOUT)
        return ended.stdout.decode(errors="replace").strip() if ended.returncode else ""
    assert scope.cancelled_caught
    return f"{checker} did not end within {_TYPE_CHECK_S} s"


def _report(entry: str, files: ProjectFiles, bundled: Bundled, loaded: Load, types: str | None) -> dict[str, Any]:
    limits = BundleLimits()
    own = [path for path in bundled.inputs if path in set(files)]
    return {
        "entry": entry,
        "outcome": loaded.outcome.value,
        "limits": {
            "files": [len(files), limits.files],
            "source bytes": [sum(len(text.encode()) for text in files.values()), limits.source_bytes],
            "bundle bytes": [len(bundled.source.encode()), IsolateLimits().script_bytes],
            "crons": [len(loaded.registrations.get("crons", ())), 32],
        },
        "inputs": {"own": len(own), "packages": len(bundled.inputs) - len(own)},
        "registrations": loaded.registrations,
        "warnings": [str(warning) for warning in bundled.warnings],
        "types": types.splitlines() if types else [],
        "loadMs": round(loaded.cpu_us / 1000, 1),
    }


def _show(report: dict[str, Any], loaded: Load) -> None:
    show(f"{report['entry']}: {report['inputs']['own']} files, {report['inputs']['packages']} of packages")
    for name, (used, limit) in report["limits"].items():
        show(f"  {name:<13} {used:>9,} of {limit:,}")
    for kind in ("events", "commands", "crons", "components", "prefixCommands"):
        names = [name_of(item) for item in as_list(loaded.registrations.get(kind))]
        if names:
            show(f"  {kind:<13} {', '.join(names)}")
    for line in report["types"]:
        show(coloured(line, "red"))
    if loaded.outcome is LoadOutcome.LOADED and not report["types"]:
        show(coloured(f"ready to deploy; it loads in {report['loadMs']} ms of CPU", "green"))


def _because(error: ScriptError | None) -> str:
    return "" if error is None else f"\n{tell(error)}"


def tell(error: ScriptError) -> str:
    """An error of a script, with its frames."""
    head = f"  {error.name}: {error.message}" if error.name else f"  {error.message}"
    frames = [
        f"    at {one.function or '(top level)'} ({one.file}:{one.line}:{one.column})"
        for one in error.stack
        if not one.file.startswith("(")  # our own, as the harness of tests
    ]
    return "\n".join([head, *frames])
