import "./welcome";

const joined = { guild_id: "1", user: { id: "42", username: "anna", bot: false }, roles: [] };
const settings = { channel: ["8"], text: "Hi {user}, welcome to {server}, number {count}!", role: ["9"] };

test("nobody is welcomed before somebody says how", async () => {
  expect((await bot.dispatch("guildMemberAdd", joined)).replies).toEqual([]);
});

test("new members get a greeting and a role", async () => {
  await bot.respond("rest.getGuild", { id: "1", name: "Garden", approximate_member_count: 12 });
  const set = await bot.submit("welcome:set", settings);
  const run = await bot.dispatch("guildMemberAdd", joined);

  expect(set.reply.content).toContain("<#8>");
  expect(run.calls.find((call) => call.name === "rest.addGuildMemberRole")!.args.roleId).toBe("9");
  expect(run.reply.components[0].components[0].content).toBe("Hi <@42>, welcome to Garden, number 12!");
  expect(run.reply.flags).toBe(MessageFlags.IS_COMPONENTS_V2);
});

test("the form shows what is set", async () => {
  await bot.submit("welcome:set", settings);
  const { modal: form } = await bot.command("welcome set");

  expect(form.components[0].component.default_values).toEqual([{ id: "8", type: "channel" }]);
  expect(form.components[1].component.value).toBe(settings.text);
});

test("bots are not welcomed, and goodbyes are said", async () => {
  await bot.submit("welcome:set", settings);

  expect((await bot.dispatch("guildMemberAdd", { ...joined, user: { ...joined.user, bot: true } })).replies).toEqual(
    [],
  );
  expect((await bot.dispatch("guildMemberRemove", joined)).reply.content).toBe("anna has left.");
  await bot.command("welcome off");
  expect((await bot.dispatch("guildMemberRemove", joined)).replies).toEqual([]);
});
