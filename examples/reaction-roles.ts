// Roles that members take themselves: by reacting to a message, or from a menu.
// `/roles bind message emoji role` for reactions, `/roles menu` for a menu of up to five.
// Needs: the permission to manage roles, and a role of the bot above those it gives.

const bindings = kv.store("reaction-roles");
const keyOf = (messageId: string, emoji: { id?: string | null; name?: string | null }): string =>
  `${messageId}:${emoji.id ?? emoji.name}`;

const roleFor = (reaction: ReactionEvent): Promise<string | null> =>
  bindings.get(keyOf(reaction.messageId, reaction.emoji));

const REASON = "chosen by a reaction";

on("messageReactionAdd", async (ctx) => {
  if (ctx.msg.member?.user?.bot) return;
  const roleId = await roleFor(ctx.msg);
  if (roleId !== null) await rest.addGuildMemberRole({ userId: ctx.msg.userId, roleId, reason: REASON });
});

on("messageReactionRemove", async (ctx) => {
  const roleId = await roleFor(ctx.msg);
  if (roleId !== null) await rest.deleteGuildMemberRole({ userId: ctx.msg.userId, roleId, reason: REASON });
});

const bind: SlashSubcommand = {
  name: "bind",
  description: "A reaction gives a role",
  options: [
    { name: "message", description: "The message's id, of this channel", required: true },
    { name: "emoji", description: "Which reaction", required: true },
    { name: "role", description: "Which role", type: "role" as const, required: true },
  ],
  run: async (ctx) => {
    const { message, emoji, role } = ctx.options;
    const target = emojiOf(emoji);
    await rest.addMyMessageReaction({ channelId: ctx.channelId, messageId: message, emojiName: emoji });
    await bindings.set(keyOf(message, target), role);
    await ctx.reply({ content: `${emojiMention(target)} gives ${roleMention(role)}.`, ephemeral: true });
  },
};

const menu: SlashSubcommand = {
  name: "menu",
  description: "A menu of roles",
  options: [1, 2, 3, 4, 5].map((number) => ({
    name: `role${number}`,
    description: `Role ${number}`,
    type: "role",
    required: number === 1,
  })),
  run: async (ctx) => {
    const roles = Object.keys(ctx.options).map((option) => ctx.getRole(option) as Role);
    const names = new Map(roles.map((role) => [role.id, role.name]));
    const choice = stringSelect("roles:choose").setPlaceholder("Your roles").setMinValues(0).setMaxValues(names.size);
    choice.setOptions([...names].map(([value, label]) => ({ label, value })));
    await ctx.reply({ content: "Which roles would you like?", components: [actionRow(choice)] });
  },
};

/** What is chosen is added, what is offered and not chosen is taken away. */
onSelect("roles:choose", async (ctx) => {
  const [row] = ctx.raw.message.components;
  const offered: string[] = row.components[0].options.map((one: { value: string }) => one.value);
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
