// The smallest bot: `!ping` and `/ping`. A good start for one's own.

const answer = (sentAt: Date): string => `Pong! It took ${Math.max(0, Date.now() - sentAt.getTime())} ms to get here.`;

createBot({
  prefix: "!",
  commands: [
    prefix({
      name: "ping",
      description: "Is the bot there?",
      run: (ctx) => ctx.reply(answer(createdAt(ctx.msg.id))),
    }),
  ],
  slashCommands: [
    slash({
      name: "ping",
      description: "Is the bot there?",
      run: (ctx) => ctx.reply({ content: answer(createdAt(ctx.msg.id)), ephemeral: true }),
    }),
  ],
});
