"""What a script asks of its host: data, clocks, secrets and Discord, as the host's own table reads it."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import trio

from actors.isolate.isolate import Isolate
from actors.isolate.process import Zygote
from actors.operations.kv import register_kv
from actors.ops import OpRefusedError, OpTable
from actors.outcomes import RunOutcome
from sdk.build import path_names, rest_operations
from storage.ids import guild_id
from storage.kv import KvLimits, open_kv
from tests.actors.operations.conftest import NoScopes
from tests.actors.operations.conftest import Script as Caller
from tests.sdk.conftest import CHANNEL, GUILD, Refusal, Script, command, message, new_script


def _now() -> float:
    return datetime.now(UTC).timestamp()


class Stored:
    """Answers `kv.*` from real stores."""

    def __init__(self, table: OpTable, nursery: trio.Nursery) -> None:
        self._table = table
        self._nursery = nursery

    def attach(self, script: Script) -> None:
        def answer(isolate: Isolate, identity: int, name: str, given: bytes) -> None:
            self._nursery.start_soon(self._reply, isolate, identity, name, given)

        script.instead = answer

    async def _reply(self, isolate: Isolate, identity: int, name: str, given: bytes) -> None:
        try:
            isolate.answer(identity, await self._table.answer(NoScopes(), Caller(guild_id(int(GUILD))), name, given))
        except OpRefusedError as error:
            isolate.refuse(identity, error.message, error.code, **error.details)


@pytest.fixture
async def stored(tmp_path: Path) -> AsyncIterator[Stored]:
    table = OpTable()
    async with open_kv(tmp_path / "kv", KvLimits(map_bytes=1 << 30, journal_bytes=1 << 20), _now) as store:
        register_kv(table, store)
        async with trio.open_nursery() as nursery:
            yield Stored(table, nursery)


KV = r"""
    const show = (value) => console.log(JSON.stringify(value));
    on("go", async () => {
        show([await kv.get("none"), await kv.has("none"), await kv.getWithMetadata("none")]);
        await kv.set("a", { deep: [1, null] }, { ttl: 3600, metadata: { by: "me" } });
        const entry = await kv.getEntry("a");
        show([await kv.get("a"), entry.metadata, entry.version > 0, entry.expiration > Date.now() / 1000]);
        const tags = kv.store("tags");
        await tags.set("x", "text", { expiration: Math.floor(Date.now() / 1000) + 60 });
        await store("tags").set("y", new Uint8Array([1, 2, 255]));
        show([await tags.get("x"), Array.from(await tags.get("y")), await tags.getMany(["x", "z"])]);
        const page = await tags.list({ prefix: "", limit: 1 });
        show([page.keys.map((key) => key.name), page.listComplete, page.list_complete, typeof page.cursor]);
        const names = [];
        for await (const name of tags.keys({ limit: 1 })) names.push(name);
        show([names, await tags.count(), (await kv.stores()).map((one) => one.name)]);
        show([await kv.increment("n", 5), await kv.decrement("n"), await kv.increment("n")]);
        show([await kv.setIfAbsent("n", 1), await kv.setIfAbsent("m", 1), await kv.compareAndSet("m", 99, 2)]);
        await Promise.all([1, 2, 3, 4].map((by) => kv.update("sum", (sum) => (sum ?? 0) + by)));
        show(await kv.get("sum"));
        const version = (await kv.getEntry("m")).version;
        const all = kv.transaction().check("m", version).increment("n", 10).set("z", 1, { store: "tags" }).delete("m");
        show((await all.commit()).ok);
        const failed = await kv.transaction().check("n", 1).set("n", 0).commit();
        show([failed.ok, failed.check, await kv.get("n"), await kv.get("m"), await tags.get("z")]);
        await kv.updateMetadata("a", { by: "you" });
        show([(await kv.getEntry("a")).metadata, await kv.delete("a"), await kv.delete("a"), await tags.clear()]);
        for (const bad of [() => kv.set("u", undefined), () => kv.set("", 1), () => kv.updateMetadata("gone", 1)]) {
            try { await bad(); } catch (error) { show([error instanceof Error, error.code]); }
        }
    });
"""


async def test_kv_on_real_stores(script: Script, stored: Stored) -> None:
    stored.attach(script)
    await script.load(KV)

    await script.ok("go", None)

    assert [msgspec.json.decode(text) for text in script.said] == [
        [None, False, {"value": None, "version": 0}],
        [{"deep": [1, None]}, {"by": "me"}, True, True],
        ["text", [1, 2, 255], ["text", None]],
        [["x"], False, False, "string"],
        [["x", "y"], 2, ["default", "tags"]],
        [5, 4, 5],
        [False, True, False],
        10,
        True,
        [False, 0, 15, None, 1],
        [{"by": "you"}, True, False, 3],
        [True, "KV_INVALID_VALUE"],
        [True, "KV_INVALID_KEY"],
        [True, "KV_KEY_NOT_FOUND"],
    ]


REFUSED = {
    "KV_INVALID_KEY": ["set('', 1)", "set('a\\0', 1)", "set('\\ud800', 1)", "set(undefined, 1)", "set({}, 1)",
                       "has('\\udc00')", "getMany(['a', null])", "list({ prefix: '\\ud800' })",
                       "transaction().set('\\ud800', 1).commit()"],
    "KV_KEY_TOO_LONG": ["set('k'.repeat(513), 1)"],
    "KV_INVALID_STORE_NAME": ["store('\\ud800')", "store('')", "store(5)", "store('a\\0').set('a', 1)",
                              "store('s'.repeat(65)).set('a', 1)", "transaction().set('a', 1, { store: '\\ud800' })"],
    "KV_INVALID_VALUE": ["set('a', NaN)", "set('a', -Infinity)", "set('a', '\\ud800')", "set('a', () => 1)",
                         "set('a', 1, { tll: 5 })", "set('a', 1, { expiresAt: 5 })", "set('a', 1, { store: 's' })"],
    "KV_VALUE_TOO_LARGE": ["set('a', 'x'.repeat(1 << 20))"],
    "KV_METADATA_TOO_LARGE": ["set('a', 1, { metadata: 'x'.repeat(4_000_000) })"],
    "KV_INVALID_EXPIRY": ["set('a', 1, { ttl: NaN })", "set('a', 1, { ttl: -1 })", "set('a', 1, { ttl: '5' })",
                          "set('a', 1, { expiration: new Date(NaN) })", "set('a', 1, { expiration: 1 })",
                          "set('a', 1, { ttl: 1, expiration: 1 })"],
    "KV_INVALID_NUMBER": ["increment('n', NaN)", "increment('n', '5')", "decrement('n', Infinity)"],
    "KV_INVALID_LIMIT": ["list({ limit: NaN })", "list({ limit: 0 })"],
    "KV_INVALID_CURSOR": ["list({ cursor: 'AAAA' })"],
    "OUTPUT_LIMIT": ["set('a', 1, { metadata: 'x'.repeat(10_000_000) })"],
}  # fmt: skip


async def test_kv_refuses_bad_input_by_name_and_writes_nothing(script: Script, stored: Stored) -> None:
    stored.attach(script)
    asked = {code: [f"async () => await kv.{call}" for call in calls] for code, calls in REFUSED.items()}
    calls = ",".join(f"[{code!r}, {call}]" for code, group in asked.items() for call in group)
    await script.load(f"""on("go", async () => {{
        for (const [code, call] of [{calls}]) {{
            const found = await call().then(() => "taken", (error) => error.code ?? String(error));
            if (found !== code) console.log(`${{call}}: ${{found}}, not ${{code}}`);
        }}
    }});
    on("look", async () => console.log(JSON.stringify(await kv.stores())));""")

    await script.ok("go", None)
    await script.ok("look", None)

    assert script.said == ["[]"]


async def test_crons_are_registered_and_run(script: Script) -> None:
    registered = await script.load("""
        cron("daily", "0 9 * * *", (ctx) => console.log(ctx.name, ctx.msg.name, ctx.scheduledAt, ctx.manual),
             { timeZone: "Europe/Berlin", skipIfRunning: true, catchUp: "once" });
        cron("hourly", "@hourly", () => { throw new Error("no"); }, { skipIfRunning: false });
        cron("plain", "*/5 * * * *", async () => { console.log(await cron.run("daily")); });
    """)
    places = [one.pop("at") for one in registered["crons"]]
    assert [(place["file"], place["line"]) for place in places] == [("main.js", 2), ("main.js", 4), ("main.js", 5)]
    assert registered["crons"] == [
        {"name": "daily", "schedule": "0 9 * * *", "timeZone": "Europe/Berlin", "overlap": "skip", "catchUp": "once"},
        {"name": "hourly", "schedule": "@hourly", "overlap": "allow"},
        {"name": "plain", "schedule": "*/5 * * * *"},
    ]
    script.answers["cron.run"] = "7"
    due: dict[str, Any] = {"runId": "1", "manual": False, "scheduledFor": "2026-01-01T09:00:00.000Z"}

    await script.ok("__cron", {"name": "daily", **due})
    await script.ok("__cron", {"name": "plain", **due})
    failed = await script.dispatch("__cron", {"name": "hourly", **due})
    unknown = await script.dispatch("__cron", {"name": "gone", **due})

    assert script.said == ["daily daily 2026-01-01T09:00:00.000Z false", "7"]
    assert (failed.outcome, unknown.outcome) == (RunOutcome.THREW, RunOutcome.THREW)


async def test_crons_that_cannot_be_are_refused(zygote: Zygote) -> None:
    cases = {
        'cron("", "@daily", () => {})': "a cron needs a name",
        'cron("a", "", () => {})': 'cron "a" needs a schedule',
        'cron("a", "@daily")': 'cron "a" needs a function',
        'cron("a", "0 0 9 * * *", () => {})': "has 6 fields",
        'cron("a", "@daily", () => {}); cron("a", "@daily", () => {})': 'two crons named "a"',
        'cron("a", "@daily", () => {}, { overlap: "some" })': "overlap is one of skip, queue, allow",
        'for (let i = 0; i < 33; i++) cron("c" + i, "@daily", () => {})': "at most 32 crons",
    }
    for source, reason in cases.items():
        assert reason in await (await new_script(zygote)).refused(source), source


async def test_timers_are_scheduled_cancelled_and_called(script: Script) -> None:
    registered = await script.load("""
        timers.on("remind", (ctx) => console.log(ctx.name, ctx.payload.text, ctx.scheduledAt));
        on("go", async () => {
            console.log(await schedule("remind", new Date(1800000000000), { text: "hi" }));
            await timers.schedule("remind", { at: "2027-01-01T00:00:00Z" });
            const before = Date.now();
            await schedule("remind", "1h30m"); await schedule("remind", { in: "2d" });
            console.log(await cancel("remind#1"), await timers.cancel({ name: "remind" }), before);
            console.log(duration("1h30m"), duration("2 days"), duration("1w 2d"));
            try { await schedule("remnd", "1h"); } catch (error) { console.log(error.message); }
        });
    """)
    assert registered["timers"] == ["remind"]
    script.answers |= {"timers.schedule": {"id": "remind#1"}, "timers.cancel": {"cancelled": True}}

    await script.ok("go", None)
    await script.ok("__timer", {"name": "remind", "payload": {"text": "hi"}, "scheduledFor": "2027-01-01T00:00:00Z"})

    before = int(script.said[1].split()[-1])
    asked = [args.get("at") for _, args in script.calls]
    assert asked[:2] == [1800000000000, "2027-01-01T00:00:00Z"]
    assert before + 5_400_000 <= asked[2] < before + 5_410_000
    assert before + 172_800_000 <= asked[3] < before + 172_810_000
    assert script.calls[4:] == [("timers.cancel", {"id": "remind#1"}), ("timers.cancel", {"name": "remind"})]
    assert script.said == [
        "remind#1", f"true true {before}", "5400000 172800000 777600000",
        'no handler is registered for timers named "remnd"; did you mean "remind"?',
        "remind hi 2027-01-01T00:00:00Z",
    ]  # fmt: skip


def named(**values: str) -> Callable[[dict[str, str]], str | None]:
    return lambda args: values.get(args["name"])


async def test_secrets_awaited_or_not_and_variables(script: Script) -> None:
    await script.load("""
        on("go", async () => {
            const key = secrets.get("KEY");
            console.log(await key, await secrets.get("NONE"));
            console.log(await vars.get("COLOR"), await vars.get("NONE"), JSON.stringify(await vars.list()));
        });
    """)
    script.answers["secrets.get"] = named(KEY="__FLORA_SECRET_1__")
    script.answers["vars.get"] = named(COLOR="red")
    script.answers["vars.list"] = {"COLOR": "red"}

    await script.ok("go", None)

    assert script.said == [
        "__FLORA_SECRET_1__ undefined",
        'red undefined {"COLOR":"red"}',
    ]


async def test_every_operation_of_discord_has_a_function_that_the_host_understands(script: Script) -> None:
    await script.load("""
        on("go", async ({ msg }) => {
            for (const [name, args] of msg) await rest[name](args);
        });
    """)
    asked: list[tuple[str, dict[str, Any]]] = []
    for name, method, route in rest_operations():
        path = {each: "😀" if each == "emojiName" else "12" for each in path_names(route)}
        more: dict[str, Any] = (
            {} if method == "GET" else {"body": {"content": "x", "someField": 1}, "reason": "because"}
        )
        asked.append((name, {**path, "guildId": GUILD, **more}))

    await script.ok("go", asked)

    assert script.names == [f"rest.{name}" for name, _ in asked]
    assert not {"guildId", "guild_id"} & {key for _, args in script.calls for key in args}


async def test_operations_take_their_body_in_either_way(script: Script) -> None:
    await script.load("""
        on("go", async () => {
            await rest.createMessage({ channelId: "1", content: "a", replyTo: "9" });
            const body = { content: "b", allowed_mentions: { parse: ["roles"] } };
            await rest.createMessage({ channelId: "1", body });
            await rest.updateChannel({ channelId: "1", name: "x", rateLimitPerUser: 5, reason: "calm" });
            await rest.bulkUpdateGuildRoles({ body: [{ id: 1n, position: 2 }] });
            const found = await rest.listMessages({ channelId: 1n, limit: 5, before: "7" });
            console.log(found[0].channelId, found[0].channel_id, JSON.stringify(found), found[0].author.globalName);
            await rest.executeWebhook({ webhookId: "5", token: "t", wait: true, threadId: "6", content: "c" });
            try { await rest.getMessage({ channelId: "1" }); } catch (error) { console.log(error.code, error.message); }
            try { await rest.getChannel({ channelId: "1" }); } catch (error) {
                const { name, code, status, retryAfter, route, discordCode, operation } = error;
                console.log(name, code, status, retryAfter, route, discordCode, operation);
            }
        });
    """)
    script.answers["rest.listMessages"] = [{"channel_id": "1", "author": {"global_name": "Ada"}}]
    details = {"status": 429, "retryAfter": 1.5, "route": "GET /channels/{channel_id}", "discordCode": 20028}
    script.answers["rest.getChannel"] = Refusal("DISCORD_RATE_LIMITED", "slow", details)

    await script.ok("go", None)

    bodies = [args.get("body") for _, args in script.calls]
    assert bodies[0]["message_reference"]["message_id"] == "9"
    assert bodies[1]["allowed_mentions"] == {"parse": ["roles"]}
    assert script.calls[2][1] == {"channelId": "1", "body": {"name": "x", "rate_limit_per_user": 5}, "reason": "calm"}
    assert bodies[3] == [{"id": "1", "position": 2}]
    assert script.calls[4][1] == {"channelId": "1", "query": {"limit": 5, "before": "7"}}
    webhook = script.calls[5][1]
    assert (webhook["webhookToken"], webhook["query"]) == ("t", {"wait": True, "thread_id": "6"})
    assert script.said == [
        '1 1 [{"channelId":"1","author":{"globalName":"Ada"}}] Ada',
        "INVALID_INPUT rest.getMessage needs messageId",
        "OperationError DISCORD_RATE_LIMITED 429 1.5 GET /channels/{channel_id} 20028 rest.getChannel",
    ]


ORIGINALS = {
    "sendMessage": ({"channelId": "1", "content": "a", "messageId": "2"}, "createMessage"),
    "editMessage": ({"channelId": "1", "messageId": "2", "content": "a"}, "updateMessage"),
    "deleteMessage": ({"channelId": "1", "messageId": "2"}, "deleteMessage"),
    "bulkDeleteMessages": ({"channelId": "1", "messageIds": ["2", "3"]}, "bulkDeleteMessages"),
    "pinMessage": ({"channelId": "1", "messageId": "2"}, "createPin"),
    "unpinMessage": ({"channelId": "1", "messageId": "2"}, "deletePin"),
    "crosspostMessage": ({"channelId": "1", "messageId": "2"}, "crosspostMessage"),
    "fetchMessage": ({"channelId": "1", "messageId": "2"}, "getMessage"),
    "fetchMessages": ({"channelId": "1", "limit": 3}, "listMessages"),
    "addReaction": ({"channelId": "1", "messageId": "2", "emoji": "👍"}, "addMyMessageReaction"),
    "removeReaction": ({"channelId": "1", "messageId": "2", "emoji": "👍"}, "deleteMyMessageReaction"),
    "clearReactions": ({"channelId": "1", "messageId": "2"}, "deleteAllMessageReactions"),
    "sendInteractionResponse": ({"interactionId": "1", "token": "t", "content": "a"}, "createInteractionResponse"),
    "deferInteractionResponse": ({"interactionId": "1", "token": "t", "ephemeral": True}, "createInteractionResponse"),
    "updateInteractionResponse": ({"interactionId": "1", "token": "t", "content": "a"}, "createInteractionResponse"),
    "editOriginalInteractionResponse": ({"token": "t", "content": "a"}, "updateOriginalWebhookMessage"),
    "deleteOriginalInteractionResponse": ({"token": "t"}, "deleteOriginalWebhookMessage"),
    "createFollowupMessage": ({"token": "t", "content": "a"}, "executeWebhook"),
    "editFollowupMessage": ({"token": "t", "messageId": "2", "content": "a"}, "updateWebhookMessage"),
    "deleteFollowupMessage": ({"token": "t", "messageId": "2"}, "deleteWebhookMessage"),
    "kickMember": ({"guildId": GUILD, "userId": "2", "reason": "r"}, "deleteGuildMember"),
    "banMember": ({"guildId": GUILD, "userId": "2", "deleteMessageSeconds": 60}, "banUserFromGuild"),
    "unbanMember": ({"guildId": GUILD, "userId": "2"}, "unbanUserFromGuild"),
    "addMemberRole": ({"guildId": GUILD, "userId": "2", "roleId": "3"}, "addGuildMemberRole"),
    "removeMemberRole": ({"guildId": GUILD, "userId": "2", "roleId": "3"}, "deleteGuildMemberRole"),
    "editMember": ({"guildId": GUILD, "userId": "2", "payload": {"nick": "x"}}, "updateGuildMember"),
    "editCurrentMember": ({"guildId": GUILD, "payload": {"nick": "x"}}, "updateMyGuildMember"),
    "createChannel": ({"guildId": GUILD, "payload": {"name": "x"}}, "createGuildChannel"),
    "editChannel": ({"channelId": "1", "payload": {"name": "x"}}, "updateChannel"),
    "deleteChannel": ({"channelId": "1"}, "deleteChannel"),
    "createThread": ({"channelId": "1", "payload": {"name": "x"}}, "createThread"),
    "createThreadFromMessage": (
        {"channelId": "1", "messageId": "2", "payload": {"name": "x"}},
        "createThreadFromMessage",
    ),
    "joinThread": ({"threadId": "1"}, "joinThread"),
    "leaveThread": ({"threadId": "1"}, "leaveThread"),
    "addThreadMember": ({"threadId": "1", "userId": "2"}, "addThreadMember"),
    "removeThreadMember": ({"threadId": "1", "userId": "2"}, "deleteThreadMember"),
    "executeWebhook": ({"webhookId": "1", "token": "t", "content": "a"}, "executeWebhook"),
    "editWebhook": ({"webhookId": "1", "payload": {"name": "x"}}, "updateWebhook"),
    "deleteWebhook": ({"webhookId": "1", "token": "t"}, "deleteWebhookByToken"),
}


async def test_the_originals_names_of_operations_still_work(script: Script) -> None:
    await script.load("""
        slash({ name: "learn", description: "d", run: (ctx) => ctx.reply("now it knows its application") });
        on("go", async ({ raw }) => { for (const [name, args] of raw) await rest[name](args); });
    """)
    await script.ok("interactionCreate", command("learn"))
    script.calls.clear()

    await script.ok("go", [(name, args) for name, (args, _) in ORIGINALS.items()])

    assert script.names == [f"rest.{name}" for _, name in ORIGINALS.values()]
    by_name = dict(zip(ORIGINALS, (args for _, args in script.calls), strict=True))
    assert by_name["banMember"] == {"userId": "2", "body": {"delete_message_seconds": 60}}
    assert by_name["kickMember"] == {"userId": "2", "reason": "r"}
    assert by_name["editMember"]["body"] == {"nick": "x"}
    assert by_name["deferInteractionResponse"]["body"] == {"type": 5, "data": {"flags": 64}}
    assert by_name["createFollowupMessage"]["webhookId"] == "800"
    assert by_name["bulkDeleteMessages"]["body"] == {"messages": ["2", "3"]}


async def test_a_reply_that_fails_says_where_and_why(script: Script) -> None:
    await script.load('on("messageCreate", (ctx) => ctx.reply("x"));')
    script.answers["rest.createMessage"] = Refusal("SCOPE_FORBIDDEN", "not yours")

    run = await script.dispatch("messageCreate", message("x", channel_id=CHANNEL))

    assert run.error is not None
    assert (run.error.name, run.error.message, run.error.code) == ("OperationError", "not yours", "SCOPE_FORBIDDEN")


PLACES = """
const later = async () => { await null; };
on("reply", async (ctx) => { await later();
  await ctx.reply("x"); });
on("kv", async function reads() { await later();
  await kv.update("a", () => 1); });
on("rest", async () => { await later();
  await rest.sendMessage({ channelId: "1", content: "x" }); });
on("fetch", async () => { await later();
  await fetch("https://example.org"); });
on("own", async () => { await later();
  await kv.update("a", () => { throw new RangeError("mine"); }); });
"""


async def test_what_is_refused_is_told_with_the_line_that_asked(script: Script) -> None:
    for name in ("rest.createMessage", "kv.compareAndSet", "fetch"):
        script.answers[name] = Refusal("NOT_NOW", "no", {"status": 503})
    await script.load(PLACES)

    told: list[tuple[str, str | None, int, str]] = []
    for name in ("reply", "kv", "rest", "fetch", "own"):
        run = await script.dispatch(name, message("x"))
        assert run.error is not None
        told.append((run.error.name, run.error.code, run.error.stack[0].line, run.error.stack[0].function))

    assert [each[:3] for each in told] == [
        ("OperationError", "NOT_NOW", 4),
        ("OperationError", "NOT_NOW", 6),
        ("OperationError", "NOT_NOW", 8),
        ("TypeError", "NOT_NOW", 10),
        ("RangeError", None, 12),
    ]
    assert told[1][3] == "reads"


async def test_everything_of_floras_has_the_originals_one_name_too(script: Script) -> None:
    await script.load("""
        on("go", () => {
            const same = ["createBot", "embed", "kv", "rest", "slash", "ButtonStyle", "hasRole", "on"].filter((name) => flora[name] === globalThis[name]);
            console.log(same.length, flora.embed().setTitle("x").toJSON().title);
        });
    """)  # noqa: E501  JavaScript

    await script.ok("go", None)

    assert script.said == ["8 x"]
