import "./tags";

const write = (who: typeof bot, name: string, text: string) => who.submit(`tag:${name}`, { text });
const moderator = bot.as({ id: "5", permissions: PermissionFlags.ManageMessages });
const stranger = bot.as({ id: "6", permissions: "0" });

test("a tag is written in a form and shown", async () => {
  const opened = await bot.command("tag edit", { name: "Rules" });
  expect(opened.modal.custom_id).toBe("tag:rules");

  await write(bot, "rules", "Be kind.");
  const shown = await bot.command("tag show", { name: " RULES" });

  expect(shown.reply.content).toBe("Be kind.");
  expect(shown.reply.allowed_mentions).toEqual({ parse: [] });
  expect((await bot.command("tag edit", { name: "rules" })).modal.components[0].component.value).toBe("Be kind.");
});

test("nobody else changes it but moderators", async () => {
  await write(bot, "rules", "Be kind.");

  expect((await stranger.command("tag edit", { name: "rules" })).reply.content).toContain("Somebody else");
  expect((await stranger.command("tag delete", { name: "rules" })).reply.content).toContain("Somebody else");
  expect((await moderator.command("tag delete", { name: "rules" })).reply.content).toBe("Forgotten.");
  expect((await bot.command("tag show", { name: "rules" })).reply.content).toContain("There is no tag");
});

test("names are proposed while they are typed", async () => {
  for (const name of ["apple", "apricot", "banana"]) await write(bot, name, name);

  const { choices } = await bot.complete("tag show", "name", "ap");

  expect(choices.map((one: { value: string }) => one.value)).toEqual(["apple", "apricot"]);
});

test("the list has pages", async () => {
  for (let number = 10; number < 35; number++) await write(bot, `tag-${number}`, "x");

  const first = (await bot.command("tag list")).reply;
  expect(first.embeds[0].description).toContain("tag-10");
  const on = first.components[0].components[3].custom_id;
  const second = (await bot.press(on)).reply;

  expect(second.embeds[0].description).toContain("tag-34");
  expect((await stranger.press(on)).replies).toEqual([]);
});
