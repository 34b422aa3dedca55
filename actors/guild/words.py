"""What the runtime says in a guild's log: whole sentences, for the script's author."""

from collections.abc import Mapping
from typing import Final

from actors.isolate.isolate import Ending, Load, Run
from actors.isolate.records import Frame, ScriptError
from actors.outcomes import EndReason, LoadOutcome, RunOutcome


def error_text(error: ScriptError) -> str:
    """An error as an author wants to read it: its name and message, then where."""
    head = f"{error.name}: {error.message}" if error.name else error.message
    if error.operation is not None:
        head = f"{head} (in {error.operation})"
    lines = [head, *(f"    at {_frame_text(frame)}" for frame in error.stack)]
    if error.cause is not None:
        lines.append(f"  caused by {error.cause}")
    return "\n".join(lines)


def _frame_text(frame: Frame) -> str:
    place = f"{frame.file}:{frame.line}:{frame.column}"
    return f"{frame.function} ({place})" if frame.function else place


def run_text(event: str, run: Run, limit_s: float) -> tuple[str, str]:
    """The level and the words about a run that did not end well."""
    if run.outcome is RunOutcome.THREW:
        return "error", f"{event} threw {error_text(run.error) if run.error else 'something that cannot be shown'}"
    if run.outcome is RunOutcome.WALL_TIME:
        waited = run.error.message if run.error else "waiting for no operation of flora's"
        return "error", f"dispatch of {event} timed out after {limit_s:.1f} s: {waited}"
    level = "warn" if run.outcome is RunOutcome.CANCELLED else "error"
    return level, f"dispatch of {event} {_RUN_WORDS.get(run.outcome, run.outcome.value).format(limit_s=limit_s)}"


_RUN_WORDS: Final = {
    RunOutcome.CPU: "computed for {limit_s:.1f} s without a pause and was interrupted",
    RunOutcome.MEMORY: "ran out of memory",
    RunOutcome.CANCELLED: "was cancelled",
    RunOutcome.CRASHED: "was lost: the isolate ended under it",
    RunOutcome.BAD_PAYLOAD: "was refused: its payload is not JSON",
}


def load_text(load: Load) -> str:
    """Why a bundle could not be loaded."""
    why = {
        LoadOutcome.TOO_LARGE: "it is too large",
        LoadOutcome.NOT_TEXT: "it is not text",
        LoadOutcome.NOT_JAVASCRIPT: "it is not JavaScript",
        LoadOutcome.THREW: "its top level threw",
        LoadOutcome.CPU: "its top level computed without an end and was interrupted",
        LoadOutcome.WALL_TIME: "its top level did not come to an end in time",
        LoadOutcome.MEMORY: "it ran out of memory",
        LoadOutcome.CRASHED: "its isolate ended while it loaded",
        LoadOutcome.REGISTERED_NOTHING: "it registers nothing, so nothing would ever happen",
    }.get(load.outcome, load.outcome.value)
    return f"the script was not loaded: {why}" + (f"\n{error_text(load.error)}" if load.error is not None else "")


def ending_text(ending: Ending) -> str:
    """Why an isolate is no more."""
    why = {
        EndReason.CLOSED: "it left by itself",
        EndReason.KILLED: "it was killed, for it did not let itself be interrupted",
        EndReason.JOB_STORM: "its promises kept begetting others after it was interrupted",
        EndReason.MEMORY: "it ran out of memory",
        EndReason.CRASHED: "its process crashed",
        EndReason.BROKE_PROTOCOL: "it said what no isolate says",
        EndReason.ZYGOTE_LOST: "its worker's zygote ended",
    }[ending.reason]
    words = f" ({ending.last_words})" if ending.last_words and ending.reason is EndReason.CRASHED else ""
    return f"the isolate ended: {why}{words}"


def drops_text(drops: Mapping[str, int]) -> str:
    """Summed up, since a flood must not flood the log too."""
    told = ", ".join(f"{count} {_DROP_WORDS.get(reason, reason)}" for reason, count in sorted(drops.items()))
    return f"dropped {sum(drops.values())} events: {told}"


_DROP_WORDS: Final = {
    "shed": "because too many waited",
    "paused": "while the guild was paused",
    "not_loaded": "because the script cannot be loaded",
    "undeployed": "because the script was taken away",
    "mailbox_full": "because more waited than ever may",
    "router": "because more came than flora could hand out",
    "shutdown": "because flora was stopping",
}
