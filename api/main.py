"""`flora`: finds the command and runs it."""

import os
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from typing import TypeAlias, cast

from api.cli.console import complain
from api.cli.faults import CommandError, Exit
from api.cli.parser import parse

Command: TypeAlias = Callable[[Namespace], Awaitable[int] | int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; docs/commands.md lists what the exit status says."""
    try:
        code = _run(parse(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except CommandError as error:
        complain(error)
        return error.code
    except BrokenPipeError:  # `flora logs | head`
        _forget_stdout()
        return Exit.OK
    except OSError as error:
        complain(CommandError(f"the output cannot be written: {error.strerror or error}"))
        _forget_stdout()
        return Exit.REFUSED
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BaseExceptionGroup as group:
        return _ended_by(group)
    return code


def _run(options: Namespace) -> int:
    """Commands that wait for nothing are plain functions, and start without what waiting needs."""
    module, _, function = options.run.partition(":")
    command = cast("Command", getattr(import_module(f"api.cli.{module}"), function))
    result = command(options)
    if not isinstance(result, Awaitable):
        return int(result)
    import trio  # noqa: PLC0415  `--help` needs none of it

    return int(trio.run(_wait_for, result))


async def _wait_for(result: Awaitable[int]) -> int:
    return await result


def _forget_stdout() -> None:
    """What is still buffered can go nowhere; Python would complain about it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _ended_by(group: BaseExceptionGroup[BaseException]) -> int:
    """What a nursery gathered: Ctrl-C, or the one error that says why."""
    if group.subgroup(KeyboardInterrupt) is not None:
        return Exit.INTERRUPTED
    found = group.subgroup(CommandError)
    if found is None:
        raise group
    error: BaseException = found
    while isinstance(error, BaseExceptionGroup):
        error = cast("BaseException", error.exceptions[0])
    assert isinstance(error, CommandError)
    complain(error)
    return error.code


if __name__ == "__main__":
    sys.exit(main())
