"""What a command is: its words, options, help and examples, and where it is done.

Every command stands in `api/cli/table/`; the parser, help, man pages, completion and docs/commands.md are all made of
that one table. Nothing heavy is imported to show any of them: the module that does a command's work is imported when
the command is called.
"""

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Argument:
    """As argparse takes it."""

    names: tuple[str, ...]
    options: dict[str, Any]

    @property
    def is_option(self) -> bool:
        return self.names[0].startswith("-")

    @property
    def takes_value(self) -> bool:
        """An option that is followed by something; what is no option is the something itself."""
        return self.options.get("action") in {None, "append"}

    @property
    def value(self) -> str:
        """How what is typed here is called in help."""
        if "choices" in self.options:
            return "|".join(self.options["choices"])
        return str(self.options.get("metavar") or self.names[-1].lstrip("-").upper())


@dataclass(frozen=True, slots=True)
class Command:
    words: tuple[str, ...]
    help: str
    """One line, as lists of commands show it."""
    run: str
    """`module:function`, below `api.cli`."""
    arguments: tuple[Argument, ...] = ()
    examples: tuple[str, ...] = ()
    """Command lines, and lines that begin with # and say what the next one is for."""
    about: str = ""
    """What one wants to know beyond the one line; paragraphs have an empty line between."""
    also: tuple[str, ...] = ()
    """Commands that belong with it."""

    @property
    def name(self) -> str:
        return " ".join(self.words)

    @property
    def asks_a_server(self) -> bool:
        return any("--api" in argument.names for argument in self.arguments)

    @property
    def keeps_stores(self) -> bool:
        """It is the daemon, under one name or another."""
        return self.run in {"serve:serve", "dev:dev"}


@dataclass(frozen=True, slots=True)
class Section:
    """Commands that a person meets together."""

    title: str
    commands: tuple[Command, ...]


def arg(*names: str, **options: Any) -> Argument:
    return Argument(names, options)


def flag(*names: str, help: str) -> Argument:  # noqa: A002  as argparse names it
    return Argument(names, {"action": "store_true", "help": help})


JSON: Final = flag("--json", help="one JSON value instead of text")
YES: Final = flag("--yes", "-y", help="do not ask")
SERVER: Final = (
    arg("--api", "-a", metavar="URL", help="the server; FLORA_API_URL, or the profile's"),
    arg("--profile", metavar="NAME", help="which login; FLORA_PROFILE, or the last one"),
)
GUILD: Final = (arg("--guild", "-g", metavar="ID", help="the guild; FLORA_GUILD, or flora.toml's"), *SERVER)
DATA: Final = arg("--data", metavar="DIR", help="the data directory; DATA_DIR, config.toml's, or `data` here")
CONFIG: Final = arg("--config", metavar="FILE", help="config.toml, when not given")
STORE: Final = arg("--store", "-s", metavar="NAME", required=True, help="the store")
ENTRY: Final = arg("entry", nargs="?", metavar="FILE", help="the entry file; flora.toml's, or src/main.ts")
LIMIT: Final = arg("--limit", "-n", type=int, metavar="N", help="how many at most")
