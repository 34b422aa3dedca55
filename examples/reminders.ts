// Reminders: `/remind me in: 2h30m about: tea`, `/remind list`, `/remind cancel`, and "Remind me tomorrow" on any
// message. They are timers of flora: they survive restarts and new versions of this script.

interface Reminder {
  userId: string;
  channelId: string;
  about: string;
}

const LONGEST = 365 * 86_400_000;

async function remind(reminder: Reminder, at: number): Promise<void> {
  await timers.schedule("reminder", at, reminder);
}

timers.on("reminder", async (ctx) => {
  const { userId, channelId, about } = ctx.payload as Reminder;
  const content = `${userMention(userId)}, you wanted to be reminded: ${about}`;
  await rest.createMessage({ channelId, content, allowedMentions: { users: [userId] } });
});

const me: SlashSubcommand = {
  name: "me",
  description: "Remind me of something",
  options: [
    { name: "in", description: "In how long: 10m, 2h30m, 3 days", required: true },
    { name: "about", description: "Of what", required: true, maxLength: 1500 },
  ],
  run: async (ctx) => {
    const wait = parseDuration(ctx.options.in);
    if (wait === undefined || wait < 1000 || wait > LONGEST) {
      return ctx.reply({ content: "Say it like `10m`, `2h30m` or `3 days`; a year at most.", ephemeral: true });
    }
    const at = Date.now() + wait;
    await remind({ userId: ctx.user.id, channelId: ctx.channelId, about: ctx.options.about }, at);
    await ctx.reply({ content: `I shall remind you ${relativeTime(at)}.`, ephemeral: true });
  },
};

async function mine(userId: string): Promise<{ id: string; at: string; payload: Reminder }[]> {
  const all = await timers.list({ limit: 1000 });
  return all.filter((timer) => timer.name === "reminder" && timer.payload.userId === userId);
}

const list: SlashSubcommand = {
  name: "list",
  description: "What I am to be reminded of",
  run: async (ctx) => {
    const reminders = await mine(ctx.user.id);
    const lines = reminders.map(
      (one) => `- ${relativeTime(one.at)}: ${truncate(escapeMarkdown(one.payload.about), 100)}`,
    );
    const content = truncate(lines.join("\n"), 2000) || "Nothing.";
    await ctx.reply({ content, ephemeral: true });
  },
};

const cancel: SlashSubcommand = {
  name: "cancel",
  description: "Forget a reminder",
  run: async (ctx) => {
    const reminders = (await mine(ctx.user.id)).slice(0, 25);
    if (reminders.length === 0) return ctx.reply({ content: "There is none.", ephemeral: true });
    const choice = stringSelect("remind:cancel").setPlaceholder("Which");
    choice.setOptions(reminders.map((one) => ({ label: truncate(one.payload.about, 100), value: one.id })));
    await ctx.reply({ content: "Which one?", components: [actionRow(choice)], ephemeral: true });
  },
};

onSelect("remind:cancel", async (ctx) => {
  const [id] = ctx.values;
  const isMine = (await mine(ctx.user.id)).some((one) => one.id === id);
  if (isMine) await timers.cancel(id);
  await ctx.update({ content: isMine ? "Forgotten." : "It is gone already.", components: [] });
});

const tomorrow = messageCommand({
  name: "Remind me tomorrow",
  run: async (ctx) => {
    const { guildId, channelId } = ctx.msg;
    const about = messageLink(guildId, channelId, ctx.targetId);
    await remind({ userId: ctx.user.id, channelId, about }, Date.now() + 86_400_000);
    await ctx.reply({ content: "Tomorrow, then.", ephemeral: true });
  },
});

createBot({
  slashCommands: [slash({ name: "remind", description: "Reminders", subcommands: [me, list, cancel] }), tomorrow],
});
