"""A script that owns its process completely owns nothing else. See owned.py for how the tests get such a process."""

import json
import os
import re
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
import trio

from actors.isolate import process
from actors.isolate.child import ORDER
from actors.isolate.isolate import Isolate, IsolateGoneError
from actors.isolate.process import Zygote, open_zygote
from actors.isolate.sandbox import HOLDS
from actors.outcomes import EndReason, RunOutcome
from tests.hostile.arena import Bystander, Witness, bear_bystander

_PROGRAM = "import sys; sys.path.insert(0, sys.argv.pop()); from tests.hostile.owned import main; main()"
_REFUSALS = {"EPERM", "ENOMEM", "EACCES"}
_PROCESS_MIB = 128


@asynccontextmanager
async def _open(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Zygote, Bystander]]:
    """A zygote whose isolates can be owned, and the assertion that it and a bystander outlive whatever happens."""
    monkeypatch.setattr(process, "_PROGRAM", _PROGRAM)
    async with open_zygote() as zygote:
        pid = zygote.pid
        bystander = await bear_bystander(zygote)
        yield zygote, bystander
        await bystander.must_answer()
        newborn = await zygote.fork()
        await newborn.close()
        assert (zygote.pid, zygote.restarts) == (pid, 0)


def _order(name: str) -> bytes:
    return ORDER + f"OWN\t{name}\n".encode()


async def test_every_try_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    async with _open(monkeypatch) as (zygote, bystander):
        witness = Witness()
        isolate = await zygote.fork(witness.listen)
        targets = {"daemon": os.getpid(), "zygote": zygote.pid, "bystander": bystander.pid, "own": isolate.process.pid}
        isolate.post(_order(f"try {json.dumps(targets)}"))
        while "[]" not in witness.texts:
            await isolate.ping()
            await bystander.must_answer()

        tried = dict(json.loads(text) for text in witness.texts[:-1])
        memory = tried.pop("memory")
        assert len(tried) > 500
        assert {name: answer for name, answer in tried.items() if answer not in _REFUSALS} == {
            "send elsewhere by the door": "EISCONN",
            "map the door": "ENODEV",
        }
        assert {tried[f"system call {number}"] for number in (56, 59, 101)} == {"EPERM"}
        assert memory <= _PROCESS_MIB
        await isolate.close()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("x32", {-signal.SIGSYS}),
        ("32-bit", {-signal.SIGSYS, -signal.SIGSEGV}),  # the latter where the kernel has no 32-bit entry
        ("write the board", {-signal.SIGSEGV}),
        ("leave", {0}),
        ("page tables", {0}),
        ("fill the door", {-signal.SIGKILL}),
    ],
)
async def test_what_ends_the_process_ends_nothing_else(
    monkeypatch: pytest.MonkeyPatch, name: str, status: set[int]
) -> None:
    async with _open(monkeypatch) as (zygote, bystander):
        isolate = await zygote.fork()
        isolate.post(_order(name))
        async with trio.open_nursery() as nursery:
            nursery.start_soon(bystander.keep_answering)
            await isolate.wait_ended()
            nursery.cancel_scope.cancel()

        ending = await isolate.wait_ended()
        assert ending.status in status
        if name == "fill the door":
            assert ending.reason is EndReason.BROKE_PROTOCOL


@pytest.mark.parametrize("name", ["spin", "sleep"])
async def test_who_does_not_answer_is_killed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    async with _open(monkeypatch) as (zygote, _):
        isolate = await zygote.fork()
        isolate.post(_order(name))

        run = await isolate.dispatch("anything", b"null", timeout=0.1)

        assert run.outcome is RunOutcome.CPU
        assert (await isolate.wait_ended()).reason is EndReason.KILLED
        with pytest.raises(IsolateGoneError):
            await isolate.dispatch("anything", b"null")


def _status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _limits(pid: int) -> dict[str, tuple[str, str]]:
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()[1:]
    return {parts[0]: (parts[1], parts[2]) for parts in (re.split(r"\s{2,}", line) for line in lines)}


def _namespaces(pid: int) -> dict[str, str]:
    return {link.name: str(link.readlink()) for link in Path(f"/proc/{pid}/ns").iterdir()}


async def test_how_a_sealed_process_looks_from_outside() -> None:
    async with open_zygote() as zygote:
        first, second = await zygote.fork(), await zygote.fork()
        pid = first.process.pid

        assert {link.name for link in Path(f"/proc/{pid}/fd").iterdir()} == {"3"}
        status = _status(pid)
        assert (status["NoNewPrivs"], status["Seccomp"], status["Threads"]) == ("1", "2", "1")
        assert {status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")} == {"0" * 16}
        limits = _limits(pid)
        for name in ("Max core file size", "Max file size", "Max processes", "Max locked memory"):
            assert limits[name] == ("0", "0"), name
        assert limits["Max open files"] == ("4", "4")
        assert "unlimited" not in {*limits["Max data size"], *limits["Max address space"]}
        _check_layers(first, second, zygote)


def _differ(one: int, other: int, kind: str) -> bool:
    return _namespaces(one)[kind] != _namespaces(other)[kind]


def _check_layers(first: Isolate, second: Isolate, zygote: Zygote) -> None:
    layers = {**zygote.status.layers, **first.layers}
    checks: dict[str, Callable[[], bool]] = {
        "own_user": lambda: (
            len({*_status(first.process.pid)["Uid"].split(), *_status(second.process.pid)["Uid"].split()}) == 2
        ),
        "empty_root": lambda: not list(Path(f"/proc/{first.process.pid}/root").iterdir()),
    }
    checks |= {
        f"{name}_namespace": partial(_differ, first.process.pid, os.getpid(), kind)
        for name, kind in {
            "mount": "mnt", "cgroup": "cgroup", "uts": "uts", "ipc": "ipc", "pid": "pid", "network": "net",
        }.items()
    }  # fmt: skip
    assert set(checks) <= set(layers)
    for layer, holds in checks.items():
        assert holds() is (layers[layer] == HOLDS), layer
