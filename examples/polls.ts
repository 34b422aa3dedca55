// Polls with buttons: `/poll question: Pizza? choices: Yes, No`. One vote for each member, which may be changed; the
// message shows the count.

interface Poll {
  question: string;
  choices: string[];
  owner: string;
  closed: boolean;
  /** Which choice each member took. */
  votes: Record<string, number>;
}

const polls = kv.store("polls");

function shown(id: string, poll: Poll): MessageOptions {
  const counts = poll.choices.map((_, index) => Object.values(poll.votes).filter((vote) => vote === index).length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const lines = poll.choices.map((choice, index) => bar(choice, counts[index] as number, total));
  const view = embed().setTitle(truncate(poll.question, 250)).setDescription(lines.join("\n")).setColor(Colors.Blurple);
  view.setFooter(`${total} vote${total === 1 ? "" : "s"}${poll.closed ? ", closed" : ""}`);
  return { embeds: [view], components: poll.closed ? [] : buttons(id, poll) };
}

function bar(choice: string, count: number, total: number): string {
  const share = total === 0 ? 0 : count / total;
  const blocks = "█".repeat(Math.round(share * 20)).padEnd(20, "░");
  return `${escapeMarkdown(choice)}\n\`${blocks}\` ${count} (${Math.round(share * 100)} %)`;
}

function buttons(id: string, poll: Poll) {
  const votes = poll.choices.map((choice, index) =>
    button().setCustomId(`poll:${id}:${index}`).setLabel(truncate(choice, 80)).setStyle(ButtonStyle.Secondary),
  );
  const close = button().setCustomId(`poll:${id}:close`).setLabel("Close").setStyle(ButtonStyle.Danger);
  return chunk([...votes, close], 5).map((row) => actionRow(row));
}

/** Several votes at the same moment are all counted: what was changed meanwhile is read anew. */
const change = (id: string, alter: (poll: Poll) => void): Promise<Poll | undefined> =>
  polls.update(id, (poll: Poll | null) => {
    if (poll === null) return undefined;
    alter(poll);
    return poll;
  });

const start = slash({
  name: "poll",
  description: "Ask everybody something",
  options: [
    { name: "question", description: "What is asked", required: true, maxLength: 250 },
    { name: "choices", description: "The answers, with commas between them", required: true, maxLength: 1000 },
  ],
  run: async (ctx) => {
    const choices = ctx.options.choices
      .split(",")
      .map((one: string) => one.trim())
      .filter((one: string) => one !== "");
    if (choices.length < 2 || choices.length > 10) {
      return ctx.reply({ content: "Give 2 to 10 choices, with commas between them.", ephemeral: true });
    }
    const poll: Poll = { question: ctx.options.question, choices, owner: ctx.user.id, closed: false, votes: {} };
    const id = ctx.msg.id; // nothing else has it
    await polls.set(id, poll, { ttl: 30 * 86_400 });
    await ctx.reply(shown(id, poll));
  },
});

onButton("poll:{id}:close", async (ctx) => {
  const id = ctx.params.id as string;
  const poll = await change(id, (one) => {
    if (one.owner === ctx.user.id) one.closed = true;
  });
  if (poll?.closed) return ctx.update(shown(id, poll));
  await ctx.reply({ content: "Whoever asked may close it.", ephemeral: true });
});

onButton("poll:{id}:{choice}", async (ctx) => {
  const { id, choice } = ctx.params as { id: string; choice: string };
  const poll = await change(id, (one) => {
    if (!one.closed) one.votes[ctx.user.id] = Number(choice);
  });
  if (poll === undefined) return ctx.reply({ content: "This poll is over.", ephemeral: true });
  await ctx.update(shown(id, poll));
});

createBot({ slashCommands: [start] });
