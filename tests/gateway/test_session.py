"""The rules of a session, one test each, and walks over its table."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway import session_diagram
from gateway.close_codes import Consequence, consequence_of, known_codes
from gateway.send_budget import MOST, WINDOW_S
from gateway.session import (
    ANSWER_S,
    HELLO_S,
    LONGEST_PAUSE_S,
    OPEN,
    TAKES_EVENTS,
    TRANSITIONS,
    Action,
    AskLeave,
    Close,
    Command,
    End,
    Identity,
    Input,
    Pause,
    Send,
    Session,
    State,
    StoredSession,
)

IDENTITY = Identity("token", intents=513, shard=3, shard_count=16, url="wss://first.example")
STORED = StoredSession("session-1", "wss://resume.example", 42, 16)
INTERVAL = 41.25


def new(stored: StoredSession | None = None, chance: float = 0.5) -> Session:
    return Session(IDENTITY, lambda: chance, stored)


def sent(commands: list[Command]) -> dict[str, Any]:
    (command,) = commands
    assert isinstance(command, Send)
    said: dict[str, Any] = msgspec.json.decode(command.text)
    return said


def live(chance: float = 0.5) -> Session:
    """A session at event 1, at second 0, with its first heartbeat due at half an interval."""
    session = new(chance=chance)
    session.opened(0)
    session.hello(INTERVAL, 0)
    session.handle(Input.LEAVE, 0)
    session.ready("session-1", "wss://resume.example", 1, 0)
    assert session.state is State.LIVE
    return session


def resuming() -> Session:
    session = new(STORED)
    session.opened(0)
    session.hello(INTERVAL, 0)
    assert session.state is State.RESUMING
    return session


# Hello, identify, resume.


def test_a_first_connection_asks_for_leave_before_it_identifies() -> None:
    session = new()
    assert session.url == "wss://first.example/?v=10&encoding=json"
    assert session.opened(0) == []
    assert session.hello(INTERVAL, 0) == [AskLeave()]
    said = sent(session.handle(Input.LEAVE, 1))
    assert said["op"] == 2
    assert said["d"]["shard"] == [3, 16]
    assert said["d"]["intents"] == 513
    assert "compress" not in said["d"], "transport compression and payload compression exclude each other"
    session.ready("session-1", "wss://resume.example", 1, 2)
    assert session.state is State.LIVE
    assert session.stored() == StoredSession("session-1", "wss://resume.example", 1, 16)


def test_a_known_session_is_resumed_at_its_own_address() -> None:
    session = new(STORED)
    assert session.url == "wss://resume.example/?v=10&encoding=json"
    session.opened(0)
    said = sent(session.hello(INTERVAL, 0))
    assert said == {"op": 6, "d": {"token": "token", "session_id": "session-1", "seq": 42}}


def test_a_stored_session_of_another_shard_count_is_not_resumed() -> None:
    assert new(StoredSession("session-1", "wss://resume.example", 42, 8)).stored() is None


def test_leave_that_comes_when_the_socket_is_gone_sends_nothing() -> None:
    session = new()
    session.opened(0)
    session.hello(INTERVAL, 0)
    session.closed(None, "", 1)
    assert session.handle(Input.LEAVE, 2) == []


def test_a_hello_with_a_senseless_interval_is_not_obeyed() -> None:
    for interval in (0, -1, float("nan"), float("inf"), 1e9):
        session = new()
        session.opened(0)
        assert session.hello(interval, 0) == [Close(4000)]


def test_a_second_hello_is_ignored() -> None:
    session = live()
    assert session.hello(1, 5) == []
    assert session.next_due == INTERVAL / 2


def test_no_hello_in_time_closes() -> None:
    session = new()
    session.opened(0)
    assert session.due(HELLO_S - 0.1) == []
    assert session.due(HELLO_S) == [Close(4000)]


def test_no_ready_in_time_closes() -> None:
    session = new(chance=1)
    session.opened(0)
    session.hello(1000, 0)
    session.handle(Input.LEAVE, 5)
    assert session.due(5 + ANSWER_S) == [Close(4000)]


def test_a_long_replay_is_waited_for_as_long_as_it_goes_on() -> None:
    session = resuming()
    session.due(21)
    session.handle(Input.ANSWERED, 22)
    assert session.take(43, ANSWER_S - 1)
    assert session.handle(Input.RESUMED, ANSWER_S + 1) == []
    assert session.state is State.LIVE


# Events and their numbers.


def test_events_are_taken_once_and_in_order() -> None:
    session = live()
    assert [session.take(number, 1) for number in (2, 3, 3, 2, 4)] == [True, True, False, False, True]
    assert session.sequence == 4
    assert session.repeated == 2


def test_the_replay_of_a_resume_is_taken() -> None:
    session = resuming()
    assert not session.take(42, 1)
    assert session.take(43, 1)
    session.resumed(44, 1)
    assert session.state is State.LIVE
    assert session.sequence == 44


def test_no_event_is_taken_before_ready_and_after_the_close() -> None:
    session = new()
    assert not session.take(1, 0)
    session = live()
    session.handle(Input.RECONNECT, 1)
    assert not session.take(2, 1)
    assert session.sequence == 1


# Heartbeats.


@pytest.mark.parametrize("chance", [0.0, 0.25, 1.0])
def test_the_first_heartbeat_comes_at_a_random_part_of_the_interval(chance: float) -> None:
    session = live(chance)
    assert session.next_due == INTERVAL * chance
    assert sent(session.due(INTERVAL * chance)) == {"op": 1, "d": 1}
    assert session.next_due == INTERVAL * chance + INTERVAL


def test_a_heartbeat_before_any_event_says_null() -> None:
    session = new(chance=0)
    session.opened(0)
    session.hello(INTERVAL, 0)
    assert sent(session.due(0)) == {"op": 1, "d": None}


def test_an_unanswered_heartbeat_means_a_dead_connection_that_is_resumed() -> None:
    session = live(0)
    session.due(0)
    assert session.due(INTERVAL) == [Close(4000)]
    assert session.closed(None, "closed by us", INTERVAL) == [Pause(0)]
    assert session.url.startswith("wss://resume.example")


def test_a_late_answer_is_an_answer_until_the_next_beat_is_due() -> None:
    session = live(0)
    session.due(0)
    session.handle(Input.ANSWERED, INTERVAL - 0.01)
    assert sent(session.due(INTERVAL))["op"] == 1


def test_an_answer_of_the_last_connection_does_not_count_for_this_one() -> None:
    session = live(0)
    session.due(0)
    session.closed(None, "", 1)
    session.opened(2)
    session.hello(INTERVAL, 2)
    assert sent(session.due(2))["op"] == 1


def test_a_heartbeat_that_is_asked_for_is_sent_at_once() -> None:
    session = live()
    assert sent(session.handle(Input.BEAT_ASKED, 1)) == {"op": 1, "d": 1}
    assert session.next_due == INTERVAL / 2


# Reconnect, invalid sessions, losses.


def test_told_to_reconnect_closes_with_4000_and_resumes_at_once() -> None:
    session = live()
    assert session.handle(Input.RECONNECT, 1) == [Close(4000)]
    assert session.closed(None, "", 1) == [Pause(0)]
    session.opened(2)
    assert sent(session.hello(INTERVAL, 2))["op"] == 6


def test_an_invalid_session_that_may_be_resumed_is() -> None:
    session = resuming()
    assert session.handle(Input.INVALID_KEPT, 1) == [Close(4000)]
    assert session.closed(None, "", 1) == [Pause(3.0)]
    session.opened(4)
    assert sent(session.hello(INTERVAL, 4))["op"] == 6


def test_an_invalid_session_that_is_gone_identifies_after_1_to_5_seconds() -> None:
    for chance, pause in ((0.0, 1.0), (1.0, 5.0)):
        session = new(STORED, chance)
        session.opened(0)
        session.hello(INTERVAL, 0)
        assert session.handle(Input.INVALID, 1) == [Close(4000)]
        assert session.stored() is None
        assert session.closed(None, "", 1) == [Pause(pause)]
        assert session.url.startswith("wss://first.example")
        session.opened(7)
        assert session.hello(INTERVAL, 7) == [AskLeave()]


def test_what_cannot_be_read_is_resumed() -> None:
    session = live()
    assert session.handle(Input.BROKEN, 1) == [Close(4000)]
    assert session.stored() is not None


def test_pauses_grow_while_nothing_comes_of_it_and_end_with_success() -> None:
    session = new(STORED, chance=1)
    pauses: list[float] = []
    for _ in range(12):
        for command in session.handle(Input.UNREACHABLE, 0):
            assert isinstance(command, Pause)
            pauses.append(command.seconds)
    assert pauses[:4] == [0, 1, 2, 4]
    assert pauses[-1] == LONGEST_PAUSE_S
    session.opened(0)
    session.hello(INTERVAL, 0)
    session.resumed(43, 1)
    assert session.closed(None, "", 2) == [Pause(0)]


def test_a_resume_address_that_cannot_be_reached_is_given_up_but_not_the_session() -> None:
    session = new(STORED)
    for _ in range(3):
        session.handle(Input.UNREACHABLE, 0)
    assert session.url.startswith("wss://first.example")
    session.opened(1)
    assert sent(session.hello(INTERVAL, 1))["op"] == 6


# Close codes.


@pytest.mark.parametrize("code", [None, 1000, 1001, 1006, 1011, 4000, 4001, 4002, 4003, 4005, 4008, 4999])
def test_these_closes_are_resumed(code: int | None) -> None:
    session = live()
    (pause,) = session.closed(code, "why", 1)
    assert isinstance(pause, Pause)
    session.opened(2)
    assert sent(session.hello(INTERVAL, 2))["op"] == 6


@pytest.mark.parametrize("code", [4007, 4009])
def test_these_closes_need_a_new_session(code: int) -> None:
    session = live()
    session.closed(code, "why", 1)
    assert session.stored() is None
    session.opened(2)
    assert session.hello(INTERVAL, 2) == [AskLeave()]


@pytest.mark.parametrize("code", [4004, 4010, 4011, 4012, 4013, 4014])
def test_these_closes_end_the_daemon_with_a_sentence(code: int) -> None:
    session = live()
    (end,) = session.closed(code, "why", 1)
    assert isinstance(end, End)
    assert end.code == code
    assert str(code) in end.sentence
    assert end.sentence.endswith(".")
    assert session.state is State.ENDED
    assert session.stored() is None


def test_every_code_with_a_consequence_for_people_has_a_sentence() -> None:
    for code, known in known_codes().items():
        assert bool(known.sentence) == (consequence_of(code) is Consequence.END), code


# What may be sent.


def test_nothing_of_ours_is_sent_unless_live() -> None:
    assert new().may_send(0) == float("inf")
    assert resuming().may_send(0) == float("inf")


def test_sends_stay_under_the_limit_and_leave_room_for_heartbeats() -> None:
    session = live(0)
    spent = 0
    while session.may_send(1) == 0:
        spent += 1
    assert spent < MOST - 10
    asked = sum(bool(session.handle(Input.BEAT_ASKED, 2)) for _ in range(50))
    assert 0 < asked < 50
    assert sent(session.due(3))["op"] == 1
    assert 1 + spent + asked + 1 < MOST, "the identify and the heartbeat count too"


def test_the_wait_that_is_told_is_long_enough() -> None:
    session = live()
    while session.may_send(10) == 0:
        pass
    wait = session.may_send(10)
    assert 0 < wait <= WINDOW_S
    assert session.may_send(10 + wait) == 0


@given(st.lists(st.tuples(st.sampled_from(["take", "asked", "note"]), st.floats(0, 20)), max_size=600))
def test_no_window_of_sixty_seconds_holds_more_than_discord_allows(steps: list[tuple[str, float]]) -> None:
    session, now = live(), 0.0
    times: list[float] = []
    for what, pause in steps:
        now += pause if what == "note" else pause / 100
        went = (
            session.may_send(now) == 0 if what == "take" else what == "asked" and session.handle(Input.BEAT_ASKED, now)
        )
        if went:
            times.append(now)
    for first, last in zip(times, times[MOST:], strict=False):
        assert last - first > 60


# The table.


def test_the_table_uses_every_state_input_and_action() -> None:
    assert set(TRANSITIONS) == set(State)
    assert {what for inputs in TRANSITIONS.values() for what in inputs} == set(Input)
    assert {action for inputs in TRANSITIONS.values() for _, actions in inputs.values() for action in actions} == set(
        Action
    )


def test_every_state_but_the_last_hears_that_we_stop_or_is_stopping() -> None:
    for state, inputs in TRANSITIONS.items():
        assert Input.STOP in inputs or state in (State.STOPPING, State.ENDED)


def test_events_are_taken_where_the_table_says_so() -> None:
    assert frozenset({State.RESUMING, State.LIVE}) == TAKES_EVENTS
    for state in TAKES_EVENTS:
        assert TRANSITIONS[state][Input.EVENT] == (state, (Action.COUNT,))


def test_the_page_shows_the_table_as_it_is() -> None:
    page = session_diagram.PAGE.read_text()
    assert session_diagram.page_with(page) == page, "run python -m gateway.session_diagram"


def walk(session: Session, what: Input, now: float) -> list[Command]:
    """Give an input as the connection would."""
    ways: dict[Input, Callable[[], list[Command]]] = {
        Input.HELLO: lambda: session.hello(INTERVAL, now),
        Input.HELLO_AGAIN: lambda: session.hello(INTERVAL, now),
        Input.READY: lambda: session.ready(f"session at {now}", "wss://resume.example", 1, now),
        Input.RESUMED: lambda: session.resumed(session.sequence + 1, now),
        Input.EVENT: lambda: [] * session.take(session.sequence + 1, now),
        Input.LOST: lambda: session.closed(None, "", now),
        Input.LOST_SESSION: lambda: session.closed(4007, "", now),
        Input.REFUSED: lambda: session.closed(4004, "", now),
    }
    return ways[what]() if what in ways else session.handle(what, now)


@given(st.lists(st.tuples(st.sampled_from(list(Input)), st.floats(0.01, 30)), max_size=60), st.booleans())
def test_walks(steps: list[tuple[Input, float]], known: bool) -> None:  # noqa: FBT001  hypothesis gives it
    session, now = new(STORED if known else None), 0.0
    for what, passed in steps:
        now += passed
        before, session_before = session.state, session.session_id
        commands = walk(session, what, now)
        for command in commands:
            if isinstance(command, Send):
                op = msgspec.json.decode(command.text)["op"]
                assert op != 2 or before is State.WAITING, "identifies only with leave"
                assert op != 6 or session_before is not None
            if isinstance(command, Close):
                assert command.code not in (1000, 1001)
                assert session.state in (State.CLOSING, State.STOPPING)
            if isinstance(command, Pause):
                assert session.state is State.IDLE
                assert 0 <= command.seconds <= LONGEST_PAUSE_S
        if session_before is not None and session.session_id is None:
            assert what in (Input.INVALID, Input.LOST_SESSION, Input.REFUSED), "a session is not given up for less"
        if session.state in OPEN:
            assert session.next_due < float("inf") or session.state is State.OPENING
        else:
            assert session.next_due == float("inf")
        assert session.sequence >= 0
        assert before is not State.ENDED or session.state is State.ENDED
