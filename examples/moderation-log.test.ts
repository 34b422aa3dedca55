import "./moderation-log";

const LOG = "333000000000000000";
const here = () => bot.command("modlog here");
const logged = (run: FloraRun) =>
  run.calls.filter((call) => call.name === "rest.createMessage").map((call) => call.args.body.embeds[0]);

test("nothing is logged before somebody says where", async () => {
  expect((await bot.dispatch("guildMemberRemove", { guild_id: "1", user: bot.user })).calls.length).toBe(1);
});

test("what was deleted is told, if it was remembered", async () => {
  await here();
  const deleted = { id: "7", channel_id: "8", guild_id: "1" };
  const old = { ...deleted, content: "bad words", author: bot.user };

  const [entry] = logged(await bot.dispatch("~messageDelete", [deleted, old]));
  const [unknown] = logged(await bot.dispatch("messageDelete", deleted));

  expect(entry.description).toBe("bad words");
  expect(entry.fields[1].value).toContain("tester");
  expect(unknown.fields).toEqual([{ name: "Where", value: "<#8>", inline: true }]);
});

test("an edit is told, a preview is not", async () => {
  await here();
  const before = { id: "7", channel_id: "8", guild_id: "1", content: "tea", author: bot.user };

  const [entry] = logged(await bot.dispatch("~messageUpdate", [{ ...before, content: "coffee" }, before]));
  const none = logged(await bot.dispatch("~messageUpdate", [{ ...before, embeds: [{}] }, before]));

  expect(entry.fields.map((field: { value: string }) => field.value).slice(1)).toEqual(["tea", "coffee"]);
  expect(none).toEqual([]);
});

test("a ban is told with who did it and why", async () => {
  await here();
  const run = await bot.dispatch("guildAuditLogEntryCreate", {
    id: "1",
    guild_id: "1",
    action_type: AuditLogEvent.MemberBanAdd,
    user_id: "5",
    target_id: "6",
    reason: "spam",
  });

  expect(logged(run)[0].title).toBe("Banned");
  expect(logged(run)[0].fields.map((field: { value: string }) => field.value)).toEqual(["<@6>", "<@5>", "spam"]);
});

test("warnings are counted", async () => {
  await here();
  await bot.command("warn", { member: { user: "6" }, reason: "first" });
  const second = await bot.command("warn", { member: { user: "6" }, reason: "second" });

  expect(logged(second)[0].title).toBe("Warning 2");
  expect(second.calls.find((call) => call.name === "rest.createMessage")!.args.channelId).toBe(LOG);
});

test("members report messages", async () => {
  await here();
  const run = await bot.menu("Report", { message: { content: "nasty" } });

  expect(logged(run)[0].description).toBe("nasty");
  expect(run.replies[1].content).toContain("Thank you");
});
