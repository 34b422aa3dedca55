"""The scripts that attack, and what each must come to: read from the comments at the head of scripts/*.js.

    // load: cpu                    what loading comes to; `loaded` when not said
    // event: go {"a": 1}           the event to dispatch, with its payload; `go null` when not said
    // deadline: 0.5                of the load, or else of the dispatch, in seconds; 0.3 when not said and the
                                    time may run out, else far more than it takes
    // outcome: cpu, memory         what the dispatch comes to; more than one where the machine's speed decides
    // out_of_memory: yes           the run must be marked as having run out of memory
    // error: TypeError: .*x        a pattern that must be found in "name: message"
    // at: attack.js:3:7            the first place of the error's stack
    // log: more lines              a pattern that must be found in what the script logs or leaves uncaught
    // op: ^[a-z]+$                 a pattern that each operation's name must match
    // after: keeps                 the same isolate then serves a calm event (so when not said)
    // after: ends killed, memory   the isolate ends, with one of these reasons
    // after: keeps, ends memory    either

Other comments say why. A script that finds what it must not reach throws an error that begins with "reached".
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from actors.outcomes import EndReason, LoadOutcome, RunOutcome

FOLDER: Final = Path(__file__).parent / "scripts"
_HEADER: Final = re.compile(
    r"^// (load|event|deadline|outcome|out_of_memory|error|at|log|op|after): (.*)$", re.MULTILINE
)
_SHORT_S: Final = 0.3
_LONG_S: Final = 30.0
_OUT_OF_TIME: Final = {"cpu", "wall_time"}
_CALM: Final = '\non("calm", () => undefined);\n'


@dataclass(frozen=True)
class Scenario:
    name: str
    source: str
    event: str
    payload: bytes
    deadline_s: float
    loads: frozenset[LoadOutcome]
    outcomes: frozenset[RunOutcome]
    out_of_memory: bool
    error: str
    at: str
    log: str
    op: str
    keeps: bool
    ends: frozenset[EndReason]


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]


def read(path: Path) -> Scenario:
    source = path.read_text()
    told = dict(_HEADER.findall(source))
    loads = frozenset(LoadOutcome(word) for word in _words(told.get("load", "loaded")))
    outcomes = frozenset(RunOutcome(word) for word in _words(told.get("outcome", "ok")))
    event, _, payload = told.get("event", "go null").partition(" ")
    after = told.get("after", "keeps")
    ends = after.partition("ends ")[2]
    return Scenario(
        name=path.stem,
        source=source + _CALM if LoadOutcome.LOADED in loads else source,
        event=event,
        payload=payload.encode(),
        deadline_s=float(told.get("deadline", _SHORT_S if _OUT_OF_TIME & {*loads, *outcomes} else _LONG_S)),
        loads=loads,
        outcomes=outcomes,
        out_of_memory=told.get("out_of_memory") == "yes",
        error=told.get("error", ""),
        at=told.get("at", ""),
        log=told.get("log", ""),
        op=told.get("op", ""),
        keeps=after.startswith("keeps"),
        ends=frozenset(EndReason(word) for word in _words(ends)) if ends else frozenset(),
    )


def all_of_them() -> list[Scenario]:
    return [read(path) for path in sorted(FOLDER.glob("*.js"))]
