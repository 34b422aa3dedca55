"""What the command costs before it does anything: start-up of `--help` and others, and what each imports."""

import os
import subprocess
import sys
import time

from bench.harness import Result, percentiles

_COMMANDS = {
    "help": ["--help"],
    "kv_help": ["kv", "--help"],
    "completion": ["completion", "bash"],
    "profiles": ["profiles"],
}
_BUDGET_MS = 150
_HEAVY = ("trio", "httpx2", "msgspec", "hypercorn", "asyncpg", "keyring", "cryptography", "watchfiles")


def run(quick: bool) -> Result:  # noqa: FBT001  as every bench
    return measure(5 if quick else 40)


def measure(rounds: int) -> Result:
    """Milliseconds from start to end of the process; modules and heavy packages that `--help` imports."""
    figures = {name: percentiles([_start(words) for _ in range(rounds)], digits=1) for name, words in _COMMANDS.items()}
    bare = percentiles([_python() for _ in range(rounds)], digits=1)
    modules, heavy = _imports()
    return {
        "start_ms": figures,
        "bare_python_ms": bare,
        "ratio_to_bare_python": round(figures["help"]["p50"] / bare["p50"], 2),
        "help_modules": modules,
        "help_heavy": heavy,
        "budget_ms": _BUDGET_MS,
        "within_budget": figures["help"]["p50"] <= _BUDGET_MS and not heavy,
    }


def _start(words: list[str]) -> float:
    return _timed([sys.executable, "-m", "api.main", *words])


def _python() -> float:
    return _timed([sys.executable, "-c", "pass"])


def _timed(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": "."})
    return (time.perf_counter() - began) * 1000


def _imports() -> tuple[int, list[str]]:
    code = "import sys, api.main; api.main.main(['--help']); print(); print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    found = told.splitlines()[-1].split()
    return len(found), [name for name in _HEAVY if name in found]
