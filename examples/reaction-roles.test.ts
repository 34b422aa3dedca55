import "./reaction-roles";

const changes = (run: FloraRun) =>
  run.calls.filter((call) => call.name.endsWith("Role")).map((call) => [call.name, call.args.roleId]);

test("a bound reaction gives the role, and takes it away", async () => {
  const bound = await bot.command("roles bind", {
    message: "77",
    emoji: "🎉",
    role: { role: { id: "9", name: "Party" } },
  });
  expect(bound.calls[0].name).toBe("rest.addMyMessageReaction");

  expect(changes(await bot.react("🎉", { message_id: "77" }))).toEqual([["rest.addGuildMemberRole", "9"]]);
  expect(changes(await bot.react("🎈", { message_id: "77" }))).toEqual([]);
  expect(changes(await bot.react("🎉", { message_id: "78" }))).toEqual([]);
  const undone = await bot.dispatch("messageReactionRemove", {
    user_id: "1",
    message_id: "77",
    channel_id: "3",
    guild_id: "1",
    emoji: { id: null, name: "🎉" },
  });
  expect(changes(undone)).toEqual([["rest.deleteGuildMemberRole", "9"]]);
});

test("a guild's own emoji are known by their ids", async () => {
  await bot.command("roles bind", { message: "77", emoji: "<:yes:12345678901234567>", role: { role: "9" } });
  const run = await bot.react({ id: "12345678901234567", name: "renamed" }, { message_id: "77" });

  expect(changes(run)).toEqual([["rest.addGuildMemberRole", "9"]]);
});

test("a menu adds what is chosen and takes what is not", async () => {
  const { reply } = await bot.command("roles menu", {
    role1: { role: { id: "1", name: "Red" } },
    role2: { role: { id: "2", name: "Blue" } },
    role3: { role: { id: "3", name: "Green" } },
  });
  const [menu] = reply.components[0].components;
  expect(menu.options.map((one: { label: string }) => one.label)).toEqual(["Red", "Blue", "Green"]);

  const run = await bot
    .as({ roles: ["1", "2"] })
    .press("roles:choose", ["2", "3"], { message: { components: reply.components } });

  expect(changes(run)).toEqual([
    ["rest.deleteGuildMemberRole", "1"],
    ["rest.addGuildMemberRole", "3"],
  ]);
  expect(run.reply.content).toBe("You have <@&2>, <@&3> now.");
});
