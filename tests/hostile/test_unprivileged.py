"""Which layers hold where the daemon is not root, and without which of them nothing runs."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from actors.isolate.sandbox import HOLDS, REQUIRED_LAYERS

_ROOT = Path(__file__).parent.parent.parent


def _daemon(*mode: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.unprivileged", *mode],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_without_root_a_user_namespace_brings_the_others() -> None:
    answer = _daemon("plain")

    assert (answer["load"], answer["run"], answer["rest"]) == ("loaded", "ok", "")
    layers = answer["zygote"]
    if layers["user_namespace"] == HOLDS:
        others = ("mount", "cgroup", "uts", "ipc", "pid", "network")
        assert {layers[f"{name}_namespace"] for name in others} == {HOLDS}
        assert layers["empty_root"] == HOLDS
    assert {answer["isolate"][layer] for layer in REQUIRED_LAYERS} == {HOLDS}
    assert answer["isolate"]["own_user"] != HOLDS


def test_without_namespaces_isolates_still_start() -> None:
    answer = _daemon("no-namespaces")

    assert (answer["load"], answer["run"], answer["rest"]) == ("loaded", "ok", "")
    assert HOLDS not in {answer["zygote"][name] for name in ("user_namespace", "network_namespace", "empty_root")}
    assert {answer["isolate"][layer] for layer in REQUIRED_LAYERS} == {HOLDS}


@pytest.mark.parametrize("layer", REQUIRED_LAYERS)
def test_without_a_required_layer_nothing_starts(layer: str) -> None:
    answer = _daemon("without", layer)

    assert answer["refused"].startswith("isolates do not work on this machine: warm, the sandbox is not whole: ")
    assert f"{layer}: " in answer["refused"]
    assert "Traceback" not in answer["refused"]
