import "./starboard";

const BOARD = "8",
  MESSAGE = "77";
const starred = (count: number) =>
  bot.respond("rest.getMessage", {
    id: MESSAGE,
    channel_id: "3",
    content: "So good.",
    timestamp: "2026-01-01T00:00:00Z",
    author: bot.user,
    attachments: [{ id: "1", url: "https://cdn.example/a.png", content_type: "image/png" }],
    reactions: [{ emoji: { id: null, name: "⭐" }, count }],
  });
const star = () => bot.react("⭐", { message_id: MESSAGE, channel_id: "3" });
const setUp = () => bot.command("starboard", { channel: { channel: BOARD }, stars: 2 });

test("a message with enough stars is shown once, and its count goes on", async () => {
  await setUp();
  await starred(1);
  expect((await star()).replies).toEqual([]);

  await starred(2);
  const shown = await star();
  expect(shown.reply.content).toBe("⭐ **2** <#3>");
  expect(shown.reply.embeds[0].image.url).toBe("https://cdn.example/a.png");

  await starred(3);
  const more = await star();
  expect(more.replies).toEqual([]);
  expect(more.calls.find((call) => call.name === "rest.updateMessage")!.args.body.content).toBe("⭐ **3** <#3>");
});

test("stars at the same moment make one post", async () => {
  await setUp();
  await starred(5);
  const runs = await Promise.all(Array.from({ length: 6 }, star));

  expect(runs.map((run) => run.outcome)).toEqual(Array(6).fill("ok"));
  expect(Math.max(...runs.map((run) => run.replies.length))).toBe(1);
  expect((await star()).replies).toEqual([]);
});

test("other reactions, and the board itself, count nothing", async () => {
  await setUp();
  await starred(9);

  expect((await bot.react("🎉", { message_id: MESSAGE })).calls).toEqual([]);
  expect((await bot.react("⭐", { message_id: MESSAGE, channel_id: BOARD })).replies).toEqual([]);
});
