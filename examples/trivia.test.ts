import "./trivia";

const anna = bot.as({ id: "1" }),
  ben = bot.as({ id: "2" }),
  cleo = bot.as({ id: "3" });
const ask = async () => {
  const { reply } = await anna.submit("trivia:ask", { question: "Who lives in a barrel?", answer: "The Diógenes" });
  const row = reply.components[0].components.at(-1);
  return row.components[0].custom_id as string;
};

test("a question is asked in a form and shown without its answer", async () => {
  expect((await anna.command("trivia ask")).modal.custom_id).toBe("trivia:ask");
  const { reply } = await anna.submit("trivia:ask", { question: "One?", answer: "Two" });

  expect(JSON.stringify(reply)).toContain("One?");
  expect(JSON.stringify(reply)).not.toContain("Two");
});

test("the first right answer wins, however it is written", async () => {
  const button = await ask();
  const { modal: form } = await ben.press(button);

  expect((await ben.submit(form.custom_id, { answer: "Plato" })).reply.content).toBe("No.");
  const won = await ben.submit(form.custom_id, { answer: "diogenes!" }, { message: {} });
  expect(JSON.stringify(won.reply)).toContain("<@2> knew it");
  expect((await cleo.submit(form.custom_id, { answer: "Diogenes" })).reply.content).toBe("Somebody was faster.");
  expect((await cleo.press(button)).reply.content).toBe("This question is over.");
  expect((await cleo.command("trivia scores")).reply.embeds[0].description).toBe("1. <@2>: 1");
});

test("whoever asks does not answer", async () => {
  expect((await anna.press(await ask())).reply.content).toBe("You asked it yourself.");
});
