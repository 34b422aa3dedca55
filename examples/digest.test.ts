import "./digest";

test("the evening's digest has the day in it, and then a new day begins", async () => {
  await bot.command("digest here");
  for (const author of ["1", "1", "2"]) await bot.as({ id: author }).message("hello");
  await bot.as({ id: "1" }).message("elsewhere", { channel_id: "8" });

  const { reply } = await bot.cron("digest");
  expect(reply.embeds[0].fields[0].value).toBe("<#333000000000000000>: 3\n<#8>: 1");
  expect(reply.embeds[0].fields[1].value).toBe("<@1>: 3\n<@2>: 1");
  expect(reply.allowed_mentions).toEqual({ parse: [] });

  expect((await bot.cron("digest")).reply.embeds[0].description).toBe("A quiet day.");
});

test("without a channel nothing is sent", async () => {
  await bot.message("hello");

  expect((await bot.cron("digest")).replies).toEqual([]);
});

test("it can be seen before the evening", async () => {
  await bot.message("hello");

  expect((await bot.command("digest now")).reply.embeds[0].fields[0].value).toContain(": 1");
});
