"""What the first children of a zygote are told, to show that others will work, and what those will be like.

The zygote talks with them as the daemon would. Each of these says what went wrong; nothing when all went well.
"""

import contextlib
import json
import socket
import time
from typing import Final

from actors.isolate.child import ORDER

DEADLINE_S: Final = 10.0
_PROBE_SCRIPT: Final = """
on("churn", async () => {
  let kept = [];
  for (let round = 0; round < 200; round++) {
    kept = [];
    for (let index = 0; index < 1000; index++) kept.push({ index, text: "text " + index });
    kept.sort((a, b) => b.index - a.index);
    await null;
  }
  if (kept[0].index !== 999) throw new Error("wrong order");
});
on("spin", () => { for (;;); });
"""
_FIRST_SCRIPT: Final = 'on("a", async () => { await null; console.log("a"); });'
_FIRST_EVENTS: Final = 8


def probe(door: socket.socket, layers: dict[str, str]) -> str:
    """A script collects garbage, compiles, awaits and is interrupted. `layers` are told what holds around it."""
    now = time.monotonic() * 1000
    load = {"deadline": now + 5000, "filename": "probe.js", "source": _PROBE_SCRIPT}
    events = f"E\t1\t{now + 5000}\tchurn\tnull\nE\t2\t{now + 30}\tspin\tnull\nE\t3\t{now + 5000}\tchurn\tnull\n"
    with contextlib.suppress(BrokenPipeError):  # it has left already; why, it may have said
        door.sendall(ORDER + b"LOAD\t" + json.dumps(load).encode() + b"\n" + events.encode())
    heard = b""
    while heard.count(b"\nD\t") < 4:
        try:
            chunk = door.recv(65536)
        except ConnectionResetError:
            continue  # it left without reading all; what it said before is still to come
        if not chunk:
            return _why_it_ended(heard.decode(errors="replace"))
        heard += chunk if heard else b"\n" + chunk
    outcomes = [tuple(line.split("\t")[1:3]) for line in heard.decode().splitlines() if line[:1] == "D"]
    expected = [("0", "ok"), ("1", "ok"), ("2", "cpu"), ("3", "ok")]
    report = next((line for line in heard.decode().splitlines() if line[:1] == "Y"), "Y\t{}")
    layers.update(json.loads(report.split("\t", 1)[1]))
    return "" if outcomes == expected else f"it answered {outcomes}"


def _why_it_ended(heard: str) -> str:
    last_words = next((line for line in heard.splitlines() if line[:1] == "Q"), "")
    return str(json.loads(last_words[2:])) if last_words else f"it ended early, after {heard!r}"


def go_to_rest(door: socket.socket) -> str:
    """Load a script and let it handle something, with a rest after each."""
    deadline = time.monotonic() * 1000 + DEADLINE_S * 1000
    load = {"deadline": deadline, "filename": "first.js", "source": _FIRST_SCRIPT}
    said = [ORDER + b"LOAD\t%b\n" % json.dumps(load).encode()]
    said += [b"E\t%d\t%d\ta\t{}\n" % (number, deadline) for number in range(1, _FIRST_EVENTS + 1)]
    for text in (b"", *said):
        door.sendall(text)
        heard = b""
        while b"Z\t" not in heard:
            chunk = door.recv(65536)
            if not chunk:
                return _why_it_ended(heard.decode(errors="replace"))
            heard += chunk
    return ""
