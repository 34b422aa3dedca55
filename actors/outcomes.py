"""How a run may end, and how a load may end: closed lists that reach logs, metrics and the API unchanged."""

from enum import StrEnum


class RunOutcome(StrEnum):
    """Why a dispatch is over."""

    OK = "ok"
    THREW = "threw"
    """A handler threw, or rejected."""
    CPU = "cpu"
    """JavaScript did not yield before its deadline, and was interrupted."""
    WALL_TIME = "wall_time"
    """The handler was still waiting when its time was over."""
    MEMORY = "memory"
    CANCELLED = "cancelled"
    CRASHED = "crashed"
    """The isolate's process ended under it."""
    BAD_PAYLOAD = "bad_payload"
    """The event was not JSON."""


class LoadOutcome(StrEnum):
    """What became of a bundle that was to be loaded. Anything but LOADED leaves no isolate behind."""

    LOADED = "loaded"
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    """The source holds half characters, which no file in UTF-8 can."""
    NOT_JAVASCRIPT = "not_javascript"
    THREW = "threw"
    CPU = "cpu"
    WALL_TIME = "wall_time"
    """The top level still awaited something when its time was over."""
    MEMORY = "memory"
    CRASHED = "crashed"
    REGISTERED_NOTHING = "registered_nothing"
    """It ran, but listens to nothing, so nothing would ever happen."""


class EndReason(StrEnum):
    """Why an isolate's process is no more."""

    CLOSED = "closed"
    """We closed its door and it left."""
    KILLED = "killed"
    """We killed it."""
    JOB_STORM = "job_storm"
    """Promise jobs of an interrupted script kept begetting others."""
    MEMORY = "memory"
    """It crashed right after the engine ran out of memory."""
    CRASHED = "crashed"
    BROKE_PROTOCOL = "broke_protocol"
    """It sent what no isolate sends: the script owns the process, or we have a bug."""
    ZYGOTE_LOST = "zygote_lost"
