import "./ping";

test("answers a message", async () => {
  const run = await bot.message("!ping");

  expect(run.outcome).toBe("ok");
  expect(run.calls[0].name).toBe("rest.createMessage");
  expect(run.calls[0].args.body.content).toContain("Pong!");
});

test("answers a command, to whoever asked", async () => {
  const run = await bot.command("ping");

  expect(run.calls[0].name).toBe("rest.createInteractionResponse");
  expect(run.calls[0].args.body.data.content).toContain("Pong!");
  expect(run.calls[0].args.body.data.flags).toBe(MessageFlags.EPHEMERAL);
});

test("says nothing to anything else", async () => {
  expect((await bot.message("ping!")).calls).toEqual([]);
  expect((await bot.message("!pong")).calls).toEqual([]);
});
