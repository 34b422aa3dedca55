"""A recorded session that reads as a dialogue: what is in transcript.txt is what the session does, line by line."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from gateway.session import AskLeave, Close, Command, End, Identity, Input, Pause, Send, Session

TRANSCRIPT = Path(__file__).parent / "transcript.txt"


def told(command: Command, session: Session) -> str:
    """A command as the transcript writes it."""
    match command:
        case AskLeave():
            return "asks for leave to identify"
        case Close():
            return f"closes with {command.code}"
        case Pause():
            return f"reconnects to {session.url.split('/?')[0]} after {command.seconds:g} s"
        case End():
            return f"ends: {command.sentence}"
        case Send():
            return _said(msgspec.json.decode(command.text))


def _said(said: dict[str, Any]) -> str:
    op, body = said["op"], said["d"]
    if op == 1:
        return "heartbeat, no event" if body is None else f"heartbeat, event {body}"
    if op == 6:
        return f"resumes {body['session_id']} behind event {body['seq']}"
    assert op == 2
    return "identifies"


def take(session: Session, number: str, now: float) -> list[str]:
    return ["takes it" if session.take(int(number), now) else "has it already"]


def heard(session: Session, line: str, now: float) -> list[str]:
    """Do what a line says; gives flora's lines."""
    handle = session.handle
    ways: dict[str, Callable[[re.Match[str]], list[Command]]] = {
        "the socket opens": lambda _: session.opened(now),
        "the socket is gone": lambda _: session.closed(None, "", now),
        "leave": lambda _: handle(Input.LEAVE, now),
        "time": lambda _: session.due(now),
        r"D: hello, a heartbeat every (\d+) s": lambda found: session.hello(float(found[1]), now),
        r"D: READY as event (\d+), session (\w+)": lambda found: session.ready(
            found[2], "wss://resume.example", int(found[1]), now
        ),
        r"D: RESUMED as event (\d+)": lambda found: session.resumed(int(found[1]), now),
        "D: heartbeat answered": lambda _: handle(Input.ANSWERED, now),
        "D: asks for a heartbeat": lambda _: handle(Input.BEAT_ASKED, now),
        "D: reconnect": lambda _: handle(Input.RECONNECT, now),
        "D: invalid session, gone": lambda _: handle(Input.INVALID, now),
        r"D: closes with (\d+)": lambda found: session.closed(int(found[1]), "", now),
    }
    if event := re.fullmatch(r"D: event (\d+)", line):
        return take(session, event[1], now)
    for pattern, way in ways.items():
        if match := re.fullmatch(pattern, line):
            return [told(command, session) for command in way(match)]
    raise AssertionError(f"nobody understands {line!r}")


def test_the_transcript_is_what_happens() -> None:
    identity = Identity("token", intents=1, shard=0, shard_count=1, url="wss://first.example")
    session = Session(identity, lambda: 0.5)
    expected = TRANSCRIPT.read_text().splitlines()
    played: list[str] = []
    for line in expected:
        if line.startswith("#"):
            played.append(line)
        elif not line.startswith(" "):
            at, what = line.split(maxsplit=1)
            played.append(line)
            played += [f"     F: {answer}" for answer in heard(session, what, float(at))]
    assert played == expected
