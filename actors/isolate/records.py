"""The lines that pass through the door, as the daemon writes and reads them. core.js has the other side.

A record is one line: a letter, then fields separated by tabs; JSON always comes last, where a tab does no harm.
JSON text never holds a raw newline, so newlines separate records, however they are cut or joined on the way.
What comes from an isolate is read as from a stranger: a line that is none of these raises BadRecordError.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

import msgspec

from actors.isolate.child import ORDER
from actors.outcomes import RunOutcome


class BadRecordError(Exception):
    """An isolate sent a line that no isolate sends."""


class Frame(msgspec.Struct, frozen=True):
    """One place of a stack, in the bundle until it is mapped to the author's own file."""

    function: str
    file: str
    line: int
    column: int


class ScriptError(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a script threw, as plain text. `name` is empty when it was not an error object."""

    name: str
    message: str
    stack: tuple[Frame, ...] = ()
    code: str | None = None
    cause: str | None = None
    operation: str | None = None
    """Which operation had failed, when that was it."""


class Start(msgspec.Struct, frozen=True, gc=False):
    """One event that is to be dispatched, within so many seconds."""

    name: str
    payload: bytes
    seconds: float


class Done(msgspec.Struct, frozen=True):
    """A dispatch is over. Dispatch 0 is the loading of the bundle."""

    dispatch: int
    outcome: str
    cpu_us: int
    out_of_memory: bool
    error: ScriptError | None


class Well(msgspec.Struct, frozen=True):
    """Dispatches that ended well, one after another from `first`: most do, and many at once."""

    first: int
    listing: bytes
    """What each computed. It is read only when it is about dispatches that there are, so that nobody keeps us reading
    long lists of none."""

    @property
    def cpu_us(self) -> list[int]:
        """Raises BadRecordError."""
        try:
            return list(map(int, self.listing.split(b",")))
        except ValueError as error:
            raise BadRecordError(str(error)) from None


class Operation(msgspec.Struct, frozen=True):
    """The script asks the host for something, and waits."""

    id: int
    dispatch: int
    name: str
    arguments: msgspec.Raw


class LogLine(msgspec.Struct, frozen=True):
    dispatch: int
    level: str
    text: str


class Uncaught(msgspec.Struct, frozen=True):
    """An error that no handler's promise carries: of a timer, a microtask, a rejected promise nobody listens to."""

    dispatch: int
    where: str
    error: ScriptError


class BackgroundCut(msgspec.Struct, frozen=True):
    """What belongs to no dispatch met a limit: for counting, since the error itself may be caught, or not be logged."""

    outcome: RunOutcome


class Registered(msgspec.Struct, frozen=True):
    """What a bundle registered while it loaded, as the prelude lists it."""

    listing: msgspec.Raw


class HeapSize(msgspec.Struct, frozen=True):
    bytes: int


class Rested(msgspec.Struct, frozen=True):
    """There was nothing to do for a while, and so many bytes were given back."""

    bytes: int


class Timers(msgspec.Struct, frozen=True):
    """Whether timers of the script are pending; sent when that changes."""

    pending: bool


class OutOfMemory(msgspec.Struct, frozen=True):
    """Sent at the moment itself, since the process may not live to say more."""


class Pong(msgspec.Struct, frozen=True):
    nonce: str


class Sealed(msgspec.Struct, frozen=True):
    """The layers that hold around the isolate; its first record."""

    layers: dict[str, str]


class LastWords(msgspec.Struct, frozen=True):
    """The child's own Python failed; it is about to leave."""

    text: str


Record: TypeAlias = (
    Done
    | Well
    | Operation
    | LogLine
    | Uncaught
    | BackgroundCut
    | Registered
    | HeapSize
    | Rested
    | Timers
    | OutOfMemory
    | Pong
    | Sealed
    | LastWords
)

_WELL_BYTES: Final = 4096
"""Of what the dispatches of one record computed; core.js tells of 128 in one."""
_LEVELS = frozenset({"debug", "info", "warn", "error"})
_decode_error = msgspec.json.Decoder(ScriptError).decode
_decode_text = msgspec.json.Decoder(str).decode
_decode_layers = msgspec.json.Decoder(dict[str, str]).decode
_decode_anything = msgspec.json.Decoder().decode


def _parse_heap_size(line: bytes) -> HeapSize:
    return HeapSize(int(line[2:]))


def _parse_rested(line: bytes) -> Rested:
    return Rested(int(line[2:]))


def _parse_timers(line: bytes) -> Timers:
    return Timers(bool(int(line[2:])))


def _parse_out_of_memory(_line: bytes) -> OutOfMemory:
    return OutOfMemory()


def _parse_pong(line: bytes) -> Pong:
    return Pong(line[2:].decode())


def _parse_sealed(line: bytes) -> Sealed:
    return Sealed(_decode_layers(line[2:]))


def _parse_last_words(line: bytes) -> LastWords:
    return LastWords(_decode_text(line[2:]))


def _parse_done(line: bytes) -> Done:
    _, dispatch, outcome, cpu, memory, error = line.split(b"\t", 5)
    return Done(
        int(dispatch),
        outcome.decode(),
        int(cpu),
        memory == b"1",
        _decode_error(error) if error else None,
    )


def _parse_well(line: bytes) -> Well:
    _, first, listing = line.split(b"\t", 2)
    if len(listing) > _WELL_BYTES:
        raise ValueError("more have ended than could begin at once")
    return Well(int(first), listing)


def _parse_operation(line: bytes) -> Operation:
    _, identity, dispatch, name, arguments = line.split(b"\t", 4)
    return Operation(int(identity), int(dispatch), name.decode(), msgspec.Raw(arguments))


def _parse_log_line(line: bytes) -> LogLine:
    _, dispatch, level, text = line.split(b"\t", 3)
    named = level.decode()
    if named not in _LEVELS:
        raise ValueError(f"there is no level {named!r}")
    return LogLine(int(dispatch), named, _decode_text(text))


def _parse_uncaught(line: bytes) -> Uncaught:
    _, dispatch, where, error = line.split(b"\t", 3)
    return Uncaught(int(dispatch), where.decode(), _decode_error(error))


def _parse_background_cut(line: bytes) -> BackgroundCut:
    return BackgroundCut(RunOutcome(line[2:].decode()))


def _parse_registered(line: bytes) -> Registered:
    listing = line[2:]
    _decode_anything(listing)
    return Registered(msgspec.Raw(listing))


_PARSERS: Final[dict[bytes, Callable[[bytes], Record]]] = {
    b"D": _parse_done,
    b"W": _parse_well,
    b"O": _parse_operation,
    b"C": _parse_log_line,
    b"X": _parse_uncaught,
    b"B": _parse_background_cut,
    b"R": _parse_registered,
    b"H": _parse_heap_size,
    b"Z": _parse_rested,
    b"T": _parse_timers,
    b"M": _parse_out_of_memory,
    b"P": _parse_pong,
    b"Y": _parse_sealed,
    b"Q": _parse_last_words,
}


def parse(lines: Iterable[bytes]) -> list[Record]:
    """The records of some lines. Raises BadRecordError at the first that is none."""
    try:
        return [_PARSERS[line[:1]](line) for line in lines]
    except (KeyError, ValueError, msgspec.DecodeError, RecursionError, OverflowError) as error:
        raise BadRecordError(f"{type(error).__name__}: {error}") from None


# -- what the daemon writes ---------------------------------------------------------------------------------------


def event(dispatch: int, deadline_ms: float, name: str, payload: bytes) -> bytes:
    """An event to dispatch; `payload` is JSON as it came. Newlines between its tokens become spaces."""
    if b"\n" in payload:
        payload = payload.replace(b"\n", b" ")
    return b"E\t%d\t%d\t%s\t%s\n" % (dispatch, deadline_ms, name.encode(), payload)


def events(first: int, now: float, starts: Sequence[Start]) -> bytes:
    """The same for many, numbered from `first`. Payloads are copied once; that they hold no newlines, as nearly none
    does, is seen of all at once."""
    parts: list[bytes] = []
    for number, start in enumerate(starts, first):
        parts += (
            b"E\t%d\t%d\t%s\t" % (number, (now + start.seconds) * 1000, start.name.encode()),
            start.payload,
            b"\n",
        )
    written = b"".join(parts)
    if written.count(b"\n") == len(starts):
        return written
    return b"".join(
        [
            event(number, (now + start.seconds) * 1000, start.name, start.payload)
            for number, start in enumerate(starts, first)
        ]
    )


def answer(operation: int, result: bytes) -> bytes:
    """The result of an operation, as JSON; empty for nothing. Newlines between its tokens become spaces."""
    if b"\n" in result:
        result = result.replace(b"\n", b" ")
    return b"S\t%d\t1\t%s\n" % (operation, result)


def refusal(operation: int, error: bytes) -> bytes:
    """Why an operation failed: a JSON object with `message`, and `code`, `status`, `retryAfter`, `route` if known."""
    return b"S\t%d\t0\t%s\n" % (operation, error)


def abandon(dispatch: int, outcome: str) -> bytes:
    return b"A\t%d\t%s\n" % (dispatch, outcome.encode())


def ping(nonce: str) -> bytes:
    return b"P\t%s\n" % nonce.encode()


def collect() -> bytes:
    return ORDER + b"COLLECT\t\n"


def load(deadline_ms: float, filename: str, source: str) -> bytes:
    order = {"deadline": deadline_ms, "filename": filename, "source": source}
    return ORDER + b"LOAD\t" + msgspec.json.encode(order) + b"\n"
