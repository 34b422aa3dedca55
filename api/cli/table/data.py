"""What belongs to a guild beside its script: key-value data, secrets, variables, crons."""

from typing import Final

from api.cli.grammar import GUILD, JSON, LIMIT, STORE, YES, Command, arg

_KEY: Final = arg("key", metavar="KEY", help="its key")
_FROM_STDIN: Final = """\
The value comes from a prompt that does not echo, or from standard input; never from the command line, which lists of
processes and the shell's history show."""

_STORES: Final = (
    Command(
        ("kv", "stores"), "the guild's stores", "kv:stores", (*GUILD, JSON), ("flora kv stores",), also=("kv list",)
    ),
    Command(
        ("kv", "list-stores"), "as `kv stores`", "kv:stores", (*GUILD, JSON), ("flora kv list-stores",),
        also=("kv stores",),
    ),
    Command(
        ("kv", "create-store"), "make a store", "kv:create_store",
        (arg("--name", required=True, metavar="NAME", help="its name"), *GUILD, JSON),
        ("flora kv create-store --name tags",),
        about="There is no need to: a store is there with its first key. This says whether the name is good.",
        also=("kv set",),
    ),
    Command(
        ("kv", "delete-store"), "delete a store and everything in it", "kv:delete_store",
        (arg("--name", required=True, metavar="NAME", help="its name"), *GUILD, YES, JSON),
        ("flora kv delete-store --name tags",), also=("kv export",),
    ),
    *(
        Command(
            ("kv", word), "the keys of a store", "kv:list_keys",
            (STORE, *GUILD, arg("--prefix", metavar="TEXT", help="only keys that begin with it"), LIMIT,
             arg("--cursor", metavar="TEXT", help="where the last page ended"), JSON),
            (f"flora kv {word} --store tags --prefix a",), also=("kv get", "kv export"),
        )
        for word in ("list", "list-keys")
    ),
    Command(
        ("kv", "get"), "a value", "kv:get", (_KEY, STORE, *GUILD, JSON), ("flora kv get rules --store tags",),
        about="A text is printed as it is, anything else as JSON; --json tells its version, expiry and metadata too.",
        also=("kv set",),
    ),
    Command(
        ("kv", "set"), "write a value; `-` reads it from stdin", "kv:put",
        (arg("value", metavar="VALUE", help="the value, a text"),
         arg("--key", "-k", required=True, metavar="KEY", help="its key"), STORE, *GUILD,
         arg("--expiration", type=int, metavar="SECONDS", help="when it goes, in Unix seconds"),
         arg("--metadata", metavar="JSON", help="what is kept beside it"), JSON),
        ("flora kv set 'be kind' --store tags --key rules", "# a long one",
         "flora kv set - --store tags --key rules < rules.txt"),
        also=("kv get", "kv import"),
    ),
    Command(
        ("kv", "delete"), "delete a key", "kv:delete", (arg("key", metavar="KEY", help="the key"), STORE, *GUILD, JSON),
        ("flora kv delete rules --store tags",), also=("kv delete-store",),
    ),
    Command(
        ("kv", "incr"), "add to a number, at once and for all", "kv:increment",
        (_KEY, arg("by", nargs="?", type=int, default=1, metavar="BY", help="how much; 1 when not given"),
         STORE, *GUILD, JSON),
        ("flora kv incr visits --store counters", "flora kv incr visits 5 --store counters"), also=("kv get",),
    ),
    Command(
        ("kv", "export"), "a store as lines of JSON", "kv:export",
        (STORE, arg("--output", "-o", metavar="FILE", help="a file; stdout, when not given"), *GUILD),
        ("flora kv export --store tags > tags.jsonl", "flora kv export --store tags -o tags.jsonl"),
        about="All of it as it is at one moment, a line for each key with its value (bytes as base64), expiry and "
        "metadata. With -o the file appears when it is whole.",
        also=("kv import", "backup"),
    ),
    Command(
        ("kv", "import"), "write lines of JSON, as `kv export` made them", "kv:load",
        (STORE, arg("file", metavar="FILE", help="the file; - for stdin"), *GUILD, JSON),
        ("flora kv import --store tags tags.jsonl",),
        about="""\
Every line is looked at before the first is written, and keys that the file does not have stay. What was broken off in
the middle says how far it came; the same import again completes it.""",
        also=("kv export",),
    ),
)  # fmt: skip

_VALUES: Final = (
    Command(
        ("secrets", "list"), "their names and hosts", "secrets:list_secrets", (*GUILD, JSON), ("flora secrets list",),
        about="Values are shown to nobody, the script included: it sends a placeholder that becomes the value on the "
        "way to an allowed host.",
        also=("secrets set",),
    ),
    Command(
        ("secrets", "set"), "put a secret; its value comes from a prompt or stdin", "secrets:put_secret",
        (arg("name", metavar="NAME", help="its name"), arg("--host", action="append", default=[], metavar="HOST",
         help="a host it may be sent to; may be given again"), *GUILD, JSON),
        ("flora secrets set API_KEY --host api.example.com", "pass show key | flora secrets set API_KEY"),
        about=_FROM_STDIN, also=("secrets list", "vars set"),
    ),
    Command(
        ("secrets", "delete"), "delete a secret", "secrets:delete_secret",
        (arg("name", metavar="NAME", help="its name"), *GUILD, YES, JSON), ("flora secrets delete API_KEY",),
        also=("secrets list",),
    ),
    Command(
        ("vars", "list"), "the variables and their values", "secrets:list_vars", (*GUILD, JSON), ("flora vars list",),
        also=("vars set", "secrets list"),
    ),
    Command(
        ("vars", "set"), "put a variable; its value comes from a prompt or stdin", "secrets:put_var",
        (arg("name", metavar="NAME", help="its name"), *GUILD, JSON), ("echo de | flora vars set LANGUAGE",),
        about=_FROM_STDIN, also=("vars list", "secrets set"),
    ),
    Command(
        ("vars", "delete"), "delete a variable", "secrets:delete_var",
        (arg("name", metavar="NAME", help="its name"), *GUILD, YES, JSON), ("flora vars delete LANGUAGE",),
        also=("vars list",),
    ),
)  # fmt: skip

_CRONS: Final = (
    Command(
        ("cron", "list"), "the crons and when they run next", "cron:list_crons", (*GUILD, JSON), ("flora cron list",),
        also=("cron history", "status"),
    ),
    Command(
        ("cron", "history"), "the last runs of a cron", "cron:history",
        (arg("name", metavar="NAME", help="the cron"), *GUILD, LIMIT, JSON), ("flora cron history digest",),
        also=("cron list", "logs"),
    ),
    *(
        Command(
            ("cron", word), text, f"cron:{word}", (arg("name", metavar="NAME", help="the cron"), *GUILD, JSON),
            (f"flora cron {word} digest",), also=also,
        )
        for word, text, also in (
            ("run", "run a cron now", ("cron history",)),
            ("pause", "let a cron rest", ("cron resume",)),
            ("resume", "let a cron run again", ("cron pause",)),
        )
    ),
)  # fmt: skip

COMMANDS: Final = (*_STORES, *_VALUES, *_CRONS)
