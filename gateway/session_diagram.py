"""The diagrams in docs/gateway.md, from the session's table: `python -m gateway.session_diagram` writes them there."""

import sys
from pathlib import Path
from typing import Final

from gateway.session import OPEN, TRANSITIONS, Input, State

PAGE: Final = Path(__file__).parent.parent / "docs" / "gateway.md"
BEGIN: Final = "<!-- session diagram: made by python -m gateway.session_diagram -->\n"
END: Final = "<!-- end of session diagram -->\n"


def diagram() -> str:
    """Mermaid. What happens alike in every state with a socket is drawn once, from `open`."""
    common = {what for what in Input if all(what in _leaving(state) for state in OPEN)}
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> idle"]
    for state in sorted(OPEN, key=list(State).index):
        lines += [
            _arrow(state.value, what, TRANSITIONS[state][what][0]) for what in _drawn(state) if what not in common
        ]
    lines += ['    state "any state with a socket" as open']
    lines += [_arrow("open", what, TRANSITIONS[State.LIVE][what][0]) for what in Input if what in common]
    for state in State:
        if state not in OPEN:
            lines += [_arrow(state.value, what, TRANSITIONS[state][what][0]) for what in _drawn(state)]
    lines += ["    ended --> [*]", "```"]
    return "\n".join(lines) + "\n"


def table() -> str:
    """Every row: in which state, what happens, which state follows, what is done."""
    lines = ["| state | what happens | then | what is done |", "|---|---|---|---|"]
    for state, inputs in TRANSITIONS.items():
        for what, (after, actions) in inputs.items():
            done = ", ".join(action.value for action in actions) or "nothing"
            lines.append(f"| {state.value} | {what.value} | {after.value} | {done} |")
    return "\n".join(lines) + "\n"


def written() -> str:
    return f"{BEGIN}{diagram()}\n{table()}{END}"


def page_with(text: str) -> str:
    """The page with its diagram replaced."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return head + written() + tail


def _leaving(state: State) -> set[Input]:
    return {what for what, (after, _) in TRANSITIONS[state].items() if after is not state}


def _drawn(state: State) -> list[Input]:
    return [what for what in Input if what in _leaving(state)]


def _arrow(source: str, what: Input, after: State) -> str:
    return f"    {source} --> {after.value}: {what.value}"


def main() -> int:
    PAGE.write_text(page_with(PAGE.read_text()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
