// Welcomes new members, gives them a role, and says goodbye. `/welcome set` opens a form; `{user}`, `{server}` and
// `{count}` in the text are filled in. Needs: the members intent; for the role, the permission to manage roles.

interface Settings {
  channel: string;
  text: string;
  role?: string;
}

const store = kv.store("welcome");
const load = (): Promise<Settings | null> => store.get("settings");

async function fill(text: string, user: { id: string }): Promise<string> {
  const guild = await rest.getGuild({ withCounts: true });
  const values: Record<string, string> = {
    user: userMention(user.id),
    server: guild.name,
    count: String(guild.approximateMemberCount ?? "?"),
  };
  return text.replace(/\{(user|server|count)\}/g, (_, name: string) => values[name] as string);
}

on("guildMemberAdd", async (ctx) => {
  const settings = await load();
  if (settings === null || ctx.msg.user.bot) return;
  const { user } = ctx.msg;
  if (settings.role) await rest.addGuildMemberRole({ userId: user.id, roleId: settings.role, reason: "welcome" });
  const card = container(await fill(settings.text, user)).setAccentColor(Colors.Green);
  await rest.createMessage({ channelId: settings.channel, components: [card], allowedMentions: { users: [user.id] } });
});

on("guildMemberRemove", async (ctx) => {
  const settings = await load();
  if (settings === null || ctx.msg.user.bot) return;
  const content = `${escapeMarkdown(ctx.msg.user.username)} has left.`;
  await rest.createMessage({ channelId: settings.channel, content });
});

const set: SlashSubcommand = {
  name: "set",
  description: "Where and how to welcome",
  run: async (ctx) => {
    const settings = await load();
    const where = channelSelect("channel").setChannelTypes(ChannelType.GuildText);
    const role = roleSelect("role").setMinValues(0).setRequired(false);
    if (settings !== null) where.setDefaultChannels(settings.channel);
    if (settings?.role) role.setDefaultRoles(settings.role);
    const text = inputText("text").setStyle(InputTextStyle.Paragraph).setMaxLength(1000);
    text.setValue(settings?.text ?? "Welcome to {server}, {user}! You are number {count}.");
    const form = modal("welcome:set", "Welcome").addComponents(
      label("Channel", where),
      label("Text", text).setDescription("{user}, {server} and {count} are filled in"),
      label("Role", role).setDescription("given to whoever joins; may be left out"),
    );
    await ctx.showModal(form);
  },
};

const off: SlashSubcommand = {
  name: "off",
  description: "Welcome nobody",
  run: async (ctx) => {
    await store.delete("settings");
    await ctx.reply({ content: "Nobody is welcomed any more.", ephemeral: true });
  },
};

onModal("welcome:set", async (ctx) => {
  const { channel, text, role } = ctx.fields;
  await store.set("settings", { channel: channel[0], text, ...(role?.[0] && { role: role[0] }) });
  await ctx.reply({ content: `New members are welcomed in ${channelMention(channel[0])}.`, ephemeral: true });
});

createBot({
  slashCommands: [
    slash({
      name: "welcome",
      description: "Welcome new members",
      defaultMemberPermissions: PermissionFlags.ManageGuild,
      subcommands: [set, off],
    }),
  ],
});
