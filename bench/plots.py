"""Bars as an SVG that a page can show, in the light and in the dark."""

from collections.abc import Mapping
from html import escape
from typing import Final

_WIDTH: Final = 640
_LABELS: Final = 150
_ROW: Final = 26
_TOP: Final = 34
_STYLE: Final = (
    "text{font:13px system-ui,sans-serif;fill:#24292f}.ours{fill:#b8336a}.other{fill:#8c959f}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.other{fill:#6e7681}}"
)


def bars(title: str, unit: str, heights: Mapping[str, float]) -> str:
    """One bar for each, longest is widest; flora's own have a colour. Every bar begins at zero."""
    longest = max(heights.values(), default=1) or 1
    room = _WIDTH - _LABELS - 90
    rows: list[str] = []
    for number, (label, value) in enumerate(heights.items()):
        top, width = _TOP + number * _ROW, max(1.0, value / longest * room)
        kind = "ours" if label.startswith("flora") else "other"
        rows.append(
            f'<text x="{_LABELS - 8}" y="{top + 15}" text-anchor="end">{escape(label)}</text>'
            f'<rect class="{kind}" x="{_LABELS}" y="{top}" width="{width:.1f}" height="20" rx="2"/>'
            f'<text x="{_LABELS + width + 6:.1f}" y="{top + 15}">{value:g}</text>'
        )
    height = _TOP + len(heights) * _ROW + 6
    head = f'<text x="8" y="20" font-weight="600">{escape(title)} ({escape(unit)})</text>'
    said = escape(f"{title}: " + ", ".join(f"{label} {value:g} {unit}" for label, value in heights.items()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{said}">'
        f"<style>{_STYLE}</style>{head}{''.join(rows)}</svg>\n"
    )
