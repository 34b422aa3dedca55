"""What the bundler says to an author: file, line, column, a frame of her code, and what to do. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

NAMESPACE: Final = "bot:"
_HINTS: Final = (
    ("No matching export", "check the name after `import` against what that file exports"),
    ("Top-level await", "top-level await works in modules that are imported, not in those that are required"),
    ('No loader is configured for ".', "import code, JSON or text"),
    ("Unterminated", "close what is opened here"),
    ("Expected", "look at this line and the end of the one before it"),
    ("Unexpected", "look at this line and the end of the one before it"),
    ("has already been declared", "rename one of the two"),
)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong. Lines and columns count from 1; 0 when there is none."""

    text: str
    file: str = ""
    line: int = 0
    column: int = 0
    frame: str = ""
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.line else f"{self.file}: " if self.file else ""
        lines = [place + self.text]
        if self.frame:
            lines.append(self.frame)
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)


class BundleRefused(Exception):  # noqa: N818  its name says what happened
    """The project cannot be bundled; `diagnostics` says why, for its author."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__("\n\n".join(str(diagnostic) for diagnostic in diagnostics))
        self.diagnostics = diagnostics


def from_esbuild(messages: object, files: Mapping[str, str], hints: Mapping[str, str]) -> list[Diagnostic]:
    """esbuild's messages, in our words where ours are better."""
    return [_diagnostic(message, files, hints) for message in cast("list[dict[str, Any]]", messages)]


def _diagnostic(message: dict[str, Any], files: Mapping[str, str], hints: Mapping[str, str]) -> Diagnostic:
    text = str(message["text"]).replace(NAMESPACE, "")
    noted: list[dict[str, Any]] = message.get("notes") or []
    notes = [str(note["text"]).replace(NAMESPACE, "") for note in noted]
    hint = hints.get(text) or next(iter(notes), "") or _hint(text)
    location = message.get("location")
    if not location:
        return Diagnostic(text, hint=hint)
    file = str(location["file"]).removeprefix(NAMESPACE)
    line, column = int(location["line"]), _column(str(location["lineText"]), int(location["column"]))
    if file not in files:
        return Diagnostic(text, file, hint=hint)
    return Diagnostic(text, file, line, column, frame(files[file], line, column, int(location["length"])), hint)


def _column(line: str, offset: int) -> int:
    """esbuild counts bytes."""
    return len(line.encode()[:offset].decode(errors="ignore")) + 1


def _hint(text: str) -> str:
    return next((hint for beginning, hint in _HINTS if text.startswith(beginning) or beginning in text), "")


def frame(text: str, line: int, column: int, length: int = 1) -> str:
    """The lines around a place, with a mark under it."""
    lines = text.split("\n")
    shown: list[str] = []
    for number in range(max(1, line - 2), min(len(lines), line + 1) + 1):
        shown.append(f"  {number:>4} | {lines[number - 1][:160].rstrip()}")
        if number == line:
            width = max(1, min(length, 160 - column))
            shown.append(f"       | {' ' * (column - 1)}{'^' * width}" if column <= 160 else "       |")
    return "\n".join(shown)
