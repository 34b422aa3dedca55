"""`flora`: finds the command and runs it."""

import argparse
import sys
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import trio

_DESCRIPTION = "flora: a Discord bot that many servers share, each running its own script in a sealed isolate."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when it did what it was asked for."""
    options = _parser().parse_args(arguments)
    try:
        return trio.run(_command(options))
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="flora", description=_DESCRIPTION)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    doctor = commands.add_parser(
        "doctor", help="what of this machine flora can rely on, and what to do where it cannot"
    )
    doctor.add_argument("--data", help="the data directory; DATA_DIR, or `data` here, when it is not given")
    attempt = commands.add_parser("try", help="load a script in a sealed isolate and send it events")
    attempt.add_argument("script", help="a JavaScript file")
    attempt.add_argument(
        "event", nargs="?", help="the name of an event; without it, events are read from standard input"
    )
    attempt.add_argument("payload", nargs="?", default="{}", help="its payload, as JSON")
    return parser


def _command(options: argparse.Namespace) -> Callable[[], Awaitable[int]]:
    if options.command == "doctor":
        from api.cli.doctor import doctor  # noqa: PLC0415  a command imports what it needs when it is called

        return partial(doctor, options.data)
    from api.cli.attempt import attempt  # noqa: PLC0415  as above

    return partial(attempt, options.script, options.event, options.payload)


if __name__ == "__main__":
    sys.exit(main())
