import "./tickets";

const open = async () => {
  await bot.command("tickets", { role: { role: "9" } });
  await bot.press("ticket:open");
  return bot.submit("ticket:about", { subject: "Lost", text: "Where am I?" });
};
const named = (run: FloraRun, name: string) => run.calls.filter((call) => call.name === `rest.${name}`);

test("a button opens a form, and the form a private thread", async () => {
  const run = await open();
  const [thread] = named(run, "createThread");

  expect(thread!.args.body).toEqual({ name: "Lost", type: ChannelType.PrivateThread, invitable: false });
  expect(run.replies[0].content).toContain("> Where am I?");
  expect(run.replies[0].allowed_mentions).toEqual({ users: [bot.user.id], roles: ["9"] });
  expect(run.replies[1].content).toMatch(/^Your ticket: <#\d+>$/);
});

test("one ticket for each member", async () => {
  await open();
  const again = await bot.submit("ticket:about", { subject: "Again", text: "" });

  expect(again.reply.content).toContain("You have one: <#");
  expect(named(again, "createThread")).toEqual([]);
});

test("closing asks back", async () => {
  await open();
  const { reply } = await bot.press(`ticket:close:${bot.user.id}`);
  const [yes, no] = reply.components[0].components.map((one: { custom_id: string }) => one.custom_id);

  expect((await bot.press(no)).reply.content).toBe("It stays open.");
  const closed = await bot.press(yes);
  expect(closed.reply.content).toBe("Closed.");
  expect(named(closed, "updateChannel")[0]!.args.body).toEqual({ archived: true, locked: true });
  expect(named(await open(), "createThread").length).toBe(1);
});
