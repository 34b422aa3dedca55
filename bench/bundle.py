"""How long a bundle takes: a project of 1 file and one of 200, with a bundler just opened and with one that is warm."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.harness import Result, percentiles
from sdk.bundler import Bundler, open_bundler

_SIZES = (1, 200)


async def run(quick: bool) -> Result:  # noqa: FBT001  as every bench
    return await measure(5 if quick else 40)


async def measure(rounds: int) -> Result:
    """Milliseconds by number of files; `unpack_ms` is paid once for each machine."""
    with TemporaryDirectory() as folder:
        began = time.perf_counter()
        async with open_bundler(cache=Path(folder)):
            unpack_ms = (time.perf_counter() - began) * 1000
        return {
            "unpack_ms": round(unpack_ms, 1),
            "cold_ms": {str(size): await _cold(Path(folder), size, rounds) for size in _SIZES},
            "warm_ms": {str(size): await _warm(Path(folder), size, rounds) for size in _SIZES},
        }


def _project(size: int) -> dict[str, str]:
    """Files of some 4 kB, as large as the limits allow for 200 of them, each importing the next."""
    body = "".join(f"export function work{n}(input: number): number {{ return input * {n} + 1; }}\n" for n in range(60))
    files = {f"part{n}.ts": f"{_link(n, size)}{body}" for n in range(1, size)}
    return {"main.ts": f'{_link(0, size)}on("x", () => console.log({"next" if size > 1 else 1}));\n', **files}


def _link(number: int, size: int) -> str:
    return f'import * as next from "./part{number + 1}";\nexport {{ next }};\n' if number + 1 < size else ""


async def _cold(cache: Path, size: int, rounds: int) -> dict[str, float]:
    samples: list[float] = []
    for _ in range(rounds):
        began = time.perf_counter()
        async with open_bundler(cache=cache) as bundler:
            await bundler.bundle(_project(size), "main.ts")
            samples.append((time.perf_counter() - began) * 1000)
    return percentiles(samples, digits=2)


async def _warm(cache: Path, size: int, rounds: int) -> dict[str, float]:
    async with open_bundler(cache=cache) as bundler:
        await bundler.bundle(_project(size), "main.ts")
        return percentiles([await _one(bundler, size) for _ in range(rounds)], digits=2)


async def _one(bundler: Bundler, size: int) -> float:
    project = _project(size)
    began = time.perf_counter()
    await bundler.bundle(project, "main.ts")
    return (time.perf_counter() - began) * 1000
