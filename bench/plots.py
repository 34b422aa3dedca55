"""Bars as an SVG that a page can show, in the light and in the dark."""

import math
from collections.abc import Mapping
from html import escape
from typing import Final

_WIDTH: Final = 640
_CHAR: Final = 7.6
"""As wide as a letter is in the middle, in fonts that are rather wide."""
_FIGURES: Final = 80
_DIGITS: Final = 3
_ROW: Final = 26
_TOP: Final = 34
_STYLE: Final = (
    "text{font:13px system-ui,sans-serif;fill:#24292f}.ours{fill:#b8336a}.other{fill:#8c959f}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.other{fill:#6e7681}}"
)


def bars(title: str, unit: str, heights: Mapping[str, float]) -> str:
    """One bar for each, longest is widest; flora's own have a colour, all where only flora is shown. Every bar begins
    at zero."""
    longest = max(heights.values(), default=1) or 1
    alone = not any(label.startswith("flora") for label in heights)
    left = round(16 + _CHAR * max(map(len, heights), default=0))
    room = _WIDTH - left - _FIGURES
    rows: list[str] = []
    for number, (label, value) in enumerate(heights.items()):
        top, width = _TOP + number * _ROW, max(1.0, value / longest * room)
        kind = "ours" if alone or label.startswith("flora") else "other"
        rows.append(
            f'<text x="{left - 8}" y="{top + 15}" text-anchor="end">{escape(label)}</text>'
            f'<rect class="{kind}" x="{left}" y="{top}" width="{width:.1f}" height="20" rx="2"/>'
            f'<text x="{left + width + 6:.1f}" y="{top + 15}">{_short(value)}</text>'
        )
    height = _TOP + len(heights) * _ROW + 6
    head = f'<text x="8" y="20" font-weight="600">{escape(title)} ({escape(unit)})</text>'
    said = escape(f"{title}: " + ", ".join(f"{label} {_short(value)} {unit}" for label, value in heights.items()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{said}">'
        f"<style>{_STYLE}</style>{head}{''.join(rows)}</svg>\n"
    )


def _short(value: float) -> str:
    """As exact as a picture is; the tables have the rest."""
    digits = _DIGITS - 1 - math.floor(math.log10(abs(value))) if value else 0
    text = f"{round(value, digits):,.{max(0, digits)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
