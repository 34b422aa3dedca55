"""Every command there is: its words, options, help and examples, and where it is done.

A table, so that help, completion and docs/commands.md are made of one thing, and nothing heavy is imported to show
any of them: the module that does a command's work is imported when it is called.
"""

import argparse
from dataclasses import dataclass
from typing import Any, Final

from api.cli.faults import MEANINGS


@dataclass(frozen=True, slots=True)
class Argument:
    """As argparse takes it."""

    names: tuple[str, ...]
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    words: tuple[str, ...]
    help: str
    run: str
    """`module:function`, below `api.cli`."""
    arguments: tuple[Argument, ...] = ()
    examples: tuple[str, ...] = ()


def _arg(*names: str, **options: Any) -> Argument:
    return Argument(names, options)


def _flag(*names: str, help: str) -> Argument:  # noqa: A002  as argparse names it
    return Argument(names, {"action": "store_true", "help": help})


_JSON: Final = _flag("--json", help="one JSON value instead of text")
_YES: Final = _flag("--yes", "-y", help="do not ask")
_SERVER: Final = (
    _arg("--api", "-a", metavar="URL", help="the server; FLORA_API_URL, or the profile's"),
    _arg("--profile", metavar="NAME", help="which login; FLORA_PROFILE, or the last one"),
)
_GUILD: Final = (_arg("--guild", "-g", metavar="ID", help="the guild; FLORA_GUILD, or flora.toml's"), *_SERVER)
_DATA: Final = _arg("--data", metavar="DIR", help="the data directory; DATA_DIR, config.toml's, or `data` here")
_CONFIG: Final = _arg("--config", metavar="FILE", help="config.toml, when not given")
_STORE: Final = _arg("--store", "-s", metavar="NAME", required=True, help="the store")
_ENTRY: Final = _arg("entry", nargs="?", help="the entry file; flora.toml's, or src/main.ts")
_LIMIT: Final = _arg("--limit", "-n", type=int, metavar="N", help="how many at most")

GROUPS: Final = {
    "kv": "the guild's key-value stores",
    "secrets": "values that the script uses and nobody reads",
    "vars": "values that the script reads",
    "cron": "the script's crons",
    "tokens": "tokens for the API",
}

COMMANDS: Final = (
    # -- authors
    Command(
        ("init",), "write a new project: configuration, types, an example and its test", "author:init",
        (_arg("directory", nargs="?", default=".", help="where; here, when not given"),
         _arg("--guild", "-g", metavar="ID", help="the guild it is for"), _JSON),
        ("flora init my-bot --guild 81384788765712384",),
    ),
    Command(
        ("check",), "what a deploy would say: bundle, types, registrations, limits beside usage", "author:check",
        (_ENTRY, _flag("--no-types", help="leave out the type check"), _JSON), ("flora check", "flora check --json"),
    ),
    Command(
        ("test",), "run the project's *.test.ts in the isolate of production", "testing:test",
        (_arg("filter", nargs="*", help="parts of file names"), _JSON), ("flora test", "flora test tags"),
    ),
    Command(
        ("deploy",), "make the project live in the guild", "deployments:deploy",
        (_ENTRY, *_GUILD, _flag("--dry-run", help="say what would change, change nothing"),
         _flag("--watch", "-w", help="deploy again at every save"),
         _arg("--message", "-m", metavar="TEXT", help="why, for the history"),
         _arg("--root", metavar="DIR", help="the project's folder"), _JSON),
        ("flora deploy", "flora deploy --dry-run", "flora deploy --watch -m 'trying'"),
    ),
    Command(
        ("history",), "the guild's revisions, newest first", "deployments:history", (*_GUILD, _LIMIT, _JSON),
        ("flora history -n 5",),
    ),
    Command(
        ("diff",), "what changed between two revisions, or since one", "deployments:diff",
        (_arg("old", nargs="?", help="a revision; the one before the newest, when not given"),
         _arg("new", nargs="?", help="a revision; the newest, when not given"), *_GUILD, _JSON),
        ("flora diff", "flora diff 1f0c 9ab2"),
    ),
    Command(
        ("rollback",), "make an earlier revision live again", "deployments:rollback",
        (_arg("revision", nargs="?", help="which; the last good one before the live one, when not given"),
         *_GUILD, _YES, _JSON), ("flora rollback", "flora rollback 1f0c --yes"),
    ),
    Command(
        ("logs",), "what the script and the runtime said", "logs:logs",
        (*_GUILD, _flag("--follow", "-f", help="go on until Ctrl-C; nothing is lost or repeated after a break"),
         _LIMIT, _arg("--since", metavar="TIME", help="a time, or how long ago: 10m, 2h, 3d"),
         _arg("--level", choices=("debug", "info", "warn", "error"), help="this level and above"),
         _arg("--grep", metavar="TEXT", help="only lines with this text"), _JSON),
        ("flora logs -f", "flora logs --since 2h --level warn", "flora logs --grep timeout --json"),
    ),
    Command(
        ("status",), "revision, health, usage against limits, next crons", "deployments:status", (*_GUILD, _JSON),
        ("flora status",),
    ),
    Command(("get",), "the guild's deployment", "deployments:get", (*_GUILD, _JSON), ("flora get --guild 7",)),
    Command(("list",), "every deployment you may see", "deployments:list_all", (*_SERVER, _JSON), ("flora list",)),
    Command(("health",), "whether the server is well", "deployments:health", (*_SERVER, _JSON), ("flora health",)),
    Command(
        ("open",), "the guild's page in a browser", "deployments:open_page", (*_GUILD,), ("flora open",),
    ),
    # -- kv
    Command(("kv", "stores"), "the guild's stores", "kv:stores", (*_GUILD, _JSON), ("flora kv stores",)),
    Command(("kv", "list-stores"), "as `kv stores`", "kv:stores", (*_GUILD, _JSON), ("flora kv list-stores",)),
    Command(
        ("kv", "create-store"), "make a store", "kv:create_store",
        (_arg("--name", required=True, metavar="NAME", help="its name"), *_GUILD, _JSON),
        ("flora kv create-store --name tags",),
    ),
    Command(
        ("kv", "delete-store"), "delete a store and everything in it", "kv:delete_store",
        (_arg("--name", required=True, metavar="NAME", help="its name"), *_GUILD, _YES, _JSON),
        ("flora kv delete-store --name tags",),
    ),
    *(
        Command(
            ("kv", word), "the keys of a store", "kv:list_keys",
            (_STORE, *_GUILD, _arg("--prefix", metavar="TEXT", help="only keys that begin with it"), _LIMIT,
             _arg("--cursor", metavar="TEXT", help="where the last page ended"), _JSON),
            (f"flora kv {word} --store tags --prefix a",),
        )
        for word in ("list", "list-keys")
    ),
    Command(
        ("kv", "get"), "a value", "kv:get", (_arg("key", help="its key"), _STORE, *_GUILD, _JSON),
        ("flora kv get rules --store tags",),
    ),
    Command(
        ("kv", "set"), "write a value; `-` reads it from stdin", "kv:put",
        (_arg("value", help="the value"), _arg("--key", "-k", required=True, help="its key"), _STORE, *_GUILD,
         _arg("--expiration", type=int, metavar="SECONDS", help="when it goes, in Unix seconds"),
         _arg("--metadata", metavar="JSON", help="what is kept beside it"), _JSON),
        ("flora kv set 'be kind' --store tags --key rules",),
    ),
    Command(
        ("kv", "delete"), "delete a key", "kv:delete", (_arg("key", help="the key"), _STORE, *_GUILD, _JSON),
        ("flora kv delete rules --store tags",),
    ),
    Command(
        ("kv", "incr"), "add to a number, at once and for all", "kv:increment",
        (_arg("key", help="its key"), _arg("by", nargs="?", type=int, default=1, help="how much; 1 when not given"),
         _STORE, *_GUILD, _JSON), ("flora kv incr visits --store counters", "flora kv incr visits 5 --store counters"),
    ),
    Command(
        ("kv", "export"), "a store as lines of JSON", "kv:export",
        (_STORE, _arg("--output", "-o", metavar="FILE", help="a file; stdout, when not given"), *_GUILD),
        ("flora kv export --store tags > tags.jsonl",),
    ),
    Command(
        ("kv", "import"), "write lines of JSON, as `kv export` made them", "kv:load",
        (_STORE, _arg("file", help="the file; - for stdin"), *_GUILD, _JSON),
        ("flora kv import --store tags tags.jsonl",),
    ),
    # -- secrets and variables
    Command(
        ("secrets", "list"), "their names and hosts", "secrets:list_secrets", (*_GUILD, _JSON),
        ("flora secrets list",),
    ),
    Command(
        ("secrets", "set"), "put a secret; its value comes from a prompt or stdin", "secrets:put_secret",
        (_arg("name", help="its name"), _arg("--host", action="append", default=[], metavar="HOST",
         help="a host it may be sent to; may be given again"), *_GUILD, _JSON),
        ("flora secrets set API_KEY --host api.example.com", "pass show key | flora secrets set API_KEY"),
    ),
    Command(
        ("secrets", "delete"), "delete a secret", "secrets:delete_secret",
        (_arg("name", help="its name"), *_GUILD, _YES, _JSON), ("flora secrets delete API_KEY",),
    ),
    Command(
        ("vars", "list"), "the variables and their values", "secrets:list_vars", (*_GUILD, _JSON),
        ("flora vars list",),
    ),
    Command(
        ("vars", "set"), "put a variable; its value comes from a prompt or stdin", "secrets:put_var",
        (_arg("name", help="its name"), *_GUILD, _JSON), ("echo de | flora vars set LANGUAGE",),
    ),
    Command(
        ("vars", "delete"), "delete a variable", "secrets:delete_var",
        (_arg("name", help="its name"), *_GUILD, _YES, _JSON), ("flora vars delete LANGUAGE",),
    ),
    # -- crons
    Command(
        ("cron", "list"), "the crons and when they run next", "cron:list_crons", (*_GUILD, _JSON),
        ("flora cron list",),
    ),
    Command(
        ("cron", "history"), "the last runs of a cron", "cron:history",
        (_arg("name", help="the cron"), *_GUILD, _LIMIT, _JSON), ("flora cron history digest",),
    ),
    *(
        Command(
            ("cron", word), text, f"cron:{word}", (_arg("name", help="the cron"), *_GUILD, _JSON),
            (f"flora cron {word} digest",),
        )
        for word, text in (("run", "run a cron now"), ("pause", "let a cron rest"), ("resume", "let a cron run again"))
    ),
    # -- account
    Command(
        ("login",), "log in to a server, by browser or with a token", "account:login",
        (_arg("token", nargs="?", help="a token (better: --token-stdin, which no list of processes shows)"),
         _flag("--token-stdin", help="read a token from stdin"), *_SERVER, _JSON),
        ("flora login --api https://flora.example.com", "pass show flora | flora login --token-stdin"),
    ),
    Command(("logout",), "forget the token of a server", "account:logout", (*_SERVER, _JSON), ("flora logout",)),
    Command(("whoami",), "who you are there", "account:whoami", (*_SERVER, _JSON), ("flora whoami",)),
    Command(("profiles",), "the logins there are", "account:list_profiles", (_JSON,), ("flora profiles",)),
    Command(("tokens", "list"), "your tokens", "account:list_tokens", (*_SERVER, _JSON), ("flora tokens list",)),
    Command(
        ("tokens", "create"), "make a token; it is shown once", "account:create_token",
        (_arg("--label", metavar="TEXT", help="what it is for"), *_SERVER, _JSON), ("flora tokens create --label CI",),
    ),
    Command(
        ("tokens", "revoke"), "end a token", "account:revoke_token",
        (_arg("token_id", help="its id"), *_SERVER, _YES, _JSON), ("flora tokens revoke a1b2c3",),
    ),
    # -- operators
    Command(
        ("dev",), "run a project here, with a Discord of its own, and again at every save", "dev:dev",
        (
            _arg("project", nargs="?", metavar="PATH", help="a project's folder, or a script; here, or an example"),
            _arg("--entry", metavar="FILE", help="the entry file; flora.toml's, or src/main.ts"),
            _arg("--port", type=int, metavar="PORT", help="of the page; the one it had last here, or a free one"),
            _arg("--open", action="store_true", help="open the page in a browser"),
            _arg("--chaos", action="store_true", help="let this Discord fail now and then, as the real one does"),
            _arg("--data", metavar="DIR", help="the data directory; DATA_DIR, or `.flora/data` here"),
        ),
        ("flora dev", "flora dev examples/ping.js --open", "flora dev --chaos"),
    ),
    Command(
        ("serve",), "run the daemon", "operator:serve",
        (_CONFIG, _DATA), ("flora serve",),
    ),
    Command(
        ("doctor",), "what of this machine flora can rely on, and what to do where it cannot", "doctor:doctor",
        (_CONFIG, _DATA, _JSON), ("flora doctor", "flora doctor --json"),
    ),
    Command(("workers",), "the workers and their load", "operator:workers", (*_SERVER, _JSON), ("flora workers",)),
    Command(
        ("placement",), "which guild runs on which worker", "operator:placement", (*_SERVER, _JSON),
        ("flora placement",),
    ),
    Command(
        ("migrate",), "move a guild to a worker; no event is lost", "operator:migrate",
        (_arg("worker", help="the worker"), *_GUILD, _JSON), ("flora migrate 2 --guild 7",),
    ),
    Command(
        ("drain",), "move every guild off a worker", "operator:drain",
        (_arg("worker", help="the worker"), *_SERVER, _YES, _JSON), ("flora drain 2 --yes",),
    ),
    Command(("guilds",), "the guilds there are", "operator:guilds", (*_SERVER, _JSON), ("flora guilds",)),
    Command(("usage",), "what a guild has used of its limits", "operator:usage", (*_GUILD, _JSON), ("flora usage",)),
    Command(
        ("backup",), "everything that must survive, in one file, while flora runs", "upkeep:backup",
        (_arg("file", help="the file; it must not exist"), _CONFIG, _DATA,
         _flag("--with-keys", help="the keys of the secrets too: keep such a file like them"), _JSON),
        ("flora backup flora.zip",),
    ),
    Command(
        ("restore",), "replace everything by a backup; flora must not run", "upkeep:restore",
        (_arg("file", help="the backup"), _CONFIG, _DATA, _YES,
         _flag("--force", help="even if what is there is newer"), _JSON), ("flora restore flora.zip --yes",),
    ),
    Command(
        ("rotate-key",), "a new key for the secrets; those there are sealed anew", "upkeep:rotate_key",
        (_CONFIG, _DATA, _YES, _JSON), ("flora rotate-key --yes",),
    ),
    Command(
        ("config",), "the values in force, and where each came from", "operator:config",
        (_CONFIG, _JSON), ("flora config",),
    ),
    # -- the rest
    Command(
        ("try",), "load a script in a sealed isolate and send it events", "attempt:attempt",
        (_arg("script", help="a JavaScript file"),
         _arg("event", nargs="?", help="the name of an event; without it, events are read from standard input"),
         _arg("payload", nargs="?", default="{}", help="its payload, as JSON")),
        ("flora try examples/ping.js messageCreate '{\"content\": \"!ping\"}'",),
    ),
    Command(
        ("completion",), "a script that completes this command in your shell", "completion:completion",
        (_arg("shell", choices=("bash", "zsh", "fish"), help="which shell"),), ('eval "$(flora completion bash)"',),
    ),
)  # fmt: skip

DESCRIPTION: Final = "flora: a Discord bot that many servers share, each running its own script in a sealed isolate."


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(
        prog="flora",
        description=DESCRIPTION,
        epilog=_exit_codes(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    groups: dict[str, Any] = {}
    for command in COMMANDS:
        if len(command.words) == 1:
            _add(top, command)
            continue
        group, _ = command.words
        if group not in groups:
            made = top.add_parser(group, help=GROUPS[group], description=GROUPS[group])
            groups[group] = made.add_subparsers(dest="subcommand", required=True, metavar="COMMAND")
        _add(groups[group], command)
    return parser


def _add(parsers: Any, command: Command) -> None:
    parser = parsers.add_parser(
        command.words[-1],
        help=command.help,
        description=command.help,
        epilog="examples:\n" + "\n".join(f"  {example}" for example in command.examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for argument in command.arguments:
        parser.add_argument(*argument.names, **argument.options)
    parser.set_defaults(run=command.run, json=False)


def _exit_codes() -> str:
    return "exit codes:\n" + "\n".join(f"  {int(code):<4} {meaning}" for code, meaning in MEANINGS.items())


def page() -> str:
    """docs/commands.md."""
    lines = [
        "# Commands",
        "",
        "Made from `api/cli/grammar.py` by `make docs`; `flora COMMAND --help` says the same.",
        "",
    ]
    lines += ["| exit code | meaning |", "|---|---|"]
    lines += [f"| {int(code)} | {meaning} |" for code, meaning in MEANINGS.items()]
    lines += [
        "",
        "Results go to stdout, everything else to stderr. `--json` prints one JSON value. NO_COLOR is honoured.",
        "",
    ]
    for command in COMMANDS:
        lines += _section(command)
    return "\n".join(lines).rstrip() + "\n"


def _section(command: Command) -> list[str]:
    lines = [f"## flora {' '.join(command.words)}", "", f"{command.help[0].upper()}{command.help[1:]}.", ""]
    for argument in command.arguments:
        names = ", ".join(f"`{name}`" for name in argument.names)
        lines.append(f"- {names}: {argument.options.get('help', '')}")
    lines += ["", *(f"    {example}" for example in command.examples), ""]
    return lines
