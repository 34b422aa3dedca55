"""What a signal does to what the daemon has begun."""

import signal
from pathlib import Path

from tests.api.cli.machine import Machine, logged_in, machine

SLOW = """
const seconds = (count) => new Promise((resolve) => setTimeout(resolve, count * 1000));
on("messageCreate", async (ctx) => {
  if (ctx.msg.content !== "!slow") return;
  await ctx.reply("begun");
  await seconds(COUNT);
  await ctx.reply("ended");
});
"""


async def begun(place: Machine, seconds: float) -> None:
    """A daemon with a handler in flight, which wants so long."""
    place.more["ISOLATE_DISPATCH_S"] = "120"
    await logged_in(place)
    (place.home / "main.ts").write_text(SLOW.replace("COUNT", str(seconds)))
    await place.flora("deploy")
    await place.members.ask("!slow", "begun")


async def test_what_is_in_flight_ends_before_the_daemon_does(tmp_path: Path) -> None:
    async with machine(tmp_path) as place:
        await begun(place, 1.5)
        assert await place.stop(signal.SIGTERM) == 0
        assert place.members.said()[-1] == "ended"


async def test_a_second_signal_does_not_wait_for_what_is_in_flight(tmp_path: Path) -> None:
    async with machine(tmp_path) as place:
        await begun(place, 100)  # longer than anything here takes
        assert place.daemon is not None
        place.daemon.send_signal(signal.SIGTERM)
        await place.until_log("another signal cuts it short")
        assert await place.stop(signal.SIGINT) == 0
        assert place.members.said()[-1] == "begun"
