"""A flame graph as an SVG: each function as wide as its part of the samples, upon whoever called it.

Colours say whose a frame is: Python's, JavaScript's, or the house's own. A frame says its share when it is pointed at.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Final

_WIDTH: Final = 1200
_ROW: Final = 17
_CHAR: Final = 7.0
_NARROWEST: Final = 0.4
_STYLE: Final = (
    "text{font:11px ui-monospace,monospace;fill:#1f2328;pointer-events:none}.title{font:bold 14px system-ui,sans-serif}"
    "rect{stroke:#fff;stroke-width:.5}rect:hover{stroke:#000}"
    ".ours{fill:#e58fb4}.script{fill:#f2cc60}.other{fill:#c8d1da}"
)
_OURS: Final = ("(flora:", "actors/", "gateway/", "api/", "storage/", "sdk/", "(child.py)", "(spidermonkey.py)")


@dataclass
class Node:
    """A function, and what it called."""

    count: int = 0
    callees: "dict[str, Node]" = field(default_factory=dict[str, "Node"])

    @property
    def depth(self) -> int:
        return 1 + max((callee.depth for callee in self.callees.values()), default=0)


def tree(stacks: Mapping[str, int]) -> Node:
    """Stacks are frames with `;` between them, outermost first."""
    root = Node()
    for stack, count in stacks.items():
        at = root
        at.count += count
        for frame in stack.split(";"):
            at = at.callees.setdefault(frame, Node())
            at.count += count
    return root


def flame_graph(title: str, stacks: Mapping[str, int]) -> str:
    root = tree(stacks)
    height = 40 + root.depth * _ROW
    scale = _WIDTH / max(1, root.count)
    drawn: list[str] = []

    def draw(node: Node, left: float, top: float) -> None:
        for name, callee in sorted(node.callees.items()):
            width = callee.count * scale
            if width >= _NARROWEST:
                drawn.append(_frame(name, callee.count, root.count, (left, top, width)))
                draw(callee, left, top - _ROW)
            left += width

    draw(root, 0.0, height - _ROW - 4.0)
    head = f'<text class="title" x="8" y="20">{escape(title)}, {root.count} samples</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}"><style>{_STYLE}</style><rect width="{_WIDTH}" height="{height}" fill="#fff"/>'
        f"{head}{''.join(drawn)}</svg>\n"
    )


def _frame(name: str, count: int, total: int, place: tuple[float, float, float]) -> str:
    left, top, width = place
    room = int(width / _CHAR)
    label = name if len(name) <= room else name[: room - 1] + "\u2026" if room > 3 else ""
    return (
        f"<g><title>{escape(name)}: {count} of {total}, {count / total:.1%}</title>"
        f'<rect class="{_kind(name)}" x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{_ROW - 1}"/>'
        f'<text x="{left + 3:.1f}" y="{top + 12:.1f}">{escape(label)}</text></g>'
    )


def _kind(name: str) -> str:
    if any(part in name for part in _OURS):
        return "ours"
    return "script" if ".js" in name or ".ts" in name else "other"


def counted(lines: list[str]) -> Counter[str]:
    """Of lines that end with how often their stack was seen."""
    found: Counter[str] = Counter()
    for line in lines:
        stack, _, count = line.rpartition(" ")
        found[stack] += int(count)
    return found
