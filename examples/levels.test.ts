import "./levels";

test("who writes gets points, once a minute", async () => {
  await bot.message("one");
  await bot.message("two");
  const before = (await bot.command("level")).reply.content;
  await bot.advance(61_000);
  await bot.message("three");
  const after = (await bot.command("level")).reply.content;

  expect(before).toMatch(/level 0, (1[5-9]|2[0-5]) points$/);
  expect(after).toMatch(/level 0, [3-5]\d points$/);
});

test("a level is told, and brings its role", async () => {
  await bot.command("levels role", { level: 1, role: { role: "9" } });
  let told: FloraRun | undefined;
  for (let minute = 0; minute < 8 && told === undefined; minute++) {
    const run = await bot.message("hello");
    if (run.replies.length > 0) told = run;
    await bot.advance(61_000);
  }

  expect(told!.reply.content).toContain("has reached level 1");
  expect(told!.calls.find((call) => call.name === "rest.addGuildMemberRole")!.args.roleId).toBe("9");
  expect((await bot.menu("Level", { user: { id: bot.user.id } })).reply.content).toContain("level 1");
});
