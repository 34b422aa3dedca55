"""A gateway session: what is to be done about each thing that happens. Pure: no clock, no socket, no chance of its own.

Theory. A *session* is what Discord remembers of a shard: an id, an address to resume at, and how many events it sent. A
*connection* is one websocket; a session outlives many of them. As long as we hold the id and the number of the last
event we took, a new connection resumes: Discord sends what we missed, in order, and nothing is lost or doubled. An
identify makes a new session instead; a bot has about a thousand of them a day, and one that spends them all is logged
out everywhere. So every way out of here leads to a resume unless Discord said that the session is gone.

Rule 1: everything that changes the state stands in TRANSITIONS below, and nowhere else. What is not in the table for a
state is ignored there, and counted.

Rule 2: the session speaks in commands (Send, AskLeave, Close, Pause, End) and hears inputs; `connection.py` carries
them out. It is told the time with each input, and says by `next_due` when it wants to be asked again.

Rule 3: an event counts as taken when `take` says so. Its number is kept from then on, so what follows it must reach the
runtime before anything is awaited.

Rule 4: we never close with 1000 or 1001, for those end the session. 4000 leaves it open to be resumed.

The diagram in docs/gateway.md is made from the table by `python -m gateway.session_diagram`.
"""

import enum
import logging
import platform
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import msgspec

from gateway.close_codes import CLOSE_TO_RESUME, Consequence, consequence_of, sentence_of
from gateway.send_budget import SendBudget

logger = logging.getLogger(__name__)


class State(enum.Enum):
    IDLE = "idle"
    """No socket; one is about to be opened."""
    OPENING = "opening"
    """The socket is open and Discord has not said hello."""
    WAITING = "waiting"
    """There is no session to resume: waits for leave to identify."""
    IDENTIFYING = "identifying"
    RESUMING = "resuming"
    """Discord is sending what was missed."""
    LIVE = "live"
    CLOSING = "closing"
    """We have had enough of this socket; its end is all that counts."""
    STOPPING = "stopping"
    """The same, and no socket follows."""
    ENDED = "ended"


class Input(enum.Enum):
    OPENED = "opened"
    UNREACHABLE = "unreachable"
    """No socket could be opened."""
    HELLO = "hello"
    """And there is no session."""
    HELLO_AGAIN = "hello again"
    """And there is a session to resume."""
    LEAVE = "leave to identify"
    READY = "ready"
    RESUMED = "resumed"
    EVENT = "event"
    BEAT_DUE = "beat due"
    UNANSWERED = "beat due, the last one unanswered"
    BEAT_ASKED = "beat asked for"
    ANSWERED = "beat answered"
    RECONNECT = "told to reconnect"
    INVALID_KEPT = "invalid, may be resumed"
    INVALID = "invalid, gone"
    LATE = "nothing heard in time"
    BROKEN = "what came cannot be read"
    LOST = "socket ended"
    LOST_SESSION = "socket and session ended"
    REFUSED = "refused for ever"
    STOP = "we stop"


class Action(enum.Enum):
    EXPECT_HELLO = "give hello some time"
    START_BEATING = "start the heartbeat"
    ASK_LEAVE = "ask for leave to identify"
    IDENTIFY = "identify"
    RESUME = "resume"
    KEEP = "keep the session"
    SETTLE = "forget past failures"
    COUNT = "count the event"
    BEAT = "send a heartbeat"
    BEAT_EXTRA = "send a heartbeat if there is room"
    NOTE_ANSWER = "note the answer"
    FORGET = "forget the session"
    FORGET_ADDRESS = "note the failure"
    CLOSE = "close with 4000"
    WAIT_LONG = "wait 1 to 5 s before the next"
    PAUSE = "reconnect after a pause"
    END = "end"


Step: TypeAlias = tuple[State, tuple[Action, ...]]


def _while_open(state: State) -> dict[Input, Step]:
    """What holds in every state with a socket that is in use."""
    return {
        Input.BEAT_DUE: (state, (Action.BEAT,)),
        Input.UNANSWERED: (State.CLOSING, (Action.CLOSE,)),
        Input.BEAT_ASKED: (state, (Action.BEAT_EXTRA,)),
        Input.ANSWERED: (state, (Action.NOTE_ANSWER,)),
        Input.RECONNECT: (State.CLOSING, (Action.CLOSE,)),
        Input.INVALID_KEPT: (State.CLOSING, (Action.WAIT_LONG, Action.CLOSE)),
        Input.INVALID: (State.CLOSING, (Action.FORGET, Action.WAIT_LONG, Action.CLOSE)),
        Input.LATE: (State.CLOSING, (Action.FORGET_ADDRESS, Action.CLOSE)),
        Input.BROKEN: (State.CLOSING, (Action.CLOSE,)),
        Input.LOST: (State.IDLE, (Action.PAUSE,)),
        Input.LOST_SESSION: (State.IDLE, (Action.FORGET, Action.PAUSE)),
        Input.REFUSED: (State.ENDED, (Action.END,)),
        Input.STOP: (State.STOPPING, (Action.CLOSE,)),
    }


TRANSITIONS: Final[Mapping[State, Mapping[Input, Step]]] = {
    State.IDLE: {
        Input.OPENED: (State.OPENING, (Action.EXPECT_HELLO,)),
        Input.UNREACHABLE: (State.IDLE, (Action.FORGET_ADDRESS, Action.PAUSE)),
        Input.STOP: (State.ENDED, ()),
    },
    State.OPENING: {
        **_while_open(State.OPENING),
        Input.HELLO: (State.WAITING, (Action.START_BEATING, Action.ASK_LEAVE)),
        Input.HELLO_AGAIN: (State.RESUMING, (Action.START_BEATING, Action.RESUME)),
    },
    State.WAITING: {
        **_while_open(State.WAITING),
        Input.LEAVE: (State.IDENTIFYING, (Action.IDENTIFY,)),
    },
    State.IDENTIFYING: {
        **_while_open(State.IDENTIFYING),
        Input.READY: (State.LIVE, (Action.KEEP, Action.COUNT, Action.SETTLE)),
    },
    State.RESUMING: {
        **_while_open(State.RESUMING),
        Input.EVENT: (State.RESUMING, (Action.COUNT,)),
        Input.RESUMED: (State.LIVE, (Action.COUNT, Action.SETTLE)),
    },
    State.LIVE: {
        **_while_open(State.LIVE),
        Input.EVENT: (State.LIVE, (Action.COUNT,)),
    },
    State.CLOSING: {
        Input.LOST: (State.IDLE, (Action.PAUSE,)),
        Input.LOST_SESSION: (State.IDLE, (Action.FORGET, Action.PAUSE)),
        Input.REFUSED: (State.ENDED, (Action.END,)),
        Input.STOP: (State.STOPPING, ()),
    },
    State.STOPPING: {
        Input.LOST: (State.ENDED, ()),
        Input.LOST_SESSION: (State.ENDED, (Action.FORGET,)),
        Input.REFUSED: (State.ENDED, (Action.END,)),
    },
    State.ENDED: {},
}

_LIVE: Final = State.LIVE  # looked up once: to find a member in its enum takes as long as all else that `take` does
TAKES_EVENTS: Final = frozenset(state for state, inputs in TRANSITIONS.items() if Input.EVENT in inputs)
OPEN: Final = frozenset(state for state, inputs in TRANSITIONS.items() if Input.BEAT_DUE in inputs)
"""The states in which a socket is in use."""


@dataclass(frozen=True, slots=True)
class Send:
    """Put this text on the socket."""

    text: bytes


@dataclass(frozen=True, slots=True)
class AskLeave:
    """Ask whoever counts the identifies; give Input.LEAVE when it is granted."""


@dataclass(frozen=True, slots=True)
class Close:
    """Close the socket; give Input.LOST when it is gone."""

    code: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait, then open a socket to `Session.url`."""

    seconds: float


@dataclass(frozen=True, slots=True)
class End:
    """Nothing can be done about this; a person must."""

    code: int
    sentence: str


Command: TypeAlias = Send | AskLeave | Close | Pause | End


class StoredSession(msgspec.Struct, frozen=True):
    """What a daemon that starts again needs to resume."""

    session_id: str
    resume_url: str
    sequence: int
    shard_count: int


@dataclass(frozen=True, slots=True)
class Identity:
    """What every identify and resume says of us."""

    token: str = field(repr=False)
    intents: int
    shard: int
    shard_count: int
    url: str
    """Where a session begins; Discord says where it is resumed."""
    query: str = "v=10&encoding=json"
    """The same for every connection of a session."""
    large_threshold: int = 50
    presence: Mapping[str, Any] | None = None


HELLO_S: Final = 20.0
"""Discord says hello within a second; longer means a proxy that holds the line for nobody."""
ANSWER_S: Final = 60.0
"""READY of a large shard takes seconds. RESUMED takes as long as the replay; every event that comes extends it."""
FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 60.0
DISTRUST_ADDRESS_AFTER: Final = 3
"""After so many failures in a row the resume address is given up, and the session resumed at the first address."""


class Session:
    """One shard's session. `chance` gives numbers from 0 to 1, for everything that must not happen in step."""

    def __init__(self, identity: Identity, chance: Callable[[], float], stored: StoredSession | None = None) -> None:
        self.identity = identity
        self.state = State.IDLE
        self.session_id: str | None = None
        self.sequence = 0
        self.failures = 0
        """Connections in a row that came to nothing."""
        self.ignored: Counter[tuple[State, Input]] = Counter()
        self.repeated = 0
        """Events that came a second time and were not taken again."""
        self._chance = chance
        self._resume_url: str | None = None
        self._interval: float | None = None
        self._next_beat = float("inf")
        self._next_late = float("inf")
        self._unanswered = False
        self._beat_at = 0.0
        self.latency_s: float | None = None
        """Between the last heartbeat and its answer."""
        self._long = False
        self._budget = SendBudget()
        self._close_code = CLOSE_TO_RESUME
        self._actions: dict[Action, Callable[[float], list[Command]]] = {
            action: getattr(self, f"_{action.name.lower()}") for action in Action
        }
        if stored is not None and stored.shard_count == identity.shard_count:
            self.session_id, self._resume_url, self.sequence = stored.session_id, stored.resume_url, stored.sequence

    def __repr__(self) -> str:
        known = f"session {self.session_id[:8]}" if self.session_id else "no session"
        return f"<Session of shard {self.identity.shard}: {self.state.value}, {known}, event {self.sequence}>"

    @property
    def url(self) -> str:
        """Where the next socket goes."""
        base = self._resume_url if self.session_id and self._resume_url else self.identity.url
        return f"{base.rstrip('/')}/?{self.identity.query}"

    @property
    def next_due(self) -> float:
        """When `due` wants to be called at the latest."""
        return min(self._next_beat, self._next_late)

    def stored(self) -> StoredSession | None:
        """What to keep so that the session can be resumed; None while there is none."""
        if self.session_id is None:
            return None
        url = self._resume_url or self.identity.url
        return StoredSession(self.session_id, url, self.sequence, self.identity.shard_count)

    # What happens to us.

    def opened(self, now: float) -> list[Command]:
        return self.handle(Input.OPENED, now)

    def hello(self, interval_s: float, now: float) -> list[Command]:
        if not 0 < interval_s < 3600:
            return self.handle(Input.BROKEN, now)
        if self.state is State.OPENING:
            self._interval = interval_s
        return self.handle(Input.HELLO if self.session_id is None else Input.HELLO_AGAIN, now)

    def ready(self, session_id: str, resume_url: str, sequence: int, now: float) -> list[Command]:
        if self.state is not State.IDENTIFYING:
            return self.handle(Input.READY, now)
        self.session_id, self._resume_url, self.sequence = session_id, resume_url, sequence
        return self.handle(Input.READY, now)

    def resumed(self, sequence: int, now: float) -> list[Command]:
        if self.state is State.RESUMING:
            self.sequence = max(self.sequence, sequence)
        return self.handle(Input.RESUMED, now)

    def take(self, sequence: int, now: float) -> bool:
        """Whether this event is to be handed on. Called for every event, so it does not go through `handle`; that
        the table is obeyed all the same is tested."""
        if self.state is not _LIVE and not self._takes_while_not_live(now):
            return False
        if sequence <= self.sequence:
            self.repeated += 1
            return False
        self.sequence = sequence
        return True

    def _takes_while_not_live(self, now: float) -> bool:
        if self.state not in TAKES_EVENTS:
            self.ignored[self.state, Input.EVENT] += 1
            return False
        self._next_late = now + ANSWER_S
        return True

    def due(self, now: float) -> list[Command]:
        """Time has passed."""
        if now >= self._next_late:
            return self.handle(Input.LATE, now)
        if now >= self._next_beat:
            return self.handle(Input.UNANSWERED if self._unanswered else Input.BEAT_DUE, now)
        return []

    def closed(self, code: int | None, reason: str, now: float) -> list[Command]:
        """The socket ended; `code` is None when it was not closed but fell."""
        consequence = consequence_of(code)
        if consequence is Consequence.END:
            assert code is not None
            self._close_code = code
            return self.handle(Input.REFUSED, now)
        if code is not None and self.state in OPEN:
            logger.info(
                "shard %d: Discord closed with %d %s",
                self.identity.shard,
                code,
                reason,
                extra={"shard": self.identity.shard},
            )
        return self.handle(Input.LOST if consequence is Consequence.RESUME else Input.LOST_SESSION, now)

    def may_send(self, now: float) -> float:
        """Seconds until something other than a heartbeat may be sent; 0 takes the place at once. Infinite while
        not live."""
        if self.state is not State.LIVE:
            return float("inf")
        return self._budget.take(now)

    def handle(self, what: Input, now: float) -> list[Command]:
        """Look it up and do it."""
        step = TRANSITIONS[self.state].get(what)
        if step is None:
            self.ignored[self.state, what] += 1
            return []
        self.state, actions = step
        commands: list[Command] = []
        for action in actions:
            commands += self._actions[action](now)
        if self.state not in OPEN:
            self._next_beat = self._next_late = float("inf")
        return commands

    # What is done about it: one function for each Action.

    def _expect_hello(self, now: float) -> list[Command]:
        self._next_late = now + HELLO_S
        self._budget = SendBudget()
        self._unanswered = False
        self._interval = None
        return []

    def _start_beating(self, now: float) -> list[Command]:
        assert self._interval is not None
        self._next_late = float("inf")
        self._next_beat = now + self._interval * self._chance()
        return []

    def _ask_leave(self, _now: float) -> list[Command]:
        return [AskLeave()]

    def _identify(self, now: float) -> list[Command]:
        self._next_late = now + ANSWER_S
        return self._sent(now, 2, self._identify_body())

    def _resume(self, now: float) -> list[Command]:
        self._next_late = now + ANSWER_S
        body = {"token": self.identity.token, "session_id": self.session_id, "seq": self.sequence}
        return self._sent(now, 6, body)

    def _keep(self, _now: float) -> list[Command]:
        assert self.session_id is not None
        return []

    def _settle(self, _now: float) -> list[Command]:
        self._next_late = float("inf")
        self.failures = 0
        return []

    def _count(self, _now: float) -> list[Command]:
        return []

    def _beat(self, now: float) -> list[Command]:
        if self._interval is None:
            return []  # Discord has not said hello, so nothing is due
        self._next_beat = now + self._interval
        self._unanswered = True
        self._beat_at = now
        self._budget.note(now)
        return [Send(self._heartbeat())]

    def _beat_extra(self, now: float) -> list[Command]:
        """A storm of requests must not spend the room that our own heartbeats need."""
        if self._budget.take(now, asked=True) > 0:
            return []
        return [Send(self._heartbeat())]

    def _note_answer(self, now: float) -> list[Command]:
        if self._unanswered:
            self.latency_s = now - self._beat_at
        self._unanswered = False
        return []

    def _forget(self, _now: float) -> list[Command]:
        self.session_id = self._resume_url = None
        self.sequence = 0
        return []

    def _forget_address(self, _now: float) -> list[Command]:
        if self.failures + 1 >= DISTRUST_ADDRESS_AFTER:
            self._resume_url = None
        return []

    def _close(self, _now: float) -> list[Command]:
        return [Close(CLOSE_TO_RESUME)]

    def _wait_long(self, _now: float) -> list[Command]:
        self._long = True
        return []

    def _pause(self, _now: float) -> list[Command]:
        """At once the first time, for most losses are Discord moving us; then ever longer, at random."""
        self.failures += 1
        least = 1 + 4 * self._chance() if self._long else 0.0
        self._long = False
        if self.failures == 1:
            return [Pause(least)]
        longest = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(self.failures - 2, 10))
        return [Pause(max(least, longest * (0.5 + 0.5 * self._chance())))]

    def _end(self, _now: float) -> list[Command]:
        self.session_id = self._resume_url = None
        return [End(self._close_code, sentence_of(self._close_code))]

    def _sent(self, now: float, op: int, body: Any) -> list[Command]:
        self._budget.note(now)
        return [Send(msgspec.json.encode({"op": op, "d": body}))]

    def _heartbeat(self) -> bytes:
        return b'{"op":1,"d":%s}' % (b"%d" % self.sequence if self.sequence else b"null")

    def _identify_body(self) -> dict[str, Any]:
        identity = self.identity
        body: dict[str, Any] = {
            "token": identity.token,
            "intents": identity.intents,
            "shard": [identity.shard, identity.shard_count],
            "large_threshold": identity.large_threshold,
            "properties": {"os": platform.system().lower(), "browser": "flora", "device": "flora"},
        }
        if identity.presence is not None:
            body["presence"] = identity.presence
        return body
