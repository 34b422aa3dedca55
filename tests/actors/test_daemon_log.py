"""The daemon's log: levels by target, two ways of writing, nothing that must not show, never in the way."""

import io
import json
import logging
import threading

import pytest

from actors.daemon_log import TARGETS, BadLogLevelError, daemon_log, levels_of, struck, target_of
from actors.guild.book import GuildBook
from actors.placement import WorkerId
from actors.refs import GuildPhase
from storage.ids import GuildId

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


def test_what_a_line_is_about_is_in_fields_of_its_own() -> None:
    out = io.StringIO()
    with daemon_log("debug", stream=out, json_lines=True):
        book = GuildBook(GuildId(2**60 + 1))
        book.enter(GuildPhase.BOOTING, "events wait")
        book.worker, book.revision = WorkerId(0), "r7"
        book.enter(GuildPhase.DEAD, "its script cannot be loaded", "Error: my secret words")
    first, second = map(json.loads, out.getvalue().splitlines())
    assert first["guild"] == "1152921504606846977"
    assert first.keys().isdisjoint({"worker", "revision"})
    assert second["message"] == "guild 1152921504606846977 is dead: its script cannot be loaded"
    assert (second["worker"], second["revision"]) == (0, "r7")
    assert book.status(0).reason == "Error: my secret words"


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


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("redis://:hunter2@localhost:6379/0", "redis://:***@localhost:6379/0"),
        ("postgresql://flora:pa55@host/db", "postgresql://flora:***@host/db"),
        ("Cookie: flora_session=abc.def; flora_csrf=ghi", "Cookie: flora_session=***; flora_csrf=***"),
        ("client_secret=abcdef0123&grant_type=x", "client_secret=***&grant_type=x"),
        ("https://x.test/cb?code=NhhvTDYsFcdgNLnnLijcl7Ku&state=1", "https://x.test/cb?code=***&state=1"),
        ("{'id': '1', 'token': 'abcdef'}", "{'id': '1', 'token': '***'}"),
        ('{"token":"abcdef","type":2}', '{"token":"***","type":2}'),
        (f"of aW50ZXJhY3Rpb246{'MTIz' * 8}", "of ***"),
        ("the token flora_abcDEF_0123456789-abcdefghij was refused", "the token *** was refused"),
        ("password=hunter2", "password=***"),
        ("X-Api-Key: abcdef", "X-Api-Key: ***"),
    ],
)
def test_of_a_secret_only_its_name_is_left(text: str, left: str) -> None:
    assert struck(text) == struck(left) == left


@pytest.mark.parametrize(
    "text",
    [
        "flora_migration_quiesce_duration_seconds grows",
        "refused with code=MIGRATION_TIMEOUT",
        "the token was refused",
        "guild 1 is live: revision 01HZX was deployed",
        "http://localhost:8080/a@b",
    ],
)
def test_what_is_no_secret_is_not_struck_out(text: str) -> None:
    assert struck(text) == text


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
