"""The table of commands, in the order in which people meet them."""

from typing import Final

from api.cli.grammar import Section
from api.cli.table import account, authors, data, help, operators  # noqa: A004  the command is called so

SECTIONS: Final = (
    Section("Write and try", authors.WRITING),
    Section("Deploy and look", authors.RUNNING),
    Section("Data of a guild", data.COMMANDS),
    Section("Account", account.COMMANDS),
    Section("Operate", operators.COMMANDS),
    Section("Help", help.COMMANDS),
)
COMMANDS: Final = tuple(command for section in SECTIONS for command in section.commands)

GROUPS: Final = {
    "kv": "the guild's key-value stores",
    "secrets": "values that the script uses and nobody reads",
    "vars": "values that the script reads",
    "cron": "the script's crons",
    "tokens": "tokens for the API",
}
