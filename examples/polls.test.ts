import "./polls";

const ask = async () => {
  const { reply } = await bot.command("poll", { question: "Pizza?", choices: "Yes, No, ,Maybe" });
  return { shown: reply, ids: reply.components[0].components.map((one: { custom_id: string }) => one.custom_id) };
};

test("a poll shows its choices", async () => {
  const { shown, ids } = await ask();

  expect(shown.components[0].components.map((one: { label: string }) => one.label)).toEqual([
    "Yes",
    "No",
    "Maybe",
    "Close",
  ]);
  expect(shown.embeds[0].footer.text).toBe("0 votes");
  expect(ids[0]).toMatch(/^poll:\d+:0$/);
});

test("each member has one vote, and may change it", async () => {
  const { ids } = await ask();
  await bot.press(ids[0]);
  await bot.as({ id: "5" }).press(ids[0]);
  const { reply } = await bot.press(ids[1]);

  expect(reply.embeds[0].footer.text).toBe("2 votes");
  expect(reply.embeds[0].description).toContain("1 (50 %)");
});

test("votes at the same moment are all counted", async () => {
  const { ids } = await ask();
  const members = Array.from({ length: 12 }, (_, index) => bot.as({ id: String(100 + index) }));

  await Promise.all(members.map((member, index) => member.press(ids[index % 2])));
  const { reply } = await bot.press(ids[2]);

  expect(reply.embeds[0].footer.text).toBe("13 votes");
});

test("whoever asked closes it", async () => {
  const { ids } = await ask();

  expect((await bot.as({ id: "5" }).press(ids[3])).reply.content).toContain("Whoever asked");
  const { reply } = await bot.press(ids[3]);
  expect(reply.components).toEqual([]);
  expect(reply.embeds[0].footer.text).toBe("0 votes, closed");
});

test("it needs choices", async () => {
  expect((await bot.command("poll", { question: "Why?", choices: "one" })).reply.content).toContain("2 to 10");
});

test("it is forgotten after thirty days", async () => {
  const { ids } = await ask();
  await bot.advance(31 * 86_400_000);

  expect((await bot.press(ids[0])).reply.content).toBe("This poll is over.");
});
