// A log for moderators: what was deleted or changed, who came, left, was banned, and by whom. `/modlog here` says
// where. `/warn` and the message menu's "Report" write there too. Needs: the member and the message content intents,
// and the permission to view the audit log.

const settings = kv.store("modlog");

async function tell(entry: EmbedBuilder): Promise<void> {
  const channelId: string | null = await settings.get("channel");
  if (channelId === null) return;
  await rest.createMessage({ channelId, embeds: [entry.setTimestamp()], allowedMentions: { parse: [] } });
}

const named = (user: { id: string; username: string }): string =>
  `${userMention(user.id)} (${escapeMarkdown(user.username)})`;
const excerpt = (text: string | null | undefined): string => truncate(text || "*(no text)*", 1000);

on("messageDelete", async (ctx) => {
  const { old } = ctx; // what flora still remembered of it
  if (old?.author?.bot) return;
  const entry = embed().setTitle("Message deleted").setColor(Colors.Red);
  entry.addField("Where", channelMention(ctx.msg.channelId), true);
  if (old) entry.addField("By", named(old.author), true).setDescription(excerpt(old.content));
  await tell(entry);
});

on("messageDeleteBulk", async (ctx) => {
  const where = channelMention(ctx.msg.channelId);
  await tell(embed().setTitle(`${ctx.msg.ids.length} messages deleted`).setColor(Colors.Red).addField("Where", where));
});

on("messageUpdate", async (ctx) => {
  const { old, msg } = ctx;
  if (!old || msg.author?.bot || old.content === msg.content) return; // a preview came, or a pin
  const entry = embed()
    .setTitle("Message edited")
    .setColor(Colors.Orange)
    .setUrl(messageLink(msg.guildId, msg.channelId, msg.id));
  await tell(
    entry
      .addField("By", named(msg.author))
      .addField("Before", excerpt(old.content))
      .addField("After", excerpt(msg.content)),
  );
});

on("guildMemberAdd", async (ctx) => {
  const { user } = ctx.msg;
  const entry = embed().setTitle("Joined").setColor(Colors.Green).setDescription(named(user));
  await tell(entry.addField("Account made", relativeTime(createdAt(user.id))));
});

on("guildMemberRemove", async (ctx) => {
  await tell(embed().setTitle("Left").setColor(Colors.Grey).setDescription(named(ctx.msg.user)));
});

/** Who did it, and why, stands in the audit log only. */
const TOLD: Record<number, string> = {
  [AuditLogEvent.MemberKick]: "Kicked",
  [AuditLogEvent.MemberBanAdd]: "Banned",
  [AuditLogEvent.MemberBanRemove]: "Ban lifted",
};

on("guildAuditLogEntryCreate", async (ctx) => {
  const { actionType, userId, targetId, reason } = ctx.msg;
  const what = TOLD[actionType];
  if (what === undefined || targetId === null || userId === null) return;
  const entry = embed().setTitle(what).setColor(Colors.Fuchsia).addField("Who", userMention(targetId), true);
  await tell(entry.addField("By", userMention(userId), true).addField("Why", excerpt(reason)));
});

const here = slash({
  name: "modlog",
  description: "Where the moderators' log goes",
  defaultMemberPermissions: PermissionFlags.ManageGuild,
  subcommands: [
    {
      name: "here",
      description: "Write it into this channel",
      run: async (ctx) => {
        await settings.set("channel", ctx.channelId);
        await ctx.reply({ content: "The log is written here from now on.", ephemeral: true });
      },
    },
    {
      name: "off",
      description: "Write none",
      run: async (ctx) => {
        await settings.delete("channel");
        await ctx.reply({ content: "No log is written.", ephemeral: true });
      },
    },
  ],
});

const warn = slash({
  name: "warn",
  description: "Warn a member",
  defaultMemberPermissions: PermissionFlags.ModerateMembers,
  options: [
    { name: "member", description: "Whom", type: "user", required: true },
    { name: "reason", description: "Why", required: true, maxLength: 500 },
  ],
  run: async (ctx) => {
    const { member, reason } = ctx.options;
    const count = await kv.store("warnings").increment(member);
    const entry = embed()
      .setTitle(`Warning ${count}`)
      .setColor(Colors.Yellow)
      .addField("Who", userMention(member), true);
    await tell(entry.addField("By", userMention(ctx.user.id), true).addField("Why", reason));
    await ctx.reply({ content: `${userMention(member)} was warned (${count}).`, ephemeral: true });
  },
});

const report = messageCommand({
  name: "Report",
  run: async (ctx) => {
    const message = ctx.target;
    const link = messageLink(ctx.guildId, message.channelId, message.id);
    const entry = embed()
      .setTitle("Reported")
      .setUrl(link)
      .setColor(Colors.Fuchsia)
      .setDescription(excerpt(message.content));
    await tell(entry.addField("Of", named(message.author), true).addField("By", named(ctx.user), true));
    await ctx.reply({ content: "Thank you. The moderators will look at it.", ephemeral: true });
  },
});

createBot({ slashCommands: [here, warn, report] });
