import "./reminders";

const HOUR = 3_600_000;

test("a reminder comes when it is due, and once", async () => {
  const asked = await bot.command("remind me", { in: "2h", about: "tea" });
  expect(asked.reply.content).toMatch(/^I shall remind you <t:\d+:R>\.$/);

  expect(await bot.advance(HOUR)).toEqual([]);
  const [run] = await bot.advance(HOUR + 1000);
  expect(run.reply.content).toBe(`<@${bot.user.id}>, you wanted to be reminded: tea`);
  expect(run.reply.allowed_mentions).toEqual({ users: [bot.user.id] });
  expect(await bot.advance(HOUR)).toEqual([]);
});

test("what is no time is refused", async () => {
  for (const wrong of ["soon", "0", "2 years", "1mo", "9999d"]) {
    expect((await bot.command("remind me", { in: wrong, about: "tea" })).reply.content).toContain("Say it like");
  }
});

test("one's own are listed and can be cancelled", async () => {
  await bot.command("remind me", { in: "1h", about: "tea" });
  await bot.as({ id: "5" }).command("remind me", { in: "1h", about: "coffee" });

  const list = await bot.command("remind list");
  expect(list.reply.content).toContain("tea");
  expect(list.reply.content).not.toContain("coffee");

  const { reply } = await bot.command("remind cancel");
  const { value } = reply.components[0].components[0].options[0];
  expect((await bot.as({ id: "5" }).press("remind:cancel", [value])).reply.content).toContain("gone already");
  expect((await bot.press("remind:cancel", [value])).reply.content).toBe("Forgotten.");
  expect((await bot.advance(2 * HOUR)).length).toBe(1);
});

test("any message can be brought back tomorrow", async () => {
  await bot.menu("Remind me tomorrow", { message: { id: "77" } });
  const [run] = await bot.advance(24 * HOUR + 1000);

  expect(run.reply.content).toContain("https://discord.com/channels/");
});
