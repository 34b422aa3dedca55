"""What a `*.test.ts` can make happen in its guild, and what it sees of it."""

# ruff: noqa: E501  JavaScript with long lines

import json
from pathlib import Path

from tests.api.cli.conftest import Flora

_SCRIPT = """
const bodyOf = (ctx: any) => ctx.raw ?? ctx.msg;
on("messageCreate", async (ctx: any) => {
  const { content, author } = bodyOf(ctx);
  if (content === "count") await op("kv.increment", { store: "counts", key: author.id, ttl: 60 });
  if (content === "later") await op("timers.schedule", { name: "tea", at: Date.now() + 1000, payload: { cups: 2 } });
  if (content === "fetch") console.log(JSON.stringify(await op("fetch", { url: "https://example.com" })));
  if (content === "wrong") await op("rest.noSuchThing", {});
  const entry: any = await op("kv.get", { store: "counts", key: author.id });
  console.log(`${author.username} ${entry === null ? 0 : entry.value}`);
});
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
on("messageCreate", async (ctx) => {
  const asked = /^rest (\\d+)$/.exec(ctx.msg.content);
  if (asked === null) return;
  await kv.set("asked", Number(asked[1]));
  const before = Date.now();
  await rest(Number(asked[1]));
  await ctx.reply(`${Math.round((Date.now() - before) / 100)}`);
});
on("messageCreate", (ctx) => {
  if (ctx.msg.content !== "tick") return;
  let ticks = 0;
  const ticking = setInterval(() => console.log(`tick ${++ticks}`), 60_000);
  setTimeout(async () => {
    clearInterval(ticking);
    await ctx.reply(`${(await kv.get("asked")) ?? "nothing"} after ${ticks}`);
  }, 200_000);
  collect("messageCreate", { seconds: 30 }, (found, why) => console.log(`${found.length} until ${why}`));
  AbortSignal.timeout(45_000).addEventListener("abort", () => console.log("aborted"));
});
slash({ name: "slow", description: "Takes its time", run: async (ctx) => {
  await rest(2500);
  await ctx.reply("at last");
} });
on("__timer", (ctx: any) => console.log(`${bodyOf(ctx).name} ${bodyOf(ctx).payload.cups}`));
for (const event of ["interactionCreate", "autocomplete"]) on(event, (ctx: any) => console.log(JSON.stringify(bodyOf(ctx).data)));
"""
_TESTS = """
import "./main";

const said = (run: FloraRun) => run.logs.map((line) => line.text);
const data = (run: FloraRun) => JSON.parse(said(run)[0]!);

test("members have their own data, in a store that forgets", async () => {
  const anna = bot.as({ id: "5", username: "anna" });
  await anna.message("count");
  expect(said(await anna.message("count"))).toEqual(["anna 2"]);
  expect(said(await bot.message("?"))).toEqual(["tester 0"]);
  await bot.advance(61_000);
  expect(said(await anna.message("?"))).toEqual(["anna 0"]);
});

test("timers come when time has passed", async () => {
  const before = Date.now();
  await bot.message("later");
  expect(await bot.advance(500)).toEqual([]);
  const [run] = await bot.advance(600);
  expect(said(run)).toEqual(["tea 2"]);
  expect(Date.now() - before >= 1100).toBe(true);
  expect(await bot.advance(10_000)).toEqual([]);
});

test("timeouts come in their order when time has passed, each at its time", async () => {
  await bot.message("tick");
  await bot.message("more");
  const passed = await bot.advance(3_600_000);
  expect(said(passed as any)).toEqual(["1 until time", "aborted", "tick 1", "tick 2", "tick 3"]);
  expect(passed.reply.content).toBe("nothing after 3");
  expect(passed.length).toBe(0);
});

test("a handler that waits goes on when time has passed, and no longer than it may", async () => {
  const waiting = bot.message("rest 2500");
  await bot.advance(2500);
  expect((await waiting).reply.content).toBe("25");
  const long = bot.message("rest 9000");
  const passed = await bot.advance(10_000);
  expect((await long).outcome).toBe("wall_time");
  expect(passed.reply.content).toBe("90");
});

test("a slow command is deferred", async () => {
  const slow = bot.command("slow");
  await bot.advance(3000);
  const { calls } = await slow;
  expect(calls.map((call) => call.args.body.type ?? call.args.body.content)).toEqual([5, "at last"]);
});

test("there is no internet but what the test says", async () => {
  const refused = await bot.message("fetch");
  expect(refused.error).toContain("A test has no internet");
  await bot.respond("fetch", { status: 418, json: { tea: true } });
  const { status, body } = JSON.parse(said(await bot.message("fetch"))[0]!);
  expect([status, body]).toEqual([418, "eyJ0ZWEiOiB0cnVlfQ=="]);
});

test("what Discord does not have is refused", async () => {
  expect((await bot.message("wrong")).error).toContain("there is no operation rest.noSuchThing");
});

test("a subcommand with options of every kind", async () => {
  const { name, options, resolved } = data(await bot.command("config roles add", {
    role: { role: { id: "9", name: "Red" } }, days: 3, share: 0.5, quiet: true, why: "so",
  }));
  expect(name).toBe("config");
  expect([options[0].type, options[0].name, options[0].options[0].type]).toEqual([2, "roles", 1]);
  expect(options[0].options[0].options.map((one: any) => [one.name, one.type, one.value])).toEqual(
    [["role", 8, "9"], ["days", 4, 3], ["share", 10, 0.5], ["quiet", 5, true], ["why", 3, "so"]],
  );
  expect(resolved.roles["9"].name).toBe("Red");
});

test("menus, buttons, selects, forms, completion", async () => {
  const report = data(await bot.menu("Report", { message: { content: "x" } }));
  expect(report.resolved.messages[report.target_id].content).toBe("x");
  expect(data(await bot.menu("Who", { user: { id: "7" } })).target_id).toBe("7");
  expect(data(await bot.press("a"))).toEqual({ custom_id: "a", component_type: 2 });
  expect(data(await bot.press("a", ["1"]))).toEqual({ custom_id: "a", component_type: 3, values: ["1"] });
  expect(data(await bot.submit("m", { t: "x", c: ["1"], b: true })).components.map((one: any) => one.component.type)).toEqual([4, 3, 23]);
  const [group] = data(await bot.complete("tag show", "name", "ab", { more: 1 })).options;
  expect(group.options.map((one: any) => [one.name, one.focused === true])).toEqual([["more", false], ["name", true]]);
});
"""


def test_what_can_happen_in_the_guild_of_a_test(run: Flora, project: Path) -> None:
    (project / "flora.toml").write_text('entry = "main.ts"\n')
    (project / "main.ts").write_text(_SCRIPT)
    (project / "main.test.ts").write_text(_TESTS)

    tested = run("test", "--json")

    outcomes = json.loads(tested.stdout)
    assert {one["name"]: one["said"] for one in outcomes if not one["passed"]} == {}, tested.stderr
    assert len(outcomes) == 9
