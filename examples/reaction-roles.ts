// Roles that members take themselves: by reacting to a message, or from a menu.
// `/roles bind message emoji role` for reactions, `/roles menu` for a menu of up to 25 roles.
// Needs: the permission to manage roles, and a role of the bot above those it gives.

const bindings = kv.store("reaction-roles");
const keyOf = (messageId: string, emoji: { id?: string | null; name?: string | null }): string =>
  `${messageId}:${emoji.id ?? emoji.name}`;

const roleFor = (ctx: any): Promise<string | null> => bindings.get(keyOf(ctx.msg.messageId, ctx.msg.emoji));

const REASON = "chosen by a reaction";

on("messageReactionAdd", async (ctx: any) => {
  if (ctx.msg.member?.user?.bot) return;
  const roleId = await roleFor(ctx);
  if (roleId !== null) await rest.addGuildMemberRole({ userId: ctx.msg.userId, roleId, reason: REASON });
});

on("messageReactionRemove", async (ctx: any) => {
  const roleId = await roleFor(ctx);
  if (roleId !== null) await rest.deleteGuildMemberRole({ userId: ctx.msg.userId, roleId, reason: REASON });
});

const bind = {
  name: "bind",
  description: "A reaction gives a role",
  options: [
    { name: "message", description: "The message's id, of this channel", required: true },
    { name: "emoji", description: "Which reaction", required: true },
    { name: "role", description: "Which role", type: "role" as const, required: true },
  ],
  run: async (ctx: any) => {
    const { message, emoji, role } = ctx.options;
    const target = emojiOf(emoji);
    await rest.addMyMessageReaction({ channelId: ctx.channelId, messageId: message, emojiName: emoji });
    await bindings.set(keyOf(message, target), role);
    await ctx.reply({ content: `${emojiMention(target)} gives ${roleMention(role)}.`, ephemeral: true });
  },
};

const menu = {
  name: "menu",
  description: "A menu of roles",
  options: [1, 2, 3, 4, 5].map((number) => ({
    name: `role${number}`,
    description: `Role ${number}`,
    type: "role" as const,
    required: number === 1,
  })),
  run: async (ctx: any) => {
    const ids = [...new Set(Object.values(ctx.options) as string[])];
    const known = ctx.msg.data.resolved.roles;
    const choice = stringSelect("roles:choose").setPlaceholder("Your roles").setMinValues(0).setMaxValues(ids.length);
    choice.setOptions(ids.map((id) => ({ label: known[id].name, value: id })));
    await ctx.reply({ content: "Which roles would you like?", components: [actionRow(choice)] });
  },
};

/** What is chosen is added, what is offered and not chosen is taken away. */
onSelect("roles:choose", async (ctx: any) => {
  const offered: string[] = ctx.msg.message.components[0].components[0].options.map((one: { value: string }) => one.value);
  const has = new Set<string>(ctx.member.roles);
  const userId = ctx.user.id;
  for (const roleId of offered) {
    const wanted = ctx.values.includes(roleId);
    if (wanted && !has.has(roleId)) await rest.addGuildMemberRole({ userId, roleId, reason: "chosen from a menu" });
    if (!wanted && has.has(roleId)) await rest.deleteGuildMemberRole({ userId, roleId, reason: "chosen from a menu" });
  }
  const names = ctx.values.map(roleMention).join(", ") || "none of these";
  await ctx.reply({ content: `You have ${names} now.`, ephemeral: true, allowedMentions: { parse: [] } });
});

createBot({
  slashCommands: [
    slash({
      name: "roles",
      description: "Roles to take oneself",
      defaultMemberPermissions: PermissionFlags.ManageRoles,
      subcommands: [bind, menu],
    }),
  ],
});
