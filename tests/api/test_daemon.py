"""The daemon as a whole: what a member says is answered, before and after everything that happens to it."""

from pathlib import Path

import httpx2

from actors.refs import GuildPhase
from api.deployed import Keeper
from gateway.local.discord import LocalConfig, open_local_discord
from storage.ids import GuildId
from storage.records import SYSTEM
from tests.api.daemon_play import evening

PING = "on('messageCreate', async (ctx) => { if (ctx.msg.content === '!ping') await ctx.reply('pong!'); });"


async def test_a_member_says_ping_and_a_daemon_that_starts_again_still_answers(tmp_path: Path) -> None:
    async with open_local_discord(LocalConfig()) as local:
        async with evening(tmp_path, local) as first:
            await first.deploy(PING)
            await first.members.ask("!ping", "pong!")
        async with evening(tmp_path, local) as second:
            assert second.daemon.runtime.guilds() == [second.guild]
            await second.members.ask("!ping", "pong!")


async def test_a_slash_command_is_registered_invoked_and_answered(tmp_path: Path) -> None:
    async with open_local_discord(LocalConfig()) as local, evening(tmp_path, local) as play:
        await play.deploy(
            "slash({ name: 'hello', description: 'greets', options: [{ type: 3, name: 'who', description: 'whom' }],"
            " run: (ctx) => ctx.reply(`hello ${ctx.options.who}`) });"
        )
        await play.members.until_command("hello")
        await play.members.invoke("hello", who="moon")
        await play.members.hear("hello moon")


async def test_a_member_whose_command_fails_is_told_so(tmp_path: Path) -> None:
    async with open_local_discord(LocalConfig()) as local, evening(tmp_path, local) as play:
        await play.deploy("slash({ name: 'oops', description: 'fails', run: () => { throw new Error('no'); } });")
        await play.members.until_command("oops")
        await play.members.invoke("oops")
        await play.members.hear("This server's bot script failed: an error was thrown.")


async def test_what_a_script_keeps_is_there_after_a_restart(tmp_path: Path) -> None:
    counts = """
        const store = kv.store("counts");
        on("messageCreate", async (ctx) => {
            if (ctx.msg.content !== "!count") return;
            await ctx.reply(`count ${await store.increment("it")}`);
        });
    """
    async with open_local_discord(LocalConfig()) as local:
        for count in (1, 2):
            async with evening(tmp_path, local) as play:
                if count == 1:
                    await play.deploy(counts)
                await play.members.ask("!count", f"count {count}")


async def test_a_guild_that_was_paused_stays_so_over_a_restart(tmp_path: Path) -> None:
    async with open_local_discord(LocalConfig()) as local:
        async with evening(tmp_path, local) as first:
            await first.deploy(PING)
            await first.daemon.api.deployer.pause(first.guild, "a quiet evening", SYSTEM)
        async with evening(tmp_path, local) as second:
            status = second.daemon.runtime.status(second.guild)
            assert status is not None
            assert (status.phase, status.reason) == (GuildPhase.PAUSED, "a quiet evening")
            await second.daemon.api.deployer.resume(second.guild, SYSTEM)
            await second.members.ask("!ping", "pong!")


async def test_a_guild_that_the_bot_leaves_stops_and_comes_back_when_it_returns(tmp_path: Path) -> None:
    async with open_local_discord(LocalConfig()) as local, evening(tmp_path, local) as play:
        await play.deploy(PING)
        keeper = Keeper(play.daemon.stores.database, play.daemon.runtime)
        await keeper.archive(play.guild)
        assert play.daemon.runtime.guilds() == []
        assert await keeper.bring_back(play.guild)
        assert not await keeper.bring_back(GuildId(7))
        await play.members.ask("!ping", "pong!")


async def test_the_daemon_is_ready_and_counts(tmp_path: Path) -> None:
    async with open_local_discord(LocalConfig()) as local, evening(tmp_path, local) as play:
        await play.deploy(PING)
        await play.members.ask("!ping", "pong!")
        async with httpx2.AsyncClient(base_url=play.daemon.addresses[0]) as client:
            ready = await client.get("/api/health/ready")
            token = (tmp_path / "operator.token").read_text().strip()
            metrics = await client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
        assert [one["name"] for one in ready.json()["checks"] if not one["ok"]] == []
        assert ready.status_code == 200
        for line in (
            "flora_dispatch_success_total ",
            "flora_isolate_count 1.0",
            'flora_gateway_shards{state="live"} 1.0',
            "flora_gateway_delivered ",
            'flora_mailbox_peak{mailbox="guild"} 1.0',
        ):
            assert f"\n{line}" in metrics.text


async def test_a_newcomer_gets_the_script_that_the_operator_chose(tmp_path: Path) -> None:
    script = tmp_path / "welcome.ts"
    script.write_text(PING)
    chosen = {"DISCORD_WELCOME_SCRIPT": str(script)}
    async with (
        open_local_discord(LocalConfig()) as local,
        evening(tmp_path / "data", local, **chosen) as play,
    ):
        keeper = play.daemon.gateway.lifecycle._keeper
        await keeper.welcome(play.guild)
        await play.members.ask("!ping", "pong!")
        script.write_text("on(")
        await keeper.welcome(GuildId(7))
        assert play.daemon.runtime.guilds() == [play.guild]
