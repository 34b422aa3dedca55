"""Builds: a zip becomes a bundle, here in the daemon, with what the zip carries and nothing else.

Kept in memory for an hour, within bounds; what is deployed is kept by its revision.
"""

import uuid
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

import trio

from api.problems import Problem
from api.zips import BadZipError, unpack, without_wrapper
from sdk.bundler import Bundled, Bundler, BundleRefused
from storage.ids import GuildId

Status: TypeAlias = Literal["queued", "running", "done", "failed"]
OF_A_GUILD: Final = 2
AT_ONCE: Final = 8
KEPT: Final = 100
KEPT_BYTES: Final = 128 * 1024 * 1024
KEPT_FOR: Final = timedelta(hours=1)


@dataclass(slots=True, eq=False)
class Build:
    id: str
    guild: GuildId
    entry: str
    status: Status = "queued"
    logs: list[str] = field(default_factory=list[str])
    started_at: datetime | None = None
    finished_at: datetime | None = None
    bundled: Bundled | None = None
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    error: str | None = None
    changed: trio.Event = field(default_factory=trio.Event)

    @property
    def over(self) -> bool:
        return self.status in ("done", "failed")

    @property
    def size(self) -> int:
        made = 0 if self.bundled is None else len(self.bundled.source) + len(self.bundled.source_map)
        return made + sum(map(len, self.files.values()))


class Builds:
    """See `open_builds`."""

    def __init__(self, bundler: Bundler, nursery: trio.Nursery, now: Callable[[], datetime]) -> None:
        self._bundler = bundler
        self._nursery = nursery
        self._now = now
        self._builds: OrderedDict[str, Build] = OrderedDict()

    def __repr__(self) -> str:
        return f"<Builds: {len(self._builds)}>"

    def find(self, identity: str) -> Build | None:
        self._forget_old()
        return self._builds.get(identity)

    def start(self, guild: GuildId, entry: str, data: bytes) -> Build:
        """Raises Problem 429 while too many are under way."""
        self._forget_old()
        active = [build for build in self._builds.values() if not build.over]
        if len(active) >= AT_ONCE or sum(build.guild == guild for build in active) >= OF_A_GUILD:
            raise Problem(429, "too_many_builds", "too many builds are under way", headers={"Retry-After": "5"})
        build = Build(str(uuid.uuid4()), guild, entry)
        self._builds[build.id] = build
        self._nursery.start_soon(self._run, build, data)
        return build

    def _forget_old(self) -> None:
        now, size = self._now(), sum(build.size for build in self._builds.values())
        for build in [one for one in self._builds.values() if one.over]:
            assert build.finished_at is not None
            too_many = len(self._builds) > KEPT or size > KEPT_BYTES
            if too_many or now - build.finished_at > KEPT_FOR:
                size -= build.size
                del self._builds[build.id]

    async def _run(self, build: Build, data: bytes) -> None:
        build.status, build.started_at = "running", self._now()
        try:
            self._say(build, f"unpacking {len(data):,} bytes")
            files = without_wrapper(await trio.to_thread.run_sync(unpack, data), build.entry)
            self._say(build, f"bundling {build.entry} of {len(files)} files")
            bundled = await self._bundler.bundle(files, build.entry)
            for warning in bundled.warnings:
                self._say(build, f"warning: {warning}")
            build.files = {
                path: files[path] for path in bundled.inputs if path in files and "node_modules/" not in path
            }
            self._say(build, f"{len(bundled.source):,} bytes of {len(bundled.inputs)} files")
            build.bundled = bundled
            self._end(build, "done")
        except (BadZipError, BundleRefused) as error:
            build.error = str(error)
            self._say(build, build.error)
            self._end(build, "failed")
        except Exception as error:  # noqa: BLE001 -- one build's failure is its own
            build.error = f"the bundler failed ({type(error).__name__})"
            self._say(build, build.error)
            self._end(build, "failed")

    @staticmethod
    def _say(build: Build, text: str) -> None:
        build.logs.extend(text.splitlines()[:200])
        changed, build.changed = build.changed, trio.Event()
        changed.set()

    def _end(self, build: Build, status: Status) -> None:
        build.finished_at, build.status = self._now(), status
        build.changed.set()


@asynccontextmanager
async def open_builds(bundler: Bundler, now: Callable[[], datetime]) -> AsyncGenerator[Builds]:
    async with trio.open_nursery() as nursery:
        yield Builds(bundler, nursery, now)
        nursery.cancel_scope.cancel()
