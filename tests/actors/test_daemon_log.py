"""The daemon's log: levels by target, two ways of writing, nothing that must not show, never in the way."""

import io
import json
import logging
import threading

import pytest

from actors.daemon_log import TARGETS, BadLogLevelError, daemon_log, levels_of, struck, target_of

BOT_TOKEN = "MTE4NzY1NDMyMTA5ODc2NTQzMjE" + ".GabcDE." + "x" * 38


def test_json_lines_have_target_level_and_error() -> None:
    out = io.StringIO()
    with daemon_log(stream=out, json_lines=True):
        logging.getLogger("storage.kv.writer").warning("the disk is %s", "full")
        logging.getLogger("flora.runtime").error("a\nb", exc_info=ValueError("no"))
    first, second = map(json.loads, out.getvalue().splitlines())
    assert (first["target"], first["level"], first["message"]) == ("flora:kv", "warn", "the disk is full")
    assert (second["target"], second["message"]) == ("flora:runtime", "a\nb")
    assert "ValueError: no" in second["error"]


def test_people_read_one_line_whatever_is_in_it() -> None:
    out = io.StringIO()
    with daemon_log(stream=out, json_lines=False):
        logging.getLogger("gateway.shards").info("a\nb\x1b[31m")
    (line,) = out.getvalue().splitlines()
    assert line[9:] == "INFO  flora:discord  a\\nb\\x1b[31m"


def test_each_target_has_its_level_and_strangers_are_heard_when_it_matters() -> None:
    out = io.StringIO()
    with daemon_log("flora=warn,flora::discord=debug", stream=out, json_lines=False):
        for name in ("gateway.x", "actors.x", "storage.kv", "hypercorn"):
            logging.getLogger(name).debug("%s says", name)
            logging.getLogger(name).warning("%s warns", name)
    said = [line.partition(" flora:")[2].partition("  ")[2] for line in out.getvalue().splitlines()]
    assert said == ["gateway.x says", "gateway.x warns", "actors.x warns", "storage.kv warns", "hypercorn warns"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [20, 20, 20, 20]),
        ("debug", [10, 10, 10, 10]),
        ("flora::runtime=info,flora=error", [20, 40, 40, 40]),
        ("flora:kv=off", [20, 20, 20, 51]),
    ],
)
def test_levels_are_said_as_the_originals_operators_say_them(text: str, expected: list[int]) -> None:
    assert [levels_of(text)[target] for target in TARGETS] == expected


@pytest.mark.parametrize("text", ["loud", "flora=loud", "florist=info"])
def test_a_level_that_is_none_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadLogLevelError, match="lo"):
        levels_of(text)


@pytest.mark.parametrize(
    "secret",
    [
        f"Bot {BOT_TOKEN}",
        BOT_TOKEN,
        "Authorization: Bearer abcdefgh1234",
        "postgresql://user:pa55word@host/db",
        "https://discord.test/api/webhooks/123/" + "t" * 60,
    ],
)
def test_tokens_and_passwords_are_struck_out_of_texts_and_errors(secret: str) -> None:
    out = io.StringIO()
    with daemon_log(stream=out, json_lines=True):
        logging.getLogger("flora.runtime").error("about %s", secret, exc_info=RuntimeError(secret))
    written = out.getvalue()
    assert written.count("***") == 2
    for part in (BOT_TOKEN, "abcdefgh1234", "pa55word", "t" * 60):
        assert part not in written
    assert struck("no secret: Bearer, https://host/a@b") == "no secret: Bearer, https://host/a@b"


class _Stuck(io.StringIO):
    """A terminal that somebody has stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()
        self.reached = threading.Event()

    def write(self, text: str) -> int:
        self.reached.set()
        self.released.wait()
        return super().write(text)


def test_a_stopped_terminal_holds_up_nobody_and_the_loss_is_told() -> None:
    out = _Stuck()
    log = logging.getLogger("flora.runtime")
    with daemon_log(stream=out, json_lines=False, queued=10):
        log.info("first")
        out.reached.wait()
        for number in range(100):
            log.info("%d", number)
        out.released.set()
        while "  9\n" not in out.getvalue():  # not the one of a clock that says 19:09
            out.reached.wait(0.01)
        log.info("after")
    assert "90 lines of this log were dropped" in out.getvalue()
    assert "after" in out.getvalue()


def test_targets_of_modules() -> None:
    assert target_of("api.deployments") == "flora:runtime"
    assert target_of("api.deploy") == target_of("flora.deployments") == "flora:deployments"
    assert target_of("storage.kvx") == "flora:runtime"
