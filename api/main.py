"""`flora`: finds the command and runs it."""

import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from typing import TypeAlias, TypeVar, cast

from api.cli.console import complain, tell_interrupted
from api.cli.faults import CommandError, Exit, Interrupted
from api.cli.parser import parse
from api.cli.standard import forget_stdout, prepare_streams

Found = TypeVar("Found", bound=BaseException)
Command: TypeAlias = Callable[[Namespace], Awaitable[int] | int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; docs/commands.md lists what the exit status says."""
    prepare_streams()
    try:
        code = _run(parse(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except CommandError as error:
        complain(error)
        return error.code
    except BrokenPipeError:  # `flora logs | head`
        forget_stdout()
        return Exit.OK
    except OSError as error:
        complain(CommandError(f"the output cannot be written: {error.strerror or error}"))
        forget_stdout()
        return Exit.REFUSED
    except KeyboardInterrupt as error:
        return _interrupted(error)
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


def _interrupted(error: KeyboardInterrupt) -> int:
    tell_interrupted(str(error) if isinstance(error, Interrupted) else "")
    return Exit.INTERRUPTED


def _ended_by(group: BaseExceptionGroup[BaseException]) -> int:
    """What a nursery gathered: Ctrl-C, or the one error that says why."""
    interrupt = _first(group, Interrupted) or _first(group, KeyboardInterrupt)
    if interrupt is not None:
        return _interrupted(interrupt)
    error = _first(group, CommandError)
    if error is None:
        raise group
    complain(error)
    return error.code


def _first(group: BaseExceptionGroup[BaseException], kind: type[Found]) -> Found | None:
    """The first of this kind that is in there."""
    for one in group.exceptions:
        found = (
            _first(cast("BaseExceptionGroup[BaseException]", one), kind) if isinstance(one, BaseExceptionGroup) else one
        )
        if isinstance(found, kind):
            return found
    return None


if __name__ == "__main__":
    sys.exit(main())
