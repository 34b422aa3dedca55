"""Bundles for many at once: a process for each build under way, kept warm between builds, never shared by two.

A project that makes esbuild eat time or memory takes down its own process and nobody else's build.
"""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import trio

from sdk.bundler.binary import unpacked
from sdk.bundler.diagnostics import BundleRefused, Diagnostic, frame
from sdk.bundler.packets import BadPacketError
from sdk.bundler.project import BundleLimits, Project, ProjectError, check_project, is_package_file
from sdk.bundler.service import Output, Service, ServiceLostError

_AT_ONCE: Final = 4
_END_S: Final = 5.0  # the kernel ends a killed process at once
_IDLE_S: Final = 15.0
_BUILDS_EACH: Final = 200  # then another process: what hostile projects left in its memory goes with it


@dataclass(frozen=True, slots=True)
class Bundled:
    """One script for an isolate; `inputs` are the files it was made of."""

    source: str
    source_map: str
    warnings: list[Diagnostic]
    inputs: list[str]


class Bundler:
    """See `open_bundler`."""

    def __init__(self, binary: Path, limits: BundleLimits) -> None:
        self._binary = binary
        self._limits = limits
        self._idle: list[Service] = []
        self._room = trio.CapacityLimiter(_AT_ONCE)

    async def bundle(self, files: Mapping[str, str], entry: str) -> Bundled:
        """Bundle a project. Raises BundleRefused for what its author can mend."""
        try:
            check_project(files, entry, self._limits)
        except ProjectError as error:
            raise BundleRefused([Diagnostic(str(error), error.file, hint=error.hint)]) from None
        async with self._room:
            output = await self._build(Project(files, self._limits), entry)
        warnings = [*output.warnings, *_circles(entry, output.inputs, files)]
        return Bundled(output.source, output.source_map, warnings, list(output.inputs))

    async def _build(self, project: Project, entry: str) -> Output:
        service = self._idle.pop() if self._idle else await Service.start(self._binary)
        try:
            with trio.fail_after(self._limits.seconds):
                return await service.build(project, entry)
        except trio.TooSlowError:
            text = f"bundling took more than {self._limits.seconds:g} s"
            raise BundleRefused([Diagnostic(text, hint="leave out what the script does not need")]) from None
        except (ServiceLostError, BadPacketError) as error:
            text = f"the bundler gave up on this project: {error}"
            raise BundleRefused([Diagnostic(text, hint="leave out the largest or most deeply nested file")]) from None
        finally:
            with trio.move_on_after(_END_S, shield=True):
                await self._put_back(service)

    async def _put_back(self, service: Service) -> None:
        if service.fit and service.builds < _BUILDS_EACH:
            self._idle.append(service)
        else:
            await service.end()

    async def end_idle(self, every_s: float = _IDLE_S) -> None:
        """Until cancelled: end each process that nobody needed between two looks. The next build starts another."""
        seen: dict[Service, int] = {}
        while True:
            await trio.sleep(every_s)
            unused = [service for service in self._idle if seen.get(service) == service.builds]
            self._idle = [service for service in self._idle if service not in unused]
            for service in unused:
                await service.end()
            seen = {service: service.builds for service in self._idle}

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().end()


@asynccontextmanager
async def open_bundler(*, cache: Path | None = None, limits: BundleLimits | None = None) -> AsyncIterator[Bundler]:
    """A bundler whose processes end with the block. `cache` is where esbuild is unpacked to."""
    binary = await trio.to_thread.run_sync(unpacked, cache)
    bundler = Bundler(binary, limits or BundleLimits())
    try:
        yield bundler
    finally:
        with trio.move_on_after(_END_S, shield=True):
            await bundler.close()


def _circles(entry: str, inputs: Mapping[str, Any], files: Mapping[str, str]) -> list[Diagnostic]:
    """Own files that import each other in a circle: legal, and a frequent reason for `undefined`."""
    edges = {path: _imports(told) for path, told in inputs.items() if not is_package_file(path)}
    found: list[Diagnostic] = []
    done: set[str] = set()
    for start in [entry, *edges]:
        circle = _circle_from(start, edges, done)
        if circle:
            found.append(_tell_circle(circle, edges, files))
    return found


def _imports(told: Mapping[str, Any]) -> dict[str, str]:
    imports: list[dict[str, Any]] = told.get("imports") or []
    return {str(item["path"]).removeprefix("bot:"): str(item.get("original", "")) for item in imports}


def _circle_from(start: str, edges: Mapping[str, dict[str, str]], done: set[str]) -> list[str]:
    """The first circle met on the way from `start`, going deep without recursion."""
    path: list[str] = []
    stack: list[tuple[str, int]] = [(start, 0)]
    while stack:
        name, depth = stack.pop()
        del path[depth:]
        if name in path:
            return path[path.index(name) :]
        if name in done or name not in edges:
            continue
        done.add(name)
        path.append(name)
        stack += [(target, depth + 1) for target in edges[name]]
    return []


def _tell_circle(circle: list[str], edges: Mapping[str, dict[str, str]], files: Mapping[str, str]) -> Diagnostic:
    last, first = circle[-1], circle[0]
    text = f"circular import: {' -> '.join([*circle, first])}"
    hint = "move what both need into a third file"
    at = re.search(r"""["']""" + re.escape(edges[last][first]) + r"""["']""", files[last])
    if at is None:
        return Diagnostic(text, last, hint=hint)
    line = files[last].count("\n", 0, at.start()) + 1
    column = at.start() - files[last].rfind("\n", 0, at.start())
    return Diagnostic(text, last, line, column, frame(files[last], line, column, len(at.group())), hint)
