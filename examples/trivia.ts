// Trivia: `/trivia ask` opens a form for a question, everybody answers in a form of their own, the first right answer
// wins a point. `/trivia scores` shows who has the most.

interface Question {
  text: string;
  answer: string;
  by: string;
}

const questions = kv.store("trivia-questions");
const scores = kv.store("trivia-scores");

/** Capitals, accents, articles and punctuation do not matter. */
const plain = (text: string): string =>
  text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, "")
    .replace(/^(the|a|an) /, "")
    .trim();

const ask: SlashSubcommand = {
  name: "ask",
  description: "Ask a question",
  run: (ctx) =>
    ctx.showModal(
      modal("trivia:ask", "Your question").addComponents(
        label("Question", inputText("question").setStyle(InputTextStyle.Paragraph).setMaxLength(300)),
        label("Answer", inputText("answer").setMaxLength(80)).setDescription("Nobody sees it before it is guessed"),
      ),
    ),
};

onModal("trivia:ask", async (ctx) => {
  const { question, answer } = ctx.fields;
  if (plain(answer) === "") return ctx.reply({ content: "The answer needs a letter or a number.", ephemeral: true });
  await questions.set(ctx.msg.id, { text: question, answer, by: ctx.user.id }, { ttl: 7 * 86_400 });
  await ctx.reply(shown(ctx.msg.id, { text: question, answer, by: ctx.user.id }));
});

function shown(id: string, question: Question, wonBy?: string): MessageOptions {
  const end =
    wonBy === undefined
      ? `asked by ${userMention(question.by)}`
      : `${userMention(wonBy)} knew it: **${escapeMarkdown(question.answer)}**`;
  const card = container(heading("Trivia", 2), escapeMarkdown(question.text), separator(), end).setAccentColor(
    wonBy === undefined ? Colors.Blurple : Colors.Green,
  );
  if (wonBy === undefined) card.addComponents(button().setCustomId(`trivia:answer:${id}`).setLabel("I know it"));
  return { components: [card], allowedMentions: { parse: [] } };
}

onButton("trivia:answer:{id}", async (ctx) => {
  const id = ctx.params.id as string;
  const question: Question | null = await questions.get(id);
  if (question === null) return ctx.reply({ content: "This question is over.", ephemeral: true });
  if (question.by === ctx.user.id) return ctx.reply({ content: "You asked it yourself.", ephemeral: true });
  const answer = inputText("answer").setMaxLength(80);
  await ctx.showModal(
    modal(`trivia:guess:${id}`, "Your answer").addComponents(truncate(question.text, 300), label("Answer", answer)),
  );
});

onModal("trivia:guess:{id}", async (ctx) => {
  const id = ctx.params.id as string;
  const question: Question | null = await questions.get(id);
  if (question === null) return ctx.reply({ content: "Somebody was faster.", ephemeral: true });
  if (plain(ctx.fields.answer) !== plain(question.answer)) return ctx.reply({ content: "No.", ephemeral: true });
  // Only one of two right answers at the same moment finds the question still there.
  if (!(await questions.delete(id))) return ctx.reply({ content: "Somebody was faster.", ephemeral: true });
  await scores.increment(ctx.user.id);
  await ctx.update(shown(id, question, ctx.user.id));
});

const board: SlashSubcommand = {
  name: "scores",
  description: "Who has the most points",
  run: async (ctx) => {
    const { keys } = await scores.list({ limit: 1000 });
    const names: string[] = keys.map((key) => key.name);
    const points: (number | null)[] = names.length > 0 ? await scores.getMany(names) : [];
    const ranked = names
      .map((userId, index) => ({ userId, points: points[index] ?? 0 }))
      .sort((a, b) => b.points - a.points);
    const lines = ranked.slice(0, 10).map((one, index) => `${index + 1}. ${userMention(one.userId)}: ${one.points}`);
    await ctx.reply({
      embeds: [
        embed()
          .setTitle("Trivia")
          .setDescription(lines.join("\n") || "Nobody yet."),
      ],
    });
  },
};

createBot({
  slashCommands: [slash({ name: "trivia", description: "Questions and answers", subcommands: [ask, board] })],
});
