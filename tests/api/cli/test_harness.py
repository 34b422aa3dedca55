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
    assert len(outcomes) == 6
