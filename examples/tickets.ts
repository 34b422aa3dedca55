// Tickets: a button opens a private thread with those who help. Closing asks back first.
// `/tickets panel role` puts the button into a channel. Needs: the permission to create private threads.

const settings = kv.store("tickets");
const open = kv.store("open-tickets"); // member -> thread

const panel = slash({
  name: "tickets",
  description: "Help for members",
  defaultMemberPermissions: PermissionFlags.ManageGuild,
  options: [{ name: "role", description: "Who helps", type: "role", required: true }],
  run: async (ctx) => {
    await settings.set("role", ctx.options.role);
    const opener = button().setCustomId("ticket:open").setLabel("I need help").setEmoji("🎫");
    const card = container(
      section(heading("Help", 2), "A thread of your own, seen by you and those who help.").setAccessory(opener),
    );
    await rest.createMessage({
      channelId: ctx.channelId,
      components: [card.setAccentColor(Colors.Blurple)],
    });
    await ctx.reply({ content: "There it is.", ephemeral: true });
  },
});

onButton("ticket:open", (ctx) =>
  ctx.showModal(
    modal("ticket:about", "What is it about?").addComponents(
      label("In a few words", inputText("subject").setMaxLength(90)),
      label(
        "More about it",
        inputText("text").setStyle(InputTextStyle.Paragraph).setMaxLength(1500).setRequired(false),
      ),
    ),
  ),
);

onModal("ticket:about", async (ctx) => {
  // One ticket for each member: whoever clicks twice finds the key taken.
  if (!(await open.setIfAbsent(ctx.user.id, "", { ttl: 60 }))) {
    const thread: string | null = await open.get(ctx.user.id);
    return ctx.reply({ content: thread ? `You have one: ${channelMention(thread)}` : "One moment.", ephemeral: true });
  }
  const { subject, text } = ctx.fields;
  const thread = await rest.createThread({
    channelId: ctx.channelId,
    name: truncate(subject, 100),
    type: ChannelType.PrivateThread,
    invitable: false,
  });
  await open.set(ctx.user.id, thread.id, { ttl: 30 * 86_400 });
  await rest.addThreadMember({ channelId: thread.id, userId: ctx.user.id });
  const role: string | null = await settings.get("role");
  const close = button().setCustomId(`ticket:close:${ctx.user.id}`).setLabel("Close").setStyle(ButtonStyle.Danger);
  await rest.createMessage({
    channelId: thread.id,
    content: `${userMention(ctx.user.id)} ${role === null ? "" : roleMention(role)}\n${quote(text || subject)}`,
    components: [actionRow(close)],
    allowedMentions: { users: [ctx.user.id], roles: role === null ? [] : [role] },
  });
  await ctx.reply({ content: `Your ticket: ${channelMention(thread.id)}`, ephemeral: true });
});

onButton("ticket:close:{member}", (ctx) =>
  ctx.reply(
    confirmMessage("ticket", "Close this ticket?", {
      owner: ctx.user.id,
      subject: ctx.params.member,
      danger: true,
      ephemeral: true,
    }),
  ),
);

onButton(confirmPattern("ticket"), async (ctx) => {
  const answer = readConfirmId(ctx.customId);
  if (answer === undefined || !answer.confirmed) return ctx.update({ content: "It stays open.", components: [] });
  await open.delete(answer.subject as string);
  await ctx.update({ content: "Closed.", components: [] });
  await rest.updateChannel({ channelId: ctx.channelId, archived: true, locked: true });
});

createBot({ slashCommands: [panel] });
