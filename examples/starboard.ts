// A board of the best: a message with enough stars is shown in a channel of its own, once, and its count goes on.
// `/starboard channel stars`. Needs: the message content intent.

interface Settings {
  channel: string;
  stars: number;
}

const store = kv.store("starboard");
const posts = kv.store("starboard-posts"); // message -> its post on the board
const STAR = "⭐";

async function settingsFor(reaction: ReactionEvent): Promise<Settings | undefined> {
  if (reaction.emoji.name !== STAR) return undefined;
  const settings: Settings | null = await store.get("settings");
  return settings !== null && settings.channel !== reaction.channelId ? settings : undefined;
}

on("messageReactionAdd", async (ctx) => {
  const settings = await settingsFor(ctx.msg);
  if (settings !== undefined) await refresh(ctx.msg, settings);
});

on("messageReactionRemove", async (ctx) => {
  const settings = await settingsFor(ctx.msg);
  if (settings !== undefined) await refresh(ctx.msg, settings);
});

async function refresh({ guildId, channelId, messageId }: ReactionEvent, settings: Settings): Promise<void> {
  const message = await rest.getMessage({ channelId, messageId });
  const stars = (message.reactions ?? []).find((one: any) => one.emoji.name === STAR)?.count ?? 0;
  const content = `${STAR} **${stars}** ${channelMention(channelId)}`;
  const post: string | null = await posts.get(messageId);
  if (post !== null && post !== "") {
    await rest.updateMessage({ channelId: settings.channel, messageId: post, content });
    return;
  }
  if (stars < settings.stars || post === "") return;
  // Two stars at the same moment must not make two posts: only one of them finds the key absent.
  if (!(await posts.setIfAbsent(messageId, "", { ttl: 60 }))) return;
  const shown = await rest.createMessage({
    channelId: settings.channel,
    content,
    embeds: [card(guildId, message)],
    allowedMentions: { parse: [] },
  });
  await posts.set(messageId, shown.id, { ttl: 30 * 86_400 });
}

function card(guildId: string, message: any): EmbedBuilder {
  const link = messageLink(guildId, message.channelId, message.id);
  const view = embed().setColor(Colors.Gold).setAuthor(message.author.username).setTimestamp(message.timestamp);
  if (message.content) view.setDescription(truncate(message.content, 4000));
  const picture = (message.attachments ?? []).find((one: any) => /^image\//.test(one.contentType ?? ""));
  if (picture !== undefined) view.setImage(picture.url);
  return view.addField("Where", hyperlink("Go to it", link));
}

createBot({
  slashCommands: [
    slash({
      name: "starboard",
      description: "Show starred messages in a channel",
      defaultMemberPermissions: PermissionFlags.ManageGuild,
      options: [
        {
          name: "channel",
          description: "Where",
          type: "channel",
          required: true,
          channelTypes: [ChannelType.GuildText],
        },
        { name: "stars", description: "How many it takes (3)", type: "integer", minValue: 1, maxValue: 100 },
      ],
      run: async (ctx) => {
        const { channel, stars = 3 } = ctx.options;
        await store.set("settings", { channel, stars });
        await ctx.reply({
          content: `${stars} ${STAR} bring a message to ${channelMention(channel)}.`,
          ephemeral: true,
        });
      },
    }),
  ],
});
