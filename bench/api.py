"""The HTTP API as it is served by a whole daemon: how much it answers, how long a deploy takes until it is live, and
what a thousand readers of a guild's log cost the guild's events.

The daemon has real stores, isolates and a local Discord; who asks is a process of its own.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import trio

from api.access import OWNER
from api.config import load_config
from api.daemon import Daemon, Discord, open_daemon
from bench._streams import Sizes as StreamSizes
from bench._streams import Streams
from bench.harness import Result, percentiles, say
from gateway.local.discord import LocalConfig, open_local_discord
from storage.ids import GuildId
from storage.postgres.token_create import CreatedToken, NewToken, create_token

_DEPLOY_KB = 100
_DEPLOY_TARGET_MS = 150
_SCRIPT = "on('ping', () => { console.log('pong'); });\n"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything."""

    seconds: float = 8.0
    connections: int = 16
    deploys: int = 40
    streams: StreamSizes = field(default_factory=StreamSizes)


QUICK = Sizes(0.5, connections=4, deploys=3, streams=StreamSizes(readers=20, stuck=2, events=40, rounds=2))


async def run(quick: bool) -> Result:  # noqa: FBT001  as every bench
    """Requests a second and their milliseconds; deploys; dispatches with and without readers."""
    return await measure(QUICK if quick else Sizes())


async def measure(sizes: Sizes) -> Result:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory(prefix="flora-bench-") as folder:
        async with _daemon(Path(folder)) as (daemon, guild):
            bench = _Bench(daemon, guild, await _token(daemon), sizes)
            await bench.deploy(_SCRIPT)
            return {
                "health": await bench.asked("/api/health"),
                "kv_get": await bench.kv_get(),
                **await bench.deploys(),
                "streams": await bench.streams(),
            }


@asynccontextmanager
async def _daemon(folder: Path) -> AsyncIterator[tuple[Daemon, GuildId]]:
    environ = {
        "DATA_DIR": str(folder / "data"),
        "API_PORT": "0",
        "API_REQUESTS_PER_MINUTE": "100000000",
        "RUNTIME_MAX_WORKERS": "1",
        "LOG_LEVEL": "warn",
    }
    async with open_local_discord(LocalConfig(bucket_limit=None)) as local:
        discord = Discord(local.token, local.api_url, local.gateway_url)
        async with open_daemon(load_config(None, environ), discord) as daemon:
            yield daemon, GuildId(int(local.guild_id))


async def _token(daemon: Daemon) -> str:
    database = daemon.stores.database
    made = await database.run(create_token, NewToken(OWNER, "bench", ("operator",)), database.limits)
    assert isinstance(made, CreatedToken)
    return made.text.reveal()


class _Bench:
    def __init__(self, daemon: Daemon, guild: GuildId, token: str, sizes: Sizes) -> None:
        self._daemon = daemon
        self._guild = guild
        self._token = token
        self._sizes = sizes
        self._url = daemon.addresses[0]

    def _request(self, path: str) -> str:
        return f"GET {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {self._token}\r\n\r\n"

    async def asked(self, path: str) -> Result:
        wanted = {
            "address": _address(self._url),
            "request": self._request(path),
            "connections": self._sizes.connections,
            "seconds": self._sizes.seconds,
        }
        ended = await trio.run_process(_load(wanted), capture_stdout=True)
        figures: Result = json.loads(ended.stdout)
        say(f"{path}: {figures['requests_per_s']} requests/s, p99 {figures['ms']['p99']} ms")
        return figures

    async def kv_get(self) -> Result:
        await self._daemon.stores.kv.guild(self._guild).store("bench").set("key", {"points": 3})
        return await self.asked(f"/api/kv/{self._guild}/bench/key")

    async def deploy(self, source: str) -> float:
        """Milliseconds from the request to a script that is live."""
        body = {"entry": "main.ts", "files": [{"path": "main.ts", "contents": source}]}
        headers = {"authorization": f"Bearer {self._token}"}
        async with httpx2.AsyncClient(base_url=self._url, headers=headers, trust_env=False, timeout=60) as client:
            began = time.perf_counter()
            told = await client.post(f"/api/deployments/{self._guild}", json=body)
            took = (time.perf_counter() - began) * 1000
        assert told.status_code == 200, told.text
        return took

    async def deploys(self) -> Result:
        lines = [f"export function f{number}(x: number): number {{ return x * {number}; }}" for number in range(2_000)]
        body = "\n".join(lines)[: _DEPLOY_KB * 1024].rpartition("\n")[0]
        took = [
            await self.deploy(f"{body}\non('ping', () => {{ console.log(`${{f1({number})}}`); }});\n")
            for number in range(self._sizes.deploys)
        ]
        figures = percentiles(took, digits=1)
        say(f"a deploy of {_DEPLOY_KB} KB is live in {figures['p50']} ms, p99 {figures['p99']} ms")
        return {
            "deploy_kb": round(len(body) / 1024),
            "deploy_ms": figures,
            "deploy_p50_ms": figures["p50"],
            "deploy_within_target": figures["p50"] <= _DEPLOY_TARGET_MS,
        }

    async def streams(self) -> Result:
        await self.deploy(_SCRIPT)
        request = self._request(f"/api/logs/{self._guild}/stream")
        return await Streams(self._daemon, self._guild, request, self._sizes.streams).measure()


def _address(url: str) -> tuple[str, int]:
    host, _, port = url.partition("://")[2].rpartition(":")
    return host, int(port)


def _load(wanted: dict[str, Any]) -> list[str]:
    return [sys.executable, "-m", "bench._http_load", json.dumps(wanted)]
