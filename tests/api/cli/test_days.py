"""Whole days: the real command, a real daemon in a process of its own, and the local Discord.

Each test is one person's day, told from top to bottom.
"""

import re
import signal
import socket
from pathlib import Path

import trio

from tests.api.cli.conftest import ROOT
from tests.api.cli.machine import MAIN, logged_in, machine


async def named_metrics() -> set[str]:
    """Those that operators are told to watch."""
    pages = [await trio.Path(ROOT / "docs" / name).read_text() for name in ("operations.md", "deploy/alerts.yml")]
    return set(re.findall(r"\bflora_\w+", "".join(pages)))


async def test_a_log_that_is_followed_goes_on_when_the_daemon_starts_again(tmp_path: Path) -> None:
    async with machine(tmp_path) as place:
        with socket.create_server(("127.0.0.1", 0)) as free:
            place.port = int(free.getsockname()[1])
        await logged_in(place)
        await place.flora("deploy")
        async with place.following() as following:
            for ending in (signal.SIGTERM, signal.SIGKILL):
                place.members.say("!oops")
                await following.until("the moon is wrong")
                await place.stop(ending)
                await place.start()
                await place.members.ask("!ping", "pong!")
            await place.flora("cron", "run", "digest")
            await following.until("the digest ran")

        ids = [int(line["id"]) for line in following.lines]
        assert ids == list(range(ids[0], ids[0] + len(ids))), "without a gap, and nothing twice"
        assert following.code == 130
        assert "went away; waiting for it" in following.complaints
        assert following.complaints.endswith("is back\n")


async def test_an_authors_day(tmp_path: Path) -> None:
    async with machine(tmp_path) as place:
        guild = await logged_in(place)
        assert "src/main.test.ts" in await place.flora("init", "my-bot", "--guild", guild)
        assert "1 passed, 0 failed" in await place.flora("test", folder="my-bot")
        assert "ready to deploy" in await place.flora("check", "--no-types", folder="my-bot")
        assert "live in guild" in await place.flora("deploy", folder="my-bot")

        deployed = await place.flora("deploy", "-m", "the first")
        assert "live in guild" in deployed
        assert {"  + main.ts", "  - src/main.ts", "  + cron digest", "  - command hello"} <= set(deployed.splitlines())
        await place.members.ask("!ping", "pong!")
        await place.members.ask("!count", "count 1")

        (place.home / "main.ts").write_text(MAIN.replace("pong!", "pong again!"))
        assert "~ main.ts" in await place.flora("deploy")
        await place.members.ask("!ping", "pong again!")

        (place.home / "main.ts").write_text("on('messageCreate', () => {")
        assert "main.ts" in await place.flora("deploy", code=1)
        await place.members.ask("!ping", "pong again!")

        assert len((await place.flora("history")).splitlines()) >= 2
        await place.flora("rollback", "--yes")
        await place.members.ask("!ping", "pong!")

        await place.flora("kv", "incr", "it", "40", "--store", "counts")
        await place.members.ask("!count", "count 42")
        assert "42" in await place.flora("kv", "get", "it", "--store", "counts")
        await place.flora("secrets", "set", "KEY", "--host", "example.com", stdin="swordfish\n")
        await place.members.ask("!secret", "true")
        assert "swordfish" not in await place.flora("secrets", "list")

        await place.flora("cron", "run", "digest")
        assert "digest" in await place.flora("cron", "list")
        assert "ok" in await place.flora("cron", "history", "digest")
        assert "the digest ran" in await place.flora("logs", "-n", "50")
        async with place.following() as following:
            await following.until("the digest ran")
            place.members.say("!oops")
            await following.until("the moon is wrong")
        assert following.code == 130
        assert "live" in await place.flora("status")


async def test_an_operators_day(tmp_path: Path) -> None:
    async with machine(tmp_path) as place:
        guild = await logged_in(place)
        looked_at = {one["name"]: one["level"] for one in await place.json("doctor")}
        assert looked_at["Discord"] == looked_at["intents"] == looked_at["PostgreSQL"] == "ok"
        await place.flora("deploy")
        assert await named_metrics() - await place.metrics() == set()
        assert len(await place.json("workers")) == 2
        at = next(one["worker"] for one in await place.json("workers") if one["guilds"])
        await place.flora("migrate", str(1 - int(at)), "--guild", guild)
        await place.members.ask("!ping", "pong!")
        await place.flora("drain", str(1 - int(at)), "--yes")
        await place.members.ask("!count", "count 1")

        await place.stop(signal.SIGKILL)
        await place.start()
        await place.members.ask("!ping", "pong!")
        await place.flora("login", "--token-stdin", stdin=(place.data / "operator.token").read_text())
        kept = await place.flora("kv", "get", "it", "--store", "counts")  # what was under way may have been done again
        assert int(kept) >= 1

        assert await place.stop() == 0
        saved = place.home / "saved.zip"
        await place.flora("backup", str(saved))
        place.data.rename(place.home / "gone")
        await place.flora("restore", str(saved), "--yes")
        await place.start()
        await place.members.ask("!count", f"count {int(kept) + 1}")
        assert await place.stop(signal.SIGINT) == 0


async def test_a_start_that_cannot_be_says_why_and_what_to_do(tmp_path: Path) -> None:
    async with machine(tmp_path) as place:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            told = await place.flora("serve", code=1, API_PORT=str(port))
            assert f"cannot listen on 127.0.0.1:{port} (Address already in use)" in told
        told = await place.flora("serve", code=1, DISCORD_TOKEN="one-that-Discord-never-gave")
        assert "Discord refuses the bot's token" in told
        (tmp_path / "file").touch()
        told = await place.flora("serve", "--data", str(tmp_path / "file" / "data"), code=1)
        assert "cannot be used (Not a directory)" in told
        await place.start()
        assert "is held by another flora" in await place.flora("serve", code=1)
        assert await place.stop() == 0
