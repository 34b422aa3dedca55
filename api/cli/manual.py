"""The manual: a page for each command, and one that lists them all; as text, as Markdown, as man pages.

All three are made of the table, so that `flora COMMAND --help`, docs/commands.md and `man flora-COMMAND` cannot differ
in what they say.
"""

import argparse
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.cli.console import coloured, note, show
from api.cli.faults import MEANINGS, CommandError, Exit
from api.cli.grammar import Argument, Command
from api.cli.pager import show_paged
from api.cli.table import COMMANDS, GROUPS, SECTIONS

DESCRIPTION: Final = "flora: a Discord bot that many servers share, each running its own script in a sealed isolate."
DOCUMENTS: Final = "docs/commands.md"
_WIDEST: Final = 100
_INDENT: Final = "  "
_ANYWHERE: Final = (Exit.OK, Exit.REFUSED, Exit.USAGE)
_OF_SERVERS: Final = (Exit.NO_SERVER, Exit.NOT_ALLOWED, Exit.NOT_FOUND)
_OF_STORES: Final = (Exit.DAMAGED,)
_HELP_OPTION: Final = ("-h, --help", "this page")


@dataclass(frozen=True, slots=True)
class Page:
    """All about one command."""

    name: str
    help: str
    synopsis: str
    paragraphs: Sequence[str]
    arguments: Sequence[tuple[str, str]]
    options: Sequence[tuple[str, str]]
    examples: Sequence[str]
    exits: Sequence[tuple[str, str]]
    also: Sequence[str]


def page_of(command: Command) -> Page:
    given = [argument for argument in command.arguments if not argument.is_option]
    options = [argument for argument in command.arguments if argument.is_option]
    special = _OF_SERVERS * command.asks_a_server + _OF_STORES * command.keeps_stores
    codes = (*_ANYWHERE, *special, Exit.INTERRUPTED)
    return Page(
        name=f"flora {command.name}",
        help=command.help,
        synopsis=" ".join([f"flora {command.name}", *map(_in_synopsis, given), *_needed(options), "[options]"]),
        paragraphs=[" ".join(paragraph.split()) for paragraph in command.about.split("\n\n") if paragraph],
        arguments=[(argument.value, str(argument.options.get("help", ""))) for argument in given],
        options=[(_label(argument), _tells(argument)) for argument in options] + [_HELP_OPTION],
        examples=command.examples,
        exits=[(str(int(code)), MEANINGS[code]) for code in codes],
        also=[f"flora {name}" for name in command.also],
    )


def _in_synopsis(argument: Argument) -> str:
    match argument.options.get("nargs"):
        case "?":
            return f"[{argument.value}]"
        case "*":
            return f"[{argument.value} ...]"
        case _:
            return argument.value


def _needed(options: Sequence[Argument]) -> Iterator[str]:
    for argument in options:
        if argument.options.get("required"):
            yield f"{argument.names[0]} {argument.value}"


def _label(argument: Argument) -> str:
    names = ", ".join(sorted(argument.names, key=len))
    return f"{names} {argument.value}" if argument.takes_value else names


def _tells(argument: Argument) -> str:
    needed = "; needed" if argument.options.get("required") else ""
    return f"{argument.options.get('help', '')}{needed}"


# -- as text -------------------------------------------------------------------------------------------------------


def text_of(page: Page, width: int) -> str:
    """As a terminal shows it."""
    lines = [_title("NAME"), *_filled(f"{page.name} - {page.help}", width)]
    lines += ["", _title("SYNOPSIS"), *_filled(page.synopsis, width)]
    if page.paragraphs:
        lines += ["", _title("DESCRIPTION"), *_separated([_filled(one, width) for one in page.paragraphs])]
    if page.arguments:
        lines += ["", _title("ARGUMENTS"), *_listed(page.arguments, width)]
    lines += ["", _title("OPTIONS"), *_listed(page.options, width)]
    lines += ["", _title("EXAMPLES"), *_examples(page)]
    lines += ["", _title("EXIT CODES"), *_listed(page.exits, width)]
    lines += ["", _title("SEE ALSO"), *_filled(", ".join([*page.also, DOCUMENTS]), width)]
    return "\n".join(lines)


def _examples(page: Page) -> Iterator[str]:
    for line in page.examples:
        yield coloured(f"{_INDENT}{line}", "grey") if line.startswith("#") else f"{_INDENT}{line}"


def _title(text: str) -> str:
    return coloured(text, "bold")


def _separated(parts: Sequence[Sequence[str]]) -> list[str]:
    lines = [line for part in parts for line in (*part, "")]
    return lines[:-1]


def _filled(text: str, width: int, indent: str = _INDENT) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )


def _listed(entries: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Labels on the left, what they say beside them."""
    left = max(len(label) for label, _ in entries) + 2 * len(_INDENT)
    lines: list[str] = []
    for label, tells in entries:
        first, *more = _filled(tells, width, " " * left) or [""]
        lines += [f"{_INDENT}{label}".ljust(left) + first[left:], *more]
    return lines


def overview(width: int) -> str:
    """Every command in a line."""
    lines = [*_filled(DESCRIPTION, width, ""), "", _title("SYNOPSIS"), f"{_INDENT}flora COMMAND [options]"]
    rows = {section.title: _rows(section.commands) for section in SECTIONS}
    left = max(len(name) for entries in rows.values() for name, _ in entries)
    for title, entries in rows.items():
        lines += ["", _title(title.upper()), *_listed([(name.ljust(left), tells) for name, tells in entries], width)]
    options = [("-h, --help", "this page; behind a command, all about it"), ("--version", "which flora this is")]
    lines += ["", _title("OPTIONS"), *_listed(options, width)]
    exits = [(str(int(code)), meaning) for code, meaning in MEANINGS.items()]
    lines += ["", _title("EXIT CODES"), *_listed(exits, width)]
    read_on = "flora help COMMAND, docs/first-five-minutes.md for authors, docs/operations.md for operators"
    lines += ["", _title("SEE ALSO"), *_filled(read_on, width)]
    return "\n".join(lines)


def _rows(commands: Sequence[Command]) -> list[tuple[str, str]]:
    """A group of commands is one row."""
    rows = {command.words[0]: GROUPS.get(command.words[0], command.help) for command in commands}
    return list(rows.items())


def of_group(group: str, width: int) -> str:
    """The commands of a group."""
    rows = [(command.name, command.help) for command in COMMANDS if command.words[0] == group]
    lines = [_title("NAME"), *_filled(f"flora {group} - {GROUPS[group]}", width)]
    lines += ["", _title("COMMANDS"), *_listed(rows, width)]
    lines += ["", _title("SEE ALSO"), *_filled(f"flora help {rows[0][0]}, {DOCUMENTS}", width)]
    return "\n".join(lines)


def help_command(options: argparse.Namespace) -> int:
    """`flora help`, `flora help COMMAND`, `flora COMMAND --help`."""
    if options.man_pages:
        return _write_man_pages(Path(options.man_pages))
    topic = tuple(options.topic)
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    if not topic:
        show_paged(overview(width))
        return Exit.OK
    if topic in {(group,) for group in GROUPS}:
        show_paged(of_group(topic[0], width))
        return Exit.OK
    command = next((command for command in COMMANDS if command.words == topic), None)
    if command is None:
        raise CommandError(f"there is no command {' '.join(topic)}", "flora help lists them all", Exit.USAGE)
    show_paged(text_of(page_of(command), width))
    return Exit.OK


def version(_options: argparse.Namespace) -> int:
    from importlib.metadata import PackageNotFoundError  # noqa: PLC0415  takes a while, and only this needs it
    from importlib.metadata import version as of_package  # noqa: PLC0415

    try:
        show(f"flora {of_package('flora-runtime')}")
    except PackageNotFoundError:
        show("flora, from a checkout")
    return Exit.OK


# -- as Markdown ---------------------------------------------------------------------------------------------------


def page() -> str:
    """docs/commands.md."""
    lines = [
        "# Commands",
        "",
        "Made from `api/cli/table/` by `make docs`; `flora help COMMAND` says the same, and",
        "`flora help --man-pages DIR` writes man pages.",
        "",
        "| exit code | meaning |",
        "|---|---|",
        *(f"| {int(code)} | {meaning} |" for code, meaning in MEANINGS.items()),
        "",
        "Results go to stdout, the rest to stderr. `--json` prints one JSON value. Colour, headings and progress",
        "are for terminals only; NO_COLOR is honoured.",
        "",
    ]
    for section in SECTIONS:
        listed = ", ".join(f"[{one.name}](#flora-{'-'.join(one.words)})" for one in section.commands)
        lines.append(f"- **{section.title}**: {listed}")
    lines.append("")
    for command in COMMANDS:
        lines += _markdown(page_of(command))
    return "\n".join(lines).rstrip() + "\n"


def _markdown(page: Page) -> list[str]:
    lines = [f"## {page.name}", "", f"{page.help[0].upper()}{page.help[1:]}.", "", f"    {page.synopsis}", ""]
    for paragraph in page.paragraphs:
        lines += [*textwrap.wrap(paragraph, 120, break_on_hyphens=False), ""]
    lines += [f"- `{label}`: {tells}" for label, tells in (*page.arguments, *page.options[:-1])]
    lines += ["", *(f"    {line}" for line in page.examples), ""]
    also = f" See also {', '.join(f'`{name}`' for name in page.also)}." if page.also else ""
    return [*lines, f"Exit codes: {', '.join(code for code, _ in page.exits)}.{also}", ""]


# -- as man pages --------------------------------------------------------------------------------------------------


def _write_man_pages(folder: Path) -> int:
    pages = {f"flora-{'-'.join(command.words)}.1": roff_of(page_of(command)) for command in COMMANDS}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{folder} cannot be written: {error.strerror}") from None
    note(f"{len(pages)} pages are in {folder}; try: man flora-deploy")
    return Exit.OK


def roff_of(page: Page) -> str:
    """For `man`."""
    dashed = page.name.replace(" ", "-")
    lines = [f'.TH {dashed.upper()} 1 "" "flora" "flora"', ".SH NAME", f"{_roff(dashed)} \\- {_roff(page.help)}"]
    lines += [".SH SYNOPSIS", _roff(page.synopsis)]
    if page.paragraphs:
        lines.append(".SH DESCRIPTION")
        for paragraph in page.paragraphs:
            lines += [".PP", _roff(paragraph)]
    for title, entries in (("ARGUMENTS", page.arguments), ("OPTIONS", page.options), ("EXIT STATUS", page.exits)):
        if entries:
            lines.append(f".SH {title}")
        for label, tells in entries:
            lines += [".TP", f"\\fB{_roff(label)}\\fR", _roff(tells)]
    lines += [".SH EXAMPLES", ".nf", *map(_roff, page.examples), ".fi"]
    also = [f"\\fB{_roff(name.replace(' ', '-'))}\\fR(1)" for name in page.also]
    lines += [".SH SEE ALSO", ", ".join([*also, _roff(DOCUMENTS)])]
    return "\n".join(lines) + "\n"


def _roff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
