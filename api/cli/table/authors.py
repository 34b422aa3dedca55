"""What authors of scripts do: write and try, deploy and look."""

from typing import Final

from api.cli.grammar import ENTRY, GUILD, JSON, LIMIT, SERVER, YES, Command, arg, flag

WRITING: Final = (
    Command(
        ("init",), "write a new project: configuration, types, an example and its test", "author:init",
        (arg("directory", nargs="?", default=".", metavar="DIR", help="where; here, when not given"),
         arg("--guild", "-g", metavar="ID", help="the guild it is for"), JSON),
        ("flora init my-bot", "# its guild stands in flora.toml then",
         "flora init my-bot --guild 81384788765712384"),
        about="""\
Works offline, and overwrites nothing: where one of the files is there already, none is written.

Types of everything that a script may use go into .flora/sdk, so that an editor completes and checks them.""",
        also=("check", "test", "dev"),
    ),
    Command(
        ("check",), "what a deploy would say: bundle, types, registrations, limits beside usage", "author:check",
        (ENTRY, flag("--no-types", help="leave out the type check"), JSON), ("flora check", "flora check --json"),
        about="""\
Bundles the project, checks its types where tsgo or tsc is installed (in node_modules or on the PATH), and loads the
bundle in a sealed isolate with nothing behind it. Works offline, and asks no server.

What is wrong is told with file, line and column. Warnings do not fail a check; errors of types do.""",
        also=("test", "deploy"),
    ),
    Command(
        ("test",), "run the project's *.test.ts in the isolate of production", "testing:test",
        (arg("filter", nargs="*", metavar="TEXT", help="only files whose names have all of these in them"), JSON),
        ("flora test", "# only src/tags.test.ts", "flora test tags"),
        about="""\
Each test has an isolate and an empty guild of its own. Key-value data is a real store; Discord and the internet answer
as the test says. docs/testing.md has all that a test can do.""",
        also=("check", "try"),
    ),
    Command(
        ("dev",), "run a project here, with a Discord of its own, and again at every save", "dev:dev",
        (
            arg("project", nargs="?", metavar="PATH", help="a project's folder, or a script; here, or an example"),
            arg("--entry", metavar="FILE", help="the entry file; flora.toml's, or src/main.ts"),
            arg("--port", type=int, metavar="PORT", help="of the page; the one it had here last, or a free one"),
            arg("--open", action="store_true", help="open the page in a browser"),
            arg("--chaos", action="store_true", help="let this Discord fail now and then, as the real one does"),
            arg("--data", metavar="DIR", help="the data directory; DATA_DIR, or `.flora/data` here"),
        ),
        ("flora dev", "flora dev examples/ping.js --open", "# on a bad day of Discord's", "flora dev --chaos"),
        about="""\
A whole flora on this machine, with its own stores and a Discord on loopback: no account, no token, no internet. One
line says which page to open; there you are the members of a guild, and talk to the script.

What goes wrong with a save is told here and on the page, and what ran before still runs. Ctrl-C ends it with 0; the
guild and its data are there again at the next start.""",
        also=("test", "deploy"),
    ),
    Command(
        ("try",), "load a script in a sealed isolate and send it events", "attempt:attempt",
        (arg("script", metavar="FILE", help="a JavaScript file"),
         arg("event", nargs="?", help="the name of an event; without it, events are read from standard input"),
         arg("payload", nargs="?", default="{}", metavar="JSON", help="its payload, as JSON"),
         flag("--json", help="each line of it as one JSON object")),
        ("flora try examples/ping.js messageCreate '{\"content\": \"!ping\"}'",),
        about="""\
No server, no Discord, no project: what the script logs, asks of its host and throws is shown as it happens. Events on
standard input come one a line: a name, then JSON. It ends with 1 when an event did not end well.""",
        also=("test", "dev"),
    ),
)  # fmt: skip

RUNNING: Final = (
    Command(
        ("deploy",), "make the project live in the guild", "deployments:deploy",
        (ENTRY, *GUILD, flag("--dry-run", help="say what would change, change nothing"),
         flag("--watch", "-w", help="deploy again at every save, until Ctrl-C"),
         arg("--message", "-m", metavar="TEXT", help="why, for the history"),
         arg("--root", metavar="DIR", help="the project's folder"), JSON),
        ("flora deploy", "# what would change", "flora deploy --dry-run", "# again at every save",
         "flora deploy --watch -m 'trying'"),
        about="""\
Bundles the project here, sends the files that the bundle was made of, and says what changed since the live revision:
files, and commands, events and crons that came or went. No event of the guild is lost.

A deploy that fails changes nothing: what ran before still runs, with its crons. Ctrl-C leaves the old script or the
new one, never half of one; `flora status` says which.""",
        also=("check", "history", "rollback", "logs"),
    ),
    Command(
        ("history",), "the guild's revisions, newest first", "history:history", (*GUILD, LIMIT, JSON),
        ("flora history -n 5",),
        about="Deploys that failed are listed too, with the reason. The live revision has a star.",
        also=("diff", "rollback"),
    ),
    Command(
        ("diff",), "what changed between two revisions, or since one", "history:diff",
        (arg("old", nargs="?", metavar="OLD", help="a revision; the good one before NEW, when not given"),
         arg("new", nargs="?", metavar="NEW", help="a revision; the newest good one, when not given"), *GUILD, JSON),
        ("flora diff", "flora diff 41", "flora diff 41 43"),
        about="A unified diff of the files, as `git diff` shows it; revisions are the numbers of `flora history`.",
        also=("history", "rollback"),
    ),
    Command(
        ("rollback",), "make an earlier revision live again", "history:rollback",
        (arg("revision", nargs="?", metavar="REVISION", help="which; the good one before the newest, when not given"),
         *GUILD, YES, JSON),
        ("flora rollback", "flora rollback 41 --yes"),
        about="The revision's script becomes a new revision, so that the history stays true. Data is not touched.",
        also=("history", "diff"),
    ),
    Command(
        ("logs",), "what the script and the runtime said", "logs:logs",
        (*GUILD, flag("--follow", "-f", help="go on until Ctrl-C; nothing is lost or repeated after a break"),
         LIMIT, arg("--since", metavar="TIME", help="a time, or how long ago: 10m, 2h, 3d"),
         arg("--level", choices=("debug", "info", "warn", "error"), help="this level and above"),
         arg("--grep", metavar="TEXT", help="only lines with this text, in any case"), JSON),
        ("# as it happens", "flora logs -f", "flora logs --since 2h --level warn", "flora logs --grep timeout --json"),
        about="""\
The newest 100 lines (-n says otherwise), oldest first; with -f also what comes, until Ctrl-C. When the server goes
away, it is waited for, and the stream goes on behind the last line that was shown. With --json each line is one JSON
object.""",
        also=("status", "deploy"),
    ),
    Command(
        ("status",), "revision, health, usage against limits, next crons", "status:status", (*GUILD, JSON),
        ("flora status", "flora status --json"), also=("logs", "usage", "cron list"),
    ),
    Command(
        ("get",), "the guild's deployment", "status:get", (*GUILD, JSON), ("flora get --guild 7",),
        also=("status",),
    ),
    Command(
        ("list",), "every deployment you may see", "status:list_all", (*SERVER, JSON), ("flora list",),
        also=("guilds",),
    ),
    Command(
        ("open",), "the guild's page in a browser", "status:open_page", (*GUILD, JSON), ("flora open",),
        about="""\
The page shows what runs, how it is, its crons, its history and its log as it comes. Where no browser can be started,
the address is printed.""",
        also=("status", "logs"),
    ),
)  # fmt: skip
