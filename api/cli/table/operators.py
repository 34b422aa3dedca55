"""What operators do: run the daemon, look at it, move guilds, keep what must survive."""

from typing import Final

from api.cli.grammar import CONFIG, DATA, GUILD, JSON, SERVER, YES, Command, arg, flag

COMMANDS: Final = (
    Command(
        ("serve",), "run the daemon", "serve:serve", (CONFIG, DATA),
        ("flora serve", "flora serve --config /etc/flora/config.toml"),
        about="""\
Until SIGTERM or Ctrl-C, which lets what is in flight end, and then ends with 0; a second one does not wait. Standard
output says where it serves, standard error is its log. docs/configuration.md lists every setting, docs/operations.md
leads to production.""",
        also=("doctor", "config", "dev"),
    ),
    Command(
        ("doctor",), "what of this machine flora can rely on, and what to do where it cannot", "doctor:doctor",
        (CONFIG, DATA, JSON), ("flora doctor", "flora doctor --json"),
        about="""\
Looks at the layers of the sandbox, the limits of the system, the data directory and its disk, the stores, the clock,
and at Discord: the token and the intents. Changes nothing. Run it as the user who runs flora.

It ends with 1 when something does not work; what works with less than it could is a warning.""",
        also=("config", "serve"),
    ),
    Command(
        ("config",), "the values in force, and where each came from", "operator:config", (CONFIG, JSON),
        ("flora config", "flora config --json"), about="Secrets are not shown.", also=("serve",),
    ),
    Command(
        ("workers",), "the workers and their load", "operator:workers", (*SERVER, JSON), ("flora workers",),
        also=("placement", "drain"),
    ),
    Command(
        ("placement",), "which guild runs on which worker", "operator:placement", (*SERVER, JSON), ("flora placement",),
        also=("workers", "migrate"),
    ),
    Command(
        ("migrate",), "move a guild to a worker; no event is lost", "operator:migrate",
        (arg("worker", metavar="WORKER", help="the worker"), *GUILD, JSON),
        ("flora migrate 2 --guild 81384788765712384",),
        also=("placement", "drain"),
    ),
    Command(
        ("drain",), "move every guild off a worker", "operator:drain",
        (arg("worker", metavar="WORKER", help="the worker"), *SERVER, YES, JSON), ("flora drain 2 --yes",),
        about="Guilds are moved one after the other, and no event is lost. Ctrl-C ends the wait, not the move.",
        also=("workers", "migrate"),
    ),
    Command(
        ("usage",), "what a guild has used of its limits", "status:usage", (*GUILD, JSON), ("flora usage",),
        also=("status",),
    ),
    Command(
        ("backup",), "everything that must survive, in one file, while flora runs", "upkeep:backup",
        (arg("file", metavar="FILE", help="the file; it must not exist"), CONFIG, DATA,
         flag("--with-keys", help="the keys of the secrets too: keep such a file like them"), JSON),
        ("flora backup flora.zip",),
        about="""\
Every table and all key-value data, verified by checksums. The file appears when it is whole, and only its owner can
read it. Without --with-keys, keep `secrets.key` of the data directory apart: secrets cannot be read without it.""",
        also=("restore", "kv export"),
    ),
    Command(
        ("restore",), "replace everything by a backup; flora must not run", "upkeep:restore",
        (arg("file", metavar="FILE", help="the backup"), CONFIG, DATA, YES,
         flag("--force", help="even if what is there is newer"), JSON),
        ("flora restore flora.zip --yes", "# practise it", "flora restore flora.zip --data /tmp/practice --yes"),
        about="""\
The whole file is verified before anything is touched. A backup that is older than what is there is refused unless
forced.""",
        also=("backup", "doctor"),
    ),
    Command(
        ("rotate-key",), "a new key for the secrets; those there are sealed anew", "upkeep:rotate_key",
        (CONFIG, DATA, YES, JSON), ("flora rotate-key --yes",),
        about="""\
flora must not run meanwhile. Old keys stay behind the new one, so that older backups can be read. What was broken off
is completed by saying it again.""",
        also=("backup",),
    ),
)  # fmt: skip
