"""One jailed esbuild process, which bundles one project at a time.

While it builds it asks us where each import leads and what each file holds; nothing else ever reaches it. The talk is
strictly in turns, so there is no task here: whoever asked for the bundle pumps it.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import trio

from sdk.bundler import packets
from sdk.bundler.binary import VERSION, BundlerUnavailableError
from sdk.bundler.diagnostics import NAMESPACE, BundleRefused, Diagnostic, from_esbuild
from sdk.bundler.packets import Value
from sdk.bundler.project import EMPTY, LOADERS, SDK, Project, ResolveError

_JAIL: Final = Path(__file__).parent / "jail.py"
_START: Final = "(start)"
_HEAD_BYTES: Final = 4
_END_S: Final = 5.0
_CHUNK: Final = 256 << 10
_FLAGS: Final = [
    "--color=false", "--log-level=silent", "--log-limit=20", "--bundle", "--format=esm", "--platform=neutral",
    "--target=es2022", "--sourcemap=external", "--sources-content=true", "--outfile=/bundle.js", "--charset=utf8",
    "--metafile", "--tsconfig-raw={}", '--define:import.meta={"url":"file:///main.js","main":true}',
    '--define:process.env.NODE_ENV="production"',
]  # fmt: skip


class ServiceLostError(Exception):
    """The process ended, or said what it never says."""


@dataclass(frozen=True, slots=True)
class Output:
    source: str
    source_map: str
    warnings: list[Diagnostic]
    inputs: dict[str, Any]
    """esbuild's own account of what was read, by path."""


class Service:
    """The process. Whatever goes wrong in a build, whoever owns it should end it and start another."""

    def __init__(self, process: trio.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        self._stdin = process.stdin
        self._stdout = process.stdout
        self._buffer = bytearray()
        self._number = 0
        self.builds = 0
        self.fit = False
        """It waits for the next project; not so while it builds, nor when a build ended halfway."""

    @classmethod
    async def start(cls, binary: Path) -> "Service":
        command = [sys.executable, "-I", str(_JAIL), str(binary), f"--service={VERSION}", "--ping"]
        process = await trio.lowlevel.open_process(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/"
        )
        service = cls(process)
        try:
            await service._greet()
        finally:
            if not service.fit:
                with trio.move_on_after(_END_S, shield=True):
                    await service.end()
        return service

    async def _greet(self) -> None:
        try:
            greeting = await self._receive()
        except ServiceLostError as error:
            raise BundlerUnavailableError("the bundler does not start: this kernel refuses to seal it") from error
        if greeting.decode(errors="replace") != VERSION:
            raise BundlerUnavailableError(f"the bundler says it is {greeting[:20]!r}")
        self.fit = True

    async def end(self) -> None:
        """Kill it, which the kernel does at once."""
        self._process.kill()
        await self._process.wait()
        await self._stdin.aclose()
        await self._stdout.aclose()

    async def build(self, project: Project, entry: str) -> Output:
        """Bundle, answering what esbuild asks meanwhile. BundleRefused is the author's; the rest is ours."""
        self._number += 1
        self.builds += 1
        self.fit = False
        answers = _Answers(project, entry)
        await self._send(packets.encode(self._number, self._request(), request=True))
        while True:
            number, asked, value = packets.decode(await self._receive())
            if asked:
                await self._send(packets.encode(number, answers.to(cast("dict[str, Any]", value)), request=False))
            elif number == self._number:
                self.fit = True
                return _output(cast("dict[str, Any]", value), project, answers.hints)

    def _request(self) -> Value:
        plugin: Value = {
            "name": "flora",
            "onStart": False,
            "onEnd": False,
            "onResolve": [{"id": 1, "filter": ".*", "namespace": ""}],
            "onLoad": [{"id": 2, "filter": ".*", "namespace": "bot"}],
        }
        return {
            "command": "build", "key": self._number, "entries": [["", _START]], "write": False, "context": False,
            "flags": list[Value](_FLAGS), "stdinContents": None, "stdinResolveDir": None, "absWorkingDir": "/",
            "nodePaths": [], "plugins": [plugin],
        }  # fmt: skip

    async def _send(self, data: bytes) -> None:
        try:
            await self._stdin.send_all(data)
        except (trio.BrokenResourceError, trio.ClosedResourceError) as error:
            raise ServiceLostError("the bundler's process ended") from error

    async def _receive(self) -> bytes:
        size = int.from_bytes(await self._take(_HEAD_BYTES), "little")
        if size > packets.MAX_PACKET_BYTES:
            raise ServiceLostError(f"the bundler sent {size} bytes at once")
        return await self._take(size)

    async def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            chunk = await self._stdout.receive_some(_CHUNK)
            if not chunk:
                raise ServiceLostError("the bundler's process ended")
            self._buffer += chunk
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken


class _Answers:
    """What esbuild is told, and the hints that belong to what it will say then."""

    def __init__(self, project: Project, entry: str) -> None:
        self._project = project
        self._entry = entry
        self.hints: dict[str, str] = {}

    def to(self, asked: dict[str, Any]) -> Value:
        match asked.get("command"):
            case "on-resolve":
                return self._resolve(asked)
            case "on-load":
                return self._load(asked)
            case "ping":
                return {}
            case _:
                return {"errors": [], "warnings": []}

    def _resolve(self, asked: dict[str, Any]) -> Value:
        answer: dict[str, Value] = {"id": asked["ids"][0], "pluginName": "flora"}
        specifier, importer, kind = str(asked["path"]), str(asked["importer"]), asked["kind"]
        if kind == "entry-point":
            return {**answer, "path": _START, "namespace": "bot"}
        try:
            if importer == _START:
                path = self._entry
            else:
                path = self._project.resolve(specifier, importer, required=kind in {"require-call", "require-resolve"})
            effects = path in {SDK, EMPTY} or self._project.has_side_effects(path)
        except ResolveError as error:
            return {**answer, "errors": [self._complaint(error)]}
        return {**answer, "path": path, "namespace": "bot", "sideEffects": effects}

    def _load(self, asked: dict[str, Any]) -> Value:
        answer: dict[str, Value] = {"id": asked["ids"][0], "pluginName": "flora"}
        path = str(asked["path"])
        if path == _START:
            return {**answer, "contents": b'import "entry";', "loader": "js"}
        ending = path[path.rfind(".") :] if "." in path.rsplit("/", 1)[-1] else ""
        wanted: dict[str, str] = asked.get("with") or {}
        loader = LOADERS.get(ending, "text" if wanted.get("type") == "text" else "")
        if path in {SDK, EMPTY}:
            loader = "js"
        if not loader:
            error = ResolveError(f"{path} is of no kind that can be imported", "import code, JSON or text")
            return {**answer, "errors": [self._complaint(error)]}
        try:
            return {**answer, "contents": self._project.load(path).encode(), "loader": loader}
        except ResolveError as error:
            return {**answer, "errors": [self._complaint(error)]}
        except UnicodeEncodeError as error:
            return {**answer, "errors": [self._complaint(ResolveError(f"{path} is not text: {error.reason}"))]}

    def _complaint(self, error: ResolveError) -> Value:
        if error.hint:
            self.hints[str(error)] = error.hint
        return {"id": "", "pluginName": "", "text": str(error), "location": None, "notes": [], "detail": 0}


def _output(answer: dict[str, Any], project: Project, hints: Mapping[str, str]) -> Output:
    if "error" in answer:
        raise ServiceLostError(str(answer["error"]))
    if answer.get("errors"):
        raise BundleRefused(from_esbuild(answer["errors"], project.files, hints))
    metafile = json.loads(answer["metafile"])
    _refuse_strangers(metafile["inputs"], project)
    files = {file["path"].rsplit("/", 1)[1]: file["contents"].decode() for file in answer["outputFiles"]}
    return Output(
        files["bundle.js"],
        _named_as_the_author_does(files["bundle.js.map"]),
        from_esbuild(answer.get("warnings") or [], project.files, hints),
        {_plain(path): told for path, told in metafile["inputs"].items() if _plain(path) in project.files},
    )


def _plain(path: str) -> str:
    """Without the namespace, nor what esbuild appends for `with { type: ... }`."""
    return path.removeprefix(NAMESPACE).partition(" with {")[0]


def _refuse_strangers(inputs: dict[str, Any], project: Project) -> None:
    """A second look, behind the jail: whatever went into the bundle came from us."""
    ours = {_START, SDK, EMPTY, "<runtime>"}
    for path in inputs:
        known = _plain(path) in project.files or _plain(path) in ours
        if not known and not path.startswith(("import(", "require(", "<define:")):
            raise BundleRefused([Diagnostic(f"{path} is outside the project")])


def _named_as_the_author_does(source_map: str) -> str:
    parsed = json.loads(source_map)
    parsed["sources"] = [_plain(source) for source in parsed["sources"]]
    return json.dumps(parsed, ensure_ascii=False, separators=(",", ":"))
