// A digest: every evening at nine in Berlin, who wrote how much and where, in one message. `/digest here` says in which
// channel; `/digest now` does not wait for the evening.

const settings = kv.store("digest");
const byChannel = kv.store("digest-channels");
const byMember = kv.store("digest-members");

on("messageCreate", async (ctx) => {
  if (ctx.msg.author.bot) return;
  await Promise.all([byChannel.increment(ctx.msg.channelId), byMember.increment(ctx.msg.author.id)]);
});

async function top(store: KvStore, most: number): Promise<{ id: string; count: number }[]> {
  const { keys } = await store.list({ limit: 1000 });
  const ids: string[] = keys.map((key) => key.name);
  const counts: (number | null)[] = ids.length > 0 ? await store.getMany(ids) : [];
  return ids
    .map((id, index) => ({ id, count: counts[index] ?? 0 }))
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
}

async function digest(): Promise<EmbedBuilder> {
  const [channels, members] = [await top(byChannel, 5), await top(byMember, 5)];
  const total = channels.reduce((sum, one) => sum + one.count, 0);
  const view = embed().setTitle("Today").setColor(Colors.Aqua).setTimestamp();
  if (total === 0) return view.setDescription("A quiet day.");
  view.addField("Channels", channels.map((one) => `${channelMention(one.id)}: ${one.count}`).join("\n"), true);
  return view.addField("Members", members.map((one) => `${userMention(one.id)}: ${one.count}`).join("\n"), true);
}

async function send(channelId: string): Promise<void> {
  await rest.createMessage({ channelId, embeds: [await digest()], allowedMentions: { parse: [] } });
}

cron(
  "digest",
  "0 21 * * *",
  async () => {
    const channelId: string | null = await settings.get("channel");
    if (channelId !== null) await send(channelId);
    await Promise.all([byChannel.clear(), byMember.clear()]);
  },
  { timeZone: "Europe/Berlin", catchUp: "once" },
);

createBot({
  slashCommands: [
    slash({
      name: "digest",
      description: "The day in one message",
      defaultMemberPermissions: PermissionFlags.ManageGuild,
      subcommands: [
        {
          name: "here",
          description: "Send it into this channel",
          run: async (ctx) => {
            await settings.set("channel", ctx.channelId);
            await ctx.reply({ content: "It comes here every evening.", ephemeral: true });
          },
        },
        {
          name: "now",
          description: "The day so far",
          run: async (ctx) => ctx.reply({ embeds: [await digest()], allowedMentions: { parse: [] } }),
        },
      ],
    }),
  ],
});
