"""Who one is at which server."""

from typing import Final

from api.cli.grammar import JSON, SERVER, YES, Command, arg, flag

COMMANDS: Final = (
    Command(
        ("login",), "log in to a server, by browser or with a token", "account:login",
        (arg("token", nargs="?", metavar="TOKEN", help="a token; lists of processes show it: better --token-stdin"),
         flag("--token-stdin", help="read a token from stdin"),
         flag("--no-browser", help="ask for a token instead of opening a browser"), *SERVER, JSON),
        ("flora login --api https://flora.example.com", "# as the operator of a fresh flora",
         "flora login --token-stdin < data/operator.token", "# beside another login",
         "flora login --profile staging --api https://staging.example.com"),
        about="""\
Opens the server's page in a browser, where you log in with Discord and allow this command to act for you. The browser
brings the answer back to a port of this machine, and to nobody else. On a machine without a browser, make a token on
the server's /tokens page and give it here.

The token is tried before it is kept: in the system's keyring, or where there is none in
~/.config/flora/credentials.json, which only you can read. Every server can have a profile of its own; the last login
is used when none is named.""",
        also=("logout", "whoami", "profiles", "tokens create"),
    ),
    Command(
        ("logout",), "forget the token of a server", "account:logout", (*SERVER, JSON), ("flora logout",),
        about="A token that a login by browser made is ended at the server, too.",
        also=("login", "tokens revoke"),
    ),
    Command(("whoami",), "who you are there", "account:whoami", (*SERVER, JSON), ("flora whoami",), also=("login",)),
    Command(
        ("profiles",), "the logins there are, and which one is used", "account:list_profiles",
        (arg("use", nargs="?", metavar="NAME", help="use this one from now on"), JSON),
        ("flora profiles", "flora profiles staging"),
        about="The one that is used has a star. FLORA_PROFILE and --profile come before it.", also=("login",),
    ),
    Command(
        ("tokens", "list"), "your tokens", "account:list_tokens", (*SERVER, JSON), ("flora tokens list",),
        also=("tokens create",),
    ),
    Command(
        ("tokens", "create"), "make a token; it is shown once", "account:create_token",
        (arg("--label", metavar="TEXT", help="what it is for"),
         arg("--scope", action="append", default=[], metavar="NAME",
             help="what it may do: full, deploy, read, ...; may be given again; full, when not given"),
         arg("--guild", "-g", action="append", default=[], metavar="ID",
             help="only for this guild; may be given again; all that you may do anything in, when not given"),
         arg("--days", type=float, metavar="N", help="days until it ends; never, when not given"), *SERVER, JSON),
        ("flora tokens create --label CI --scope deploy --days 90", "# an operator's, for an author without a login",
         "flora tokens create --label ada --guild 81384788765712384"),
        about="A token may at most what you may. docs/api.md says what each scope allows.",
        also=("tokens list", "tokens revoke"),
    ),
    Command(
        ("tokens", "revoke"), "end a token", "account:revoke_token",
        (arg("token_id", metavar="ID", help="its id"), *SERVER, YES, JSON), ("flora tokens revoke 12",),
        also=("tokens list",),
    ),
    Command(
        ("guilds",), "the guilds there are", "operator:guilds", (*SERVER, JSON), ("flora guilds",),
        about="""\
Those that you administrate and flora is in; for operators, all that flora is in, and those in which something runs.
A token lists what its user administrated at the last login.""",
        also=("list",),
    ),
    Command(
        ("health",), "whether the server is well", "status:health", (*SERVER, JSON), ("flora health",),
        also=("doctor",),
    ),
)  # fmt: skip
